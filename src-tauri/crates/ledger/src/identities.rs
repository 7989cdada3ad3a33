//! The tree over the sealed identity files of one import: its root stands in the import's own ledger entry.
//!
//! A leaf is [`crate::leaf_hash`] of the sealed file's bytes, in the order the import lists them, so a swapped or forged
//! file is noticed before anyone believes what is in it.

use crate::{
    Hash, Memory, TreeError, inclusion,
    tree::{root, verify_inclusion},
};

/// The root over the hashes of the sealed files.
pub fn identities_root(leaves: &[Hash]) -> Hash {
    let tree: Memory = leaves.iter().copied().collect();
    root(tree.size(), &tree).expect("memory holds every hash of its own tree")
}

/// The path from sealed file number `index` to [`identities_root`].
pub fn identity_path(leaves: &[Hash], index: u64) -> Result<Vec<Hash>, TreeError> {
    let tree: Memory = leaves.iter().copied().collect();
    inclusion(index, tree.size(), &tree)
}

/// Checks that a sealed file with this hash is number `index` of the `count` under `root`.
pub fn verify_identity(
    path: &[Hash],
    index: u64,
    leaf: Hash,
    count: u64,
    root: Hash,
) -> Result<(), TreeError> {
    verify_inclusion(path, index, leaf, count, root)
}
