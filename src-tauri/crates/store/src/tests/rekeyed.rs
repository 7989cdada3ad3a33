use super::*;
use crate::{OpenError, ledger, meta, rekey};

fn other() -> RawKey {
    RawKey::new([8; 32])
}

/// A store with some content, and the copy of it under another key beside it.
fn prepared(dir: &TempDir) -> std::path::PathBuf {
    let mut store = furnished(dir);
    store
        .write(|tx| {
            ledger::append(tx, 0, &[1; 32], b"{}", &[])?;
            meta::put(tx, "big", &vec![3; 3 << 20])
        })
        .unwrap();
    let root = store.folder().root().to_owned();
    rekey::prepare(&store, &other(), b"sealed to those who stay").unwrap();
    store.close().unwrap();
    root
}

fn beside(root: &std::path::Path) -> Vec<String> {
    let parent = std::fs::read_dir(root.parent().unwrap()).unwrap();
    let mut names: Vec<_> = parent.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn is_under_the_new_key(root: &std::path::Path) {
    assert_eq!(Store::open(root, &key()).unwrap_err(), OpenError::WrongKey);
    let store = Store::open(root, &other()).unwrap();
    store.integrity().unwrap();
    assert_eq!(ledger::size(&store).unwrap(), 1);
    assert_eq!(meta::get(&store, "big").unwrap().unwrap().len(), 3 << 20);
    assert_eq!(std::fs::read(store.folder().keys()).unwrap(), b"sealed to those who stay");
    assert_eq!(beside(root), [root.file_name().unwrap().to_str().unwrap()]);
}

#[test]
fn a_store_under_another_key_holds_what_it_held_and_the_old_key_opens_nothing() {
    let dir = folder();
    let root = prepared(&dir);
    rekey::swap(&root).unwrap();
    is_under_the_new_key(&root);
}

#[test]
fn a_copy_that_was_never_put_in_place_goes_and_the_store_is_as_it_was() {
    let dir = folder();
    let root = prepared(&dir);
    rekey::settle(&root).unwrap();
    assert_eq!(beside(&root), [root.file_name().unwrap().to_str().unwrap()]);
    assert_eq!(ledger::size(&Store::open(&root, &key()).unwrap()).unwrap(), 1);
}

#[test]
fn a_crash_between_taking_the_old_folder_away_and_putting_the_new_one_there_is_finished_later() {
    let dir = folder();
    let root = prepared(&dir);
    std::fs::rename(&root, root.with_extension("before")).unwrap();
    rekey::settle(&root).unwrap();
    is_under_the_new_key(&root);
}

#[test]
fn a_crash_before_the_old_folder_was_removed_is_finished_later() {
    let dir = folder();
    let root = prepared(&dir);
    std::fs::rename(&root, root.with_extension("before")).unwrap();
    std::fs::rename(root.with_extension("rekeyed"), &root).unwrap();
    rekey::settle(&root).unwrap();
    is_under_the_new_key(&root);
}
