//! What a lead pack must not say, and who would still fit what it says.

use crate::fit::{Colleague, Marks, Shown, When, intrude, widen};
use crate::redact::{LEFT_OUT, Redactor, Why};

const OWN: &str = "OFC-7K2M-0XZ9";

fn redact(text: &str, when: When) -> String {
    Redactor::new(vec![OWN.into()], when, &|text| text.contains("Quillfeather")).text(text)
}

#[test]
fn other_people_become_codes_of_the_pack_and_keep_them() {
    let mut redactor = Redactor::new(vec![OWN.into()], When::Day, &|_| false);
    assert_eq!(redactor.text("OFC-7K2M-0XZ9 asked OFC-AAAA-BBBB"), "the officer asked P1");
    assert_eq!(redactor.cell("By", "OFC-CCCC-DDDD", false), "P2");
    assert_eq!(redactor.cell("By", "OFC-AAAA-BBBB", false), "P1");
    assert_eq!(redactor.counts[&Why::OtherPeople], 3);
}

#[test]
fn records_times_places_and_totals_lose_what_would_tell() {
    let mut redactor = Redactor::new(vec![OWN.into()], When::Day, &|_| false);
    assert_eq!(redactor.cell("Reference", "R-ABC123", false), "[record]");
    assert_eq!(redactor.cell("When", "4 Mar 2026 07:42", false), "4 Mar 2026 07:00");
    assert_eq!(redactor.cell("When", "4 Mar 2026 07:42", true), "4 Mar 2026 07:42");
    assert_eq!(redactor.cell("Door", "North door 3", false), "a police site");
    assert_eq!(
        redactor.text("12 changes added 31 h 30 min and £1,250.40"),
        "10 to 19 changes added 20 to 49 h and £1,000 to 4,999"
    );
    assert_eq!(redactor.text("2 changes"), "2 changes");
    assert_eq!(redactor.cell("Gain", "3 min", false), "under 5 min");
}

#[test]
fn an_interval_becomes_one_band_and_keeps_its_level() {
    assert_eq!(
        redact("461 times, 90 % interval 266 to 699", When::Day),
        "200 to 499 times, 90 % interval 200 to 999"
    );
    assert_eq!(redact("0.02, 90 % interval 0 to 0.4", When::Day), "0.02, 90 % interval 0 to 0.4");
    assert_eq!(redact("2 to 30 and 12 to 14 min", When::Day), "under 50 and 10 to 19 min");
    assert_eq!(redact("90 % of 612 to 7000", When::Day), "50 to 99 % of 500 or more");
}

#[test]
fn dates_widen_and_a_name_takes_its_text_with_it() {
    let text = "between 3 Mar and 19 May 2026, and on 2026-05-20";
    assert_eq!(redact(text, When::Month), "between Mar and May 2026, and on 2026-05");
    assert_eq!(redact(text, When::Nothing), "between [date] and [date], and on [date]");
    assert_eq!(redact("swap with Quillfeather", When::Day), LEFT_OUT);
}

fn people() -> Vec<Colleague> {
    let colleague = |n: u64| Colleague {
        rank_band: if n < 40 { "Constable".into() } else { "Sergeant to inspector".into() },
        service_band: format!("band {}", n % 3),
        shift_pattern: format!("pattern {}", n % 4),
        duty_hours: crate::redact::duty_hours(400 + n * 5),
        // Everybody works other days; each month most people work.
        days: [(n % 20) as u32].into_iter().collect(),
        months: if n.is_multiple_of(10) { Marks::default() } else { [0, 1].into_iter().collect() },
    };
    (0..60).map(colleague).collect()
}

#[test]
fn a_colleague_who_knows_the_roster_cannot_single_anybody_out() {
    let people = people();
    for who in &people {
        assert!(intrude(&people, who, &Shown::MOST).people < 10, "nothing had to be widened");
        let (shown, taken, fit) = widen(&people, who, Shown::MOST);
        assert!(fit.people >= 10 && !taken.is_empty(), "{fit:?}");
        assert_eq!(fit, intrude(&people, who, &shown));
        assert_eq!(fit.steps.last().map(|s| s.left).unwrap_or(fit.of), fit.people);
    }
}

#[test]
fn duty_hours_are_left_out_where_too_few_people_worked_as_many() {
    let text = "12 edits, expected for 1,034 duty hours";
    assert_eq!(redact(text, When::Day), "10 to 19 edits, expected for 1,000 to 4,999 duty hours");
    let mut redactor = Redactor::new(vec![OWN.into()], When::Day, &|_| false).without_duty_hours(true);
    assert_eq!(redactor.text(text), "10 to 19 edits, expected for [duty hours]");
    let most = Shown { when: When::Nothing, service_band: false, shift_pattern: false, ..Shown::MOST };
    let mut people = vec![Colleague::default(); 30];
    people.iter_mut().enumerate().for_each(|(n, p)| p.duty_hours = crate::redact::duty_hours(90 + n as u64));
    assert_eq!(widen(&people, &people[0], most.clone()).1, Vec::<&str>::new(), "ten worked under a hundred");
    let (shown, taken, fit) = widen(&people[..15], &people[14], most);
    assert_eq!((shown.duty_hours, taken, fit.people), (false, vec!["duty hours are left out"], 15));
}

#[test]
fn a_force_of_nine_never_gives_a_pack() {
    let nine = vec![Colleague::default(); 9];
    assert!(widen(&nine, &nine[0], Shown::MOST).2.people < 10);
}
