//! Who may do what in an open store: the custodian sees no leads, and only who holds the pseudonym key meets raw files.

use super::App;
use crate::Error;
use crate::session::Session;
use contract::ErrorCode;
use std::sync::Arc;

impl App {
    /// The session of a member who may see leads. The custodian has the raw exports and makes the codes: with a lead beside
    /// them they would know a name for which there is no entry.
    pub(super) fn reviewing(&self) -> Result<Arc<Session>, Error> {
        let session = self.session()?;
        if session.member.role() == seal::Role::Custodian {
            return Err(Error::new(
                ErrorCode::PolicyForbids,
                "The data custodian imports and sees no leads: whoever has the raw files would know the names.",
                "A reviewer of this store can do this.",
            ));
        }
        Ok(session)
    }

    /// The session of a member whose key makes pseudonyms: nobody else is shown so much as a sample of a raw file.
    pub(super) fn importing(&self) -> Result<Arc<Session>, Error> {
        let session = self.session()?;
        session.pseudonym_keys()?;
        Ok(session)
    }
}
