//! Erasures: the only moment in which append-only tables give way, bound to a receipt in the same transaction.

use crate::{Read, StoreError, Tx};

const NEXT: &str = "SELECT coalesce(max(id) + 1, 1) FROM erasures";
const OPEN: &str = "INSERT INTO erasure_window (receipt) VALUES (?1)";
const RECEIPT: &str = "INSERT INTO erasures (id, at, member, rule, counts) VALUES (?1, ?2, ?3, ?4, ?5)";
const CLOSE: &str = "DELETE FROM erasure_window WHERE receipt = ?1";
const MARK: &str = "INSERT INTO erased (mark, receipt) VALUES (?1, ?2) ON CONFLICT (mark) DO NOTHING";
const MARKS: &str = "SELECT mark FROM erased ORDER BY mark";
const ALL: &str = "SELECT id, at, member, rule, counts FROM erasures ORDER BY id";

/// What an erasure leaves behind: counts and the rule, never content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub id: u32,
    pub at: i64,
    pub member: String,
    pub rule: String,
    /// JSON of counts by table.
    pub counts: String,
}

/// Proof that an erasure is under way; what erases asks for it.
#[derive(Debug)]
pub struct Window<'w, 'c> {
    tx: &'w Tx<'c>,
    receipt: u32,
}

impl<'c> Window<'_, 'c> {
    pub(crate) fn tx(&self) -> &Tx<'c> {
        self.tx
    }
}

/// Runs an erasure; `work` returns the counts for the receipt. Without the receipt nothing commits.
pub fn run<E: From<StoreError>>(
    tx: &Tx<'_>,
    at: i64,
    member: &str,
    rule: &str,
    work: impl FnOnce(&Window<'_, '_>) -> Result<String, E>,
) -> Result<Receipt, E> {
    let id: u32 = tx.db().one(NEXT, [], |r| Ok(r.get(0)?))?;
    tx.run(OPEN, [id])?;
    let counts = work(&Window { tx, receipt: id })?;
    tx.run(RECEIPT, (id, at, member, rule, &counts))?;
    tx.run(CLOSE, [id])?;
    Ok(Receipt { id, at, member: member.to_owned(), rule: rule.to_owned(), counts })
}

pub fn all(from: &impl Read) -> Result<Vec<Receipt>, StoreError> {
    from.db().all(ALL, [], |r| {
        Ok(Receipt { id: r.get(0)?, at: r.get(1)?, member: r.get(2)?, rule: r.get(3)?, counts: r.get(4)? })
    })
}

/// Marks what goes, so that a backup of before can be brought up to date; the mark itself says nothing.
pub fn mark(window: &Window<'_, '_>, mark: &str) -> Result<(), StoreError> {
    window.tx.run(MARK, (mark, window.receipt)).map(drop)
}

/// The marks of everything that was erased.
pub fn marks(from: &impl Read) -> Result<Vec<String>, StoreError> {
    from.db().all(MARKS, [], |r| Ok(r.get(0)?))
}
