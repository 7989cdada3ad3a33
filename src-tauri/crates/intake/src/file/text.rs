//! Delimited text: its encoding, delimiter and header, and the stream of its blocks.

use super::{Encoding, Format, MAX_RECORD, OpenError, Opened, SAMPLE_ROWS, SheetInfo};
use crate::header::HEADER_SEARCH;
use crate::split::{Cells, Dialect, Row, Splitter, cut};
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io::{self, Read};
use zeroize::Zeroize;

const DELIMITERS: &[u8] = b",;\t|";
/// Bytes of the head that are enough for every guess.
const HEAD: usize = 256 << 10;

pub(super) fn open(head: &[u8], bytes: u64) -> Result<Opened, OpenError> {
    let encoding = encoding(head)?;
    let mut text = decode_head(head, encoding);
    let dialect_and_rows = shape(&text, bytes > head.len() as u64);
    text.zeroize();
    let (dialect, rows) = dialect_and_rows?;
    let format = Format::Csv { delimiter: char::from(dialect.delimiter), encoding };
    let sheet = SheetInfo::from_rows("", 1, rows).ok_or(OpenError::NoHeader)?;
    if sheet.headers.len() < 2 {
        return Err(OpenError::NoHeader);
    }
    Ok((format, vec![sheet], Vec::new()))
}

fn encoding(head: &[u8]) -> Result<Encoding, OpenError> {
    if head.starts_with(b"\xff\xfe") {
        return Ok(Encoding::Utf16Le);
    }
    if head.starts_with(b"\xfe\xff") {
        return Ok(Encoding::Utf16Be);
    }
    let zeros = |parity: usize| head.iter().take(400).skip(parity).step_by(2).filter(|b| **b == 0).count();
    let half = head.len().min(400) / 2;
    // UTF-16 without a mark: nearly every second byte of Latin text is zero.
    if half > 1 && zeros(1) * 10 > half * 8 && zeros(0) == 0 {
        return Ok(Encoding::Utf16Le);
    }
    if half > 1 && zeros(0) * 10 > half * 8 && zeros(1) == 0 {
        return Ok(Encoding::Utf16Be);
    }
    if memchr::memchr(0, head).is_some() {
        return Err(OpenError::WrongKind("a binary file"));
    }
    match std::str::from_utf8(head) {
        Ok(_) => Ok(Encoding::Utf8),
        // The head may end inside a character.
        Err(e) if e.error_len().is_none() => Ok(Encoding::Utf8),
        Err(_) => Ok(Encoding::Windows1252),
    }
}

fn decode_head(head: &[u8], encoding: Encoding) -> Vec<u8> {
    let decoded = match encoding {
        Encoding::Utf8 => return head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).to_vec(),
        Encoding::Utf16Le => UTF_16LE.decode_with_bom_removal(head).0,
        Encoding::Utf16Be => UTF_16BE.decode_with_bom_removal(head).0,
        Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(head).0,
    };
    decoded.into_owned().into_bytes()
}

/// The dialect that explains most of the first records, and those records.
fn shape(text: &[u8], more: bool) -> Result<(Dialect, Vec<Vec<String>>), OpenError> {
    let terminator = if memchr::memchr(b'\n', text).is_some() { b'\n' } else { b'\r' };
    let longest = memchr::memchr(terminator, text).unwrap_or(text.len());
    if longest >= MAX_RECORD {
        return Err(OpenError::LineTooLong);
    }
    let mut best: Option<(usize, Dialect, Vec<Vec<String>>)> = None;
    for delimiter in DELIMITERS {
        let dialect = Dialect { delimiter: *delimiter, terminator };
        let window = &text[..text.len().min(HEAD)];
        let whole = if more || text.len() > HEAD { cut(dialect, window).0 } else { window.len() };
        let rows = rows(dialect, &window[..whole]);
        let widths: Vec<usize> = rows.iter().map(Vec::len).filter(|w| *w > 1).collect();
        // Many rows of one width beat a few stray delimiters inside texts.
        let common = widths.iter().map(|w| widths.iter().filter(|o| *o == w).count() * w.min(&12)).max();
        let points = common.unwrap_or(0);
        if best.as_ref().is_none_or(|(b, ..)| points > *b) {
            best = Some((points, dialect, rows));
        }
    }
    match best {
        Some((points, dialect, rows)) if points > 0 => Ok((dialect, rows)),
        _ => Err(OpenError::NoHeader),
    }
}

fn rows(dialect: Dialect, text: &[u8]) -> Vec<Vec<String>> {
    let mut splitter = Splitter::new(dialect, text);
    let mut row = Row::default();
    let mut out = Vec::new();
    while out.len() < SAMPLE_ROWS + HEADER_SEARCH {
        let Some(cells) = splitter.next(&mut row) else { break };
        out.push(strings(cells));
    }
    out
}

pub(crate) fn strings(cells: Cells<'_>) -> Vec<String> {
    cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect()
}

/// Dialect of an opened text file.
pub(crate) fn dialect(delimiter: char, head_has_newline: bool) -> Dialect {
    Dialect { delimiter: delimiter as u8, terminator: if head_has_newline { b'\n' } else { b'\r' } }
}

/// A block's text as UTF-8. Bytes that are not become Windows-1252, the code page such exports come from.
pub(crate) fn utf8(block: &[u8], encoding: Encoding) -> Cow<'_, [u8]> {
    if encoding != Encoding::Windows1252 && std::str::from_utf8(block).is_ok() {
        return Cow::Borrowed(block);
    }
    match WINDOWS_1252.decode_without_bom_handling(block).0 {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// Bytes of a file as a stream in which records end at single bytes: UTF-16 decoded, the byte-order mark gone.
pub(crate) struct TextStream<R> {
    inner: R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    finished: bool,
    start: bool,
}

impl<R: Read> TextStream<R> {
    pub(crate) fn new(inner: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
            Encoding::Utf8 | Encoding::Windows1252 => None,
        };
        let raw = if decoder.is_some() { vec![0; 64 << 10] } else { Vec::new() };
        Self { inner, decoder, raw, raw_at: 0, raw_end: 0, finished: false, start: true }
    }

    /// Reads on until `out` holds `target` bytes or the file ends; returns the file bytes consumed, 0 at the end.
    pub(crate) fn fill(&mut self, out: &mut Vec<u8>, target: usize) -> io::Result<u64> {
        let before = out.len();
        let wanted = target.saturating_sub(before);
        let mut consumed = 0;
        if self.decoder.is_none() {
            consumed = self.inner.by_ref().take(wanted as u64).read_to_end(out)? as u64;
            if self.start && out[before..].starts_with(b"\xef\xbb\xbf") {
                out.drain(before..before + 3);
            }
            self.start = false;
            return Ok(consumed);
        }
        while out.len() < target && !self.finished {
            consumed += self.decode_some(out, target)?;
        }
        Ok(consumed)
    }

    fn decode_some(&mut self, out: &mut Vec<u8>, target: usize) -> io::Result<u64> {
        let Some(decoder) = &mut self.decoder else { return Ok(0) };
        let mut consumed = 0;
        if self.raw_at == self.raw_end {
            self.raw_at = 0;
            self.raw_end = self.inner.read(&mut self.raw)?;
            consumed = self.raw_end as u64;
        }
        let last = self.raw_end == 0;
        let start = out.len();
        out.resize(start + (target - start).max(64), 0);
        let source = &self.raw[self.raw_at..self.raw_end];
        let (result, read, written, _) = decoder.decode_to_utf8(source, &mut out[start..], last);
        self.raw_at += read;
        out.truncate(start + written);
        self.finished = last && result == encoding_rs::CoderResult::InputEmpty;
        Ok(consumed)
    }
}
