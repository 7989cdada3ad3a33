//! Ledger pack: everything a data protection officer needs to check the ledger without the store.

use crate::{Base64, Body, Pack, Sender};
use ::ledger::{Hash, MAX_LEAF_BYTES};
use serde::{Deserialize, Serialize};

/// A text whose salted hash stands in an entry: a justification, a question, an answer, a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The number of the entry that carries its hash.
    pub entry: u64,
    #[cfg_attr(test, schemars(with = "String"))]
    pub salt: Base64,
    pub text: String,
}

/// The step from the head this reader countersigned last (RFC 6962 2.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extends {
    pub size: u64,
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub proof: Vec<Hash>,
}

/// A number over the whole store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub name: String,
    pub count: u64,
}

/// The whole ledger, its texts, its signed head and who may have signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LedgerBody {
    /// The signed head over `leaves`.
    pub checkpoint: String,
    /// Older heads with the countersignatures they got, the newest of each witness.
    pub countersigned: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<Extends>,
    pub figures: Vec<Figure>,
    /// Every entry's exact bytes, from 0.
    pub leaves: Vec<String>,
    /// The cards of everyone enrolled.
    pub members: Vec<Sender>,
    /// The store's name.
    pub name: String,
    /// The keys whose signatures count, as a policy file.
    pub policy: String,
    pub texts: Vec<Text>,
}

impl Body for LedgerBody {
    const KIND: Pack = Pack::Ledger;

    fn holds(&self) -> bool {
        !self.leaves.is_empty()
            && self.leaves.iter().all(|leaf| leaf.len() <= MAX_LEAF_BYTES)
            && self.members.len() <= 1_000
            && self
                .extends
                .as_ref()
                .is_none_or(|e| e.size <= self.leaves.len() as u64 && e.proof.len() <= 128)
            && self.texts.iter().all(|text| text.entry < self.leaves.len() as u64)
    }
}
