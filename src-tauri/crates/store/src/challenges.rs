//! Challenges: questions about an entry, open until answered. The texts are in `texts`.

use crate::{Read, StoreError, Tx};
use model::LeadId;
use rusqlite::Row;

const INSERT: &str = "INSERT INTO challenges (seq, code, member, card, entry, lead, at, pack)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const BY_CODE: &str =
    "SELECT seq, code, member, card, entry, lead, at, pack, answered FROM challenges WHERE code = ?1";
const ALL: &str =
    "SELECT seq, code, member, card, entry, lead, at, pack, answered FROM challenges ORDER BY seq";
const ANSWER: &str = "UPDATE challenges SET answered = ?2 WHERE code = ?1";
const OPEN: &str = "SELECT count(*) FROM challenges WHERE answered IS NULL";

/// A challenge and whether it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The entry `challenge.raised`; `texts` has the question under it.
    pub seq: u64,
    /// `C-XXXXXX`.
    pub code: String,
    /// Who asks.
    pub member: String,
    /// Their member card, for the answer.
    pub card: String,
    /// The entry in question.
    pub entry: u64,
    pub lead: Option<LeadId>,
    pub at: i64,
    /// The hash of the pack it came in; kept as an empty text where it was asked in the store itself.
    pub pack: Option<String>,
    /// The entry `challenge.answered`.
    pub answered: Option<u64>,
}

fn row(r: &Row<'_>) -> Result<Challenge, StoreError> {
    Ok(Challenge {
        seq: r.get::<_, i64>(0)? as u64,
        code: r.get(1)?,
        member: r.get(2)?,
        card: r.get(3)?,
        entry: r.get::<_, i64>(4)? as u64,
        lead: r.get::<_, Option<u32>>(5)?.map(LeadId),
        at: r.get(6)?,
        pack: Some(r.get(7)?).filter(|hash: &String| !hash.is_empty()),
        answered: r.get::<_, Option<i64>>(8)?.map(|seq| seq as u64),
    })
}

/// Keeps a new challenge, in the same transaction as its entry and its text.
pub fn insert(tx: &Tx<'_>, c: &Challenge) -> Result<(), StoreError> {
    let values = rusqlite::params![
        c.seq as i64,
        c.code,
        c.member,
        c.card,
        c.entry as i64,
        c.lead.map(|l| l.0),
        c.at,
        c.pack.as_deref().unwrap_or_default()
    ];
    tx.run(INSERT, values).map(drop)
}

pub fn get(from: &impl Read, code: &str) -> Result<Option<Challenge>, StoreError> {
    from.db().maybe(BY_CODE, [code], row)
}

/// Every challenge, oldest first.
pub fn all(from: &impl Read) -> Result<Vec<Challenge>, StoreError> {
    from.db().all(ALL, [], row)
}

/// Closes a challenge with the entry of its answer.
pub fn answer(tx: &Tx<'_>, code: &str, answered: u64) -> Result<(), StoreError> {
    if tx.run(ANSWER, (code, answered as i64))? == 1 { Ok(()) } else { Err(StoreError::Missing) }
}

/// How many wait for an answer.
pub fn open(from: &impl Read) -> Result<u64, StoreError> {
    Ok(from.db().one(OPEN, [], |r| Ok(r.get::<_, i64>(0)?))? as u64)
}
