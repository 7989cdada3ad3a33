//! Texts behind salted hashes: reasons for refusals, questions, answers. Append-only.

use crate::{Read, StoreError, Tx};

const INSERT: &str = "INSERT INTO texts (seq, salt, text) VALUES (?1, ?2, ?3)";
const BY_SEQ: &str = "SELECT seq, salt, text FROM texts WHERE seq = ?1";
const ALL: &str = "SELECT seq, salt, text FROM texts ORDER BY seq";

/// A text and the entry that carries its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub seq: u64,
    pub salt: Vec<u8>,
    pub text: String,
}

fn row(r: &rusqlite::Row<'_>) -> Result<Text, StoreError> {
    Ok(Text { seq: r.get::<_, i64>(0)? as u64, salt: r.get(1)?, text: r.get(2)? })
}

/// Keeps a text, in the same transaction as its entry.
pub fn insert(tx: &Tx<'_>, seq: u64, salt: &[u8], text: &str) -> Result<(), StoreError> {
    tx.run(INSERT, (seq as i64, salt, text)).map(drop)
}

pub fn get(from: &impl Read, seq: u64) -> Result<Option<Text>, StoreError> {
    from.db().maybe(BY_SEQ, [seq as i64], row)
}

/// Every text, in the order of the entries.
pub fn all(from: &impl Read) -> Result<Vec<Text>, StoreError> {
    from.db().all(ALL, [], row)
}
