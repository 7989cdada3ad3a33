//! What one unit produced: for each kind a lot of rows of equal width, put in time order when they are used.

use crate::cell::Cell;
use crate::layout::Layout;
use model::SourceKind;

/// The rows of one kind.
#[derive(Debug, Default)]
pub struct Lot {
    /// Wall-clock minute, day, or any number that orders the file.
    keys: Vec<i64>,
    cells: Vec<Cell>,
}

impl Lot {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// The rows in time order.
    pub fn sorted(&self) -> impl Iterator<Item = &[Cell]> {
        let width = self.cells.len().checked_div(self.keys.len()).unwrap_or(1);
        let mut order: Vec<u32> = (0..self.keys.len() as u32).collect();
        order.sort_by_key(|row| self.keys[*row as usize]); // stable
        order.into_iter().map(move |row| &self.cells[row as usize * width..][..width])
    }

    /// The rows as they came.
    pub fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.chunks_exact(self.cells.len().checked_div(self.keys.len()).unwrap_or(1).max(1))
    }
}

/// The rows of one unit, by kind.
#[derive(Debug)]
pub struct Rows {
    lots: Vec<Lot>,
    /// True for exports, which hold what import will drop.
    pub raw: bool,
}

impl Rows {
    pub fn new(raw: bool) -> Rows {
        Rows { lots: SourceKind::ALL.iter().map(|_| Lot::default()).collect(), raw }
    }

    /// Adds a row, its cells in the order of the kind's layout.
    pub fn push(&mut self, kind: SourceKind, key: i64, cells: &[Cell]) {
        debug_assert_eq!(cells.len(), Layout::of(kind).columns.len(), "{kind}");
        let lot = &mut self.lots[kind as usize];
        lot.keys.push(key);
        lot.cells.extend_from_slice(cells);
    }

    /// The rows of a kind.
    pub fn lot(&self, kind: SourceKind) -> &Lot {
        &self.lots[kind as usize]
    }
}
