//! Headers: written with line breaks, blanks and underscores, repeated, or standing below a preamble.

use model::{SourceKind, SourceSchema};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// Rows looked at for the header.
pub(crate) const HEADER_SEARCH: usize = 40;

/// A header as shown: no line breaks, no double or non-breaking blanks.
pub(crate) fn tidy(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{feff}';
    text.split(blank).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A header or word as compared: lower case, every run of other signs one blank.
pub(crate) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The shape of a file: a hash of its headers, so the same export is recognised next month.
pub fn shape_hash(headers: &[String]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for header in headers {
        hash.update(key(header).as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().into()
}

/// Positions whose header already occurred further left.
pub(crate) fn duplicates(headers: &[String]) -> Vec<usize> {
    let keys: Vec<String> = headers.iter().map(|h| key(h)).collect();
    (0..keys.len()).filter(|at| !keys[*at].is_empty() && keys[..*at].contains(&keys[*at])).collect()
}

fn known(header: &str) -> bool {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let fields = SourceKind::ALL.iter().flat_map(|k| &SourceSchema::of(*k).fields);
        fields.flat_map(|f| f.synonyms.iter().chain([&f.name]).map(|s| key(s))).collect()
    });
    all.contains(&key(header))
}

fn looks_like_header(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    cell.chars().any(char::is_alphabetic) && digits * 2 < cell.len() && cell.len() <= 80
}

/// Index of the header among the first rows of a sheet: the fullest row of words, known ones counting more.
pub(crate) fn find(rows: &[Vec<String>]) -> Option<usize> {
    let score = |row: &Vec<String>| {
        let words: Vec<&String> = row.iter().filter(|c| looks_like_header(c)).collect();
        (words.len(), words.len() + 3 * words.iter().filter(|w| known(w)).count())
    };
    let mut best: Option<(usize, usize)> = None;
    for (at, row) in rows.iter().take(HEADER_SEARCH).enumerate() {
        let (words, points) = score(row);
        if words >= 2 && best.is_none_or(|(_, b)| points > b) {
            best = Some((at, points));
        }
    }
    best.map(|(at, _)| at)
}
