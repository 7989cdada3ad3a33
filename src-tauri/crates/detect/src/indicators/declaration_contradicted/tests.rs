use crate::tests::example::Force;
use model::{Route, SourceKind};

const ID: &str = "declaration-contradicted";
const WHO: u32 = 4;
const BUSINESS: &str = "business_interest";

fn force() -> Force {
    let mut force = Force::of(12);
    force.duty(WHO, "2026-06-30 07:00", "2026-06-30 15:00", "early");
    force.declaration(WHO, BUSINESS, "2026-02-03", "no");
    force
}

#[test]
fn a_no_against_an_interest_that_held_on_that_day_is_a_matter_of_vetting() {
    let mut force = force();
    force.known_interest(WHO, BUSINESS, "companies register", "2024-05-01", "");
    let finding = force.only(ID, WHO);
    assert_eq!(finding.route, Route::Vetting);
    assert!(finding.sentence.contains("companies register"), "{}", finding.sentence);
    assert_eq!(finding.sources, [SourceKind::Declarations, SourceKind::KnownInterests]);
    assert_eq!(finding.evidence.len(), 2);
}

#[test]
fn an_interest_that_had_ended_or_belongs_on_another_register_contradicts_nothing() {
    let mut force = force();
    force.known_interest(WHO, BUSINESS, "companies register", "2020-05-01", "2026-02-02");
    force.known_interest(WHO, "freemasonry", "public list", "2020-05-01", "");
    assert!(force.none(ID, WHO));
}

#[test]
fn an_interest_that_began_later_has_to_be_declared_in_time() {
    let mut late = force();
    late.known_interest(WHO, BUSINESS, "companies register", "2026-06-01", "");
    assert!(late.none(ID, WHO));
    let mut long = force();
    long.known_interest(WHO, BUSINESS, "companies register", "2026-02-20", "");
    assert_eq!(long.only(ID, WHO).counter_evidence, ["1 interest began after the answer."]);
}

#[test]
fn the_latest_answer_counts() {
    let mut corrected = force();
    corrected.known_interest(WHO, BUSINESS, "companies register", "2024-05-01", "");
    corrected.declaration(WHO, BUSINESS, "2026-03-01", "yes");
    assert!(corrected.none(ID, WHO));
    corrected.declaration(WHO, BUSINESS, "2026-04-01", "no");
    corrected.only(ID, WHO);
}

#[test]
fn an_unknown_beginning_is_said() {
    let mut force = force();
    force.known_interest(WHO, BUSINESS, "", "", "2026-05-01");
    let finding = force.only(ID, WHO);
    assert_eq!(finding.counter_evidence, ["For 1 interest the source does not say since when."]);
    assert!(finding.first_day > 20_000, "{}", finding.first_day);
}

#[test]
fn who_has_left_declares_nothing_any_more() {
    let mut force = force();
    force.known_interest(WHO, BUSINESS, "companies register", "2024-05-01", "");
    force.on_roll(WHO, "2020-01-01", "2026-05-01", "Constable", "Response 0");
    force.also("left", "2026-05-01");
    assert!(force.none(ID, WHO));
}

#[test]
fn of_an_answer_without_a_date_nothing_is_said_about_before_and_after() {
    for from in ["2024-05-01", ""] {
        let mut force = force();
        force.drop_last(SourceKind::Declarations, 1);
        force.declaration(WHO, BUSINESS, "", "no");
        force.known_interest(WHO, BUSINESS, "companies register", from, "");
        let finding = force.only(ID, WHO);
        assert_eq!(finding.arithmetic[0].note, "the answer has no date");
        let said = finding.counter_evidence.join(" ");
        assert!(!said.contains("after the answer") && said.contains("1 answer has no date"), "{said}");
    }
}
