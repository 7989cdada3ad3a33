//! Recusals: who stands back from a lead, and from every other that concerns one of its people.

use crate::{Read, StoreError, Tx};
use model::LeadId;

const INSERT: &str = "INSERT INTO recusals (lead, member, at, reason) VALUES (?1, ?2, ?3, ?4)";
/// Whether member ?2 stands back from lead ?1, which `hides` asks of `l.id`.
const HIDDEN: &str = "EXISTS (SELECT 1 FROM recusals r WHERE r.member = ?2 AND (r.lead = ?1 OR EXISTS (
    SELECT 1 FROM lead_members theirs JOIN lead_members own ON own.officer = theirs.officer
    WHERE theirs.lead = r.lead AND own.lead = ?1)))";
const OF_LEAD: &str = "SELECT member, at, reason FROM recusals WHERE lead = ?1 ORDER BY at, member";

/// One recusal as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    pub by: String,
    pub at: i64,
    pub reason: String,
}

/// The condition that hides lead `lead` from the member in `member`, both SQL expressions.
pub(crate) fn hides(lead: &str, member: &str) -> String {
    HIDDEN.replace("?1", lead).replace("?2", member)
}

/// Records that a member stands back from a lead.
pub fn insert(tx: &Tx<'_>, lead: LeadId, by: &str, at: i64, reason: &str) -> Result<(), StoreError> {
    tx.run(INSERT, (lead.0, by, at, reason)).map(drop)
}

/// Whether a lead is hidden from a member.
pub fn is_hidden(from: &impl Read, lead: LeadId, member: &str) -> Result<bool, StoreError> {
    from.db().one(&format!("SELECT {HIDDEN}"), (lead.0, member), |r| Ok(r.get(0)?))
}

/// Who stood back from a lead, first first.
pub fn of_lead(from: &impl Read, lead: LeadId) -> Result<Vec<Recusal>, StoreError> {
    from.db().all(OF_LEAD, [lead.0], |r| Ok(Recusal { by: r.get(0)?, at: r.get(1)?, reason: r.get(2)? }))
}
