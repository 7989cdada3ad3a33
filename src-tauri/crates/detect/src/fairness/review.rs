//! How people decide: time on the evidence, share accepted, and whether a second, blind look agrees.

use crate::stats::interval::{Z90, share};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Decisions from which the meter judges a reviewer.
const MIN_DECISIONS: u32 = 20;
/// Seconds on the evidence below which a decision was quick.
const QUICK_SECONDS: u32 = 30;
/// Share of quick decisions, or of findings accepted or refused, from which the meter speaks.
const TOO_MANY: f64 = 0.9;

/// One decision on one lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    pub reviewer: String,
    /// Seconds between opening the evidence and deciding.
    pub seconds: u32,
    /// Whether the evidence was opened at all.
    pub opened: bool,
    /// Whether the decision agreed with the finding.
    pub accepted: bool,
}

/// One reviewer's meter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reviewer {
    pub reviewer: String,
    pub decided: u32,
    pub median_seconds: u32,
    /// Decided under half a minute, or without opening the evidence.
    pub quick: u32,
    /// Share accepted and its 90 % interval.
    pub accepted: (f64, f64, f64),
    /// Why the meter speaks; empty where it does not.
    pub remarks: Vec<String>,
}

/// The rubber-stamp meter, by reviewer.
pub fn reviewers(decisions: &[Reviewed]) -> Vec<Reviewer> {
    let mut by: BTreeMap<&str, Vec<&Reviewed>> = BTreeMap::new();
    decisions.iter().for_each(|d| by.entry(&d.reviewer).or_default().push(d));
    by.into_values().map(|own| reviewer(&own)).collect()
}

fn reviewer(own: &[&Reviewed]) -> Reviewer {
    let mut seconds: Vec<u32> = own.iter().map(|d| d.seconds).collect();
    seconds.sort_unstable();
    let count = |which: &dyn Fn(&Reviewed) -> bool| own.iter().filter(|d| which(d)).count() as u32;
    let decided = own.len() as u32;
    let quick = count(&|d| !d.opened || d.seconds < QUICK_SECONDS);
    let accepted = share(count(&|d| d.accepted), decided);
    let mut remarks = Vec::new();
    if decided >= MIN_DECISIONS {
        if f64::from(quick) >= TOO_MANY * f64::from(decided) {
            remarks.push(format!(
                "{quick} of {decided} decided in under {QUICK_SECONDS} seconds or without the evidence."
            ));
        }
        if accepted.0 >= TOO_MANY {
            remarks.push("Nearly every finding was agreed with.".to_owned());
        } else if accepted.0 <= 1.0 - TOO_MANY {
            remarks.push("Nearly no finding was agreed with.".to_owned());
        }
    }
    let name = own.first().map(|d| d.reviewer.clone()).unwrap_or_default();
    let median_seconds = seconds.get(seconds.len().saturating_sub(1) / 2).copied().unwrap_or(0);
    Reviewer { reviewer: name, decided, median_seconds, quick, accepted, remarks }
}

/// How far two blind looks at the same leads agree.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    pub leads: u32,
    /// Share of leads decided alike, and the share that would be by lot.
    pub alike: f64,
    pub by_lot: f64,
    /// Cohen's kappa and its 90 % interval; `None` where both decide everything the same one way.
    pub kappa: Option<(f64, f64, f64)>,
}

/// First and second decision on each lead looked at twice; `None` where there is no such lead.
pub fn agreement<C: Ord>(pairs: &[(C, C)]) -> Option<Agreement> {
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len() as f64;
    let mut margins: BTreeMap<&C, (f64, f64)> = BTreeMap::new();
    for (first, second) in pairs {
        margins.entry(first).or_default().0 += 1.0 / n;
        margins.entry(second).or_default().1 += 1.0 / n;
    }
    let alike = pairs.iter().filter(|(a, b)| a == b).count() as f64 / n;
    let by_lot: f64 = margins.values().map(|(a, b)| a * b).sum();
    let kappa = (by_lot < 1.0 - 1e-12).then(|| {
        let kappa = (alike - by_lot) / (1.0 - by_lot);
        let half = Z90 * (alike * (1.0 - alike) / n).sqrt() / (1.0 - by_lot);
        (kappa, (kappa - half).max(-1.0), (kappa + half).min(1.0))
    });
    Some(Agreement { leads: pairs.len() as u32, alike, by_lot, kappa })
}
