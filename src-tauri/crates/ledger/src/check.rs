//! What a verification says: one sentence per thing checked.

use serde::Serialize;

/// How one check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds, and mathematics says so.
    Proved,
    /// Nothing is wrong, but a person should look.
    Look,
    /// It does not hold.
    Failed,
}

/// One thing that was checked, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The sentence.
    pub what: String,
    /// Numbers, fingerprints and places behind it; may be empty.
    pub detail: String,
    /// How it came out.
    pub outcome: Outcome,
}

impl Check {
    pub(crate) fn new(outcome: Outcome, what: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { what: what.into(), detail: detail.into(), outcome }
    }

    pub(crate) fn proved(what: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Outcome::Proved, what, detail)
    }

    pub(crate) fn look(what: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Outcome::Look, what, detail)
    }

    pub(crate) fn failed(what: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Outcome::Failed, what, detail)
    }
}

/// Whether something was checked and nothing failed.
pub fn all_hold(checks: &[Check]) -> bool {
    !checks.is_empty() && checks.iter().all(|check| check.outcome != Outcome::Failed)
}

/// Seconds since 1970 as `2026-11-21 09:30 UTC`.
pub(crate) fn utc(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days to civil date with years that start in March, so that leap days come last.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", rest / 3_600, rest / 60 % 60)
}
