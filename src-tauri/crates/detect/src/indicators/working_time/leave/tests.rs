use crate::tests::example::Force;
use model::time;

const WHO: u32 = 6;

/// Day 0 is Monday 5 January 2026.
fn on(day: i32) -> String {
    time::iso_day(time::parse_day("2026-01-05").expect("a date") + day)
}

/// Eight-hour duties from Monday to Friday on the days up to one; a colleague takes a day of leave every three weeks.
fn worked(until: i32) -> Force {
    let mut force = Force::of(12);
    add_duties(&mut force, WHO, 0, until);
    for day in (0..=until + 21).step_by(21) {
        leave(&mut force, 1, day - 7, "annual");
    }
    force
}

fn add_duties(force: &mut Force, who: u32, from: i32, until: i32) {
    for day in (from..=until).filter(|d| d % 7 < 5) {
        force.duty(who, &format!("{} 09:00", on(day)), &format!("{} 17:00", on(day)), "other");
    }
}

/// A whole day away.
fn leave(force: &mut Force, who: u32, day: i32, kind: &str) {
    force.absence(who, &format!("{} 00:00", on(day)), &format!("{} 00:00", on(day + 1)), kind);
}

fn limits(force: &Force) -> Vec<(String, String)> {
    let limited = force.analyse().limited.into_iter().filter(|s| s.indicator == "working-time");
    limited.map(|s| (s.reason, s.message)).collect()
}

#[test]
fn twenty_two_weeks_of_duties_without_a_day_of_leave_are_found_and_can_be_recomputed() {
    let mut force = worked(154);
    leave(&mut force, WHO, -3, "annual");
    leave(&mut force, WHO, 160, "annual");
    let finding = force.only("working-time", WHO);
    assert_eq!(finding.sentence, "No day of leave is on file in 22 weeks of duties, 5 Jan to 8 Jun 2026.");
    assert_eq!(finding.evidence.len(), 111, "every duty from the first to the last day");
    let line = finding.arithmetic.iter().find(|l| l.label == "duties without a day of leave").expect("said");
    assert_eq!(line.value, "22 weeks");
    assert!(
        line.note.starts_with("5 Jan to 8 Jun 2026, 155 days; leave before it: 2 Jan 2026, after it: 14 Jun"),
        "{line:?}"
    );
    assert_eq!(limits(&force), []);
    add_duties(&mut force, 2, 0, 0);
    force.without(&finding);
    assert!(force.none("working-time", WHO), "gone with the rows it cites");
}

#[test]
fn a_day_short_of_twenty_two_weeks_is_not_found() {
    assert!(worked(152).none("working-time", WHO), "153 days of 154: the last duty is on a Friday");
    let mut set = worked(152);
    set.cards = set.cards.with_parameter("working-time", "leave_weeks", 21).expect("in range");
    assert!(set.only("working-time", WHO).sentence.contains("21 weeks"));
}

#[test]
fn one_day_of_leave_of_any_kind_or_on_the_roster_is_leave_and_a_sick_day_is_not() {
    for kind in ["annual", "toil", "other", "parental", "disability"] {
        let mut away = worked(200);
        leave(&mut away, WHO, 100, kind);
        assert!(away.none("working-time", WHO), "{kind}");
    }
    let mut rostered = worked(200);
    rostered.duty(WHO, &format!("{} 09:00", on(103)), &format!("{} 17:00", on(103)), "leave");
    assert!(rostered.none("working-time", WHO));
    let mut sick = worked(200);
    leave(&mut sick, WHO, 100, "sick");
    assert!(sick.only("working-time", WHO).sentence.contains("28 weeks"));
}

#[test]
fn nobody_who_joined_or_came_back_or_was_ill_for_long_is_held_to_have_gone_without() {
    let mut joined = worked(0);
    add_duties(&mut joined, 2, 0, 200);
    (0..=220).step_by(21).for_each(|day| leave(&mut joined, 2, day, "annual"));
    add_duties(&mut joined, WHO, 60, 200);
    assert!(joined.none("working-time", WHO), "twenty weeks since joining");
    let mut ill = worked(0);
    (0..=220).step_by(21).for_each(|day| leave(&mut ill, 1, day, "annual"));
    add_duties(&mut ill, WHO, 7, 100);
    ill.absence(WHO, &format!("{} 00:00", on(101)), &format!("{} 00:00", on(116)), "sick");
    add_duties(&mut ill, WHO, 117, 200);
    assert!(ill.none("working-time", WHO), "a fortnight and more without a duty");
}

#[test]
fn where_nobodys_leave_is_on_file_the_run_says_that_the_rule_was_not_applied() {
    let mut none = Force::of(12);
    add_duties(&mut none, WHO, 0, 200);
    leave(&mut none, WHO, 220, "sick");
    assert!(none.none("working-time", WHO));
    assert!(matches!(&limits(&none)[..], [(reason, _)] if reason == "no_leave"), "{:?}", limits(&none));
}

#[test]
fn leave_on_file_for_less_than_the_stretch_is_named_and_finds_nobody() {
    let mut short = Force::of(12);
    add_duties(&mut short, WHO, 0, 200);
    (0..=98).step_by(14).for_each(|day| leave(&mut short, 1, day, "annual"));
    // A silence of four weeks, then leave is on file again.
    (127..=200).step_by(14).for_each(|day| leave(&mut short, 1, day, "annual"));
    assert!(short.none("working-time", WHO));
    let [(reason, message)] = &limits(&short)[..] else { panic!("{:?}", limits(&short)) };
    assert_eq!(reason, "short_leave");
    assert!(message.contains("over 22 weeks in a row"), "{message}");
    leave(&mut short, 1, 112, "annual");
    assert!(short.only("working-time", WHO).sentence.contains("28 weeks of duties"), "no silence any more");
}

#[test]
fn a_career_break_entered_as_leave_does_not_speak_for_a_time_without_any() {
    let mut force = Force::of(12);
    add_duties(&mut force, WHO, 0, 200);
    force.absence(1, &format!("{} 00:00", on(0)), &format!("{} 00:00", on(200)), "annual");
    assert!(force.none("working-time", WHO));
    assert!(matches!(&limits(&force)[..], [(reason, _)] if reason == "no_leave"));
}

#[test]
fn a_special_has_no_leave_to_take() {
    let mut force = worked(200);
    force.on_roll(WHO, "2020-01-01", "", "Special Constable", "Response 0");
    force.also("category", "special");
    assert!(force.none("working-time", WHO));
}
