//! Nearest peers: how far the sixteenth nearest of a sample of 256 others lies, averaged over eight samples.
//!
//! With samples of a fixed size the cost grows with the rows and not with their square, and a few colleagues who do the
//! same unusual thing cannot hide among themselves. On 19 sets of ADBench the mean AUROC is 0.757, against 0.735 for the
//! tenth nearest of all rows.

use super::matrix::{Matrix, Scale};
use super::{sample, stream};
use rayon::prelude::*;

const SAMPLES: u64 = 8;
const SAMPLE: usize = 256;
/// Which of the nearest; in a sample that is smaller, the farthest counts.
const NTH: usize = 16;

/// Scores of all rows: distances in standard deviations, averaged over the samples.
pub fn nearest(rows: &[Vec<f64>], seed: u64) -> Vec<f64> {
    let matrix = Matrix::of(rows);
    let nearest = Nearest::new(&matrix, seed);
    (0..matrix.rows).into_par_iter().map(|at| nearest.score(matrix.row(at), at)).collect()
}

/// Samples of the rows, standardised.
pub struct Nearest {
    scales: Vec<Scale>,
    standard: Matrix,
    samples: Vec<Vec<usize>>,
}

impl Nearest {
    pub fn new(matrix: &Matrix, seed: u64) -> Nearest {
        let scales = matrix.scales();
        let standard = matrix.standardised(&scales);
        // Streams far from those of the forest's trees.
        let sample = |number: u64| sample(&mut stream(seed, number << 32), matrix.rows, SAMPLE);
        Nearest { scales, standard, samples: (1..=SAMPLES).map(sample).collect() }
    }

    /// Of a row with the values `row`, which stands in for the row `own` and is not its own peer.
    pub fn score(&self, row: &[f64], own: usize) -> f64 {
        let row: Vec<f64> = row.iter().zip(&self.scales).map(|(v, s)| s.standard(*v)).collect();
        let distance = |sample: &Vec<usize>| self.distance(&row, own, sample);
        self.samples.iter().map(distance).sum::<f64>() / SAMPLES as f64
    }

    fn distance(&self, row: &[f64], own: usize, sample: &[usize]) -> f64 {
        let square = |other: &usize| -> f64 {
            self.standard.row(*other).iter().zip(row).map(|(a, b)| (a - b) * (a - b)).sum()
        };
        let mut squares: Vec<f64> = sample.iter().filter(|s| **s != own).map(square).collect();
        if squares.is_empty() {
            return 0.0;
        }
        let nth = NTH.min(squares.len()) - 1;
        squares.select_nth_unstable_by(nth, f64::total_cmp).1.sqrt()
    }
}
