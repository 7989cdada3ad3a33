//! Every threshold of every card: what is previewed from kept measures is what a new run lists.

use super::example::Force;
use crate::stats::discovery::Budget;
use crate::{Analysis, Measures};
use model::{Pseudonym, time};

/// A day of 2026, from the first Monday of January.
fn on(day: u64) -> String {
    time::iso_day(time::parse_day("2026-01-05").expect("a date") + day as i32)
}

/// Forty ordinary people for half a year, and somebody around the threshold of each indicator.
fn force() -> Force {
    let mut force = Force::of(40);
    force.authority(39, "roster_editor", "2026-01-01", "");
    for who in 0..40 {
        for day in (0..150).filter(|day| day % 7 < 4) {
            force.duty(who, &format!("{} 07:00", on(day)), &format!("{} 15:00", on(day)), "early");
            force.access(who, &format!("{} 09:00", on(day)), 10, 7);
        }
        // A little of what is compared, so that whoever has much stands out.
        for n in 0..=u64::from(who) % 3 {
            force.access(who, &format!("{} 12:00", on(n * 21)), 70_000 + u64::from(who) * 8 + n, 0);
            force.access(who, &format!("{} 12:30", on(n * 21)), 10, 7);
            force.also("action", "print");
            let day = on(n * 7 + 5);
            force.overtime(
                who,
                90_000 + u64::from(who) * 8 + n,
                &format!("{day} 09:00"),
                &format!("{day} 12:00"),
            );
        }
        force.assignment(who, 7, 10, "2026-01-01", "", "");
        force.complaint(who, u64::from(who) + 1000, &on(20));
    }
    edits(&mut force);
    look_ups(&mut force);
    events(&mut force);
    force
}

/// Few and long, many and short, and both, on own duties before and after they were worked.
fn edits(force: &mut Force) {
    for (who, number, minutes) in [(1, 2, 200), (2, 5, 20), (3, 4, 90), (4, 1, 30)] {
        for n in 0..number {
            force.edit(
                who,
                &format!("{} 06:00", on(n * 7 + 1)),
                who,
                &on(n * 7 + 3),
                minutes,
                model::NO_OFFICER,
            );
            force.edit(who + 4, &format!("{} 09:00", on(n * 7 + 5)), who, &on(n * 7 + 3), minutes, 99);
            force.leave_out("approver");
        }
    }
}

/// Records without a case, own closed cases, and prints.
fn look_ups(force: &mut Force) {
    for (who, times, days) in [(10, 4, 4), (11, 8, 2), (12, 90, 30), (13, 6, 6)] {
        for n in 0..times {
            let moment = format!("{} 1{}:00", on(n % days * 4), n / days % 8);
            force.access(who, &moment, 500 + u64::from(who), 0);
            force.access(who, &moment, 9_000 + n * 64 + u64::from(who), 0);
        }
    }
    for (who, times) in [(14, 3), (15, 6), (16, 12)] {
        force.assignment(who, u64::from(who), u64::from(who), "2025-01-01", "2025-06-30", "");
        (0..times).for_each(|n| force.access(who, &format!("{} 10:00", on(n / 2 * 7)), u64::from(who), 0));
    }
    for (who, prints) in [(17, 3), (18, 90)] {
        for n in 0..prints {
            force.access(who, &format!("{} 11:{:02}", on(120 + n % 4), n / 4), 10, 7);
            force.also("action", "print");
        }
    }
}

/// Overtime, complaints of one kind and from vulnerable people, and sickness with and without help.
fn events(force: &mut Force) {
    for (who, number) in [(20, 3), (21, 5), (22, 20)] {
        for n in 0..number {
            force.complaint(who, u64::from(who) * 100 + n, &on(n * 5));
            force.also("category", "Incivility");
            force.complaint(who + 3, u64::from(who) * 100 + 50 + n, &on(n * 5));
            force.also("vulnerable", "yes");
        }
    }
    for (who, spells, days, helped) in
        [(26, 3, 2, 0), (27, 5, 1, 0), (28, 1, 40, 0), (29, 5, 2, 200), (30, 4, 30, 70)]
    {
        for n in 0..spells {
            force.absence(
                who,
                &format!("{} 00:00", on(n * 35)),
                &format!("{} 00:00", on(n * 35 + days)),
                "sick",
            );
        }
        if helped > 0 {
            force.support(who, &on(helped), "occupational_health", "");
        }
    }
    // Leave on file; a run of days, quick changeovers, and nobody's leave but that of one.
    (0..150).step_by(14).for_each(|day| {
        force.absence(38, &format!("{} 00:00", on(day)), &format!("{} 00:00", on(day + 1)), "annual");
    });
    for who in (0..40).filter(|who| *who != 35) {
        force.absence(who, &format!("{} 00:00", on(74)), &format!("{} 00:00", on(75)), "toil");
    }
    for day in 4..16 {
        force.duty(36, &format!("{} 16:00", on(day)), &format!("{} 17:00", on(day)), "early");
    }
    for day in (1..80).step_by(14) {
        force.duty(37, &format!("{} 18:00", on(day)), &format!("{} 23:00", on(day)), "late");
    }
    for (who, claims) in [(31, 1), (32, 3), (33, 60)] {
        for n in 0..claims {
            let day = on(n * 7 % 140 + n / 20);
            force.overtime(who, u64::from(who) * 100 + n, &format!("{day} 14:00"), &format!("{day} 19:00"));
        }
    }
}

fn listed(analysis: &Analysis, indicator: &str) -> Vec<Pseudonym> {
    let named = |l: &&crate::LeadDraft| l.findings.iter().any(|f| f.indicator == indicator);
    let mut listed: Vec<_> =
        analysis.leads.iter().filter(named).filter_map(|l| l.subject.officer()).collect();
    listed.sort();
    listed
}

#[test]
fn every_threshold_tried_on_kept_measures_lists_whom_a_new_run_lists() {
    let force = force();
    let analysis = force.analyse();
    let budget = Budget { tests: analysis.tests, previous_runs: 0 };
    let (mut tried, mut changed) = (0, Vec::new());
    for kept in &analysis.measures {
        let Some(card) = force.cards.get(&kept.indicator) else { continue };
        let read = Measures::from_bytes(&kept.indicator, &kept.to_bytes()).expect("reads");
        assert_eq!(&read, kept);
        for (name, setting) in card.thresholds() {
            let (low, usual, high) = (setting.min, setting.default, setting.max);
            let mut sizes = Vec::new();
            for value in [low, usual - 1, usual, usual + 1, usual * 2, high] {
                let value = value.clamp(low, high);
                let previewed = read.tried(card, name, value, budget).expect("a threshold");
                let mut again = force.clone();
                again.cards = again.cards.with_parameter(&card.id, name, value).expect("in range");
                assert_eq!(previewed, listed(&again.analyse(), &card.id), "{} {name} {value}", card.id);
                sizes.push(previewed.len());
            }
            tried += 1;
            changed.extend((sizes.iter().min() != sizes.iter().max()).then(|| format!("{} {name}", card.id)));
        }
    }
    assert!(changed.len() * 4 >= tried * 3, "{} of {tried} change anything: {changed:?}", changed.len());
}
