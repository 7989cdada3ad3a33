//! The tables of a force hold what its files hold, as import would leave it.

use super::*;
use crate::tables::Split;
use model::{NO_OFFICER, PARTITIONS};

#[test]
fn officer_indices_are_dense_and_their_remainder_is_their_partition() {
    for members in [60, 199, 200, 6_400, 6_401, 46_000] {
        let split = Split::new(members);
        assert!((1..=PARTITIONS as usize).contains(&split.partitions));
        let mut seen = vec![false; members];
        for partition in 0..split.partitions {
            for member in split.range(partition) {
                let officer = split.officer(member) as usize;
                assert_eq!(officer % split.partitions, partition, "{members}");
                assert_eq!(split.member(officer as u32), member, "{members}");
                assert!(!std::mem::replace(&mut seen[officer], true), "{members}: {officer} twice");
            }
        }
        assert!(seen.into_iter().all(|s| s), "{members}: an index is nobody's");
    }
}

#[test]
fn tables_hold_the_rows_of_the_files_except_what_import_would_drop() {
    let world = World::demo();
    let force = Force::make(&Plan::default()).unwrap();
    assert!(force.partitions() > 1);
    for kind in SourceKind::ALL {
        let rows: usize = (0..force.partitions()).map(|p| force.table(*kind, p).len()).sum();
        let written = world.sheets.get(kind).map_or(0, |sheet| sheet.rows.len());
        let unknown = match kind {
            SourceKind::Accesses => 3,
            SourceKind::Duties => 2,
            _ => 0,
        };
        if *kind == SourceKind::Presence {
            assert!(rows < written && rows * 100 > written * 97, "{kind}: {rows}");
        } else {
            assert_eq!(rows + unknown, written, "{kind}");
        }
    }
}

#[test]
fn a_table_says_what_the_file_says() {
    let world = World::demo();
    let force = Force::make(&Plan::default()).unwrap();
    let mut from_files: Vec<(String, i64, i64, String)> = world
        .columns(SourceKind::Duties, &["officer", "start", "end", "kind"])
        .iter()
        .filter(|row| row[0] != crate::unit::UNKNOWN_ID)
        .map(|row| (row[0].to_owned(), utc(row[1]), utc(row[2]), row[3].to_owned()))
        .collect();
    let mut from_tables = Vec::new();
    for partition in 0..force.partitions() {
        let table = force.table(SourceKind::Duties, partition);
        let kinds = table.words("kind").unwrap();
        for row in 0..table.len() {
            let officer = table.officers[row];
            assert_eq!(officer % force.partitions(), partition);
            let (start, end) = (table.instants("start")[row], table.instants("end")[row]);
            let id = force.staff_number(officer).unwrap().to_owned();
            from_tables.push((id, start, end, kinds.get(row).to_owned()));
        }
    }
    from_files.sort_unstable();
    from_tables.sort_unstable();
    assert!(from_files == from_tables);
}

/// UTC seconds of `2026-03-09 07:00`, worked out by the time library.
fn utc(text: &str) -> i64 {
    let local: jiff::civil::DateTime = text.parse().unwrap();
    local.to_zoned(model::time::zone(model::time::DEFAULT_ZONE).unwrap()).unwrap().timestamp().as_second()
}

#[test]
fn every_column_has_a_value_for_every_row_and_every_editor_is_somebody() {
    let force = Force::make(&small()).unwrap();
    for kind in SourceKind::ALL {
        for partition in 0..force.partitions() {
            let table = force.table(*kind, partition);
            assert!(table.columns.iter().all(|column| column.len() == table.len()), "{kind}");
            assert_eq!(table.rows.len(), table.len());
        }
    }
    let edits = force.table(SourceKind::RosterEdits, 0);
    assert!(!edits.is_empty() && edits.people("editor").iter().all(|e| *e != NO_OFFICER));
}

#[test]
fn labels_name_the_officer_of_the_tables_and_pseudonyms_are_all_different() {
    let force = Force::make(&Plan::default()).unwrap();
    for label in force.labels() {
        let named = label.officer.and_then(|officer| force.staff_number(officer));
        assert!(named.is_none_or(|id| id == label.officer_id), "{label:?}");
        assert!(named.is_some() || label.behaviour == UNKNOWN_OFFICER || label.unit.is_some());
    }
    let pseudonyms: BTreeSet<_> = force.pseudonyms().into_iter().collect();
    assert_eq!(pseudonyms.len(), 600);
}

#[test]
fn a_table_asked_for_again_is_the_same_after_others_were_made() {
    let plan = Plan { officers: 1_200, days: 28, ..Plan::default() };
    let force = Force::make(&plan).unwrap();
    let first = force.table(SourceKind::Accesses, 0);
    assert!(!first.is_empty());
    (1..force.partitions()).for_each(|p| drop(force.table(SourceKind::Duties, p)));
    assert_eq!(force.table(SourceKind::Accesses, 0), first);
    assert_eq!(Force::make(&plan).unwrap().table(SourceKind::Accesses, 0), first);
}
