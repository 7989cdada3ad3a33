//! How often a decision agreed with the finding, by group.

use super::Grouping;
use super::cells::hidden;
use crate::stats::interval::share;
use serde::{Deserialize, Serialize};

/// One decided finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// Place of the person in the slices of the audit.
    pub person: usize,
    pub agreed: bool,
}

/// One group; figures that rest on fewer than ten decisions are `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrecisionRow {
    pub group: String,
    pub decided: Option<u32>,
    pub agreed: Option<u32>,
    /// Share agreed with and its 90 % interval.
    pub share: Option<(f64, f64, f64)>,
}

/// One heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrecisionTable {
    pub heading: String,
    pub protected: bool,
    pub rows: Vec<PrecisionRow>,
    pub withheld: u32,
}

/// Findings decided and agreed with, by group of the person.
pub fn precision(grouping: &Grouping, decided: &[Decided]) -> PrecisionTable {
    let mut cells = vec![vec![0, 0]; grouping.names.len()];
    for one in decided {
        if let Some(group) = grouping.of.get(one.person) {
            cells[*group as usize][usize::from(!one.agreed)] += 1;
        }
    }
    let withhold = hidden(&cells);
    let row = |(at, cell): (usize, &Vec<u32>)| {
        let (agreed, all) = (cell[0], cell[0] + cell[1]);
        let shown = !withhold[at];
        PrecisionRow {
            group: grouping.names[at].clone(),
            decided: shown.then_some(all),
            agreed: shown.then_some(agreed),
            share: shown.then(|| share(agreed, all)),
        }
    };
    PrecisionTable {
        heading: grouping.heading.clone(),
        protected: grouping.protected,
        rows: cells.iter().enumerate().map(row).collect(),
        withheld: withhold.iter().filter(|h| **h).count() as u32,
    }
}
