//! Office days below the required share over a rolling period, for every rank alike.
//!
//! Each working day claimed as office or remote counts once. Days away (leave, sickness, rest, court, training) do not
//! count, nor do days that the roster itself holds as remote: those were agreed. The share is that of a rolling
//! period, which must hold enough days to be judged, so part-timers and leavers are measured on their own days. The
//! worst period is cited; the finding needs it to be several whole days short, since one day is not a pattern.

use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::input::{LoadError, Segments};
use crate::load;
use crate::measure::{Hit, Measure, capped, columns, counter, left_out, line};
use crate::profile::{AttendanceClaim, Profile};
use crate::span::Span;
use crate::wording::{self, count};
use jiff::tz::TimeZone;
use model::{ArithmeticLine, EvidenceRow, NO_NUMBER, OfficerIndex, SourceKind, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "attendance-share",
    needs: &[SourceKind::AttendanceClaims],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "office days short",
    test: Test::Officer(measure),
};

/// One day that counts.
struct Day<'a> {
    claim: &'a AttendanceClaim,
    office: bool,
}

/// A rolling period: the days `first..=last`, and how many office days are missing, in hundredths of a day.
#[derive(Clone, Copy)]
struct Period {
    first: usize,
    last: usize,
    office: i64,
    short: i64,
}

impl Period {
    fn days(&self) -> i64 {
        (self.last - self.first + 1) as i64
    }

    /// Percent, rounded down: 79.9 % is below 80 %.
    fn share(&self) -> i64 {
        self.office * 100 / self.days()
    }
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let (days, left_out_days) = days(profile, |at| context.day(at));
    let periods = periods(&days, card);
    let worst = periods.iter().copied().max_by_key(|p| (p.short, std::cmp::Reverse(p.last)));
    let short = worst.map_or(0, |p| p.short.max(0) / 100);
    let hit = worst.filter(|_| short > 0 && short >= card.value("min_days_short")).map(|worst| {
        let cited: Vec<&Day<'_>> = days[worst.first..=worst.last].iter().collect();
        Hit {
            sentence: sentence(&worst, short, &days, card),
            arithmetic: arithmetic(&worst, &periods, &days, left_out_days, card),
            sources: vec![SourceKind::AttendanceClaims],
            evidence_columns: columns(&["Day", "Claimed", "Hours"]),
            evidence: capped(&cited).iter().map(|day| row(day.claim, context)).collect(),
            counter_evidence: counter_evidence(&periods, left_out_days, card),
            strength: short * 1000,
        }
    });
    Measure {
        value: u32::try_from(short).unwrap_or(0),
        exposure: profile.duty_hours(),
        hit,
        ..Measure::default()
    }
}

/// The share of office days in percent over the rolling period that ends on each day, where it holds enough days.
pub fn share_line(
    segments: &dyn Segments,
    officer: OfficerIndex,
    zone: &TimeZone,
    card: &Card,
) -> Result<Vec<(i32, i64)>, LoadError> {
    let partition = load::partition(segments, officer % segments.partitions())?;
    let Some(profile) = partition.profiles.get(&officer) else { return Ok(Vec::new()) };
    let (days, _) = days(profile, |at| time::day_of(at, zone));
    let point = |p: &Period| (days[p.last].claim.day, p.share());
    Ok(periods(&days, card).iter().map(point).collect())
}

/// The days that count, in order, and how many claimed days do not.
fn days(profile: &Profile, day: impl Fn(i64) -> i32) -> (Vec<Day<'_>>, usize) {
    let days_of = |span: Span| day(span.start)..=day((span.end - 1).max(span.start));
    let mut out: BTreeSet<i32> = BTreeSet::new();
    for absence in &profile.absences {
        out.extend(days_of(absence.span));
    }
    for duty in &profile.duties {
        let elsewhere = matches!(&*duty.kind, "rest" | "leave" | "court" | "training");
        if elsewhere || &*duty.place == "remote" {
            out.extend(days_of(duty.span));
        }
    }
    let mut claimed: BTreeMap<i32, Day<'_>> = BTreeMap::new();
    for claim in profile.attendance_claims.iter().filter(|c| matches!(&*c.place, "office" | "remote")) {
        let office = &*claim.place == "office";
        let day = claimed.entry(claim.day).or_insert(Day { claim, office });
        // Part of a day in the office is a day in the office.
        if office && !day.office {
            *day = Day { claim, office };
        }
    }
    let all = claimed.len();
    let days: Vec<Day<'_>> = claimed.into_values().filter(|d| !out.contains(&d.claim.day)).collect();
    let left = all - days.len();
    (days, left)
}

/// Every rolling period with enough days, one ending on each day.
fn periods(days: &[Day<'_>], card: &Card) -> Vec<Period> {
    let (window, least) = (card.value("window_days") as i32, card.value("min_days"));
    let required = card.value("required_percent");
    let (mut first, mut office) = (0, 0);
    let mut found = Vec::new();
    for (last, day) in days.iter().enumerate() {
        office += i64::from(day.office);
        while days[first].claim.day <= day.claim.day.saturating_sub(window) {
            office -= i64::from(days[first].office);
            first += 1;
        }
        let number = (last - first + 1) as i64;
        if number >= least {
            found.push(Period { first, last, office, short: number * required - office * 100 });
        }
    }
    found
}

fn sentence(worst: &Period, short: i64, days: &[Day<'_>], card: &Card) -> String {
    let (from, until) = (days[worst.first].claim.day, days[worst.last].claim.day);
    let values = [
        ("office", wording::thousands(worst.office)),
        ("days", count(worst.days() as usize, "working day", "working days")),
        ("share", worst.share().to_string()),
        ("required", card.value("required_percent").to_string()),
        ("period", wording::period(from, until)),
        ("short", count(short as usize, "day", "days")),
    ];
    wording::fill(card.words("finding"), &values)
}

fn arithmetic(
    worst: &Period,
    periods: &[Period],
    days: &[Day<'_>],
    left_out_days: usize,
    card: &Card,
) -> Vec<ArithmeticLine> {
    let required = card.value("required_percent");
    let below = periods.iter().filter(|p| p.short > 0).count();
    let due = format!("{required} % of {} less {}", worst.days(), worst.office);
    let office: i64 = days.iter().filter(|d| d.office).count() as i64;
    let whole = format!("{office} of {} days", days.len());
    let mut lines = vec![
        line("office days short in the worst period", (worst.short.max(0) / 100).to_string(), due),
        line(
            "share in the worst period",
            format!("{} %", worst.share()),
            format!("{} of {}", worst.office, worst.days()),
        ),
        line(
            "share over all days that count",
            format!("{} %", office * 100 / days.len().max(1) as i64),
            whole,
        ),
        line(
            "rolling periods below the required share",
            wording::thousands(below as i64),
            format!("of {}, one ending on each working day", wording::thousands(periods.len() as i64)),
        ),
        line(
            "claimed days left out",
            wording::thousands(left_out_days as i64),
            "away, at court, on training, or remote on the roster",
        ),
        line("series: rolling share by week, required", format!("{required} %"), series(periods, days)),
    ];
    lines.extend(left_out(worst.days() as usize));
    lines
}

/// `2026-03-02 85; 2026-03-09 82`: the share of the last period that ends in each week, by its Monday.
fn series(periods: &[Period], days: &[Day<'_>]) -> String {
    let mut weeks: BTreeMap<i32, i64> = BTreeMap::new();
    for period in periods {
        let monday = (days[period.last].claim.day + 3).div_euclid(7) * 7 - 3;
        weeks.insert(monday, period.share());
    }
    let points: Vec<String> =
        weeks.iter().map(|(monday, share)| format!("{} {share}", time::iso_day(*monday))).collect();
    points.join("; ")
}

fn counter_evidence(periods: &[Period], left_out_days: usize, card: &Card) -> Vec<String> {
    let met = periods.last().is_some_and(|p| p.short <= 0);
    let now = met
        .then(|| format!("The last period on file meets the required {} %.", card.value("required_percent")));
    let out = counter(
        left_out_days,
        "claimed day is left out as away or agreed remote",
        "claimed days are left out as away or agreed remote",
    );
    now.into_iter().chain(out).collect()
}

fn row(claim: &AttendanceClaim, context: &Context<'_>) -> EvidenceRow {
    let start = time::start_of_day(claim.day, &context.calendar.zone);
    let hours = match claim.hours {
        NO_NUMBER => String::new(),
        hours => wording::hours_minutes(hours * 60 / 1000),
    };
    let cells = vec![time::show_day(claim.day), claim.place.to_string(), hours];
    claim.origin.cite(SourceKind::AttendanceClaims, Span { start, end: start }, cells)
}

#[cfg(test)]
mod tests;
