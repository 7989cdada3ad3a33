//! `keys.age`, `vault.age`, `pseudonyms.age`: a store's secrets, each sealed to those who may use it.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{Card, Member, OpenError, Recipient, RecoverySheet, SealError, age_file};

const VERSION: u32 = 1;
const KEY_FILE_LIMIT_BYTES: usize = 16 * 1024;

/// Which secret of a store a key file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// The database key.
    Store,
    /// The key that opens identities.
    Vault,
    /// The key that makes pseudonyms.
    Pseudonyms,
}

/// Sealing and opening of key files: canonical JSON (RFC 8785) `{key, kind, store, v}` in an age file.
pub enum KeyFile {}

/// Why a key file was not opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenKeyError {
    /// It does not open with this member's key.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It opens, but is not a key file of this version.
    #[error("this file opens, but is not a key file that this version can read")]
    NotAKeyFile,
    /// It holds another of the store's keys.
    #[error("this key file holds another kind of key")]
    WrongKind,
    /// It belongs to another store.
    #[error("this key file belongs to another store")]
    WrongStore,
}

/// The body, keys in alphabetical order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    key: Key,
    kind: KeyKind,
    store: String,
    v: u32,
}

/// A secret in base64.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
struct Key(String);

impl KeyFile {
    /// Seals one of a store's secrets to members.
    pub fn seal_key(
        cards: &[&Card],
        kind: KeyKind,
        store_id: &str,
        secret: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let recipients: Vec<_> = cards.iter().map(|card| card.recipient().clone()).collect();
        Self::seal_key_to(&recipients, kind, store_id, secret)
    }

    /// Seals one of a store's secrets to members and, where there is one, a recovery sheet.
    pub fn seal_key_to(
        recipients: &[Recipient],
        kind: KeyKind,
        store_id: &str,
        secret: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let key = Key(BASE64_STANDARD.encode(secret));
        let body = Body { key, kind, store: store_id.to_owned(), v: VERSION };
        age_file::seal(recipients, &body.to_json())
    }

    /// Opens a key file as a member; kind and store must be the ones it was made for.
    pub fn open_key(
        member: &Member,
        kind: KeyKind,
        store_id: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenKeyError> {
        secret_in(&member.open(sealed, KEY_FILE_LIMIT_BYTES)?, kind, store_id)
    }

    /// Opens a key file with the printed recovery sheet.
    pub fn open_key_with_sheet(
        sheet: &RecoverySheet,
        kind: KeyKind,
        store_id: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenKeyError> {
        secret_in(&sheet.open(sealed, KEY_FILE_LIMIT_BYTES)?, kind, store_id)
    }
}

impl Body {
    fn to_json(&self) -> Zeroizing<Vec<u8>> {
        // Large enough from the start (an escaped byte takes six): a growing buffer would leave copies of the key behind.
        let mut json = Zeroizing::new(Vec::with_capacity(self.key.0.len() + 6 * self.store.len() + 256));
        serde_json::to_writer(&mut *json, self).expect("strings and a number always serialise");
        json
    }
}

fn secret_in(json: &[u8], kind: KeyKind, store_id: &str) -> Result<Zeroizing<Vec<u8>>, OpenKeyError> {
    let body: Body = serde_json::from_slice(json).map_err(|_| OpenKeyError::NotAKeyFile)?;
    // One spelling only, so that equal key files are equal byte for byte.
    if body.v != VERSION || *body.to_json() != json {
        return Err(OpenKeyError::NotAKeyFile);
    }
    if body.kind != kind {
        return Err(OpenKeyError::WrongKind);
    }
    if body.store != store_id {
        return Err(OpenKeyError::WrongStore);
    }
    BASE64_STANDARD.decode(&body.key.0).map(Zeroizing::new).map_err(|_| OpenKeyError::NotAKeyFile)
}

#[cfg(test)]
mod tests;
