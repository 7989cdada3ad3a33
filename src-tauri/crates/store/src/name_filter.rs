//! Hashes that typed text is checked against, and how often that was asked. What they mean is intake's affair.

use crate::{Read, StoreError, Tx, erasures::Window};
use model::ImportId;

const PUT: &str = "INSERT INTO name_filter (import, hashes) VALUES (?1, ?2)
    ON CONFLICT (import) DO UPDATE SET hashes = excluded.hashes";
const REPLACE: &str =
    "UPDATE name_filter SET hashes = ?1 WHERE import = (SELECT min(import) FROM name_filter)";
const REST: &str = "DELETE FROM name_filter WHERE import > (SELECT min(import) FROM name_filter)";
const ALL: &str = "SELECT hashes FROM name_filter ORDER BY import";
const COUNT: &str = "INSERT INTO name_checks (member, day, asked) VALUES (?1, ?2, 1)
    ON CONFLICT (member, day) DO UPDATE SET asked = asked + 1";
const ASKED: &str = "SELECT asked FROM name_checks WHERE member = ?1 AND day = ?2";

/// Sets the part of an import.
pub fn put(tx: &Tx<'_>, import: ImportId, hashes: &[u8]) -> Result<(), StoreError> {
    tx.run(PUT, (import.0, hashes)).map(drop)
}

/// Every part after one another.
pub fn all(from: &impl Read) -> Result<Vec<u8>, StoreError> {
    let parts: Vec<Vec<u8>> = from.db().all(ALL, [], |r| Ok(r.get(0)?))?;
    Ok(parts.concat())
}

/// Counts one more question of a member on a day, and says how many there are now.
pub fn count(tx: &Tx<'_>, member: &str, day: i32) -> Result<u64, StoreError> {
    tx.run(COUNT, (member, day))?;
    tx.db().one(ASKED, (member, day), |r| Ok(r.get::<_, i64>(0)? as u64))
}

/// Puts one part in the place of all; possible only inside an erasure.
pub fn replace(window: &Window<'_, '_>, hashes: &[u8]) -> Result<(), StoreError> {
    window.tx().run(REST, [])?;
    window.tx().run(REPLACE, [hashes]).map(drop)
}
