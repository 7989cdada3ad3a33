//! One row of the table: what was measured, what was aimed at, and whether it was reached.

use serde::Serialize;
use std::fmt::Write as _;

/// One measured figure beside its target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure {
    /// The number of INDICATORS.md, with a letter where it has several figures.
    pub id: String,
    pub name: String,
    /// Nothing where it could not be measured; the note says why.
    pub value: Option<f64>,
    pub target: String,
    pub met: bool,
    pub note: String,
}

impl Measure {
    fn new(id: &str, name: &str, value: Option<f64>, target: String, met: bool, note: String) -> Measure {
        let value = value.filter(|v| v.is_finite());
        Measure { id: id.to_owned(), name: name.to_owned(), met: met && value.is_some(), value, target, note }
    }

    pub fn at_most(id: &str, name: &str, value: f64, target: f64, note: String) -> Measure {
        Measure::new(id, name, Some(value), format!("at most {target}"), value <= target, note)
    }

    pub fn at_least(id: &str, name: &str, value: f64, target: f64, note: String) -> Measure {
        Measure::new(id, name, Some(value), format!("at least {target}"), value >= target, note)
    }

    pub fn between(id: &str, name: &str, value: f64, (low, high): (f64, f64), note: String) -> Measure {
        let met = (low..=high).contains(&value);
        Measure::new(id, name, Some(value), format!("{low} to {high}"), met, note)
    }

    /// What could not be measured is not met.
    pub fn missing(id: &str, name: &str, target: &str, why: &str) -> Measure {
        Measure::new(id, name, None, target.to_owned(), false, why.to_owned())
    }
}

/// Three digits, or none for a whole number.
fn shown(value: Option<f64>) -> String {
    match value {
        None => "not measured".to_owned(),
        Some(v) if v.fract() == 0.0 => format!("{v}"),
        Some(v) => format!("{v:.3}"),
    }
}

/// The table as a person reads it.
pub fn table(measures: &[Measure]) -> String {
    let rows: Vec<[String; 4]> =
        measures.iter().map(|m| [m.id.clone(), m.name.clone(), shown(m.value), m.target.clone()]).collect();
    let width = |at: usize| rows.iter().map(|r| r[at].chars().count()).max().unwrap_or(0);
    let widths: [usize; 4] = std::array::from_fn(width);
    let mut text = String::new();
    for (row, measure) in rows.iter().zip(measures) {
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(text, "{cell:width$}  ");
        }
        let _ = writeln!(text, "{}", if measure.met { "met" } else { "MISSED" });
        if !measure.note.is_empty() {
            let _ = writeln!(text, "     {}", measure.note);
        }
    }
    let met = measures.iter().filter(|m| m.met).count();
    let _ = writeln!(text, "{met} of {} met", measures.len());
    text
}

/// Mean of what there is; not a number of nothing, which is then not measured.
pub fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, n) = values.into_iter().fold((0.0, 0.0), |(sum, n), v| (sum + v, n + 1.0));
    sum / n
}
