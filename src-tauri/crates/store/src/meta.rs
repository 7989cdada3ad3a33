//! Facts about the store that only its members may read: id, policy, name, purpose, dates, ledger key, settings.

use crate::{Read, StoreError, Tx};

pub const STORE_ID: &str = "store_id";
pub const POLICY: &str = "policy";
pub const NAME: &str = "name";
pub const PURPOSE: &str = "purpose";
pub const ENDS: &str = "ends";
pub const ZONE: &str = "zone";
pub const CREATED: &str = "created";
/// Secret key of the ledger.
pub const LEDGER_KEY: &str = "ledger_key";
/// In a backup: the last day on which it can be put back, as a day number.
pub const BACKUP_UNTIL: &str = "backup_until";
pub const LOCK_MINUTES: &str = "lock_minutes";

const GET: &str = "SELECT value FROM meta WHERE key = ?1";
const PUT: &str =
    "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

/// The value of a key, if it was ever put.
pub fn get(from: &impl Read, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    from.db().maybe(GET, [key], |r| Ok(r.get(0)?))
}

/// The value of a key as text.
pub fn text(from: &impl Read, key: &str) -> Result<Option<String>, StoreError> {
    let Some(bytes) = get(from, key)? else { return Ok(None) };
    String::from_utf8(bytes).map(Some).map_err(|_| StoreError::Malformed("meta"))
}

/// Sets the value of a key.
pub fn put(tx: &Tx<'_>, key: &str, value: &[u8]) -> Result<(), StoreError> {
    tx.run(PUT, (key, value)).map(drop)
}
