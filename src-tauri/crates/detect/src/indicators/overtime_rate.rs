//! Overtime far above peers with the same duty hours: first of all a question of load.
//!
//! Hours worked as overtime are the union of the claimed intervals, so a claim entered twice counts once; hours paid are
//! never read. Only overtime worked while duties are on file counts: before and after there is nothing to set it against.

use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::measure::{Hit, Measure, capped, columns, counter, left_out, line};
use crate::profile::{Overtime, Profile};
use crate::span::union;
use crate::wording::{self, count, hours_minutes};
use model::{ArithmeticLine, EvidenceRow, NO_OFFICER, SourceKind, Token};
use std::collections::BTreeMap;

pub const INDICATOR: Indicator = Indicator {
    id: "overtime-rate",
    needs: &[SourceKind::Overtime],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "hours of overtime",
    test: Test::Officer(measure),
};

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    // Without any duties in the store everything is counted, and nothing is compared.
    let period = context.duty_period.unwrap_or((i32::MIN, i32::MAX));
    let inside = |o: &&Overtime| (period.0..=period.1).contains(&context.day(o.worked.start));
    let rows: Vec<&Overtime> = profile.overtime.iter().filter(inside).collect();
    let worked = union(rows.iter().map(|o| o.worked).collect());
    let minutes = worked.iter().map(|s| s.seconds()).sum::<i64>() / 60;
    let hours = minutes / 60;
    let hit = (hours > 0 && hours >= card.value("min_hours")).then(|| Hit {
        sentence: wording::fill(
            card.words("finding"),
            &[("hours", hours_minutes(minutes)), ("claims", count(rows.len(), "claim", "claims"))],
        ),
        arithmetic: arithmetic(profile, &rows, minutes, context),
        sources: vec![SourceKind::Overtime, SourceKind::Duties],
        evidence_columns: columns(&["From", "To", "Worked", "Category", "Reference"]),
        evidence: capped(&rows).iter().map(|o| row(o, context)).collect(),
        counter_evidence: counter_evidence(&rows),
        strength: hours * 1000,
    });
    let value = u32::try_from(hours).unwrap_or(u32::MAX);
    Measure { value, exposure: profile.duty_hours(), hit, ..Measure::default() }
}

fn arithmetic(
    profile: &Profile,
    rows: &[&Overtime],
    minutes: i64,
    context: &Context<'_>,
) -> Vec<ArithmeticLine> {
    let claimed: i64 = rows.iter().map(|o| o.worked.seconds() / 60).sum();
    let twice = match claimed - minutes {
        0 => String::new(),
        double => format!("{} claimed - {} claimed twice", hours_minutes(claimed), hours_minutes(double)),
    };
    let mut weeks: BTreeMap<i32, i64> = BTreeMap::new();
    for row in rows {
        *weeks.entry((context.day(row.worked.start) + 3).div_euclid(7)).or_default() +=
            row.worked.seconds() / 60;
    }
    let most = weeks.values().copied().max().unwrap_or(0);
    let outside = profile.overtime.len() - rows.len();
    let mut lines = vec![
        line("overtime worked, each moment once", hours_minutes(minutes), twice),
        line("weeks with overtime", wording::thousands(weeks.len() as i64), ""),
        line("most in one week", hours_minutes(most), "by the day on which it began"),
        line("claims outside the period of the duties, not counted", wording::thousands(outside as i64), ""),
    ];
    lines.extend(left_out(rows.len()));
    lines
}

fn counter_evidence(rows: &[&Overtime]) -> Vec<String> {
    let authorised = rows.iter().filter(|o| o.authoriser != NO_OFFICER).count();
    counter(authorised, "of the claims names an authoriser", "of the claims name an authoriser")
        .into_iter()
        .collect()
}

fn row(claim: &Overtime, context: &Context<'_>) -> EvidenceRow {
    let cells = vec![
        context.moment(claim.worked.start),
        context.moment(claim.worked.end),
        hours_minutes(claim.worked.seconds() / 60),
        claim.category.to_string(),
        if claim.claim == 0 { String::new() } else { Token(claim.claim).to_string() },
    ];
    claim.origin.cite(SourceKind::Overtime, claim.worked, cells)
}

#[cfg(test)]
mod tests;
