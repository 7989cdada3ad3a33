//! What is done with packs: shown, made, applied. One file per use case.

pub(crate) mod show;

use crate::session::Session;
use crate::{Error, Home, people};
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
