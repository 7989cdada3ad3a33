//! The ledger as a person reads it: entries, verification in words, exports and proofs.

use crate::book::Stored;
use crate::outgoing::Texts;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, wording};
use contract::{CheckView, ErrorCode, LedgerPage, LedgerQuery, Verification};
use ledger::{Check, Kind, Leaf, Outcome, Policy, Proof};
use std::collections::BTreeSet;
use std::path::Path;
use store::Read;

/// What stands for an entry that would spoil a second look.
const BLIND: &str = "not shown before your second look";
/// Most entries in one page.
const MAX_ENTRIES: u32 = 200;
/// Leaves read at a time.
const CHUNK: u64 = 10_000;

pub(crate) fn all_leaves<R: Read>(reader: &R) -> Result<Vec<Vec<u8>>, Error> {
    let size = store::ledger::size(reader)?;
    let mut all = Vec::with_capacity(size as usize);
    while (all.len() as u64) < size {
        all.extend(store::ledger::leaves(reader, all.len() as u64, CHUNK)?.into_iter().map(|l| l.bytes));
    }
    Ok(all)
}

/// The text the store keeps for an entry.
fn kept_text<R: Read>(reader: &R, seq: u64) -> Result<Option<String>, Error> {
    if let Some(kept) = store::unmaskings::get(reader, seq)? {
        // An erasure emptied it.
        return Ok(Some(kept.text).filter(|text| !text.is_empty()));
    }
    Ok(store::texts::get(reader, seq)?.map(|t| t.text))
}

/// The form in which leaves begin with a day, so that days compare as text.
fn bound(typed: &str) -> Result<Option<String>, Error> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let day = model::time::parse_day(typed).ok_or_else(|| {
        Error::new(ErrorCode::Settings, "A day is written as year-month-day, such as 2026-07-01.", "")
    })?;
    Ok(Some(model::time::iso_day(day)))
}

/// What is looked for, read once for all entries.
struct Wanted<'a> {
    query: &'a LedgerQuery,
    search: String,
    from: Option<String>,
    until: Option<String>,
}

impl<'a> Wanted<'a> {
    fn read(query: &'a LedgerQuery) -> Result<Self, Error> {
        let (from, until) = (bound(&query.from)?, bound(&query.until)?);
        Ok(Self { query, search: query.search.trim().to_lowercase(), from, until })
    }

    fn matches(&self, leaf: &Leaf, text: &str) -> bool {
        let day = leaf.at.split('T').next().unwrap_or_default();
        leaf.kind.as_str().starts_with(self.query.kind.as_str())
            && (self.query.by.is_empty() || leaf.by == self.query.by)
            && self.from.as_deref().is_none_or(|from| from <= day)
            && self.until.as_deref().is_none_or(|until| day <= until)
            && (self.search.is_empty() || text.to_lowercase().contains(&self.search))
    }
}

/// The leads that wait for a second look by this member.
pub(crate) fn waiting<R: Read>(session: &Session, reader: &R) -> Result<BTreeSet<String>, Error> {
    let all = store::second_reviews::all_waiting(reader, session.by())?;
    Ok(all.iter().map(ToString::to_string).collect())
}

/// Who looks at a lead a second time does not see in the ledger either what was decided the first time.
pub(crate) fn is_blind(leaf: &Leaf, waiting: &BTreeSet<String>) -> bool {
    leaf.kind == Kind::Decision && leaf.lead.as_ref().is_some_and(|l| waiting.contains(l))
}

/// Entries, newest first.
pub(crate) fn page(session: &Session, query: &LedgerQuery) -> Result<LedgerPage, Error> {
    let wanted = Wanted::read(query)?;
    let reader = session.reader();
    let waiting = waiting(session, &*reader)?;
    let leaves = all_leaves(&*reader)?;
    let all = leaves.len() as u32;
    let (mut total, mut entries, mut people) = (0u32, Vec::new(), std::collections::BTreeSet::new());
    for bytes in leaves.into_iter().rev() {
        let leaf = Leaf::parse(&bytes)?;
        people.insert(leaf.by.clone());
        let text = String::from_utf8(bytes).unwrap_or_default();
        if !wanted.matches(&leaf, &text) {
            continue;
        }
        let place = total;
        total += 1;
        if place < query.offset || entries.len() >= query.limit.min(MAX_ENTRIES) as usize {
            continue;
        }
        let kept = kept_text(&*reader, leaf.seq)?;
        let mut entry = wording::view(&leaf, kept.as_deref())?;
        if is_blind(&leaf, &waiting) {
            (entry.outcome, entry.leaf) = (String::new(), BLIND.to_owned());
        }
        entries.push(entry);
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
    let officers = session.facts.members.iter().filter(|c| c.role() == seal::Role::Dpo);
    let witnesses =
        officers.map(|c| crate::exchange::witness_key(session.id(), c)).collect::<Result<Vec<_>, _>>()?;
    Ok(Policy::with_witnesses(log, members, witnesses, 0)?)
}

pub(crate) fn check_view(check: Check) -> CheckView {
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
    let ledger::Report { checks, tree } = ledger::verify_entries(session.id(), &leaves, &note, &policy);
    let mut checks: Vec<CheckView> = checks.into_iter().map(check_view).collect();
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
    let mut all: Vec<_> =
        store::unmaskings::all(reader)?.into_iter().map(|u| (u.seq, u.salt, u.text)).collect();
    all.extend(store::texts::all(reader)?.into_iter().map(|t| (t.seq, t.salt, t.text)));
    // An erasure empties text and salt together; nothing else can.
    all.retain(|(_, salt, text)| !(salt.is_empty() && text.is_empty()));
    for (seq, salt, text) in &all {
        let leaf = book::leaf_at(reader, *seq)?;
        if leaf.text_hash.as_deref() != Some(ledger::text_hash(salt, text).as_str()) {
            wrong.push(seq.to_string());
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

pub(crate) fn latest_note<R: Read>(reader: &R) -> Result<String, Error> {
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

/// The whole ledger on its way out, with its signed head and keys. That it left is an entry, written first and so included.
pub(crate) fn export(session: &Session) -> Result<String, Error> {
    let mut texts = Texts::default();
    texts.ledger(&*session.reader())?;
    texts.refuse_names(session, "ledger export")?;
    log_export(session, "ledger", None)?;
    document(session)
}

/// The whole ledger with its signed head and keys, as one text.
pub(crate) fn document(session: &Session) -> Result<String, Error> {
    let reader = session.reader();
    let (leaves, note) = (all_leaves(&*reader)?, latest_note(&*reader)?);
    Ok(ledger::build_export(session.id(), leaves, &note, &policy(session)?)?)
}

/// Writes a proof that one entry is in the ledger, which carries the entry's exact bytes; and those bytes alone beside it.
pub(crate) fn proof(session: &Session, seq: u64, path: &Path, beside: Option<&Path>) -> Result<(), Error> {
    let mut texts = Texts::default();
    texts.leaf(&book::leaf_at(&*session.reader(), seq)?);
    texts.refuse_names(session, "proof")?;
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
