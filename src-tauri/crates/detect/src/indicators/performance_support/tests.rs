use crate::tests::example::Force;
use model::{Route, SourceKind, time};

const ID: &str = "performance-support";
const WHO: u32 = 4;

/// Grades for the first and the second quarter of 2026.
fn reviews(before: &str, after: &str) -> Force {
    let mut force = Force::of(12);
    force.performance(WHO, "2026-01-01", "2026-03-31", before);
    force.performance(WHO, "2026-04-01", "2026-06-30", after);
    force
}

/// Duties of `hours` on the first `days` of every week from 6 April to 28 June 2026.
fn weeks(force: &mut Force, days: i32, hours: i32) {
    let monday = time::parse_day("2026-04-06").expect("a day");
    for day in (0..84).filter(|d| d % 7 < days) {
        let date = time::iso_day(monday + day);
        force.duty(WHO, &format!("{date} 06:00"), &format!("{date} {:02}:00", 6 + hours), "early");
    }
}

#[test]
fn a_fall_with_long_hours_suggests_help() {
    let mut force = reviews("good", "below");
    weeks(&mut force, 5, 11);
    let finding = force.only(ID, WHO);
    assert_eq!(finding.route, Route::Welfare);
    assert!(finding.sentence.contains("from good to below"), "{}", finding.sentence);
    // 660 hours in the 82 days from the first to the last duty.
    assert!(finding.sentence.contains("56.3 h"), "{}", finding.sentence);
    assert_eq!(finding.sources, [SourceKind::Performance, SourceKind::Duties]);
}

#[test]
fn a_fall_with_much_sickness_suggests_help_and_with_ordinary_weeks_nothing() {
    let mut force = reviews("outstanding", "meets");
    weeks(&mut force, 5, 8);
    assert!(force.none(ID, WHO));
    force.absence(WHO, "2026-04-13 00:00", "2026-05-05 00:00", "sick");
    let finding = force.only(ID, WHO);
    assert!(finding.sentence.contains("22 days"), "{}", finding.sentence);
    assert_eq!(finding.evidence.len(), 3);
}

#[test]
fn long_hours_or_sickness_without_a_fall_are_not_this_indicators_business() {
    for (before, after) in [("good", "good"), ("meets", "good"), ("below", "meets")] {
        let mut force = reviews(before, after);
        weeks(&mut force, 5, 11);
        assert!(force.none(ID, WHO), "{before} {after}");
    }
}

#[test]
fn a_grade_that_rises_again_is_not_falling() {
    let mut force = Force::of(12);
    force.performance(WHO, "2025-07-01", "2025-12-31", "outstanding");
    force.performance(WHO, "2026-01-01", "2026-03-31", "below");
    force.performance(WHO, "2026-04-01", "2026-06-30", "meets");
    weeks(&mut force, 5, 11);
    assert!(force.none(ID, WHO));
}

#[test]
fn for_a_part_timer_the_own_contract_is_the_measure() {
    let mut force = reviews("good", "below");
    weeks(&mut force, 4, 8);
    assert!(force.none(ID, WHO));
    force.on_roll(WHO, "2020-01-01", "", "Constable", "Response 0");
    force.also("contract_hours", "24");
    let finding = force.only(ID, WHO);
    assert!(finding.sentence.contains("more than 30 h"), "{}", finding.sentence);
}

#[test]
fn disability_and_parental_absence_do_not_count_as_sickness_nor_dilute_the_week() {
    let mut force = reviews("good", "below");
    force.absence(WHO, "2026-04-13 00:00", "2026-05-25 00:00", "disability");
    weeks(&mut force, 1, 8);
    assert!(force.none(ID, WHO));
}

#[test]
fn one_review_or_none_that_can_be_read_is_no_fall() {
    let mut force = Force::of(12);
    force.performance(WHO, "2026-04-01", "2026-06-30", "unsatisfactory");
    weeks(&mut force, 5, 11);
    assert!(force.none(ID, WHO));
}

#[test]
fn another_supervisor_and_help_already_given_are_shown() {
    let mut force = Force::of(12);
    force.performance(WHO, "2026-01-01", "2026-03-31", "good");
    force.also("supervisor", "1");
    force.performance(WHO, "2026-04-01", "2026-06-30", "below");
    force.also("supervisor", "2");
    force.support(WHO, "2026-06-01", "action_plan", "");
    weeks(&mut force, 5, 11);
    let shown = force.only(ID, WHO).counter_evidence;
    assert!(shown[0].contains("different supervisors") && shown[1].contains("action plan"), "{shown:?}");
}

#[test]
fn leave_on_the_roster_does_not_dilute_the_week() {
    let mut force = reviews("good", "below");
    let monday = time::parse_day("2026-04-06").expect("a day");
    for day in (0..84).filter(|d| d % 7 < 5 && !(28..56).contains(d)) {
        let date = time::iso_day(monday + day);
        force.duty(WHO, &format!("{date} 06:00"), &format!("{date} 17:00"), "early");
    }
    assert!(force.none(ID, WHO), "four weeks of nothing known");
    force.duty(WHO, "2026-05-04 00:00", "2026-06-01 00:00", "leave");
    // 440 hours in the 54 other days from the first to the last duty.
    assert!(force.only(ID, WHO).sentence.contains("57 h"));
}
