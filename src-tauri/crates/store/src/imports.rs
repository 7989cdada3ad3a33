//! Files taken in.

use crate::{Read, StoreError, Tx};
use model::{ImportId, SourceKind};
use rusqlite::Row;

const COUNT: &str = "SELECT count(*) FROM imports";
const NEXT: &str = "SELECT coalesce(max(id) + 1, 1) FROM imports";
const INSERT: &str = "INSERT INTO imports
    (id, kind, file, sha256, mapping, gate, report, at, member, first_day, last_day, rows, zone)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
const ALL: &str =
    "SELECT id, kind, file, sha256, mapping, gate, report, at, member, first_day, last_day, rows, zone
    FROM imports ORDER BY id";
const BY_ID: &str =
    "SELECT id, kind, file, sha256, mapping, gate, report, at, member, first_day, last_day, rows, zone
    FROM imports WHERE id = ?1";
const BY_HASH: &str = "SELECT id FROM imports WHERE sha256 = ?1";

/// One file taken in. Texts are as the engine wrote them; `file` must already be free of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub id: ImportId,
    pub kind: SourceKind,
    pub file: String,
    pub sha256: [u8; 32],
    pub mapping_toml: String,
    pub gate_json: String,
    pub report_json: String,
    pub at: i64,
    /// Fingerprint of the member's card.
    pub by: String,
    /// `model::NO_DATE` where the kind has no time.
    pub first_day: i32,
    pub last_day: i32,
    pub rows: u64,
    pub zone: String,
}

fn import(row: &Row<'_>) -> Result<Import, StoreError> {
    let Ok(kind) = row.get_ref(1)?.as_str()?.parse() else { return Err(StoreError::Malformed("kind")) };
    Ok(Import {
        id: ImportId(row.get(0)?),
        kind,
        file: row.get(2)?,
        sha256: row.get(3)?,
        mapping_toml: row.get(4)?,
        gate_json: row.get(5)?,
        report_json: row.get(6)?,
        at: row.get(7)?,
        by: row.get(8)?,
        first_day: row.get(9)?,
        last_day: row.get(10)?,
        rows: row.get::<_, i64>(11)? as u64,
        zone: row.get(12)?,
    })
}

/// How many files were taken in.
pub fn count(from: &impl Read) -> Result<u64, StoreError> {
    Ok(from.db().one(COUNT, [], |r| Ok(r.get::<_, i64>(0)?))? as u64)
}

/// The number the next import takes.
pub fn next_id(from: &impl Read) -> Result<ImportId, StoreError> {
    Ok(ImportId(from.db().one(NEXT, [], |r| Ok(r.get(0)?))?))
}

/// Records an import; its rows, officers and identities may come before it in the same transaction.
/// The same file again is `StoreError::Duplicate`.
pub fn insert(tx: &Tx<'_>, i: &Import) -> Result<(), StoreError> {
    let values = rusqlite::params![
        i.id.0,
        i.kind.as_str(),
        i.file,
        &i.sha256[..],
        i.mapping_toml,
        i.gate_json,
        i.report_json,
        i.at,
        i.by,
        i.first_day,
        i.last_day,
        i.rows as i64,
        i.zone,
    ];
    tx.run(INSERT, values).map(drop)
}

/// Every import, oldest first.
pub fn all(from: &impl Read) -> Result<Vec<Import>, StoreError> {
    from.db().all(ALL, [], import)
}

pub fn get(from: &impl Read, id: ImportId) -> Result<Import, StoreError> {
    from.db().one(BY_ID, [id.0], import)
}

/// The import that took in the file with this hash.
pub fn find_file(from: &impl Read, sha256: &[u8; 32]) -> Result<Option<ImportId>, StoreError> {
    from.db().maybe(BY_HASH, [&sha256[..]], |r| Ok(ImportId(r.get(0)?)))
}
