//! Answer to a challenge; the ledger holds its salted hash.

use super::{challenge::is_id, is_text};
use crate::{Base64, Body, Pack};
use ledger::{Hash, MAX_INTEGER, MAX_LEAF_BYTES};
use serde::{Deserialize, Serialize};

/// The answer and the entry it became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerBody {
    pub answer: String,
    /// The challenge pack's hash; absent where the question was asked in the store itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub challenge: Option<Hash>,
    /// The questioned entry.
    pub entry: u64,
    pub id: String,
    /// The answer's own entry, its exact bytes.
    pub leaf: String,
    #[cfg_attr(test, schemars(with = "String"))]
    pub salt: Base64,
}

impl Body for AnswerBody {
    const KIND: Pack = Pack::Answer;

    fn holds(&self) -> bool {
        self.entry <= MAX_INTEGER
            && is_id(&self.id)
            && is_text(&self.answer)
            && self.leaf.len() <= MAX_LEAF_BYTES
    }
}
