//! Benjamini-Hochberg: which of many tails may be listed when a tenth of the list may be wrong.

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
