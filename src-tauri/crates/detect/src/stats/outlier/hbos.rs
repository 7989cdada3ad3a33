//! HBOS (Goldstein and Dengel 2012): rare bins of each column's histogram, added up. As in PyOD, with ten bins.

use super::matrix::Matrix;
use rayon::prelude::*;

const BINS: usize = 10;
/// Added to each density before its logarithm.
const ALPHA: f64 = 0.1;

/// Scores of all rows; `_seed` is for the sake of one shape, nothing here is random.
pub fn hbos(rows: &[Vec<f64>], _seed: u64) -> Vec<f64> {
    let matrix = Matrix::of(rows);
    let terms: Vec<Vec<f64>> =
        (0..matrix.columns).into_par_iter().map(|c| terms(&matrix.column(c))).collect();
    (0..matrix.rows).map(|at| terms.iter().map(|column| column[at]).sum()).collect()
}

/// Minus the logarithm of each value's density.
fn terms(values: &[f64]) -> Vec<f64> {
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
    // A column that does not vary has one bin around its value, as in NumPy.
    let (low, high) = if low < high { (low, high) } else { (low - 0.5, low + 0.5) };
    let width = (high - low) / BINS as f64;
    if !(width.is_finite() && width > 0.0) {
        return vec![0.0; values.len()];
    }
    let mut edges: Vec<f64> = (0..=BINS).map(|bin| low + bin as f64 * width).collect();
    edges[BINS] = high;
    let mut counts = [0.0; BINS];
    for value in values {
        // Counted into half-open bins, the last closed ...
        let bin = edges.partition_point(|e| e <= value).saturating_sub(1).min(BINS - 1);
        counts[bin] += 1.0;
    }
    let density = |bin: usize| counts[bin] / (edges[bin + 1] - edges[bin]) / values.len() as f64;
    let scores: Vec<f64> = (0..BINS).map(|bin| -(density(bin) + ALPHA).log2()).collect();
    // ... and looked up in bins open to the left, as PyOD does.
    let bin = |value: &f64| edges.partition_point(|e| e < value).saturating_sub(1).min(BINS - 1);
    values.iter().map(|value| scores[bin(value)]).collect()
}
