//! The gate: what must be recorded before an import may start.

use serde::{Deserialize, Serialize};

/// Which data protection regime the import is made under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    UkGdpr,
    Part3,
}

/// The recorded reasons for one import; a TOML file on the command line, a form in the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    pub lawful_basis: String,
    #[serde(default)]
    pub special_category_condition: String,
    pub necessity: String,
    pub less_intrusive_alternative: String,
    pub dpia_reference: String,
    pub regime: Regime,
    /// ISO days, first and last.
    pub period_start: String,
    pub period_end: String,
}

/// Why the gate stays shut.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GateError {
    #[error("the gate needs {0}: without it the import does not start")]
    Missing(&'static str),
    #[error(
        "this kind holds special-category data: the gate needs its own condition (special_category_condition)"
    )]
    NoCondition,
    #[error("the period must be two ISO dates, the first not after the last")]
    Period,
}

/// Shortest reason that can mean something, in characters.
const MIN_REASON: usize = 10;

impl Gate {
    /// Checks that every reason is given, and the condition where the kind needs one; returns first and last day.
    pub fn check(&self, special_category: bool) -> Result<(i32, i32), GateError> {
        let long = [
            (&self.necessity, "necessity (10 characters or more)"),
            (&self.less_intrusive_alternative, "less_intrusive_alternative (10 characters or more)"),
        ];
        for (text, name) in long {
            if text.trim().chars().count() < MIN_REASON {
                return Err(GateError::Missing(name));
            }
        }
        for (text, name) in [(&self.lawful_basis, "lawful_basis"), (&self.dpia_reference, "dpia_reference")] {
            if text.trim().is_empty() {
                return Err(GateError::Missing(name));
            }
        }
        if special_category && self.special_category_condition.trim().is_empty() {
            return Err(GateError::NoCondition);
        }
        let start = crate::time::parse_day(&self.period_start).ok_or(GateError::Period)?;
        let end = crate::time::parse_day(&self.period_end).ok_or(GateError::Period)?;
        if start > end { Err(GateError::Period) } else { Ok((start, end)) }
    }
}
