//! Isolation forest (Liu, Ting and Zhou 2008): rows that random splits isolate early are unusual.

use super::matrix::Matrix;
use super::{sample, stream};
use crate::stats::random::Random;
use rayon::prelude::*;

/// Trees, and rows each tree is grown on: the values of the paper, of scikit-learn and of PyOD.
const TREES: u64 = 100;
const SAMPLE: usize = 256;
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// Scores of all rows, in `(0, 1)`: about 0.5 is ordinary.
pub fn forest(rows: &[Vec<f64>], seed: u64) -> Vec<f64> {
    let matrix = Matrix::of(rows);
    let forest = Forest::grow(&matrix, seed);
    (0..matrix.rows).into_par_iter().map(|at| forest.score(matrix.row(at))).collect()
}

/// Random trees over samples of the rows.
pub struct Forest {
    trees: Vec<Vec<Node>>,
    /// Depth expected of an ordinary row.
    expected: f64,
}

enum Node {
    /// Rows with at most `limit` in `column` go to `left`, others to the node after it.
    Split { column: usize, limit: f64, left: usize },
    /// Depth, plus what splitting the rows that ended here would have added.
    Leaf(f64),
}

/// Average depth at which one of `n` rows is isolated.
fn depth(n: usize) -> f64 {
    match n {
        0 | 1 => 0.0,
        2 => 1.0,
        n => 2.0 * (((n - 1) as f64).ln() + EULER_GAMMA) - 2.0 * (n - 1) as f64 / n as f64,
    }
}

impl Forest {
    pub fn grow(matrix: &Matrix, seed: u64) -> Forest {
        let size = matrix.rows.min(SAMPLE);
        let deepest = (size.max(2) as f64).log2().ceil() as usize;
        let grow = |tree: u64| {
            let mut random = stream(seed, tree);
            let sample = sample(&mut random, matrix.rows, size);
            let mut nodes = vec![Node::Leaf(0.0)];
            grow(matrix, &mut nodes, 0, sample, (0, deepest), &mut random);
            nodes
        };
        Forest { trees: (0..TREES).into_par_iter().map(grow).collect(), expected: depth(size).max(1.0) }
    }

    pub fn score(&self, row: &[f64]) -> f64 {
        let total: f64 = self.trees.iter().map(|tree| path(tree, row)).sum();
        2.0_f64.powf(-total / self.trees.len() as f64 / self.expected)
    }
}

fn path(tree: &[Node], row: &[f64]) -> f64 {
    let mut at = 0;
    loop {
        match tree[at] {
            Node::Leaf(depth) => return depth,
            Node::Split { column, limit, left } => at = if row[column] <= limit { left } else { left + 1 },
        }
    }
}

fn grow(
    matrix: &Matrix,
    nodes: &mut Vec<Node>,
    at: usize,
    rows: Vec<usize>,
    (level, deepest): (usize, usize),
    random: &mut Random,
) {
    let split = if level < deepest && rows.len() > 1 { split(matrix, &rows, random) } else { None };
    let Some((column, limit)) = split else {
        nodes[at] = Node::Leaf(level as f64 + depth(rows.len()));
        return;
    };
    let (below, above) = rows.into_iter().partition(|r| matrix.row(*r)[column] <= limit);
    let left = nodes.len();
    nodes[at] = Node::Split { column, limit, left };
    nodes.extend([Node::Leaf(0.0), Node::Leaf(0.0)]);
    grow(matrix, nodes, left, below, (level + 1, deepest), random);
    grow(matrix, nodes, left + 1, above, (level + 1, deepest), random);
}

/// A random place in a random column that varies among the rows; `None` where none does.
fn split(matrix: &Matrix, rows: &[usize], random: &mut Random) -> Option<(usize, f64)> {
    let mut columns: Vec<usize> = (0..matrix.columns).collect();
    while !columns.is_empty() {
        let column = columns.swap_remove(random.below(columns.len()));
        let values = rows.iter().map(|r| matrix.row(*r)[column]);
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        let limit = low + random.unit() * (high - low);
        // Next to each other in floating point: no value lies between them.
        if low <= limit && limit < high {
            return Some((column, limit));
        }
    }
    None
}
