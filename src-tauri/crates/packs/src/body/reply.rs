//! The representative's answer, bound to the lead pack and to the ledger it was made from.

use super::is_text;
use crate::{Body, Pack};
use ledger::Hash;
use serde::{Deserialize, Serialize};

const MAX_ANSWERS: usize = 200;

/// Who speaks for the officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// The Police Federation, as a police friend (regulation 7).
    Federation,
    /// The Superintendents' Association.
    Superintendents,
    /// A trade union official, for police staff.
    Union,
    /// Another police friend.
    Friend,
}

/// What is said to one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// The facts are right, and there is a reason.
    Explained,
    /// The facts are disputed: the indicator runs again on what the store holds.
    Disputed,
    /// The facts are right and nothing is added.
    Accepted,
    NoComment,
}

/// The answer to one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FindingAnswer {
    /// Where new evidence can be found; may be empty.
    #[serde(default)]
    pub evidence: String,
    /// Number of the finding, as in the pack.
    pub finding: u32,
    pub stance: Stance,
    /// May be empty only where nothing is said.
    #[serde(default)]
    pub text: String,
}

/// What the reviewer takes back into the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplyBody {
    pub answers: Vec<FindingAnswer>,
    pub capacity: Capacity,
    pub code: String,
    /// What involves the representative in the matter; empty if nothing does.
    pub conflict: String,
    /// The lead pack's hash.
    #[cfg_attr(test, schemars(with = "String"))]
    pub pack: Hash,
    /// Root of the ledger the lead pack named.
    #[cfg_attr(test, schemars(with = "String"))]
    pub root: Hash,
}

impl Body for ReplyBody {
    const KIND: Pack = Pack::Reply;

    fn holds(&self) -> bool {
        let mut numbers: Vec<u32> = self.answers.iter().map(|a| a.finding).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let said = |a: &FindingAnswer| match a.stance {
            Stance::Explained | Stance::Disputed => is_text(&a.text),
            Stance::Accepted | Stance::NoComment => a.text.is_empty() || is_text(&a.text),
        };
        numbers.len() == self.answers.len()
            && self.answers.len() <= MAX_ANSWERS
            && self.answers.iter().all(|a| said(a) && (a.evidence.is_empty() || is_text(&a.evidence)))
            && (self.conflict.is_empty() || is_text(&self.conflict))
    }
}
