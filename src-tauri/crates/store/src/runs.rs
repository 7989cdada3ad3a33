//! Runs of the analysis.

use crate::{Read, StoreError, Tx};
use rusqlite::Row;

const INSERT: &str = "INSERT INTO runs (at, cards_hash, report) VALUES (?1, ?2, ?3)";
const REPORT: &str = "UPDATE runs SET report = ?2 WHERE id = ?1";
const LATEST: &str = "SELECT id, at, cards_hash, report FROM runs ORDER BY id DESC LIMIT 1";
const ALL: &str = "SELECT id, at, cards_hash, report FROM runs ORDER BY id";

/// One analysis: which cards it ran with and what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: u32,
    pub at: i64,
    pub cards_hash: Vec<u8>,
    pub report_json: String,
}

fn run(row: &Row<'_>) -> Result<Run, StoreError> {
    Ok(Run { id: row.get(0)?, at: row.get(1)?, cards_hash: row.get(2)?, report_json: row.get(3)? })
}

/// Records a run and returns its number.
pub fn insert(tx: &Tx<'_>, at: i64, cards_hash: &[u8], report_json: &str) -> Result<u32, StoreError> {
    tx.run(INSERT, (at, cards_hash, report_json))?;
    Ok(tx.last_id() as u32)
}

/// Sets the report of a run once its leads are written.
pub fn set_report(tx: &Tx<'_>, id: u32, report_json: &str) -> Result<(), StoreError> {
    if tx.run(REPORT, (id, report_json))? == 1 { Ok(()) } else { Err(StoreError::Missing) }
}

pub fn latest(from: &impl Read) -> Result<Option<Run>, StoreError> {
    from.db().maybe(LATEST, [], run)
}

/// Every run, oldest first.
pub fn all(from: &impl Read) -> Result<Vec<Run>, StoreError> {
    from.db().all(ALL, [], run)
}

/// The number of the newest run; 0 before the first.
pub fn latest_id(from: &impl Read) -> Result<u32, StoreError> {
    from.db().one("SELECT coalesce(max(id), 0) FROM runs", [], |r| Ok(r.get(0)?))
}
