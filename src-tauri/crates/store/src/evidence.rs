//! The rows that findings rest on, as they were when the lead was made, and who has looked at them.

use crate::{Read, StoreError, Tx};
use model::{EvidenceRow, ImportId, LeadId, Locator};
use rusqlite::Row;
use std::collections::HashSet;

const INSERT: &str =
    "INSERT INTO evidence (lead, finding, n, import, row, at, until, kind, locator, cells) VALUES";
const TAKEN: &str = "SELECT 1 FROM evidence WHERE locator = ?1";
const PAGE: &str = "SELECT lead, finding, n, import, row, at, until, kind, locator, cells FROM evidence
    WHERE lead = ?1 AND finding = ?2 AND n >= ?3 ORDER BY n LIMIT ?4";
const OF_LEAD: &str = "SELECT lead, finding, n, import, row, at, until, kind, locator, cells FROM evidence
    WHERE lead = ?1 ORDER BY finding, n";
const BY_LOCATOR: &str = "SELECT lead, finding, n, import, row, at, until, kind, locator, cells FROM evidence
    WHERE locator = ?1";
const COUNT: &str =
    "SELECT finding, count(*) FROM evidence WHERE lead = ?1 GROUP BY finding ORDER BY finding";
const CLEAR: &str = "DELETE FROM evidence WHERE lead = ?1";
const OPEN: &str =
    "INSERT INTO evidence_opened (lead, member, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const OPENED: &str = "SELECT at FROM evidence_opened WHERE lead = ?1 AND member = ?2";

/// Draws for one locator; with 30 bits and a million rows, one draw in a thousand is taken already.
const MAX_DRAWS: u32 = 64;

/// A cited row with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    pub lead: LeadId,
    /// Position of the finding in its lead.
    pub finding: u32,
    /// Position of the row in its finding.
    pub n: u32,
    pub locator: Locator,
    pub row: EvidenceRow,
}

fn cited(r: &Row<'_>) -> Result<Cited, StoreError> {
    let Ok(kind) = r.get_ref(7)?.as_str()?.parse() else { return Err(StoreError::Malformed("kind")) };
    let Ok(cells) = serde_json::from_str(r.get_ref(9)?.as_str()?) else {
        return Err(StoreError::Malformed("cells"));
    };
    let row = EvidenceRow {
        import: ImportId(r.get(3)?),
        row: r.get(4)?,
        kind,
        at: r.get(5)?,
        until: r.get(6)?,
        cells,
    };
    let locator = Locator::from_bits(r.get(8)?);
    Ok(Cited { lead: LeadId(r.get(0)?), finding: r.get(1)?, n: r.get(2)?, locator, row })
}

/// Adds the rows of one finding, each under a locator from `draw` (random bits) that is free in the store.
pub fn insert(
    tx: &Tx<'_>,
    lead: LeadId,
    finding: u32,
    rows: &[EvidenceRow],
    draw: &mut dyn FnMut() -> u32,
) -> Result<(), StoreError> {
    let locators = locators(tx, rows.len(), draw)?;
    let cells = rows.iter().map(|row| serde_json::to_string(&row.cells)).collect::<Result<Vec<_>, _>>();
    let cells = cells.map_err(|_| StoreError::Malformed("cells"))?;
    let placed: Vec<_> = rows.iter().zip(cells).zip(locators).enumerate().collect();
    tx.insert_many(INSERT, "", &placed, |(n, ((row, cells), locator))| {
        [
            lead.0.into(),
            finding.into(),
            (*n as u32).into(),
            row.import.0.into(),
            row.row.into(),
            row.at.into(),
            row.until.into(),
            row.kind.as_str().to_owned().into(),
            locator.bits().into(),
            cells.clone().into(),
        ]
    })
}

/// So many locators that nothing in the store has.
fn locators(tx: &Tx<'_>, many: usize, draw: &mut dyn FnMut() -> u32) -> Result<Vec<Locator>, StoreError> {
    let mut taken = tx.prepare(TAKEN)?;
    let mut drawn = HashSet::with_capacity(many);
    let mut locators = Vec::with_capacity(many);
    for _ in 0..many {
        let mut locator = Locator::from_bits(draw());
        for _ in 0..MAX_DRAWS {
            if !drawn.contains(&locator.bits()) && !taken.exists([locator.bits()])? {
                break;
            }
            locator = Locator::from_bits(draw());
        }
        drawn.insert(locator.bits());
        locators.push(locator);
    }
    Ok(locators)
}

fn collect(
    from: &impl Read,
    statement: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Cited>, StoreError> {
    from.db().all(statement, values, cited)
}

/// Rows of one finding from position `first`, in their order.
pub fn page(
    from: &impl Read,
    lead: LeadId,
    finding: u32,
    first: u32,
    limit: u32,
) -> Result<Vec<Cited>, StoreError> {
    collect(from, PAGE, (lead.0, finding, first, limit))
}

/// Every row of a lead.
pub fn of_lead(from: &impl Read, lead: LeadId) -> Result<Vec<Cited>, StoreError> {
    collect(from, OF_LEAD, [lead.0])
}

/// The row behind a locator.
pub fn find(from: &impl Read, locator: Locator) -> Result<Option<Cited>, StoreError> {
    from.db().maybe(BY_LOCATOR, [locator.bits()], cited)
}

/// How many rows each finding of a lead cites.
pub fn counts(from: &impl Read, lead: LeadId) -> Result<Vec<(u32, u64)>, StoreError> {
    from.db().all(COUNT, [lead.0], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as u64)))
}

/// Takes the rows of a lead away before a later run writes new ones.
pub fn clear(tx: &Tx<'_>, lead: LeadId) -> Result<usize, StoreError> {
    tx.run(CLEAR, [lead.0])
}

/// Records that a member looked at the rows; the first time counts.
pub fn set_opened(tx: &Tx<'_>, lead: LeadId, member: &str, at: i64) -> Result<(), StoreError> {
    tx.run(OPEN, (lead.0, member, at)).map(drop)
}

/// When a member first looked at the rows.
pub fn opened(from: &impl Read, lead: LeadId, member: &str) -> Result<Option<i64>, StoreError> {
    from.db().maybe(OPENED, (lead.0, member), |r| Ok(r.get(0)?))
}
