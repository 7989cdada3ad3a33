//! Proposals that two codes are one officer, and what people decided about them.

use crate::{Read, StoreError, Tx};
use model::{ImportId, OfficerIndex};

const PUT: &str = "INSERT INTO link_proposals (provisional, officer, rule, confidence, import)
    VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (provisional, officer) DO UPDATE SET rule = excluded.rule, confidence = excluded.confidence
    WHERE excluded.confidence > confidence";
const ALL: &str = "SELECT p.id, p.provisional, p.officer, p.rule, p.confidence, p.import, d.linked, d.at, d.member, d.reason
    FROM link_proposals p
    LEFT JOIN link_decisions d ON d.id = (SELECT max(id) FROM link_decisions WHERE proposal = p.id)
    JOIN officers o ON o.idx = p.provisional
    WHERE o.provisional = 1
    ORDER BY p.confidence DESC, p.id";
const DECIDE: &str =
    "INSERT INTO link_decisions (proposal, linked, at, member, reason) VALUES (?1, ?2, ?3, ?4, ?5)";
const LINKED: &str = "SELECT p.provisional, p.officer FROM link_proposals p
    JOIN link_decisions d ON d.id = (SELECT max(id) FROM link_decisions WHERE proposal = p.id)
    JOIN officers o ON o.idx = p.provisional
    WHERE d.linked = 1 AND o.provisional = 1 ORDER BY p.provisional";

/// What an import noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProposal {
    pub provisional: OfficerIndex,
    pub officer: OfficerIndex,
    /// A short code, such as `leading_zeros`.
    pub rule: String,
    /// 1 to 100.
    pub confidence: u8,
}

/// A proposal and the newest decision on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: u32,
    pub provisional: OfficerIndex,
    pub officer: OfficerIndex,
    pub rule: String,
    pub confidence: u8,
    pub import: ImportId,
    pub decision: Option<Decision>,
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub linked: bool,
    pub at: i64,
    pub by: String,
    pub reason: String,
}

/// Adds proposals; one made before keeps its number and its decision, and the surer reason.
pub fn put(tx: &Tx<'_>, import: ImportId, new: &[NewProposal]) -> Result<(), StoreError> {
    for p in new {
        tx.run(PUT, (p.provisional, p.officer, &p.rule, p.confidence, import.0))?;
    }
    Ok(())
}

/// Every proposal about a code that is still not on the roll, the surest first.
pub fn all(from: &impl Read) -> Result<Vec<Proposal>, StoreError> {
    from.db().all(ALL, [], |r| {
        let decision = match r.get::<_, Option<bool>>(6)? {
            Some(linked) => Some(Decision { linked, at: r.get(7)?, by: r.get(8)?, reason: r.get(9)? }),
            None => None,
        };
        Ok(Proposal {
            id: r.get(0)?,
            provisional: r.get(1)?,
            officer: r.get(2)?,
            rule: r.get(3)?,
            confidence: r.get(4)?,
            import: ImportId(r.get(5)?),
            decision,
        })
    })
}

/// Adds a decision, which supersedes the one before.
pub fn decide(tx: &Tx<'_>, proposal: u32, decision: &Decision) -> Result<(), StoreError> {
    tx.run(DECIDE, (proposal, decision.linked, decision.at, &decision.by, &decision.reason))?;
    Ok(())
}

/// Who stands for whom at present: (provisional, officer). A code that a later roll names stands for itself again.
pub fn linked(from: &impl Read) -> Result<Vec<(OfficerIndex, OfficerIndex)>, StoreError> {
    from.db().all(LINKED, [], |r| Ok((r.get(0)?, r.get(1)?)))
}
