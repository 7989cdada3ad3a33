//! Tests as sentences, over real folders.

mod append_only;
mod backups;
mod crash;
mod folders;
mod measure;
mod opening;
mod queue;
mod rekeyed;
mod secrecy;
mod segments;
mod tables;
mod triggers;

use crate::leads::LeadText;
use crate::officers::Officer;
use crate::{Policy, RawKey, Store, StoreError, Tx, imports, officers, runs};
use model::{ImportId, Priority, Pseudonym, Route, SourceKind, StoreId, Subject};
use std::cell::Cell;
use tempfile::TempDir;

thread_local! {
    static SABOTAGE: Cell<Option<fn(&rusqlite::Connection)>> = const { Cell::new(None) };
}

/// Called by `settings::apply` between setting and asking back.
pub(crate) fn sabotage(sql: &rusqlite::Connection) {
    if let Some(break_one) = SABOTAGE.get() {
        break_one(sql);
    }
}

fn key() -> RawKey {
    RawKey::new([7; 32])
}

fn id() -> StoreId {
    StoreId::from_bytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn new_store(dir: &TempDir) -> Store {
    Store::create(&dir.path().join("store"), &key(), &id(), Policy::Recorded).unwrap()
}

fn reopen(dir: &TempDir) -> Store {
    Store::open(&dir.path().join("store"), &key()).unwrap()
}

fn import(number: u32) -> imports::Import {
    imports::Import {
        id: ImportId(number),
        kind: SourceKind::Duties,
        file: "duties.csv".into(),
        sha256: [number as u8; 32],
        mapping_toml: "kind = \"duties\"".into(),
        gate_json: "{}".into(),
        report_json: "{}".into(),
        at: 1_700_000_000,
        by: "member-1".into(),
        first_day: 20_000,
        last_day: 20_100,
        rows: 12,
        zone: "Europe/London".into(),
    }
}

fn officer(index: u32) -> Officer {
    let pseudonym = Pseudonym::from_bits(u64::from(index) * 7_919 + 13);
    Officer { index, pseudonym, provisional: index % 2 == 1, first_import: ImportId(1) }
}

/// One import, four officers and a run.
fn furnish(tx: &Tx<'_>) -> Result<(), StoreError> {
    officers::insert(tx, &[officer(0), officer(1), officer(2), officer(3)])?;
    imports::insert(tx, &import(1))?;
    runs::insert(tx, 5, b"cards", "{}").map(drop)
}

fn furnished(dir: &TempDir) -> Store {
    let mut store = new_store(dir);
    store.write(furnish).unwrap();
    store
}

fn lead(officer: u32, strength: i64) -> LeadText {
    LeadText {
        run: 1,
        subject: Subject::Officer(self::officer(officer).pseudonym),
        members: vec![officer],
        route: Route::Conduct,
        priority: Priority::Normal,
        first_day: 20_000,
        last_day: 20_050,
        strength,
        two_sources: false,
        indicators: vec!["overtime-clash".into()],
        summary_json: "{\"sentence\":\"s\"}".into(),
        body_json: "{\"body\":1}".into(),
        search: "OFC-0000-0001 Overtime clash UNIT-4F".into(),
    }
}
