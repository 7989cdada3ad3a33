use crate::tests::example::Force;
use model::{Route, SourceKind, time};

const ID: &str = "secondary-work-clash";
const WHO: u32 = 4;
const BUSINESS: &str = "business_interest";

/// Second work of 16 hours a week, declared in 2025, and twelve days off sick in April 2026.
fn force() -> Force {
    let mut force = Force::of(12);
    force.declaration(WHO, BUSINESS, "2025-02-03", "yes");
    force.also("detail_hours", "16");
    force.absence(WHO, "2026-04-06 00:00", "2026-04-18 00:00", "sick");
    force
}

/// Duties of eight hours on the first `days` of each of twelve weeks.
fn weeks(force: &mut Force, days: i32) {
    let monday = time::parse_day("2026-05-04").expect("a day");
    for day in (0..84).filter(|d| d % 7 < days) {
        let date = time::iso_day(monday + day);
        force.duty(WHO, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
    }
}

#[test]
fn declared_work_that_stood_during_sick_leave_is_a_question_of_vetting() {
    let finding = force().only(ID, WHO);
    assert_eq!(finding.route, Route::Vetting);
    assert!(
        finding.sentence.contains("16 h") && finding.sentence.contains("12 days"),
        "{}",
        finding.sentence
    );
    assert_eq!(finding.sources, [SourceKind::Declarations, SourceKind::Absences]);
    assert!(finding.counter_evidence[1].contains("No other source"), "{:?}", finding.counter_evidence);
}

#[test]
fn work_that_paused_was_given_up_or_came_later_did_not_stand() {
    let mut paused = force();
    paused.known_interest(WHO, BUSINESS, "companies register", "2025-01-01", "2026-03-31");
    assert!(paused.none(ID, WHO));
    let mut given_up = force();
    given_up.declaration(WHO, BUSINESS, "2026-03-01", "no");
    assert!(given_up.none(ID, WHO));
    let mut later = force();
    later.drop_last(SourceKind::Declarations, 1);
    later.declaration(WHO, BUSINESS, "2026-05-01", "yes");
    later.also("detail_hours", "16");
    assert!(later.none(ID, WHO));
}

#[test]
fn an_interest_known_through_the_leave_confirms_it() {
    let mut force = force();
    force.known_interest(WHO, BUSINESS, "companies register", "2025-01-01", "");
    let finding = force.only(ID, WHO);
    assert_eq!(finding.evidence.len(), 3);
    assert_eq!(finding.counter_evidence.len(), 1);
}

#[test]
fn a_few_days_of_sickness_a_few_hours_of_work_or_no_hours_stated_are_nothing() {
    let mut short = force();
    short.drop_last(SourceKind::Absences, 1);
    short.absence(WHO, "2026-04-06 00:00", "2026-04-10 00:00", "sick");
    assert!(short.none(ID, WHO));
    let mut small = force();
    small.declaration(WHO, BUSINESS, "2025-03-03", "yes");
    small.also("detail_hours", "2");
    assert!(small.none(ID, WHO));
    let mut unstated = force();
    unstated.declaration(WHO, BUSINESS, "2025-03-03", "yes");
    assert!(unstated.none(ID, WHO));
}

#[test]
fn disability_and_parental_absence_are_not_sick_leave_here() {
    for kind in ["disability", "parental", "annual"] {
        let mut force = force();
        force.drop_last(SourceKind::Absences, 1);
        force.absence(WHO, "2026-04-06 00:00", "2026-05-18 00:00", kind);
        assert!(force.none(ID, WHO), "{kind}");
    }
}

#[test]
fn weeks_too_long_for_one_person_are_found_and_a_part_timers_are_not() {
    let mut full = Force::of(12);
    full.declaration(WHO, BUSINESS, "2025-02-03", "yes");
    full.also("detail_hours", "36");
    weeks(&mut full, 5);
    let finding = full.only(ID, WHO);
    // 480 hours in the 82 days from the first to the last duty are 40.9 a week.
    assert!(finding.sentence.contains("76.9 h"), "{}", finding.sentence);
    assert_eq!(finding.sources, [SourceKind::Declarations, SourceKind::Duties]);
    let mut known = full.clone();
    known.known_interest(WHO, BUSINESS, "companies register", "2025-01-01", "");
    known.only(ID, WHO);
    let mut ended = full.clone();
    ended.known_interest(WHO, BUSINESS, "companies register", "2025-01-01", "2026-05-31");
    assert!(ended.none(ID, WHO), "ended before the last duty");
    let mut less = full.clone();
    less.drop_last(SourceKind::Declarations, 1);
    less.declaration(WHO, BUSINESS, "2025-02-03", "yes");
    less.also("detail_hours", "8");
    less.known_interest(WHO, BUSINESS, "companies register", "2025-01-01", "");
    less.known_interest(WHO, BUSINESS, "second register", "2025-01-01", "2026-05-31");
    less.also("hours", "60");
    assert!(less.none(ID, WHO), "the hours of what has ended do not count");
    let mut part = full.clone();
    part.drop_last(SourceKind::Duties, 60);
    weeks(&mut part, 3);
    assert!(part.none(ID, WHO));
}
