//! What one unit produced, before it is sorted by time and written.

use model::SourceKind;

/// Separates cells while a row waits; no made-up text contains it.
const CELL: char = '\t';

/// One row of a delimited export.
pub struct Row {
    /// Wall-clock minute, or any number that orders the file.
    pub key: i64,
    cells: String,
}

impl Row {
    /// The cells in the order of the header.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.split(CELL)
    }
}

/// One overtime claim; overtime goes to a workbook with typed cells.
#[derive(Debug, Clone)]
pub struct Claim {
    pub reference: String,
    pub officer: String,
    pub start: i64,
    pub end: i64,
    pub paid_hours: f64,
    pub rate: f64,
    pub category: &'static str,
    pub claimed_at: i64,
    pub authoriser: String,
}

/// The rows of one unit, by kind.
#[derive(Default)]
pub struct Rows {
    delimited: Vec<(SourceKind, Vec<Row>)>,
    pub claims: Vec<Claim>,
}

impl Rows {
    /// Adds a row of a delimited kind.
    pub fn push(&mut self, kind: SourceKind, key: i64, cells: &[&str]) {
        let row = Row { key, cells: cells.join("\t") };
        match self.delimited.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, rows)) => rows.push(row),
            None => self.delimited.push((kind, vec![row])),
        }
    }

    /// The rows of each delimited kind in time order.
    pub fn sorted(&mut self) -> impl Iterator<Item = (SourceKind, &[Row])> {
        self.delimited.iter_mut().for_each(|(_, rows)| rows.sort_by_key(|row| row.key)); // stable
        self.delimited.iter().map(|(kind, rows)| (*kind, rows.as_slice()))
    }
}
