//! Grant: one officer's scoped fields, sealed to the one-time key that the request's entry names.

use crate::{Base64, Body, Pack};
use ledger::{Hash, MAX_INTEGER};
use model::Scope;
use model::justification::MAX_MINUTES;
use serde::{Deserialize, Serialize};

/// What was granted, until when it may be opened, and the sealed fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantBody {
    /// The request's entry.
    pub entry: u64,
    /// The last moment at which the fields may be opened, UTC.
    pub expires: String,
    pub lead: String,
    /// How long the name may be seen.
    pub minutes: u32,
    /// The officer's pseudonym.
    pub officer: String,
    /// The request pack's hash.
    #[cfg_attr(test, schemars(with = "String"))]
    pub request: Hash,
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub scope: Vec<Scope>,
    /// An age file to the one-time key.
    #[cfg_attr(test, schemars(with = "String"))]
    pub sealed: Base64,
}

impl Body for GrantBody {
    const KIND: Pack = Pack::Grant;

    fn holds(&self) -> bool {
        self.entry <= MAX_INTEGER && (1..=MAX_MINUTES).contains(&self.minutes) && !self.scope.is_empty()
    }
}
