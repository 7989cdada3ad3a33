use super::example::Force;
use crate::context::{self, CONTEXT_KINDS, Context};
use crate::load::PROFILE_KINDS;
use crate::{People, Segments};
use model::{NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, SourceKind, SourceSchema, time};

pub fn day(text: &str) -> i32 {
    time::parse_day(text).expect("a day")
}

pub fn context<'a>(force: &Force, people: &'a People) -> Context<'a> {
    let calendar = time::Calendar::new(time::zone(super::example::LONDON).expect("bundled"));
    let parts = (0..force.partitions()).map(|n| context::part(force, n, &calendar).expect("read")).collect();
    Context::join(parts, people, calendar)
}

pub fn people(officers: u64) -> People {
    People {
        pseudonyms: (0..officers).map(model::Pseudonym::from_bits).collect(),
        provisional: vec![false; officers as usize],
    }
}

#[test]
fn every_kind_but_the_audits_is_read_and_the_audits_never() {
    for kind in SourceKind::ALL {
        let read = PROFILE_KINDS.contains(kind) || CONTEXT_KINDS.contains(kind);
        assert_eq!(read, !SourceSchema::of(*kind).audit_only, "{kind}");
    }
}

#[test]
fn what_stands_for_a_time_reaches_the_profile() {
    let mut force = Force::of(2);
    force.vetting(1, "MV", "2019-05-01", "2026-04-30");
    force.vetting(1, "MV", "2012-05-01", "");
    force.declaration(1, "business_interest", "2025-02-03", "yes");
    force.also("detail_hours", "12.5");
    force.declaration(1, "freemasonry", "", "not_returned");
    force.known_interest(1, "business_interest", "companies register", "2024-01-01", "");
    force.performance(1, "2024-04-01", "2025-03-31", "good");
    force.also("supervisor", "0");
    force.support(1, "2025-06-01", "action_plan", "completed");
    let profile = force.profile(1);
    assert_eq!(profile.vetting.iter().map(|v| v.expires).collect::<Vec<_>>(), [NO_DATE, day("2026-04-30")]);
    let [missing, declared] = &profile.declarations[..] else { panic!("{:?}", profile.declarations) };
    assert_eq!((missing.declared, &*missing.answer, missing.hours), (NO_DATE, "not_returned", NO_NUMBER));
    assert_eq!(
        (declared.declared, &*declared.register, declared.hours),
        (day("2025-02-03"), "business_interest", 12_500)
    );
    let interest = &profile.known_interests[0];
    assert!(interest.valid.holds_on(day("2030-01-01")) && !interest.valid.holds_on(day("2023-12-31")));
    assert_eq!((profile.performance[0].level, profile.performance[0].supervisor), (Some(3), 0));
    assert_eq!((&*profile.support[0].kind, &*profile.support[0].outcome), ("action_plan", "completed"));
}

#[test]
fn events_carry_every_field_an_indicator_needs() {
    let mut force = Force::of(1);
    force.duty(0, "2026-03-02 07:00", "2026-03-02 15:00", "early");
    force.also("unit", "Response 2");
    force.overtime(0, 9, "2026-03-02 15:00", "2026-03-02 17:00");
    force.overtime(0, 10, "2026-03-03 15:00", "2026-03-03 17:00");
    force.also("claimed_at", "2026-03-04 09:00");
    force.also("rate", "1.333");
    force.absence(0, "2026-03-05 00:00", "2026-03-06 00:00", "sick");
    force.also("certified", "self");
    force.also("reason_group", "respiratory");
    force.complaint(0, 7, "2026-03-09");
    force.also("vulnerable", "yes");
    force.also("duty_status", "on");
    force.also("occurred", "2026-03-01");
    force.commendation(0, "2026-03-10", "letter");
    let profile = force.profile(0);
    assert_eq!(&*profile.duties[0].unit, "Response 2");
    assert_eq!((profile.overtime[0].claimed_at, profile.overtime[0].rate), (NO_INSTANT, NO_NUMBER));
    assert_eq!(profile.overtime[1].rate, 1333);
    assert_eq!(
        (&*profile.absences[0].certified, &*profile.absences[0].reason_group),
        ("self", "respiratory")
    );
    let complaint = &profile.complaints[0];
    assert_eq!((&*complaint.vulnerable, &*complaint.duty_status), ("yes", "on"));
    assert_eq!((complaint.occurred, complaint.finalised), (day("2026-03-01"), NO_DATE));
    assert_eq!(&*profile.commendations[0].kind, "letter");
}

#[test]
fn assignments_and_incidents_give_a_profile_and_are_counted_as_rows() {
    let mut force = Force::of(2);
    force.assignment(0, 5, 6, "2026-03-01", "", "");
    force.incident(1, 8, "2026-03-02 09:00", "2026-03-02 10:30", 0, 6);
    let analysis = force.analyse();
    assert_eq!(analysis.officers, 2);
    let rows = |kind| analysis.sources.iter().find(|s| s.kind == kind).map(|s| s.rows);
    assert_eq!((rows(SourceKind::Assignments), rows(SourceKind::Incidents)), (Some(1), Some(1)));
}

#[test]
fn the_roll_says_hours_category_supervisor_and_leaving_day() {
    let mut force = Force::of(2);
    force.on_roll(1, "2026-01-01", "", "Sergeant", "CID 1");
    for (name, value) in [
        ("fte", "0.6"),
        ("contract_hours", "24"),
        ("category", "staff"),
        ("supervisor", "0"),
        ("left", "2026-05-31"),
    ] {
        force.also(name, value);
    }
    let people = people(2);
    let context = context(&force, &people);
    let held = context.attributes_on(1, day("2026-03-01")).expect("on the roll");
    assert_eq!((held.fte, held.contract_hours, held.supervisor), (600, 24_000, 0));
    assert_eq!((&*held.category, held.left), ("staff", day("2026-05-31")));
    let other = context.attributes_on(0, day("2026-03-01")).expect("on the roll");
    assert_eq!((other.fte, other.supervisor, other.left), (NO_NUMBER, NO_OFFICER, NO_DATE));
}

/// Eleven times as many rows as `size`, all of one officer: look-ups, duties, changes, claims, absences, swipes, days claimed.
fn one_officers_flood(size: u32) -> Force {
    let mut force = Force::of(30);
    let day = |n: u32| time::iso_day(14_000 + (n % 6_000) as i32);
    for n in 0..size * 5 {
        force.access(3, &format!("{} {:02}:{:02}", day(n / 83), n % 24, n % 60), u64::from(n % 900) + 1, 0);
    }
    for n in 0..size {
        let at = |hour: u32| format!("{} {hour:02}:{:02}", day(n / 16), n % 60);
        force.duty(3, &at(6), &at(14), "early");
        force.edit(3, &at(5), 3, &day(n / 16), 60, u32::MAX);
        force.overtime(3, u64::from(n) + 1, &at(12), &at(16));
        force.absence(3, &at(9), &at(11), "sick");
        force.swipe(3, &at(7), "Site 01");
        force.attendance(3, &day(n / 16), "office");
    }
    force
}

#[test]
fn a_flood_of_rows_of_one_officer_is_analysed() {
    let analysis = one_officers_flood(1_000).analyse();
    assert_eq!(analysis.rows, 11_000 + 30);
    assert!(analysis.leads.iter().all(|l| l.findings.iter().all(|f| !f.sentence.contains("NaN"))));
}

#[test]
#[ignore = "a figure, not a check: run in release with --ignored --nocapture"]
fn measure_a_million_rows_of_one_officer() {
    let force = one_officers_flood(100_000);
    let started = std::time::Instant::now();
    let analysis = force.analyse();
    println!("{} rows of one officer: {:?}", analysis.rows, started.elapsed());
}
