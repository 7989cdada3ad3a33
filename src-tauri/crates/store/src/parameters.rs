//! Settings of indicators that a force changed: append-only, the last change of each is in force.

use crate::{Read, StoreError, Tx};
use rusqlite::Row;

const INSERT: &str = "INSERT INTO parameter_changes (at, member, indicator, name, before, after)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ALL: &str = "SELECT at, member, indicator, name, before, after FROM parameter_changes ORDER BY id";

/// One change of one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub at: i64,
    pub by: String,
    pub indicator: String,
    pub name: String,
    pub before: i64,
    pub after: i64,
}

fn change(r: &Row<'_>) -> Result<Change, StoreError> {
    Ok(Change {
        at: r.get(0)?,
        by: r.get(1)?,
        indicator: r.get(2)?,
        name: r.get(3)?,
        before: r.get(4)?,
        after: r.get(5)?,
    })
}

/// Records a change.
pub fn insert(tx: &Tx<'_>, c: &Change) -> Result<(), StoreError> {
    tx.run(INSERT, (c.at, &c.by, &c.indicator, &c.name, c.before, c.after)).map(drop)
}

/// Every change, oldest first.
pub fn all(from: &impl Read) -> Result<Vec<Change>, StoreError> {
    from.db().all(ALL, [], change)
}
