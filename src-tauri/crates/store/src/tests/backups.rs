use super::*;
use crate::backup::{self, BackupError};
use crate::{OpenError, ledger, meta};

fn full(dir: &TempDir) -> Store {
    let mut store = furnished(dir);
    store
        .write(|tx| {
            ledger::append(tx, 0, &[1; 32], b"{}", &[])?;
            meta::put(tx, "big", &vec![3; 3 << 20])
        })
        .unwrap();
    for file in store.folder().companions() {
        crate::folder::write_atomic(&file, file.file_name().unwrap().as_encoded_bytes()).unwrap();
    }
    store
}

#[test]
fn a_backup_of_an_open_store_is_a_store_with_the_same_content() {
    let dir = folder();
    let store = full(&dir);
    let target = dir.path().join("backup");
    let mut told = Vec::new();
    let verified = backup::to_with(&store, &target, &mut |thousandths| {
        told.push(thousandths);
        true
    });
    let verified = verified.unwrap();
    assert_eq!(verified.ledger_size, 1);
    assert!(verified.tables.contains(&("officers".into(), 4)));
    assert!(told.iter().all(|t| *t <= 1_000));
    let copy = Store::open(&target, &key()).unwrap();
    assert_eq!(meta::get(&copy, "big").unwrap().unwrap().len(), 3 << 20);
    assert_eq!(copy.facts(), store.facts());
    for (ours, theirs) in store.folder().companions().iter().zip(copy.folder().companions()) {
        assert_eq!(std::fs::read(ours).unwrap(), std::fs::read(theirs).unwrap());
    }
}

#[test]
fn a_backup_never_lands_on_something() {
    let dir = folder();
    let store = full(&dir);
    let target = dir.path().join("backup");
    std::fs::create_dir(&target).unwrap();
    std::fs::write(target.join("thesis.txt"), b"precious").unwrap();
    assert_eq!(backup::to(&store, &target), Err(BackupError::Exists));
    assert_eq!(std::fs::read(target.join("thesis.txt")).unwrap(), b"precious");
}

#[test]
fn a_cancelled_backup_leaves_no_store_behind() {
    let dir = folder();
    let mut store = full(&dir);
    store.write(|tx| meta::put(tx, "bigger", &vec![3; 12 << 20])).unwrap();
    let target = dir.path().join("backup");
    assert_eq!(backup::to_with(&store, &target, &mut |_| false), Err(BackupError::Cancelled));
    assert!(!target.exists());
}

#[test]
fn a_damaged_store_cannot_be_restored_and_the_target_stays_as_it_was() {
    let dir = folder();
    let store = full(&dir);
    let saved = dir.path().join("backup");
    backup::to(&store, &saved).unwrap();
    store.close().unwrap();
    let db = saved.join("store.db");
    let mut bytes = std::fs::read(&db).unwrap();
    let at = bytes.len() - 500;
    bytes[at] ^= 1;
    std::fs::write(&db, bytes).unwrap();
    let target = dir.path().join("store");
    assert_eq!(backup::restore_over(&saved, &target, &key()), Err(BackupError::Source(OpenError::Damaged)));
    assert_eq!(ledger::size(&reopen(&dir)).unwrap(), 1);
}

#[test]
fn a_restore_overwrites_only_when_told_and_keeps_what_was_there() {
    let dir = folder();
    let mut store = full(&dir);
    let saved = dir.path().join("backup");
    backup::to(&store, &saved).unwrap();
    store.write(|tx| ledger::append(tx, 1, &[2; 32], b"{}", &[])).unwrap();
    let target = dir.path().join("store");
    assert_eq!(backup::restore(&saved, &target, &key()), Err(BackupError::Exists));
    assert_eq!(backup::restore_over(&saved, &target, &key()), Err(BackupError::Source(OpenError::InUse)));
    store.close().unwrap();
    assert_eq!(backup::restore_over(&saved, &target, &key()).unwrap().ledger_size, 1);
    assert_eq!(ledger::size(&reopen(&dir)).unwrap(), 1);
    let kept = Store::open(&dir.path().join("store.replaced"), &key()).unwrap();
    assert_eq!(ledger::size(&kept).unwrap(), 2);
    let fresh = dir.path().join("elsewhere");
    assert_eq!(backup::restore(&saved, &fresh, &key()).unwrap().ledger_size, 1);
    assert_eq!(
        backup::restore(&saved, &dir.path().join("x"), &RawKey::new([8; 32])),
        Err(BackupError::Source(OpenError::WrongKey))
    );
}
