//! The same record looked up again and again without a linked case.
//!
//! A look-up counts when it names a record and nothing explains it (`explain`): no own or team case, no incident, no
//! supervision or handover, no fitting case number, no role of analyst or exporter. The officer's most repeated record
//! is what is compared.

use super::access_unexplained::{look_up, look_up_columns, unexplained};
use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::explain::Tally;
use crate::measure::{Hit, Measure, NEVER, capped, counter, left_out, line, reached_if};
use crate::profile::{Access, Profile};
use crate::wording::{self, count};
use model::{SourceKind, Token, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "access-subject",
    needs: &[SourceKind::Accesses],
    needs_any: &[],
    exposure: Some(Exposure::Accesses),
    counts: "look-ups of one record",
    test: Test::Officer(measure),
};

/// Unexplained look-ups by record.
type Lookups<'a> = BTreeMap<u64, Vec<&'a Access>>;

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let mut lookups = Lookups::new();
    for access in unexplained(profile).into_iter().filter(|a| a.record != 0) {
        lookups.entry(access.record).or_default().push(access);
    }
    let most = lookups.values().map(Vec::len).max().unwrap_or(0);
    let holds = holds(&lookups, context, card);
    let repeated = repeated(lookups, context, card);
    let hit = (!repeated.is_empty()).then(|| {
        let top = repeated.iter().map(|(_, rows)| rows.len()).max().unwrap_or(0);
        let rows: Vec<&Access> = repeated.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
        Hit {
            sentence: sentence(&repeated, context, card),
            arithmetic: arithmetic(profile, &repeated, rows.len()),
            sources: vec![SourceKind::Accesses, SourceKind::Assignments],
            evidence_columns: look_up_columns(),
            evidence: capped(&rows).iter().map(|a| look_up(a, context)).collect(),
            counter_evidence: counter_evidence(&rows),
            strength: top as i64 * 1000,
        }
    });
    Measure {
        value: most as u32,
        exposure: profile.accesses.len() as i64 * 1000,
        hit,
        holds,
        ..Measure::default()
    }
}

fn days(rows: &[&Access], context: &Context<'_>) -> i64 {
    rows.iter().map(|a| context.day(a.at)).collect::<BTreeSet<i32>>().len() as i64
}

/// What the record reaches that reaches most, where the other threshold is met.
fn holds(lookups: &Lookups<'_>, context: &Context<'_>, card: &Card) -> Vec<(&'static str, i64)> {
    let most =
        |reached: &dyn Fn(&[&Access]) -> i64| lookups.values().map(|r| reached(r)).max().unwrap_or(NEVER);
    let times = |rows: &[&Access]| rows.len() as i64;
    let (least_times, least_days) = (card.value("min_times"), card.value("min_days"));
    vec![
        ("min_times", most(&|rows| reached_if(days(rows, context) >= least_days, times(rows)))),
        ("min_days", most(&|rows| reached_if(times(rows) >= least_times, days(rows, context)))),
    ]
}

/// Records looked up often enough on enough days, most often first.
fn repeated<'a>(lookups: Lookups<'a>, context: &Context<'_>, card: &Card) -> Vec<(u64, Vec<&'a Access>)> {
    let often = |rows: &[&Access]| {
        rows.len() as i64 >= card.value("min_times") && days(rows, context) >= card.value("min_days")
    };
    let mut found: Vec<(u64, Vec<&Access>)> = lookups.into_iter().filter(|(_, rows)| often(rows)).collect();
    found.sort_by_key(|(record, rows)| (std::cmp::Reverse(rows.len()), *record));
    found
}

fn sentence(repeated: &[(u64, Vec<&Access>)], context: &Context<'_>, card: &Card) -> String {
    let Some((_, rows)) = repeated.first() else { return String::new() };
    let days: BTreeSet<i32> = rows.iter().map(|a| context.day(a.at)).collect();
    let (first, last) = (days.first().copied().unwrap_or(0), days.last().copied().unwrap_or(0));
    let kind = match &*rows[0].record_kind {
        "" => "record",
        kind => kind,
    };
    let more = match repeated.len() - 1 {
        0 => String::new(),
        n => wording::fill(card.words("more"), &[("records", count(n, "further record", "further records"))]),
    };
    let values = [
        ("kind", kind.to_owned()),
        ("times", count(rows.len(), "time", "times")),
        ("days", count(days.len(), "day", "days")),
        ("period", period(first, last)),
        ("more", more),
    ];
    wording::fill(card.words("finding"), &values)
}

fn period(first: i32, last: i32) -> String {
    if first == last {
        format!("on {}", time::show_day(first))
    } else {
        format!("from {}", wording::period(first, last))
    }
}

fn arithmetic(
    profile: &Profile,
    repeated: &[(u64, Vec<&Access>)],
    rows: usize,
) -> Vec<model::ArithmeticLine> {
    let number = |n: usize| wording::thousands(n as i64);
    let top = repeated.iter().take(5);
    let top = top.map(|(record, rows)| {
        line(&format!("look-ups of {} without a linked case", Token(*record)), number(rows.len()), "")
    });
    let all = line("all look-ups of this person", number(profile.accesses.len()), "");
    top.chain(Tally::of(profile).lines()).chain([all]).chain(left_out(rows)).collect()
}

fn counter_evidence(rows: &[&Access]) -> Vec<String> {
    let reasons = rows.iter().filter(|a| !a.reason.is_empty()).count();
    counter(reasons, "of the cited look-ups gives a reason", "of the cited look-ups give a reason")
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::tests::example::Force;

    const WHO: u32 = 7;
    const SUBJECT: u64 = 0xABCD_EF01_2345_6789;

    /// Forty people with thirty look-ups each for a case, one stranger each, and the officer's subject twelve times.
    fn force() -> Force {
        let mut force = Force::of(40);
        for officer in 0..40 {
            for turn in 0..30 {
                let at = format!("2026-03-{:02} 10:{:02}", 1 + turn % 28, turn);
                force.access(officer, &at, u64::from(officer) << 40 | turn, 99);
            }
            force.access(officer, "2026-03-05 12:00", 1 << 60 | u64::from(officer), 0);
        }
        for turn in 0..12 {
            force.access(WHO, &format!("2026-03-{:02} 15:00", 1 + 2 * turn), SUBJECT, 0);
        }
        force
    }

    #[test]
    fn a_record_looked_up_again_and_again_without_a_case_stands_out_from_peers() {
        let finding = force().only("access-subject", WHO);
        assert!(finding.sentence.contains("12 times on 12 days"), "{}", finding.sentence);
        assert!(finding.tail.is_some() && finding.peers.is_some());
        assert!(!finding.sentence.contains('{'), "{}", finding.sentence);
        assert_eq!(finding.evidence.len(), 12);
    }

    #[test]
    fn an_own_case_an_incident_a_team_case_and_an_analyst_are_explained() {
        let mut attended = force();
        attended.incident(WHO, 900, "2026-03-01 08:00", "2026-03-31 20:00", 0, SUBJECT);
        assert!(attended.none("access-subject", WHO));
        let mut own = force();
        own.assignment(WHO, 500, SUBJECT, "2026-03-01", "", "");
        assert!(own.none("access-subject", WHO));
        let mut team = force();
        team.unit(WHO, "Response 1");
        team.assignment(8, 500, SUBJECT, "2026-03-01", "", "Response 1");
        assert!(team.none("access-subject", WHO));
        let mut analyst = force();
        analyst.authority(WHO, "analyst", "2026-01-01", "");
        assert!(analyst.none("access-subject", WHO));
    }

    #[test]
    fn another_teams_case_and_a_case_long_closed_explain_nothing() {
        let mut other = force();
        other.unit(WHO, "Response 1");
        other.assignment(8, 500, SUBJECT, "2026-03-01", "", "Response 2");
        other.only("access-subject", WHO);
        let mut closed = force();
        closed.assignment(WHO, 500, SUBJECT, "2025-01-01", "2025-06-01", "");
        closed.only("access-subject", WHO);
    }

    #[test]
    fn a_busy_morning_on_one_record_is_not_a_pattern() {
        let mut force = Force::of(40);
        for officer in 0..40 {
            (0..20).for_each(|t| {
                force.access(
                    officer,
                    &format!("2026-03-{:02} 10:00", 1 + t),
                    u64::from(officer) << 40 | t,
                    99,
                )
            });
        }
        (0..12).for_each(|m| force.access(WHO, &format!("2026-03-02 15:{m:02}"), SUBJECT, 0));
        assert!(force.none("access-subject", WHO));
    }
}
