//! Opening a file: what it is by its content, its sheets, their headers and a few sample rows.

pub(crate) mod book;
pub(crate) mod columnar;
pub(crate) mod text;
mod unpack;

use crate::header;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroize;

/// Longest record accepted, in bytes: a file without line ends must not be read into memory.
pub const MAX_RECORD: usize = 1 << 20;
/// Sample rows kept of each sheet.
pub(crate) const SAMPLE_ROWS: usize = 200;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "format")]
pub enum Format {
    /// Delimited text.
    Csv {
        delimiter: char,
        encoding: Encoding,
    },
    /// A workbook of the Office Open XML kind.
    Xlsx,
    Parquet,
}

/// How a text file writes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

/// One sheet of a workbook; text and Parquet files have one without a name.
#[derive(Debug)]
pub struct SheetInfo {
    pub name: String,
    /// Without line breaks and doubled blanks; empty where the column has none.
    pub headers: Vec<String>,
    /// Row of the header in the file, counted from 1; rows above it are a preamble.
    pub header_row: u64,
    /// Positions of headers that repeat an earlier one.
    pub duplicates: Vec<usize>,
    /// Raw cells, wiped on drop.
    pub(crate) sample: Vec<Vec<String>>,
}

impl SheetInfo {
    /// A sheet from its first rows, the first being row `first_row`; `None` where no header can be found.
    fn from_rows(name: &str, first_row: u64, mut rows: Vec<Vec<String>>) -> Option<Self> {
        let at = header::find(&rows)?;
        let mut headers: Vec<String> = rows[at].iter().map(|h| header::tidy(h)).collect();
        while headers.last().is_some_and(String::is_empty) {
            headers.pop();
        }
        let mut above: Vec<Vec<String>> = rows.drain(..=at).collect();
        above.zeroize();
        rows.truncate(SAMPLE_ROWS);
        let duplicates = header::duplicates(&headers);
        Some(Self {
            name: name.to_owned(),
            headers,
            header_row: first_row + at as u64,
            duplicates,
            sample: rows,
        })
    }

    /// Position of a header, compared without case, signs and doubled blanks; the first of repeated ones.
    pub fn position(&self, name: &str) -> Option<usize> {
        let wanted = header::key(name);
        self.headers.iter().position(|h| !wanted.is_empty() && header::key(h) == wanted)
    }
}

impl Drop for SheetInfo {
    fn drop(&mut self) {
        self.sample.zeroize();
    }
}

/// A file that can be imported.
#[derive(Debug)]
pub struct SourceFile {
    pub path: PathBuf,
    pub format: Format,
    pub sheets: Vec<SheetInfo>,
    /// Sheets without a header row: empty ones, charts, notes.
    pub skipped_sheets: Vec<String>,
    pub bytes: u64,
}

impl SourceFile {
    /// The sheet whose headers speak for the file: the one with the most sample rows, the first of equals.
    pub fn main_sheet(&self) -> &SheetInfo {
        let most = self.sheets.iter().map(|s| s.sample.len()).max().unwrap_or(0);
        let found = self.sheets.iter().find(|s| s.sample.len() == most);
        found.expect("open refuses a file without a sheet")
    }
}

/// Why a file cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("the file is empty")]
    Empty,
    #[error("this is {0}, not a table: export it as CSV, XLSX or Parquet")]
    WrongKind(&'static str),
    #[error("this {0} is damaged or cut off: copy or export it again")]
    Corrupt(&'static str),
    #[error("a line is longer than 1 MiB: this is not a table with rows")]
    LineTooLong,
    #[error("this workbook unpacks to more text than is held in memory (256 MiB): export it as CSV")]
    UnpacksTooFar,
    #[error("no header row was found: the first rows must hold the column names")]
    NoHeader,
}

const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"SQLite format 3", "a database"),
    (b"age-encryption.org", "an encrypted file"),
    (b"{\\rtf", "a text document"),
];

/// Detects what a file is by its content and reads its headers and first rows.
///
/// Not the whole file: at most a mebibyte of a text, the shared strings of a workbook, the footer of a Parquet file.
pub fn open(path: &Path) -> Result<SourceFile, OpenError> {
    let mut file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let mut head = Vec::new();
    file.by_ref().take(MAX_RECORD as u64 + 4096).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(OpenError::Empty);
    }
    let kind = SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic));
    // "MZ" may begin a text; a program has zero bytes close by.
    if let Some((magic, name)) = kind
        && (*magic != b"MZ" || head.iter().take(256).any(|b| *b == 0))
    {
        return Err(OpenError::WrongKind(name));
    }
    let opened = if head.starts_with(b"PK\x03\x04") {
        guarded(book::KIND, || book::open(path))
    } else if head.starts_with(b"PK") {
        Err(OpenError::WrongKind("an empty archive"))
    } else if head.starts_with(b"PAR1") {
        guarded(columnar::KIND, || columnar::open(path))
    } else {
        text::open(&head, bytes)
    };
    head.zeroize();
    let (format, sheets, skipped_sheets) = opened?;
    if sheets.is_empty() {
        return Err(OpenError::NoHeader);
    }
    Ok(SourceFile { path: path.to_owned(), format, sheets, skipped_sheets, bytes })
}

/// A library that panics over a file which breaks the rules of its format has met a damaged file, and no more than that.
pub(crate) fn guarded<T, E: From<OpenError>>(
    kind: &'static str,
    read: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    read.unwrap_or_else(|_| Err(OpenError::Corrupt(kind).into()))
}

type Opened = (Format, Vec<SheetInfo>, Vec<String>);

/// SHA-256 of a file; `progress` hears the bytes done and may stop it by returning false.
pub fn sha256(path: &Path, progress: &dyn Fn(u64) -> bool) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut block = vec![0u8; 1 << 20];
    let mut done = 0;
    loop {
        let length = file.read(&mut block)?;
        if length == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(&block[..length]);
        done += length as u64;
        if !progress(done) {
            return Err(io::ErrorKind::Interrupted.into());
        }
    }
}
