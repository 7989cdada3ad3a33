//! The exports themselves: each kind in the shape a different system would give it.

use crate::MakeError;
use crate::calendar::Calendar;
use crate::rows::Rows;
use crate::workbook::Workbooks;
use model::SourceKind;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf8Bom,
    /// Only letters that Latin-1 has at the same place.
    Windows1252,
}

struct Format {
    kind: SourceKind,
    name: &'static str,
    delimiter: u8,
    encoding: Encoding,
    header: &'static [&'static str],
}

const fn format(
    kind: SourceKind,
    name: &'static str,
    delimiter: u8,
    encoding: Encoding,
    header: &'static [&'static str],
) -> Format {
    Format { kind, name, delimiter, encoding, header }
}

/// The delimited exports; overtime is a workbook.
#[rustfmt::skip]
const FORMATS: &[Format] = &[
    format(SourceKind::Officers, "officers.csv", b';', Encoding::Windows1252, &[
        "Staff Number", "Login", "Forename", "Surname", "Work e-mail address", "Rank", "Post", "Unit Name", "Unit Type",
        "Line Manager", "Shift Pattern", "Contract Hours", "FTE", "Effective From", "Date Joined", "Date Left",
        "Staff Category",
    ]),
    format(SourceKind::Authorities, "authorities.csv", b',', Encoding::Utf8,
        &["Staff Number", "Authority", "Valid From", "Valid Until"]),
    format(SourceKind::Duties, "duties.csv", b',', Encoding::Utf8,
        &["Employee ID", "Duty Start", "Duty End", "Duty Type", "Work Place", "Unit Name"]),
    format(SourceKind::RosterEdits, "roster-edits.csv", b'\t', Encoding::Utf8, &[
        "Changed At", "Changed By", "Employee ID", "Duty Date", "Field Changed", "Old Value", "New Value",
        "Change Reason", "Minutes Gained", "Approved By",
    ]),
    format(SourceKind::Absences, "absences.csv", b';', Encoding::Utf8Bom,
        &["Employee Number", "First Day", "Last Day", "Absence Type", "Self or Certified", "Reason Group"]),
    format(SourceKind::AttendanceClaims, "attendance-claims.csv", b',', Encoding::Utf8Bom,
        &["Payroll Number", "Work Date", "Claimed Place", "Hours Claimed"]),
    format(SourceKind::Presence, "presence.csv", b',', Encoding::Utf8,
        &["Swipe Time", "Staff Number", "Event Type", "Building"]),
    format(SourceKind::Assignments, "assignments.csv", b',', Encoding::Utf8,
        &["Collar Number", "Crime Number", "Record ID", "Case Role", "Assigned From", "Assigned Until", "Team"]),
    format(SourceKind::Accesses, "accesses.csv", b',', Encoding::Utf8,
        &["Timestamp", "User ID", "Application", "Activity", "Record ID", "Record Type", "Case Number", "Purpose"]),
    format(SourceKind::Complaints, "complaints.csv", b';', Encoding::Utf8, &[
        "Complaint Number", "Staff Number", "Date Received", "Date Occurred", "Vulnerable Complainant",
        "Source of Complaint", "Allegation Type", "Result", "Date Finalised", "On Duty",
    ]),
];

struct Delimited {
    format: &'static Format,
    path: PathBuf,
    out: csv::Writer<BufWriter<File>>,
    rows: u64,
}

impl Delimited {
    fn create(format: &'static Format, dir: &Path) -> Result<Delimited, MakeError> {
        let path = dir.join(format.name);
        let mut file = BufWriter::with_capacity(1 << 18, File::create(&path)?);
        if format.encoding == Encoding::Utf8Bom {
            file.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut out = csv::WriterBuilder::new().delimiter(format.delimiter).from_writer(file);
        out.write_record(format.header)?;
        Ok(Delimited { format, path, out, rows: 0 })
    }

    fn write<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), MakeError> {
        self.rows += 1;
        match self.format.encoding {
            Encoding::Windows1252 => self.out.write_record(cells.map(latin))?,
            Encoding::Utf8 | Encoding::Utf8Bom => self.out.write_record(cells)?,
        }
        Ok(())
    }
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// All exports, open for writing.
pub struct Exports {
    delimited: Vec<Delimited>,
    overtime: Workbooks,
}

impl Exports {
    /// Creates the files, headers written.
    pub fn create(dir: &Path, calendar: &Calendar) -> Result<Exports, MakeError> {
        let delimited =
            FORMATS.iter().map(|format| Delimited::create(format, dir)).collect::<Result<_, _>>()?;
        Ok(Exports { delimited, overtime: Workbooks::create(dir, calendar)? })
    }

    /// Adds a unit's rows.
    pub fn write(&mut self, mut rows: Rows) -> Result<(), MakeError> {
        self.overtime.write(&rows.claims)?;
        for (kind, rows) in rows.sorted() {
            if let Some(file) = self.delimited.iter_mut().find(|file| file.format.kind == kind) {
                for row in rows {
                    file.write(row.cells())?;
                }
            }
        }
        Ok(())
    }

    /// Closes the files: what was written, in the order in which kinds are best imported.
    pub fn finish(self) -> Result<Vec<(SourceKind, PathBuf, u64)>, MakeError> {
        let mut files = Vec::new();
        for mut file in self.delimited {
            file.out.flush()?;
            files.push((file.format.kind, file.path, file.rows));
        }
        let overtime = self.overtime.finish()?;
        files.extend(overtime.into_iter().map(|(path, rows)| (SourceKind::Overtime, path, rows)));
        files.sort_by_key(|(kind, _, _)| SourceKind::ALL.iter().position(|k| k == kind));
        Ok(files)
    }
}
