//! Benjamini-Hochberg: which of many tails may be listed when a tenth of the list may be wrong, and how that tenth is
//! shared by all the tests that look at the same force.

use super::interval::chi_square_tail;

/// What one run may spend of the false-discovery rate on its cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Statistical tests in this run: each indicator that compares, and the joint test of independent sources.
    pub tests: u32,
    /// Earlier runs on the same data with other settings: each was another chance to list somebody.
    pub previous_runs: u32,
}

impl Budget {
    /// The level of one test: the nominal rate over the tests, of which the runs take 1/2, 1/6, 1/12 and so on.
    ///
    /// The shares of any number of runs add up to less than one, and the rates of several lists to no more than the sum of
    /// their levels (each false share is at most the list's own), so all lists of all runs together keep the nominal rate.
    pub fn level(self, nominal: f64) -> f64 {
        let run = f64::from(self.previous_runs) + 1.0;
        nominal / f64::from(self.tests.max(1)) / (run * (run + 1.0))
    }
}

/// The joint tail of independent tails (Fisher 1932): for counts, whose tails are never too small, it is not either.
pub fn joint(tails: &[f64]) -> f64 {
    let statistic: f64 = tails.iter().map(|t| -2.0 * t.max(f64::MIN_POSITIVE).ln()).sum();
    chi_square_tail(statistic, 2.0 * tails.len() as f64)
}

/// Adjusted tails, in the order given: the smallest false-discovery rate at which each would be listed.
pub fn adjusted(tails: &[f64]) -> Vec<f64> {
    let tests = tails.len();
    let mut order: Vec<usize> = (0..tests).collect();
    order.sort_by(|a, b| tails[*a].total_cmp(&tails[*b]).then(a.cmp(b)));
    let mut adjusted = vec![1.0; tests];
    let mut least: f64 = 1.0;
    for (rank, at) in order.iter().enumerate().rev() {
        least = least.min(tails[*at] * tests as f64 / (rank + 1) as f64);
        adjusted[*at] = least;
    }
    adjusted
}
