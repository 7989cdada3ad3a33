//! Request for a name: one officer's sealed identity, and the proof that the ledger holds the reason.

use crate::{Base64, Body, Pack};
use ledger::{Hash, MAX_LEAF_BYTES};
use serde::{Deserialize, Serialize};

/// Most hashes in a path: no tree of at most 2^48 entries has more.
const MAX_PATH: usize = 64;

/// The sealed identity and its place under the root that its import's own entry committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentityProof {
    /// How many identities the import sealed.
    pub count: u64,
    /// The import's entry, its exact bytes; it holds `identities_root`.
    pub import_leaf: String,
    /// The import entry's path to the checkpoint's root.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub import_path: Vec<Hash>,
    pub index: u64,
    /// The path to `identities_root`.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub path: Vec<Hash>,
    /// An age file to the vault key.
    #[cfg_attr(test, schemars(with = "String"))]
    pub sealed: Base64,
}

/// What the data protection officer checks and, after a decision of their own, opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestBody {
    /// A signed head that covers both entries.
    pub checkpoint: String,
    pub identity: IdentityProof,
    /// The justification, in the bytes whose salted hash the entry carries.
    pub justification: String,
    /// The request's entry, its exact bytes; it names lead, pseudonym, scope, duration and the one-time key.
    pub leaf: String,
    /// The request entry's path to the checkpoint's root.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub path: Vec<Hash>,
    #[cfg_attr(test, schemars(with = "String"))]
    pub salt: Base64,
    /// The store's `vault.age`, sealed to its data protection officers.
    #[cfg_attr(test, schemars(with = "String"))]
    pub vault: Base64,
}

impl Body for RequestBody {
    const KIND: Pack = Pack::Request;

    fn holds(&self) -> bool {
        let id = &self.identity;
        [&self.path, &id.path, &id.import_path].iter().all(|path| path.len() <= MAX_PATH)
            && [&self.leaf, &id.import_leaf].iter().all(|leaf| leaf.len() <= MAX_LEAF_BYTES)
            && id.index < id.count
    }
}
