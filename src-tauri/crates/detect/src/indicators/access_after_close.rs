//! Look-ups of what belongs to a closed case, long after its closure or off shift.
//!
//! A look-up counts when nothing explains it, the record is on a case that the officer or their unit held, all those
//! cases are closed on the day, and either the closure lies long back or no duty or claim of the officer covers the
//! moment. Whether somebody was on shift is judged only inside the period of their own duties on file.

use super::access_unexplained::look_up_columns;
use super::{Exposure, Indicator, Test, access_unexplained};
use crate::card::Card;
use crate::context::Context;
use crate::measure::{Hit, Measure, capped, counter, left_out, line, reached_if};
use crate::profile::{Access, Profile};
use crate::span::{Span, union};
use crate::wording::{self, count};
use model::{ArithmeticLine, EvidenceRow, SourceKind, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "access-after-close",
    needs: &[SourceKind::Accesses, SourceKind::Assignments],
    needs_any: &[],
    exposure: Some(Exposure::Accesses),
    counts: "look-ups",
    test: Test::Officer(measure),
};

/// A look-up after closure.
struct Late<'a> {
    access: &'a Access,
    /// Last day of the last holding.
    closed: i32,
    days: i32,
    own: bool,
    /// `None` where no duties are on file around the moment.
    on_shift: Option<bool>,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let late = late(profile, context, card);
    let days: BTreeSet<i32> = late.iter().map(|l| context.day(l.access.at)).collect();
    let often = late.len() as i64 >= card.value("min_look_ups");
    let spread = days.len() as i64 >= card.value("min_days");
    let holds = vec![
        ("min_look_ups", reached_if(spread, late.len() as i64)),
        ("min_days", reached_if(often, days.len() as i64)),
    ];
    let hit = (often && spread && !late.is_empty()).then(|| Hit {
        sentence: sentence(&late, days.len(), card),
        arithmetic: arithmetic(&late, card),
        sources: vec![SourceKind::Accesses, SourceKind::Assignments],
        evidence_columns: headings(),
        evidence: capped(&late).iter().map(|l| row(l, context)).collect(),
        counter_evidence: counter_evidence(&late),
        strength: late.len() as i64 * 1000,
    });
    Measure {
        value: late.len() as u32,
        exposure: profile.accesses.len() as i64 * 1000,
        hit,
        holds,
        ..Measure::default()
    }
}

fn late<'a>(profile: &'a Profile, context: &Context<'_>, card: &Card) -> Vec<Late<'a>> {
    let worked = worked(profile);
    let margin = card.value("shift_margin_minutes") * 60;
    let long = card.value("long_after_days") as i32;
    let mut closures: BTreeMap<(u64, i32), Option<(i32, bool)>> = BTreeMap::new();
    let mut found = Vec::new();
    for access in access_unexplained::unexplained(profile) {
        let day = context.day(access.at);
        let closure = || closed(profile, access.record, day, context);
        let Some((closed, own)) = *closures.entry((access.record, day)).or_insert_with(closure) else {
            continue;
        };
        let days = day - closed;
        let on_shift = on_shift(&worked, access.at, margin);
        if days >= long || on_shift == Some(false) {
            found.push(Late { access, closed, days, own, on_shift });
        }
    }
    found
}

/// Last day of the last of the officer's or their unit's cases with the record, and whether the officer held one;
/// `None` where one is still open or there is none.
fn closed(profile: &Profile, record: u64, day: i32, context: &Context<'_>) -> Option<(i32, bool)> {
    let mut last: Option<(i32, bool)> = None;
    for case in context.cases.of_record(record).filter(|_| record != 0) {
        let holdings = context.cases.holdings(case);
        let until = holdings.iter().map(|h| h.valid.until).max()?;
        let own = !context.cases.own(case, profile.officer).is_empty();
        let unit = |h: &crate::context::Holding| match h.unit {
            0 => context.unit_on(h.officer, h.valid.until),
            unit => unit,
        };
        let mine = context.unit_on(profile.officer, until);
        let team = || mine != 0 && context.cases.team(case).iter().any(|h| unit(h) == mine);
        if !own && !team() {
            continue;
        }
        if until >= day {
            return None;
        }
        last = Some(last.map_or((until, own), |(l, o)| (l.max(until), o || own)));
    }
    last
}

/// Everything worked, on the roster or claimed.
fn worked(profile: &Profile) -> Vec<Span> {
    let duties = profile.duties.iter().filter(|d| d.is_worked()).map(|d| d.span);
    if profile.duties.iter().all(|d| !d.is_worked()) {
        return Vec::new();
    }
    union(duties.chain(profile.overtime.iter().map(|o| o.worked)).collect())
}

fn on_shift(worked: &[Span], at: i64, margin: i64) -> Option<bool> {
    let (first, last) = (worked.first()?, worked.last()?);
    if at < first.start - margin || at > last.end + margin {
        return None;
    }
    let next = worked.partition_point(|s| s.end + margin < at);
    Some(worked.get(next).is_some_and(|s| s.start - margin <= at))
}

fn sentence(late: &[Late<'_>], days: usize, card: &Card) -> String {
    let off = late.iter().filter(|l| l.on_shift == Some(false)).count();
    let off = match off {
        0 => String::new(),
        n => wording::fill(
            card.words("off_shift"),
            &[
                ("times", wording::thousands(n as i64)),
                ("were", if n == 1 { "was" } else { "were" }.to_owned()),
            ],
        ),
    };
    let longest = late.iter().map(|l| l.days).max().unwrap_or(0);
    let values = [
        ("times", count(late.len(), "look-up", "look-ups")),
        ("days", count(days, "day", "days")),
        ("longest", count(longest.max(0) as usize, "day", "days")),
        ("off_shift", off),
    ];
    wording::fill(card.words("finding"), &values)
}

fn arithmetic(late: &[Late<'_>], card: &Card) -> Vec<ArithmeticLine> {
    let number = |n: usize| wording::thousands(n as i64);
    let long = card.value("long_after_days");
    let long_after = late.iter().filter(|l| i64::from(l.days) >= long).count();
    let off = late.iter().filter(|l| l.on_shift == Some(false)).count();
    let both = late.iter().filter(|l| i64::from(l.days) >= long && l.on_shift == Some(false)).count();
    let own = late.iter().filter(|l| l.own).count();
    let sum =
        format!("{} long after + {} off shift - {} both", number(long_after), number(off), number(both));
    let mut lines = vec![
        line("look-ups of what belongs to a closed case", number(late.len()), sum),
        line(&format!("of these, {long} days or more after closure"), number(long_after), ""),
        line("of these, off shift", number(off), "no duty or overtime claim covers the moment"),
        line("on a case the officer had held", number(own), "the others: cases of their unit"),
    ];
    lines.extend(left_out(late.len()));
    lines
}

fn counter_evidence(late: &[Late<'_>]) -> Vec<String> {
    let on = late.iter().filter(|l| l.on_shift == Some(true)).count();
    let texts = late.iter().filter(|l| !l.access.reason.is_empty()).count();
    let on = counter(on, "cited look-up was made on shift", "cited look-ups were made on shift");
    let texts =
        counter(texts, "cited look-up gives a reason in words", "cited look-ups give a reason in words");
    on.into_iter().chain(texts).collect()
}

fn headings() -> Vec<String> {
    look_up_columns().into_iter().chain(["Case closed".to_owned(), "On shift".to_owned()]).collect()
}

fn row(late: &Late<'_>, context: &Context<'_>) -> EvidenceRow {
    let mut row = access_unexplained::look_up(late.access, context);
    let shift = match late.on_shift {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    };
    row.cells.extend([time::show_day(late.closed), shift.to_owned()]);
    row
}

#[cfg(test)]
mod tests;
