use super::*;
use crate::backup::{self, BackupError};
use crate::{OpenError, ledger, meta};

/// A day number; the clock of a test stands there too.
const UNTIL: i32 = 20_000;

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
    let verified = backup::to_with(&store, &target, None, &mut |thousandths| {
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
    assert_eq!(backup::to(&store, &target, UNTIL), Err(BackupError::Exists));
    assert_eq!(std::fs::read(target.join("thesis.txt")).unwrap(), b"precious");
}

#[test]
fn a_cancelled_backup_leaves_no_store_behind() {
    let dir = folder();
    let mut store = full(&dir);
    store.write(|tx| meta::put(tx, "bigger", &vec![3; 12 << 20])).unwrap();
    let target = dir.path().join("backup");
    assert_eq!(backup::to_with(&store, &target, None, &mut |_| false), Err(BackupError::Cancelled));
    assert!(!target.exists());
}

#[test]
fn a_damaged_store_cannot_be_restored_and_the_target_stays_as_it_was() {
    let dir = folder();
    let store = full(&dir);
    let saved = dir.path().join("backup");
    backup::to(&store, &saved, UNTIL).unwrap();
    store.close().unwrap();
    let db = saved.join("store.db");
    let mut bytes = std::fs::read(&db).unwrap();
    let at = bytes.len() - 500;
    bytes[at] ^= 1;
    std::fs::write(&db, bytes).unwrap();
    let target = dir.path().join("fresh");
    let damaged = Err(BackupError::Source(OpenError::Damaged));
    assert_eq!(backup::restore(&saved, &target, &key(), UNTIL), damaged);
    assert!(!target.exists());
}

#[test]
fn a_restore_never_lands_on_something_and_needs_the_key() {
    let dir = folder();
    let mut store = full(&dir);
    let saved = dir.path().join("backup");
    backup::to(&store, &saved, UNTIL).unwrap();
    store.write(|tx| ledger::append(tx, 1, &[2; 32], b"{}", &[])).unwrap();
    let restore = |target: &str, key: &RawKey, today| {
        backup::restore(&saved, &dir.path().join(target), key, today).map(|copy| copy.ledger_size)
    };
    assert_eq!(restore("store", &key(), UNTIL), Err(BackupError::Exists));
    assert_eq!(ledger::size(&store).unwrap(), 2);
    let other = RawKey::new([8; 32]);
    assert_eq!(restore("x", &other, UNTIL), Err(BackupError::Source(OpenError::WrongKey)));
    assert_eq!(restore("elsewhere", &key(), UNTIL), Ok(1));
}

#[test]
fn a_backup_is_marked_as_one_expires_and_what_is_restored_is_a_store_again() {
    let dir = folder();
    let store = full(&dir);
    let saved = dir.path().join("backup");
    backup::to(&store, &saved, UNTIL).unwrap();
    assert_eq!(backup::until(&store), Ok(None));
    assert_eq!(backup::until(&Store::open(&saved, &key()).unwrap()), Ok(Some(UNTIL)));
    let late = backup::restore(&saved, &dir.path().join("late"), &key(), UNTIL + 1);
    assert_eq!(late, Err(BackupError::Expired(UNTIL)));
    assert!(!dir.path().join("late").exists());
    let target = dir.path().join("in time");
    backup::restore(&saved, &target, &key(), UNTIL).unwrap();
    assert_eq!(backup::until(&Store::open(&target, &key()).unwrap()), Ok(None));
}
