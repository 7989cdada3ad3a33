use super::*;
use crate::settings::{self, Mode};
use crate::{OpenError, meta, name_index};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use std::os::unix::fs::PermissionsExt;

fn run(sql: &Connection, statement: &str) {
    let mut prepared = sql.prepare(statement).unwrap();
    let mut rows = prepared.query([]).unwrap();
    while rows.next().unwrap().is_some() {}
}

#[test]
fn a_store_opens_again_with_its_key_and_its_facts_can_be_read_without() {
    let dir = folder();
    let mut store = new_store(&dir);
    store.write(|tx| meta::put(tx, meta::NAME, b"Trial")).unwrap();
    store.close().unwrap();
    let facts = crate::Facts::read(&crate::Folder::new(dir.path().join("store"))).unwrap();
    assert_eq!((facts.id, facts.policy), (id(), Policy::Recorded));
    let store = reopen(&dir);
    assert_eq!(meta::text(&store, meta::NAME).unwrap().as_deref(), Some("Trial"));
    assert_eq!(store.integrity(), Ok(()));
}

#[test]
fn each_setting_that_does_not_hold_keeps_the_store_shut() {
    type Break = fn(&Connection);
    let cases: &[(&str, Break)] = &[
        ("cache_size", |c| run(c, "PRAGMA cache_size = 100")),
        ("temp_store", |c| run(c, "PRAGMA temp_store = 1")),
        ("secure_delete", |c| run(c, "PRAGMA secure_delete = 0")),
        ("foreign_keys", |c| run(c, "PRAGMA foreign_keys = 0")),
        ("recursive_triggers", |c| run(c, "PRAGMA recursive_triggers = 0")),
        ("trusted_schema", |c| run(c, "PRAGMA trusted_schema = 1")),
        ("cell_size_check", |c| run(c, "PRAGMA cell_size_check = 0")),
        ("busy_timeout", |c| run(c, "PRAGMA busy_timeout = 0")),
        ("synchronous", |c| run(c, "PRAGMA synchronous = NORMAL")),
        ("journal_mode", |c| run(c, "PRAGMA journal_mode = DELETE")),
        ("defensive", |c| drop(c.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false))),
        ("writable_schema", |c| drop(c.set_db_config(DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, true))),
        ("attach_create", |c| drop(c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, true))),
        ("attach_write", |c| drop(c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, true))),
        ("double_quoted_strings", |c| drop(c.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, true))),
        ("triggers", |c| drop(c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false))),
        ("tokenizers", |c| drop(c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, true))),
        ("attach", |c| drop(c.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 5))),
    ];
    let dir = folder();
    new_store(&dir).close().unwrap();
    for (name, sabotage) in cases {
        SABOTAGE.set(Some(*sabotage));
        let opened = Store::open(&dir.path().join("store"), &key()).map(drop);
        SABOTAGE.set(None);
        assert_eq!(opened, Err(OpenError::Settings(name)));
    }
    let reader = reopen(&dir).reader().unwrap();
    assert!(settings::verify(crate::Read::db(&reader).0, Mode::Read).is_ok());
}

#[test]
fn an_unencrypted_connection_does_not_pass_as_a_store() {
    let dir = folder();
    let plain = Connection::open(dir.path().join("plain.db")).unwrap();
    assert!(settings::verify(&plain, Mode::Write).is_err());
}

#[test]
fn a_wrong_key_is_told_from_a_damaged_first_page() {
    let dir = folder();
    new_store(&dir).close().unwrap();
    let path = dir.path().join("store");
    assert_eq!(Store::open(&path, &RawKey::new([8; 32])).map(drop), Err(OpenError::WrongKey));
    let db = path.join("store.db");
    let mut bytes = std::fs::read(&db).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&db, bytes).unwrap();
    assert_eq!(Store::open(&path, &key()).map(drop), Err(OpenError::Damaged));
}

#[test]
fn a_flipped_byte_in_any_page_is_found_before_it_is_believed() {
    let dir = folder();
    let mut store = furnished(&dir);
    store.write(|tx| name_index::put(tx, ImportId(1), &vec![b'x'; 200_000])).unwrap();
    store.close().unwrap();
    let db = dir.path().join("store/store.db");
    let good = std::fs::read(&db).unwrap();
    let pages = good.len() / settings::PAGE_SIZE as usize;
    assert!(pages > 12);
    for page in [1, pages / 2, pages - 1] {
        let mut bad = good.clone();
        bad[page * settings::PAGE_SIZE as usize + 777] ^= 0x40;
        std::fs::write(&db, bad).unwrap();
        match Store::open(&dir.path().join("store"), &key()) {
            Ok(store) => assert_eq!(store.integrity(), Err(StoreError::Damaged), "page {page}"),
            Err(e) => assert_eq!(e, OpenError::Damaged),
        }
    }
    let mut bad = good.clone();
    bad[(pages - 1) * settings::PAGE_SIZE as usize + 777] ^= 0x40;
    std::fs::write(&db, bad).unwrap();
    let store = reopen(&dir);
    let read = name_index::parts(&store).map(drop);
    assert_eq!(read, Err(StoreError::Damaged), "SQLCipher alone would have handed out zeros");
    assert_eq!(
        meta::get(&store, meta::POLICY).map(drop),
        Err(StoreError::Damaged),
        "nor is it believed afterwards"
    );
}

#[test]
fn a_truncated_database_is_refused() {
    let dir = folder();
    furnished(&dir).close().unwrap();
    let db = dir.path().join("store/store.db");
    let good = std::fs::read(&db).unwrap();
    for length in [
        0,
        1_000,
        settings::PAGE_SIZE as usize * 2,
        good.len() - settings::PAGE_SIZE as usize,
        good.len() - 1,
    ] {
        std::fs::write(&db, &good[..length]).unwrap();
        assert_eq!(
            Store::open(&dir.path().join("store"), &key()).map(drop),
            Err(OpenError::Damaged),
            "{length}"
        );
    }
}

#[test]
fn a_folder_without_facts_or_database_is_not_a_store() {
    let dir = folder();
    assert_eq!(Store::open(dir.path(), &key()).map(drop), Err(OpenError::NotAStore));
    new_store(&dir).close().unwrap();
    std::fs::remove_file(dir.path().join("store/store.db")).unwrap();
    assert_eq!(Store::open(&dir.path().join("store"), &key()).map(drop), Err(OpenError::NotAStore));
    assert!(!dir.path().join("store/store.db").exists(), "opening makes nothing");
}

#[test]
fn a_newer_schema_is_refused_and_not_a_byte_of_it_changes() {
    let dir = folder();
    let store = new_store(&dir);
    store.sql().pragma_update(None, "user_version", crate::SCHEMA + 3).unwrap();
    store.close().unwrap();
    let db = dir.path().join("store/store.db");
    let before = std::fs::read(&db).unwrap();
    let refused = Store::open(&dir.path().join("store"), &key()).map(drop);
    assert_eq!(refused, Err(OpenError::Newer { found: crate::SCHEMA + 3, known: crate::SCHEMA }));
    assert_eq!(std::fs::read(&db).unwrap(), before);
}

#[test]
fn a_newer_folder_format_is_refused_by_its_number_whatever_else_it_says() {
    let dir = folder();
    new_store(&dir).close().unwrap();
    std::fs::write(dir.path().join("store/store.toml"), "format = 9\nnew_key = true\n").unwrap();
    let refused = Store::open(&dir.path().join("store"), &key()).map(drop);
    assert_eq!(refused, Err(OpenError::Newer { found: 9, known: 1 }));
}

#[test]
fn facts_that_disagree_with_the_encrypted_copy_are_refused() {
    let dir = folder();
    new_store(&dir).close().unwrap();
    let path = dir.path().join("store/store.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("recorded", "countersigned")).unwrap();
    assert_eq!(Store::open(&dir.path().join("store"), &key()).map(drop), Err(OpenError::Facts));
}

#[test]
fn a_folder_that_holds_a_store_takes_no_second_one() {
    let dir = folder();
    new_store(&dir).close().unwrap();
    let again = Store::create(&dir.path().join("store"), &RawKey::new([9; 32]), &id(), Policy::Recorded);
    assert_eq!(again.map(drop), Err(OpenError::Exists));
    reopen(&dir);
}

#[test]
fn an_open_store_is_refused_to_everyone_else_until_its_last_reader_is_gone() {
    let dir = folder();
    let store = new_store(&dir);
    let again = || Store::open(&dir.path().join("store"), &key()).map(drop);
    assert_eq!(again(), Err(OpenError::InUse));
    let reader = store.reader().unwrap();
    store.close().unwrap();
    assert_eq!(again(), Err(OpenError::InUse));
    drop(reader);
    assert_eq!(again(), Ok(()));
}

#[test]
fn files_and_folder_are_for_their_owner_only() {
    let dir = folder();
    let mut store = new_store(&dir);
    store.write(|tx| meta::put(tx, meta::NAME, b"x")).unwrap();
    let root = dir.path().join("store");
    assert_eq!(std::fs::metadata(&root).unwrap().permissions().mode() & 0o777, 0o700);
    let mut seen = 0;
    for file in std::fs::read_dir(&root).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.file_name());
        seen += 1;
    }
    assert!(seen >= 5, "database, WAL, index, facts and lock");
}

#[test]
fn stores_and_readers_can_move_to_another_thread() {
    fn moves<T: Send>(_: &T) {}
    let dir = folder();
    let store = new_store(&dir);
    moves(&store);
    moves(&store.reader().unwrap());
}
