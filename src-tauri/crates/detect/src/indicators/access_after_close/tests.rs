use crate::tests::example::Force;

const WHO: u32 = 7;
const SUBJECT: u64 = 0xABCD_EF01_2345_6789;

/// A case closed at the end of 2025, early duties in March 2026, and five look-ups on five of its days.
fn force(hour: &str, closed: &str) -> Force {
    let mut force = Force::of(12);
    force.assignment(WHO, 900, SUBJECT, "2025-06-01", closed, "");
    for day in 1..=20 {
        force.duty(WHO, &format!("2026-03-{day:02} 07:00"), &format!("2026-03-{day:02} 15:00"), "early");
    }
    (4..9).for_each(|day| force.access(WHO, &format!("2026-03-{day:02} {hour}"), SUBJECT, 0));
    force
}

#[test]
fn look_ups_long_after_closure_are_found_even_on_shift() {
    let finding = force("10:00", "2025-12-31").only("access-after-close", WHO);
    assert!(finding.sentence.contains("5 look-ups on 5 days"), "{}", finding.sentence);
    assert!(finding.sentence.contains("up to 67 days before"), "{}", finding.sentence);
    assert!(!finding.sentence.contains("neither a duty"), "{}", finding.sentence);
    assert_eq!(finding.evidence.len(), 5);
    assert!(finding.counter_evidence[0].starts_with("5 cited look-ups were made on shift"));
}

#[test]
fn soon_after_closure_only_look_ups_off_shift_count() {
    // Closed 5 February: beyond the handover of 14 days, within the 60 days of "long after".
    assert!(force("10:00", "2026-02-05").none("access-after-close", WHO));
    let finding = force("21:00", "2026-02-05").only("access-after-close", WHO);
    assert!(finding.sentence.contains("Of these, 5 were made while neither"), "{}", finding.sentence);
}

#[test]
fn an_open_case_a_handover_and_a_new_holder_explain() {
    assert!(force("21:00", "").none("access-after-close", WHO), "still open");
    assert!(force("21:00", "2026-02-28").none("access-after-close", WHO), "within the handover");
    let mut passed_on = force("10:00", "2025-12-31");
    passed_on.assignment(8, 900, 0, "2026-01-01", "", "Response 0");
    assert!(passed_on.none("access-after-close", WHO), "a colleague has it now");
}

#[test]
fn an_overtime_claim_or_a_night_duty_over_the_clock_change_covers_the_moment() {
    let mut night = Force::of(12);
    night.assignment(WHO, 900, SUBJECT, "2025-06-01", "2026-02-20", "");
    // Clocks go forward at 01:00 UTC on 29 March 2026: this duty lasts eight hours, not nine.
    night.duty(WHO, "2026-03-28 22:00", "2026-03-29 07:00", "night");
    night.duty(WHO, "2026-04-20 07:00", "2026-04-20 15:00", "early");
    night.overtime(WHO, 1, "2026-04-01 18:00", "2026-04-01 23:00");
    for when in ["2026-03-28 23:30", "2026-03-29 03:30", "2026-03-29 07:45", "2026-04-01 20:00"] {
        night.access(WHO, when, SUBJECT, 0);
    }
    assert!(night.none("access-after-close", WHO));
    for when in ["2026-03-29 12:30", "2026-03-30 12:00", "2026-04-02 20:00", "2026-04-03 20:00"] {
        night.access(WHO, when, SUBJECT, 0);
    }
    assert_eq!(night.only("access-after-close", WHO).evidence.len(), 4);
}

#[test]
fn without_duties_nobody_is_off_shift() {
    let mut force = Force::of(12);
    force.assignment(WHO, 900, SUBJECT, "2025-06-01", "2026-02-05", "");
    (4..9).for_each(|day| force.access(WHO, &format!("2026-03-{day:02} 21:00"), SUBJECT, 0));
    assert!(force.none("access-after-close", WHO));
}

#[test]
fn a_strangers_case_and_giving_the_closed_number_change_nothing() {
    let mut stranger = Force::of(12);
    stranger.unit(8, "CID 1");
    stranger.assignment(8, 900, SUBJECT, "2025-06-01", "2025-12-31", "");
    (4..9).for_each(|day| stranger.access(WHO, &format!("2026-03-{day:02} 21:00"), SUBJECT, 0));
    assert!(stranger.none("access-after-close", WHO), "another unit's case is for access-unexplained");
    let mut given = Force::of(12);
    given.assignment(WHO, 900, SUBJECT, "2025-06-01", "2025-12-31", "");
    (4..9).for_each(|day| given.access(WHO, &format!("2026-03-{day:02} 21:00"), SUBJECT, 900));
    given.only("access-after-close", WHO);
}
