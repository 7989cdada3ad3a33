//! Long hours, short rest, long runs of days and no leave: a matter of welfare before anything else.
//!
//! Worked time is the union of duties worked and overtime worked, so nothing counts twice. Four rules:
//! - more than 48 hours a week on average over 17 reference weeks in a row (Monday to Sunday). Weeks with three or more
//!   days of absence or rostered leave are not reference weeks; the weeks next to them close up;
//! - in a 24-hour period from the start of work after a full rest, no 11 hours free in a row, five times in 17 weeks;
//! - 13 or more civil days in a row on which work began;
//! - 22 or more weeks of duties without a day of leave, as `leave` says.
//!
//! Where overtime alone exceeds 48 hours in a single week, that is said too: it holds without any duties on file.

mod leave;

use super::{Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::hours::days_away;
use crate::measure::{Hit, Measure, columns, line, reached_or};
use crate::profile::{Duty, Overtime, Profile};
use crate::span::{Span, union};
use crate::wording::{self, count, hours_minutes};
use leave::Stretch;
use model::{ArithmeticLine, EvidenceRow, SourceKind, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "working-time",
    needs: &[],
    needs_any: &[SourceKind::Duties, SourceKind::Overtime],
    exposure: None,
    counts: "weeks",
    test: Test::Officer(measure),
};

/// Hours of one officer, and what exceeds the rules.
struct Hours {
    /// Seconds worked by week.
    weeks: BTreeMap<i32, i64>,
    /// First and last week and seconds of the heaviest window, if it is over the limit.
    worst: Option<Window>,
    /// Weeks of any window over the limit.
    over: BTreeSet<i32>,
    /// Weeks in which overtime alone is over the limit.
    overtime_weeks: Vec<(i32, i64)>,
    /// 24-hour periods without enough rest: the period and its longest rest.
    short_rests: Vec<(Span, i64)>,
    /// Most short rests inside one window.
    short_in_window: usize,
    /// First and last day of each long run.
    runs: Vec<(i32, i32)>,
    without_leave: Vec<Stretch>,
    /// What each rule's threshold is held against.
    reached: [(&'static str, i64); 4],
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let duties = profile.duties.iter().filter(|d| d.is_worked()).map(|d| d.span);
    let overtime: Vec<Span> = profile.overtime.iter().map(|o| o.worked).collect();
    let worked = union(duties.chain(overtime.iter().copied()).collect());
    if worked.is_empty() {
        return Measure::default();
    }
    let unjudged = (!profile.duties.is_empty()).then(|| leave::unjudged(context, card)).flatten();
    let hours = weigh(profile, &worked, union(overtime), context, card);
    let hit = hours.is_over().then(|| Hit {
        sentence: sentence(profile, &hours, card),
        arithmetic: arithmetic(&hours, card),
        sources: sources(profile),
        evidence_columns: columns(&["Record", "From", "To", "Kind", "Worked"]),
        evidence: evidence(profile, &hours, context),
        counter_evidence: counter_evidence(profile, card),
        strength: strength(&hours, card),
    });
    Measure { value: hours.over.len() as u32, exposure: 0, hit, unjudged, holds: hours.holds(card) }
}

impl Hours {
    fn is_over(&self) -> bool {
        self.worst.is_some()
            || !self.overtime_weeks.is_empty()
            || !self.short_rests.is_empty()
            || !self.runs.is_empty()
            || !self.without_leave.is_empty()
    }

    /// A threshold decides where nothing else is over.
    fn holds(&self, card: &Card) -> Vec<(&'static str, i64)> {
        let met = |name: &str, reached: i64| usize::from(reached >= card.value(name));
        let all: usize = self.reached.iter().map(|(name, reached)| met(name, *reached)).sum();
        let others = |name: &str, reached: i64| self.worst.is_some() || all > met(name, reached);
        let each = self.reached.iter();
        each.map(|(name, reached)| (*name, reached_or(others(name, *reached), *reached))).collect()
    }
}

fn weigh(
    profile: &Profile,
    worked: &[Span],
    overtime: Vec<Span>,
    context: &Context<'_>,
    card: &Card,
) -> Hours {
    let limit = card.value("weekly_hours") * 3600;
    let window = card.value("window_weeks") as usize;
    let weeks = by_week(worked, context);
    let reference = reference_weeks(profile, &weeks, context, card);
    let (worst, over) = windows(&weeks, &reference, window, limit);
    let overtime_weeks: Vec<(i32, i64)> =
        by_week(&overtime, context).into_iter().filter(|(_, seconds)| *seconds > limit).collect();
    let short = short_rests(worked, card.value("rest_hours") * 3600);
    let short_in_window = most_within(&short, window as i64 * 7 * 86_400);
    let days = worked.iter().map(|s| context.day(s.start)).collect();
    let mut runs = runs(days, |last, day| last + 1 == day);
    let mut stretches = leave::stretches(profile, context);
    let reached = [
        ("min_overtime_weeks", overtime_weeks.len() as i64),
        ("min_short_rests", short_in_window as i64),
        ("run_days", runs.iter().map(days_in).max().unwrap_or(0)),
        ("leave_weeks", stretches.iter().map(Stretch::weeks).max().unwrap_or(0)),
    ];
    runs.retain(|run| days_in(run) >= card.value("run_days"));
    stretches.retain(|stretch| stretch.weeks() >= card.value("leave_weeks"));
    let enough = |name: &str| reached.iter().any(|(n, reached)| *n == name && *reached >= card.value(name));
    Hours {
        weeks,
        worst,
        over,
        overtime_weeks: if enough("min_overtime_weeks") { overtime_weeks } else { Vec::new() },
        short_rests: if enough("min_short_rests") { short } else { Vec::new() },
        short_in_window,
        runs,
        without_leave: stretches,
        reached,
    }
}

/// Days from the first to the last, both included.
fn days_in((first, last): &(i32, i32)) -> i64 {
    i64::from(last - first + 1)
}

/// Monday-based number of the week of a day; 1 January 1970 was a Thursday.
fn week(day: i32) -> i32 {
    (day + 3).div_euclid(7)
}

fn first_day(week: i32) -> i32 {
    week * 7 - 3
}

/// Seconds worked in each week, intervals split at Monday's midnight in the zone.
fn by_week(worked: &[Span], context: &Context<'_>) -> BTreeMap<i32, i64> {
    let mut weeks = BTreeMap::new();
    for span in worked {
        let mut start = span.start;
        while start < span.end {
            let number = week(context.day(start));
            let next = time::start_of_day(first_day(number + 1), &context.calendar.zone).max(start + 1);
            *weeks.entry(number).or_default() += next.min(span.end) - start;
            start = next;
        }
    }
    weeks
}

/// Every week from the first to the last worked, without those mostly away.
fn reference_weeks(
    profile: &Profile,
    weeks: &BTreeMap<i32, i64>,
    context: &Context<'_>,
    card: &Card,
) -> Vec<i32> {
    let mut days: BTreeMap<i32, i64> = BTreeMap::new();
    days_away(profile, context).into_iter().for_each(|day| *days.entry(week(day)).or_default() += 1);
    let (Some(first), Some(last)) = (weeks.keys().next(), weeks.keys().next_back()) else {
        return Vec::new();
    };
    let most = card.value("absent_days");
    (*first..=*last).filter(|w| days.get(w).copied().unwrap_or(0) < most).collect()
}

type Window = (i32, i32, i64);

/// The heaviest window above the limit, and the weeks of every such window.
fn windows(
    weeks: &BTreeMap<i32, i64>,
    reference: &[i32],
    length: usize,
    limit: i64,
) -> (Option<Window>, BTreeSet<i32>) {
    let mut worst: Option<Window> = None;
    let mut over = BTreeSet::new();
    for window in reference.windows(length) {
        let seconds: i64 = window.iter().map(|w| weeks.get(w).copied().unwrap_or(0)).sum();
        if seconds > limit * length as i64 {
            over.extend(window.iter().copied());
            if worst.is_none_or(|(.., most)| seconds > most) {
                worst = Some((window[0], window[length - 1], seconds));
            }
        }
    }
    (worst, over)
}

/// 24-hour periods, each from the start of work after a full rest, without `rest` seconds free in a row.
fn short_rests(worked: &[Span], rest: i64) -> Vec<(Span, i64)> {
    const DAY: i64 = 86_400;
    let mut found = Vec::new();
    let mut at = 0;
    while at < worked.len() {
        let period = Span { start: worked[at].start, end: worked[at].start + DAY };
        let inside = worked[at..].iter().take_while(|s| s.start < period.end);
        let (mut longest, mut free_from, mut next) = (0, period.start, at);
        for span in inside {
            longest = longest.max(span.start - free_from);
            free_from = span.end;
            next += 1;
        }
        // Work still going on at the end of the period leaves no rest there.
        longest = longest.max(period.end - free_from);
        if longest < rest {
            found.push((period, longest.max(0)));
            at = next;
        } else {
            at = after_rest(worked, at, rest);
        }
    }
    found
}

/// Position of the first work after a full rest that follows position `at`.
fn after_rest(worked: &[Span], at: usize, rest: i64) -> usize {
    let next = (at + 1..worked.len()).find(|n| worked[*n].start - worked[n - 1].end >= rest);
    next.unwrap_or(worked.len())
}

fn most_within(short: &[(Span, i64)], seconds: i64) -> usize {
    let within = |from: usize| {
        short[from..].iter().take_while(|(s, _)| s.start < short[from].0.start + seconds).count()
    };
    (0..short.len()).map(within).max().unwrap_or(0)
}

/// First and last of days that go on from one to the next.
fn runs(days: BTreeSet<i32>, goes_on: impl Fn(i32, i32) -> bool) -> Vec<(i32, i32)> {
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if goes_on(*last, day) => *last = day,
            _ => runs.push((day, day)),
        }
    }
    runs
}

/// Tenths of an hour, as the reader would round them.
fn tenths(seconds: i64, weeks: i64) -> String {
    let tenths = seconds * 10 / (3600 * weeks.max(1));
    if tenths % 10 == 0 { format!("{} h", tenths / 10) } else { format!("{}.{} h", tenths / 10, tenths % 10) }
}

fn sentence(profile: &Profile, hours: &Hours, card: &Card) -> String {
    let length = card.value("window_weeks");
    let average = hours.worst.map_or_else(String::new, |(first, last, seconds)| {
        let days = wording::period(first_day(first), first_day(last) + 6);
        let made_of =
            if profile.duties.is_empty() { card.words("overtime_only").to_owned() } else { String::new() };
        let values = [
            ("average", tenths(seconds, length)),
            ("period", days),
            ("weeks", length.to_string()),
            ("made_of", made_of),
        ];
        wording::fill(card.words("average"), &values)
    });
    let overtime = hours.overtime_weeks.iter().map(|(_, s)| *s).max().map_or_else(String::new, |most| {
        let weeks = count(hours.overtime_weeks.len(), "week", "weeks");
        wording::fill(card.words("overtime_weeks"), &[("weeks", weeks), ("most", hours_minutes(most / 60))])
    });
    let rest = if hours.short_rests.is_empty() {
        String::new()
    } else {
        let least = hours.short_rests.iter().map(|(_, rest)| *rest).min().unwrap_or(0);
        let times = count(hours.short_rests.len(), "time", "times");
        wording::fill(card.words("rest"), &[("times", times), ("least", hours_minutes(least / 60))])
    };
    let run = hours.runs.iter().max_by_key(|(f, l)| (l - f, -f)).map_or_else(String::new, |(first, last)| {
        let days = (last - first + 1).to_string();
        wording::fill(card.words("run"), &[("days", days), ("period", wording::period(*first, *last))])
    });
    let longest = hours.without_leave.iter().max_by_key(|s| (s.last - s.first, -s.first));
    let leave = longest.map_or_else(String::new, |stretch| stretch.sentence(card));
    wording::join(&[average, overtime, rest, run, leave], " ")
}

fn arithmetic(hours: &Hours, card: &Card) -> Vec<ArithmeticLine> {
    let length = card.value("window_weeks");
    let average = hours.worst.map(|(.., seconds)| {
        let sum = format!("{} / {length} weeks", hours_minutes(seconds / 60));
        line("average week in the heaviest window", tenths(seconds, length), sum)
    });
    let heaviest = hours.weeks.iter().max_by_key(|(week, seconds)| (**seconds, -**week));
    let heaviest = heaviest.map(|(week, seconds)| {
        let from = format!("week of {}", time::show_day(first_day(*week)));
        line("heaviest single week", hours_minutes(seconds / 60), from)
    });
    let overtime = hours.overtime_weeks.iter().map(|(week, seconds)| {
        let label = format!("overtime alone, week of {}", time::show_day(first_day(*week)));
        line(&label, hours_minutes(seconds / 60), "")
    });
    let rest = (!hours.short_rests.is_empty()).then(|| {
        let window = format!("{} within {length} weeks", hours.short_in_window);
        line(
            "24-hour periods without the daily rest",
            wording::thousands(hours.short_rests.len() as i64),
            window,
        )
    });
    let runs = hours.runs.iter().map(|(first, last)| {
        line(
            "days in a row on which work began",
            (last - first + 1).to_string(),
            wording::period(*first, *last),
        )
    });
    let leave = hours.without_leave.iter().map(Stretch::arithmetic);
    average.into_iter().chain(heaviest).chain(overtime).chain(rest).chain(runs).chain(leave).collect()
}

fn sources(profile: &Profile) -> Vec<SourceKind> {
    let mut sources = Vec::new();
    sources.extend((!profile.duties.is_empty()).then_some(SourceKind::Duties));
    sources.extend((!profile.overtime.is_empty()).then_some(SourceKind::Overtime));
    sources
}

/// Every row that any of the rules rests on, each once, in time order.
fn evidence(profile: &Profile, hours: &Hours, context: &Context<'_>) -> Vec<EvidenceRow> {
    let overtime_weeks: BTreeSet<i32> = hours.overtime_weeks.iter().map(|(w, _)| *w).collect();
    let in_week = |span: Span, weeks: &BTreeSet<i32>| {
        let (first, last) = (week(context.day(span.start)), week(context.day(span.end - 1)));
        (first..=last).any(|w| weeks.contains(&w))
    };
    let in_run = |span: Span| {
        let day = context.day(span.start);
        hours.runs.iter().any(|(first, last)| (*first..=*last).contains(&day))
    };
    let in_short = |span: Span| {
        let first = hours.short_rests.partition_point(|(period, _)| period.end <= span.start);
        hours.short_rests.get(first).is_some_and(|(period, _)| period.overlap(span) > 0)
    };
    let common = |span: Span| in_week(span, &hours.over) || in_run(span) || in_short(span);
    let without_leave = |span: Span| hours.without_leave.iter().any(|s| s.holds(context.day(span.start)));
    let duties = profile.duties.iter().filter(|d| d.is_worked());
    let duties = duties.filter(|d| common(d.span) || without_leave(d.span));
    let duties = duties.map(|d| duty_row(d, context));
    let claims = profile.overtime.iter().filter(|o| common(o.worked) || in_week(o.worked, &overtime_weeks));
    let claims = claims.map(|o| overtime_row(o, context));
    duties.chain(claims).collect()
}

fn cells(record: &str, span: Span, kind: &str, context: &Context<'_>) -> Vec<String> {
    let worked = hours_minutes(span.seconds() / 60);
    vec![record.to_owned(), context.moment(span.start), context.moment(span.end), kind.to_owned(), worked]
}

fn duty_row(duty: &Duty, context: &Context<'_>) -> EvidenceRow {
    duty.origin.cite(SourceKind::Duties, duty.span, cells("duty", duty.span, &duty.kind, context))
}

fn overtime_row(claim: &Overtime, context: &Context<'_>) -> EvidenceRow {
    let cells = cells("overtime", claim.worked, &claim.category, context);
    claim.origin.cite(SourceKind::Overtime, claim.worked, cells)
}

fn counter_evidence(profile: &Profile, card: &Card) -> Vec<String> {
    let mut found = Vec::new();
    if profile.duties.is_empty() {
        found.push(card.words("no_duties").to_owned());
    }
    found
}

/// Hours over the limit, of the heaviest window or of overtime alone, then short rests, runs and stretches without leave,
/// on one scale: larger is more pressing.
fn strength(hours: &Hours, card: &Card) -> i64 {
    let limit = card.value("weekly_hours") * 3600;
    let window = hours.worst.map_or(0, |(.., seconds)| seconds - limit * card.value("window_weeks"));
    let overtime: i64 = hours.overtime_weeks.iter().map(|(_, seconds)| seconds - limit).sum();
    let over = window.max(overtime) * 1000 / 3600;
    let long = hours.runs.len() + hours.without_leave.len();
    over + (hours.short_rests.len() as i64 * 10 + long as i64 * 20) * 1000
}

#[cfg(test)]
mod tests;
