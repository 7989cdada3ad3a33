//! What an analysis returns.

use crate::explain::Reason;
use crate::kept::Measures;
use model::{Finding, Priority, Route, Skipped, SourceKind, Subject};
use serde::{Deserialize, Serialize};

/// A lead before the store numbers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadDraft {
    pub subject: Subject,
    pub route: Route,
    pub priority: Priority,
    pub priority_reasons: Vec<String>,
    pub findings: Vec<Finding>,
    pub first_day: i32,
    pub last_day: i32,
    /// Coarse attributes: empty where fewer than ten people share the value.
    pub rank_band: String,
    pub unit: String,
    pub service_band: String,
    pub shift_pattern: String,
}

/// What a plain count rule would have listed, printed beside a statistical indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    pub indicator: String,
    pub officers: u32,
    pub text: String,
}

/// Counts without a comparison, where there is no exposure to compare by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainCounts {
    pub indicator: String,
    pub unit: String,
    pub total: u64,
    pub officers_with_any: u32,
    pub highest: u32,
    /// How many officers have each count above zero, in order of the count.
    pub spread: Vec<(u32, u32)>,
}

/// How many look-ups of everybody one reason explains, for the evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    pub reason: Reason,
    pub look_ups: u64,
}

/// How far one indicator got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorCount {
    pub indicator: String,
    /// Officers measured: with exposure where it compares, else with any row. Units, where it looks at units.
    pub officers: u32,
    pub findings: u32,
}

/// Rows read of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRows {
    pub kind: SourceKind,
    pub rows: u64,
}

/// Leads, and everything that puts them in proportion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analysis {
    /// In the order in which they are best read: by priority, inside it the indicators in turn.
    pub leads: Vec<LeadDraft>,
    pub skipped: Vec<Skipped>,
    /// What indicators that ran could not judge.
    #[serde(default)]
    pub limited: Vec<Skipped>,
    /// One sentence for each statistical indicator that ran.
    pub expected_false: Vec<(String, String)>,
    pub baselines: Vec<Baseline>,
    pub counts: Vec<IndicatorCount>,
    pub plain_counts: Vec<PlainCounts>,
    /// All look-ups by what explains them, those without a reason last; empty where no look-up was read.
    #[serde(default)]
    pub explained: Vec<Explained>,
    /// Officers with at least one row that was read.
    pub officers: u32,
    pub rows: u64,
    pub sources: Vec<SourceRows>,
    /// Hash of the cards and their settings.
    pub cards: String,
    /// Statistical tests that shared the false-discovery rate.
    #[serde(default)]
    pub tests: u32,
    /// What each indicator measured; kept apart from the report.
    #[serde(skip)]
    pub measures: Vec<Measures>,
}
