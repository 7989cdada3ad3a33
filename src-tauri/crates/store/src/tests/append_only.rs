use super::*;
use crate::{decisions, erasures, evidence, identities, leads, ledger, notes, unmaskings};
use model::{Agreement, Decision, EvidenceRow, LeadId, Outcome};

fn decision() -> Decision {
    let agreements = vec![Agreement::Agree];
    Decision {
        outcome: Outcome::Welfare,
        reason: "the rows show overload, not misconduct".into(),
        agreements,
    }
}

fn filled(dir: &TempDir) -> Store {
    let mut store = furnished(dir);
    let filled = store.write(|tx| {
        let id = leads::insert(tx, &lead(0, 10), 50)?;
        let row = EvidenceRow {
            import: ImportId(1),
            row: 3,
            kind: SourceKind::Duties,
            at: 10,
            until: 20,
            cells: vec!["a".into(), "b".into()],
        };
        evidence::insert(tx, id, 0, &[row.clone(), row], &mut counter())?;
        notes::insert(tx, id, 60, "member-1", "asked the roster unit")?;
        decisions::insert(tx, id, 61, "member-1", &decision())?;
        ledger::append(tx, 0, &[1; 32], b"{}", &[[1; 32]])?;
        ledger::append(tx, 1, &[2; 32], b"{}", &[[2; 32], [3; 32]])?;
        ledger::add_checkpoint(tx, 2, "note")?;
        unmaskings::insert(tx, &unmasking(1))?;
        let sealed = identities::SealedIdentity {
            officer: 0,
            import: ImportId(1),
            leaf: 0,
            hash: [4; 32],
            sealed: b"age".to_vec(),
        };
        identities::insert(tx, &[sealed])
    });
    filled.unwrap();
    store
}

fn counter() -> impl FnMut() -> u32 {
    let mut next = 0;
    move || {
        next += 1;
        // Every number twice: the second draw of a taken locator must be skipped.
        next / 2
    }
}

fn unmasking(seq: u64) -> unmaskings::Unmasking {
    unmaskings::Unmasking {
        seq,
        lead: Some(LeadId(1)),
        officer: 0,
        at: 70,
        by: "member-1".into(),
        scope: "[\"name\"]".into(),
        minutes: 10,
        salt: vec![1, 2],
        text: "{}".into(),
        state: unmaskings::UnmaskState::Recorded,
        until: None,
    }
}

/// Runs raw SQL, as code with a mistake in it would.
fn refused(store: &Store, statement: &str) {
    let run = store.sql().execute_batch(statement).map_err(StoreError::from);
    assert!(matches!(run, Err(StoreError::Refused(_))), "{statement}: {run:?}");
}

#[test]
fn nothing_that_happened_can_be_changed_or_removed_not_even_by_raw_sql() {
    let dir = folder();
    let store = filled(&dir);
    for statement in [
        "UPDATE ledger_leaves SET bytes = x'7b7d' WHERE seq = 0",
        "DELETE FROM ledger_leaves WHERE seq = 1",
        "INSERT OR REPLACE INTO ledger_leaves (seq, hash, bytes) VALUES (1, zeroblob(32), x'7b7d')",
        "UPDATE ledger_hashes SET hash = zeroblob(32)",
        "DELETE FROM ledger_hashes",
        "UPDATE checkpoints SET note = 'other'",
        "DELETE FROM checkpoints",
        "INSERT OR REPLACE INTO checkpoints (id, size, note) VALUES (1, 1, 'other')",
        "UPDATE decisions SET reason = 'other'",
        "DELETE FROM decisions",
        "UPDATE notes SET text = 'other'",
        "DELETE FROM notes",
        "INSERT OR REPLACE INTO notes (id, lead, at, member, text) VALUES (1, 1, 0, 'm', 'other')",
        "UPDATE evidence SET cells = '[]'",
        "UPDATE unmaskings SET text = 'other'",
        "UPDATE unmaskings SET salt = x'00'",
        "DELETE FROM unmaskings",
        "UPDATE identities SET sealed = x''",
        "DELETE FROM identities",
        "UPDATE officers SET pseudonym = 5 WHERE idx = 0",
        "DELETE FROM officers WHERE idx = 3",
        "DELETE FROM leads",
    ] {
        refused(&store, statement);
    }
    assert_eq!(ledger::size(&store).unwrap(), 2);
    assert_eq!(ledger::leaf(&store, 1).unwrap().hash, [2; 32]);
    assert_eq!(ledger::hashes(&store, &[2, 0]).unwrap(), [[3; 32], [1; 32]]);
}

#[test]
fn a_gap_or_a_second_entry_with_the_same_number_is_refused() {
    let dir = folder();
    let mut store = filled(&dir);
    for seq in [0, 1, 3, 100] {
        let appended = store.write(|tx| ledger::append(tx, seq, &[9; 32], b"{}", &[]));
        assert!(matches!(appended, Err(StoreError::Refused(_))), "{seq}");
    }
    store.write(|tx| ledger::append(tx, 2, &[9; 32], b"{}", &[])).unwrap();
    refused(&store, "INSERT INTO ledger_hashes (idx, hash) VALUES (7, zeroblob(32))");
    refused(&store, "INSERT INTO officers (idx, pseudonym, provisional, first_import) VALUES (9, 1, 0, 1)");
    assert!(matches!(store.write(|tx| ledger::add_checkpoint(tx, 4, "n")), Err(StoreError::Refused(_))));
}

#[test]
fn an_entry_longer_than_four_kibibytes_is_refused() {
    let dir = folder();
    let mut store = filled(&dir);
    let long = store.write(|tx| ledger::append(tx, 2, &[9; 32], &[b'x'; 4097], &[]));
    assert!(matches!(long, Err(StoreError::Refused(_))));
}

#[test]
fn defensive_mode_keeps_the_schema_and_its_triggers_from_being_edited_as_a_table() {
    let dir = folder();
    let store = filled(&dir);
    let edited = store.sql().execute_batch(
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'ledger_leaves'",
    );
    assert!(edited.is_err());
    refused(&store, "DELETE FROM ledger_leaves");
}

#[test]
fn a_decision_supersedes_the_last_one_and_both_stay() {
    let dir = folder();
    let mut store = filled(&dir);
    let later = Decision { outcome: Outcome::NoFurtherAction, ..decision() };
    store.write(|tx| decisions::insert(tx, LeadId(1), 99, "member-2", &later)).unwrap();
    let all = decisions::of_lead(&store, LeadId(1)).unwrap();
    assert_eq!(all.iter().map(|d| (d.id, d.supersedes)).collect::<Vec<_>>(), [(1, None), (2, Some(1))]);
    assert_eq!(all[1].decision, later);
    refused(
        &store,
        "INSERT INTO decisions (lead, at, member, outcome, reason, agreements, supersedes)
         VALUES (1, 0, 'm', 'welfare', 'r', '[]', 1)",
    );
    assert_eq!(decisions::since(&store, 90).unwrap().len(), 1);
}

#[test]
fn an_unmasking_moves_on_but_never_comes_back_and_its_end_is_set_once() {
    use unmaskings::UnmaskState::{Expired, Revealed};
    let dir = folder();
    let mut store = filled(&dir);
    store.write(|tx| unmaskings::set_state(tx, 1, Revealed, Some(700))).unwrap();
    store.write(|tx| unmaskings::set_state(tx, 1, Revealed, Some(900))).unwrap();
    let shown = unmaskings::of_lead(&store, LeadId(1)).unwrap().remove(0);
    assert_eq!((shown.state, shown.until), (Revealed, Some(700)));
    refused(&store, "UPDATE unmaskings SET until = 900");
    assert_eq!(unmaskings::open_without_end(&store).unwrap().len(), 1);
    store.write(|tx| unmaskings::set_state(tx, 1, Expired, None)).unwrap();
    let back = store.write(|tx| unmaskings::set_state(tx, 1, Revealed, None));
    assert!(matches!(back, Err(StoreError::Refused(_))));
    assert_eq!(unmaskings::open_without_end(&store).unwrap().len(), 0);
    assert_eq!(unmaskings::count(&store).unwrap(), 1);
}

#[test]
fn an_unmasking_without_its_ledger_entry_is_refused() {
    let dir = folder();
    let mut store = filled(&dir);
    assert!(matches!(store.write(|tx| unmaskings::insert(tx, &unmasking(2))), Err(StoreError::Refused(_))));
}

#[test]
fn locators_that_are_taken_are_drawn_again() {
    let dir = folder();
    let store = filled(&dir);
    let rows = evidence::of_lead(&store, LeadId(1)).unwrap();
    assert_eq!(rows.iter().map(|r| r.locator.bits()).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(evidence::find(&store, rows[1].locator).unwrap().as_ref(), Some(&rows[1]));
}

#[test]
fn an_erasure_takes_content_away_and_leaves_a_receipt_in_the_same_step() {
    let dir = folder();
    let mut store = filled(&dir);
    let erased = store.write(|tx| {
        erasures::run(tx, 80, "member-2", "retention-1", |window| {
            leads::erase(window, LeadId(1))?;
            identities::erase(window, 0)?;
            Ok::<_, StoreError>("{\"leads\":1}".into())
        })
    });
    assert_eq!(erased.unwrap().id, 1);
    assert_eq!(erasures::all(&store).unwrap().len(), 1);
    assert_eq!(leads::get(&store, LeadId(1)).unwrap(), None);
    assert_eq!(evidence::of_lead(&store, LeadId(1)).unwrap(), []);
    assert_eq!(identities::newest(&store, 0).unwrap(), None);
    assert_eq!(
        identities::hashes(&store, ImportId(1)).unwrap(),
        [[4; 32]],
        "the tree can still be recomputed"
    );
    assert_eq!(unmaskings::count(&store).unwrap(), 1, "what was done stays");
    let next = store.write(|tx| leads::insert(tx, &lead(1, 5), 90)).unwrap();
    assert_eq!(next, LeadId(2), "a lead's number is never used twice");
    refused(&store, "DELETE FROM erasures");
}

#[test]
fn an_erasure_without_a_receipt_does_not_commit() {
    let dir = folder();
    let store = filled(&dir);
    let open = "BEGIN; INSERT INTO erasure_window (receipt) VALUES (1); DELETE FROM notes;";
    refused(&store, &format!("{open} DELETE FROM erasure_window;"));
    store.sql().execute_batch("ROLLBACK").unwrap();
    refused(&store, &format!("{open} COMMIT;"));
    store.sql().execute_batch("ROLLBACK").unwrap();
    assert_eq!(notes::of_lead(&store, LeadId(1)).unwrap().len(), 1);
}
