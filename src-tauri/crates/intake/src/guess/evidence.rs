//! What the sample cells of a column look like.

use crate::file::SheetInfo;
use crate::mapping::DateOrder;
use crate::value::{clock, date, is_missing, number};
use model::{Field, FieldRole};

/// Share of cells, in percent, that have to read as the field's type.
const ENOUGH: usize = 60;

/// The given cells of a column's sample.
pub(super) fn cells(sheet: &SheetInfo, column: usize) -> Vec<&str> {
    let cells = sheet.sample.iter().filter_map(|r| r.get(column)).map(|c| c.trim());
    cells.filter(|c| !is_missing(c.as_bytes())).collect()
}

fn most(cells: &[&str], test: impl Fn(&str) -> bool) -> bool {
    !cells.is_empty() && cells.iter().filter(|c| test(c)).count() * 100 >= cells.len() * ENOUGH
}

/// Dates, with or without a time; a bare year or amount is none.
pub(super) fn is_dates(cells: &[&str], order: DateOrder) -> bool {
    most(cells, |c| date::parse(c, order).is_some())
}

/// Times of day without a date.
pub(super) fn is_clock(cells: &[&str]) -> bool {
    most(cells, |c| clock::parse(c).is_some())
}

/// Times of day written as four digits, such as a length of time `0830`.
pub(super) fn is_hhmm(cells: &[&str]) -> bool {
    let zero_led = cells.iter().any(|c| c.len() == 4 && c.starts_with('0'));
    zero_led && most(cells, |c| c.len() == 4 && clock::parse(c).is_some())
}

/// Whether the cells could fill the field.
pub(super) fn fits(cells: &[&str], field: &Field, order: DateOrder) -> bool {
    if cells.is_empty() {
        return true;
    }
    match field.role {
        FieldRole::Date => is_dates(cells, order),
        FieldRole::Instant => is_dates(cells, order) || is_clock(cells),
        FieldRole::Number => most(cells, |c| number::parse(c, false).is_some() || clock::parse(c).is_some()),
        FieldRole::Officer | FieldRole::Person => !is_dates(cells, order) && most(cells, |c| c.len() <= 64),
        _ => true,
    }
}
