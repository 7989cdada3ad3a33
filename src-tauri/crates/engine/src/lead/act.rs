//! Decisions and notes: append-only, each with its ledger entry.

use super::guard::{living, mine};
use super::{outcome, parse_word, row, second, word};
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, name_index};
use contract::{AddNote, Decide, ErrorCode};
use ledger::Kind;
use model::{Agreement, Decision, Lead, LeadId, Outcome, State};
use store::{Read, Tx};

/// Longest note, in characters.
const MAX_NOTE: usize = 4_000;

fn decision_of(request: &Decide) -> Result<Decision, Error> {
    let agreements =
        request.agreements.iter().map(|a| parse_word(a, "agreement")).collect::<Result<_, _>>()?;
    Ok(Decision { outcome: outcome(&request.outcome)?, reason: request.reason.trim().to_owned(), agreements })
}

/// Checks a decision against its lead and what this member has read of it.
fn check<R: Read>(session: &Session, reader: &R, lead: LeadId, decision: &Decision) -> Result<(), Error> {
    let body = store::leads::body(reader, lead)?.ok_or_else(|| Error::not_found("lead"))?;
    let found: Lead = serde_json::from_str(&body)?;
    // A unit's lead may cite no row: then there is nothing to open.
    let opened = store::evidence::counts(reader, lead)?.is_empty()
        || store::evidence::opened(reader, lead, session.by())?.is_some();
    Ok(decision.check(&found, opened)?)
}

/// Records a decision; a later one supersedes it. Where the lead waits for this member's second look, it is that.
pub(crate) fn decide(session: &Session, request: &Decide) -> Result<LeadId, Error> {
    let lead: LeadId = request.lead.parse()?;
    let decision = decision_of(request)?;
    let first = {
        let reader = session.reader();
        let first = store::second_reviews::waiting(&*reader, lead, session.by())?;
        if first.is_some() {
            mine(session, &*reader, lead)?
        } else {
            living(session, &*reader, lead)?
        };
        check(session, &*reader, lead, &decision)?;
        first
    };
    name_index::refuse_names(session, &[&decision.reason])?;
    match first {
        Some(first) => second::take(session, lead, first, &decision)?,
        None => record(session, lead, &decision)?,
    }
    Ok(lead)
}

fn record(session: &Session, lead: LeadId, decision: &Decision) -> Result<(), Error> {
    let now = session.clock.now();
    book::record(session, |tx| {
        let found = row(tx, lead)?;
        let id = store::decisions::insert(tx, lead, now, session.by(), decision)?;
        let aside = set_aside(tx, lead, decision)?;
        store::second_reviews::drop_waiting(tx, lead)?;
        if second::is_drawn(session.id(), id, decision.outcome) {
            store::second_reviews::draw(tx, id, lead)?;
        }
        store::leads::set_state(tx, lead, State::Decided, now)?;
        let agreed = decision.agreements.iter().filter(|a| **a == Agreement::Agree).count() as u64;
        let mut entry = Entry::new(Kind::Decision)
            .lead(lead)
            .about(&found.subject)
            .with("outcome", word(&decision.outcome))
            .with("findings", decision.agreements.len() as u64)
            .with("agreed", agreed);
        if aside > 0 {
            entry = entry.with("rows_set_aside", aside as u64);
        }
        Ok(((), vec![entry]))
    })
}

/// A data error keeps the rows of the findings disagreed with out of later runs; any other decision lets them back in.
fn set_aside(tx: &Tx<'_>, lead: LeadId, decision: &Decision) -> Result<usize, Error> {
    store::set_aside::clear(tx, lead)?;
    if decision.outcome != Outcome::DataError {
        return Ok(0);
    }
    let wrong = decision.agreements.iter().enumerate().filter(|(_, a)| **a == Agreement::Disagree);
    let mut rows = 0;
    for (finding, _) in wrong {
        rows += store::set_aside::cited(tx, lead, finding as u32)?;
    }
    Ok(rows)
}

/// Moves a lead and says so in the ledger.
fn moved(session: &Session, lead: LeadId, state: State, what: &str) -> Result<LeadId, Error> {
    let now = session.clock.now();
    book::record(session, |tx| {
        let found = row(tx, lead)?;
        if state == State::InReview {
            store::set_aside::clear(tx, lead)?;
            store::second_reviews::drop_waiting(tx, lead)?;
        }
        store::leads::set_state(tx, lead, state, now)?;
        let entry = Entry::new(Kind::Decision).lead(lead).about(&found.subject).with(what, true);
        Ok(((), vec![entry]))
    })?;
    Ok(lead)
}

fn refused(message: &str) -> Error {
    Error::new(ErrorCode::Decision, message, "")
}

/// Takes the standing decision back, or opens a closed lead again: it is in review, and the ledger says so.
pub(crate) fn undo(session: &Session, lead: &str) -> Result<LeadId, Error> {
    let lead: LeadId = lead.parse()?;
    match mine(session, &*session.reader(), lead)?.state {
        State::Decided => {}
        State::Closed => return moved(session, lead, State::InReview, "reopened"),
        _ => return Err(refused("There is no standing decision to undo.")),
    }
    moved(session, lead, State::InReview, "undone")
}

/// Closes a decided lead: what was decided has been carried out.
pub(crate) fn close(session: &Session, lead: &str) -> Result<LeadId, Error> {
    let lead: LeadId = lead.parse()?;
    if living(session, &*session.reader(), lead)?.state != State::Decided {
        return Err(refused("Only a decided lead can be closed."));
    }
    moved(session, lead, State::Closed, "closed")
}

fn short_text<'a>(text: &'a str, what: &str) -> Result<&'a str, Error> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_NOTE {
        return Err(Error::new(
            ErrorCode::Limit,
            format!("{what} has 1 to {MAX_NOTE} characters."),
            "It was not stored.",
        ));
    }
    Ok(text)
}

/// Hides a lead, and every other about one of its people, from the member who asks.
pub(crate) fn recuse(session: &Session, lead: &str, reason: &str) -> Result<(), Error> {
    let lead: LeadId = lead.parse()?;
    mine(session, &*session.reader(), lead)?;
    let reason = short_text(reason, "A reason")?;
    name_index::refuse_names(session, &[reason])?;
    let now = session.clock.now();
    book::record(session, |tx| {
        let found = row(tx, lead)?;
        store::recusals::insert(tx, lead, session.by(), now, reason)?;
        let entry = Entry::new(Kind::Configuration).lead(lead).about(&found.subject).with("what", "recusal");
        Ok(((), vec![entry]))
    })
}

/// Adds a note that nobody can change.
pub(crate) fn add_note(session: &Session, request: &AddNote) -> Result<LeadId, Error> {
    let lead: LeadId = request.lead.parse()?;
    living(session, &*session.reader(), lead)?;
    let text = short_text(&request.text, "A note")?;
    name_index::refuse_names(session, &[text])?;
    let now = session.clock.now();
    book::record(session, |tx| {
        let found = row(tx, lead)?;
        store::notes::insert(tx, lead, now, session.by(), text)?;
        let entry = Entry::new(Kind::Note)
            .lead(lead)
            .about(&found.subject)
            .with("characters", text.chars().count() as u64);
        Ok(((), vec![entry]))
    })?;
    Ok(lead)
}
