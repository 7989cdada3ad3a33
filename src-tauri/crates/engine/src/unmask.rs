//! The act: a justification becomes a durable entry, and only then an identity, for a limited time.
//!
//! Between any two steps the process may end: then there is either no entry and no name, or an entry and no name.

use crate::book::{self, Receipt};
use crate::fields::{Fields, scope_words};
use crate::record::Entry;
use crate::session::{Session, random};
use crate::{Error, exchange, life, name_index, steps, vault};
use contract::{ErrorCode, OpenUnmasking, Revealed, Unmask, UnmaskPreview, UnmaskRequest, UnmaskView};
use ledger::Kind;
use model::justification::MAX_MINUTES;
use model::{ImportReport, Justification, LeadId, Pseudonym, RawJustification, Scope, Subject};
use store::Read;
use store::unmaskings::{UnmaskState, Unmasking};
use zeroize::Zeroize;

/// Unmaskings a reviewer may record in 30 days before the window warns, and before it stops.
pub(crate) const BUDGET_WARNS: usize = 10;
pub(crate) const BUDGET_STOPS: usize = 20;
pub(crate) const BUDGET_SECONDS: i64 = 30 * 86_400;

/// What the name window will show, until somebody takes it or time is up. Wiped when dropped.
pub(crate) struct Shown {
    pub seq: u64,
    pub lead: LeadId,
    pub officer: Pseudonym,
    pub until: i64,
    pub fields: Option<Fields>,
}

pub(crate) fn earlier(session: &Session) -> Result<Vec<Unmasking>, Error> {
    Ok(store::unmaskings::all(&*session.reader())?)
}

pub(crate) fn used(session: &Session, all: &[Unmasking]) -> usize {
    let since = session.clock.now() - BUDGET_SECONDS;
    all.iter().filter(|u| u.by == session.by() && u.at > since).count()
}

/// Judges what was typed against earlier wordings and the name set.
pub(crate) fn judge(
    session: &Session,
    raw: &RawJustification,
    all: &[Unmasking],
) -> Result<Justification, Error> {
    let wordings: Vec<String> = all
        .iter()
        .filter_map(|u| serde_json::from_str::<RawJustification>(&u.text).ok())
        .map(|r| r.necessity)
        .collect();
    // Each question to the name set counts: it is asked only about what would otherwise stand.
    Justification::new(raw.clone(), &wordings, &|_| false)?;
    let names = name_index::for_typed_text(session)?;
    Ok(Justification::new(raw.clone(), &wordings, &|text| names.may_name(text))?)
}

/// The entry that carries a justification's hash.
pub(crate) fn entry(kind: Kind, justification: &Justification, text_hash: String) -> Entry {
    let raw = justification.get();
    Entry::new(kind)
        .text_hash(text_hash)
        .with("purpose", crate::lead::word(&raw.purpose))
        .with("case_reference", raw.case_reference.trim())
        .with("scope", scope_words(&raw.scope))
        .with("duration_s", raw.minutes * 60)
}

/// The entry that would be written now, but for what is drawn then (salt and one-time key), and the first thing that stands against it.
pub(crate) fn preview(session: &Session, request: &UnmaskRequest) -> Result<UnmaskPreview, Error> {
    let lead: LeadId = request.lead.parse()?;
    let all = earlier(session)?;
    let used = used(session, &all);
    let judged = judge(session, &request.justification, &all);
    let (row, seq) = {
        let reader = session.reader();
        (crate::lead::mine(session, &*reader, lead)?, store::ledger::size(&*reader)?)
    };
    let officer = whom(&row.subject, &request.officer);
    let refused = match (&judged, &officer) {
        (_, Err(e)) | (Err(e), _) => Some(e.0.message.clone()),
        _ => None,
    };
    let entry = match (&judged, officer) {
        (Ok(justification), Ok(officer)) => {
            let salted = ledger::text_hash(&[0; 16], &justification.text());
            let entry = match session.facts.policy {
                store::Policy::Recorded => entry(Kind::UnmaskRecorded, justification, salted),
                store::Policy::Countersigned => {
                    let once = "a one-time key, made when it is written";
                    exchange::request::entry(session, justification, salted, once)?
                }
            };
            let entry = entry.lead(lead).officer(officer);
            let bytes = book::leaf_of(session, entry, seq, session.clock.now()).to_bytes()?;
            String::from_utf8(bytes).unwrap_or_default()
        }
        _ => String::new(),
    };
    Ok(UnmaskPreview {
        seq: seq as u32,
        entry,
        max_minutes: MAX_MINUTES,
        budget: format!(
            "{used} unmaskings in the last 30 days; a warning comes at {BUDGET_WARNS}, the end at {BUDGET_STOPS}."
        ),
        over_budget: used >= BUDGET_WARNS,
        refused,
    })
}

/// The one person an unmasking opens: chosen from a group, and nobody for a unit.
pub(crate) fn whom(subject: &Subject, chosen: &str) -> Result<Pseudonym, Error> {
    let members = subject.members();
    let refused = |code, message: &str, hint: &str| Err(Error::new(code, message, hint));
    match (members, chosen.trim()) {
        ([], _) => refused(
            ErrorCode::PolicyForbids,
            "This lead is about a unit. It names nobody, so there is nobody to unmask.",
            "Nothing was recorded and nothing decrypted.",
        ),
        ([officer], "") => Ok(*officer),
        (_, "") => refused(
            ErrorCode::NotFound,
            "This lead is about a group: say whose name is needed.",
            "Each member is unmasked on their own, with their own reasons.",
        ),
        (members, chosen) => {
            let wanted = chosen.parse().ok();
            members.iter().find(|m| Some(**m) == wanted).copied().ok_or_else(|| {
                Error::new(
                    ErrorCode::NotFound,
                    "This lead is about another officer.",
                    "Nothing was recorded and nothing decrypted.",
                )
            })
        }
    }
}

pub(crate) fn countersigned() -> Error {
    Error::new(
        ErrorCode::PolicyForbids,
        "This store's policy is countersigned: only the data protection officer's key opens an identity.",
        "Nothing was decrypted. Ask with `unmask --request`; the grant comes back as a pack.",
    )
}

/// Writes a refused or failed attempt into the ledger and gives the reason back.
pub(crate) fn refused(session: &Session, lead: LeadId, officer: Pseudonym, why: Error) -> Error {
    let code = crate::lead::word(&why.code());
    let entry =
        Entry::new(Kind::AttemptFailed).lead(lead).officer(officer).with("what", "unmask").with("code", code);
    match book::record(session, |_| Ok(((), vec![entry]))) {
        Ok(_) => why,
        Err(e) => e,
    }
}

/// Records the justification, opens the identity and holds it for the name window.
pub(crate) fn unmask(session: &Session, request: &mut Unmask) -> Result<Shown, Error> {
    let lead: LeadId = request.lead.parse()?;
    let subject = crate::lead::mine(session, &*session.reader(), lead)?.subject;
    let officer = match whom(&subject, &request.officer) {
        Ok(officer) => officer,
        Err(e) => {
            request.passphrase.zeroize();
            return Err(e);
        }
    };
    let attempt = match session.facts.policy {
        store::Policy::Countersigned => Err(countersigned()),
        store::Policy::Recorded => prove_and_judge(session, request),
    };
    request.passphrase.zeroize();
    let justification = match attempt {
        Ok(justification) => justification,
        Err(e) if e.code() == ErrorCode::PassphraseWait => return Err(e),
        Err(e) => return Err(refused(session, lead, officer, e)),
    };
    steps::reached("judged");
    let receipt = write_down(session, lead, officer, &justification)?;
    steps::reached("receipt");
    let fields = match reveal(session, &receipt, justification.get()) {
        Ok(fields) => fields,
        Err(e) => {
            let entry =
                Entry::new(Kind::UnmaskFailed).lead(lead).officer(officer).with("entry", receipt.seq());
            let entry = entry.with("code", crate::lead::word(&e.code()));
            book::record(session, |tx| {
                store::unmaskings::set_state(tx, receipt.seq(), UnmaskState::Expired, None)?;
                Ok(((), vec![entry]))
            })?;
            return Err(e);
        }
    };
    steps::reached("opened");
    let until = session.clock.now() + i64::from(justification.get().minutes) * 60;
    let entry = Entry::new(Kind::UnmaskRevealed).lead(lead).officer(officer).with("entry", receipt.seq());
    let entry = entry.with("until", model::time::rfc3339(until));
    book::record(session, |tx| {
        store::unmaskings::set_state(tx, receipt.seq(), UnmaskState::Revealed, Some(until))?;
        Ok(((), vec![entry]))
    })?;
    steps::reached("revealed");
    Ok(Shown { seq: receipt.seq(), lead, officer, until, fields: Some(fields) })
}

/// The passphrase again: whoever sits there is who opened the store.
pub(crate) fn prove(session: &Session, passphrase: String) -> Result<(), Error> {
    let member = life::unlock(&session.home, &*session.clock, None, passphrase)?;
    if member.card().fingerprint() == session.member.card().fingerprint() {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::NotEnrolled,
        "The profile changed since the store was opened.",
        "Lock and open it again.",
    ))
}

/// The passphrase, the budget and the words; nothing is written yet.
fn prove_and_judge(session: &Session, request: &mut Unmask) -> Result<Justification, Error> {
    prove(session, std::mem::take(&mut request.passphrase))?;
    let all = earlier(session)?;
    if used(session, &all) >= BUDGET_STOPS {
        return Err(Error::new(
            ErrorCode::OverBudget,
            format!("{BUDGET_STOPS} unmaskings in 30 days are the end of your budget."),
            "Ask the data protection officer. Nothing was decrypted.",
        ));
    }
    judge(session, &request.justification, &all)
}

fn write_down(
    session: &Session,
    lead: LeadId,
    officer: Pseudonym,
    justification: &Justification,
) -> Result<Receipt, Error> {
    let mut salt = [0; 16];
    random(&mut salt)?;
    let text = justification.text();
    let entry = entry(Kind::UnmaskRecorded, justification, ledger::text_hash(&salt, &text));
    let raw = justification.get();
    book::record_unmasking(session, lead, officer, entry, |tx, seq| {
        let index = store::officers::index_of(tx, officer)?;
        let kept = Unmasking {
            seq,
            lead: Some(lead),
            officer: index,
            at: session.clock.now(),
            by: session.by().to_owned(),
            scope: scope_words(&raw.scope).join(" "),
            minutes: raw.minutes,
            salt: salt.to_vec(),
            text,
            state: UnmaskState::Recorded,
            until: None,
        };
        steps::reached("entry-written");
        Ok(store::unmaskings::insert(tx, &kept)?)
    })
}

/// The fields the scope allows, and nothing else of the identity.
fn reveal(session: &Session, receipt: &Receipt, raw: &RawJustification) -> Result<Fields, Error> {
    let mut shown = Fields::default();
    if raw.scope.iter().any(|s| *s != Scope::SourceLocators) {
        shown = Fields::of(&vault::open(session, receipt)?, &raw.scope);
    }
    if raw.scope.contains(&Scope::SourceLocators) {
        shown.extend(locate(&*session.reader(), receipt.lead())?);
    }
    Ok(shown)
}

/// Each locator of a lead as import, sheet and row of the file; rows count the header as row 1.
pub(crate) fn locate<R: Read>(reader: &R, lead: LeadId) -> Result<Vec<(String, String)>, Error> {
    use std::collections::btree_map::Entry;
    let mut reports = std::collections::BTreeMap::new();
    let mut found = Vec::new();
    for cited in store::evidence::of_lead(reader, lead)? {
        let import = cited.row.import;
        let (file, report) = match reports.entry(import.0) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let kept = store::imports::get(reader, import)?;
                new.insert((kept.file, serde_json::from_str::<ImportReport>(&kept.report_json)?))
            }
        };
        let place = match report.place_of(cited.row.row) {
            Some(("", row)) => format!("import {}, {file}, row {row}", import.0),
            Some((sheet, row)) => format!("import {}, {file}, sheet {sheet}, row {row}", import.0),
            None => format!("import {}, {file}", import.0),
        };
        found.push((cited.locator.to_string(), place));
    }
    Ok(found)
}

/// Ends an unmasking and says how: by the clock, by the reviewer, or by the lock.
pub(crate) fn end(session: &Session, shown: &Shown, kind: Kind, why: &str) -> Result<(), Error> {
    let entry =
        Entry::new(kind).lead(shown.lead).officer(shown.officer).with("entry", shown.seq).with("by", why);
    book::record(session, |tx| {
        store::unmaskings::set_state(tx, shown.seq, UnmaskState::Expired, Some(shown.until))?;
        Ok(((), vec![entry]))
    })?;
    Ok(())
}

impl Shown {
    pub fn view(&self, now: i64) -> UnmaskView {
        UnmaskView {
            seq: self.seq as u32,
            officer: self.officer.to_string(),
            lead: self.lead.to_string(),
            seconds: (self.until - now).max(0) as u32,
        }
    }
    pub fn open_view(&self, now: i64) -> OpenUnmasking {
        let v = self.view(now);
        OpenUnmasking { seq: v.seq, officer: v.officer, lead: v.lead, seconds_left: v.seconds }
    }
    /// The fields, handed out once; the core keeps no copy.
    pub fn take(&mut self, now: i64) -> Option<Revealed> {
        let fields = self.fields.take()?;
        Some(Revealed {
            seq: self.seq as u32,
            officer: self.officer.to_string(),
            seconds_left: (self.until - now).max(0) as u32,
            fields: fields.show(),
        })
    }
}
