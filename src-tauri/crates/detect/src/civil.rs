//! Civil days of one officer: their service, and the interval a run of days covers.

use crate::context::Context;
use crate::profile::Profile;
use crate::span::Span;
use model::{NO_DATE, time};

/// Whether the officer had left before the duties on file end; without duties, before the newest line of the roll or the
/// officer's own latest record.
pub fn has_left(profile: &Profile, context: &Context<'_>) -> bool {
    let left = context.attributes_on(profile.officer, i32::MAX).map_or(NO_DATE, |a| a.left);
    let known = || latest_day(profile, context).max(context.newest_line);
    left != NO_DATE && left < context.duty_period.map_or_else(known, |(_, last)| last)
}

/// From the beginning of the first day to the end of the last.
pub fn span_of(first: i32, last: i32, context: &Context<'_>) -> Span {
    let start = time::start_of_day(first, &context.calendar.zone);
    let end = time::start_of_day(last.saturating_add(1), &context.calendar.zone);
    Span { start, end: end.max(start) }
}

/// The civil days an interval touches.
pub fn days_of(span: Span, context: &Context<'_>) -> (i32, i32) {
    (context.day(span.start), context.day((span.end - 1).max(span.start)))
}

/// The latest day of which this officer's records speak: there is no clock, so this is as late as "now" gets.
pub fn latest_day(profile: &Profile, context: &Context<'_>) -> i32 {
    let declared = profile.declarations.iter().map(|d| d.declared);
    let granted = profile.vetting.iter().map(|v| v.granted);
    let known = declared.chain(granted).filter(|day| *day != NO_DATE).max();
    context.duty_period.map(|(_, last)| last).max(known).unwrap_or(0)
}
