//! Packs given to representatives and their answers: append-only.

use crate::{Read, StoreError, Tx};
use model::LeadId;
use rusqlite::Row;

const INSERT: &str = "INSERT INTO lead_packs (seq, lead, hash, root, code, reader, reply_by, at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const BY_HASH: &str =
    "SELECT seq, lead, hash, root, code, reader, reply_by, at FROM lead_packs WHERE hash = ?1";
const OF_LEAD: &str =
    "SELECT seq, lead, hash, root, code, reader, reply_by, at FROM lead_packs WHERE lead = ?1 ORDER BY seq";
const ADD_REPLY: &str = "INSERT INTO replies (hash, pack, seq, at, sender, body, recomputed)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const REPLIES: &str = "SELECT r.hash, r.pack, r.seq, r.at, r.sender, r.body, r.recomputed FROM replies r
    JOIN lead_packs p ON p.hash = r.pack WHERE p.lead = ?1 ORDER BY r.seq";

/// A pack as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadPack {
    /// The entry that records the disclosure.
    pub seq: u64,
    pub lead: LeadId,
    pub hash: String,
    /// Root of the ledger the pack names.
    pub root: String,
    pub code: String,
    pub reader: String,
    /// Day number.
    pub reply_by: i32,
    pub at: i64,
}

/// An answer as it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub hash: String,
    pub pack: String,
    pub seq: u64,
    pub at: i64,
    pub sender: String,
    pub body_json: String,
    pub recomputed_json: String,
}

fn pack(r: &Row<'_>) -> Result<LeadPack, StoreError> {
    Ok(LeadPack {
        seq: r.get::<_, i64>(0)? as u64,
        lead: LeadId(r.get(1)?),
        hash: r.get(2)?,
        root: r.get(3)?,
        code: r.get(4)?,
        reader: r.get(5)?,
        reply_by: r.get(6)?,
        at: r.get(7)?,
    })
}

fn reply(r: &Row<'_>) -> Result<Reply, StoreError> {
    Ok(Reply {
        hash: r.get(0)?,
        pack: r.get(1)?,
        seq: r.get::<_, i64>(2)? as u64,
        at: r.get(3)?,
        sender: r.get(4)?,
        body_json: r.get(5)?,
        recomputed_json: r.get(6)?,
    })
}

/// Remembers a pack that was given.
pub fn insert(tx: &Tx<'_>, p: &LeadPack) -> Result<(), StoreError> {
    let values = (p.seq as i64, p.lead.0, &p.hash, &p.root, &p.code, &p.reader, p.reply_by, p.at);
    tx.run(INSERT, values).map(drop)
}

/// The pack with this hash.
pub fn find(from: &impl Read, hash: &str) -> Result<Option<LeadPack>, StoreError> {
    from.db().maybe(BY_HASH, [hash], pack)
}

/// Packs given of a lead, oldest first.
pub fn of_lead(from: &impl Read, lead: LeadId) -> Result<Vec<LeadPack>, StoreError> {
    from.db().all(OF_LEAD, [lead.0], pack)
}

/// Takes an answer.
pub fn add_reply(tx: &Tx<'_>, r: &Reply) -> Result<(), StoreError> {
    let values = (&r.hash, &r.pack, r.seq as i64, r.at, &r.sender, &r.body_json, &r.recomputed_json);
    tx.run(ADD_REPLY, values).map(drop)
}

/// Answers to any pack of a lead, oldest first.
pub fn replies(from: &impl Read, lead: LeadId) -> Result<Vec<Reply>, StoreError> {
    from.db().all(REPLIES, [lead.0], reply)
}
