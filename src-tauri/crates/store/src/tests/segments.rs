use crate::columns::{Appender, append, scatter, sort_by_officer_time};
use crate::segment::{Level, SegmentError, decode, decode_columns, encode};
use model::{Column, NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, PARTITIONS, SourceKind, Table};
use proptest::prelude::*;

/// A table whose values follow from a seed; about one in four is absent.
fn table(kind: SourceKind, rows: usize, seed: u64) -> Table {
    let mut state = seed | 1;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 20
    };
    let mut table = Table::new(kind);
    for row in 0..rows {
        table.officers.push((next() % 300) as u32);
        table.rows.push(row as u32);
        for column in &mut table.columns {
            let (value, absent) = (next(), next() % 4 == 0);
            match column {
                _ if absent => column.push_absent(),
                Column::Instant(v) => v.push(1_700_000_000 + (value % 10_000_000) as i64),
                Column::Date(v) => v.push((value % 40_000) as i32 - 20_000),
                Column::Number(v) => v.push((value % 20_000_000) as i64 - 10_000_000),
                Column::Token(v) => v.push(value.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
                Column::Person(v) => v.push((value % 300) as u32),
                Column::Words(w) => {
                    let code = w.intern(&format!("word é {}", value % 17));
                    w.codes.push(code);
                }
            }
        }
    }
    table
}

/// Rows as text: what must survive, whatever codes the dictionaries use.
fn shown(table: &Table) -> Vec<String> {
    let cell = |column: &Column, row: usize| match column {
        Column::Instant(v) | Column::Number(v) => v[row].to_string(),
        Column::Date(v) => v[row].to_string(),
        Column::Token(v) => v[row].to_string(),
        Column::Person(v) => v[row].to_string(),
        Column::Words(w) => w.get(row).to_owned(),
    };
    (0..table.len())
        .map(|row| {
            let cells: Vec<String> = table.columns.iter().map(|c| cell(c, row)).collect();
            format!("{} {} {}", table.officers[row], table.rows[row], cells.join("|"))
        })
        .collect()
}

fn any_kind() -> impl Strategy<Value = SourceKind> {
    proptest::sample::select(SourceKind::ALL)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_kind_survives_being_a_segment(kind in any_kind(), rows in 0_usize..400, seed: u64, small: bool) {
        let before = table(kind, rows, seed);
        let bytes = encode(&before, if small { Level::Small } else { Level::Fast }).unwrap();
        let after = decode(&bytes, kind).unwrap();
        prop_assert_eq!(shown(&after), shown(&before));
    }

    #[test]
    fn extreme_values_survive(values in proptest::collection::vec(any::<i64>(), 1..300), gap: bool) {
        let mut before = Table::new(SourceKind::Overtime);
        for (row, value) in values.iter().enumerate() {
            before.officers.push(if gap { u32::MAX - row as u32 } else { row as u32 });
            before.rows.push(u32::MAX - row as u32);
            for column in &mut before.columns {
                match column {
                    Column::Instant(v) | Column::Number(v) => v.push(*value),
                    Column::Date(v) => v.push(*value as i32),
                    Column::Token(v) => v.push(*value as u64),
                    Column::Person(v) => v.push(*value as u32),
                    Column::Words(w) => w.codes.push(0),
                }
            }
        }
        prop_assert_eq!(decode(&encode(&before, Level::Fast).unwrap(), SourceKind::Overtime).unwrap(), before);
    }

    #[test]
    fn scattering_and_joining_again_loses_no_row(kind in any_kind(), rows in 0_usize..500, seed: u64) {
        let before = table(kind, rows, seed);
        let mut joined = Appender::new(kind);
        for (partition, part) in scatter(&before) {
            prop_assert!(part.officers.iter().all(|o| o % PARTITIONS == partition));
            prop_assert!(part.rows.is_sorted(), "rows keep their order");
            joined.push(&part);
        }
        let (mut ours, mut theirs) = (shown(&joined.finish()), shown(&before));
        ours.sort();
        theirs.sort();
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn sorting_is_by_officer_then_time_then_row(kind in any_kind(), rows in 0_usize..500, seed: u64, wide: bool) {
        let mut sorted = table(kind, rows, seed);
        if wide {
            // So far apart that officers are compared, not counted.
            sorted.officers.iter_mut().for_each(|o| *o *= 10_000_000);
        }
        let mut expected: Vec<_> =
            sorted.officers.iter().zip(sorted.sort_times()).zip(&sorted.rows).map(|((o, t), r)| (*o, t, *r)).collect();
        expected.sort();
        let mut before = shown(&sorted);
        sort_by_officer_time(&mut sorted);
        let found: Vec<_> =
            sorted.officers.iter().zip(sorted.sort_times()).zip(&sorted.rows).map(|((o, t), r)| (*o, t, *r)).collect();
        prop_assert_eq!(found, expected);
        let mut after = shown(&sorted);
        before.sort();
        after.sort();
        prop_assert_eq!(after, before, "cells move with their row");
    }
}

#[test]
fn a_column_of_absent_values_only_survives() {
    let mut before = Table::new(SourceKind::Duties);
    for row in 0..70 {
        before.officers.push(1);
        before.rows.push(row);
        before.columns.iter_mut().for_each(Column::push_absent);
    }
    let after = decode(&encode(&before, Level::Fast).unwrap(), SourceKind::Duties).unwrap();
    assert_eq!(after, before);
    for column in &after.columns {
        match column {
            Column::Instant(v) => assert!(v.iter().all(|x| *x == NO_INSTANT)),
            Column::Number(v) => assert!(v.iter().all(|x| *x == NO_NUMBER)),
            Column::Date(v) => assert!(v.iter().all(|x| *x == NO_DATE)),
            Column::Person(v) => assert!(v.iter().all(|x| *x == NO_OFFICER)),
            Column::Token(v) => assert!(v.iter().all(|x| *x == 0)),
            Column::Words(w) => assert_eq!(w.words, [""]),
        }
    }
}

#[test]
fn only_wanted_columns_are_decoded() {
    let before = table(SourceKind::Accesses, 100, 3);
    let bytes = encode(&before, Level::Fast).unwrap();
    let some = decode_columns(&bytes, SourceKind::Accesses, &["at", "case"]).unwrap();
    assert_eq!((&some.officers, &some.rows), (&before.officers, &before.rows));
    assert_eq!((some.instants("at"), some.tokens("case")), (before.instants("at"), before.tokens("case")));
    assert!(some.tokens("record").is_empty());
    let mut sorted = some.clone();
    sort_by_officer_time(&mut sorted);
    assert_eq!((sorted.len(), sorted.tokens("record").len()), (100, 0), "what was not decoded stays empty");
}

#[test]
fn joining_keeps_words_apart_and_counts_equal_ones_once() {
    let mut first = table(SourceKind::Accesses, 50, 1);
    let second = table(SourceKind::Accesses, 60, 2);
    let expected: Vec<String> = shown(&first).into_iter().chain(shown(&second)).collect();
    append(&mut first, &second);
    assert_eq!(shown(&first), expected);
    let words = &first.words("reason").unwrap().words;
    let mut distinct = words.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(words.len(), distinct.len());
}

#[test]
fn a_partition_carries_only_the_words_it_uses() {
    let mut whole = Table::new(SourceKind::Accesses);
    for row in 0..200 {
        whole.officers.push(row);
        whole.rows.push(row);
        for column in &mut whole.columns {
            match column {
                Column::Words(w) => {
                    let code = w.intern(&format!("text of row {row}"));
                    w.codes.push(code);
                }
                other => other.push_absent(),
            }
        }
    }
    for (_, part) in scatter(&whole) {
        assert_eq!(part.words("reason").unwrap().words.len(), part.len() + 1);
    }
}

#[test]
fn bytes_that_are_no_segment_are_refused_without_a_panic() {
    let good = encode(&table(SourceKind::Overtime, 200, 9), Level::Fast).unwrap();
    assert_eq!(decode(b"", SourceKind::Overtime), Err(SegmentError::Parquet));
    for length in [4, 100, good.len() / 2, good.len() - 1] {
        assert!(decode(&good[..length], SourceKind::Overtime).is_err());
    }
}

#[test]
fn a_segment_of_another_kind_does_not_pass_for_this_one() {
    // Overtime's `start` is an instant as well, but what only duties have is not given rather than made up.
    let bytes = encode(&table(SourceKind::Absences, 20, 4), Level::Fast).unwrap();
    let read = decode(&bytes, SourceKind::Accesses);
    assert!(read.is_err() || read.is_ok_and(|t| t.tokens("record").iter().all(|r| *r == 0)));
}

#[test]
fn a_table_with_ragged_columns_or_codes_outside_its_words_is_refused() {
    let mut ragged = table(SourceKind::Accesses, 10, 5);
    ragged.rows.pop();
    assert_eq!(encode(&ragged, Level::Fast), Err(SegmentError::Length));
    let mut wild = table(SourceKind::Accesses, 10, 5);
    if let Some(Column::Words(w)) = wild.columns.iter_mut().find(|c| matches!(c, Column::Words(_))) {
        w.codes[0] = 999;
    }
    assert_eq!(encode(&wild, Level::Fast), Err(SegmentError::Dictionary));
}
