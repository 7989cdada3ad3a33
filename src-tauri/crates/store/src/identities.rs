//! Sealed identity files: opaque here, opened by the vault key only.

use crate::{Read, StoreError, Tx, erasures::Window};
use model::{ImportId, OfficerIndex};

const INSERT: &str = "INSERT INTO identities (officer, import, leaf, hash, sealed) VALUES";
const NEWEST: &str = "SELECT officer, import, leaf, hash, sealed FROM identities
    WHERE officer = ?1 AND length(sealed) > 0 ORDER BY import DESC LIMIT 1";
const HASHES: &str = "SELECT hash FROM identities WHERE import = ?1 ORDER BY leaf";
const ERASE: &str = "UPDATE identities SET sealed = x'' WHERE officer = ?1";

/// One sealed identity and its place in the identities tree of its import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedIdentity {
    pub officer: OfficerIndex,
    pub import: ImportId,
    /// Position in the import's identities tree, counted from 0.
    pub leaf: u32,
    pub hash: [u8; 32],
    /// An age file.
    pub sealed: Vec<u8>,
}

/// Adds the identities an import brought.
pub fn insert(tx: &Tx<'_>, new: &[SealedIdentity]) -> Result<(), StoreError> {
    tx.insert_many(INSERT, "", new, |i| {
        [i.officer.into(), i.import.0.into(), i.leaf.into(), i.hash.to_vec().into(), i.sealed.clone().into()]
    })
}

/// The newest identity of an officer, if one was imported and not erased.
pub fn newest(from: &impl Read, officer: OfficerIndex) -> Result<Option<SealedIdentity>, StoreError> {
    from.db().maybe(NEWEST, [officer], |r| {
        Ok(SealedIdentity {
            officer: r.get(0)?,
            import: ImportId(r.get(1)?),
            leaf: r.get(2)?,
            hash: r.get(3)?,
            sealed: r.get(4)?,
        })
    })
}

/// The hashes of an import's identities, in the order of its tree. Erased ones keep theirs.
pub fn hashes(from: &impl Read, import: ImportId) -> Result<Vec<[u8; 32]>, StoreError> {
    from.db().all(HASHES, [import.0], |r| Ok(r.get(0)?))
}

/// Empties every identity of an officer; possible only inside an erasure.
pub fn erase(window: &Window<'_, '_>, officer: OfficerIndex) -> Result<usize, StoreError> {
    window.tx().run(ERASE, [officer])
}
