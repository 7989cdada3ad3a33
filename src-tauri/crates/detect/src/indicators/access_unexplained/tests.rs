use crate::tests::example::Force;
use crate::{Reason, SizeError};
use model::{Finding, Route};

const WHO: u32 = 7;
const BOSS: u32 = 1;

/// Forty people with thirty look-ups for an own case each, and twenty strangers for the officer.
fn force() -> Force {
    let mut force = Force::of(40);
    for officer in 0..40 {
        let case = 1000 + u64::from(officer);
        force.unit(officer, if officer < 20 { "Response 1" } else { "Response 2" });
        force.assignment(officer, case, 0, "2026-01-01", "", "");
        for turn in 0..30 {
            force.access(officer, &format!("2026-03-{:02} 10:{turn:02}", 1 + turn % 28), 0, case);
        }
        force.access(officer, "2026-03-05 12:00", 1 << 60 | u64::from(officer), 0);
    }
    (0..20).for_each(|turn| force.access(WHO, &look(turn), subject(turn), 0));
    force
}

fn look(turn: u64) -> String {
    format!("2026-03-{:02} 15:00", 1 + turn)
}

fn subject(turn: u64) -> u64 {
    0xABCD_0000_0000_0000 | turn
}

/// What explains the officer's twenty strangers after a change of the force.
fn reason_after(change: impl FnOnce(&mut Force)) -> (Vec<Finding>, u64, u64) {
    let mut force = force();
    change(&mut force);
    let analysis = force.analyse();
    let sum = |wanted: fn(&Reason) -> bool| {
        analysis.explained.iter().filter(|e| wanted(&e.reason)).map(|e| e.look_ups).sum::<u64>()
    };
    let none = sum(|r| *r == Reason::None);
    let other = sum(|r| !matches!(r, Reason::None | Reason::OwnCase));
    let findings = analysis.leads.into_iter().flat_map(|l| l.findings);
    (findings.filter(|f| f.indicator == "access-unexplained").collect(), other, none)
}

#[test]
fn look_ups_without_a_reason_stand_out_and_every_explanation_is_named_with_its_count() {
    let finding = force().only("access-unexplained", WHO);
    assert!(
        finding.sentence.starts_with("30 of 51 look-ups are explained: 30 own case."),
        "{}",
        finding.sentence
    );
    assert!(finding.sentence.contains("21 look-ups of 21 records"), "{}", finding.sentence);
    assert!(finding.tail.is_some() && finding.route == Route::Conduct);
    assert_eq!(finding.evidence.len(), 21);
    let lines: Vec<(&str, &str)> =
        finding.arithmetic.iter().map(|l| (l.label.as_str(), l.value.as_str())).collect();
    assert_eq!(
        lines[..3],
        [
            ("explained: own case", "30"),
            ("not explained", "21"),
            ("look-ups that name a record or case", "51")
        ]
    );
}

#[test]
fn the_explanations_and_the_rest_add_up_to_all_look_ups() {
    let (_, other, none) = reason_after(|_| {});
    assert_eq!((other, none), (0, 40 + 20));
}

#[test]
fn an_own_case_by_its_number_or_by_its_record_explains() {
    let (found, other, none) = reason_after(|force| {
        (0..20).for_each(|t| force.assignment(WHO, 900, subject(t), "2026-02-01", "2026-04-01", ""));
    });
    assert!(found.is_empty());
    assert_eq!((other, none), (0, 40));
}

#[test]
fn a_team_case_explains_and_another_units_does_not() {
    let hold = |holder: u32| {
        move |force: &mut Force| {
            (0..20).for_each(|t| force.assignment(holder, 900, subject(t), "2026-02-01", "", ""));
        }
    };
    assert_eq!(reason_after(hold(8)).1, 20);
    let (found, other, _) = reason_after(hold(30));
    assert_eq!((found.len(), other), (1, 0));
}

#[test]
fn a_team_is_the_unit_at_the_time_of_the_look_up() {
    let moved = |from: &'static str, until: &'static str| {
        move |force: &mut Force| {
            (0..20).for_each(|t| force.assignment(30, 900, subject(t), "2026-02-01", "", "Response 2"));
            force.on_roll(WHO, "", from, "Constable", "Response 1");
            force.on_roll(WHO, until, "", "Constable", "Response 2");
        }
    };
    assert_eq!(reason_after(moved("2026-02-28", "2026-03-01")).1, 20, "moved before the look-ups");
    assert_eq!(reason_after(moved("2026-03-10", "2026-03-11")).1, 10, "moved in the middle of them");
    assert_eq!(reason_after(moved("2026-03-31", "2026-04-01")).1, 0, "moved after them");
}

#[test]
fn an_incident_attended_explains_it_for_days_and_its_next_shift_takes_it_over() {
    let attend = |who: u32, number: u64| {
        move |force: &mut Force| {
            // The night the clocks change lies inside: 29 March 2026.
            for t in 0..20 {
                let day = 1 + t;
                let (start, end) =
                    (format!("2026-03-{day:02} 23:00"), format!("2026-03-{:02} 02:30", day + 1));
                force.incident(who, 5000 + t, &start, &end, 0, if number == 0 { subject(t) } else { number });
            }
        }
    };
    assert_eq!(reason_after(attend(WHO, 0)).1, 20, "on the way to it");
    assert_eq!(reason_after(attend(8, 0)).1, 20, "a colleague's, taken over by the next shift");
    assert_eq!(reason_after(attend(30, 0)).1, 0, "another unit's");
    assert_eq!(reason_after(attend(WHO, 77)).1, 0, "another record");
}

#[test]
fn a_supervisor_may_look_at_what_their_people_hold() {
    let (found, other, _) = reason_after(|force| {
        (0..20).for_each(|t| force.assignment(30, 900, subject(t), "2026-02-01", "", ""));
        force.on_roll(30, "", "", "Constable", "Response 2");
        force.also("supervisor", &WHO.to_string());
    });
    assert_eq!((found.len(), other), (0, 20));
    let (_, other, _) = reason_after(|force| {
        (0..20).for_each(|t| force.assignment(30, 900, subject(t), "2026-02-01", "", ""));
        force.on_roll(30, "", "", "Constable", "Response 2");
        force.also("supervisor", &BOSS.to_string());
    });
    assert_eq!(other, 0, "somebody else's people");
}

#[test]
fn a_handover_explains_for_days_around_the_case_and_no_longer() {
    let held = |from: &'static str, until: &'static str| {
        move |force: &mut Force| {
            (0..20).for_each(|t| force.assignment(WHO, 900, subject(t), from, until, ""));
        }
    };
    // Look-ups on 1 to 20 March, 14 days of handover.
    assert_eq!(reason_after(held("2026-01-01", "2026-02-20")).1, 6);
    assert_eq!(reason_after(held("2026-03-25", "")).1, 10);
    assert_eq!(reason_after(held("2025-01-01", "2025-12-31")).1, 0);
}

#[test]
fn a_case_number_explains_if_it_is_open_and_holds_the_record_or_is_not_on_file() {
    let give = |case: u64| {
        move |force: &mut Force| {
            (0..20).for_each(|t| force.access(WHO, &look(t), subject(t) | 1 << 40, case));
        }
    };
    assert_eq!(reason_after(give(424_242)).1, 20, "not on file");
    assert_eq!(reason_after(give(1030)).1, 0, "another unit's case without the record");
    let (_, other, _) = reason_after(|force| {
        give(1030)(force);
        (0..20).for_each(|t| force.assignment(30, 1030, subject(t) | 1 << 40, "2026-01-01", "", ""));
    });
    assert_eq!(other, 20, "another unit's case with the record");
    let (_, other, _) = reason_after(|force| {
        give(901)(force);
        (0..20).for_each(|t| force.assignment(30, 901, subject(t) | 1 << 40, "2024-01-01", "2025-01-01", ""));
    });
    assert_eq!(other, 0, "a case long closed");
    let strict = |force: &mut Force| {
        give(424_242)(force);
        let cards = force.cards.clone();
        force.cards =
            cards.with_parameter("access-unexplained", "accept_unlisted_cases", 0).expect("in range");
    };
    assert_eq!(reason_after(strict).1, 0, "unlisted numbers refused");
}

#[test]
fn an_incident_number_explains_if_it_is_recent_and_holds_the_record() {
    let given = |day: &'static str, mask: u64| {
        move |force: &mut Force| {
            for t in 0..20 {
                let (start, end) = (format!("{day} 10:00"), format!("{day} 11:00"));
                force.incident(30, 5000 + t, &start, &end, 0, subject(t) | mask);
                force.access(WHO, &look(t), subject(t) | 1 << 40, 5000 + t);
            }
        }
    };
    // Look-ups on 1 to 20 March, 14 days after an incident of another unit.
    assert_eq!(reason_after(given("2026-03-01", 1 << 40)).1, 15);
    assert_eq!(reason_after(given("2025-03-01", 1 << 40)).1, 0, "a year ago");
    assert_eq!(reason_after(given("2026-03-01", 1 << 41)).1, 0, "another record");
}

#[test]
fn an_analyst_is_explained_and_a_role_that_has_ended_is_not() {
    let analyst =
        |until: &'static str| move |force: &mut Force| force.authority(WHO, "analyst", "2026-01-01", until);
    assert_eq!(reason_after(analyst("")).1, 21);
    assert_eq!(reason_after(analyst("2026-02-01")).1, 0);
}

#[test]
fn a_collecting_number_held_by_hundreds_makes_nobody_a_team() {
    let mut force = Force::of(1200);
    for officer in 0..600 {
        force.assignment(officer, 900, 0xBEEF, "2026-01-01", "", "Response 0");
    }
    force.access(1100, "2026-03-02 10:00", 0xBEEF, 0);
    force.access(3, "2026-03-02 10:00", 0xBEEF, 0);
    let explained = force.analyse().explained;
    let count = |reason| explained.iter().find(|e| e.reason == reason).map_or(0, |e| e.look_ups);
    assert_eq!((count(Reason::OwnCase), count(Reason::TeamCase), count(Reason::None)), (1, 0, 1));
}

#[test]
fn without_assignments_or_incidents_nothing_can_be_explained_and_it_says_so() {
    let mut force = Force::of(3);
    force.access(1, "2026-03-02 10:00", 7, 0);
    let analysis = force.analyse();
    let skipped = analysis.skipped.iter().find(|s| s.indicator == "access-unexplained").expect("skipped");
    assert_eq!(skipped.reason, "no_source");
    assert_eq!(skipped.message, "No case assignments or incidents attended imported.");
}

#[test]
fn the_same_record_opened_again_and_again_on_one_day_counts_once() {
    let mut force = force();
    (0..59).for_each(|m| force.access(8, &format!("2026-03-05 11:{m:02}"), 1 << 59, 0));
    let finding = force.only("access-unexplained", WHO);
    assert_eq!(finding.evidence.len(), 21);
}

#[test]
fn what_does_not_fit_into_the_memory_allowed_is_named() {
    let mut force = force();
    force.context_bytes = 4_000;
    let error = force.refused();
    let crate::AnalyseError::Size(SizeError { part, needed_mb, limit_mb }) = &error else {
        panic!("{error}")
    };
    assert_eq!((*part, *needed_mb, *limit_mb), ("officers of the roll", 1, 0));
    assert!(error.to_string().contains("more memory, or import a shorter period"), "{error}");
}
