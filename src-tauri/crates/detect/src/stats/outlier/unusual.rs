//! The scorer of `profile-unusual`: isolation forest, nearest peers and tail terms, each standardised, averaged.
//!
//! The tail terms also give the reasons: the score is shared out over the columns in proportion to them, so the
//! contributions sum to the score, and the columns that are stated are those whose ordinary values would clear the row.

use super::ecod::Tails;
use super::forest::Forest;
use super::matrix::{Matrix, Scale};
use super::nearest::Nearest;
use rayon::prelude::*;

/// Fewer rows than this say nothing about what is usual.
const MIN_ROWS: usize = 10;

/// Scores of all rows, about 0 for an ordinary one; all 0 where there are too few rows or nothing varies.
pub fn unusual(rows: &[Vec<f64>], seed: u64) -> Vec<f64> {
    Unusual::fit(rows, seed).map_or_else(|| vec![0.0; rows.len()], |fit| fit.scores)
}

/// One column's share of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    pub column: usize,
    pub contribution: f64,
}

/// A fitted table.
pub struct Unusual {
    matrix: Matrix,
    forest: Forest,
    nearest: Nearest,
    tails: Vec<Tails>,
    medians: Vec<f64>,
    /// Of the three parts over all rows.
    scales: [Scale; 3],
    scores: Vec<f64>,
}

impl Unusual {
    /// Fits a table; `None` for fewer than ten rows, or where no column varies.
    pub fn fit(rows: &[Vec<f64>], seed: u64) -> Option<Unusual> {
        let matrix = Matrix::of(rows);
        if matrix.rows < MIN_ROWS || !matrix.scales().iter().any(Scale::varies) {
            return None;
        }
        let columns: Vec<Vec<f64>> = (0..matrix.columns).map(|c| matrix.column(c)).collect();
        let medians = columns.iter().map(|c| median(c)).collect();
        let tails: Vec<Tails> = columns.into_par_iter().map(Tails::of).collect();
        let (forest, nearest) = (Forest::grow(&matrix, seed), Nearest::new(&matrix, seed));
        let none = Scale::of(&[]);
        let mut fit =
            Unusual { matrix, forest, nearest, tails, medians, scales: [none; 3], scores: Vec::new() };
        let each = (0..fit.matrix.rows).into_par_iter();
        let parts: Vec<[f64; 3]> = each.map(|at| fit.parts(fit.matrix.row(at), at)).collect();
        fit.scales = std::array::from_fn(|p| Scale::of(&parts.iter().map(|row| row[p]).collect::<Vec<_>>()));
        fit.scores = parts.iter().map(|parts| fit.joined(parts)).collect();
        Some(fit)
    }

    fn parts(&self, row: &[f64], own: usize) -> [f64; 3] {
        let tails = row.iter().zip(&self.tails).map(|(value, tails)| tails.term(*value)).sum();
        [self.forest.score(row), self.nearest.score(row, own), tails]
    }

    fn joined(&self, parts: &[f64; 3]) -> f64 {
        parts.iter().zip(&self.scales).map(|(part, scale)| scale.standard(*part)).sum::<f64>() / 3.0
    }

    /// One score per row, in their order.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// The least score that at most `share` of all rows exceed.
    pub fn limit(&self, share: f64) -> f64 {
        let mut sorted = self.scores.clone();
        sorted.sort_by(f64::total_cmp);
        let above = (share.clamp(0.0, 1.0) * sorted.len() as f64).floor() as usize;
        sorted[sorted.len().saturating_sub(above + 1)]
    }

    /// Each column's share of a row's score, largest first; the contributions sum to the score.
    pub fn contributions(&self, at: usize) -> Vec<Reason> {
        let row = self.matrix.row(at);
        let pull = |(column, tails): (usize, &Tails)| {
            let ordinary = tails.term(self.medians[column]);
            (column, (tails.term(row[column]) - ordinary).max(0.0))
        };
        let mut pulls: Vec<(usize, f64)> = self.tails.iter().enumerate().map(pull).collect();
        pulls.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        let total: f64 = pulls.iter().map(|(_, pull)| pull).sum();
        let even = 1.0 / pulls.len() as f64;
        let share = |pull: f64| if total > 0.0 { pull / total } else { even };
        let reason = |(column, pull)| Reason { column, contribution: self.scores[at] * share(pull) };
        pulls.into_iter().map(reason).collect()
    }

    /// The score a row would have with the ordinary value, the median, in some columns.
    pub fn neutralised(&self, at: usize, columns: &[usize]) -> f64 {
        let mut row = self.matrix.row(at).to_vec();
        columns.iter().for_each(|column| row[*column] = self.medians[*column]);
        self.joined(&self.parts(&row, at))
    }

    /// The fewest largest contributions whose ordinary values would bring the score down to the limit; empty for a row
    /// that is not above it.
    pub fn reasons(&self, at: usize, limit: f64) -> Vec<Reason> {
        let all = self.contributions(at);
        let mut columns = Vec::new();
        for reason in &all {
            if self.neutralised(at, &columns) <= limit {
                break;
            }
            columns.push(reason.column);
        }
        all[..columns.len()].to_vec()
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
}
