//! Notes on leads: append-only.

use crate::{Read, StoreError, Tx};
use model::LeadId;

const INSERT: &str = "INSERT INTO notes (lead, at, member, text) VALUES (?1, ?2, ?3, ?4)";
const OF_LEAD: &str = "SELECT id, at, member, text FROM notes WHERE lead = ?1 ORDER BY id";

/// A note as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub id: u32,
    pub at: i64,
    pub by: String,
    pub text: String,
}

/// Adds a note and returns its number.
pub fn insert(tx: &Tx<'_>, lead: LeadId, at: i64, by: &str, text: &str) -> Result<u32, StoreError> {
    tx.run(INSERT, (lead.0, at, by, text))?;
    Ok(tx.last_id() as u32)
}

/// Notes on a lead, oldest first.
pub fn of_lead(from: &impl Read, lead: LeadId) -> Result<Vec<Note>, StoreError> {
    from.db()
        .all(OF_LEAD, [lead.0], |r| Ok(Note { id: r.get(0)?, at: r.get(1)?, by: r.get(2)?, text: r.get(3)? }))
}
