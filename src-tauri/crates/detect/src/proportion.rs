//! What a reader needs beside the findings of a statistical indicator: chance, a plain rule, or counts alone.

use crate::indicators::Indicator;
use crate::peers::{Comparison, Counted};
use crate::result::{Baseline, PlainCounts};
use crate::stats::discovery::Budget;
use crate::wording::{count, decimal, thousands};
use std::collections::BTreeMap;

/// `0.8 %` of a share.
pub fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0))
}

/// How a nominal rate is shared: `10 % shared by 6 tests; half of it for the first run on these data`.
pub fn shared(nominal: f64, budget: Budget) -> String {
    let tests = count(budget.tests as usize, "test", "tests");
    let run = u64::from(budget.previous_runs) + 1;
    let part = match run {
        1 => "half of it for the first run on these data".to_owned(),
        run => format!("a {} part of it for run {run} on these data", ordinal(run * (run + 1))),
    };
    format!("{} shared by {tests}; {part}", percent(nominal))
}

fn ordinal(number: u64) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{end}", thousands(number as i64))
}

/// How many of the listed may be chance.
pub fn expected_false(listed: usize, compared: usize, nominal: f64, budget: Budget) -> String {
    let level = budget.level(nominal);
    format!(
        "{} listed of {} compared; at a false-discovery rate of {} about {} of them may be chance ({}).",
        thousands(listed as i64),
        thousands(compared as i64),
        percent(level),
        decimal(listed as f64 * level),
        shared(nominal, budget)
    )
}

/// Who has a count and nothing to compare it by; empty where nobody has.
pub fn left_out(indicator: &Indicator, counted: &[Counted]) -> String {
    let Some(exposure) = indicator.exposure else { return String::new() };
    match counted.iter().filter(|c| c.value > 0 && c.exposure == 0).count() {
        0 => String::new(),
        1 => format!(" 1 person with {} and without {} is not compared.", indicator.counts, exposure.unit()),
        n => format!(
            " {} people with {} and without {} are not compared.",
            thousands(n as i64),
            indicator.counts,
            exposure.unit()
        ),
    }
}

/// Whom a plain rule would list.
pub fn baseline(indicator: &Indicator, comparison: &Comparison) -> Baseline {
    let (officers, limit) = comparison.plain_rule();
    let text = format!(
        "A plain rule, more than {} {} (mean and two standard deviations), would list {}.",
        decimal(limit),
        indicator.counts,
        thousands(i64::from(officers))
    );
    Baseline { indicator: indicator.id.to_owned(), officers, text }
}

/// Counts where there is nothing to compare by.
pub fn plain_counts(indicator: &Indicator, counted: &[Counted]) -> PlainCounts {
    let mut spread: BTreeMap<u32, u32> = BTreeMap::new();
    for one in counted.iter().filter(|c| c.value > 0) {
        *spread.entry(one.value).or_default() += 1;
    }
    PlainCounts {
        indicator: indicator.id.to_owned(),
        unit: indicator.counts.to_owned(),
        total: counted.iter().map(|c| u64::from(c.value)).sum(),
        officers_with_any: spread.values().sum(),
        highest: spread.keys().next_back().copied().unwrap_or(0),
        spread: spread.into_iter().collect(),
    }
}
