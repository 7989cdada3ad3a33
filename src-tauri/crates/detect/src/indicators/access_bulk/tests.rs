use super::{highest, reference};
use crate::tests::example::Force;

const WHO: u32 = 7;

fn monday(week: u32) -> String {
    let first = model::time::parse_day("2026-01-05").expect("a Monday");
    model::time::iso_day(first + 7 * week as i32)
}

/// Forty people who print once a week for twenty weeks, and four times in one of them; each also views. The officer
/// prints and exports `more` from week 14 on.
fn force(more: u32) -> Force {
    let mut force = Force::of(40);
    for week in 0..20 {
        for officer in 0..40 {
            force.access(officer, &format!("{} 09:00", monday(week)), 5, 99);
            force.access(officer, &format!("{} 10:00", monday(week)), 6, 99);
            force.also("action", "print");
            for turn in 0..if week == 10 + officer % 8 { 3 } else { 0 } {
                force.access(officer, &format!("{} 10:1{turn}", monday(week)), 7, 99);
                force.also("action", "print");
            }
        }
        for turn in 0..if week >= 14 { more } else { 0 } {
            force.access(WHO, &format!("{} 11:{turn:02}", monday(week)), 100 + u64::from(turn), 99);
            force.also("action", if turn % 2 == 0 { "export" } else { "print" });
        }
    }
    force
}

#[test]
fn a_step_up_against_the_own_past_that_peers_do_not_show_is_found_from_its_week() {
    let finding = force(10).only("access-bulk", WHO);
    assert!(
        finding
            .sentence
            .starts_with("From the week of 13 Apr 2026 on, 69 prints and exports (30 of them exports)"),
        "{}",
        finding.sentence
    );
    assert!(finding.sentence.contains("in 6 weeks"), "{}", finding.sentence);
    assert_eq!(finding.evidence.len(), 69);
    let series = finding.arithmetic.iter().find(|l| l.label.starts_with("series:")).expect("a series");
    assert!(
        series.note.starts_with("2026-01-05 1; ") && series.note.ends_with("2026-05-18 11"),
        "{}",
        series.note
    );
}

#[test]
fn a_small_rise_and_an_even_habit_are_not() {
    assert!(force(0).none("access-bulk", WHO));
    assert!(force(2).none("access-bulk", WHO));
    let mut printer = force(0);
    for week in 0..20 {
        for turn in 0..10 {
            printer.access(WHO, &format!("{} 11:{turn:02}", monday(week)), 100 + turn, 99);
            printer.also("action", "print");
        }
    }
    assert!(printer.none("access-bulk", WHO), "always printed much");
}

#[test]
fn an_authorised_exporters_weeks_are_left_out() {
    let mut exporter = force(10);
    exporter.authority(WHO, "exporter", "2026-04-13", "");
    assert!(exporter.none("access-bulk", WHO));
    let mut ended = force(10);
    ended.authority(WHO, "exporter", "2026-01-01", "2026-02-01");
    ended.only("access-bulk", WHO);
}

#[test]
fn somebody_with_too_short_a_past_is_not_compared() {
    let mut force = Force::of(2);
    for turn in 0..50 {
        force.access(1, &format!("2026-03-02 11:{turn:02}"), 100 + turn, 99);
        force.also("action", "export");
    }
    let analysis = force.analyse();
    assert!(analysis.leads.is_empty());
    let skipped = analysis.skipped.iter().find(|s| s.indicator == "access-bulk").expect("skipped");
    assert_eq!(skipped.reason, "no_exposure");
}

#[test]
fn weeks_of_leave_do_not_lower_the_own_past() {
    let weeks: Vec<(i32, i64)> = (0..10).map(|w| (w, 4)).chain((14..24).map(|w| (w, 4))).collect();
    assert!(highest(&weeks, 8, 150).is_none());
}

#[test]
fn the_sum_is_what_a_reader_gets_by_hand() {
    // Past: 8 weeks of 1, plus one, makes 1.125 a week; allowed is one more, 2.125; two weeks of 12 give 19.75.
    let weeks: Vec<(i32, i64)> = (0..8).map(|w| (w, 1)).chain([(8, 12), (9, 12)]).collect();
    let step = highest(&weeks, 8, 150).expect("a step");
    assert_eq!((step.past, step.reference, step.sum), (1125, 2125, 19_750));
    assert_eq!((step.first_week, step.peak_week, step.weeks, step.taken), (8, 9, 2, 24));
    assert_eq!(reference(10_000, 150), 15_000);
}
