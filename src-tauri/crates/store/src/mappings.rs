//! Saved column mappings, recognised by the shape of a file.

use crate::{Read, StoreError, Tx};

const PUT: &str = "INSERT INTO mappings (shape, name, toml) VALUES (?1, ?2, ?3)
    ON CONFLICT (shape) DO UPDATE SET name = excluded.name, toml = excluded.toml";
const BY_SHAPE: &str = "SELECT shape, name, toml FROM mappings WHERE shape = ?1";
const ALL: &str = "SELECT shape, name, toml FROM mappings ORDER BY name, shape";

/// A mapping that fits every file of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMapping {
    pub shape: Vec<u8>,
    pub name: String,
    pub toml: String,
}

fn mapping(row: &rusqlite::Row<'_>) -> Result<SavedMapping, StoreError> {
    Ok(SavedMapping { shape: row.get(0)?, name: row.get(1)?, toml: row.get(2)? })
}

/// Saves a mapping, in place of an earlier one for the same shape.
pub fn put(tx: &Tx<'_>, m: &SavedMapping) -> Result<(), StoreError> {
    tx.run(PUT, (&m.shape, &m.name, &m.toml)).map(drop)
}

pub fn get(from: &impl Read, shape: &[u8]) -> Result<Option<SavedMapping>, StoreError> {
    from.db().maybe(BY_SHAPE, [shape], mapping)
}

pub fn all(from: &impl Read) -> Result<Vec<SavedMapping>, StoreError> {
    from.db().all(ALL, [], mapping)
}
