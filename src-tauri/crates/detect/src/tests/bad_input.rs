use super::example::Force;
use crate::measure::MAX_CITED;
use crate::{Analysis, CONTEXT_BYTES, Cards, LoadError, Options, People, Segments, analyse};
use model::{Column, ImportId, Pseudonym, SourceKind, Table};
use std::sync::atomic::AtomicBool;

fn skipped<'a>(analysis: &'a Analysis, indicator: &str) -> (&'a str, &'a str) {
    let skipped = analysis.skipped.iter().find(|s| s.indicator == indicator).expect("skipped");
    (&skipped.reason, &skipped.message)
}

/// Nothing in what is stored may be a number that is none.
fn assert_sound(analysis: &Analysis) {
    let stored = serde_json::to_string(analysis).expect("serialises");
    for word in ["NaN", "inf ", "inf\"", "-0 ", "unknown times"] {
        assert!(!stored.contains(word), "{word} in {stored}");
    }
}

#[test]
fn sources_without_a_day_in_common_are_named_and_not_counted_as_zero() {
    let mut force = Force::of(40);
    for who in 0..40 {
        force.duty(who, "2019-03-02 07:00", "2019-03-02 15:00", "early");
        force.overtime(who, u64::from(who) + 1, "2026-03-02 15:00", "2026-03-02 18:00");
        force.swipe(who, "2019-03-02 06:55", "Site 01");
        force.complaint(who, u64::from(who) + 1, "2026-03-02");
        force.access(who, "2026-03-02 10:00", 5, 0);
        force.assignment(who, 9, 5, "2019-01-01", "2019-06-30", "");
    }
    let analysis = force.analyse();
    assert_eq!(
        skipped(&analysis, "overtime-absent"),
        ("no_overlap", "No day in common: overtime and paid details (2 Mar 2026) and presence (2 Mar 2019).")
    );
    for indicator in ["overtime-rate", "complaint-rate", "access-unexplained"] {
        assert_eq!(skipped(&analysis, indicator).0, "no_overlap", "{indicator}");
    }
    assert!(skipped(&analysis, "access-unexplained").1.contains("(1 Jan to 30 Jun 2019)"));
    assert_sound(&analysis);
}

#[test]
fn a_source_that_cannot_lead_to_a_finding_is_named_and_not_counted_as_zero() {
    let mut edits = Force::of(12);
    edits.authority(9, "roster_editor", "2026-01-01", "");
    for day in ["2026-03-02", "2026-03-10", "2026-04-01"] {
        edits.edit(3, &format!("{day} 07:12"), 3, day, 150, model::NO_OFFICER);
        edits.leave_out("minutes_gained");
    }
    let analysis = edits.analyse();
    for indicator in ["roster-self-edit", "roster-late-edit", "roster-ring"] {
        assert_eq!(skipped(&analysis, indicator).0, "no_gains", "{indicator}");
    }
    let mut bare = Force::of(12);
    bare.overtime(3, 1, "2026-03-02 15:00", "2026-03-02 18:00");
    bare.swipe(3, "2026-03-02 06:50", "Site 01");
    bare.performance(3, "2026-01-01", "2026-03-31", "good");
    bare.performance(3, "2026-04-01", "2026-06-30", "below");
    let analysis = bare.analyse();
    assert_eq!(skipped(&analysis, "overtime-absent"), ("no_source", "No duties imported."));
    assert_eq!(skipped(&analysis, "performance-support"), ("no_source", "No duties or absences imported."));
}

#[test]
fn an_open_assignment_reaches_to_the_end_and_closed_ones_still_speak_of_closed_cases() {
    let mut force = Force::of(40);
    for who in 0..40 {
        force.access(who, "2026-03-02 10:00", 5, 0);
        force.assignment(who, 9, 5, "2019-01-01", if who == 0 { "" } else { "2019-06-30" }, "");
    }
    let analysis = force.analyse();
    for indicator in ["access-unexplained", "access-after-close"] {
        assert!(!analysis.skipped.iter().any(|s| s.indicator == indicator), "{indicator}");
    }
}

#[test]
fn peers_who_are_all_equal_list_nobody_and_leave_no_strange_number() {
    for hours in [0, 60] {
        let mut force = Force::of(50);
        for who in 0..50 {
            for day in 1..=20 {
                let date = format!("2026-03-{day:02}");
                force.duty(who, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
                force.access(who, &format!("{date} 09:00"), u64::from(who) << 20 | day, 0);
                if hours > 0 {
                    force.overtime(
                        who,
                        u64::from(who) << 8 | day,
                        &format!("{date} 15:00"),
                        &format!("{date} 18:00"),
                    );
                }
            }
            force.complaint(who, u64::from(who) + 1, "2026-03-05");
            force.assignment(who, 7, 1, "2026-01-01", "", "");
        }
        let analysis = force.analyse();
        let statistical = analysis.leads.iter().flat_map(|l| &l.findings).filter(|f| f.tail.is_some());
        assert_eq!(statistical.count(), 0);
        assert_sound(&analysis);
    }
}

#[test]
fn a_unit_of_one_and_an_officer_without_duty_hours_are_compared_or_left_out_but_never_counted_as_nobody() {
    let mut force = Force::of(40);
    force.unit(39, "Unit of one");
    for who in 0..40 {
        for day in 1..=20 {
            let date = format!("2026-03-{day:02}");
            if who != 38 {
                force.duty(who, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
            }
            let end = if who >= 38 { "19:30" } else { "15:15" };
            force.overtime(
                who,
                u64::from(who) << 8 | day,
                &format!("{date} 15:00"),
                &format!("{date} {end}"),
            );
        }
    }
    let finding = force.only("overtime-rate", 39);
    assert_eq!(finding.peers.expect("peers").size, 38);
    let analysis = force.analyse();
    let said = &analysis.expected_false.iter().find(|(id, _)| id == "overtime-rate").expect("said").1;
    assert!(said.ends_with("and without duty hours is not compared."), "{said}");
    let rate = analysis.counts.iter().find(|c| c.indicator == "overtime-rate").expect("counted");
    assert_eq!(rate.officers, 39, "the one without duty hours is not compared");
}

/// One officer with a million look-ups of a million records, ten thousand of which are on a case that they closed long ago.
struct Million;

impl Segments for Million {
    fn partitions(&self) -> u32 {
        1
    }

    fn load(&self, kind: SourceKind, _: u32) -> Result<Vec<(ImportId, Table)>, LoadError> {
        let mut table = Table::new(kind);
        let rows = match kind {
            SourceKind::Accesses => 1_000_000,
            SourceKind::Assignments => 10_000,
            SourceKind::Officers => 40,
            _ => 0,
        };
        table.officers = (0..rows).map(|row| if rows == 40 { row } else { 0 }).collect();
        table.rows = (0..rows).collect();
        for row in 0..rows {
            table.columns.iter_mut().for_each(Column::push_absent);
            // Every hundredth record is on the case.
            let record = u64::from(row) * if kind == SourceKind::Assignments { 100 } else { 1 };
            let spread = (record + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            for (name, value) in
                [("record", spread), ("case", if kind == SourceKind::Assignments { 7 } else { 0 })]
            {
                if let Some(Column::Token(tokens)) = table.position(name).map(|at| &mut table.columns[at]) {
                    tokens[row as usize] = value;
                }
            }
            if let Some(Column::Instant(times)) = table.position("at").map(|at| &mut table.columns[at]) {
                times[row as usize] = 1_767_225_600 + i64::from(row) * 10;
            }
            let until = (kind == SourceKind::Assignments).then(|| table.position("until")).flatten();
            if let Some(Column::Date(days)) = until.map(|at| &mut table.columns[at]) {
                days[row as usize] = model::time::parse_day("2024-12-31").expect("a day");
            }
        }
        Ok(vec![(ImportId(1), table)])
    }
}

#[test]
fn a_million_look_ups_of_one_officer_are_counted_and_the_first_thousands_cited() {
    let cancel = AtomicBool::new(false);
    let options = Options {
        zone: super::example::LONDON.to_owned(),
        threads: 1,
        seed: 1,
        previous_runs: 0,
        context_bytes: CONTEXT_BYTES,
        cancel: &cancel,
        progress: &|_, _| {},
    };
    let people =
        People { pseudonyms: (0..40).map(Pseudonym::from_bits).collect(), provisional: vec![false; 40] };
    let analysis = analyse(&Million, &people, &Cards::shipped(), &options).expect("an analysis");
    let none = analysis.explained.iter().find(|e| e.reason == crate::Reason::None).expect("unexplained");
    assert_eq!(none.look_ups, 1_000_000);
    assert_eq!(analysis.rows, 1_010_040);
    let cited: Vec<(&str, usize)> = analysis
        .leads
        .iter()
        .flat_map(|l| &l.findings)
        .map(|f| (f.indicator.as_str(), f.evidence.len()))
        .collect();
    assert_eq!(cited, [("access-after-close", MAX_CITED)]);
    assert_sound(&analysis);
}

/// An indicator that reads a kind, how many rows a finding of it cites, and how the nth row is added.
type Add<'a> = (&'a str, usize, &'a dyn Fn(&mut Force, u64));

/// Rows of every kind of one officer, all on a few days: whatever compares all with all would not end.
#[test]
fn thousands_of_rows_of_each_kind_of_one_officer_are_judged_and_the_first_thousands_cited() {
    const ROWS: u64 = 12_000;
    let day = |n: u64| format!("2026-03-{:02}", n % 28 + 1);
    let kinds: [Add<'_>; 8] = [
        ("overtime-clash", MAX_CITED + 1, &|f, n| {
            f.overtime(0, n + 1, "2026-03-05 10:00", "2026-03-05 20:00")
        }),
        ("overtime-clash", 17, &|f, n| {
            f.duty(0, "2026-03-05 09:00", &format!("2026-03-06 0{}:00", n % 9), "early")
        }),
        ("overtime-clash", 17, &|f, n| {
            f.absence(0, "2026-03-04 09:00", &format!("{} 10:00", day(n % 2 + 4)), "sick")
        }),
        ("roster-self-edit", MAX_CITED, &|f, n| {
            f.edit(0, &format!("{} 09:00", day(n)), 0, &day(n), 60, model::NO_OFFICER)
        }),
        ("complaint-pattern", MAX_CITED, &|f, n| {
            f.complaint(0, n + 1, &day(n * 28 / ROWS));
            f.also("category", "Incivility");
        }),
        ("attendance-claim", 0, &|f, n| f.attendance(0, &day(n), "office")),
        ("attendance-claim", 0, &|f, n| f.swipe(0, &format!("{} 08:00", day(n)), "Site 01")),
        ("access-after-close", 0, &|f, n| f.assignment(0, n + 1, 5, "2026-01-01", &day(n), "")),
    ];
    for (indicator, cited, add) in kinds {
        let mut force = Force::of(40);
        force.authority(39, "roster_editor", "2026-01-01", "");
        for who in 0..40 {
            force.duty(who, "2026-03-05 07:00", "2026-03-05 15:00", "early");
            force.overtime(who, u64::from(who) + 100_000, "2026-03-05 15:00", "2026-03-05 16:00");
            force.attendance(who, "2026-03-05", "office");
            force.swipe(who, "2026-03-05 08:00", "Site 01");
            force.access(who, "2026-03-05 10:00", 5, 0);
        }
        (0..ROWS).for_each(|n| add(&mut force, n));
        let analysis = force.analyse();
        assert!(analysis.rows >= ROWS, "{indicator}");
        assert!(!analysis.skipped.iter().any(|s| s.indicator == indicator), "{:?}", analysis.skipped);
        let mut most = 0;
        for finding in analysis.leads.iter().flat_map(|l| &l.findings) {
            assert!(finding.evidence.len() <= 3 * MAX_CITED, "{}", finding.indicator);
            if finding.indicator == indicator {
                most = finding.evidence.len().max(most);
            }
        }
        assert_eq!(most, cited, "{indicator}");
        assert_sound(&analysis);
    }
}
