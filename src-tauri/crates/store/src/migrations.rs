//! The numbered migrations of `schemas/store`. A store written by a newer program is refused and left untouched.

use crate::OpenError;
use rusqlite::{Connection, TransactionBehavior};

/// In order; the database's `user_version` counts those it has had.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../../../../schemas/store/0001_people.sql"),
    include_str!("../../../../schemas/store/0002_imports.sql"),
    include_str!("../../../../schemas/store/0003_leads.sql"),
    include_str!("../../../../schemas/store/0004_ledger.sql"),
    include_str!("../../../../schemas/store/0005_lives.sql"),
    include_str!("../../../../schemas/store/0006_packs.sql"),
    include_str!("../../../../schemas/store/0007_names.sql"),
    include_str!("../../../../schemas/store/0008_apart.sql"),
    include_str!("../../../../schemas/store/0009_lead_packs.sql"),
    include_str!("../../../../schemas/store/0010_retention.sql"),
    include_str!("../../../../schemas/store/0011_erased.sql"),
    include_str!("../../../../schemas/store/0012_erasure_reaches.sql"),
];

/// Schema number this program writes.
pub const KNOWN: u32 = MIGRATIONS.len() as u32;

/// `CSGN`: marks a database as a store's.
const APPLICATION_ID: i64 = 0x4353_474E;

const READ_APPLICATION: &str = "PRAGMA application_id";
const READ_VERSION: &str = "PRAGMA user_version";

/// Refuses databases that are not a store's, or newer than this program. Writes nothing.
pub(crate) fn check(sql: &Connection) -> Result<(), OpenError> {
    let application: i64 = sql.query_row(READ_APPLICATION, [], |r| r.get(0))?;
    let found = version(sql)?;
    if application != APPLICATION_ID || found == 0 {
        return Err(OpenError::NotAStore);
    }
    if found > KNOWN { Err(OpenError::Newer { found, known: KNOWN }) } else { Ok(()) }
}

pub(crate) fn version(sql: &Connection) -> Result<u32, rusqlite::Error> {
    sql.query_row(READ_VERSION, [], |r| r.get(0))
}

/// Applies the migrations a database has not had yet, all or none.
pub(crate) fn apply(sql: &mut Connection) -> Result<(), rusqlite::Error> {
    let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let had = version(&tx)? as usize;
    if had < MIGRATIONS.len() {
        for migration in &MIGRATIONS[had..] {
            tx.execute_batch(migration)?;
        }
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", KNOWN)?;
    }
    tx.commit()
}
