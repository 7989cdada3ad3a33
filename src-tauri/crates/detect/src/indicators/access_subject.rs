//! The same record looked up again and again without a linked case.
//!
//! A look-up counts when the row names a record but no case, no own or team assignment covers the record on that day,
//! and the officer held no `analyst` or `exporter` authority. The officer's most repeated record is what is compared.

use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::{Context, Explained};
use crate::measure::{Hit, Measure, columns, counter, line};
use crate::profile::{Access, Profile};
use crate::span::Span;
use crate::wording::{self, count};
use model::{EvidenceRow, SourceKind, Token, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "access-subject",
    needs: &[SourceKind::Accesses],
    needs_any: &[],
    exposure: Some(Exposure::Accesses),
    counts: "look-ups of one record",
    test: Test::Officer(measure),
};

/// Look-ups by record, and how many were explained and how.
#[derive(Default)]
struct Lookups<'a> {
    unexplained: BTreeMap<u64, Vec<&'a Access>>,
    case_given: usize,
    own_case: usize,
    incident: usize,
    team_case: usize,
    by_authority: usize,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let lookups = sort(profile, context, card);
    let most = lookups.unexplained.values().map(Vec::len).max().unwrap_or(0);
    let repeated = repeated(&lookups, context, card);
    let hit = (!repeated.is_empty()).then(|| {
        let top = repeated.iter().map(|(_, rows)| rows.len()).max().unwrap_or(0);
        Hit {
            sentence: sentence(&repeated, context, card),
            arithmetic: arithmetic(profile, &lookups, &repeated),
            sources: vec![SourceKind::Accesses, SourceKind::Assignments],
            evidence_columns: columns(&["When", "System", "Action", "Record", "Kind", "Reason given"]),
            evidence: repeated.iter().flat_map(|(_, rows)| rows.iter().map(|a| row(a, context))).collect(),
            counter_evidence: counter_evidence(&repeated),
            strength: top as i64 * 1000,
        }
    });
    Measure { value: most as u32, exposure: profile.accesses.len() as i64 * 1000, hit }
}

fn sort<'a>(profile: &'a Profile, context: &Context<'_>, card: &Card) -> Lookups<'a> {
    let grace = card.value("grace_days") as i32;
    let mut lookups = Lookups::default();
    for access in profile.accesses.iter().filter(|a| a.record != 0) {
        let day = context.day(access.at);
        if access.case != 0 {
            lookups.case_given += 1;
            continue;
        }
        match context.explained(profile.officer, access.record, day, grace) {
            Some(Explained::OwnCase) => lookups.own_case += 1,
            Some(Explained::Incident) => lookups.incident += 1,
            Some(Explained::TeamCase) => lookups.team_case += 1,
            None if ["analyst", "exporter"].iter().any(|kind| context.may(profile.officer, kind, day)) => {
                lookups.by_authority += 1;
            }
            None => lookups.unexplained.entry(access.record).or_default().push(access),
        }
    }
    lookups
}

/// Records looked up often enough on enough days, most often first.
fn repeated<'a>(lookups: &Lookups<'a>, context: &Context<'_>, card: &Card) -> Vec<(u64, Vec<&'a Access>)> {
    let days =
        |rows: &[&Access]| rows.iter().map(|a| context.day(a.at)).collect::<BTreeSet<i32>>().len() as i64;
    let often = |rows: &[&Access]| {
        rows.len() as i64 >= card.value("min_times") && days(rows) >= card.value("min_days")
    };
    let found = lookups.unexplained.iter().filter(|(_, rows)| often(rows));
    let mut found: Vec<(u64, Vec<&Access>)> = found.map(|(record, rows)| (*record, rows.clone())).collect();
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
    lookups: &Lookups<'_>,
    repeated: &[(u64, Vec<&Access>)],
) -> Vec<model::ArithmeticLine> {
    let number = |n: usize| wording::thousands(n as i64);
    let unexplained: usize = lookups.unexplained.values().map(Vec::len).sum();
    let with_record = profile.accesses.iter().filter(|a| a.record != 0).count();
    let split = format!(
        "{} case given, {} own case, {} incident attended, {} team case, {} by authority, {} none of these",
        number(lookups.case_given),
        number(lookups.own_case),
        number(lookups.incident),
        number(lookups.team_case),
        number(lookups.by_authority),
        number(unexplained)
    );
    let top = repeated.iter().take(5);
    let top = top.map(|(record, rows)| {
        line(&format!("look-ups of {} without a linked case", Token(*record)), number(rows.len()), "")
    });
    top.chain([
        line("look-ups that name a record", number(with_record), split),
        line("all look-ups of this person", number(profile.accesses.len()), ""),
    ])
    .collect()
}

fn counter_evidence(repeated: &[(u64, Vec<&Access>)]) -> Vec<String> {
    let reasons = repeated.iter().flat_map(|(_, rows)| rows).filter(|a| !a.reason.is_empty()).count();
    counter(reasons, "of the cited look-ups gives a reason", "of the cited look-ups give a reason")
        .into_iter()
        .collect()
}

fn row(access: &Access, context: &Context<'_>) -> EvidenceRow {
    let cells = vec![
        context.moment(access.at),
        access.system.to_string(),
        access.action.to_string(),
        Token(access.record).to_string(),
        access.record_kind.to_string(),
        access.reason.to_string(),
    ];
    access.origin.cite(SourceKind::Accesses, Span { start: access.at, end: access.at }, cells)
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
