//! Rows that a decision "data error" keeps out of later runs.

use crate::{Read, StoreError, Tx};
use model::{ImportId, LeadId};

const INSERT: &str = "INSERT OR IGNORE INTO set_aside (import, row, lead)
    SELECT import, row, lead FROM evidence WHERE lead = ?1 AND finding = ?2";
const CLEAR: &str = "DELETE FROM set_aside WHERE lead = ?1";
const ALL: &str = "SELECT DISTINCT import, row FROM set_aside ORDER BY import, row";
const COUNT: &str = "SELECT count(*) FROM set_aside WHERE lead = ?1";

/// Keeps the rows that one finding of a lead cites out of later runs. Returns how many.
pub fn cited(tx: &Tx<'_>, lead: LeadId, finding: u32) -> Result<usize, StoreError> {
    tx.run(INSERT, (lead.0, finding))
}

/// Lets the rows of a lead back in.
pub fn clear(tx: &Tx<'_>, lead: LeadId) -> Result<usize, StoreError> {
    tx.run(CLEAR, [lead.0])
}

/// Every row kept out, in order.
pub fn all(from: &impl Read) -> Result<Vec<(ImportId, u32)>, StoreError> {
    from.db().all(ALL, [], |r| Ok((ImportId(r.get(0)?), r.get(1)?)))
}

/// How many rows a lead keeps out.
pub fn count(from: &impl Read, lead: LeadId) -> Result<u64, StoreError> {
    Ok(from.db().one(COUNT, [lead.0], |r| Ok(r.get::<_, i64>(0)?))? as u64)
}
