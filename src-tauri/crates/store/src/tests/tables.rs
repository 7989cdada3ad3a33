use super::*;
use crate::{identities, ledger, mappings, meta, name_index, segments};
use model::NO_DATE;

#[test]
fn a_step_that_fails_half_way_leaves_everything_as_it_was() {
    let dir = folder();
    let mut store = furnished(&dir);
    let failed: Result<(), StoreError> = store.write(|tx| {
        meta::put(tx, "a", b"1")?;
        ledger::append(tx, 0, &[1; 32], b"{}", &[])?;
        imports::insert(tx, &imports::Import { sha256: [9; 32], ..import(2) })?;
        officers::insert(tx, &[officer(4)])?;
        Err(StoreError::Missing)
    });
    assert_eq!(failed, Err(StoreError::Missing));
    assert_eq!(meta::get(&store, "a").unwrap(), None);
    assert_eq!(ledger::size(&store).unwrap(), 0);
    assert_eq!(imports::all(&store).unwrap().len(), 1);
    assert_eq!(officers::all(&store).unwrap().len(), 4);
}

#[test]
fn a_panic_in_a_step_undoes_it() {
    let dir = folder();
    let mut store = furnished(&dir);
    let step = std::panic::AssertUnwindSafe(|| {
        store.write(|tx| {
            meta::put(tx, "a", b"1")?;
            if tx.last_id() >= 0 { panic!("a mistake") } else { Ok::<_, StoreError>(()) }
        })
    });
    assert!(std::panic::catch_unwind(step).is_err());
    assert_eq!(meta::get(&store, "a").unwrap(), None);
    store.write(|tx| meta::put(tx, "a", b"2")).unwrap();
}

#[test]
fn a_full_disk_is_said_and_nothing_of_the_step_is_kept() {
    let dir = folder();
    let mut store = furnished(&dir);
    let pages: i64 = store.sql().pragma_query_value(None, "page_count", |r| r.get(0)).unwrap();
    store.sql().pragma_update_and_check(None, "max_page_count", pages + 4, |_| Ok(())).unwrap();
    let full = store.write(|tx| {
        ledger::append(tx, 0, &[1; 32], b"{}", &[])?;
        meta::put(tx, "big", &vec![1; 1 << 20])
    });
    assert_eq!(full, Err(StoreError::Full));
    assert_eq!(ledger::size(&store).unwrap(), 0);
    store.write(|tx| meta::put(tx, "small", b"1")).unwrap();
    assert_eq!(store.integrity(), Ok(()));
}

#[test]
fn a_step_that_goes_on_after_the_database_undid_it_keeps_nothing() {
    let dir = folder();
    let mut store = furnished(&dir);
    let went_on: Result<(), StoreError> = store.write(|tx| {
        meta::put(tx, "before", b"1")?;
        // What SQLite does by itself on some errors.
        crate::Read::db(tx).0.execute_batch("ROLLBACK").unwrap();
        assert_eq!(meta::put(tx, "after", b"1"), Err(StoreError::Undone));
        Ok(())
    });
    assert_eq!(went_on, Err(StoreError::Undone));
    assert_eq!(meta::get(&store, "after").unwrap(), None);
}

#[test]
fn a_reader_reads_the_old_state_while_a_step_writes_and_cannot_write_itself() {
    let dir = folder();
    let mut store = furnished(&dir);
    let reader = store.reader().unwrap();
    store
        .write(|tx| {
            officers::insert(tx, &[officer(4)])?;
            assert_eq!(officers::counts(&reader)?.all, 4, "not committed yet");
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(officers::counts(&reader).unwrap().all, 5);
    assert!(crate::Read::db(&reader).0.execute("DELETE FROM meta", []).is_err());
}

#[test]
fn a_snapshot_does_not_move_while_others_write() {
    let dir = folder();
    let mut store = furnished(&dir);
    let mut reader = store.reader().unwrap();
    let counts = reader.snapshot(|read| {
        let before = officers::counts(read)?.all;
        store.write(|tx| officers::insert(tx, &[officer(4)]))?;
        Ok::<_, StoreError>((before, officers::counts(read)?.all))
    });
    assert_eq!(counts, Ok((4, 4)));
    assert_eq!(officers::counts(&reader).unwrap().all, 5);
}

#[test]
fn closing_leaves_no_wal_behind() {
    let dir = folder();
    furnished(&dir).close().unwrap();
    assert!(!dir.path().join("store/store.db-wal").exists());
}

#[test]
fn the_same_file_is_not_taken_in_twice() {
    let dir = folder();
    let mut store = furnished(&dir);
    let again = imports::Import { sha256: import(1).sha256, ..import(2) };
    assert_eq!(store.write(|tx| imports::insert(tx, &again)), Err(StoreError::Duplicate));
    assert_eq!(imports::find_file(&store, &import(1).sha256).unwrap(), Some(ImportId(1)));
    assert_eq!(imports::get(&store, ImportId(1)).unwrap(), import(1));
    assert_eq!(imports::get(&store, ImportId(7)), Err(StoreError::Missing));
    assert_eq!((imports::next_id(&store).unwrap(), imports::count(&store).unwrap()), (ImportId(2), 1));
}

#[test]
fn officers_keep_their_numbers_and_an_id_may_pass_to_another_person() {
    let dir = folder();
    let mut store = furnished(&dir);
    let id =
        |officer, from_day, until_day| officers::OfficerId { id_hash: [5; 16], officer, from_day, until_day };
    store.write(|tx| officers::put_ids(tx, &[id(0, NO_DATE, NO_DATE), id(1, 100, NO_DATE)])).unwrap();
    store.write(|tx| officers::put_ids(tx, &[id(0, NO_DATE, 99)])).unwrap();
    assert_eq!(officers::find_ids(&store, &[5; 16]).unwrap(), [id(0, NO_DATE, 99), id(1, 100, NO_DATE)]);
    assert_eq!(officers::all_ids(&store).unwrap().len(), 2);
    store.write(|tx| officers::confirm(tx, &[1])).unwrap();
    assert!(!officers::get(&store, 1).unwrap().provisional);
    assert_eq!(officers::counts(&store).unwrap(), officers::Counts { all: 4, provisional: 1 });
    assert_eq!(officers::index_of(&store, officer(2).pseudonym), Ok(2));
    assert_eq!(officers::index_of(&store, Pseudonym::from_bits(1)), Err(StoreError::Missing));
    assert_eq!(officers::next_index(&store).unwrap(), 4);
    let twin = officers::Officer { index: 4, ..officer(2) };
    assert_eq!(store.write(|tx| officers::insert(tx, &[twin])), Err(StoreError::Duplicate));
}

#[test]
fn the_newest_identity_counts_and_the_older_tree_stays() {
    let dir = folder();
    let mut store = furnished(&dir);
    let sealed = |import, leaf, byte: u8| identities::SealedIdentity {
        officer: 2,
        import: ImportId(import),
        leaf,
        hash: [byte; 32],
        sealed: vec![byte; 500],
    };
    store
        .write(|tx| {
            identities::insert(tx, &[sealed(1, 0, 1)])?;
            imports::insert(tx, &import(2))?;
            identities::insert(tx, &[sealed(2, 3, 2)])
        })
        .unwrap();
    assert_eq!(identities::newest(&store, 2).unwrap(), Some(sealed(2, 3, 2)));
    assert_eq!(identities::newest(&store, 0).unwrap(), None);
    assert_eq!(identities::hashes(&store, ImportId(1)).unwrap(), [[1; 32]]);
}

#[test]
fn segments_come_back_by_kind_and_partition() {
    let dir = folder();
    let mut store = furnished(&dir);
    let place = |kind, partition, seq| segments::Place {
        import: ImportId(1),
        kind,
        partition,
        seq,
        rows: 10,
        first_time: 5 * i64::from(seq),
        last_time: 100,
    };
    let duties = SourceKind::Duties;
    store
        .write(|tx| {
            segments::insert(tx, &place(duties, 3, 1), b"second")?;
            segments::insert(tx, &place(duties, 3, 0), b"first")?;
            segments::insert(tx, &place(duties, 4, 0), b"other")?;
            segments::insert(tx, &place(SourceKind::Accesses, 3, 0), b"kind")
        })
        .unwrap();
    let found = segments::of_partition(&store, duties, 3).unwrap();
    assert_eq!(found.iter().map(|s| &s.bytes[..]).collect::<Vec<_>>(), [&b"first"[..], b"second"]);
    assert_eq!(segments::of_import(&store, ImportId(1), duties, 3).unwrap(), found);
    assert_eq!(segments::places(&store, duties).unwrap().len(), 3);
    let totals = segments::totals(&store).unwrap();
    assert_eq!(
        totals.iter().map(|t| (t.kind, t.rows)).collect::<Vec<_>>(),
        [(SourceKind::Accesses, 10), (duties, 30)]
    );
    let twice = store.write(|tx| segments::insert(tx, &place(duties, 3, 0), b"x"));
    assert_eq!(twice, Err(StoreError::Duplicate));
    let orphan = segments::Place { import: ImportId(9), ..place(duties, 5, 0) };
    assert!(matches!(store.write(|tx| segments::insert(tx, &orphan, b"x")), Err(StoreError::Refused(_))));
}

#[test]
fn mappings_name_index_and_runs_come_back() {
    let dir = folder();
    let mut store = furnished(&dir);
    let saved = |name: &str| mappings::SavedMapping { shape: vec![1], name: name.into(), toml: "t".into() };
    store
        .write(|tx| {
            mappings::put(tx, &saved("old"))?;
            mappings::put(tx, &saved("new"))?;
            name_index::put(tx, ImportId(1), b"sealed")?;
            let run = runs::insert(tx, 9, b"c", "{}")?;
            runs::set_report(tx, run, "{\"x\":1}")
        })
        .unwrap();
    assert_eq!(mappings::get(&store, &[1]).unwrap(), Some(saved("new")));
    assert_eq!(mappings::all(&store).unwrap().len(), 1);
    assert_eq!(name_index::parts(&store).unwrap(), [b"sealed".to_vec()]);
    assert_eq!(runs::latest(&store).unwrap().unwrap().report_json, "{\"x\":1}");
    assert_eq!(runs::all(&store).unwrap().len(), 2);
}

#[test]
fn checkpoints_of_one_size_may_gain_a_countersigned_successor() {
    let dir = folder();
    let mut store = furnished(&dir);
    store
        .write(|tx| {
            ledger::append(tx, 0, &[1; 32], b"{}", &[])?;
            ledger::add_checkpoint(tx, 1, "plain")?;
            ledger::add_checkpoint(tx, 1, "countersigned")
        })
        .unwrap();
    assert_eq!(ledger::latest_checkpoint(&store).unwrap().unwrap().note, "countersigned");
    assert_eq!(ledger::checkpoint_at(&store, 1).unwrap().unwrap().note, "countersigned");
    assert_eq!(ledger::checkpoints(&store).unwrap().len(), 2);
    store
        .write(|tx| {
            ledger::append(tx, 1, &[2; 32], b"{}", &[])?;
            ledger::add_checkpoint(tx, 2, "longer")?;
            ledger::add_checkpoint(tx, 1, "countersigned by another")
        })
        .unwrap();
    assert_eq!(ledger::latest_checkpoint(&store).unwrap().unwrap().note, "longer");
    assert_eq!(ledger::leaves(&store, 0, u64::MAX).unwrap().len(), 2);
    assert_eq!(
        (ledger::naming(&store, "{}").unwrap(), ledger::naming(&store, "x").unwrap()),
        (Some(0), None)
    );
    assert_eq!(ledger::leaf(&store, 2), Err(StoreError::Missing));
}

#[test]
fn a_store_of_before_subjects_keeps_its_leads_and_what_hangs_on_them() {
    let mut sql = rusqlite::Connection::open_in_memory().unwrap();
    sql.pragma_update(None, "foreign_keys", 1).unwrap();
    for migration in &crate::migrations::MIGRATIONS[..4] {
        sql.execute_batch(migration).unwrap();
    }
    sql.pragma_update(None, "user_version", 4).unwrap();
    sql.execute_batch(
        "BEGIN; INSERT INTO officers VALUES (0, 7, 0, 1);
         INSERT INTO imports VALUES (1, 'duties', 'd.csv', zeroblob(32), '', '', '', 1, 'm', 1, 2, 3, 'UTC'); COMMIT;
         INSERT INTO runs VALUES (1, 5, x'00', '{}');
         INSERT INTO leads VALUES (1, 1, 0, 0, 1, 2, 10, 20, 5, 0, 1, 1, '{}', 's');
         INSERT INTO lead_bodies VALUES (1, '{\"officer\":\"OFC-0000-0007\"}');
         INSERT INTO evidence VALUES (1, 0, 0, 1, 3, 9, 9, 'duties', 77, '[]');
         INSERT INTO notes VALUES (1, 1, 2, 'm', 'text');",
    )
    .unwrap();
    crate::migrations::apply(&mut sql).unwrap();
    let text = |statement| sql.query_row(statement, [], |r| r.get::<_, String>(0)).unwrap();
    assert_eq!(text("SELECT subject FROM leads"), "OFC-0000-0007");
    assert_eq!(text("SELECT officer || '' FROM lead_members WHERE lead = 1"), "0");
    assert_eq!(text("SELECT cells FROM evidence"), "[]");
    assert_eq!(text("SELECT text FROM notes"), "text");
}
