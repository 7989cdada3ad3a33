//! Planted patterns in registers, sickness, grades and whole units, counted without any indicator.

use super::*;

/// Rows of one officer.
fn of<'a>(rows: &[Vec<&'a str>], id: &str) -> Vec<Vec<&'a str>> {
    rows.iter().filter(|row| row[0] == id).cloned().collect()
}

#[test]
fn only_planted_officers_return_no_form_or_let_vetting_lapse() {
    let world = World::demo();
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for row in world.columns(SourceKind::Declarations, &["officer", "declared_at", "answer"]) {
        assert_eq!(row[1].is_empty(), row[2] == "not_returned");
        found.extend(row[1].is_empty().then_some(row[0]));
    }
    let last = minute("2026-06-30");
    let mut covered: HashMap<&str, i64> = HashMap::new();
    for row in world.columns(SourceKind::Vetting, &["officer", "expires"]) {
        let until = covered.entry(row[0]).or_insert(i64::MIN);
        *until = minute(row[1]).max(*until);
    }
    found.extend(covered.iter().filter(|(_, until)| **until < last).map(|(id, _)| *id));
    assert_eq!(found, world.planted(Behaviour::DeclarationMissing).into_iter().collect());
}

#[test]
fn only_planted_officers_deny_an_interest_that_is_known_to_hold() {
    let world = World::demo();
    let known = world.columns(SourceKind::KnownInterests, &["officer", "register", "from", "until"]);
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for row in world.columns(SourceKind::Declarations, &["officer", "register", "declared_at", "answer"]) {
        let holds = |k: &&Vec<&str>| {
            let ended = !k[3].is_empty() && minute(k[3]) < minute(row[2]);
            k[0] == row[0] && k[1] == row[1] && minute(k[2]) <= minute(row[2]) && !ended
        };
        found.extend((row[3] == "no" && known.iter().any(|k| holds(&k))).then_some(row[0]));
    }
    assert_eq!(found, world.planted(Behaviour::DeclarationContradicted).into_iter().collect());
}

#[test]
fn planted_second_work_goes_on_through_a_long_sick_leave() {
    let world = World::demo();
    let sick = world.columns(SourceKind::Absences, &["officer", "start", "end", "kind"]);
    let known = world.columns(SourceKind::KnownInterests, &["officer", "from", "until", "hours"]);
    for id in world.planted(Behaviour::SecondaryWorkClash) {
        let works = of(&known, id).into_iter().find(|row| !row[3].is_empty()).expect("second work is known");
        let during = |row: &Vec<&str>| {
            row[3] == "sick"
                && minute(row[2]) - minute(row[1]) >= 9 * 1_440
                && works[1] < row[1]
                && row[2] < works[2]
        };
        assert!(of(&sick, id).iter().any(during) && works[3].parse::<f64>().unwrap() >= 12.0, "{id}");
    }
}

#[test]
fn planted_sickness_comes_in_many_spells_and_planted_grades_fall() {
    let world = World::demo();
    let absences = world.columns(SourceKind::Absences, &["officer", "kind"]);
    let spells = |id: &str| of(&absences, id).iter().filter(|row| row[1] == "sick").count();
    for id in world.planted(Behaviour::SicknessSupport) {
        assert!(spells(id) >= 4, "{id}: {}", spells(id));
    }
    let everyone = world.columns(SourceKind::Officers, &["officer"]);
    let often = everyone.iter().filter(|row| spells(row[0]) >= 4).count();
    assert!(often * 50 < everyone.len(), "{often} officers are sick as often");
    const GRADES: [&str; 5] = ["outstanding", "good", "meets", "below", "unsatisfactory"];
    let reviews = world.columns(SourceKind::Performance, &["officer", "period_start", "grade"]);
    for id in world.planted(Behaviour::PerformanceSupport) {
        let mut own: Vec<(i64, usize)> = of(&reviews, id)
            .iter()
            .map(|row| (minute(row[1]), GRADES.iter().position(|g| *g == row[2]).unwrap()))
            .collect();
        own.sort_unstable();
        assert!(own.len() >= 3 && own.windows(2).all(|w| w[0].1 <= w[1].1), "{id}: {own:?}");
        assert!(own.last().unwrap().1 >= own[0].1 + 2 && spells(id) >= 1, "{id}: {own:?}");
    }
}

#[test]
fn a_unit_with_a_culture_problem_is_high_in_complaints_sickness_and_roster_changes() {
    let plan = Plan { officers: 3_000, one_in: 1_500, ..Plan::default() };
    let world = World::make(&plan);
    let planted: Vec<&str> =
        world.made.labels.iter().filter(|l| l.planted).filter_map(|l| l.unit.as_deref()).collect();
    assert!(!planted.is_empty());
    let roll = world.columns(SourceKind::Officers, &["officer", "unit", "unit_type", "left"]);
    for unit in planted {
        let kind = roll.iter().find(|row| row[1] == unit).unwrap()[2];
        let rate = |of_kind: SourceKind, inside: bool| {
            let members: BTreeSet<&str> =
                roll.iter().filter(|r| r[2] == kind && (r[1] == unit) == inside).map(|r| r[0]).collect();
            let rows = world.columns(of_kind, &["officer"]);
            rows.iter().filter(|row| members.contains(row[0])).count() as f64 / members.len() as f64
        };
        for kind in [SourceKind::Complaints, SourceKind::RosterEdits] {
            let (inside, outside) = (rate(kind, true), rate(kind, false));
            assert!(inside > 1.6 * outside, "{unit}, {kind}: {inside} against {outside}");
        }
        let left = roll.iter().filter(|row| row[1] == unit && !row[3].is_empty()).count();
        assert!(left >= 2, "{unit}: {left} left");
    }
}

#[test]
fn protected_characteristics_are_everyones_and_say_nothing_about_what_was_planted() {
    let world = World::demo();
    let rows = world.columns(SourceKind::Protected, &["officer", "part_time", "ethnicity"]);
    assert_eq!(rows.len(), 600);
    let share = rows.iter().filter(|row| row[1] == "yes").count();
    assert!((40..110).contains(&share), "{share} part-timers");
}
