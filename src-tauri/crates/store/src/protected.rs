//! Protected characteristics: sealed files, opaque here.

use crate::{Read, StoreError, Tx, erasures::Window};
use model::ImportId;

const INSERT: &str = "INSERT INTO protected (import, hash, sealed) VALUES (?1, ?2, ?3)";
const ERASE: &str = "DELETE FROM protected WHERE import = ?1";
const ALL: &str = "SELECT import, hash, sealed FROM protected ORDER BY import";

/// What one import brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub import: ImportId,
    /// Its leaf hash (RFC 6962); the import's ledger entry holds it too.
    pub hash: [u8; 32],
    /// An age file.
    pub sealed: Vec<u8>,
}

/// Keeps the file of one import.
pub fn insert(tx: &Tx<'_>, new: &Sealed) -> Result<(), StoreError> {
    tx.run(INSERT, (new.import.0, &new.hash[..], &new.sealed))?;
    Ok(())
}

/// Every import's file, oldest first.
pub fn all(from: &impl Read) -> Result<Vec<Sealed>, StoreError> {
    from.db().all(ALL, [], |r| Ok(Sealed { import: ImportId(r.get(0)?), hash: r.get(1)?, sealed: r.get(2)? }))
}

/// Takes one import's file away; possible only inside an erasure.
pub fn erase(window: &Window<'_, '_>, import: ImportId) -> Result<usize, StoreError> {
    window.tx().run(ERASE, [import.0])
}
