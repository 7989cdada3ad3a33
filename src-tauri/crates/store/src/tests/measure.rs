//! Figures behind the choices in `segment` and `settings`; run with `--ignored --nocapture` when either changes.

use super::*;
use crate::columns::{append, scatter, sort_by_officer_time};
use crate::segment::{Level, decode, decode_columns, encode};
use crate::segments::{self, Place};
use model::{Column, PARTITIONS, Table};
use std::time::Instant;

/// Look-ups of `rows` over half a year in the order of a log: each officer works on a few cases, most records are new.
fn access_log(rows: u32, officers: u32) -> Table {
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut table = Table::new(SourceKind::Accesses);
    let words = [("system", 6), ("action", 5), ("record_kind", 4), ("reason", 40)];
    for row in 0..rows {
        let officer = (random() % u64::from(officers)) as u32;
        table.officers.push(officer);
        table.rows.push(row);
        let case = u64::from(officer) * 16 + random() % 12;
        for (at, column) in table.columns.iter_mut().enumerate() {
            match column {
                Column::Instant(v) => v.push(1_760_000_000 + i64::from(row) * 15_552_000 / i64::from(rows)),
                Column::Token(v) if at == 3 => {
                    v.push((random() % 2_000_000).wrapping_mul(0x9E37_79B9_7F4A_7C15))
                }
                Column::Token(v) if random() % 10 < 3 => v.push(0),
                Column::Token(v) => v.push(case.wrapping_mul(0xD134_2543_DE82_EF95)),
                Column::Words(w) => {
                    let (name, count) = words[if at == 1 {
                        0
                    } else if at == 2 {
                        1
                    } else if at == 4 {
                        2
                    } else {
                        3
                    }];
                    let code = w.intern(&format!("{name} {}", random() % count));
                    w.codes.push(code);
                }
                other => other.push_absent(),
            }
        }
    }
    table
}

#[test]
#[ignore = "prints figures"]
fn figures_of_an_access_log_partition() {
    let log = access_log(2_500_000, 46_000);
    let start = Instant::now();
    let mut parts = scatter(&log);
    println!("scatter {:.1} M rows/s", 2.5 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    let mut whole = Table::new(log.kind);
    parts.iter().for_each(|(_, part)| append(&mut whole, part));
    println!("append {:.1} M rows/s", 2.5 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    parts.iter_mut().for_each(|(_, part)| sort_by_officer_time(part));
    println!("sort {:.1} M rows/s", 2.5 / start.elapsed().as_secs_f64());
    for level in [Level::Fast, Level::Small] {
        let start = Instant::now();
        let bytes: Vec<Vec<u8>> = parts.iter().map(|(_, part)| encode(part, level).unwrap()).collect();
        let took = start.elapsed().as_secs_f64();
        let size: usize = bytes.iter().map(Vec::len).sum();
        let start = Instant::now();
        bytes.iter().for_each(|b| drop(decode(b, log.kind).unwrap()));
        let whole = start.elapsed().as_secs_f64();
        let start = Instant::now();
        bytes.iter().for_each(|b| drop(decode_columns(b, log.kind, &["at", "case"]).unwrap()));
        let two = start.elapsed().as_secs_f64();
        println!(
            "{level:?}: {:.1} bytes/row, encode {:.1}, decode {:.1}, two columns {:.1} M rows/s",
            size as f64 / 2.5e6,
            2.5 / took,
            2.5 / whole,
            2.5 / two
        );
    }
    let names = ["at", "system", "action", "record", "record_kind", "case", "reason"];
    for (at, name) in names.iter().enumerate() {
        let mut blank = parts[0].1.clone();
        let full = encode(&blank, Level::Fast).unwrap().len();
        let rows = blank.len();
        blank.columns[at] = match &blank.columns[at] {
            Column::Instant(_) => Column::Instant(vec![0; rows]),
            Column::Token(_) => Column::Token(vec![0; rows]),
            Column::Words(_) => Column::Words(model::Words { codes: vec![0; rows], ..Default::default() }),
            other => other.clone(),
        };
        let less = encode(&blank, Level::Fast).unwrap().len();
        println!("  {name}: {:.2} bytes/row", (full as f64 - less as f64) / rows as f64);
    }
}

#[test]
#[ignore = "prints figures"]
fn figures_of_writing_and_reading_200_megabytes() {
    let dir = folder();
    let mut store = furnished(&dir);
    let mut bytes = vec![0_u8; 3_200_000];
    bytes.iter_mut().enumerate().for_each(|(n, b)| *b = ((n * 2_654_435_761) >> 13) as u8);
    let start = Instant::now();
    store
        .write(|tx| {
            for partition in 0..PARTITIONS {
                let place = Place {
                    import: ImportId(1),
                    kind: SourceKind::Accesses,
                    partition,
                    seq: 0,
                    rows: 1,
                    first_time: 0,
                    last_time: 0,
                };
                segments::insert(tx, &place, &bytes)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    println!("write 205 MB {:?}", start.elapsed());
    let start = Instant::now();
    store.checkpoint().unwrap();
    println!("checkpoint {:?}", start.elapsed());
    let start = Instant::now();
    for partition in 0..PARTITIONS {
        segments::of_partition(&store, SourceKind::Accesses, partition).unwrap();
    }
    println!("read on one connection {:?}", start.elapsed());
    let start = Instant::now();
    std::thread::scope(|scope| {
        for half in 0..2 {
            let reader = store.reader().unwrap();
            scope.spawn(move || {
                for partition in (half..PARTITIONS).step_by(2) {
                    segments::of_partition(&reader, SourceKind::Accesses, partition).unwrap();
                }
            });
        }
    });
    println!("read on two {:?}", start.elapsed());
    let start = Instant::now();
    store.integrity().unwrap();
    println!("integrity {:?}", start.elapsed());
    let start = Instant::now();
    let _reader = store.reader().unwrap();
    println!("open a reader {:?}", start.elapsed());
    println!("database {} MB", std::fs::metadata(dir.path().join("store/store.db")).unwrap().len() >> 20);
}
