//! Open headings that stand in for a protected one: they differ between its groups, and they go with having a lead.

use super::Grouping;
use super::cells::MIN_CELL;
use crate::stats::discovery::adjusted;
use crate::stats::interval::chi_square_tail;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Association from which a heading is named, however large the force: below, knowing it says next to nothing of a person.
const MIN_ASSOCIATION: f64 = 0.1;
/// Share of the named headings that may be chance.
const FALSE_DISCOVERY: f64 = 0.01;

/// One open heading that goes with a protected one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proxy {
    pub heading: String,
    pub protected: String,
    /// Bias-corrected Cramér's V: 0 nothing, 1 either tells the other.
    pub association: f64,
    /// Whether leads differ by the open heading too, so that it can carry a difference between the protected groups.
    pub reaches_leads: bool,
}

/// Chi-square of a table and its degrees of freedom, and the bias-corrected association.
struct Associated {
    tail: f64,
    association: f64,
}

/// People cross-tabulated by two numbers each; rows and columns with fewer than ten people are left out.
fn associate(pairs: impl Iterator<Item = (u32, u32)>) -> Associated {
    let mut cells: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    pairs.for_each(|pair| *cells.entry(pair).or_default() += 1.0);
    let sums = |side: fn(&(u32, u32)) -> u32, cells: &BTreeMap<(u32, u32), f64>| {
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        cells.iter().for_each(|(key, n)| *sums.entry(side(key)).or_default() += n);
        sums
    };
    for side in [|k: &(u32, u32)| k.0, |k: &(u32, u32)| k.1] {
        let few = sums(side, &cells);
        cells.retain(|key, _| few[&side(key)] >= f64::from(MIN_CELL));
    }
    let (rows, columns) = (sums(|k| k.0, &cells), sums(|k| k.1, &cells));
    let n: f64 = rows.values().sum();
    let (r, c) = (rows.len() as f64, columns.len() as f64);
    if r < 2.0 || c < 2.0 || n < 2.0 {
        return Associated { tail: 1.0, association: 0.0 };
    }
    let mut statistic = 0.0;
    for (row, in_row) in &rows {
        for (column, in_column) in &columns {
            let expected = in_row * in_column / n;
            statistic += (cells.get(&(*row, *column)).unwrap_or(&0.0) - expected).powi(2) / expected;
        }
    }
    // Bergsma 2013: the bias of chi-square and of the numbers of rows and columns is taken off.
    let freedom = (r - 1.0) * (c - 1.0);
    let square = (statistic / n - freedom / (n - 1.0)).max(0.0);
    let [r, c] = [r, c].map(|k| k - (k - 1.0).powi(2) / (n - 1.0));
    let least = (r - 1.0).min(c - 1.0);
    let association = if least > 0.0 { (square / least).sqrt().min(1.0) } else { 0.0 };
    Associated { tail: chi_square_tail(statistic, freedom), association }
}

/// Every open heading against every protected one, strongest first.
pub fn proxies(groupings: &[Grouping], flagged: &[bool]) -> Vec<Proxy> {
    let open: Vec<&Grouping> = groupings.iter().filter(|g| !g.protected).collect();
    let with_leads =
        |g: &&Grouping| associate(g.of.iter().zip(flagged).map(|(g, f)| (*g, u32::from(*f)))).tail;
    let reach = adjusted(&open.iter().map(with_leads).collect::<Vec<f64>>());
    let mut pairs: Vec<(Associated, &Grouping, &Grouping, f64)> = Vec::new();
    for protected in groupings.iter().filter(|g| g.protected) {
        for (open, reach) in open.iter().zip(&reach) {
            let found = associate(open.of.iter().copied().zip(protected.of.iter().copied()));
            pairs.push((found, open, protected, *reach));
        }
    }
    let tails = adjusted(&pairs.iter().map(|(found, ..)| found.tail).collect::<Vec<f64>>());
    let named = pairs
        .iter()
        .zip(tails)
        .filter(|((found, ..), tail)| *tail <= FALSE_DISCOVERY && found.association >= MIN_ASSOCIATION);
    let proxy =
        |((found, open, protected, reach), _): (&(Associated, &Grouping, &Grouping, f64), f64)| Proxy {
            heading: open.heading.clone(),
            protected: protected.heading.clone(),
            association: found.association,
            reaches_leads: *reach <= FALSE_DISCOVERY,
        };
    let mut proxies: Vec<Proxy> = named.map(proxy).collect();
    proxies.sort_by(|a, b| b.association.total_cmp(&a.association).then_with(|| a.heading.cmp(&b.heading)));
    proxies
}
