//! Decisions drawn for a second, blind look by somebody else.

use crate::{Read, StoreError, Tx};
use model::{Decision, LeadId, Outcome};
use rusqlite::Row;

const DRAW: &str = "INSERT INTO second_reviews (decision, lead) VALUES (?1, ?2)";
const DROP_WAITING: &str = "DELETE FROM second_reviews WHERE lead = ?1 AND at IS NULL";
const WAITING: &str = "SELECT s.decision FROM second_reviews s JOIN decisions d ON d.id = s.decision
    WHERE s.lead = ?1 AND s.at IS NULL AND d.member <> ?2";
const ALL_WAITING: &str = "SELECT s.lead FROM second_reviews s JOIN decisions d ON d.id = s.decision
    WHERE s.at IS NULL AND d.member <> ?1";
const TAKE: &str =
    "UPDATE second_reviews SET at = ?2, member = ?3, outcome = ?4, reason = ?5, agreements = ?6
    WHERE decision = ?1 AND at IS NULL";
const TAKEN: &str = "SELECT decision, lead, at, member, outcome, reason, agreements FROM second_reviews
    WHERE at IS NOT NULL ORDER BY decision";
const COUNT_WAITING: &str = "SELECT count(*) FROM second_reviews WHERE at IS NULL";

/// A second look as it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Second {
    /// The decision it looked at again.
    pub first: u32,
    pub lead: LeadId,
    pub at: i64,
    pub by: String,
    pub decision: Decision,
}

fn second(r: &Row<'_>) -> Result<Second, StoreError> {
    let outcome: Result<Outcome, _> = serde_json::from_value(r.get::<_, String>(4)?.into());
    let agreements = serde_json::from_str(r.get_ref(6)?.as_str()?);
    let (Ok(outcome), Ok(agreements)) = (outcome, agreements) else {
        return Err(StoreError::Malformed("second review"));
    };
    Ok(Second {
        first: r.get(0)?,
        lead: LeadId(r.get(1)?),
        at: r.get(2)?,
        by: r.get(3)?,
        decision: Decision { outcome, reason: r.get(5)?, agreements },
    })
}

/// The condition that a lead waits for a second look by the member, both SQL expressions.
pub(crate) fn waits(lead: &str, member: &str) -> String {
    format!("EXISTS ({})", WAITING.replace("?1", lead).replace("?2", member))
}

/// Draws a decision for a second look.
pub fn draw(tx: &Tx<'_>, decision: u32, lead: LeadId) -> Result<(), StoreError> {
    tx.run(DRAW, (decision, lead.0)).map(drop)
}

/// Forgets what waits on a lead whose decision no longer stands.
pub fn drop_waiting(tx: &Tx<'_>, lead: LeadId) -> Result<(), StoreError> {
    tx.run(DROP_WAITING, [lead.0]).map(drop)
}

/// The decision on a lead that waits for a second look by this member, if one does.
pub fn waiting(from: &impl Read, lead: LeadId, member: &str) -> Result<Option<u32>, StoreError> {
    from.db().maybe(WAITING, (lead.0, member), |r| Ok(r.get(0)?))
}

/// Every lead that waits for a second look by this member.
pub fn all_waiting(from: &impl Read, member: &str) -> Result<Vec<LeadId>, StoreError> {
    from.db().all(ALL_WAITING, [member], |r| Ok(LeadId(r.get(0)?)))
}

/// Records a second look; the first one counts.
pub fn take(tx: &Tx<'_>, first: u32, at: i64, by: &str, decision: &Decision) -> Result<(), StoreError> {
    let malformed = |_| StoreError::Malformed("second review");
    let outcome = serde_json::to_value(decision.outcome).map_err(malformed)?;
    let agreements = serde_json::to_string(&decision.agreements).map_err(malformed)?;
    let outcome = outcome.as_str().unwrap_or_default();
    match tx.run(TAKE, (first, at, by, outcome, &decision.reason, agreements))? {
        1 => Ok(()),
        _ => Err(StoreError::Missing),
    }
}

/// Every second look taken, in order of the decisions.
pub fn taken(from: &impl Read) -> Result<Vec<Second>, StoreError> {
    from.db().all(TAKEN, [], second)
}

/// How many decisions wait, whoever may look.
pub fn count_waiting(from: &impl Read) -> Result<u64, StoreError> {
    Ok(from.db().one(COUNT_WAITING, [], |r| Ok(r.get::<_, i64>(0)?))? as u64)
}
