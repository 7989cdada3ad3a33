//! Overtime as payroll exports it: a workbook with a sheet for each month, a title row above the header, typed cells.

use crate::MakeError;
use crate::calendar::{DAY, day_of};
use crate::cell::Cell;
use crate::layout::Layout;
use crate::text;
use crate::world::World;
use model::SourceKind;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Rows of one workbook; a workbook is held in memory until it is saved, so a large force gets several.
const ROWS_PER_WORKBOOK: u64 = 60_000;
/// Row of the header: a title and a blank row stand above it.
const HEADER_ROW: u32 = 2;
/// Days from Excel's day zero to 1970-01-01.
const EXCEL_EPOCH: i64 = 25_569;

/// Overtime workbooks, one open at a time.
pub struct Workbooks<'a> {
    world: &'a World,
    dir: PathBuf,
    /// Year and month of each sheet, first month first.
    months: Vec<(i16, i8)>,
    year: i16,
    book: Workbook,
    /// Next free row of each sheet.
    next: BTreeMap<(i16, i8), u32>,
    rows: u64,
    saved: Vec<(PathBuf, u64)>,
}

fn month_of(minute: i64) -> (i16, i8) {
    let date = model::time::date(day_of(minute));
    (date.year(), date.month())
}

impl<'a> Workbooks<'a> {
    /// Opens the first workbook.
    pub fn create(dir: &Path, world: &'a World) -> Result<Workbooks<'a>, MakeError> {
        let calendar = &world.calendar;
        let mut months: Vec<_> =
            (calendar.first..=calendar.last).map(|day| month_of(i64::from(day) * DAY)).collect();
        months.dedup();
        let year = model::time::date(calendar.first).year();
        let book = open(&months)?;
        let (dir, next) = (dir.to_path_buf(), BTreeMap::new());
        Ok(Workbooks { world, dir, months, year, book, next, rows: 0, saved: Vec::new() })
    }

    /// Adds claims, each to the sheet of the month in which it was worked.
    pub fn write(&mut self, claims: &[Vec<Cell>]) -> Result<(), MakeError> {
        for claim in claims {
            if self.rows >= ROWS_PER_WORKBOOK {
                self.save()?;
                self.book = open(&self.months)?;
            }
            let started =
                claim.iter().find_map(|cell| if let Cell::Minute(at) = cell { Some(*at) } else { None });
            let month = month_of(started.unwrap_or_default());
            let Some(sheet) = self.months.iter().position(|m| *m == month) else { continue };
            let row = self.next.entry(month).or_insert(HEADER_ROW + 1);
            write_claim(self.book.worksheet_from_index(sheet)?, *row, claim, self.world)?;
            *row += 1;
            self.rows += 1;
        }
        Ok(())
    }

    fn save(&mut self) -> Result<(), MakeError> {
        let part = match self.saved.len() {
            0 => String::new(),
            earlier => format!("-part-{}", earlier + 1),
        };
        let path = self.dir.join(format!("overtime-{}{part}.xlsx", self.year));
        self.book.save(&path)?;
        self.saved.push((path, self.rows));
        (self.rows, self.next) = (0, BTreeMap::new());
        Ok(())
    }

    /// Saves the last workbook: paths and rows.
    pub fn finish(mut self) -> Result<Vec<(PathBuf, u64)>, MakeError> {
        if self.rows > 0 || self.saved.is_empty() {
            self.save()?;
        }
        Ok(self.saved)
    }
}

fn open(months: &[(i16, i8)]) -> Result<Workbook, MakeError> {
    let mut book = Workbook::new();
    // A fixed creation time: the same seed gives the same bytes.
    let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for (year, month) in months {
        let name = jiff::civil::Date::constant(*year, *month, 1).strftime("%b %Y").to_string();
        let sheet = book.add_worksheet();
        sheet.set_name(&name)?;
        sheet.write_string(0, 0, format!("Overtime worked in {name} (made up)"))?;
        for (column, (_, header)) in Layout::of(SourceKind::Overtime).columns.iter().enumerate() {
            sheet.write_string(HEADER_ROW, column as u16, *header)?;
        }
    }
    Ok(book)
}

fn write_claim(sheet: &mut Worksheet, row: u32, claim: &[Cell], world: &World) -> Result<(), MakeError> {
    let format = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    for (column, cell) in claim.iter().enumerate() {
        let column = column as u16;
        match *cell {
            Cell::Minute(minute) => {
                let minute = world.calendar.settle(minute);
                let day = i64::from(day_of(minute)) + EXCEL_EPOCH;
                let serial = day as f64 + minute.rem_euclid(DAY) as f64 / DAY as f64;
                sheet.write_number_with_format(row, column, serial, &format)?;
            }
            Cell::Milli(value) => drop(sheet.write_number(row, column, value as f64 / 1_000.0)?),
            Cell::Word(word) => drop(sheet.write_string(row, column, word)?),
            Cell::Code(code) => {
                let mut bytes = Vec::new();
                text::code(&mut bytes, code);
                sheet.write_string(row, column, String::from_utf8_lossy(&bytes))?;
            }
            // Staff numbers are numbers here and text elsewhere, as payroll systems like to have it.
            Cell::Staff(index) => {
                let id = &world.roll.members[index as usize].id;
                match id.parse::<f64>() {
                    Ok(value) => drop(sheet.write_number(row, column, value)?),
                    Err(_) => drop(sheet.write_string(row, column, id)?),
                }
            }
            _ => {}
        }
    }
    Ok(())
}
