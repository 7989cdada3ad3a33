use crate::tests::example::Force;
use model::{Route, SourceKind};

const ID: &str = "declaration-missing";
const WHO: u32 = 4;

/// Two weeks of duties from 2 March 2026.
fn force() -> Force {
    let mut force = Force::of(12);
    for day in 2..=13 {
        let date = format!("2026-03-{day:02}");
        force.duty(WHO, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
    }
    force
}

#[test]
fn a_form_that_never_came_back_is_first_of_all_a_register_to_check() {
    let mut force = force();
    force.declaration(WHO, "business_interest", "", "not_returned");
    let finding = force.only(ID, WHO);
    assert_eq!(finding.route, Route::Vetting);
    assert!(finding.sentence.starts_with("The register may be out of date"), "{}", finding.sentence);
    assert!(finding.sentence.contains("business interests"), "{}", finding.sentence);
    assert_eq!(finding.sources, [SourceKind::Declarations]);
}

#[test]
fn an_answer_in_the_same_or_a_later_file_replaces_it_and_one_before_it_does_not() {
    let mut answered = force();
    answered.declaration(WHO, "freemasonry", "2026-01-10", "not_returned");
    answered.declaration(WHO, "freemasonry", "2026-02-10", "no");
    assert!(answered.none(ID, WHO));
    let mut undated = force();
    undated.declaration(WHO, "freemasonry", "", "not_returned");
    undated.declaration(WHO, "freemasonry", "2025-02-10", "no");
    assert!(undated.none(ID, WHO));
    let mut before = force();
    before.declaration(WHO, "freemasonry", "2026-01-10", "not_returned");
    before.declaration(WHO, "freemasonry", "2025-01-09", "no");
    before.declaration(WHO, "gift", "2026-02-10", "no");
    let finding = before.only(ID, WHO);
    assert_eq!(finding.counter_evidence, ["2 declarations are on other registers."]);
}

#[test]
fn work_on_after_a_clearance_lapsed_is_found_and_the_days_are_counted() {
    let mut force = force();
    force.vetting(WHO, "RV", "2016-01-15", "2026-01-15");
    let finding = force.only(ID, WHO);
    assert!(
        finding.sentence.contains("15 Jan 2026") && finding.sentence.contains("12 days"),
        "{}",
        finding.sentence
    );
    assert_eq!(finding.sources, [SourceKind::Vetting]);
}

#[test]
fn a_renewal_an_open_clearance_a_few_days_and_a_leaver_are_in_order() {
    let mut renewed = force();
    renewed.vetting(WHO, "RV", "2016-01-15", "2026-01-15");
    renewed.vetting(WHO, "RV", "2026-01-10", "2036-01-10");
    assert!(renewed.none(ID, WHO));
    let mut open = force();
    open.vetting(WHO, "RV", "2016-01-15", "2026-01-15");
    open.vetting(WHO, "MV", "2020-01-10", "");
    assert!(open.none(ID, WHO));
    let mut grace = force();
    grace.vetting(WHO, "RV", "2016-01-15", "2026-03-01");
    assert!(grace.none(ID, WHO));
    let mut left = force();
    left.duty(5, "2026-06-01 07:00", "2026-06-01 15:00", "early");
    left.vetting(WHO, "RV", "2016-01-15", "2026-01-15");
    left.on_roll(WHO, "2020-01-01", "2026-03-20", "Constable", "Response 0");
    left.also("left", "2026-03-20");
    assert!(left.none(ID, WHO));
}

#[test]
fn a_lapse_without_work_after_it_is_not_known_to_be_one() {
    let mut force = force();
    force.vetting(WHO, "RV", "2016-01-15", "2026-03-31");
    force.vetting(5, "RV", "2016-01-15", "2026-01-15");
    assert!(force.none(ID, WHO) && force.none(ID, 5));
}
