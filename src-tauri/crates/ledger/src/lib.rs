//! The tamper-evident ledger: what an entry is, how entries become a tree, who signed the tree, and how anyone checks it.
//!
//! Pure: no clock, no files, no randomness. Formats are in `schemas/ledger/v1.md`; the tree is RFC 6962, checkpoints,
//! cosignatures, proofs and policies are C2SP, leaves are RFC 8785 JSON.

mod check;
mod checkpoint;
mod cosign;
mod export;
mod fsck;
mod hash;
mod identities;
mod key;
mod kind;
mod leaf;
mod note;
mod policy;
mod proof;
mod tree;

pub use check::{Check, Outcome, all_hold};
pub use checkpoint::{
    Checkpoint, CheckpointError, SignedCheckpoint, Verified, read_unverified, sign_checkpoint,
    verify_checkpoint,
};
pub use cosign::{CosignError, Cosigned, attach_cosignature, cosign, verify_cosignature};
pub use export::{ExportError, build_export, verify_entries, verify_export, verify_since};
pub use fsck::{Report, fsck};
pub use hash::{Hash, HashError, leaf_hash, text_hash};
pub use identities::{identities_root, identity_path, verify_identity};
pub use key::{Algorithm, KeyError, VerifierKey, member_key_name, verifier_key, witness_key};
pub use kind::{Kind, UnknownKind};
pub use leaf::{LEAF_VERSION, Leaf, LeafError, MAX_INTEGER, MAX_LEAF_BYTES};
pub use policy::{Policy, PolicyError, check_policy};
pub use proof::{Proof, ProofError, check_checkpoint, check_proof};
pub use tree::{
    Hashes, MAX_SIZE, Memory, ReadError, TreeError, consistency, hashes_to_append, inclusion, root,
    stored_count, verify_consistency, verify_inclusion,
};

#[cfg(test)]
mod tests;
