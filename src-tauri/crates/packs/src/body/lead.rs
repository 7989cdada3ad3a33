//! A redacted lead for an officer's representative: what was seen, what is withheld and why, and how it is found.

use super::is_text;
use crate::{Body, Pack};
use ledger::{Hash, MAX_LEAF_BYTES};
use serde::{Deserialize, Serialize};

/// Fewest people who must fit what a pack shows.
pub const FEWEST_WHO_FIT: u32 = 10;
const MAX_FINDINGS: usize = 200;
const MAX_ROWS: usize = 20_000;

/// Conduct Regulations 2020, regulation 6: why something may be withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    A,
    B,
    C,
    D,
    E,
    F,
    G,
}

impl Ground {
    pub const ALL: [Ground; 7] =
        [Ground::A, Ground::B, Ground::C, Ground::D, Ground::E, Ground::F, Ground::G];

    /// The letter, as it is typed.
    pub fn letter(self) -> char {
        (b'a' + self as u8) as char
    }

    /// The ground in plain words.
    pub fn words(self) -> &'static str {
        match self {
            Ground::A => "it would prejudice the prevention or detection of crime, or a prosecution",
            Ground::B => "it is about national security",
            Ground::C => "it would prejudice another investigation or proceedings",
            Ground::D => "giving it is disproportionate to what it adds, or is not needed to answer",
            Ground::E => "it could put somebody's welfare or safety at risk",
            Ground::F => "it would reveal a confidential source or a private matter of somebody else",
            Ground::G => "withholding it is otherwise in the public interest",
        }
    }
}

/// A label and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub label: String,
    pub value: String,
}

/// Something the reviewer withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    pub ground: Ground,
    pub reason: String,
    /// What it is, without saying it: `finding 2`, `rows of finding 1`.
    pub what: String,
}

/// What the redaction did, by its reason, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Removed {
    pub count: u64,
    pub why: String,
}

/// One step of the motivated-intruder test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FitStep {
    /// What a colleague would use.
    pub known: String,
    /// How many people still fit.
    pub left: u32,
}

/// How many people would still fit, for somebody who knows the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fit {
    pub of: u32,
    pub people: u32,
    pub steps: Vec<FitStep>,
}

/// The comparison, in aggregate only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PeersShown {
    pub expected: String,
    pub group: String,
    pub highest: String,
    pub median: String,
    pub size: u32,
}

/// How an indicator works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CardShown {
    pub cannot_see: String,
    pub exclusions: Vec<String>,
    pub looks_for: String,
    pub settings: Vec<Line>,
    pub version: u32,
}

/// One finding, redacted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FindingShown {
    pub arithmetic: Vec<Line>,
    pub base_rate: String,
    pub card: CardShown,
    pub columns: Vec<String>,
    pub counter_evidence: Vec<String>,
    pub indicator: String,
    pub innocent_explanations: Vec<String>,
    /// Number of the finding in its lead, from 1.
    pub n: u32,
    pub peers: Option<PeersShown>,
    pub rows: Vec<Vec<String>>,
    pub sentence: String,
    pub title: String,
    pub what_would_clear_it: String,
}

/// What the representative reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeadBody {
    /// The officer's code in this pack and nowhere else, `K-XXXXXX`.
    pub code: String,
    pub facts: Vec<Line>,
    pub findings: Vec<FindingShown>,
    pub fit: Fit,
    /// The entry that records the disclosure, its exact bytes.
    pub leaf: String,
    pub removed: Vec<Removed>,
    /// Last day for the answer, `2026-07-18`.
    pub reply_by: String,
    /// Root of the ledger when the pack was made; an answer names it.
    #[cfg_attr(test, schemars(with = "String"))]
    pub root: Hash,
    pub size: u64,
    pub withheld: Vec<Withheld>,
}

impl Body for LeadBody {
    const KIND: Pack = Pack::Lead;

    fn holds(&self) -> bool {
        self.code.starts_with("K-")
            && self.code.len() == 8
            && self.leaf.len() <= MAX_LEAF_BYTES
            && self.findings.len() <= MAX_FINDINGS
            && self.findings.iter().map(|f| f.rows.len()).sum::<usize>() <= MAX_ROWS
            && self.findings.iter().all(|f| f.rows.iter().all(|r| r.len() == f.columns.len()))
            && self.findings.iter().filter_map(|f| f.peers.as_ref()).all(|p| p.size >= FEWEST_WHO_FIT)
            && self.fit.people >= FEWEST_WHO_FIT
            && self.withheld.iter().all(|w| is_text(&w.reason) && is_text(&w.what))
    }
}
