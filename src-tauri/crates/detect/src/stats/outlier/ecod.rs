//! ECOD (Li and others 2022): the tails of each column's own distribution, added up. As in PyOD.

use super::matrix::Matrix;
use rayon::prelude::*;

/// Scores of all rows; `_seed` is for the sake of one shape, nothing here is random.
pub fn ecod(rows: &[Vec<f64>], _seed: u64) -> Vec<f64> {
    let matrix = Matrix::of(rows);
    let terms: Vec<Vec<f64>> =
        (0..matrix.columns).into_par_iter().map(|c| Tails::of(matrix.column(c)).terms()).collect();
    (0..matrix.rows).map(|at| terms.iter().map(|column| column[at]).sum()).collect()
}

/// One column's empirical distribution.
pub struct Tails {
    values: Vec<f64>,
    sorted: Vec<f64>,
    skew: f64,
}

impl Tails {
    pub fn of(values: Vec<f64>) -> Tails {
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let skew = skew_sign(&values);
        Tails { values, sorted, skew }
    }

    fn terms(&self) -> Vec<f64> {
        self.values.iter().map(|v| self.term(*v)).collect()
    }

    /// Minus the logarithm of the tail in which a value lies: the skewed side's, or the smaller one.
    pub fn term(&self, value: f64) -> f64 {
        let n = self.sorted.len() as f64;
        let at_most = self.sorted.partition_point(|v| *v <= value) as f64;
        let at_least = n - self.sorted.partition_point(|v| *v < value) as f64;
        // A value beyond all of them, which only a made-up row has, counts as the last of them.
        let [left, right] = [at_most, at_least].map(|k| -(k.max(1.0) / n).ln());
        let skewed = match self.skew {
            s if s > 0.0 => right,
            s if s < 0.0 => left,
            _ => left + right,
        };
        left.max(right).max(skewed)
    }
}

/// Sign of the third central moment; 0 for a column that does not vary.
fn skew_sign(values: &[f64]) -> f64 {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let (second, third) =
        values.iter().map(|v| v - mean).fold((0.0, 0.0), |(s, t), d| (s + d * d, t + d * d * d));
    // Where the moments cannot be told from rounding, SciPy gives no skewness.
    let vague = (f64::EPSILON * mean).powi(2) >= second / n || !third.is_finite();
    if vague || third == 0.0 { 0.0 } else { third.signum() }
}
