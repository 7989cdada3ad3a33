//! Requests for names: the one-time key, the grant, and how they end.

use crate::{Read, StoreError, Tx};
use rusqlite::Row;

const INSERT: &str = "INSERT INTO requests (seq, once, secret, expires) VALUES (?1, ?2, ?3, ?4)";
const BY_SEQ: &str =
    "SELECT seq, once, secret, granted, scope, minutes, expires, answer FROM requests WHERE seq = ?1";
const UNENDED: &str = "SELECT seq, once, secret, granted, scope, minutes, expires, answer FROM requests
    WHERE secret IS NOT NULL ORDER BY seq";
const GRANT: &str =
    "UPDATE requests SET granted = ?2, scope = ?3, minutes = ?4, expires = ?5, answer = ?6 WHERE seq = ?1";
const REFUSE: &str = "UPDATE requests SET secret = NULL, answer = ?2 WHERE seq = ?1";
const END: &str = "UPDATE requests SET secret = NULL, granted = NULL WHERE seq = ?1";

/// A request as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The request's entry.
    pub seq: u64,
    /// The one-time age recipient that the entry names.
    pub once: String,
    /// Its secret half, sealed to the requester's card; gone when the request has ended.
    pub secret: Option<Vec<u8>>,
    /// What was granted, sealed to the one-time key.
    pub granted: Option<Vec<u8>>,
    /// The granted scope, as words with spaces between.
    pub scope: Option<String>,
    pub minutes: Option<u32>,
    /// When the request, or the grant once there is one, is over.
    pub expires: i64,
    /// The entry of the answer.
    pub answer: Option<u64>,
}

/// What a grant allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant<'a> {
    pub sealed: &'a [u8],
    pub scope: &'a str,
    pub minutes: u32,
    pub expires: i64,
}

fn row(r: &Row<'_>) -> Result<Request, StoreError> {
    Ok(Request {
        seq: r.get::<_, i64>(0)? as u64,
        once: r.get(1)?,
        secret: r.get(2)?,
        granted: r.get(3)?,
        scope: r.get(4)?,
        minutes: r.get(5)?,
        expires: r.get(6)?,
        answer: r.get::<_, Option<i64>>(7)?.map(|seq| seq as u64),
    })
}

fn one(changed: usize) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Missing) }
}

/// Keeps a new request, in the same transaction as its entry and its unmasking.
pub fn insert(tx: &Tx<'_>, seq: u64, once: &str, secret: &[u8], expires: i64) -> Result<(), StoreError> {
    tx.run(INSERT, (seq as i64, once, secret, expires)).map(drop)
}

pub fn get(from: &impl Read, seq: u64) -> Result<Option<Request>, StoreError> {
    from.db().maybe(BY_SEQ, [seq as i64], row)
}

/// Requests whose one-time key is still there: waiting, or granted and not shown.
pub fn unended(from: &impl Read) -> Result<Vec<Request>, StoreError> {
    from.db().all(UNENDED, [], row)
}

/// Keeps a grant; `answer` is its entry.
pub fn grant(tx: &Tx<'_>, seq: u64, grant: &Grant<'_>, answer: u64) -> Result<(), StoreError> {
    one(tx.run(GRANT, (seq as i64, grant.sealed, grant.scope, grant.minutes, grant.expires, answer as i64))?)
}

/// Ends a request with a refusal; `answer` is its entry.
pub fn refuse(tx: &Tx<'_>, seq: u64, answer: u64) -> Result<(), StoreError> {
    one(tx.run(REFUSE, (seq as i64, answer as i64))?)
}

/// Destroys what could open a grant: it was shown, or its time is over.
pub fn end(tx: &Tx<'_>, seq: u64) -> Result<(), StoreError> {
    one(tx.run(END, [seq as i64])?)
}
