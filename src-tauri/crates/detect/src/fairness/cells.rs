//! Which cells of a table may be shown: none under ten, and none that the totals would give away.

use std::collections::BTreeMap;

/// Fewest people, leads or decisions a shown figure may rest on.
pub const MIN_CELL: u32 = 10;

/// Which rows of a table to hide, whose column totals everyone may know.
///
/// A row with a cell under ten is hidden. The hidden rows together are what the totals give away: there must be two of
/// them and ten in each column, or the smallest row still shown is hidden as well, and so on.
pub fn hidden(rows: &[Vec<u32>]) -> Vec<bool> {
    let mut hidden: Vec<bool> = rows.iter().map(|row| row.iter().any(|cell| *cell < MIN_CELL)).collect();
    while given_away(rows, &hidden) {
        let shown = rows.iter().enumerate().filter(|(at, _)| !hidden[*at]);
        let Some((smallest, _)) = shown.min_by_key(|(at, row)| (row.iter().min().copied(), *at)) else {
            break;
        };
        hidden[smallest] = true;
    }
    hidden
}

/// Whether the totals less the shown rows tell something about fewer than ten or about one row alone.
fn given_away(rows: &[Vec<u32>], hidden: &[bool]) -> bool {
    let out: Vec<&Vec<u32>> = rows.iter().zip(hidden).filter(|(_, h)| **h).map(|(row, _)| row).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let small = |column: usize| out.iter().map(|row| row[column]).sum::<u32>() < MIN_CELL;
    !out.is_empty() && (out.len() == 1 || (0..columns).any(small))
}

/// The size of the smallest group of equal records: a table is k-anonymous for this k; 0 for an empty one.
pub fn smallest_class<R: Ord>(records: impl Iterator<Item = R>) -> u32 {
    let mut classes: BTreeMap<R, u32> = BTreeMap::new();
    records.for_each(|record| *classes.entry(record).or_default() += 1);
    classes.values().min().copied().unwrap_or(0)
}
