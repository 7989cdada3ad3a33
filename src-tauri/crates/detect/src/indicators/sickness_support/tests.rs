use crate::tests::example::Force;
use model::{Route, SourceKind, time};

const ID: &str = "sickness-support";
const WHO: u32 = 4;

/// Three days of sickness at the beginning of each of some months of 2026.
fn months(force: &mut Force, months: std::ops::RangeInclusive<u32>) {
    for month in months {
        force.absence(
            WHO,
            &format!("2026-{month:02}-03 00:00"),
            &format!("2026-{month:02}-06 00:00"),
            "sick",
        );
    }
}

fn force() -> Force {
    let mut force = Force::of(12);
    months(&mut force, 1..=4);
    force
}

#[test]
fn four_spells_within_a_year_suggest_help_and_three_do_not() {
    let finding = force().only(ID, WHO);
    assert_eq!(finding.route, Route::Welfare);
    assert!(finding.sentence.contains("4 separate spells"), "{}", finding.sentence);
    assert!(finding.sentence.contains("12 days"), "{}", finding.sentence);
    assert_eq!((finding.evidence.len(), &finding.sources[..]), (4, &[SourceKind::Absences][..]));
    let mut three = force();
    three.drop_last(SourceKind::Absences, 1);
    assert!(three.none(ID, WHO));
}

#[test]
fn spells_more_than_a_year_apart_are_no_pattern() {
    let mut force = force();
    force.drop_last(SourceKind::Absences, 1);
    force.absence(WHO, "2027-01-05 00:00", "2027-01-08 00:00", "sick");
    assert!(force.none(ID, WHO));
}

#[test]
fn a_certificate_renewed_every_fortnight_is_one_long_spell() {
    let mut force = Force::of(12);
    let start = time::parse_day("2026-03-20").expect("a day");
    let on = |days: i32| format!("{} 00:00", time::iso_day(start + days));
    force.absence(WHO, &on(0), &on(14), "sick");
    assert!(force.none(ID, WHO));
    // Exactly 28 civil days, 671 hours: the clocks go forward in between.
    force.absence(WHO, &on(14), &on(28), "sick");
    let finding = force.only(ID, WHO);
    assert!(finding.sentence.contains("28 days in a row"), "{}", finding.sentence);
}

#[test]
fn a_part_timers_free_days_do_not_make_several_spells_of_one() {
    let mut force = Force::of(12);
    force.duty(WHO, "2026-01-02 07:00", "2026-01-02 15:00", "early");
    for monday in ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"] {
        let wednesday = time::iso_day(time::parse_day(monday).expect("a day") + 2);
        force.absence(WHO, &format!("{monday} 00:00"), &format!("{wednesday} 00:00"), "sick");
    }
    assert!(force.none(ID, WHO));
    for tuesday in ["2026-01-08", "2026-01-15", "2026-01-22"] {
        force.duty(WHO, &format!("{tuesday} 07:00"), &format!("{tuesday} 15:00"), "early");
    }
    assert!(force.only(ID, WHO).sentence.contains("4 separate spells"));
}

#[test]
fn disability_pregnancy_and_parental_absence_are_left_out_and_not_even_mentioned() {
    let mut disability = force();
    disability.absence(WHO, "2026-02-06 00:00", "2026-02-20 00:00", "disability");
    assert!(disability.none(ID, WHO));
    let mut reason = force();
    reason.also("reason_group", "Pregnancy-related");
    assert!(reason.none(ID, WHO));
    months(&mut reason, 5..=5);
    let shown = format!("{:?}", reason.only(ID, WHO)).to_lowercase();
    assert!(!shown.contains("pregnan"), "{shown}");
    let mut parental = Force::of(12);
    parental.absence(WHO, "2026-01-01 00:00", "2026-02-15 00:00", "sick");
    parental.absence(WHO, "2026-02-15 00:00", "2026-11-15 00:00", "parental");
    assert!(parental.none(ID, WHO));
}

#[test]
fn where_occupational_health_came_in_nothing_is_said_and_an_earlier_time_is_shown() {
    let mut helped = force();
    helped.support(WHO, "2026-04-10", "occupational_health", "");
    assert!(helped.none(ID, WHO));
    let mut earlier = force();
    earlier.support(WHO, "2025-04-10", "occupational_health", "");
    earlier.support(WHO, "2026-04-10", "action_plan", "");
    assert_eq!(earlier.only(ID, WHO).counter_evidence, ["Occupational health came in on 10 Apr 2025."]);
}

#[test]
fn who_has_left_is_no_longer_the_forces_to_help() {
    let mut force = force();
    force.on_roll(WHO, "2020-01-01", "2026-05-01", "Constable", "Response 0");
    force.also("left", "2026-05-01");
    force.duty(1, "2026-05-20 07:00", "2026-05-20 15:00", "early");
    assert!(force.none(ID, WHO));
}

#[test]
fn without_duties_who_leaves_later_is_still_here() {
    let leaving = |left: &str| {
        let mut force = force();
        force.on_roll(WHO, "2020-01-01", "", "Constable", "Response 0");
        force.also("left", left);
        force.on_roll(1, "2026-06-15", "", "Constable", "Response 0");
        force
    };
    leaving("2027-01-31").only(ID, WHO);
    assert!(leaving("2026-05-01").none(ID, WHO), "the roll has a newer line");
}

#[test]
fn annual_leave_is_not_sickness() {
    let mut force = Force::of(12);
    force.absence(WHO, "2026-01-01 00:00", "2026-03-01 00:00", "annual");
    assert!(force.none(ID, WHO));
}
