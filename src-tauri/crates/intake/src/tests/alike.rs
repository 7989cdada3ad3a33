//! Who may be whom: proposals for ids that differ a little.

use super::*;
use crate::{Alike, Rule};

/// The roll's ids first, then ids met in a file; what is proposed for the only provisional officer.
fn proposed(on_roll: &[&str], met: &str) -> Vec<(OfficerIndex, Rule, u8)> {
    let roll = roll();
    on_roll.iter().for_each(|id| _ = roll.enrol(id, 0));
    assert_eq!(roll.resolve(met, 0).officer as usize, on_roll.len(), "{met} is not on the roll");
    shown(&roll)
}

fn shown(roll: &Roll) -> Vec<(OfficerIndex, Rule, u8)> {
    let noticed = roll.notice(&[], &AtomicBool::new(false));
    noticed.alike.iter().map(|a: &Alike| (a.officer, a.rule, a.confidence)).collect()
}

#[test]
fn the_same_id_under_another_rule_is_proposed_surely() {
    for (roll, met) in [
        ("PC-1234", "PC1234"),
        ("PC1234", "PC-1234"),
        ("1234", "1234.0"),
        ("1234", "PC1234"),
        ("jdoe7", "JDOE7"),
    ] {
        assert_eq!(proposed(&[roll], met), [(0, Rule::OtherRule, 90)], "{roll} {met}");
    }
}

#[test]
fn zeros_in_front_are_no_difference_to_a_person() {
    assert_eq!(proposed(&["006009"], "6009"), [(0, Rule::LeadingZeros, 85)]);
    assert_eq!(proposed(&["6009"], "0000006009"), [(0, Rule::LeadingZeros, 85)]);
    assert_eq!(proposed(&["6009"], "60090"), [(0, Rule::OneCharacter, 40)]);
}

#[test]
fn an_address_and_a_login_meet_at_the_part_before_the_at() {
    assert_eq!(proposed(&["JANE.DOE"], "JANE.DOE@FORCE.EXAMPLE"), [(0, Rule::MailName, 80)]);
    let roll = roll();
    (0..10).for_each(|n| _ = roll.enrol(&format!("P{n}.MADEUP@FORCE.EXAMPLE"), 0));
    roll.resolve("P7.MADEUP", 0);
    assert_eq!(shown(&roll), [(7, Rule::MailName, 80)]);
    assert_eq!(roll.notice(&[], &AtomicBool::new(false)).domains, ["FORCE.EXAMPLE"]);
}

#[test]
fn a_domain_of_a_few_people_is_not_remembered() {
    let roll = roll();
    (0..9).for_each(|n| _ = roll.enrol(&format!("P{n}@DOE.EXAMPLE"), 0));
    assert!(roll.notice(&[], &AtomicBool::new(false)).domains.is_empty());
}

#[test]
fn a_typing_error_is_proposed_with_less_confidence() {
    assert_eq!(proposed(&["4471920"], "4479120"), [(0, Rule::Swapped, 60)]);
    assert_eq!(proposed(&["4471920"], "4471320"), [(0, Rule::OneCharacter, 40)]);
    assert_eq!(proposed(&["4471920"], "447192"), [(0, Rule::OneCharacter, 40)]);
    assert_eq!(
        proposed(&["4471920", "4471921"], "4471927"),
        [(0, Rule::OneCharacter, 20), (1, Rule::OneCharacter, 20)]
    );
}

#[test]
fn where_many_ids_are_alike_none_is_proposed() {
    let near: Vec<String> = (0..5).map(|n| format!("447192{n}")).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    assert!(proposed(&near, "4471929").is_empty());
    assert!(proposed(&["4471"], "4472").is_empty(), "short ids all look alike");
    assert!(proposed(&["ABCDEF"], "UVWXYZ").is_empty());
}

#[test]
fn a_roll_that_comes_later_finds_those_who_waited_for_it() {
    let first = roll();
    first.resolve("6009", 0);
    first.resolve("A44712", 0);
    let changes = first.into_changes();
    let officers = changes.officers.iter().map(|o| (o.pseudonym, o.provisional)).collect();
    let next = Roll::new(&key(), officers, changes.ids);
    next.enrol("006009", 0);
    let other = next.enrol("B1", 0);
    assert!(next.add_id("A44721", other, i32::MIN, i32::MAX));
    let found: Vec<_> = next.notice(&[], &AtomicBool::new(false)).alike;
    let found: Vec<_> = found.iter().map(|a| (a.provisional, a.officer, a.rule)).collect();
    assert_eq!(found, [(0, 2, Rule::LeadingZeros), (1, 3, Rule::Swapped)]);
}

#[test]
fn a_cancelled_search_proposes_nothing_more() {
    let roll = roll();
    roll.enrol("006009", 0);
    roll.resolve("6009", 0);
    assert!(roll.notice(&[], &AtomicBool::new(true)).alike.is_empty());
}
