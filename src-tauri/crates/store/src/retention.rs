//! Holds and deletions of leads, and what an erasure takes out of the remaining tables.

use crate::{Read, StoreError, Tx, erasures::Window};
use model::{LeadId, OfficerIndex};
use rusqlite::Row;

const HOLD: &str = "INSERT INTO holds (lead, at, member, reason) VALUES (?1, ?2, ?3, ?4)";
const RELEASE: &str =
    "UPDATE holds SET released_at = ?2, released_by = ?3 WHERE lead = ?1 AND released_at IS NULL";
const HELD: &str = "SELECT lead, at, member, reason FROM holds WHERE released_at IS NULL ORDER BY id";
const PROPOSE: &str =
    "INSERT INTO deletions (lead, proposed_at, proposed_by, reason) VALUES (?1, ?2, ?3, ?4)";
const CONFIRM: &str = "UPDATE deletions SET confirmed_at = ?2, confirmed_by = ?3 WHERE lead = ?1";
const RECOVER: &str = "DELETE FROM deletions WHERE lead = ?1";
const DELETIONS: &str =
    "SELECT lead, proposed_at, proposed_by, reason, confirmed_at, confirmed_by FROM deletions ORDER BY lead";
const BLANK_UNMASKINGS: &str = "UPDATE unmaskings SET text = '', salt = x'' WHERE officer = ?1";
const REMOVE_IDS: &str = "DELETE FROM officer_ids WHERE officer = ?1";
const REMOVE_LINKS: [&str; 2] = [
    "DELETE FROM link_decisions WHERE proposal IN
        (SELECT id FROM link_proposals WHERE provisional = ?1 OR officer = ?1)",
    "DELETE FROM link_proposals WHERE provisional = ?1 OR officer = ?1",
];
const CITED_ELSEWHERE: &str =
    "UPDATE evidence SET cells = replace(cells, ?1, '[erased]') WHERE instr(cells, ?1) > 0";
/// What opens a grant, and the texts behind entries: one that was changed would no longer fit its hash, so it goes whole.
const REQUESTS: [&str; 2] = [
    "UPDATE texts SET text = '', salt = x'' WHERE seq IN
        (SELECT r.answer FROM requests r JOIN unmaskings u ON u.seq = r.seq WHERE u.officer = ?1)",
    "UPDATE requests SET secret = NULL, granted = NULL
        WHERE seq IN (SELECT seq FROM unmaskings WHERE officer = ?1)",
];
const TEXTS_ELSEWHERE: [&str; 10] = [
    "UPDATE texts SET text = '', salt = x'' WHERE instr(text, ?1) > 0",
    "UPDATE unmaskings SET text = '', salt = x'' WHERE instr(text, ?1) > 0",
    "UPDATE holds SET reason = replace(reason, ?1, '[erased]') WHERE instr(reason, ?1) > 0",
    "UPDATE deletions SET reason = replace(reason, ?1, '[erased]') WHERE instr(reason, ?1) > 0",
    "UPDATE recusals SET reason = replace(reason, ?1, '[erased]') WHERE instr(reason, ?1) > 0",
    "UPDATE second_reviews SET reason = replace(reason, ?1, '[erased]') WHERE instr(reason, ?1) > 0",
    "UPDATE replies SET body = replace(body, ?1, '[erased]'), recomputed = replace(recomputed, ?1, '[erased]')
        WHERE instr(body, ?1) + instr(recomputed, ?1) > 0",
    "UPDATE notes SET text = replace(text, ?1, '[erased]') WHERE instr(text, ?1) > 0",
    "UPDATE decisions SET reason = replace(reason, ?1, '[erased]') WHERE instr(reason, ?1) > 0",
    "UPDATE imports SET report = replace(report, ?1, '[erased]') WHERE instr(report, ?1) > 0",
];
const BODIES_ELSEWHERE: &str =
    "UPDATE lead_bodies SET body = replace(body, ?1, '[erased]') WHERE instr(body, ?1) > 0";

/// A lead that does not expire, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub lead: LeadId,
    pub at: i64,
    pub member: String,
    pub reason: String,
}

/// A lead on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    pub lead: LeadId,
    pub proposed_at: i64,
    pub proposed_by: String,
    pub reason: String,
    pub confirmed: Option<(i64, String)>,
}

pub fn hold(tx: &Tx<'_>, lead: LeadId, at: i64, member: &str, reason: &str) -> Result<(), StoreError> {
    tx.run(HOLD, (lead.0, at, member, reason)).map(drop)
}

/// Ends the standing hold of a lead; says whether there was one.
pub fn release(tx: &Tx<'_>, lead: LeadId, at: i64, member: &str) -> Result<bool, StoreError> {
    Ok(tx.run(RELEASE, (lead.0, at, member))? == 1)
}

/// Standing holds, oldest first.
pub fn holds(from: &impl Read) -> Result<Vec<Hold>, StoreError> {
    from.db().all(HELD, [], |r| {
        Ok(Hold { lead: LeadId(r.get(0)?), at: r.get(1)?, member: r.get(2)?, reason: r.get(3)? })
    })
}

pub fn propose(tx: &Tx<'_>, lead: LeadId, at: i64, member: &str, reason: &str) -> Result<(), StoreError> {
    tx.run(PROPOSE, (lead.0, at, member, reason)).map(drop)
}

/// Confirms a deletion; the table refuses the one who proposed it.
pub fn confirm(tx: &Tx<'_>, lead: LeadId, at: i64, member: &str) -> Result<(), StoreError> {
    if tx.run(CONFIRM, (lead.0, at, member))? == 1 { Ok(()) } else { Err(StoreError::Missing) }
}

/// Takes a lead back from deletion; says whether it was on its way out.
pub fn recover(tx: &Tx<'_>, lead: LeadId) -> Result<bool, StoreError> {
    Ok(tx.run(RECOVER, [lead.0])? == 1)
}

fn deletion(r: &Row<'_>) -> Result<Deletion, StoreError> {
    let confirmed: Option<i64> = r.get(4)?;
    let by: Option<String> = r.get(5)?;
    Ok(Deletion {
        lead: LeadId(r.get(0)?),
        proposed_at: r.get(1)?,
        proposed_by: r.get(2)?,
        reason: r.get(3)?,
        confirmed: confirmed.zip(by),
    })
}

/// Leads on their way out.
pub fn deletions(from: &impl Read) -> Result<Vec<Deletion>, StoreError> {
    from.db().all(DELETIONS, [], deletion)
}

/// What an erasure took out of the tables that hang on an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    pub justifications: usize,
    pub ids: usize,
    pub cited_rows: usize,
    pub leads_of_others: usize,
    pub links: usize,
}

/// Empties justifications, drops id hashes, and takes the code out of what is kept about others.
pub fn erase(window: &Window<'_, '_>, officer: OfficerIndex, code: &str) -> Result<Erased, StoreError> {
    let tx = window.tx();
    for statement in TEXTS_ELSEWHERE {
        tx.run(statement, [code])?;
    }
    for statement in REQUESTS {
        tx.run(statement, [officer])?;
    }
    tx.run(REMOVE_LINKS[0], [officer])?;
    Ok(Erased {
        links: tx.run(REMOVE_LINKS[1], [officer])?,
        justifications: tx.run(BLANK_UNMASKINGS, [officer])?,
        ids: tx.run(REMOVE_IDS, [officer])?,
        cited_rows: tx.run(CITED_ELSEWHERE, [code])?,
        leads_of_others: tx.run(BODIES_ELSEWHERE, [code])?,
    })
}
