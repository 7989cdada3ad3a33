//! Accepted rows on their way into segments: scattered to partitions, repeats skipped, encoded when a partition is full.

use crate::{Error, links};
use crossbeam_channel::Sender;
use foldhash::HashMap;
use foldhash::fast::FixedState;
use model::{Column, ImportId, OfficerIndex, PARTITIONS, SourceKind, Table};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use store::columns::Appender;

/// Rows a partition gathers before they become a segment. 64 partitions of this hold about half a gigabyte of look-ups;
/// smaller segments compress worse.
const SEGMENT_ROWS: usize = 192 * 1024;

/// A finished segment.
pub(crate) struct Segment {
    pub partition: u32,
    pub rows: usize,
    pub first_time: i64,
    pub last_time: i64,
    pub bytes: Vec<u8>,
}

/// 128 bits over what a row says; the row's number in its file is left out.
type Print = (u64, u64);

struct Partition {
    gathered: Appender,
    /// How often each row is already in the store, from other files that overlap in time.
    known: HashMap<Print, u32>,
}

/// The 64 partitions of one import.
pub(crate) struct Scatter {
    kind: SourceKind,
    partitions: Vec<Mutex<Partition>>,
    out: Sender<Segment>,
    compare: bool,
    pub duplicates: AtomicU64,
}

fn prints(table: &Table) -> Vec<Print> {
    // The seeds are fixed: prints are compared inside one import only, and rows are not chosen by an adversary's clock.
    let (a, b) = (FixedState::with_seed(1), FixedState::with_seed(2));
    let print = |row: usize, mut h: foldhash::fast::FoldHasher<'_>| {
        table.officers[row].hash(&mut h);
        for column in &table.columns {
            match column {
                Column::Instant(v) | Column::Number(v) => v[row].hash(&mut h),
                Column::Date(v) => v[row].hash(&mut h),
                Column::Token(v) => v[row].hash(&mut h),
                Column::Person(v) => v[row].hash(&mut h),
                Column::Words(w) => w.get(row).hash(&mut h),
            }
        }
        h.finish()
    };
    (0..table.len()).map(|row| (print(row, a.build_hasher()), print(row, b.build_hasher()))).collect()
}

impl Scatter {
    pub fn new(kind: SourceKind, out: Sender<Segment>, compare: bool) -> Self {
        let partition = || Mutex::new(Partition { gathered: Appender::new(kind), known: HashMap::default() });
        Self {
            kind,
            partitions: (0..PARTITIONS).map(|_| partition()).collect(),
            out,
            compare,
            duplicates: AtomicU64::new(0),
        }
    }

    /// Remembers the rows of a partition that other imports brought.
    pub fn know(&self, partition: u32, table: &Table) {
        if let Ok(mut held) = self.partitions[partition as usize].lock() {
            for print in prints(table) {
                *held.known.entry(print).or_default() += 1;
            }
        }
    }

    /// Takes accepted rows of any officers; called from several threads.
    pub fn take(&self, table: &Table) -> Result<(), Error> {
        for (partition, piece) in store::columns::scatter(table) {
            let mut held = self.partitions[partition as usize].lock().map_err(|_| Error::cancelled())?;
            let piece = if self.compare { self.without_known(&mut held.known, piece) } else { piece };
            held.gathered.push(&piece);
            if held.gathered.len() >= SEGMENT_ROWS {
                let full = std::mem::replace(&mut held.gathered, Appender::new(self.kind));
                drop(held);
                self.emit(partition, full.finish())?;
            }
        }
        Ok(())
    }

    fn without_known(&self, known: &mut HashMap<Print, u32>, piece: Table) -> Table {
        if known.is_empty() {
            return piece;
        }
        let keep: Vec<bool> = prints(&piece)
            .into_iter()
            .map(|print| match known.get_mut(&print) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            })
            .collect();
        self.duplicates.fetch_add(keep.iter().filter(|k| !**k).count() as u64, Ordering::Relaxed);
        select(&piece, &keep)
    }

    fn emit(&self, partition: u32, mut table: Table) -> Result<(), Error> {
        store::columns::sort_by_officer_time(&mut table);
        let times = table.sort_times();
        let placed = times.iter().copied().filter(|t| *t != model::NO_INSTANT);
        let (first_time, last_time) = placed.fold((i64::MAX, i64::MIN), |(a, b), t| (a.min(t), b.max(t)));
        let none = first_time > last_time;
        let bytes = store::segment::encode(&table, store::segment::Level::default())?;
        let segment = Segment {
            partition,
            rows: table.len(),
            first_time: if none { 0 } else { first_time },
            last_time: if none { 0 } else { last_time },
            bytes,
        };
        self.out.send(segment).map_err(|_| Error::cancelled())
    }

    /// Encodes what is left, one partition after another; safe to call from several threads at once.
    pub fn finish(&self) -> Result<(), Error> {
        for (partition, held) in self.partitions.iter().enumerate() {
            let rest = match held.lock() {
                Ok(mut held) => std::mem::replace(&mut held.gathered, Appender::new(self.kind)).finish(),
                Err(_) => return Err(Error::cancelled()),
            };
            if !rest.is_empty() {
                self.emit(partition as u32, rest)?;
            }
        }
        Ok(())
    }
}

/// The rows marked to be kept.
pub(crate) fn select(table: &Table, keep: &[bool]) -> Table {
    fn kept<T: Copy>(values: &[T], keep: &[bool]) -> Vec<T> {
        values.iter().zip(keep).filter(|(_, k)| **k).map(|(v, _)| *v).collect()
    }
    let columns = table.columns.iter().map(|column| match column {
        Column::Instant(v) => Column::Instant(kept(v, keep)),
        Column::Number(v) => Column::Number(kept(v, keep)),
        Column::Date(v) => Column::Date(kept(v, keep)),
        Column::Token(v) => Column::Token(kept(v, keep)),
        Column::Person(v) => Column::Person(kept(v, keep)),
        Column::Words(w) => {
            Column::Words(model::Words { codes: kept(&w.codes, keep), words: w.words.clone() })
        }
    });
    Table {
        kind: table.kind,
        officers: kept(&table.officers, keep),
        rows: kept(&table.rows, keep),
        columns: columns.collect(),
    }
}

/// The rows of one officer, linked codes included, out of the segments of a kind, with the import each came from.
pub(crate) fn of_officer<R: store::Read>(
    reader: &R,
    kind: SourceKind,
    officer: OfficerIndex,
) -> Result<Vec<(ImportId, Table)>, Error> {
    let mut found = Vec::new();
    for code in links::codes_of(reader, officer)? {
        for segment in store::segments::of_partition(reader, kind, code % PARTITIONS)? {
            let table = store::segment::decode(&segment.bytes, kind)?;
            let keep: Vec<bool> = table.officers.iter().map(|o| *o == code).collect();
            if keep.contains(&true) {
                found.push((segment.place.import, select(&table, &keep)));
            }
        }
    }
    Ok(found)
}
