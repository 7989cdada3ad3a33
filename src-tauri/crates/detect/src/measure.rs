//! What an indicator says about one officer, before peers and leads.

use crate::wording;
use model::{ArithmeticLine, EvidenceRow, SourceKind};

/// One indicator's result for one officer.
#[derive(Debug, Clone, Default)]
pub struct Measure {
    /// What is counted and compared.
    pub value: u32,
    /// Thousandths of the exposure's unit; 0 means no comparison.
    pub exposure: i64,
    /// The rows and words of a finding; for a statistical indicator only if its peers agree that it is unusual.
    pub hit: Option<Hit>,
    /// Why this officer, or a part of the rule, could not be judged: the name of a wording of the card.
    pub unjudged: Option<&'static str>,
    /// Up to which value of a threshold the finding would be made, all other settings as they are; what is not named is
    /// reached by `value`.
    pub holds: Vec<(&'static str, i64)>,
}

/// A threshold that no value of lets the finding be made at.
pub const NEVER: i64 = i64::MIN;

/// Up to what is reached, where the other conditions are met.
pub fn reached_if(others: bool, reached: i64) -> i64 {
    if others { reached } else { NEVER }
}

/// At every value where another condition is enough, else up to what is reached.
pub fn reached_or(enough: bool, reached: i64) -> i64 {
    if enough { i64::MAX } else { reached }
}

/// A finding in the making.
#[derive(Debug, Clone)]
pub struct Hit {
    pub sentence: String,
    pub arithmetic: Vec<ArithmeticLine>,
    /// The sources of the cited rows, the one it primarily rests on first.
    pub sources: Vec<SourceKind>,
    pub evidence_columns: Vec<String>,
    pub evidence: Vec<EvidenceRow>,
    pub counter_evidence: Vec<String>,
    /// Thousandths; replaced by the comparison for a statistical finding.
    pub strength: i64,
}

/// One line of the arithmetic.
pub fn line(label: &str, value: impl Into<String>, note: impl Into<String>) -> ArithmeticLine {
    ArithmeticLine { label: label.to_owned(), value: value.into(), note: note.into() }
}

/// The headings of the cited cells.
pub fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

/// `2 own edits name an approver`, or nothing where there are none.
pub fn counter(number: usize, one: &str, many: &str) -> Option<String> {
    (number > 0).then(|| wording::count(number, one, many))
}

/// A finding cites at most this many records, each with the rows it is held against; more cannot be read, and a million would not fit on a screen or in a lead.
pub const MAX_CITED: usize = 5_000;

/// The rows a finding cites: all, or the first ones.
pub fn capped<T>(rows: &[T]) -> &[T] {
    &rows[..rows.len().min(MAX_CITED)]
}

/// Says so where rows are left out.
pub fn left_out(rows: usize) -> Option<ArithmeticLine> {
    let note = format!("the first by time of {}", wording::thousands(rows as i64));
    (rows > MAX_CITED).then(|| line("rows cited below", wording::thousands(MAX_CITED as i64), note))
}
