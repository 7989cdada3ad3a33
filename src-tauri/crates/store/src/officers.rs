//! Officers by number and code, and the keyed hashes of their ids.

use crate::{Read, StoreError, Tx};
use model::{ImportId, OfficerIndex, Pseudonym};
use rusqlite::Row;

const COLUMNS_ALL: &str = "SELECT idx, pseudonym, provisional, first_import FROM officers ORDER BY idx";
const BY_INDEX: &str = "SELECT idx, pseudonym, provisional, first_import FROM officers WHERE idx = ?1";
const BY_CODE: &str = "SELECT idx, pseudonym, provisional, first_import FROM officers WHERE pseudonym = ?1";
const NEXT: &str = "SELECT coalesce(max(idx) + 1, 0) FROM officers";
const COUNTS: &str = "SELECT count(*), coalesce(sum(provisional), 0) FROM officers";
const INSERT: &str = "INSERT INTO officers (idx, pseudonym, provisional, first_import) VALUES";
const CONFIRM: &str = "UPDATE officers SET provisional = 0 WHERE idx = ?1";

const IDS_ALL: &str =
    "SELECT id_hash, officer, from_day, until_day FROM officer_ids ORDER BY id_hash, officer, from_day";
const IDS_BY_HASH: &str = "SELECT id_hash, officer, from_day, until_day FROM officer_ids WHERE id_hash = ?1 ORDER BY officer, from_day";
const ID_INSERT: &str = "INSERT INTO officer_ids (id_hash, officer, from_day, until_day) VALUES";
const ID_AGAIN: &str =
    "ON CONFLICT (id_hash, officer, from_day) DO UPDATE SET until_day = excluded.until_day";

/// One officer of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Officer {
    pub index: OfficerIndex,
    pub pseudonym: Pseudonym,
    /// Seen in a source, not on the roll.
    pub provisional: bool,
    pub first_import: ImportId,
}

/// Whose id a keyed hash is, and when. Days are `model::NO_DATE` where not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficerId {
    pub id_hash: [u8; 16],
    pub officer: OfficerIndex,
    pub from_day: i32,
    pub until_day: i32,
}

fn officer(row: &Row<'_>) -> Result<Officer, StoreError> {
    Ok(Officer {
        index: row.get(0)?,
        pseudonym: Pseudonym::from_bits(row.get::<_, i64>(1)? as u64),
        provisional: row.get(2)?,
        first_import: ImportId(row.get(3)?),
    })
}

fn officer_id(row: &Row<'_>) -> Result<OfficerId, StoreError> {
    Ok(OfficerId {
        id_hash: row.get(0)?,
        officer: row.get(1)?,
        from_day: row.get(2)?,
        until_day: row.get(3)?,
    })
}

/// Every officer, in the order of their numbers.
pub fn all(from: &impl Read) -> Result<Vec<Officer>, StoreError> {
    from.db().all(COLUMNS_ALL, [], officer)
}

/// The number the next officer takes.
pub fn next_index(from: &impl Read) -> Result<u32, StoreError> {
    from.db().one(NEXT, [], |r| Ok(r.get(0)?))
}

/// How many officers there are, and how many of them are on no roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub all: u64,
    pub provisional: u64,
}

pub fn counts(from: &impl Read) -> Result<Counts, StoreError> {
    let counted = from.db().one(COUNTS, [], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?)))?;
    Ok(Counts { all: counted.0 as u64, provisional: counted.1 as u64 })
}

pub fn get(from: &impl Read, index: OfficerIndex) -> Result<Officer, StoreError> {
    from.db().one(BY_INDEX, [index], officer)
}

pub fn find(from: &impl Read, code: Pseudonym) -> Result<Option<Officer>, StoreError> {
    from.db().maybe(BY_CODE, [code.bits() as i64], officer)
}

/// The number of an officer; `StoreError::Missing` for an unknown code.
pub fn index_of(from: &impl Read, code: Pseudonym) -> Result<OfficerIndex, StoreError> {
    find(from, code)?.map(|o| o.index).ok_or(StoreError::Missing)
}

/// Adds officers, which must continue the numbers without a gap.
pub fn insert(tx: &Tx<'_>, new: &[Officer]) -> Result<(), StoreError> {
    tx.insert_many(INSERT, "", new, |o| {
        [o.index.into(), (o.pseudonym.bits() as i64).into(), o.provisional.into(), o.first_import.0.into()]
    })
}

/// Marks provisional officers as found on a roll.
pub fn confirm(tx: &Tx<'_>, officers: &[OfficerIndex]) -> Result<(), StoreError> {
    let mut statement = tx.prepare(CONFIRM)?;
    for index in officers {
        statement.execute([index])?;
    }
    Ok(())
}

/// Adds ids, or moves the last day of ones already known.
pub fn put_ids(tx: &Tx<'_>, ids: &[OfficerId]) -> Result<(), StoreError> {
    tx.insert_many(ID_INSERT, ID_AGAIN, ids, |id| {
        [id.id_hash.to_vec().into(), id.officer.into(), id.from_day.into(), id.until_day.into()]
    })
}

pub fn all_ids(from: &impl Read) -> Result<Vec<OfficerId>, StoreError> {
    from.db().all(IDS_ALL, [], officer_id)
}

/// Everyone who ever had an id.
pub fn find_ids(from: &impl Read, id_hash: &[u8; 16]) -> Result<Vec<OfficerId>, StoreError> {
    from.db().all(IDS_BY_HASH, [&id_hash[..]], officer_id)
}
