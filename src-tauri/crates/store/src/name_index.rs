//! The sealed name index: opaque here, opened by the pseudonym key only. One part per import that brought names.

use crate::{Read, StoreError, Tx, erasures::Window};
use model::ImportId;

const PUT: &str = "INSERT INTO name_index (import, sealed) VALUES (?1, ?2)
    ON CONFLICT (import) DO UPDATE SET sealed = excluded.sealed";
const REPLACE: &str = "UPDATE name_index SET sealed = ?1 WHERE import = (SELECT min(import) FROM name_index)";
const REST: &str = "DELETE FROM name_index WHERE import > (SELECT min(import) FROM name_index)";
const PARTS: &str = "SELECT sealed FROM name_index ORDER BY import";

/// Sets the part of an import.
pub fn put(tx: &Tx<'_>, import: ImportId, sealed: &[u8]) -> Result<(), StoreError> {
    tx.run(PUT, (import.0, sealed)).map(drop)
}

/// Every part, oldest import first.
pub fn parts(from: &impl Read) -> Result<Vec<Vec<u8>>, StoreError> {
    from.db().all(PARTS, [], |r| Ok(r.get(0)?))
}

/// Puts one part in the place of all; possible only inside an erasure.
pub fn replace(window: &Window<'_, '_>, sealed: &[u8]) -> Result<(), StoreError> {
    window.tx().run(REST, [])?;
    window.tx().run(REPLACE, [sealed]).map(drop)
}
