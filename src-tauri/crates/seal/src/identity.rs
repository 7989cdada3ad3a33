//! What is sealed about an officer.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::OpenError;

const VERSION: u32 = 1;
/// Lengths are rounded up to this many bytes: the length of a sealed identity must not tell a name's length.
const BLOCK_BYTES: usize = 512;

/// Who an officer is. Cannot be copied or printed and is wiped when dropped; what a source does not say is empty.
#[derive(Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct IdentityFields {
    /// The officer's id in the force's own systems.
    pub officer_id: String,
    /// Forenames as the source writes them.
    pub forenames: String,
    /// Surname as the source writes it.
    pub surname: String,
    /// Unit or station.
    pub unit: String,
    /// Rank or grade.
    pub rank: String,
    /// How to reach the officer.
    pub contact: String,
    /// The officer's ids in other systems.
    pub other_ids: Vec<String>,
    /// Keyed hashes under which the name index holds this officer.
    pub index_keys: Vec<String>,
}

/// Why an identity was not opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdentityError {
    /// It does not open with the vault key.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It opens, but is another officer's or another store's: somebody swapped it.
    #[error("this sealed identity belongs to another officer or another store")]
    WrongOfficer,
    /// It opens, but is not an identity of this version.
    #[error("this file opens, but is not a sealed identity that this version can read")]
    NotAnIdentity,
}

#[derive(Serialize)]
struct Body<'a> {
    identity: &'a IdentityFields,
    pseudonym: &'a str,
    store: &'a str,
    v: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenedBody {
    identity: IdentityFields,
    pseudonym: String,
    store: String,
    v: u32,
}

/// JSON, filled up with spaces to whole blocks.
pub(crate) fn encode(store_id: &str, pseudonym: &str, fields: &IdentityFields) -> Zeroizing<Vec<u8>> {
    let body = Body { identity: fields, pseudonym, store: store_id, v: VERSION };
    // Measured first, because a growing buffer would leave copies of the name behind.
    let mut length = Length(0);
    serde_json::to_writer(&mut length, &body).expect("strings and a number always serialise");
    let padded = length.0.next_multiple_of(BLOCK_BYTES);
    let mut json = Zeroizing::new(Vec::with_capacity(padded));
    serde_json::to_writer(&mut *json, &body).expect("strings and a number always serialise");
    json.resize(padded, b' ');
    json
}

/// Reads what [`encode`] wrote, for this store and this pseudonym only.
pub(crate) fn decode(
    json: &[u8],
    store_id: &str,
    pseudonym: &str,
) -> Result<IdentityFields, OpenIdentityError> {
    let body: OpenedBody = serde_json::from_slice(json).map_err(|_| OpenIdentityError::NotAnIdentity)?;
    if body.v != VERSION {
        return Err(OpenIdentityError::NotAnIdentity);
    }
    if body.store != store_id || body.pseudonym != pseudonym {
        return Err(OpenIdentityError::WrongOfficer);
    }
    Ok(body.identity)
}

/// Counts what is written to it.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
