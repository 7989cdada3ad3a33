use super::example::Force;
use super::slices::{context, day, people};
use crate::profile::{Validity, Word};
use crate::roll::{Attributes, mostly, on, settle};
use model::{ImportId, NO_DATE, NO_NUMBER, NO_OFFICER};

/// A line of the roll: days as `2026-01-01` or empty, the import it came with, the unit it names.
fn line(from: &str, until: &str, import: u32, unit: &str) -> Attributes {
    let [rank, role, unit_type, shift_pattern, category] = std::array::from_fn(|_| Word::from(""));
    let date = |text: &str| if text.is_empty() { NO_DATE } else { day(text) };
    Attributes {
        valid: Validity::new(date(from), date(until)),
        import: ImportId(import),
        rank,
        role,
        unit: Word::from(unit),
        unit_type,
        shift_pattern,
        category,
        supervisor: NO_OFFICER,
        fte: NO_NUMBER,
        contract_hours: NO_NUMBER,
        joined: NO_DATE,
        left: NO_DATE,
    }
}

fn settled(mut lines: Vec<Attributes>) -> Vec<Attributes> {
    settle(&mut lines);
    lines
}

fn unit_on(history: &[Attributes], date: &str) -> String {
    on(history, day(date)).expect("on the roll").unit.to_string()
}

#[test]
fn a_move_takes_effect_on_its_day() {
    let history =
        settled(vec![line("2026-03-15", "", 1, "CID"), line("2020-01-01", "2026-03-14", 1, "Response")]);
    assert_eq!(unit_on(&history, "2026-03-14"), "Response");
    assert_eq!(unit_on(&history, "2026-03-15"), "CID");
    assert_eq!(
        unit_on(&history, "2019-01-01"),
        "Response",
        "before the first row the first is all that is known"
    );
}

#[test]
fn of_overlapping_rows_the_one_that_began_last_holds_and_the_earlier_goes_on_after_it() {
    let history = settled(vec![
        line("2026-01-01", "", 1, "Response"),
        line("2026-03-01", "2026-03-31", 1, "Course"),
        line("2026-03-10", "2026-03-12", 1, "Court"),
    ]);
    let units: Vec<(&str, i32)> = history.iter().map(|a| (&*a.unit, a.valid.from)).collect();
    let starts = ["2026-01-01", "2026-03-01", "2026-03-10", "2026-03-13", "2026-04-01"].map(day);
    assert_eq!(
        units,
        [
            ("Response", starts[0]),
            ("Course", starts[1]),
            ("Court", starts[2]),
            ("Course", starts[3]),
            ("Response", starts[4]),
        ]
    );
    assert!(history.windows(2).all(|w| w[0].valid.until < w[1].valid.from));
}

#[test]
fn in_a_gap_the_last_known_attributes_go_on() {
    let history =
        settled(vec![line("2026-01-01", "2026-01-31", 1, "Response"), line("2026-03-01", "", 1, "CID")]);
    assert_eq!(unit_on(&history, "2026-02-10"), "Response");
}

#[test]
fn a_row_without_dates_holds_wherever_no_dated_row_does() {
    let history = settled(vec![line("", "", 1, "Pool"), line("2026-03-01", "2026-03-31", 1, "CID")]);
    for (date, unit) in [("2000-01-01", "Pool"), ("2026-03-31", "CID"), ("2026-04-01", "Pool")] {
        assert_eq!(unit_on(&history, date), unit, "{date}");
    }
}

#[test]
fn a_corrected_roll_replaces_what_it_corrects() {
    let wrong = line("2026-01-01", "", 1, "Wrong");
    let right = line("2026-01-01", "", 2, "Right");
    for lines in [vec![wrong.clone(), right.clone()], vec![right, wrong]] {
        assert_eq!(unit_on(&settled(lines), "2026-02-01"), "Right");
    }
    let again = settled(vec![line("2026-01-01", "2026-01-31", 1, "CID"), line("2026-02-01", "", 2, "CID")]);
    assert_eq!(again.len(), 1, "two rows that say the same are one interval");
}

#[test]
fn the_group_is_that_of_most_days_in_service() {
    let mut lines = vec![line("2026-01-01", "2026-02-28", 1, "Response"), line("2026-03-01", "", 1, "CID")];
    let (first, last) = (day("2026-01-01"), day("2026-06-30"));
    assert_eq!(&*mostly(&settled(lines.clone()), first, last).expect("some").unit, "CID");
    lines.iter_mut().for_each(|l| l.left = day("2026-03-31"));
    assert_eq!(&*mostly(&settled(lines), first, last).expect("some").unit, "Response");
    assert!(mostly(&[], first, last).is_none());
}

#[test]
fn a_leaving_day_in_a_later_row_is_known_to_the_earlier_ones_of_the_same_service() {
    let mut lines = vec![line("2026-01-01", "2026-05-31", 1, "CID"), line("2026-06-01", "", 2, "CID")];
    lines[1].left = day("2026-05-20");
    let history = settled(lines.clone());
    assert!(history[0].serves_on(day("2026-05-20")) && !history[0].serves_on(day("2026-05-21")));
    lines[1].joined = day("2026-06-01");
    assert!(settled(lines)[0].serves_on(day("2026-05-25")), "another service says nothing about the first");
}

#[test]
fn a_million_rows_of_one_officer_are_settled_in_a_moment() {
    let lines = (0..1_000_000_i32).map(|n| Attributes {
        valid: Validity { from: n % 500_000, until: 600_000 - n % 500_000 },
        ..line("", "", 1, if n % 2 == 0 { "A" } else { "B" })
    });
    let history = settled(lines.collect());
    assert!(history.windows(2).all(|w| w[0].valid.until < w[1].valid.from));
}

#[test]
fn who_has_left_no_longer_counts_among_those_who_share_a_unit() {
    let mut force = Force::of(3);
    force.on_roll(1, "2020-01-01", "", "Constable", "Response 0");
    force.also("left", "2026-03-31");
    force.on_roll(2, "2020-01-01", "", "Constable", "Response 0");
    force.also("joined", "2026-05-01");
    let people = people(3);
    let context = context(&force, &people);
    let there = |date| context.everyone_on(day(date)).map(|(who, _)| who).collect::<Vec<_>>();
    assert_eq!(there("2026-03-31"), [0, 1]);
    assert_eq!(there("2026-04-01"), [0]);
    assert_eq!(there("2026-05-01"), [0, 2]);
}

#[test]
fn peers_are_those_of_the_unit_an_officer_spent_most_of_the_period_in() {
    let mut force = Force::of(2);
    force.duty(0, "2026-01-01 07:00", "2026-01-01 15:00", "early");
    force.duty(0, "2026-06-30 07:00", "2026-06-30 15:00", "early");
    force.on_roll(1, "2020-01-01", "2026-05-31", "Constable", "Response 0");
    force.on_roll(1, "2026-06-01", "", "Sergeant", "CID 0");
    let people = people(2);
    let context = context(&force, &people);
    let last = day("2026-06-30");
    assert_eq!(&*context.attributes_on(1, last).expect("on the roll").unit, "CID 0");
    assert_eq!(&*context.attributes_mostly(1, last).expect("on the roll").unit, "Response 0");
}
