//! Decisions: append-only, each superseding the last one on its lead.

use crate::{Read, StoreError, Tx};
use model::{Decision, LeadId};
use rusqlite::Row;

const INSERT: &str = "INSERT INTO decisions (lead, at, member, outcome, reason, agreements, supersedes)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT max(id) FROM decisions WHERE lead = ?1))";
const OF_LEAD: &str = "SELECT id, lead, at, member, outcome, reason, agreements, supersedes FROM decisions
    WHERE lead = ?1 ORDER BY id";
const SINCE: &str = "SELECT id, lead, at, member, outcome, reason, agreements, supersedes FROM decisions
    WHERE at >= ?1 ORDER BY id";

/// A decision as it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub id: u32,
    pub lead: LeadId,
    pub at: i64,
    pub by: String,
    pub decision: Decision,
    pub supersedes: Option<u32>,
}

fn taken(r: &Row<'_>) -> Result<Taken, StoreError> {
    let outcome = serde_json::from_value(r.get::<_, String>(4)?.into());
    let agreements = serde_json::from_str(r.get_ref(6)?.as_str()?);
    let (Ok(outcome), Ok(agreements)) = (outcome, agreements) else {
        return Err(StoreError::Malformed("decision"));
    };
    let decision = Decision { outcome, reason: r.get(5)?, agreements };
    Ok(Taken {
        id: r.get(0)?,
        lead: LeadId(r.get(1)?),
        at: r.get(2)?,
        by: r.get(3)?,
        decision,
        supersedes: r.get(7)?,
    })
}

/// Records a decision; it supersedes the last one on the lead. Returns its number.
pub fn insert(tx: &Tx<'_>, lead: LeadId, at: i64, by: &str, decision: &Decision) -> Result<u32, StoreError> {
    let malformed = |_| StoreError::Malformed("decision");
    let outcome = serde_json::to_value(decision.outcome).map_err(malformed)?;
    let agreements = serde_json::to_string(&decision.agreements).map_err(malformed)?;
    let outcome = outcome.as_str().unwrap_or_default();
    tx.run(INSERT, (lead.0, at, by, outcome, &decision.reason, agreements))?;
    Ok(tx.last_id() as u32)
}

fn collect(from: &impl Read, statement: &str, value: i64) -> Result<Vec<Taken>, StoreError> {
    from.db().all(statement, [value], taken)
}

/// Decisions on a lead, oldest first; the last one stands.
pub fn of_lead(from: &impl Read, lead: LeadId) -> Result<Vec<Taken>, StoreError> {
    collect(from, OF_LEAD, lead.0.into())
}

/// Decisions on any lead from a moment on.
pub fn since(from: &impl Read, at: i64) -> Result<Vec<Taken>, StoreError> {
    collect(from, SINCE, at)
}
