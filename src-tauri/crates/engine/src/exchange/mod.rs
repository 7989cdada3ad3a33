//! What is done with packs: shown, made, applied. One file per use case.

pub(crate) mod apply;
pub(crate) mod challenge;
pub(crate) mod countersignature;
pub(crate) mod ledger;
pub(crate) mod request;
pub(crate) mod reveal;
pub(crate) mod show;

use crate::record::Entry;
use crate::session::Session;
use crate::{Error, Home, book, people};
use ::ledger::{Kind, VerifierKey};
use contract::ErrorCode;
use packs::Gaps;
use seal::Card;

/// Whose packs count: the members of an open store, and whoever this profile knows.
pub(crate) fn known(home: &Home, session: Option<&Session>) -> Result<Vec<Card>, Error> {
    let mut all = people::known(home)?;
    all.extend(session.iter().flat_map(|s| s.facts.members.iter().cloned()));
    Ok(all)
}

/// Whether a lost pack may be done without.
pub(crate) fn gaps(without_earlier: bool) -> Gaps {
    if without_earlier { Gaps::Accepted } else { Gaps::Refused }
}

/// The key a data protection officer countersigns a store's ledger with.
pub(crate) fn witness_key(store: &str, card: &Card) -> Result<VerifierKey, Error> {
    let origin = ::ledger::Checkpoint::origin_of(store);
    Ok(::ledger::witness_key(&::ledger::member_key_name(&origin, card.name()), card.verifying_key())?)
}

/// A moment as entries and packs write it, in seconds since 1970.
pub(crate) fn seconds(at: &str) -> Option<i64> {
    at.parse::<jiff::Timestamp>().ok().map(|t| t.as_second())
}

/// Writes into the ledger that something from outside was refused, and gives the reason back.
pub(crate) fn log_refused(session: &Session, what: &str, why: Error) -> Error {
    // What is wrong with a path or a disk says nothing about anybody.
    if matches!(why.code(), ErrorCode::Io | ErrorCode::DiskFull | ErrorCode::Busy) {
        return why;
    }
    let code = crate::lead::word(&why.code());
    let entry = Entry::new(Kind::AttemptFailed).with("what", what).with("code", code);
    match book::record(session, |_| Ok(((), vec![entry]))) {
        Ok(()) => why,
        Err(e) => e,
    }
}
