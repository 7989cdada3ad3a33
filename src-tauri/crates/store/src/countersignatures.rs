//! Countersignatures taken from data protection officers: append-only.

use crate::{Read, StoreError, Tx};

const INSERT: &str =
    "INSERT INTO countersignatures (seq, size, witness, at, note) VALUES (?1, ?2, ?3, ?4, ?5)";
const ALL: &str = "SELECT seq, size, witness, at, note FROM countersignatures ORDER BY size, seq";

/// A head somebody vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countersignature {
    /// The entry that says so.
    pub seq: u64,
    /// How many entries the head covers.
    pub size: u64,
    pub witness: String,
    /// When, by the witness's clock.
    pub at: i64,
    /// The signed head with the countersignature's line.
    pub note: String,
}

pub fn insert(tx: &Tx<'_>, c: &Countersignature) -> Result<(), StoreError> {
    tx.run(INSERT, (c.seq as i64, c.size as i64, &c.witness, c.at, &c.note)).map(drop)
}

/// Every countersignature, of the shortest head first.
pub fn all(from: &impl Read) -> Result<Vec<Countersignature>, StoreError> {
    from.db().all(ALL, [], |r| {
        Ok(Countersignature {
            seq: r.get::<_, i64>(0)? as u64,
            size: r.get::<_, i64>(1)? as u64,
            witness: r.get(2)?,
            at: r.get(3)?,
            note: r.get(4)?,
        })
    })
}
