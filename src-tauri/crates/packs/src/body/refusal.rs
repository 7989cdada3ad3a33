//! Refusal: a request for a name that is not granted, and why.

use super::is_text;
use crate::{Body, Pack};
use ledger::{Hash, MAX_INTEGER};
use serde::{Deserialize, Serialize};

/// Which request, and the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RefusalBody {
    /// The request's entry.
    pub entry: u64,
    pub reason: String,
    /// The request pack's hash.
    #[cfg_attr(test, schemars(with = "String"))]
    pub request: Hash,
}

impl Body for RefusalBody {
    const KIND: Pack = Pack::Refusal;

    fn holds(&self) -> bool {
        self.entry <= MAX_INTEGER && is_text(&self.reason)
    }
}
