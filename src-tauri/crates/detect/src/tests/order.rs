//! The order in which leads are best read.

use super::example::Force;
use model::{Nature, Priority};

/// Officer `who` claims so many hours twice.
fn clash(force: &mut Force, who: u32, hours: u32) {
    for number in 0..2 {
        let until = format!("2026-03-03 {:02}:00", 10 + hours);
        force.overtime(who, u64::from(who) * 10 + number, "2026-03-03 10:00", &until);
    }
}

fn not_returned(force: &mut Force, who: u32, registers: usize) {
    for register in ["gift", "business_interest", "freemasonry"].into_iter().take(registers) {
        force.declaration(who, register, "2026-02-01", "not_returned");
    }
}

/// The officers in order of their leads.
fn order(force: &Force) -> Vec<u32> {
    let codes: Vec<String> = (0..60).map(Force::code).collect();
    let leads = force.analyse().leads;
    assert!(leads.iter().all(|l| l.priority == Priority::Normal && l.findings.len() == 1));
    let place = |l: &crate::LeadDraft| codes.iter().position(|c| *c == l.subject.to_string());
    leads.iter().filter_map(place).map(|at| at as u32).collect()
}

#[test]
fn the_strongest_of_every_indicator_comes_before_the_second_of_any() {
    let mut force = Force::of(60);
    (1..=4).for_each(|hours| clash(&mut force, hours, hours));
    not_returned(&mut force, 20, 1);
    not_returned(&mut force, 21, 2);
    let order = order(&force);
    let (first, second) = (&mut order[..2].to_vec(), &mut order[2..4].to_vec());
    first.sort_unstable();
    second.sort_unstable();
    assert_eq!((first.as_slice(), second.as_slice(), &order[4..]), (&[4, 21][..], &[3, 20][..], &[2, 1][..]));
}

#[test]
fn what_many_share_comes_after_what_few_reach() {
    let mut force = Force::of(60);
    (1..=4).for_each(|hours| clash(&mut force, hours, hours));
    (20..=22).for_each(|who| not_returned(&mut force, who, 1));
    let order = order(&force);
    let mut third = order[2..6].to_vec();
    third.sort_unstable();
    assert_eq!((&order[..2], third.as_slice(), order[6]), (&[4, 3][..], &[2, 20, 21, 22][..], 1));
}

#[test]
fn a_lead_states_first_what_stands_out_most_among_findings_of_its_kind() {
    let mut force = Force::of(60);
    force.authority(59, "roster_editor", "2026-01-01", "");
    (1..=4).for_each(|hours| clash(&mut force, hours, hours));
    for (who, minutes) in [(4, 60), (5, 90), (6, 120)] {
        for day in ["2026-03-09", "2026-03-10", "2026-03-11"] {
            force.edit(who, &format!("{day} 06:12"), who, day, minutes, u32::MAX);
        }
    }
    let leads = force.analyse().leads;
    let both = &leads[0];
    assert_eq!(both.subject.to_string(), Force::code(4));
    let indicators: Vec<&str> = both.findings.iter().map(|f| f.indicator.as_str()).collect();
    assert_eq!(indicators, ["overtime-clash", "roster-self-edit"]);
    assert!(both.findings.iter().all(|f| f.nature == Nature::Factual) && both.priority == Priority::High);
}
