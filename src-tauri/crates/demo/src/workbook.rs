//! Overtime as payroll exports it: a workbook with a sheet for each month, a title row above the header, typed cells.

use crate::MakeError;
use crate::calendar::{Calendar, DAY, day_of};
use crate::rows::Claim;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Rows of one workbook; a workbook is held in memory until it is saved, so a large force gets several.
const ROWS_PER_WORKBOOK: u64 = 60_000;
/// Row of the header: a title and a blank row stand above it.
const HEADER_ROW: u32 = 2;
/// Days from Excel's day zero to 1970-01-01.
const EXCEL_EPOCH: i64 = 25_569;

const HEADER: &[&str] = &[
    "Claim Number",
    "Employee ID",
    "Worked From",
    "Worked To",
    "Hours Paid",
    "Multiplier",
    "Overtime Type",
    "Submitted At",
    "Authorised By",
];

/// Overtime workbooks, one open at a time.
pub struct Workbooks {
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

impl Workbooks {
    /// Opens the first workbook.
    pub fn create(dir: &Path, calendar: &Calendar) -> Result<Workbooks, MakeError> {
        let mut months: Vec<_> =
            (calendar.first..=calendar.last).map(|day| month_of(i64::from(day) * DAY)).collect();
        months.dedup();
        let year = model::time::date(calendar.first).year();
        let book = open(&months)?;
        let (dir, next) = (dir.to_path_buf(), BTreeMap::new());
        Ok(Workbooks { dir, months, year, book, next, rows: 0, saved: Vec::new() })
    }

    /// Adds claims, each to the sheet of the month in which it was worked.
    pub fn write(&mut self, claims: &[Claim]) -> Result<(), MakeError> {
        for claim in claims {
            if self.rows >= ROWS_PER_WORKBOOK {
                self.save()?;
                self.book = open(&self.months)?;
            }
            let month = month_of(claim.start);
            let Some(sheet) = self.months.iter().position(|m| *m == month) else { continue };
            let row = self.next.entry(month).or_insert(HEADER_ROW + 1);
            write_claim(self.book.worksheet_from_index(sheet)?, *row, claim)?;
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
        for (column, header) in HEADER.iter().enumerate() {
            sheet.write_string(HEADER_ROW, column as u16, *header)?;
        }
    }
    Ok(book)
}

fn write_claim(sheet: &mut Worksheet, row: u32, claim: &Claim) -> Result<(), MakeError> {
    let format = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    sheet.write_string(row, 0, &claim.reference)?;
    number(sheet, row, 1, &claim.officer)?;
    for (column, minute) in [(2, claim.start), (3, claim.end), (7, claim.claimed_at)] {
        let day = i64::from(day_of(minute)) + EXCEL_EPOCH;
        let serial = day as f64 + minute.rem_euclid(DAY) as f64 / DAY as f64;
        sheet.write_number_with_format(row, column, serial, &format)?;
    }
    sheet.write_number(row, 4, claim.paid_hours)?;
    sheet.write_number(row, 5, claim.rate)?;
    sheet.write_string(row, 6, claim.category)?;
    number(sheet, row, 8, &claim.authoriser)
}

/// Staff numbers are numbers here and text elsewhere, as payroll systems like to have it.
fn number(sheet: &mut Worksheet, row: u32, column: u16, id: &str) -> Result<(), MakeError> {
    match id.parse::<f64>() {
        Ok(value) => sheet.write_number(row, column, value)?,
        Err(_) => sheet.write_string(row, column, id)?,
    };
    Ok(())
}
