//! The crate from outside: files in, tables and reports out.

mod alike;
mod blocks;
mod boston;
mod formats;
mod officers;
mod privacy;
mod rows;
mod speed;
mod vectors;

use crate::{
    Mapping, NameSet, Options, PresenceWindows, PseudonymKey, RawIdentity, ReadError, Roll, Sink, SinkError,
    SourceFile, guess, open, read,
};
use model::time::parse_day;
use model::{Column, ImportReport, OfficerIndex, Table};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;

/// Keeps all it is given.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) tables: Mutex<Vec<Table>>,
    pub(super) identities: Mutex<Vec<(OfficerIndex, RawIdentity)>>,
}

impl Sink for Kept {
    fn rows(&self, table: Table) -> Result<(), SinkError> {
        self.tables.lock().unwrap().push(table);
        Ok(())
    }
    fn identity(&self, officer: OfficerIndex, identity: RawIdentity) -> Result<(), SinkError> {
        self.identities.lock().unwrap().push((officer, identity));
        Ok(())
    }
}

impl Kept {
    /// Every row as text, by ordinal: officer, then each column.
    pub(super) fn rows_as_text(&self) -> Vec<(u32, String)> {
        let mut out = Vec::new();
        for table in self.tables.lock().unwrap().iter() {
            for row in 0..table.len() {
                let cells = table.columns.iter().map(|c| match c {
                    Column::Instant(v) | Column::Number(v) => v[row].to_string(),
                    Column::Date(v) => v[row].to_string(),
                    Column::Token(v) => v[row].to_string(),
                    Column::Person(v) => v[row].to_string(),
                    Column::Words(w) => w.get(row).to_owned(),
                });
                let cells: Vec<String> = cells.collect();
                out.push((table.rows[row], format!("{}|{}", table.officers[row], cells.join("|"))));
            }
        }
        out.sort();
        out
    }
    pub(super) fn words(&self, field: &str) -> Vec<String> {
        let tables = self.tables.lock().unwrap();
        let mut out: Vec<(u32, String)> = Vec::new();
        for table in tables.iter() {
            let words = table.words(field).unwrap();
            out.extend((0..table.len()).map(|row| (table.rows[row], words.get(row).to_owned())));
        }
        out.sort();
        out.into_iter().map(|(_, word)| word).collect()
    }
    pub(super) fn instants(&self, field: &str) -> Vec<i64> {
        let tables = self.tables.lock().unwrap();
        tables.iter().flat_map(|t| t.instants(field).to_vec()).collect()
    }
}

pub(super) fn key() -> PseudonymKey {
    PseudonymKey::new([7; 32])
}
pub(super) fn roll() -> Roll {
    Roll::new(&key(), Vec::new(), Vec::new())
}

/// How a test reads: everything has a default.
pub(super) struct How<'a> {
    pub(super) threads: usize,
    pub(super) period: (&'a str, &'a str),
    pub(super) presence: Option<&'a PresenceWindows>,
    pub(super) names: Option<&'a NameSet>,
}

impl Default for How<'_> {
    fn default() -> Self {
        Self { threads: 2, period: ("1990-01-01", "2030-12-31"), presence: None, names: None }
    }
}

pub(super) fn try_read(
    file: &SourceFile,
    mapping: &Mapping,
    roll: &Roll,
    how: How<'_>,
    kept: &Kept,
) -> Result<ImportReport, ReadError> {
    let cancel = AtomicBool::new(false);
    let options = Options {
        threads: how.threads,
        period: (parse_day(how.period.0).unwrap(), parse_day(how.period.1).unwrap()),
        batch_rows: 1000,
        cancel: &cancel,
        progress: &|_, _, _| {},
        presence: how.presence,
        names: how.names,
        import_hash: [1; 32],
    };
    read(file, mapping, roll, &options, kept)
}

pub(super) fn write(dir: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Opens, guesses and reads a file.
pub(super) fn import(path: &Path) -> (ImportReport, Kept) {
    let file = open(path).unwrap();
    let mapping = guess(&file).mapping;
    let kept = Kept::default();
    let report = try_read(&file, &mapping, &roll(), How::default(), &kept).unwrap();
    (report, kept)
}

/// Writes a text, guesses its mapping and reads it.
pub(super) fn import_text(text: &[u8]) -> (ImportReport, Kept) {
    let dir = TempDir::new().unwrap();
    import(&write(&dir, "source.csv", text))
}

pub(super) const ACCESSES: &str = "at,officer,system,action,record,record_kind,case,reason\n";

/// Every row of a file is in exactly one number of its report.
pub(super) fn assert_adds_up(report: &ImportReport) {
    let ends =
        report.rows_accepted + report.rows_rejected() + report.outside_period + report.dropped_off_duty;
    assert_eq!(report.rows_read, ends);
    assert_eq!(report.rows_read, report.sheets.iter().map(|s| s.rows).sum::<u64>());
}
