//! A step change in printing or exporting against one's own past, that peers do not show.
//!
//! Prints and exports are counted by week, over the weeks in which the officer used the systems at all. After a first
//! period of quiet weeks a cumulative sum (CUSUM) adds what each week has above a reference, the mean of the officer's
//! own earlier weeks and half as much again, and never falls below zero. Weeks of an excursion join the past only once
//! the sum is back at zero. The highest sum is the value: prints and exports that the own past does not account for.
//! Peers then say whether a sum of that height is unusual. Weeks in which the officer exported with authority are out.

use super::access_unexplained::{look_up, look_up_columns};
use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::explain::Reason;
use crate::measure::{Hit, Measure, capped, counter, left_out, line};
use crate::profile::{Access, Profile};
use crate::wording::{self, count};
use model::{ArithmeticLine, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "access-bulk",
    needs: &[SourceKind::Accesses],
    needs_any: &[],
    exposure: Some(Exposure::Accesses),
    counts: "prints and exports above the own past",
    test: Test::Officer(measure),
};

/// Prints and exports by week.
#[derive(Default)]
struct Weeks {
    /// Week and count, weeks without any use left out.
    used: Vec<(i32, i64)>,
    /// Made as an authorised exporter; their weeks are left out.
    by_authority: usize,
}

/// The highest excursion of the sum; counts in thousandths.
struct Step {
    first_week: i32,
    peak_week: i32,
    weeks: i64,
    taken: i64,
    /// Mean of the own past when the excursion began.
    past: i64,
    past_weeks: i64,
    reference: i64,
    sum: i64,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let weeks = by_week(profile, context);
    let quiet = card.value("baseline_weeks").max(1) as usize;
    if weeks.used.len() <= quiet {
        // Too short a past: not compared.
        return Measure::default();
    }
    let step = highest(&weeks.used, quiet, card.value("reference_percent"));
    let value = step.as_ref().map_or(0, |s| s.sum / 1000);
    let hit = step.filter(|_| value > 0 && value >= card.value("min_excess")).map(|step| {
        let taken = taken_in(profile, &step, context);
        let rows: Vec<&Access> = taken.iter().map(|(access, _)| *access).collect();
        Hit {
            sentence: sentence(&step, &rows, card),
            arithmetic: arithmetic(&step, &weeks, rows.len(), card),
            sources: vec![SourceKind::Accesses],
            evidence_columns: look_up_columns(),
            evidence: capped(&rows).iter().map(|a| look_up(a, context)).collect(),
            counter_evidence: counter_evidence(&taken, &weeks),
            strength: value * 1000,
        }
    });
    let value = u32::try_from(value).unwrap_or(u32::MAX);
    Measure { value, exposure: profile.accesses.len() as i64 * 1000, hit, ..Measure::default() }
}

fn takes_out(access: &Access) -> bool {
    matches!(&*access.action, "print" | "export")
}

fn week(day: i32) -> i32 {
    (day + 3).div_euclid(7)
}

fn first_day(week: i32) -> i32 {
    week * 7 - 3
}

fn by_week(profile: &Profile, context: &Context<'_>) -> Weeks {
    let mut counts: BTreeMap<i32, i64> = BTreeMap::new();
    let mut authorised: BTreeSet<i32> = BTreeSet::new();
    let mut weeks = Weeks::default();
    for access in &profile.accesses {
        let day = context.day(access.at);
        let taken = takes_out(access);
        *counts.entry(week(day)).or_default() += i64::from(taken);
        if taken && context.may(profile.officer, "exporter", day) {
            weeks.by_authority += 1;
            authorised.insert(week(day));
        }
    }
    weeks.used = counts.into_iter().filter(|(week, _)| !authorised.contains(week)).collect();
    weeks
}

/// What one week may have: the mean of the past and so many percent of it, at least one more than the mean.
fn reference(past: i64, percent: i64) -> i64 {
    (past * percent / 100).max(past + 1000)
}

/// The highest excursion of the cumulative sum above zero.
fn highest(weeks: &[(i32, i64)], quiet: usize, percent: i64) -> Option<Step> {
    let (mut total, mut past_weeks) = (weeks[..quiet].iter().map(|w| w.1).sum::<i64>(), quiet as i64);
    // One more than counted, so that a past without any does not make the first print a step.
    let mean = |total: i64, weeks: i64| (total + 1) * 1000 / weeks;
    let (mut sum, mut first) = (0, quiet);
    let mut best: Option<Step> = None;
    for (at, (week, taken)) in weeks.iter().enumerate().skip(quiet) {
        let past = mean(total, past_weeks);
        let reference = reference(past, percent);
        sum = (sum + taken * 1000 - reference).max(0);
        if sum == 0 {
            let back = &weeks[first..=at];
            total += back.iter().map(|w| w.1).sum::<i64>();
            past_weeks += back.len() as i64;
            first = at + 1;
        } else if best.as_ref().is_none_or(|b| sum > b.sum) {
            best = Some(Step {
                first_week: weeks[first].0,
                peak_week: *week,
                weeks: (at + 1 - first) as i64,
                taken: weeks[first..=at].iter().map(|w| w.1).sum(),
                past,
                past_weeks,
                reference,
                sum,
            });
        }
    }
    best
}

/// The prints and exports of the excursion, with what explains each.
fn taken_in<'a>(profile: &'a Profile, step: &Step, context: &Context<'_>) -> Vec<(&'a Access, Reason)> {
    let inside = |access: &Access| (step.first_week..=step.peak_week).contains(&week(context.day(access.at)));
    let reasons = profile.reasons.iter().copied().chain(std::iter::repeat(Reason::None));
    let each = profile.accesses.iter().zip(reasons);
    each.filter(|(a, _)| {
        takes_out(a) && inside(a) && !context.may(profile.officer, "exporter", context.day(a.at))
    })
    .collect()
}

fn sentence(step: &Step, rows: &[&Access], card: &Card) -> String {
    let exports = rows.iter().filter(|a| &*a.action == "export").count();
    let values = [
        ("first", model::time::show_day(first_day(step.first_week))),
        ("taken", count(step.taken as usize, "print or export", "prints and exports")),
        ("exports", wording::thousands(exports as i64)),
        ("weeks", count(step.weeks as usize, "week", "weeks")),
        ("past", tenths(step.past)),
        ("excess", wording::thousands(step.sum / 1000)),
    ];
    wording::fill(card.words("finding"), &values)
}

/// Thousandths with one decimal.
fn tenths(thousandths: i64) -> String {
    let tenths = (thousandths + 50) / 100;
    format!("{}.{}", wording::thousands(tenths / 10), tenths % 10)
}

fn arithmetic(step: &Step, weeks: &Weeks, rows: usize, card: &Card) -> Vec<ArithmeticLine> {
    let percent = card.value("reference_percent");
    let reference_note = format!("{percent} % of the own past, at least one more");
    let sum = format!(
        "{} - {} × {} a week",
        wording::thousands(step.taken),
        wording::thousands(step.weeks),
        tenths(step.reference)
    );
    let past = format!("one added to the count of {} weeks", wording::thousands(step.past_weeks));
    let series: Vec<String> = weeks
        .used
        .iter()
        .map(|(week, n)| format!("{} {n}", model::time::iso_day(first_day(*week))))
        .collect();
    let mut lines = vec![
        line("prints and exports above the own past (CUSUM)", wording::thousands(step.sum / 1000), sum),
        line("prints and exports in those weeks", wording::thousands(step.taken), ""),
        line("a week before, on average", tenths(step.past), past),
        line("allowed for a week", tenths(step.reference), reference_note),
        line("weeks in which the systems were used", wording::thousands(weeks.used.len() as i64), ""),
        line(
            "series: prints and exports by week",
            wording::thousands(weeks.used.len() as i64),
            series.join("; "),
        ),
    ];
    lines.extend(left_out(rows));
    lines
}

fn counter_evidence(taken: &[(&Access, Reason)], weeks: &Weeks) -> Vec<String> {
    let explained = taken.iter().filter(|(_, r)| *r != Reason::None && *r != Reason::NothingNamed).count();
    let explained = counter(
        explained,
        "cited print or export is of a record that a case, incident or role explains",
        "cited prints and exports are of records that a case, incident or role explains",
    );
    let authority = counter(
        weeks.by_authority,
        "further one was made as an authorised exporter and its week is left out",
        "further ones were made as an authorised exporter and their weeks are left out",
    );
    explained.into_iter().chain(authority).collect()
}

#[cfg(test)]
mod tests;
