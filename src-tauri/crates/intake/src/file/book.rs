//! Workbooks: every sheet, cell by cell, so that only the shared strings are ever held in memory.

use super::{Format, OpenError, Opened, SAMPLE_ROWS, SheetInfo};
use crate::header::HEADER_SEARCH;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxCellReader, XlsxError};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

pub(crate) type Book = Xlsx<BufReader<File>>;

pub(crate) const KIND: &str = "workbook";

/// Opens the workbook itself; a ZIP that holds none is told apart from one that is cut off.
pub(crate) fn workbook(path: &Path) -> Result<Book, OpenError> {
    let file = BufReader::new(File::open(path)?);
    Xlsx::new(file).map_err(|error| match error {
        XlsxError::FileNotFound(_) => OpenError::WrongKind("an archive that is no workbook"),
        XlsxError::Password => OpenError::WrongKind("a password-protected workbook"),
        _ => OpenError::Corrupt(KIND),
    })
}

pub(super) fn open(path: &Path) -> Result<Opened, OpenError> {
    super::unpack::check(path)?;
    let mut book = workbook(path)?;
    let names = book.sheet_names();
    if names.is_empty() {
        return Err(OpenError::WrongKind("an archive that is no workbook"));
    }
    let (mut sheets, mut skipped) = (Vec::new(), Vec::new());
    for name in names {
        match first_rows(&mut book, &name)? {
            Some(sheet) => sheets.push(sheet),
            None => skipped.push(name),
        }
    }
    Ok((Format::Xlsx, sheets, skipped))
}

fn first_rows(book: &mut Book, name: &str) -> Result<Option<SheetInfo>, OpenError> {
    let reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(None),
        Err(_) => return Err(OpenError::Corrupt(KIND)),
    };
    let mut rows = SheetRows::new(reader);
    let mut sample: Vec<Vec<String>> = Vec::new();
    let mut cells = CellRow::default();
    while sample.len() < SAMPLE_ROWS + HEADER_SEARCH {
        let Some(at) = rows.next(&mut cells).map_err(|_| OpenError::Corrupt(KIND))? else { break };
        // Rows that are not written are blank; a far-off row ends the search rather than filling memory.
        if at as usize >= SAMPLE_ROWS + HEADER_SEARCH {
            break;
        }
        sample.resize(at as usize, Vec::new());
        sample.push(cells.strings());
    }
    Ok(SheetInfo::from_rows(name, 1, sample))
}

/// The cells of one row as text, laid end to end.
#[derive(Default)]
pub(crate) struct CellRow {
    pub(crate) text: Vec<u8>,
    pub(crate) spans: Vec<(u32, u32)>,
}

impl CellRow {
    fn put(&mut self, column: u32, value: &DataRef<'_>) {
        // The widest sheet has 16,384 columns.
        let column = (column as usize).min(16_383);
        let from = self.text.len() as u32;
        write_cell(&mut self.text, value);
        if self.spans.len() <= column {
            self.spans.resize(column + 1, (from, from));
        }
        self.spans[column] = (from, self.text.len() as u32);
    }
    fn strings(&self) -> Vec<String> {
        let cell = |(from, to): &(u32, u32)| &self.text[*from as usize..*to as usize];
        self.spans.iter().map(|s| String::from_utf8_lossy(cell(s)).trim().to_owned()).collect()
    }
}

/// Groups a sheet's cells into rows, in the order of the file.
pub(crate) struct SheetRows<'a> {
    reader: XlsxCellReader<'a, BufReader<File>>,
    pending: Option<(u32, u32, DataRef<'a>)>,
    finished: bool,
}

impl<'a> SheetRows<'a> {
    pub(crate) fn new(reader: XlsxCellReader<'a, BufReader<File>>) -> Self {
        Self { reader, pending: None, finished: false }
    }

    /// Fills `row` with the next row that has cells; returns its index counted from 0.
    pub(crate) fn next(&mut self, row: &mut CellRow) -> Result<Option<u32>, XlsxError> {
        row.text.clear();
        row.spans.clear();
        let mut current = None;
        if let Some((at, column, value)) = self.pending.take() {
            row.put(column, &value);
            current = Some(at);
        }
        // Past the end of the cells the reader would meet the end of the file and call it damage.
        while !self.finished {
            let Some(cell) = self.reader.next_cell()? else {
                self.finished = true;
                break;
            };
            let (at, column) = cell.get_position();
            if current.is_some_and(|c| c != at) {
                self.pending = Some((at, column, cell.get_value().clone()));
                return Ok(current);
            }
            current = Some(at);
            row.put(column, cell.get_value());
        }
        Ok(current)
    }
}

/// Writes a cell the way a text file would hold it: ISO dates, whole numbers without a decimal point.
fn write_cell(out: &mut Vec<u8>, value: &DataRef<'_>) {
    // Writing to a Vec cannot fail.
    let _ = match value {
        DataRef::Int(n) => write!(out, "{n}"),
        DataRef::Float(n) => write!(out, "{n}"),
        DataRef::Bool(b) => write!(out, "{b}"),
        DataRef::DateTime(moment) => return write_moment(out, moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) | DataRef::String(text) => {
            out.write_all(text.as_bytes())
        }
        DataRef::SharedString(text) => out.write_all(text.as_bytes()),
        DataRef::Error(_) | DataRef::Empty => return,
    };
}

fn write_moment(out: &mut Vec<u8>, moment: &ExcelDateTime) {
    let serial = moment.as_f64();
    let _ = if moment.is_duration() || (0.0..1.0).contains(&serial) {
        let seconds = (serial * 86_400.0).round() as i64;
        write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    } else {
        // Half a millisecond more, so that a serial just under a second is not cut down to the one before.
        let rounded = ExcelDateTime::new(
            (serial * 86_400.0).round() / 86_400.0 + 5e-9,
            calamine::ExcelDateTimeType::DateTime,
            moment_is_1904(moment),
        );
        let (year, month, day, hour, minute, second, _) = rounded.to_ymd_hms_milli();
        if (hour, minute, second) == (0, 0, 0) {
            write!(out, "{year:04}-{month:02}-{day:02}")
        } else {
            write!(out, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
    };
}

/// Whether the workbook counts from 1904: serial 0 is then the first day of that year.
fn moment_is_1904(moment: &ExcelDateTime) -> bool {
    let plain = ExcelDateTime::new(moment.as_f64(), calamine::ExcelDateTimeType::DateTime, false);
    plain.to_ymd_hms_milli() != moment.to_ymd_hms_milli()
}
