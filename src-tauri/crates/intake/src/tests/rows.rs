//! What becomes of single rows: times, reasons for rejection, period, lists, claims.

use super::*;

fn accesses(rows: &str) -> (ImportReport, Kept) {
    let (report, kept) = import_text(format!("{ACCESSES}{rows}").as_bytes());
    assert_adds_up(&report);
    (report, kept)
}

#[test]
fn a_time_that_occurs_twice_is_the_earlier_and_one_that_never_occurs_moves_forward() {
    let (report, kept) = accesses(
        "2026-10-25 01:30:00,A1,N,view,,,,\n2026-03-29 01:30:00,A1,N,view,,,,\n2026-03-29T01:30:00+00:00,A1,N,view,,,,\n",
    );
    assert_eq!((report.ambiguous_times, report.skipped_times), (1, 1));
    // 00:30 UTC, the first of the two; 02:30 summer time; and the offset as written.
    assert_eq!(kept.instants("at"), [1_792_888_200, 1_774_747_800, 1_774_747_800]);
}

#[test]
fn rejections_name_reason_row_and_column_but_never_the_value() {
    let (report, _) = accesses(
        "2026-03-03 07:12:00,,NICHE,view,R-SECRET,person,,\n\
         31/02/2026 07:12,A1,NICHE,view,R1,person,,\n\
         2026-03-03,A1,NICHE,view,R1,person,,\n\
         2026-03-03 07:12:00,A1,NICHE,fondled,R1,person,,\n\
         2026-03-03 07:12:00,A1,NICHE,view,R1,hovercraft,,\n\
         2026-03-03 07:12:00,A1,NICHE,view,R1,person,,,SPILLED\n",
    );
    let got: Vec<_> =
        report.rejected.iter().map(|r| (r.reason.as_str(), r.column.as_str(), r.places[0].1)).collect();
    assert_eq!(
        got,
        [
            ("bad_time", "at", 3),
            ("missing_required", "officer", 2),
            ("not_in_list", "action", 5),
            ("too_many_cells", "", 7)
        ]
    );
    assert_eq!(report.rejected[0].count, 2);
    // A word outside an optional list costs the word, not the row.
    assert_eq!(report.rows_accepted, 1);
    assert!(report.remarks.iter().any(|r| r.starts_with("1 words of record_kind")));
    let shown = format!("{report:?}");
    for value in ["SECRET", "fondled", "hovercraft", "SPILLED"] {
        assert!(!shown.contains(value), "{value}");
    }
}

#[test]
fn at_most_fifty_places_are_kept_of_one_reason_and_all_are_counted() {
    let (report, _) = accesses(&"never,A1,N,view,,,,\n".repeat(300));
    assert_eq!((report.rejected[0].count, report.rejected[0].places.len()), (300, 50));
    assert_eq!(report.rejected[0].places[49].1, 51);
}

#[test]
fn rows_outside_the_gates_period_are_counted_and_left() {
    let dir = TempDir::new().unwrap();
    let text = format!(
        "{ACCESSES}2025-12-31 23:59:59,A1,N,view,,,,\n2026-01-01 00:00:00,A2,N,view,,,,\n2026-02-01 00:00:00,A3,N,view,,,,\n"
    );
    let file = open(&write(&dir, "x.csv", text.as_bytes())).unwrap();
    let (roll, kept) = (roll(), Kept::default());
    let how = How { period: ("2026-01-01", "2026-01-31"), ..How::default() };
    let report = try_read(&file, &guess(&file).mapping, &roll, how, &kept).unwrap();
    assert_eq!((report.rows_accepted, report.outside_period), (1, 2));
    assert_eq!(roll.len(), 1, "nobody is made for a row that is left");
    assert_eq!(report.first_day, report.last_day);
}

#[test]
fn a_bare_date_ends_an_absence_at_the_end_of_its_day() {
    let (report, kept) = import_text(
        b"officer,start,end,kind\nA1,01/07/2026,03/07/2026,Annual leave\nA1,14/07/2026,13/07/2026,sick\n",
    );
    assert_eq!(kept.words("kind"), ["annual"]);
    assert_eq!(kept.instants("worked_start"), Vec::<i64>::new());
    let (start, end) = (kept.instants("start")[0], kept.instants("end")[0]);
    assert_eq!(end - start, 3 * 86_400 - 1);
    assert_eq!(report.rejected[0].reason, "end_before_start");
}

#[test]
fn a_row_without_a_claim_number_stands_for_its_claim() {
    let text = b"officer,worked_start,worked_end\nA1,2026-01-01 08:00,2026-01-01 10:00\nA1,2026-01-01 08:00,2026-01-01 10:00\n";
    let (report, kept) = import_text(text);
    assert_eq!(report.rows_accepted, 2);
    let tables = kept.tables.lock().unwrap();
    let claims = tables[0].tokens("claim");
    assert!(claims[0] != claims[1] && claims[0] != 0);
}

#[test]
fn the_same_case_number_is_one_token_in_every_kind_and_spelling() {
    let (_, log) =
        accesses("2026-03-03 07:12:00,A1,N,view,,,cr/12  34,\n2026-03-03 07:12:00,A1,N,view,,,CR/12 34,\n");
    let (_, tasks) = import_text(b"officer,case,from\nA1,\xc2\xa0CR/12 34 ,2026-01-01\n");
    let seen = log.tables.lock().unwrap()[0].tokens("case").to_vec();
    let task = tasks.tables.lock().unwrap()[0].tokens("case")[0];
    assert_eq!(seen, [task, task]);
}

#[test]
fn cancelling_stops_the_import() {
    let dir = TempDir::new().unwrap();
    let text = format!("{ACCESSES}2026-01-01 00:00:00,A2,N,view,,,,\n");
    let file = open(&write(&dir, "x.csv", text.as_bytes())).unwrap();
    let cancel = AtomicBool::new(true);
    let options = Options {
        threads: 2,
        period: (0, 40_000),
        batch_rows: 10,
        cancel: &cancel,
        progress: &|_, _, _| {},
        presence: None,
        names: None,
        import_hash: [0; 32],
    };
    let outcome = read(&file, &guess(&file).mapping, &roll(), &options, &Kept::default());
    assert!(matches!(outcome, Err(ReadError::Cancelled)));
}

#[test]
fn an_error_of_the_sink_reaches_the_caller() {
    struct Full;
    impl Sink for Full {
        fn rows(&self, _: Table) -> Result<(), SinkError> {
            Err(SinkError("disk full".into()))
        }
        fn identity(&self, _: OfficerIndex, _: RawIdentity) -> Result<(), SinkError> {
            Ok(())
        }
    }
    let dir = TempDir::new().unwrap();
    let text = format!("{ACCESSES}{}", "2026-01-01 00:00:00,A2,N,view,,,,\n".repeat(400_000));
    let file = open(&write(&dir, "x.csv", text.as_bytes())).unwrap();
    let cancel = AtomicBool::new(false);
    let options = Options {
        threads: 2,
        period: (0, 40_000),
        batch_rows: 10,
        cancel: &cancel,
        progress: &|_, _, _| {},
        presence: None,
        names: None,
        import_hash: [0; 32],
    };
    let outcome = read(&file, &guess(&file).mapping, &roll(), &options, &Full);
    assert!(matches!(outcome, Err(ReadError::Sink(_))));
}

#[test]
fn a_mapping_survives_its_toml_and_a_stray_key_is_refused() {
    let dir = TempDir::new().unwrap();
    let file =
        open(&write(&dir, "x.csv", format!("{ACCESSES}2026-01-01 00:00:00,A2,N,view,,,,\n").as_bytes()))
            .unwrap();
    let mapping = guess(&file).mapping;
    assert_eq!(Mapping::parse(&mapping.to_toml()).unwrap(), mapping);
    let stray = format!("colour = \"red\"\n{}", mapping.to_toml());
    assert!(matches!(Mapping::parse(&stray), Err(crate::MappingError::Syntax(_))));
    let zone = mapping.to_toml().replace("Europe/London", "Europe/Lonndon");
    assert!(matches!(Mapping::parse(&zone), Err(crate::MappingError::Zone(_))));
}
