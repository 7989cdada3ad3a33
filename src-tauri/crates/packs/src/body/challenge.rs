//! Challenge: a question about one entry, open until it is answered.

use super::is_text;
use crate::{Body, Pack};
use ledger::{Hash, MAX_INTEGER};
use serde::{Deserialize, Serialize};

/// The question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChallengeBody {
    /// The entry it questions.
    pub entry: u64,
    /// `C-XXXXXX`, the challenger's own number for it.
    pub id: String,
    /// The questioned entry's leaf hash: the entry the challenger saw.
    #[cfg_attr(test, schemars(with = "String"))]
    pub leaf_hash: Hash,
    pub question: String,
}

/// Whether a text has the form of a challenge's number.
pub(crate) fn is_id(id: &str) -> bool {
    let digits = id.strip_prefix("C-").unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

impl Body for ChallengeBody {
    const KIND: Pack = Pack::Challenge;

    fn holds(&self) -> bool {
        self.entry <= MAX_INTEGER && is_id(&self.id) && is_text(&self.question)
    }
}
