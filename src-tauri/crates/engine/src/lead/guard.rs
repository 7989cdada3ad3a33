//! Who may see a lead: not who stood back from it.

use super::show::row;
use crate::Error;
use crate::session::Session;
use contract::ErrorCode;
use model::{LeadId, State};
use store::Read;
use store::leads::LeadRow;

/// The queue's row of a lead, for a member who has not stood back from it.
pub(crate) fn mine<R: Read>(session: &Session, reader: &R, lead: LeadId) -> Result<LeadRow, Error> {
    let found = row(reader, lead)?;
    if store::recusals::is_hidden(reader, lead, session.by())? {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            "You stood back from this lead, or from another about the same person. It is hidden from you.",
            "Somebody else reviews it.",
        ));
    }
    Ok(found)
}

/// The same, for something that only a living lead allows.
pub(super) fn living<R: Read>(session: &Session, reader: &R, lead: LeadId) -> Result<LeadRow, Error> {
    let found = mine(session, reader, lead)?;
    let refused =
        |message: &str, hint: &str| Err(Error::new(ErrorCode::Decision, message.to_owned(), hint.to_owned()));
    match found.state {
        State::Expired => refused("This lead has expired. Nothing is added to it any more.", ""),
        State::Closed => refused("This lead is closed.", "Open it again first."),
        _ => Ok(found),
    }
}
