//! The exports as files: headers, values, ids, times, bytes.

use super::*;

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_does_not() {
    let bytes = |seed| {
        let dir = tempfile::tempdir().unwrap();
        write(&Plan { seed, ..small() }, dir.path()).unwrap();
        let mut files: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        files
            .iter()
            .map(|p| (p.file_name().unwrap().to_owned(), std::fs::read(p).unwrap()))
            .collect::<Vec<_>>()
    };
    let first = bytes(1);
    assert!(first.len() > 18, "{}", first.len());
    assert!(first == bytes(1));
    assert!(first != bytes(2));
}

#[test]
fn every_header_maps_to_one_field_and_every_required_field_has_one() {
    for (kind, sheet) in &World::demo().sheets {
        let fields: Vec<_> = sheet
            .header
            .iter()
            .map(|header| {
                field_of(*kind, header).unwrap_or_else(|| panic!("{kind}: {header} maps to nothing"))
            })
            .collect();
        assert_eq!(
            fields.iter().collect::<BTreeSet<_>>().len(),
            fields.len(),
            "{kind}: two headers, one field"
        );
        for field in SourceSchema::of(*kind).fields.iter().filter(|f| f.required) {
            assert!(fields.contains(&field.name.as_str()), "{kind}: {} is missing", field.name);
        }
    }
}

#[test]
fn every_cell_of_a_listed_field_holds_an_allowed_value_and_required_cells_are_filled() {
    for (kind, sheet) in &World::demo().sheets {
        assert!(!sheet.rows.is_empty(), "{kind} has no rows");
        for (place, header) in sheet.header.iter().enumerate() {
            let field = SourceSchema::of(*kind).field(field_of(*kind, header).unwrap()).unwrap();
            for row in &sheet.rows {
                let value = &row[place];
                assert!(!field.required || !value.is_empty(), "{kind}.{}", field.name);
                let allowed = value.is_empty() || field.allowed.is_empty() || field.allowed.contains(value);
                assert!(allowed, "{kind}.{}: {value}", field.name);
            }
        }
    }
}

#[test]
fn the_row_counts_reported_are_the_rows_in_the_files() {
    let world = World::demo();
    for (kind, _, rows) in &world.made.files {
        assert_eq!(*rows, world.sheets[kind].rows.len() as u64, "{kind}");
    }
    let kinds: Vec<_> = world.made.files.iter().map(|(kind, _, _)| *kind).collect();
    assert!(SourceKind::ALL.starts_with(&kinds), "{kinds:?}");
}

#[test]
fn every_id_in_events_is_on_the_roll_except_the_labelled_unknown_ones() {
    let world = World::demo();
    let roll = world.columns(SourceKind::Officers, &["officer", "other_ids", "supervisor"]);
    let mut known: BTreeSet<&str> = roll.iter().flat_map(|row| [row[0], row[1]]).collect();
    assert_eq!(known.len(), 2 * 600, "staff numbers and logins are unique");
    assert!(roll.iter().all(|row| row[2].is_empty() || known.contains(row[2])));
    let unknown = world.made.labels.iter().filter(|l| l.behaviour == UNKNOWN_OFFICER);
    let unknown: BTreeSet<&str> = unknown.map(|l| l.officer_id.as_str()).collect();
    assert!(unknown.is_disjoint(&known));
    known.extend(&unknown);
    let mut seen_unknown = BTreeSet::new();
    for (kind, sheet) in &world.sheets {
        for name in ["officer", "editor", "approver", "authoriser"] {
            if !sheet.header.iter().any(|h| field_of(*kind, h) == Some(name)) {
                continue;
            }
            for row in sheet.columns(*kind, &[name]) {
                assert!(known.contains(row[0]) || row[0].is_empty(), "{kind}.{name}: {}", row[0]);
                seen_unknown.extend(unknown.get(row[0]));
            }
        }
    }
    assert_eq!(seen_unknown, unknown);
}

#[test]
fn size_period_and_gate_are_those_asked_for() {
    let world = World::demo();
    let ids: BTreeSet<&str> =
        world.columns(SourceKind::Officers, &["officer"]).iter().map(|r| r[0]).collect();
    assert_eq!(ids.len(), 600);
    let (first, last) = world.made.gate.check(true).unwrap();
    assert_eq!((model::time::iso_day(first), last - first + 1), ("2026-01-01".to_owned(), 181));
    for (kind, sheet) in &world.sheets {
        // What has no moment of its own, or only holds over time, may be older than the period.
        let standing = matches!(kind, SourceKind::KnownInterests | SourceKind::Officers);
        let Some(time) = SourceSchema::of(*kind).time.as_deref().filter(|_| !standing) else { continue };
        for row in sheet.columns(*kind, &[time]) {
            let minute = row[0].parse().unwrap_or_else(|_| minute(row[0]));
            assert!((first..=last).contains(&(minute.div_euclid(1_440) as i32)), "{kind}: {}", row[0]);
        }
    }
    let dir = world.made.files[0].1.parent().unwrap();
    let toml = std::fs::read_to_string(dir.join("gate.toml")).unwrap();
    assert!(toml.contains("period_end = \"2026-06-30\"\n") && toml.contains("regime = \"uk_gdpr\"\n"));
}

#[test]
fn intervals_end_after_they_start() {
    let world = World::demo();
    assert!(world.overtime().iter().all(|(_, start, end)| start < end));
    let duties = world.columns(SourceKind::Duties, &["start", "end"]);
    assert!(duties.iter().all(|row| minute(row[0]) < minute(row[1])));
    let absences = world.columns(SourceKind::Absences, &["start", "end"]);
    assert!(absences.iter().all(|row| minute(row[0]) <= minute(row[1])));
    for times in world.worked().values_mut() {
        times.sort_unstable();
        assert!(times.windows(2).all(|pair| pair[0].1 <= pair[1].0), "two duties at once");
    }
}

#[test]
fn presence_holds_a_few_swipes_far_from_any_duty() {
    let world = World::demo();
    let (worked, overtime) = (world.worked(), world.overtime());
    let rows = world.columns(SourceKind::Presence, &["officer", "at"]);
    let near = |id: &str, at: i64| {
        worked[id].iter().any(|(s, e)| (s - 60..=e + 60).contains(&at))
            || overtime.iter().any(|(o, s, e)| *o == id && (s - 60..=e + 60).contains(&at))
    };
    let sample: Vec<_> = rows.iter().step_by(20).collect();
    let off = sample.iter().filter(|r| !near(r[0], minute(r[1]))).count();
    assert!(off > 0 && off * 50 < sample.len(), "{off} of {}", sample.len());
}

#[test]
fn nothing_happens_in_the_hour_that_the_spring_clock_change_skips() {
    let world = World::demo();
    let mut seen = 0;
    for (kind, field) in
        [(SourceKind::Accesses, "at"), (SourceKind::Presence, "at"), (SourceKind::Duties, "end")]
    {
        for row in world.columns(kind, &[field]) {
            seen += usize::from(row[0].starts_with("2026-03-29 02:"));
            assert!(!row[0].starts_with("2026-03-29 01:"), "{kind}: {}", row[0]);
        }
    }
    assert!(seen > 0, "the night of the clock change was worked");
}

#[test]
fn the_exports_differ_in_shape_as_real_ones_do() {
    let world = World::demo();
    let bytes = |kind: SourceKind| {
        let (_, path, _) = world.made.files.iter().find(|(k, _, _)| *k == kind).unwrap();
        std::fs::read(path).unwrap()
    };
    let roll = bytes(SourceKind::Officers);
    assert!(std::str::from_utf8(&roll).is_err(), "Windows-1252 with letters outside ASCII");
    assert!(roll.starts_with(b"Staff Number;"));
    assert!(bytes(SourceKind::Absences).starts_with(b"\xEF\xBB\xBF"));
    assert!(bytes(SourceKind::RosterEdits).starts_with(b"Changed At\t"));
    let (_, path, _) = world.made.files.iter().find(|(k, _, _)| *k == SourceKind::Overtime).unwrap();
    let book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    assert_eq!(book.sheet_names(), ["Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026"]);
}

#[test]
fn a_force_out_of_bounds_is_refused_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("force");
    for force in [Plan { officers: 59, ..small() }, Plan { days: 27, ..small() }] {
        assert!(write(&force, &target).is_err());
    }
    assert!(!target.exists());
}

#[test]
fn a_small_and_an_odd_force_are_made_in_full() {
    for (officers, days, seed) in [(60, 28, 3), (61, 35, 4), (137, 45, 5)] {
        let world = World::make(&Plan { officers, days, seed, ..Plan::default() });
        let ids: BTreeSet<_> =
            world.columns(SourceKind::Officers, &["officer"]).iter().map(|r| r[0].to_owned()).collect();
        assert_eq!(ids.len(), officers as usize);
        let planted: Vec<usize> = Behaviour::ALL.iter().map(|b| world.planted(*b).len()).collect();
        assert!(planted.iter().all(|n| *n <= 1) && planted.iter().sum::<usize>() >= 16, "{planted:?}");
    }
}

#[test]
fn the_access_log_is_small_nearly_in_order_and_mostly_on_cases() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.csv");
    let size = access_log(&path, 200_000, 1).unwrap();
    assert_eq!(size, std::fs::metadata(&path).unwrap().len());
    let per_row = size as f64 / 200_000.0;
    assert!((54.0..57.0).contains(&per_row), "{per_row} bytes a row");
    let sheet = read_delimited(&path);
    assert_eq!(sheet.header.join(","), "at,officer,system,action,record,record_kind,case,reason");
    assert_eq!(sheet.rows.len(), 200_000);
    assert!(sheet.rows[0][0].starts_with("2026-01-01 08:0"));
    assert!(sheet.rows.windows(2).all(|w| minute(&w[1][0]) >= minute(&w[0][0]) - 1));
    let distinct = |column: usize| sheet.rows.iter().map(|r| &r[column]).collect::<BTreeSet<_>>().len();
    assert!(distinct(1) > 30_000 && distinct(7) == 61 && distinct(3) == 5);
    let with_case = sheet.rows.iter().filter(|r| !r[6].is_empty()).count();
    assert!(with_case > 100_000 && with_case < 150_000);
    assert!(sheet.rows.iter().all(|r| !r[0].starts_with("2026-03-29 01:")));
}
