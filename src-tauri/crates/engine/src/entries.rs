//! The ledger as a person reads it: entries, verification in words, exports and proofs.

use crate::book::Stored;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book};
use contract::{CheckView, EntryView, Fact, LedgerPage, LedgerQuery, Verification};
use ledger::{Check, Kind, Leaf, Outcome, Policy, Proof};
use model::RawJustification;
use serde_json::Value;
use std::path::Path;
use store::Read;

/// Most entries in one page.
const MAX_ENTRIES: u32 = 200;
/// Leaves read at a time.
const CHUNK: u64 = 10_000;

fn all_leaves<R: Read>(reader: &R) -> Result<Vec<Vec<u8>>, Error> {
    let size = store::ledger::size(reader)?;
    let mut all = Vec::with_capacity(size as usize);
    while (all.len() as u64) < size {
        all.extend(store::ledger::leaves(reader, all.len() as u64, CHUNK)?.into_iter().map(|l| l.bytes));
    }
    Ok(all)
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Collection => "file imported",
        Kind::Alteration => "data changed",
        Kind::Consultation => "looked at",
        Kind::Disclosure => "given out",
        Kind::Combination => "joined",
        Kind::Erasure => "erased",
        Kind::UnmaskProposed => "unmask proposed",
        Kind::UnmaskRecorded => "unmask recorded",
        Kind::UnmaskRequested => "unmask requested",
        Kind::UnmaskGranted => "unmask granted",
        Kind::UnmaskRefused => "unmask refused",
        Kind::UnmaskRevealed => "name shown",
        Kind::UnmaskExpired => "name masked again",
        Kind::UnmaskRemasked => "name masked early",
        Kind::UnmaskFailed => "unmask failed",
        Kind::ChallengeRaised => "challenged",
        Kind::ChallengeAnswered => "challenge answered",
        Kind::Configuration => "setting changed",
        Kind::Membership => "members changed",
        Kind::AttemptFailed => "failed attempt",
        Kind::Checkpoint => "checkpoint",
        Kind::StoreCreated => "store created",
        Kind::StoreRestored => "backup restored",
        Kind::StoreBackup => "backup made",
        Kind::ClockBackwards => "clock set back",
        Kind::Analysis => "analysis run",
        Kind::Decision => "decision",
        Kind::Note => "note added",
        Kind::Export => "exported",
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn about(leaf: &Leaf) -> String {
    let detail = |key: &str| leaf.details.get(key).map(plain);
    match leaf.kind {
        Kind::Collection => detail("source").unwrap_or_default(),
        Kind::Analysis => detail("run").map(|r| format!("run {r}")).unwrap_or_default(),
        _ => {
            leaf.officer.clone().or_else(|| leaf.lead.clone()).or_else(|| detail("what")).unwrap_or_default()
        }
    }
}

fn outcome(leaf: &Leaf) -> String {
    let detail = |key: &str| leaf.details.get(key).map(plain);
    let rows = || Some(format!("{} of {} rows accepted", detail("rows_accepted")?, detail("rows_read")?));
    match leaf.kind {
        Kind::Collection => rows().unwrap_or_default(),
        Kind::Analysis => detail("new").map(|n| format!("{n} new leads")).unwrap_or_default(),
        Kind::Decision if leaf.details.contains_key("undone") => "undone".into(),
        Kind::Decision => detail("outcome").unwrap_or_default().replace('_', " "),
        Kind::UnmaskRecorded => detail("purpose").unwrap_or_default().replace('_', " "),
        Kind::AttemptFailed => {
            detail("code").or_else(|| detail("what")).unwrap_or_default().replace('_', " ")
        }
        _ => String::new(),
    }
}

fn facts<R: Read>(reader: &R, seq: u64) -> Result<Vec<Fact>, Error> {
    let Some(kept) = store::unmaskings::get(reader, seq)? else { return Ok(Vec::new()) };
    let raw: RawJustification = serde_json::from_str(&kept.text)?;
    let fact = |label: &str, value: String| Fact { label: label.to_owned(), value };
    Ok(vec![
        fact("Why the name was necessary", raw.necessity),
        fact("Why it was proportionate", raw.proportionality),
        fact("What else was tried", raw.alternatives),
        fact("Case reference", raw.case_reference),
        fact("Shown", kept.scope.replace('_', " ")),
        fact("For", model::time::show_minutes(i64::from(raw.minutes))),
    ])
}

fn matches(leaf: &Leaf, text: &str, query: &LedgerQuery) -> bool {
    let wanted = query.search.trim().to_lowercase();
    leaf.kind.as_str().starts_with(query.kind.as_str())
        && (query.by.is_empty() || leaf.by == query.by)
        && (wanted.is_empty() || text.to_lowercase().contains(&wanted))
}

/// Entries, newest first.
pub(crate) fn page(session: &Session, query: &LedgerQuery) -> Result<LedgerPage, Error> {
    let reader = session.reader();
    let leaves = all_leaves(&*reader)?;
    let all = leaves.len() as u32;
    let (mut total, mut entries, mut people) = (0u32, Vec::new(), std::collections::BTreeSet::new());
    for bytes in leaves.into_iter().rev() {
        let leaf = Leaf::parse(&bytes)?;
        people.insert(leaf.by.clone());
        let text = String::from_utf8(bytes).unwrap_or_default();
        if !matches(&leaf, &text, query) {
            continue;
        }
        let place = total;
        total += 1;
        if place < query.offset || entries.len() >= query.limit.min(MAX_ENTRIES) as usize {
            continue;
        }
        entries.push(EntryView {
            seq: leaf.seq as u32,
            at: leaf.at.replace('T', " ").replace('Z', " UTC"),
            by: leaf.by.clone(),
            kind: leaf.kind.as_str().to_owned(),
            what: what(leaf.kind).to_owned(),
            about: about(&leaf),
            outcome: outcome(&leaf),
            text: facts(&*reader, leaf.seq)?,
            leaf: text,
        });
    }
    Ok(LedgerPage { total, all, entries, people: people.into_iter().collect() })
}

/// The keys a reader of this ledger should know, from the store's own members.
pub(crate) fn policy(session: &Session) -> Result<Policy, Error> {
    let origin = ledger::Checkpoint::origin_of(session.id());
    let log = ledger::verifier_key(&origin, &session.ledger_key.verifying_key())?;
    let member = |card: &seal::Card| {
        let name = ledger::member_key_name(&origin, card.name());
        ledger::verifier_key(&name, card.verifying_key())
    };
    let members = session.facts.members.iter().map(member).collect::<Result<Vec<_>, _>>()?;
    Ok(Policy::new(log, members)?)
}

fn check_view(check: Check) -> CheckView {
    let outcome = match check.outcome {
        Outcome::Proved => "proved",
        Outcome::Look => "look",
        Outcome::Failed => "failed",
    };
    CheckView { what: check.what, detail: check.detail, outcome: outcome.to_owned() }
}

/// Everything that can be checked about the ledger of this store, in words.
pub(crate) fn verify(session: &Session) -> Result<Verification, Error> {
    let reader = session.reader();
    let leaves = all_leaves(&*reader)?;
    let note = latest_note(&*reader)?;
    let policy = policy(session)?;
    let document = ledger::build_export(session.id(), &leaves, &note, &policy)?;
    let mut checks: Vec<CheckView> =
        ledger::verify_export(&document, Some(&policy)).into_iter().map(check_view).collect();
    let tree = ledger::fsck(session.id(), &leaves).tree;
    let head = |head: Option<crate::home::Head>, whose: &str| {
        let head = head?;
        let holds = tree.root_at(head.size) == Some(head.root);
        Some(CheckView {
            what: if holds {
                format!("Nothing before entry {} was changed or removed since {whose} was written", head.size)
            } else {
                format!("The ledger is not the one {whose} has seen")
            },
            detail: format!("root {}", head.root),
            outcome: if holds { "proved".into() } else { "failed".into() },
        })
    };
    checks.extend(head(session.home.head(session.id())?, "the head in your profile"));
    let folder = store::Folder::new(&session.path);
    let kept = store::folder::read_limited(&folder.head(), 64 * 1024)
        .ok()
        .and_then(|b| serde_json::from_slice(&b).ok());
    checks.extend(head(kept, "the head in the store folder"));
    checks.push(texts(&*reader)?);
    let proved = checks.iter().all(|c| c.outcome != "failed");
    Ok(Verification { checks, proved, entries: leaves.len() as u32 })
}

/// Whether each kept justification is the one its entry carries the hash of.
fn texts<R: Read>(reader: &R) -> Result<CheckView, Error> {
    let mut wrong = Vec::new();
    let all = store::unmaskings::all(reader)?;
    for kept in &all {
        let leaf = book::leaf_at(reader, kept.seq)?;
        if leaf.text_hash.as_deref() != Some(ledger::text_hash(&kept.salt, &kept.text).as_str()) {
            wrong.push(kept.seq.to_string());
        }
    }
    Ok(CheckView {
        what: match wrong.is_empty() {
            true => "Every justification is the text its entry was written for".into(),
            false => "A justification was changed after its entry was written".into(),
        },
        detail: if wrong.is_empty() {
            format!("{} texts", all.len())
        } else {
            format!("entries {}", wrong.join(", "))
        },
        outcome: if wrong.is_empty() { "proved".into() } else { "failed".into() },
    })
}

fn latest_note<R: Read>(reader: &R) -> Result<String, Error> {
    Ok(store::ledger::latest_checkpoint(reader)?.ok_or_else(|| Error::not_found("checkpoint"))?.note)
}

fn log_export(session: &Session, what: &str, seq: Option<u64>) -> Result<(), Error> {
    let mut entry = Entry::new(Kind::Export).with("what", what);
    if let Some(seq) = seq {
        entry = entry.with("entry", seq);
    }
    book::record(session, |_| Ok(((), vec![entry])))?;
    Ok(())
}

/// Writes the whole ledger with its signed head and keys. The export itself is an entry, written first and so included.
pub(crate) fn export(session: &Session, path: &Path) -> Result<(), Error> {
    log_export(session, "ledger", None)?;
    let reader = session.reader();
    let document = ledger::build_export(
        session.id(),
        all_leaves(&*reader)?,
        &latest_note(&*reader)?,
        &policy(session)?,
    )?;
    Ok(store::folder::write_atomic(path, document.as_bytes())?)
}

/// Writes a proof that one entry is in the ledger, which carries the entry's exact bytes; and those bytes alone beside it.
pub(crate) fn proof(session: &Session, seq: u64, path: &Path, beside: Option<&Path>) -> Result<(), Error> {
    log_export(session, "proof", Some(seq))?;
    let reader = session.reader();
    let leaf = store::ledger::leaf(&*reader, seq)?;
    let size = store::ledger::size(&*reader)?;
    let proof = Proof {
        index: seq,
        hashes: ledger::inclusion(seq, size, &Stored(&*reader))?,
        checkpoint: ledger::SignedCheckpoint::parse(&latest_note(&*reader)?)?,
        extra: Some(leaf.bytes.clone()),
    };
    if let Some(beside) = beside {
        store::folder::write_atomic(beside, &leaf.bytes)?;
    }
    Ok(store::folder::write_atomic(path, proof.to_string().as_bytes())?)
}
