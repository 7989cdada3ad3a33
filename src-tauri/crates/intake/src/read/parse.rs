//! Cells to values, by field; the reason where a cell is none.

use super::plan::FieldPlan;
use crate::mapping::{DateOrder, NumberFormat};
use crate::split::Cells;
use crate::value::date::{self, Civil};
use crate::value::zone::{Meeting, ZoneCache};
use crate::value::{clock, is_missing, number};
use model::NO_INSTANT;

/// Stable codes of rejections.
pub(super) const MISSING: &str = "missing_required";
pub(super) const BAD_TIME: &str = "bad_time";
pub(super) const BAD_DATE: &str = "bad_date";
pub(super) const BAD_NUMBER: &str = "bad_number";
pub(super) const NOT_IN_LIST: &str = "not_in_list";
pub(super) const END_BEFORE_START: &str = "end_before_start";
pub(super) const TOO_MANY_CELLS: &str = "too_many_cells";

/// A moment read, or that there is none.
pub(super) struct Moment {
    pub(super) utc: i64,
    pub(super) meeting: Meeting,
}

/// The cell of a field, its default where it is blank, its constant where it has no column.
#[inline]
pub(super) fn cell<'c>(field: &'c FieldPlan, cells: Cells<'c>) -> &'c [u8] {
    let Some(column) = field.columns.first() else {
        return field.constant.as_deref().unwrap_or("").as_bytes();
    };
    let found = cells.get(*column);
    match &field.default {
        Some(default) if is_missing(found) => default.as_bytes(),
        _ => found,
    }
}

/// Several cells as one text.
pub(super) fn joined(field: &FieldPlan, cells: Cells<'_>) -> Vec<u8> {
    let given = field.columns.iter().map(|c| cells.get(*c)).filter(|c| !is_missing(c));
    given.collect::<Vec<_>>().join(&b' ')
}

fn text(cell: &[u8]) -> &str {
    // Blocks are decoded as a whole before they are split.
    std::str::from_utf8(cell).unwrap_or("")
}

/// Reads the moment of a field. `start` is the interval's begin, where the field ends one.
pub(super) fn instant(
    field: &FieldPlan,
    cells: Cells<'_>,
    order: DateOrder,
    zone: &mut ZoneCache,
    start: i64,
) -> Result<Option<Moment>, &'static str> {
    let first = cell(field, cells);
    if is_missing(first) {
        return Ok(None);
    }
    if let [_, time] = field.columns[..] {
        return dated_clock(field, text(first), text(cells.get(time)), order, zone, start);
    }
    let civil = date::fast(first).or_else(|| date::parse(text(first), order));
    let Some(civil) = civil else {
        return clock_after(field, text(first), zone, start).ok_or(BAD_TIME).map(Some);
    };
    if civil.second.is_none() && !field.bare_date {
        return Err(BAD_TIME);
    }
    Ok(Some(moment(civil, field.ends.is_some(), zone)))
}

/// UTC of a civil moment; a bare date begins or, at an interval's end, ends its day.
fn moment(civil: Civil, end: bool, zone: &mut ZoneCache) -> Moment {
    let second = civil.second.unwrap_or(if end { 86_399 } else { 0 });
    match civil.offset {
        Some(offset) => {
            let utc = i64::from(civil.day) * 86_400 + i64::from(second) - i64::from(offset);
            Moment { utc, meeting: Meeting::Plain }
        }
        None => {
            let (utc, meeting) = zone.utc(civil.day, second);
            Moment { utc, meeting }
        }
    }
}

/// A date column and a time column.
fn dated_clock(
    field: &FieldPlan,
    date: &str,
    time: &str,
    order: DateOrder,
    zone: &mut ZoneCache,
    start: i64,
) -> Result<Option<Moment>, &'static str> {
    if is_missing(time.as_bytes()) {
        return Ok(None);
    }
    let civil = date::parse(date, order).ok_or(BAD_DATE)?;
    // A workbook may keep a time as a whole moment of its first day.
    let second =
        clock::parse(time).or_else(|| date::parse(time, order).and_then(|c| c.second)).ok_or(BAD_TIME)?;
    let at = |day: i32, zone: &mut ZoneCache| {
        let (utc, meeting) = zone.utc(day + (second / 86_400) as i32, second % 86_400);
        Moment { utc, meeting }
    };
    let same_day = at(civil.day, zone);
    if field.rolls && start != NO_INSTANT && same_day.utc < start {
        return Ok(Some(at(civil.day + 1, zone)));
    }
    Ok(Some(same_day))
}

/// An end that is a time of day only: on the start's day, or the next where it would lie before.
fn clock_after(field: &FieldPlan, time: &str, zone: &mut ZoneCache, start: i64) -> Option<Moment> {
    if field.ends.is_none() || start == NO_INSTANT {
        return None;
    }
    let second = clock::parse(time)?;
    let day = model::time::day_of(start, zone.zone());
    let at = |day: i32, zone: &mut ZoneCache| {
        let (utc, meeting) = zone.utc(day + (second / 86_400) as i32, second % 86_400);
        Moment { utc, meeting }
    };
    let same_day = at(day, zone);
    Some(if same_day.utc < start { at(day + 1, zone) } else { same_day })
}

pub(super) fn day(
    field: &FieldPlan,
    cells: Cells<'_>,
    order: DateOrder,
) -> Result<Option<i32>, &'static str> {
    let found = cell(field, cells);
    if is_missing(found) {
        return Ok(None);
    }
    date::parse(text(found), order).map(|c| Some(c.day)).ok_or(BAD_DATE)
}

pub(super) fn thousandths(field: &FieldPlan, cells: Cells<'_>) -> Result<Option<i64>, &'static str> {
    let found = cell(field, cells);
    if is_missing(found) {
        return Ok(None);
    }
    let found = text(found);
    let value = match field.number {
        NumberFormat::Decimal => number::parse(found, false),
        NumberFormat::DecimalComma => number::parse(found, true),
        NumberFormat::Hhmm => clock::hours(found),
    };
    value.map(Some).ok_or(BAD_NUMBER)
}

/// A record number as compared in every kind: capitals, single blanks, no `.0` left by a spreadsheet.
pub(crate) fn record(cell: &[u8], out: &mut Vec<u8>) {
    out.clear();
    if !cell.iter().any(u8::is_ascii_whitespace) {
        out.extend_from_slice(cell);
        out.make_ascii_uppercase();
    } else {
        squeeze(cell, out);
    }
    if let Some(whole) = out.strip_suffix(b".0")
        && whole.iter().all(u8::is_ascii_digit)
        && !whole.is_empty()
    {
        out.truncate(whole.len());
    }
}

/// Upper case, with one blank for each run of them inside.
fn squeeze(cell: &[u8], out: &mut Vec<u8>) {
    let mut blank = false;
    for byte in cell {
        if byte.is_ascii_whitespace() {
            blank = true;
            continue;
        }
        if blank && !out.is_empty() {
            out.push(b' ');
        }
        blank = false;
        out.push(byte.to_ascii_uppercase());
    }
}
