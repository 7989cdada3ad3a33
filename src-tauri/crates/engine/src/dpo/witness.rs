//! What a data protection officer's profile remembers of a store: the last head and every entry's hash, the key the
//! ledger is signed with, the answers given and the questions asked. No entry's content, no identity.

use crate::home::Head;
use crate::{Error, Home};
use ledger::Hash;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A store's ledger as it was countersigned last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Witnessed {
    pub store: String,
    pub name: String,
    /// The ledger key, pinned at the first countersignature.
    pub log: String,
    pub size: u64,
    pub root: Hash,
    /// When it was countersigned, by this profile's clock.
    pub at: i64,
    /// Each entry's hash, from 0.
    pub leaves: Vec<Hash>,
    /// Fingerprints of members who had left by then; empty in profiles of older programs.
    #[serde(default)]
    pub left: BTreeSet<String>,
    pub answers: Vec<Answer>,
    pub questions: Vec<Question>,
}

/// A request this profile granted or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    /// The request's entry.
    pub entry: u64,
    pub granted: bool,
    /// A hash of what was granted, or of the reason for a refusal; empty in profiles of older programs.
    #[serde(default)]
    pub terms: String,
    pub at: i64,
    /// Until when a grant may be opened.
    pub expires: i64,
    pub lead: String,
    pub officer: String,
    pub requester: String,
}

/// A question this profile asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    pub id: String,
    pub entry: u64,
    /// A hash of the question; empty in profiles of older programs.
    #[serde(default)]
    pub words: String,
    pub at: i64,
}

const PLACE: &str = "witness";

impl Witnessed {
    pub fn of(home: &Home, store: &str) -> Result<Option<Self>, Error> {
        home.recall(PLACE, store)
    }

    /// Replaces what is remembered, durably.
    pub fn save(&self, home: &Home) -> Result<(), Error> {
        home.keep(PLACE, &self.store, self)
    }

    pub fn head(&self) -> Head {
        Head { store: self.store.clone(), size: self.size, root: self.root }
    }

    /// The tree over what was countersigned.
    pub fn tree(&self) -> ledger::Memory {
        self.leaves.iter().copied().collect()
    }
}
