//! Stored Parquet segments, found by kind and partition.

use crate::{Read, StoreError, Tx, erasures::Window};
use model::{ImportId, SourceKind};
use rusqlite::Row;

const INSERT: &str = "INSERT INTO segments (import, kind, partition, seq, rows, first_time, last_time, bytes)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const PLACES: &str = "SELECT id, import, partition, seq, rows, first_time, last_time FROM segments
    WHERE kind = ?1 ORDER BY partition, import, seq";
const OF_PARTITION: &str =
    "SELECT id, import, partition, seq, rows, first_time, last_time, bytes FROM segments
    WHERE kind = ?1 AND partition = ?2 ORDER BY import, seq";
const OF_IMPORT: &str = "SELECT id, import, partition, seq, rows, first_time, last_time, bytes FROM segments
    WHERE import = ?1 AND kind = ?2 AND partition = ?3 ORDER BY seq";
const TOTALS: &str = "SELECT kind, sum(rows), min(first_time), max(last_time) FROM segments GROUP BY kind";
const REPLACE: &str =
    "UPDATE segments SET rows = ?2, first_time = ?3, last_time = ?4, bytes = ?5 WHERE id = ?1";
const REMOVE: &str = "DELETE FROM segments WHERE id = ?1";

/// Where a segment stands and what it spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub import: ImportId,
    pub kind: SourceKind,
    pub partition: u32,
    /// Counts the segments of one import and partition from 0.
    pub seq: u32,
    pub rows: u32,
    /// UTC seconds of the first and last row, `model::NO_INSTANT` where the kind has no time.
    pub first_time: i64,
    pub last_time: i64,
}

/// A stored segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub id: i64,
    pub place: Place,
    pub bytes: Vec<u8>,
}

/// Rows and span of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    pub kind: SourceKind,
    pub rows: u64,
    pub first_time: i64,
    pub last_time: i64,
}

fn place(row: &Row<'_>, kind: SourceKind) -> Result<Place, StoreError> {
    Ok(Place {
        import: ImportId(row.get(1)?),
        kind,
        partition: row.get(2)?,
        seq: row.get(3)?,
        rows: row.get(4)?,
        first_time: row.get(5)?,
        last_time: row.get(6)?,
    })
}

fn segment(row: &Row<'_>, kind: SourceKind) -> Result<Segment, StoreError> {
    Ok(Segment { id: row.get(0)?, place: place(row, kind)?, bytes: row.get(7)? })
}

/// Adds one segment.
pub fn insert(tx: &Tx<'_>, p: &Place, bytes: &[u8]) -> Result<(), StoreError> {
    let values = (p.import.0, p.kind.as_str(), p.partition, p.seq, p.rows, p.first_time, p.last_time, bytes);
    tx.run(INSERT, values).map(drop)
}

/// Every segment of a kind without its bytes, by partition.
pub fn places(from: &impl Read, kind: SourceKind) -> Result<Vec<Place>, StoreError> {
    from.db().all(PLACES, [kind.as_str()], |r| place(r, kind))
}

/// The segments of a kind in one partition, oldest import first.
pub fn of_partition(from: &impl Read, kind: SourceKind, partition: u32) -> Result<Vec<Segment>, StoreError> {
    from.db().all(OF_PARTITION, (kind.as_str(), partition), |r| segment(r, kind))
}

/// The segments one import has in one partition.
pub fn of_import(
    from: &impl Read,
    import: ImportId,
    kind: SourceKind,
    partition: u32,
) -> Result<Vec<Segment>, StoreError> {
    from.db().all(OF_IMPORT, (import.0, kind.as_str(), partition), |r| segment(r, kind))
}

/// Rows and span by kind, of the kinds that have any.
pub fn totals(from: &impl Read) -> Result<Vec<Total>, StoreError> {
    from.db().all(TOTALS, [], |r| {
        let kind = r.get_ref(0)?.as_str()?.parse().map_err(|_| StoreError::Malformed("kind"))?;
        Ok(Total { kind, rows: r.get::<_, i64>(1)? as u64, first_time: r.get(2)?, last_time: r.get(3)? })
    })
}

/// Puts rewritten rows in a segment's place; possible only inside an erasure. No rows left removes it.
pub fn rewrite(window: &Window<'_, '_>, s: &Segment) -> Result<(), StoreError> {
    let changed = if s.place.rows == 0 {
        window.tx().run(REMOVE, [s.id])?
    } else {
        let p = &s.place;
        window.tx().run(REPLACE, (s.id, p.rows, p.first_time, p.last_time, &s.bytes))?
    };
    if changed == 1 { Ok(()) } else { Err(StoreError::Missing) }
}
