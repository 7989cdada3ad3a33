//! Findings: one indicator's hit on one officer, group or unit, with everything needed to recompute it by hand.

use crate::{ImportId, Route, SourceKind, Subject};
use serde::{Deserialize, Serialize};

/// Factual findings cite rows that contradict each other; statistical ones compare with peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    Factual,
    Statistical,
}

/// One line of the arithmetic: a label, its value as shown, and a quiet remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArithmeticLine {
    pub label: String,
    pub value: String,
    pub note: String,
}

/// One source row a finding rests on. Import and row stay in the store; a view shows a locator instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRow {
    pub import: ImportId,
    /// Ordinal of the data row in its import.
    pub row: u32,
    pub kind: SourceKind,
    /// UTC seconds that place it on the timeline.
    pub at: i64,
    /// End of the cited interval, or the same as `at`.
    pub until: i64,
    /// Cells as shown, in the order of `Finding::evidence_columns`.
    pub cells: Vec<String>,
}

/// One peer on the funnel: exposure and count, in thousandths, without a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerPoint {
    pub exposure: i64,
    pub value: i64,
}

/// The comparison a statistical finding rests on, or that puts a factual one in proportion. Numbers are shown texts or
/// thousandths, so that two runs compare byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peers {
    /// `same role and shift pattern`.
    pub group: String,
    pub size: u32,
    pub exposure_unit: String,
    pub value_unit: String,
    pub this: PeerPoint,
    /// At most 600 peers, evenly sampled by rank; empty where the group is smaller than 10.
    pub points: Vec<PeerPoint>,
    /// Exposure against lower and upper limits: 90 % and 99 %, thousandths.
    pub limits: Vec<[i64; 5]>,
    pub median: String,
    pub highest: String,
    pub expected: String,
    /// 90 % interval of the rate ratio.
    pub ratio: String,
}

/// One indicator's hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub indicator: String,
    pub title: String,
    /// Older stores call it `officer`.
    #[serde(alias = "officer")]
    pub subject: Subject,
    pub nature: Nature,
    pub route: Route,
    /// The sources it rests on; independent ones corroborate.
    pub sources: Vec<SourceKind>,
    pub sentence: String,
    pub arithmetic: Vec<ArithmeticLine>,
    pub peers: Option<Peers>,
    pub evidence_columns: Vec<String>,
    /// Every cited row, in time order; may be long.
    pub evidence: Vec<EvidenceRow>,
    pub innocent_explanations: Vec<String>,
    pub what_would_clear_it: String,
    pub counter_evidence: Vec<String>,
    /// First and last day cited.
    pub first_day: i32,
    pub last_day: i32,
    /// Larger is stronger among the findings of one indicator; thousandths. Those of two indicators do not compare.
    pub strength: i64,
    /// The false-discovery-adjusted tail, shown as text, for statistical findings.
    pub tail: Option<String>,
}

/// An indicator that could not run, or not on everybody, and why, for the run report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    pub indicator: String,
    /// Stable code such as `no_exposure`, `no_source`.
    pub reason: String,
    pub message: String,
}

/// `1,890`, as numbers stand in sentences.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        shown.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}
