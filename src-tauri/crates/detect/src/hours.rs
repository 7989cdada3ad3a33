//! The average week at work of one officer.

use crate::civil::{days_of, span_of};
use crate::context::Context;
use crate::profile::Profile;
use crate::span::union;
use std::collections::BTreeSet;

/// Fewer days at work than this say nothing about an average week.
const MIN_DAYS: i32 = 28;

/// Civil days of absence, and of leave that stands on the roster only.
pub fn days_away(profile: &Profile, context: &Context<'_>) -> BTreeSet<i32> {
    let leave = profile.duties.iter().filter(|d| &*d.kind == "leave").map(|d| d.span);
    let spans = profile.absences.iter().map(|a| a.span).chain(leave);
    let days = spans.map(|span| days_of(span, context));
    days.flat_map(|(from, until)| from..=until).collect()
}

/// Tenths of hours a week from the first to the last day, days away left out; `None` where too few days are known.
pub fn average_week(profile: &Profile, first: i32, last: i32, context: &Context<'_>) -> Option<i64> {
    // Hours are known only while there are duties.
    let (begin, end) = context.duty_period?;
    let (first, last) = (first.max(begin), last.min(end));
    if first > last || profile.duties.is_empty() {
        return None;
    }
    let period = span_of(first, last, context);
    let duties = profile.duties.iter().filter(|d| d.is_worked()).map(|d| d.span);
    let worked = union(duties.chain(profile.overtime.iter().map(|o| o.worked)).collect());
    let seconds: i64 = worked.iter().map(|span| span.overlap(period)).sum();
    let away = days_away(profile, context).range(first..=last).count();
    let days = last - first + 1 - away as i32;
    (days >= MIN_DAYS).then(|| seconds * 7 * 10 / 3600 / i64::from(days))
}

/// `41.5 h`.
pub fn tenths(tenths: i64) -> String {
    if tenths % 10 == 0 { format!("{} h", tenths / 10) } else { format!("{}.{} h", tenths / 10, tenths % 10) }
}
