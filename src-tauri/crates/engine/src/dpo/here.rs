//! The same on the open store, by an officer who is enrolled in it: its ledger is read where a pack would be, and what they
//! sign or ask is kept in it at once.

use super::check::{self, Checked};
use super::{acknowledge, challenge, countersign, review};
use crate::session::Session;
use crate::{Error, exchange, name_index};
use contract::{Countersigned, CountersignedView, LedgerReview, QuestionEntry, RaisedChallenge};

/// Checks what a ledger pack made now would hold.
fn check(session: &Session) -> Result<Checked, Error> {
    super::officer(&session.member)?;
    let body = exchange::ledger::body(session)?;
    check::check(&session.post(), session.id(), session.member.card(), body)
}

pub(crate) fn review(session: &Session) -> Result<LedgerReview, Error> {
    check(session).map(review::said)
}

/// Countersigns the ledger as it stands; the countersignature becomes the next entry.
pub(crate) fn countersign(session: &Session) -> Result<Countersigned, Error> {
    let checked = check(session)?;
    let body = countersign::sign(&session.post(), &checked)?;
    exchange::countersignature::keep(session, session.member.card(), &body, None)?;
    Ok(countersign::done(checked, &body))
}

/// Acknowledges that a backup was put back as this store.
pub(crate) fn acknowledge(session: &Session) -> Result<CountersignedView, Error> {
    acknowledge::follow(&session.post(), check(session)?)
}

/// Questions an entry: from now on it is open on its lead and in the figures.
pub(crate) fn question(session: &Session, r: &QuestionEntry) -> Result<RaisedChallenge, Error> {
    let checked = check(session)?;
    name_index::refuse_names(session, &[&r.question])?;
    let body = challenge::pose(&session.post(), &checked, r.entry, &r.question)?;
    let kept = store::challenges::get(&*session.reader(), &body.id)?;
    if kept.is_none() {
        exchange::challenge::keep(session, session.member.card(), &body, None)?;
    }
    Ok(RaisedChallenge { code: body.id, entry: r.entry })
}
