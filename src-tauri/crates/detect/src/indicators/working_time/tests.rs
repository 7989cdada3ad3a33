use crate::tests::example::Force;
use model::{Route, SourceKind, time};

const WHO: u32 = 6;

/// Duties of `hours` from 07:00 on the first `days` of every seven, for `weeks` weeks from Monday 5 January 2026.
fn weeks(force: &mut Force, days: i32, hours: i32, weeks: i32) {
    let monday = time::parse_day("2026-01-05").expect("a date");
    for day in (0..weeks * 7).filter(|d| d % 7 < days) {
        let date = time::iso_day(monday + day);
        force.duty(WHO, &format!("{date} 07:00"), &format!("{date} {:02}:00", 7 + hours), "early");
    }
}

#[test]
fn fifty_hours_a_week_over_seventeen_weeks_are_a_matter_of_welfare() {
    let mut force = Force::of(12);
    weeks(&mut force, 5, 10, 17);
    let finding = force.only("working-time", WHO);
    assert_eq!(finding.route, Route::Welfare);
    assert!(finding.sentence.contains("50 h a week"), "{}", finding.sentence);
    assert!(finding.arithmetic[0].note.contains("850 h / 17 weeks"), "{:?}", finding.arithmetic);
    assert_eq!(finding.strength, 34_000, "two hours over the limit in each of seventeen weeks");
}

#[test]
fn forty_eight_hours_exactly_and_sixteen_long_weeks_are_within_the_rule() {
    let mut exact = Force::of(12);
    weeks(&mut exact, 6, 8, 17);
    assert!(exact.none("working-time", WHO));
    let mut sixteen = Force::of(12);
    weeks(&mut sixteen, 5, 10, 16);
    assert!(sixteen.none("working-time", WHO));
}

#[test]
fn overtime_inside_a_duty_is_not_worked_twice() {
    let mut force = Force::of(12);
    weeks(&mut force, 5, 9, 17);
    for week in 0..17 {
        let day = time::iso_day(time::parse_day("2026-01-05").expect("a date") + week * 7);
        force.overtime(WHO, 1 + week as u64, &format!("{day} 09:00"), &format!("{day} 15:00"));
    }
    assert!(force.none("working-time", WHO));
}

#[test]
fn a_week_of_leave_does_not_dilute_the_average_whether_it_is_an_absence_or_on_the_roster() {
    let monday = time::parse_day("2026-01-05").expect("a date");
    let on = |day: i32| time::iso_day(monday + day);
    let absence = |force: &mut Force, start: &str, end: &str| force.absence(WHO, start, end, "annual");
    let rostered = |force: &mut Force, start: &str, end: &str| force.duty(WHO, start, end, "leave");
    for leave in [absence, rostered] {
        let mut force = Force::of(12);
        weeks(&mut force, 5, 10, 8);
        leave(&mut force, &format!("{} 00:00", on(56)), &format!("{} 00:00", on(63)));
        for day in (63..63 + 63).filter(|d| d % 7 < 5) {
            force.duty(WHO, &format!("{} 07:00", on(day)), &format!("{} 17:00", on(day)), "early");
        }
        let finding = force.only("working-time", WHO);
        assert!(finding.sentence.contains("50 h a week"), "{}", finding.sentence);
    }
}

#[test]
fn a_quick_changeover_now_and_then_is_not_found_but_five_are() {
    let force = |times: i32| {
        let mut force = Force::of(12);
        for time in 0..times {
            let monday = time::parse_day("2026-01-05").expect("a date") + 14 * time;
            let (late, early) = (time::iso_day(monday), time::iso_day(monday + 1));
            force.duty(WHO, &format!("{late} 14:00"), &format!("{late} 23:00"), "late");
            force.duty(WHO, &format!("{early} 07:00"), &format!("{early} 15:00"), "early");
        }
        force
    };
    assert!(force(4).none("working-time", WHO));
    let finding = force(5).only("working-time", WHO);
    assert!(finding.sentence.contains("8 h"), "{}", finding.sentence);
    assert_eq!(finding.evidence.len(), 10);
}

#[test]
fn court_in_the_morning_and_a_detail_in_the_evening_leave_a_night_of_rest() {
    let mut force = Force::of(12);
    for day in 1..=6 {
        let day = time::iso_day(time::parse_day("2026-01-05").expect("a date") + 2 * day);
        force.overtime(WHO, 1, &format!("{day} 09:00"), &format!("{day} 10:00"));
        force.overtime(WHO, 2, &format!("{day} 16:00"), &format!("{day} 20:00"));
    }
    assert!(force.none("working-time", WHO));
}

#[test]
fn thirteen_days_in_a_row_are_found_and_twelve_are_not() {
    let force = |days: i32| {
        let mut force = Force::of(12);
        weeks(&mut force, 7, 4, 2);
        let cut = 14 - days;
        force.drop_last(SourceKind::Duties, cut as usize);
        force
    };
    assert!(force(12).none("working-time", WHO));
    let finding = force(13).only("working-time", WHO);
    assert!(finding.sentence.contains("13 days in a row"), "{}", finding.sentence);
}

#[test]
fn a_night_over_the_clock_change_counts_elapsed_hours() {
    // Sixteen weeks of 48 hours, then six nights of which the last begins on 28 March, when clocks go forward.
    let force = |last_end: &str| {
        let mut force = Force::of(12);
        let monday = time::parse_day("2025-12-01").expect("a date");
        let on = |day: i32| time::iso_day(monday + day);
        for day in (0..117).filter(|d| d % 7 < 6) {
            force.duty(WHO, &format!("{} 22:00", on(day)), &format!("{} 06:00", on(day + 1)), "night");
        }
        force.duty(WHO, "2026-03-28 22:00", &format!("2026-03-29 {last_end}"), "night");
        force
    };
    assert!(force("07:00").none("working-time", WHO), "nine hours on the clock, eight elapsed");
    assert!(force("07:30").only("working-time", WHO).sentence.contains("48 h a week"));
}

#[test]
fn overtime_alone_above_48_hours_in_a_week_says_what_the_hours_are_made_of() {
    let mut force = Force::of(12);
    for day in 0..5 {
        let date = time::iso_day(time::parse_day("2026-01-05").expect("a date") + day);
        force.overtime(WHO, 1 + day as u64, &format!("{date} 07:00"), &format!("{date} 17:30"));
    }
    let finding = force.only("working-time", WHO);
    assert!(finding.sentence.contains("52 h 30 min"), "{}", finding.sentence);
    assert_eq!(finding.strength, 4_500, "hours over the limit");
    assert!(finding.counter_evidence[0].contains("no duties"), "{:?}", finding.counter_evidence);
    assert_eq!(finding.sources, [SourceKind::Overtime]);
}
