//! Delimited text, cut into blocks at record ends and split into cells. RFC 4180, with the leniency of the `csv` crate:
//! a quote inside an unquoted cell is an ordinary character.

use memchr::{memchr, memchr_iter, memchr2_iter};

const QUOTE: u8 = b'"';

/// How a text file separates its cells and records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// `\n`, or `\r` in files that have no `\n`.
    pub(crate) terminator: u8,
}

/// Length of the complete records at the front of `text`, which starts at a record, and how many they are.
pub(crate) fn cut(dialect: Dialect, text: &[u8]) -> (usize, u32) {
    if memchr(QUOTE, text).is_none() {
        let end = memchr::memrchr(dialect.terminator, text).map_or(0, |at| at + 1);
        return (end, memchr_iter(dialect.terminator, &text[..end]).count() as u32);
    }
    let (mut end, mut records, mut quoted, mut escaped) = (0, 0, false, usize::MAX);
    for at in memchr2_iter(QUOTE, dialect.terminator, text) {
        if text[at] == dialect.terminator {
            if !quoted {
                end = at + 1;
                records += 1;
            }
        } else if at == escaped {
            // Second half of a doubled quote.
        } else if !quoted {
            let opens = at == end || text[at - 1] == dialect.delimiter;
            quoted = opens;
        } else if text.get(at + 1) == Some(&QUOTE) {
            escaped = at + 1;
        } else {
            quoted = false;
        }
    }
    (end, records)
}

/// One record's cells: positions in the block, or in `text` where quotes had to be undone.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) spans: Vec<(u32, u32)>,
    text: Vec<u8>,
    owned: bool,
}

/// The cells of one row.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) spans: &'a [(u32, u32)],
}

impl<'a> Cells<'a> {
    /// A cell without the blanks around it; empty where the row is short.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> &'a [u8] {
        match self.spans.get(at) {
            Some((from, to)) => trim(&self.bytes[*from as usize..*to as usize]),
            None => b"",
        }
    }
    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a [u8]> {
        let this = *self;
        (0..this.len()).map(move |at| this.get(at))
    }
}

/// Drops ordinary and non-breaking blanks at both ends.
#[inline]
pub(crate) fn trim(mut cell: &[u8]) -> &[u8] {
    while let Some(first) = cell.first() {
        match first {
            0..=b' ' => cell = &cell[1..],
            0xC2 if cell.get(1) == Some(&0xA0) => cell = &cell[2..],
            _ => break,
        }
    }
    while let Some(last) = cell.last() {
        match last {
            0..=b' ' => cell = &cell[..cell.len() - 1],
            0xA0 if cell.len() > 1 && cell[cell.len() - 2] == 0xC2 => cell = &cell[..cell.len() - 2],
            _ => break,
        }
    }
    cell
}

/// Walks the records of a block that starts at a record.
pub(crate) struct Splitter<'a> {
    dialect: Dialect,
    block: &'a [u8],
    at: usize,
    quotes: bool,
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(dialect: Dialect, block: &'a [u8]) -> Self {
        Self { dialect, block, at: 0, quotes: memchr(QUOTE, block).is_some() }
    }

    /// Where the next record begins.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Splits the next record into `row`; `None` at the end of the block.
    #[inline]
    pub(crate) fn next<'r>(&mut self, row: &'r mut Row) -> Option<Cells<'r>>
    where
        'a: 'r,
    {
        if self.at >= self.block.len() {
            return None;
        }
        row.spans.clear();
        let rest = &self.block[self.at..];
        let length = memchr(self.dialect.terminator, rest).unwrap_or(rest.len());
        let line = &rest[..length];
        if self.quotes && memchr(QUOTE, line).is_some() {
            self.quoted(row);
        } else {
            row.owned = false;
            let start = self.at;
            let end = start + length - usize::from(line.last() == Some(&b'\r'));
            let mut from = start;
            for at in memchr_iter(self.dialect.delimiter, &self.block[start..end]) {
                row.spans.push((from as u32, (start + at) as u32));
                from = start + at + 1;
            }
            row.spans.push((from as u32, end as u32));
            self.at = start + length + 1;
        }
        let bytes = if row.owned { row.text.as_slice() } else { self.block };
        Some(Cells { bytes, spans: &row.spans })
    }

    fn quoted(&mut self, row: &mut Row) {
        row.text.clear();
        row.owned = true;
        let (mut from, mut inside, mut cell_start) = (0, false, true);
        while self.at < self.block.len() {
            let byte = self.block[self.at];
            self.at += 1;
            if inside {
                if byte != QUOTE {
                    row.text.push(byte);
                } else if self.block.get(self.at) == Some(&QUOTE) {
                    row.text.push(QUOTE);
                    self.at += 1;
                } else {
                    inside = false;
                }
                continue;
            }
            if byte == QUOTE && cell_start {
                inside = true;
            } else if byte == self.dialect.delimiter {
                row.spans.push((from, row.text.len() as u32));
                from = row.text.len() as u32;
                cell_start = true;
                continue;
            } else if byte == self.dialect.terminator {
                break;
            } else {
                row.text.push(byte);
            }
            cell_start = false;
        }
        if self.dialect.terminator == b'\n' && row.text.len() as u32 > from && row.text.last() == Some(&b'\r')
        {
            row.text.pop();
        }
        row.spans.push((from, row.text.len() as u32));
    }
}
