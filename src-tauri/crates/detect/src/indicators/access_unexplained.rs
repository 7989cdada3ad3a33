//! Look-ups with no recorded reason: more of them than peers with as many look-ups.
//!
//! Each look-up gets the first reason that holds (`explain`): own case, incident attended, supervision, team case,
//! handover, a fitting case number, or the role of analyst or exporter. What is left counts once for each record and
//! day. Where neither assignments nor incidents are on file nothing could be explained, and nothing is said.

use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::explain::{Reason, Tally};
use crate::measure::{Hit, Measure, capped, columns, counter, line, reached_if};
use crate::profile::{Access, Profile};
use crate::span::Span;
use crate::wording::{self, count};
use model::{EvidenceRow, SourceKind, Token};
use std::collections::BTreeSet;

pub const INDICATOR: Indicator = Indicator {
    id: "access-unexplained",
    needs: &[SourceKind::Accesses],
    needs_any: &[SourceKind::Assignments, SourceKind::Incidents],
    exposure: Some(Exposure::Accesses),
    counts: "unexplained look-ups",
    test: Test::Officer(measure),
};

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let tally = Tally::of(profile);
    let rows = unexplained(profile);
    let visits: BTreeSet<(u64, u64, i32)> =
        rows.iter().map(|a| (a.record, a.case, context.day(a.at))).collect();
    let value = visits.len() as i64;
    let share = tally.count(Reason::None) * 100;
    let often = value >= card.value("min_look_ups").max(1);
    let much = share >= tally.judged() * card.value("min_percent").max(0) as u64;
    let percent = share.checked_div(tally.judged()).map_or(i64::MAX, |percent| percent as i64);
    let holds = vec![("min_look_ups", reached_if(much, value)), ("min_percent", reached_if(often, percent))];
    let hit = (often && much).then(|| {
        let records: BTreeSet<u64> = rows.iter().map(|a| a.record).collect();
        Hit {
            sentence: sentence(&tally, value, records.len(), card),
            arithmetic: arithmetic(&tally, value, records.len(), rows.len()),
            sources: vec![SourceKind::Accesses, SourceKind::Assignments],
            evidence_columns: look_up_columns(),
            evidence: capped(&rows).iter().map(|a| look_up(a, context)).collect(),
            counter_evidence: counter_evidence(&rows, &tally),
            strength: value * 1000,
        }
    });
    let exposure = i64::try_from(tally.judged()).unwrap_or(i64::MAX / 1000) * 1000;
    Measure { value: value as u32, exposure, hit, holds, ..Measure::default() }
}

/// The look-ups that nothing explains.
pub fn unexplained(profile: &Profile) -> Vec<&Access> {
    let each = profile.accesses.iter().zip(&profile.reasons);
    each.filter(|(_, reason)| **reason == Reason::None).map(|(access, _)| access).collect()
}

fn sentence(tally: &Tally, value: i64, records: usize, card: &Card) -> String {
    let values = [
        ("explained", tally.sentence()),
        ("rest", count(value as usize, "look-up", "look-ups")),
        ("records", count(records, "record", "records")),
        ("have", if value == 1 { "has" } else { "have" }.to_owned()),
    ];
    wording::fill(card.words("finding"), &values)
}

fn arithmetic(tally: &Tally, value: i64, records: usize, rows: usize) -> Vec<model::ArithmeticLine> {
    let mut lines = tally.lines();
    let note = "a record counts once a day, however often it was opened";
    lines.push(line("counted for the comparison", wording::thousands(value), note));
    lines.push(line("different records without a reason", wording::thousands(records as i64), ""));
    lines.extend(crate::measure::left_out(rows));
    lines
}

fn counter_evidence(rows: &[&Access], tally: &Tally) -> Vec<String> {
    let texts = rows.iter().filter(|a| !a.reason.is_empty()).count();
    let cases = rows.iter().filter(|a| a.case != 0).count();
    let texts =
        counter(texts, "cited look-up gives a reason in words", "cited look-ups give a reason in words");
    let cases = counter(
        cases,
        "cited look-up gives a case number that is closed or does not hold the record",
        "cited look-ups give a case number that is closed or does not hold the record",
    );
    let explained = (tally.explained() > 0).then(|| tally.sentence());
    texts.into_iter().chain(cases).chain(explained).collect()
}

/// Headings of a cited look-up.
pub fn look_up_columns() -> Vec<String> {
    columns(&["When", "System", "Action", "Record", "Kind", "Reason given"])
}

/// A cited look-up.
pub fn look_up(access: &Access, context: &Context<'_>) -> EvidenceRow {
    let cells = vec![
        context.moment(access.at),
        access.system.to_string(),
        access.action.to_string(),
        if access.record == 0 { String::new() } else { Token(access.record).to_string() },
        access.record_kind.to_string(),
        access.reason.to_string(),
    ];
    access.origin.cite(SourceKind::Accesses, Span { start: access.at, end: access.at }, cells)
}

#[cfg(test)]
mod tests;
