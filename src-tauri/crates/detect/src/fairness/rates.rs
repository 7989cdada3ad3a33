//! Lead rates by group, each against everyone else.

use super::Grouping;
use super::cells::{MIN_CELL, hidden};
use crate::stats::interval::Z90;
use serde::{Deserialize, Serialize};

/// A ratio of two shares with its 90 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// One group; figures that rest on fewer than ten are `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    pub group: String,
    pub people: Option<u32>,
    pub with_lead: Option<u32>,
    /// Share of the group with a lead.
    pub rate: Option<f64>,
    /// That share against everyone else's.
    pub ratio: Option<Ratio>,
}

/// One heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupTable {
    pub heading: String,
    pub protected: bool,
    pub rows: Vec<GroupRow>,
    /// Groups whose lead figures are withheld.
    pub withheld: u32,
}

/// The share `a` of `n` against the share `b` of `m`, with the interval of its logarithm (Katz); half a case is added to
/// every cell where one is empty.
pub fn ratio(a: u32, n: u32, b: u32, m: u32) -> Option<Ratio> {
    if n == 0 || m == 0 {
        return None;
    }
    let more = if a == 0 || b == 0 { 0.5 } else { 0.0 };
    let [a, b] = [a, b].map(|x| f64::from(x) + more);
    let [n, m] = [n, m].map(|x| f64::from(x) + 2.0 * more);
    let value = (a / n) / (b / m);
    let error = (1.0 / a - 1.0 / n + 1.0 / b - 1.0 / m).max(0.0).sqrt();
    Some(Ratio { value, low: value * (-Z90 * error).exp(), high: value * (Z90 * error).exp() })
}

/// People, those with a lead and those without, by group; one row for each group.
pub(super) fn cells(grouping: &Grouping, flagged: &[bool]) -> Vec<Vec<u32>> {
    let has = |person: usize| flagged.get(person).copied().unwrap_or(false);
    let with = grouping.count(has);
    let people = grouping.count(|_| true);
    people.iter().zip(&with).map(|(all, with)| vec![*with, all - with]).collect()
}

/// Lead rates of each group of one heading.
pub fn lead_rates(grouping: &Grouping, flagged: &[bool]) -> GroupTable {
    let cells = cells(grouping, flagged);
    let sizes: Vec<Vec<u32>> = cells.iter().map(|row| vec![row[0] + row[1]]).collect();
    let (no_size, no_leads) = (hidden(&sizes), hidden(&cells));
    let all: u32 = sizes.iter().map(|s| s[0]).sum();
    let leads: u32 = cells.iter().map(|row| row[0]).sum();
    let row = |at: usize| {
        let (people, with) = (sizes[at][0], cells[at][0]);
        let shown = !no_size[at] && !no_leads[at];
        let rest = ratio(with, people, leads - with, all - people);
        GroupRow {
            group: grouping.names[at].clone(),
            people: (!no_size[at]).then_some(people),
            with_lead: shown.then_some(with),
            rate: shown.then(|| f64::from(with) / f64::from(people)),
            ratio: rest.filter(|_| shown && leads - with >= MIN_CELL),
        }
    };
    let rows: Vec<GroupRow> = (0..cells.len()).map(row).collect();
    let withheld = rows.iter().filter(|r| r.with_lead.is_none()).count() as u32;
    GroupTable { heading: grouping.heading.clone(), protected: grouping.protected, rows, withheld }
}
