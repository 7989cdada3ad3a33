//! The RFC 6962 tree over entries that are stored elsewhere, hash by hash.

use crate::Hash;
use std::{cell::RefCell, error::Error};
use tlog_tiles::HashReader;

/// The most entries a ledger may hold; far beyond use, and small enough that no index overflows.
pub const MAX_SIZE: u64 = 1 << 48;

/// A stored hash could not be read.
#[derive(Debug, thiserror::Error)]
#[error("a stored tree hash could not be read")]
pub struct ReadError(#[source] pub Box<dyn Error + Send + Sync>);

impl ReadError {
    /// Wraps the storage's own error.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

/// Where the tree's hashes are kept, by index: the order of [`hashes_to_append`], one after the other, from 0.
pub trait Hashes {
    /// The hashes at these indexes, in the same order; an error if one is missing.
    fn read(&self, indexes: &[u64]) -> Result<Vec<Hash>, ReadError>;
}

/// Why a tree operation did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// The storage failed.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The storage answered with more or fewer hashes than asked.
    #[error("the store of tree hashes returned the wrong number of hashes")]
    Count,
    /// The entry or the older size lies outside the tree, or the tree is too large.
    #[error("the position is outside the tree")]
    Range,
    /// The proof does not lead from the one to the other.
    #[error("the proof does not hold")]
    Proof,
}

/// Tree hashes in memory: for exports, for the tree of sealed identities, and for tests.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    hashes: Vec<Hash>,
    size: u64,
}

impl Memory {
    /// A tree without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends one entry's hash.
    pub fn push(&mut self, leaf: Hash) {
        let new = hashes_to_append(self.size, leaf, self).expect("memory holds every hash of its own tree");
        self.hashes.extend(new);
        self.size += 1;
    }

    /// The root over the first `size` entries, or nothing if there are fewer.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        (size <= self.size).then(|| root(size, self).expect("memory holds every hash of its own tree"))
    }
}

impl FromIterator<Hash> for Memory {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Self::new();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }
}

impl Hashes for Memory {
    fn read(&self, indexes: &[u64]) -> Result<Vec<Hash>, ReadError> {
        let at = |index: &u64| usize::try_from(*index).ok().and_then(|index| self.hashes.get(index).copied());
        indexes.iter().map(|index| at(index).ok_or_else(|| ReadError::new("no hash at this index"))).collect()
    }
}

/// Lends a [`Hashes`] to `tlog_tiles` and keeps the error that its error type cannot carry.
struct Lent<'a> {
    inner: &'a dyn Hashes,
    failed: RefCell<Option<TreeError>>,
}

impl HashReader for Lent<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let error = match self.inner.read(indexes) {
            Ok(hashes) if hashes.len() == indexes.len() => {
                return Ok(hashes.into_iter().map(Into::into).collect());
            }
            Ok(_) => TreeError::Count,
            Err(error) => TreeError::Read(error),
        };
        self.failed.replace(Some(error));
        Err(tlog_tiles::Error::IndexesNotInTree)
    }
}

fn lend<T>(
    hashes: &dyn Hashes,
    run: impl FnOnce(&Lent<'_>) -> Result<T, tlog_tiles::Error>,
) -> Result<T, TreeError> {
    let lent = Lent { inner: hashes, failed: RefCell::new(None) };
    run(&lent).map_err(|_| lent.failed.take().unwrap_or(TreeError::Range))
}

fn within(size: u64) -> Result<u64, TreeError> {
    if size <= MAX_SIZE { Ok(size) } else { Err(TreeError::Range) }
}

fn ours(hashes: Vec<tlog_tiles::Hash>) -> Vec<Hash> {
    hashes.into_iter().map(Into::into).collect()
}

fn theirs(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().copied().map(Into::into).collect()
}

/// How many hashes are stored for a tree of this size: the index at which the next ones go.
pub fn stored_count(size: u64) -> Result<u64, TreeError> {
    within(size).map(tlog_tiles::stored_hash_count)
}

/// The hashes to store, from index [`stored_count`]`(size)` on, when `leaf` becomes entry number `size`.
pub fn hashes_to_append(size: u64, leaf: Hash, hashes: &dyn Hashes) -> Result<Vec<Hash>, TreeError> {
    within(size.saturating_add(1))?;
    lend(hashes, |lent| tlog_tiles::stored_hashes_for_record_hash(size, leaf.into(), lent)).map(ours)
}

/// The root over the first `size` entries.
pub fn root(size: u64, hashes: &dyn Hashes) -> Result<Hash, TreeError> {
    within(size)?;
    lend(hashes, |lent| tlog_tiles::tree_hash(size, lent)).map(Into::into)
}

/// The proof that entry `index` is in the tree of `size` entries (RFC 6962 2.1.1).
pub fn inclusion(index: u64, size: u64, hashes: &dyn Hashes) -> Result<Vec<Hash>, TreeError> {
    within(size)?;
    lend(hashes, |lent| tlog_tiles::prove_record(size, index, lent)).map(ours)
}

/// Checks that the tree with this root and size has `leaf` as entry `index`.
pub fn verify_inclusion(
    proof: &[Hash],
    index: u64,
    leaf: Hash,
    size: u64,
    root: Hash,
) -> Result<(), TreeError> {
    if index >= within(size)? {
        return Err(TreeError::Range);
    }
    tlog_tiles::check_record(&theirs(proof), size, root.into(), index, leaf.into())
        .map_err(|_| TreeError::Proof)
}

/// The proof that the tree of `new` entries begins with the tree of `old` entries (RFC 6962 2.1.2); empty from 0.
pub fn consistency(old: u64, new: u64, hashes: &dyn Hashes) -> Result<Vec<Hash>, TreeError> {
    if old > within(new)? {
        return Err(TreeError::Range);
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    lend(hashes, |lent| tlog_tiles::prove_tree(new, old, lent)).map(ours)
}

/// Checks that the newer tree begins with every entry of the older one, unchanged.
pub fn verify_consistency(
    proof: &[Hash],
    (old, old_root): (u64, Hash),
    (new, new_root): (u64, Hash),
) -> Result<(), TreeError> {
    if old > within(new)? {
        return Err(TreeError::Range);
    }
    // tlog_tiles starts at 1: an empty tree has one root and proves nothing about what follows.
    if old == 0 {
        let holds = proof.is_empty() && old_root == Hash::EMPTY && (new != 0 || new_root == Hash::EMPTY);
        return if holds { Ok(()) } else { Err(TreeError::Proof) };
    }
    tlog_tiles::check_tree(&theirs(proof), new, new_root.into(), old, old_root.into())
        .map_err(|_| TreeError::Proof)
}
