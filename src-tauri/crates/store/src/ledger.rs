//! Entries, tree hashes and checkpoints of the ledger as rows: bytes in, bytes out, append-only.

use crate::{Read, StoreError, Tx};

const SIZE: &str = "SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaves";
const APPEND: &str = "INSERT INTO ledger_leaves (seq, hash, bytes) VALUES (?1, ?2, ?3)";
const LEAF: &str = "SELECT seq, hash, bytes FROM ledger_leaves WHERE seq = ?1";
const LEAVES: &str = "SELECT seq, hash, bytes FROM ledger_leaves WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
const NAMING: &str = "SELECT seq FROM ledger_leaves WHERE instr(bytes, CAST(?1 AS BLOB)) > 0 LIMIT 1";
const HASH_COUNT: &str = "SELECT coalesce(max(idx) + 1, 0) FROM ledger_hashes";
const HASH_APPEND: &str = "INSERT INTO ledger_hashes (idx, hash) VALUES (?1, ?2)";
const HASH: &str = "SELECT hash FROM ledger_hashes WHERE idx = ?1";
const NOTE_APPEND: &str = "INSERT INTO checkpoints (size, note) VALUES (?1, ?2)";
const NOTE_LATEST: &str = "SELECT size, note FROM checkpoints ORDER BY size DESC, id DESC LIMIT 1";
const NOTE_AT: &str = "SELECT size, note FROM checkpoints WHERE size = ?1 ORDER BY id DESC LIMIT 1";
const NOTES: &str = "SELECT size, note FROM checkpoints ORDER BY id";

/// One entry: canonical JSON and its RFC 6962 leaf hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    pub seq: u64,
    pub hash: [u8; 32],
    pub bytes: Vec<u8>,
}

/// A signed note over the first `size` entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub size: u64,
    pub note: String,
}

fn leaf_row(r: &rusqlite::Row<'_>) -> Result<Leaf, StoreError> {
    Ok(Leaf { seq: r.get::<_, i64>(0)? as u64, hash: r.get(1)?, bytes: r.get(2)? })
}

fn checkpoint(r: &rusqlite::Row<'_>) -> Result<Checkpoint, StoreError> {
    Ok(Checkpoint { size: r.get::<_, i64>(0)? as u64, note: r.get(1)? })
}

/// How many entries there are; also the next `seq`.
pub fn size(from: &impl Read) -> Result<u64, StoreError> {
    Ok(from.db().one(SIZE, [], |r| Ok(r.get::<_, i64>(0)?))? as u64)
}

/// Appends an entry, whose `seq` must be the next, and the tree hashes it completes.
pub fn append(
    tx: &Tx<'_>,
    seq: u64,
    hash: &[u8; 32],
    bytes: &[u8],
    completed: &[[u8; 32]],
) -> Result<(), StoreError> {
    tx.run(APPEND, (seq as i64, &hash[..], bytes))?;
    let first = hash_count(tx)?;
    let mut statement = tx.prepare(HASH_APPEND)?;
    for (index, hash) in (first as i64..).zip(completed) {
        statement.execute((index, &hash[..]))?;
    }
    Ok(())
}

/// The entry with a number; `StoreError::Missing` past the end.
pub fn leaf(from: &impl Read, seq: u64) -> Result<Leaf, StoreError> {
    from.db().one(LEAF, [seq as i64], leaf_row)
}

/// At most `limit` entries from `first` on.
pub fn leaves(from: &impl Read, first: u64, limit: u64) -> Result<Vec<Leaf>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    from.db().all(LEAVES, (first as i64, limit), leaf_row)
}

/// The first entry that holds a text, such as the hash of a pack.
pub fn naming(from: &impl Read, text: &str) -> Result<Option<u64>, StoreError> {
    from.db().maybe(NAMING, [text], |r| Ok(r.get::<_, i64>(0)? as u64))
}

/// How many tree hashes there are; also the next index.
pub fn hash_count(from: &impl Read) -> Result<u64, StoreError> {
    Ok(from.db().one(HASH_COUNT, [], |r| Ok(r.get::<_, i64>(0)?))? as u64)
}

/// The tree hashes at some indexes, in that order; a missing one is `StoreError::Missing`.
pub fn hashes(from: &impl Read, indexes: &[u64]) -> Result<Vec<[u8; 32]>, StoreError> {
    let db = from.db();
    let mut statement = db.0.prepare(HASH)?;
    let found = indexes.iter().map(|index| Ok(statement.query_row([*index as i64], |r| r.get(0))?)).collect();
    db.intact()?;
    found
}

/// Appends a checkpoint over entries that exist.
pub fn add_checkpoint(tx: &Tx<'_>, size: u64, note: &str) -> Result<(), StoreError> {
    tx.run(NOTE_APPEND, (size as i64, note)).map(drop)
}

/// The newest checkpoint over the most entries: a countersigned note of an older head may be written after it.
pub fn latest_checkpoint(from: &impl Read) -> Result<Option<Checkpoint>, StoreError> {
    from.db().maybe(NOTE_LATEST, [], checkpoint)
}

/// The newest checkpoint of exactly this size.
pub fn checkpoint_at(from: &impl Read, size: u64) -> Result<Option<Checkpoint>, StoreError> {
    from.db().maybe(NOTE_AT, [size as i64], checkpoint)
}

/// Every checkpoint, oldest first.
pub fn checkpoints(from: &impl Read) -> Result<Vec<Checkpoint>, StoreError> {
    from.db().all(NOTES, [], checkpoint)
}
