use super::groups::{Chance, Ties, among, candidates, components};
use crate::tests::example::Force;
use model::Finding;

const NOBODY: u32 = u32::MAX;

/// Forty people of two units whose rosters one authorised editor keeps: two changes each, with and without gain.
fn force() -> Force {
    let mut force = Force::of(40);
    force.authority(39, "roster_editor", "2026-01-01", "");
    for who in 0..39 {
        force.unit(who, if who < 20 { "Response 1" } else { "Response 2" });
        force.edit(who, "2026-03-02 09:00", 39, "2026-03-04", 60, NOBODY);
        force.edit(who, "2026-03-03 09:00", 39, "2026-03-05", 0, NOBODY);
    }
    force
}

/// Everybody edits the next, round and round.
fn round(force: &mut Force, members: &[u32], times: u32, gained: i64, approver: u32) {
    for turn in 0..times {
        for (at, editor) in members.iter().enumerate() {
            let officer = members[(at + 1) % members.len()];
            let (when, duty) =
                (format!("2026-03-{:02} 20:{at:02}", 6 + turn), format!("2026-03-{:02}", 4 + turn));
            force.edit(officer, &when, *editor, &duty, gained, approver);
        }
    }
}

fn found(force: &Force) -> Vec<Finding> {
    let analysis = force.analyse();
    assert!(!analysis.skipped.iter().any(|s| s.indicator == "roster-ring"), "{:?}", analysis.skipped);
    let findings = analysis.leads.into_iter().flat_map(|l| l.findings);
    findings.filter(|f| f.indicator == "roster-ring").collect()
}

fn codes(members: &[u32]) -> String {
    let mut codes: Vec<String> = members.iter().map(|m| Force::code(*m)).collect();
    codes.sort();
    codes.join("+")
}

#[test]
fn a_ring_is_one_finding_about_the_group_with_its_edges_and_what_chance_would_do() {
    let mut force = force();
    round(&mut force, &[3, 7, 11], 5, 60, NOBODY);
    let [ring] = &found(&force)[..] else { panic!("one ring") };
    assert_eq!(ring.subject.to_string(), codes(&[3, 7, 11]));
    assert!(
        ring.sentence.starts_with(
            "These 3 people changed each other's duties: 15 changes inside the group added 15 h"
        ),
        "{}",
        ring.sentence
    );
    assert_eq!(ring.evidence.len(), 15);
    let edges: Vec<&str> =
        ring.arithmetic.iter().filter(|l| l.label.starts_with("edge: ")).map(|l| l.value.as_str()).collect();
    assert_eq!(edges, ["5 changes"; 3]);
}

#[test]
fn a_pair_and_six_are_found_and_seven_are_no_small_group() {
    for members in [vec![3, 7], vec![0, 1, 2, 3, 4, 5]] {
        let mut force = force();
        round(&mut force, &members, 5, 60, NOBODY);
        assert_eq!(found(&force)[0].subject.to_string(), codes(&members));
    }
    let mut seven = force();
    round(&mut seven, &[0, 1, 2, 3, 4, 5, 6], 5, 60, NOBODY);
    assert!(found(&seven).is_empty());
}

#[test]
fn two_rings_are_two_findings_and_a_ring_across_units_is_one() {
    let mut force = force();
    round(&mut force, &[3, 7, 11], 5, 60, NOBODY);
    round(&mut force, &[25, 12], 6, 60, NOBODY);
    let mut rings: Vec<String> = found(&force).iter().map(|f| f.subject.to_string()).collect();
    rings.sort();
    let mut expected = vec![codes(&[3, 7, 11]), codes(&[25, 12])];
    expected.sort();
    assert_eq!(rings, expected);
}

#[test]
fn swaps_without_gain_authorised_editors_and_one_way_edits_are_not_rings() {
    let mut swaps = force();
    round(&mut swaps, &[3, 7, 11], 9, 0, NOBODY);
    assert!(found(&swaps).is_empty());
    let mut authorised = force();
    [3, 7, 11].iter().for_each(|who| authorised.authority(*who, "roster_editor", "2026-01-01", ""));
    round(&mut authorised, &[3, 7, 11], 9, 60, NOBODY);
    assert!(found(&authorised).is_empty());
    let mut one_way = force();
    for officer in [4, 5, 6, 7] {
        (0..6).for_each(|t| {
            one_way.edit(officer, &format!("2026-03-0{} 20:00", 2 + t), 3, "2026-03-04", 60, NOBODY)
        });
    }
    assert!(found(&one_way).is_empty());
}

#[test]
fn an_approval_from_outside_clears_and_one_from_inside_does_not() {
    let mut outside = force();
    round(&mut outside, &[3, 7, 11], 5, 60, 30);
    assert!(found(&outside).is_empty());
    let mut inside = force();
    round(&mut inside, &[3, 7, 11], 5, 60, 7);
    let [ring] = &found(&inside)[..] else { panic!("one ring") };
    assert!(
        ring.counter_evidence.iter().any(|c| c.contains("from inside the group")),
        "{:?}",
        ring.counter_evidence
    );
}

#[test]
fn somebody_with_a_single_edit_is_not_drawn_in() {
    let mut force = force();
    round(&mut force, &[3, 7, 11], 5, 60, NOBODY);
    force.edit(15, "2026-03-20 20:00", 3, "2026-03-19", 60, NOBODY);
    force.edit(7, "2026-03-20 20:00", 15, "2026-03-19", 60, NOBODY);
    assert_eq!(found(&force)[0].subject.to_string(), codes(&[3, 7, 11]));
}

#[test]
fn a_unit_in_which_everybody_edits_everybody_is_not_a_ring() {
    let mut force = force();
    for turn in 0..8_u32 {
        for editor in 0..20_u32 {
            let officer = (editor + 1 + (turn * 7 + editor * 3) % 19) % 20;
            let when = format!("2026-03-{:02} 20:{editor:02}", 6 + turn);
            force.edit(officer, &when, editor, "2026-03-05", 60, NOBODY);
        }
    }
    assert!(found(&force).is_empty());
}

#[test]
fn a_unit_of_one_and_a_store_without_edits_by_others_hold_no_ring() {
    let mut alone = Force::of(1);
    alone.authority(0, "approver", "2026-01-01", "");
    alone.edit(0, "2026-03-02 09:00", 0, "2026-03-04", 60, NOBODY);
    assert!(found(&alone).is_empty());
}

#[test]
fn components_are_the_same_for_any_order_of_edges() {
    let edges = [(1, 2), (2, 3), (3, 1), (3, 4), (5, 6), (6, 5)];
    assert_eq!(components(edges.into_iter()), [vec![1, 2, 3], vec![5, 6]]);
    assert_eq!(components(edges.into_iter().rev()), [vec![1, 2, 3], vec![5, 6]]);
}

#[test]
fn a_tight_group_inside_a_large_component_is_a_candidate() {
    let mut ties: Ties = (0..30).map(|n| ((n, (n + 1) % 30), 1)).collect();
    for pair in [(4, 9), (9, 14), (14, 4), (20, 25), (25, 20)] {
        ties.insert(pair, 6);
    }
    let found = candidates(&ties, 2);
    assert!(found.contains(&vec![4, 9, 14]) && found.contains(&vec![20, 25]), "{found:?}");
    assert_eq!(among(&ties, &[20, 25]).len(), 2);
}

#[test]
fn the_chance_of_a_group_agrees_with_dealing_the_edits_out() {
    // Twenty people edited equally often; two of them make eight edits each. How often do twelve fall between them?
    let chance = Chance { made: 16, inside: 4, share: 1.0 / 19.0, people: 2, size: 2, units: 1 };
    let (mut state, mut often) = (1_u64, 0);
    for _ in 0..40_000 {
        let mut inside = 0;
        for _ in 0..16 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            inside += u32::from((state >> 33) % 19 == 0);
        }
        often += u32::from(inside >= 4);
    }
    let dealt = f64::from(often) / 40_000.0;
    assert!((chance.expected() / dealt - 1.0).abs() < 0.15, "{} {dealt}", chance.expected());
    assert!(Chance { share: 1.0, ..chance }.expected() > 1.0);
    assert!(Chance { people: 0, ..chance }.expected().is_finite());
}
