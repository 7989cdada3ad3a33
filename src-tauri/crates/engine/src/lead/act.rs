//! Decisions and notes: append-only, each with its ledger entry.

use super::{outcome, parse_word, row, word};
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, name_index};
use contract::{AddNote, Decide, ErrorCode};
use ledger::Kind;
use model::{Decision, LeadId, State};

/// Longest note, in characters.
const MAX_NOTE: usize = 4_000;

/// Records a decision; a later one supersedes it.
pub(crate) fn decide(session: &Session, request: &Decide) -> Result<LeadId, Error> {
    let lead: LeadId = request.lead.parse()?;
    let agreements =
        request.agreements.iter().map(|a| parse_word(a, "agreement")).collect::<Result<_, _>>()?;
    let decision = Decision {
        outcome: outcome(&request.outcome)?,
        reason: request.reason.trim().to_owned(),
        agreements,
    };
    let findings = {
        let reader = session.reader();
        let body = store::leads::body(&*reader, lead)?.ok_or_else(|| Error::not_found("lead"))?;
        let found: model::Lead = serde_json::from_str(&body)?;
        // A unit's lead may cite no row: then there is nothing to open.
        let opened = store::evidence::counts(&*reader, lead)?.is_empty()
            || store::evidence::opened(&*reader, lead, session.by())?.is_some();
        decision.check(found.findings.len(), opened)?;
        found.findings.len()
    };
    name_index::refuse_names(session, &[&decision.reason])?;
    let now = session.clock.now();
    book::record(session, |tx| {
        let found = row(tx, lead)?;
        store::decisions::insert(tx, lead, now, session.by(), &decision)?;
        store::leads::set_state(tx, lead, State::Decided, now)?;
        let entry = Entry::new(Kind::Decision)
            .lead(lead)
            .about(&found.subject)
            .with("outcome", word(&decision.outcome))
            .with("findings", findings as u64);
        Ok(((), vec![entry]))
    })?;
    Ok(lead)
}

/// Takes the standing decision back: the lead is in review again, and the ledger says so.
pub(crate) fn undo(session: &Session, lead: &str) -> Result<LeadId, Error> {
    let lead: LeadId = lead.parse()?;
    let now = session.clock.now();
    book::record(session, |tx| {
        let found = row(tx, lead)?;
        if found.state != State::Decided {
            return Err(Error::new(ErrorCode::Decision, "There is no standing decision to undo.", ""));
        }
        store::leads::set_state(tx, lead, State::InReview, now)?;
        let entry = Entry::new(Kind::Decision).lead(lead).about(&found.subject).with("undone", true);
        Ok(((), vec![entry]))
    })?;
    Ok(lead)
}

/// Adds a note that nobody can change.
pub(crate) fn add_note(session: &Session, request: &AddNote) -> Result<LeadId, Error> {
    let lead: LeadId = request.lead.parse()?;
    let text = request.text.trim();
    if text.is_empty() || text.chars().count() > MAX_NOTE {
        return Err(Error::new(
            ErrorCode::Limit,
            format!("A note has 1 to {MAX_NOTE} characters."),
            "It was not stored.",
        ));
    }
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
