//! The justification without which no name is shown.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the name is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    SeverityAssessment,
    Welfare,
    Notification,
    Vetting,
    DataQuality,
    CriminalReferral,
}

/// What may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Name,
    Unit,
    Contact,
    SourceLocators,
}

/// What a person typed or a file held, before it is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawJustification {
    pub purpose: Purpose,
    pub necessity: String,
    pub proportionality: String,
    pub alternatives: String,
    pub case_reference: String,
    pub scope: Vec<Scope>,
    pub minutes: u32,
}

/// A justification that says something; only `new` makes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Justification {
    raw: RawJustification,
}

/// Why a justification is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JustificationError {
    #[error("{0} needs {1} characters or more")]
    TooShort(&'static str, usize),
    #[error("{0} may have at most {1} characters")]
    TooLong(&'static str, usize),
    #[error("{0} is padded: it repeats itself or uses too few different words")]
    Padded(&'static str),
    #[error("{0} and {1} say the same: each question needs its own answer")]
    Copied(&'static str, &'static str),
    #[error("the wording of an earlier justification was used again: say why this name is necessary now")]
    Reused,
    #[error("the scope is empty: choose what is to be shown")]
    NoScope,
    #[error("the duration must be between 1 and {0} minutes")]
    Duration(u32),
    #[error("{0} may contain a name or a personal detail: use codes only")]
    Name(&'static str),
    #[error("the case reference is missing")]
    NoReference,
}

/// Shortest text of a field, in characters.
pub const MIN_TEXT: usize = 40;
/// Longest text of a field, in characters.
pub const MAX_TEXT: usize = 2_000;
/// Longest time a name may stay visible under either policy, in minutes.
pub const MAX_MINUTES: u32 = 30;

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn check_text(name: &'static str, text: &str, minimum: usize) -> Result<(), JustificationError> {
    let length = text.trim().chars().count();
    if length < minimum {
        return Err(JustificationError::TooShort(name, minimum));
    }
    if length > MAX_TEXT {
        return Err(JustificationError::TooLong(name, MAX_TEXT));
    }
    let all = words(text);
    let distinct: BTreeSet<&String> = all.iter().collect();
    // A sentence of 40 characters has at least five different words; "needed needed needed" has one.
    let needed = if minimum >= MIN_TEXT { 5 } else { 2 };
    if distinct.len() < needed || distinct.len() * 3 < all.len() {
        return Err(JustificationError::Padded(name));
    }
    Ok(())
}

impl Justification {
    /// Judges what was typed. `earlier` are the necessity texts already used; `may_name` answers whether a text may hold a name.
    pub fn new(
        raw: RawJustification,
        earlier: &[String],
        may_name: &dyn Fn(&str) -> bool,
    ) -> Result<Self, JustificationError> {
        let texts =
            [("necessity", &raw.necessity, MIN_TEXT), ("proportionality", &raw.proportionality, MIN_TEXT)];
        for (name, text, minimum) in texts {
            check_text(name, text, minimum)?;
        }
        check_text("alternatives", &raw.alternatives, 15)?;
        if raw.case_reference.trim().chars().count() < 3 {
            return Err(JustificationError::NoReference);
        }
        if raw.case_reference.chars().count() > 80 {
            return Err(JustificationError::TooLong("case_reference", 80));
        }
        Self::refuse_copies(&raw, earlier)?;
        for (name, text) in [
            ("necessity", &raw.necessity),
            ("proportionality", &raw.proportionality),
            ("alternatives", &raw.alternatives),
            ("case_reference", &raw.case_reference),
        ] {
            if may_name(text) {
                return Err(JustificationError::Name(name));
            }
        }
        if raw.scope.is_empty() {
            return Err(JustificationError::NoScope);
        }
        if raw.minutes == 0 || raw.minutes > MAX_MINUTES {
            return Err(JustificationError::Duration(MAX_MINUTES));
        }
        Ok(Self { raw })
    }

    fn refuse_copies(raw: &RawJustification, earlier: &[String]) -> Result<(), JustificationError> {
        let necessity = words(&raw.necessity);
        if necessity == words(&raw.proportionality) {
            return Err(JustificationError::Copied("necessity", "proportionality"));
        }
        if words(&raw.alternatives) == necessity || words(&raw.alternatives) == words(&raw.proportionality) {
            return Err(JustificationError::Copied("alternatives", "another answer"));
        }
        if earlier.iter().any(|e| words(e) == necessity) {
            return Err(JustificationError::Reused);
        }
        Ok(())
    }

    pub fn get(&self) -> &RawJustification {
        &self.raw
    }

    /// The text whose salted hash the ledger entry carries: canonical JSON of what was typed.
    pub fn text(&self) -> String {
        serde_json::to_string(&self.raw).expect("a struct of strings and enums always serialises")
    }
}
