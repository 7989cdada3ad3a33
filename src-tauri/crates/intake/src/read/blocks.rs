//! Blocks of rows from each kind of file, numbered in the order of the file.

use super::{ReadError, Shared};
use crate::file::book::{self, CellRow, SheetRows};
use crate::file::text::{TextStream, dialect};
use crate::file::{Encoding, Format, MAX_RECORD, OpenError, SourceFile, columnar, guarded};
use crate::split::{Cells, Dialect, Row, Splitter, cut};
use crossbeam_channel::Receiver;
use std::fs::File;

/// Bytes of text in a block.
const BLOCK: usize = 4 << 20;
/// Rows in a block of a workbook or a Parquet file.
const BLOCK_ROWS: usize = 4096;

/// The workers have stopped.
pub(super) struct Stop;

/// Rows of one sheet, to be parsed by one worker.
pub(super) struct Block {
    pub(super) sheet: usize,
    pub(super) first_ordinal: u32,
    /// Bytes of the file this block stands for.
    pub(super) file_bytes: u64,
    pub(super) body: Body,
}

pub(super) enum Body {
    Text { bytes: Vec<u8>, dialect: Dialect, encoding: Encoding },
    Rows(RowBlock),
}

/// Rows already in cells.
#[derive(Default)]
pub(super) struct RowBlock {
    text: Vec<u8>,
    spans: Vec<(u32, u32)>,
    /// Ordinal and range of spans.
    rows: Vec<(u32, u32, u32)>,
}

impl RowBlock {
    fn push(&mut self, ordinal: u32, text: &[u8], spans: &[(u32, u32)]) {
        let shift = self.text.len() as u32;
        let from = self.spans.len() as u32;
        self.text.extend_from_slice(text);
        self.spans.extend(spans.iter().map(|(a, b)| (a + shift, b + shift)));
        self.rows.push((ordinal, from, self.spans.len() as u32));
    }
    fn is_full(&self) -> bool {
        self.rows.len() >= BLOCK_ROWS || self.text.len() >= BLOCK
    }
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Cells<'_>)> {
        self.rows.iter().map(|(ordinal, from, to)| {
            (*ordinal, Cells { bytes: &self.text, spans: &self.spans[*from as usize..*to as usize] })
        })
    }
}

type Send<'a> = &'a mut dyn FnMut(Block) -> Result<(), Stop>;

/// Sends every block of the file; returns each read sheet's first ordinal. A stop by the workers is no error here.
pub(super) fn produce(
    file: &SourceFile,
    shared: &Shared<'_>,
    spare: &Receiver<Vec<u8>>,
    send: Send<'_>,
) -> Result<Vec<Option<u32>>, ReadError> {
    match file.format {
        Format::Csv { delimiter, encoding } => text(file, delimiter, encoding, spare, send),
        Format::Xlsx => guarded(book::KIND, || workbook(file, shared, send)),
        Format::Parquet => guarded(columnar::KIND, || parquet(file, shared, send)),
    }
}

fn text(
    file: &SourceFile,
    delimiter: char,
    encoding: Encoding,
    spare: &Receiver<Vec<u8>>,
    send: Send<'_>,
) -> Result<Vec<Option<u32>>, ReadError> {
    let mut stream = TextStream::new(File::open(&file.path).map_err(OpenError::Io)?, encoding);
    let header_row = file.sheets[0].header_row;
    let (mut rest, mut skip, mut ordinal) = (Vec::new(), header_row, 0u32);
    let mut how: Option<Dialect> = None;
    loop {
        let mut bytes = spare.try_recv().unwrap_or_default();
        bytes.clear();
        bytes.extend_from_slice(&rest);
        let consumed = stream.fill(&mut bytes, BLOCK).map_err(OpenError::Io)?;
        let dialect = *how.get_or_insert_with(|| dialect(delimiter, memchr::memchr(b'\n', &bytes).is_some()));
        let (mut end, mut records) = cut(dialect, &bytes);
        let last = consumed == 0;
        if last && end < bytes.len() {
            end = bytes.len();
            records += 1;
        }
        if bytes.len() - end > MAX_RECORD {
            let row = header_row - skip + u64::from(ordinal) + u64::from(records) + 1;
            return Err(ReadError::LineTooLong { row });
        }
        rest.clear();
        rest.extend_from_slice(&bytes[end..]);
        bytes.truncate(end);
        if skip > 0 && records > 0 {
            let skipped = skip_records(dialect, &mut bytes, skip.min(u64::from(records)) as u32);
            skip -= u64::from(skipped);
            records -= skipped;
        }
        if records > 0 {
            let body = Body::Text { bytes, dialect, encoding };
            if send(Block { sheet: 0, first_ordinal: ordinal, file_bytes: consumed, body }).is_err() {
                return Ok(vec![Some(0)]);
            }
            ordinal = ordinal.checked_add(records).filter(|o| *o < u32::MAX).ok_or(ReadError::TooManyRows)?;
        }
        if last {
            return Ok(vec![Some(0)]);
        }
    }
}

/// Takes the preamble and the header off the first block.
fn skip_records(dialect: Dialect, bytes: &mut Vec<u8>, count: u32) -> u32 {
    let mut row = Row::default();
    let mut splitter = Splitter::new(dialect, bytes);
    for _ in 0..count {
        splitter.next(&mut row);
    }
    let at = splitter.position().min(bytes.len());
    bytes.drain(..at);
    count
}

fn workbook(file: &SourceFile, shared: &Shared<'_>, send: Send<'_>) -> Result<Vec<Option<u32>>, ReadError> {
    let corrupt = || OpenError::Corrupt("workbook");
    let mut book = book::workbook(&file.path)?;
    let (mut starts, mut next) = (vec![None; file.sheets.len()], 0u32);
    let wanted = shared.plans.iter().flatten().count().max(1) as u64;
    for (at, sheet) in file.sheets.iter().enumerate().filter(|(at, _)| shared.plans[*at].is_some()) {
        starts[at] = Some(next);
        let reader = book.worksheet_cells_reader(&sheet.name).map_err(|_| corrupt())?;
        let expected = u64::from(reader.dimensions().end.0).max(1);
        let share = |rows: usize| (file.bytes / wanted * rows as u64 / expected).min(file.bytes / wanted);
        let (mut rows, mut cells, mut block) =
            (SheetRows::new(reader), CellRow::default(), RowBlock::default());
        let (base, mut block_base) = (next, next);
        while let Some(row) = rows.next(&mut cells).map_err(|_| corrupt())? {
            // The header is row `header_row` counted from 1, so data begins at that index counted from 0.
            let Some(down) = u64::from(row).checked_sub(sheet.header_row) else { continue };
            let ordinal = u32::try_from(u64::from(base) + down).ok().filter(|o| *o < u32::MAX);
            let ordinal = ordinal.ok_or(ReadError::TooManyRows)?;
            block.push(ordinal, &cells.text, &cells.spans);
            next = ordinal + 1;
            if block.is_full() {
                let file_bytes = share(block.rows.len());
                let body = Body::Rows(std::mem::take(&mut block));
                if send(Block { sheet: at, first_ordinal: block_base, file_bytes, body }).is_err() {
                    return Ok(starts);
                }
                block_base = next;
            }
        }
        let file_bytes = share(block.rows.len());
        let last = Block { sheet: at, first_ordinal: block_base, file_bytes, body: Body::Rows(block) };
        if send(last).is_err() {
            return Ok(starts);
        }
    }
    Ok(starts)
}

fn parquet(file: &SourceFile, shared: &Shared<'_>, send: Send<'_>) -> Result<Vec<Option<u32>>, ReadError> {
    let wanted = shared.plans[0].as_ref().map(super::Plan::wanted).unwrap_or_default();
    let width = file.sheets[0].headers.len();
    let reader = columnar::reader(&file.path, &wanted)?;
    let mut ordinal = 0u32;
    for batch in reader {
        let batch = batch.map_err(|_| OpenError::Corrupt("Parquet file"))?;
        let columns = columnar::texts(&batch);
        let mut block = RowBlock::default();
        for row in 0..batch.num_rows() {
            let mut cells = CellRow::default();
            cells.spans.resize(width, (0, 0));
            for (column, at) in columns.iter().zip(&wanted) {
                let from = cells.text.len() as u32;
                cells.text.extend_from_slice(columnar::cell(column, row).as_bytes());
                cells.spans[*at] = (from, cells.text.len() as u32);
            }
            block.push(ordinal, &cells.text, &cells.spans);
            ordinal = ordinal.checked_add(1).filter(|o| *o < u32::MAX).ok_or(ReadError::TooManyRows)?;
        }
        let first_ordinal = ordinal - batch.num_rows() as u32;
        if send(Block { sheet: 0, first_ordinal, file_bytes: 0, body: Body::Rows(block) }).is_err() {
            break;
        }
    }
    Ok(vec![Some(0)])
}
