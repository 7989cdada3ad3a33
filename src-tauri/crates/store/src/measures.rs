//! What the last run measured of each officer, packed by indicator.

use crate::{Read, StoreError, Tx};

const CLEAR: &str = "DELETE FROM measures";
const PUT: &str = "INSERT INTO measures (indicator, run, bytes) VALUES (?1, ?2, ?3)";
const ALL: &str = "SELECT indicator, bytes FROM measures ORDER BY indicator";

/// Forgets everything; the next run measures anew.
pub fn clear(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.run(CLEAR, []).map(drop)
}

/// Keeps what a run measured under one indicator.
pub fn put(tx: &Tx<'_>, run: u32, indicator: &str, bytes: &[u8]) -> Result<(), StoreError> {
    tx.run(PUT, (indicator, run, bytes)).map(drop)
}

/// Packed measures by indicator.
pub fn all(from: &impl Read) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    from.db().all(ALL, [], |r| Ok((r.get(0)?, r.get(1)?)))
}
