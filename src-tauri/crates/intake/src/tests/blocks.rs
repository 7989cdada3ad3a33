//! Cutting and splitting against the `csv` crate's single pass.

use super::*;
use crate::split::{Dialect, Row, Splitter, cut};
use proptest::prelude::*;
use std::fmt::Write as _;

const COMMA: Dialect = Dialect { delimiter: b',', terminator: b'\n' };

fn single_pass(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect());
    records.collect()
}

/// Cuts the text as if it came in pieces of `size` bytes and splits every block by itself.
fn in_blocks(text: &[u8], size: usize) -> Vec<Vec<String>> {
    let (mut out, mut rest, mut at) = (Vec::new(), Vec::new(), 0);
    loop {
        let piece = &text[at..(at + size).min(text.len())];
        at += piece.len();
        rest.extend_from_slice(piece);
        let (mut end, mut records) = cut(COMMA, &rest);
        if piece.is_empty() && end < rest.len() {
            (end, records) = (rest.len(), records + 1);
        }
        let mut row = Row::default();
        let mut splitter = Splitter::new(COMMA, &rest[..end]);
        let mut found = 0;
        while let Some(cells) = splitter.next(&mut row) {
            found += 1;
            let text = |(from, to): &(u32, u32)| &cells.bytes[*from as usize..*to as usize];
            out.push(cells.spans.iter().map(|s| String::from_utf8(text(s).to_vec()).unwrap()).collect());
        }
        assert_eq!(found, records, "the reader counts what the parser finds");
        rest.drain(..end);
        if piece.is_empty() {
            return out;
        }
    }
}

proptest! {
    #[test]
    fn blocks_cut_anywhere_give_the_records_of_a_single_pass(
        text in "[ab,\"\n ]{0,120}",
        size in 1usize..40,
    ) {
        let blank = |r: &Vec<String>| r.len() == 1 && r[0].is_empty();
        // The reference skips empty lines; here they keep their row number.
        let ours: Vec<_> = in_blocks(text.as_bytes(), size).into_iter().filter(|r| !blank(r)).collect();
        let theirs: Vec<_> = single_pass(&text).into_iter().filter(|r| !blank(r)).collect();
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn well_formed_quoted_tables_survive_any_cut(
        cells in prop::collection::vec(prop::collection::vec("[a-c,\"\n;é]{0,8}", 2..4), 1..20),
        size in 1usize..30,
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for record in &cells {
            writer.write_record(record).unwrap();
        }
        let text = writer.into_inner().unwrap();
        prop_assert_eq!(in_blocks(&text, size), cells);
    }
}

#[test]
fn a_large_quoted_log_reads_the_same_with_one_thread_and_with_three() {
    let mut text = String::from(ACCESSES);
    for n in 0..120_000 {
        let minute = n % 60;
        write!(text, "2026-01-05 10:{minute:02}:00,U{},NICHE,view,R{n},person,,", n % 700).unwrap();
        if n % 3 == 0 {
            text.push_str("\"checked \"\"twice\"\"\nfor supervisor, on request\"");
        }
        text.push('\n');
    }
    let dir = TempDir::new().unwrap();
    let path = write(&dir, "log.csv", text.as_bytes());
    assert!(text.len() > 5 << 20, "several blocks");
    let file = open(&path).unwrap();
    let mapping = guess(&file).mapping;
    // The officers are known, so that their numbers do not depend on who met them first.
    let known = roll();
    let first = Kept::default();
    let report = try_read(&file, &mapping, &known, How { threads: 1, ..How::default() }, &first).unwrap();
    assert_eq!(report.rows_accepted, 120_000);
    let again = Kept::default();
    let other = try_read(&file, &mapping, &known, How { threads: 3, ..How::default() }, &again).unwrap();
    assert_eq!(report, other);
    assert_eq!(first.rows_as_text(), again.rows_as_text());
    let rows: Vec<u32> = first.rows_as_text().iter().map(|r| r.0).collect();
    assert_eq!(rows, (0..120_000).collect::<Vec<u32>>());
}
