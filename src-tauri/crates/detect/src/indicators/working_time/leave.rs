//! Long stretches of duties without a day of leave.
//!
//! Any absence but sickness counts as leave, whatever it is called, and so does leave on the roster. A fortnight without a
//! duty ends a stretch too, so that nobody who joined, was ill for long, or came back from parental leave went without.
//! Only days count over which the sources hold anybody's leave; where they hold none for long enough, the run says so.

use super::{days_in, runs};
use crate::card::Card;
use crate::civil::days_of;
use crate::context::Context;
use crate::measure::line;
use crate::profile::Profile;
use crate::wording::{self, count};
use model::{ArithmeticLine, time};
use std::collections::BTreeSet;

/// More days than this between two duties end a stretch: illness, a secondment, or duties that are not on file.
const APART: i32 = 14;

/// Duties from the first to the last day, and the leave on file next to them.
pub struct Stretch {
    pub first: i32,
    pub last: i32,
    before: Option<i32>,
    after: Option<i32>,
}

impl Stretch {
    fn days(&self) -> i32 {
        self.last - self.first + 1
    }

    pub fn holds(&self, day: i32) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Whole weeks.
    pub fn weeks(&self) -> i64 {
        i64::from(self.days() / 7)
    }

    fn length(&self) -> String {
        count(self.weeks() as usize, "week", "weeks")
    }

    pub fn sentence(&self, card: &Card) -> String {
        let values = [("weeks", self.length()), ("period", wording::period(self.first, self.last))];
        card.filled("leave", &values)
    }

    pub fn arithmetic(&self) -> ArithmeticLine {
        let near = |day: Option<i32>| day.map_or_else(|| "none on file".to_owned(), time::show_day);
        let note = format!(
            "{}, {} days; leave before it: {}, after it: {}",
            wording::period(self.first, self.last),
            self.days(),
            near(self.before),
            near(self.after)
        );
        line("duties without a day of leave", self.length(), note)
    }
}

/// Times over which both duties and anybody's leave are on file.
fn known(context: &Context<'_>) -> Vec<(i32, i32)> {
    let Some((begin, end)) = context.duty_period else { return Vec::new() };
    context.leave.times().iter().map(|(first, last)| (begin.max(*first), end.min(*last))).collect()
}

/// Why nothing can be said about leave, where nothing can.
pub fn unjudged(context: &Context<'_>, card: &Card) -> Option<&'static str> {
    let least = card.value("leave_weeks") * 7;
    let long = known(context).iter().any(|time| days_in(time) >= least);
    match context.leave.times() {
        [] => Some("no_leave"),
        _ => (!long).then_some("short_leave"),
    }
}

/// Every stretch without leave, however short.
pub fn stretches(profile: &Profile, context: &Context<'_>) -> Vec<Stretch> {
    let known = known(context);
    let known = |day: &i32| known.iter().any(|(first, last)| (*first..=*last).contains(day));
    let worked = profile.duties.iter().filter(|d| d.is_worked()).map(|d| context.day(d.span.start));
    let worked: BTreeSet<i32> = worked.filter(known).collect();
    let leave = leave_days(profile, context);
    let goes_on = |last: i32, day: i32| day - last <= APART && leave.range(last..=day).next().is_none();
    let entitled =
        runs(worked, goes_on).into_iter().filter(|(first, _)| is_entitled(profile, *first, context));
    let stretch = |(first, last)| Stretch {
        first,
        last,
        before: leave.range(..first).next_back().copied(),
        after: leave.range(last..).next().copied(),
    };
    entitled.map(stretch).collect()
}

/// Days of every absence but sickness, and of leave on the roster, up to a year around the duties.
fn leave_days(profile: &Profile, context: &Context<'_>) -> BTreeSet<i32> {
    let (begin, end) = context.duty_period.unwrap_or_default();
    let (begin, end) = (begin - 366, end + 366);
    let absences = profile.absences.iter().filter(|a| &*a.kind != "sick").map(|a| a.span);
    let rostered = profile.duties.iter().filter(|d| &*d.kind == "leave").map(|d| d.span);
    let days = absences.chain(rostered).map(|span| days_of(span, context));
    days.flat_map(|(first, last)| first.max(begin)..=last.min(end)).collect()
}

/// Specials give their free time: they have no leave to take.
fn is_entitled(profile: &Profile, day: i32, context: &Context<'_>) -> bool {
    context.attributes_on(profile.officer, day).is_none_or(|a| &*a.category != "special")
}

#[cfg(test)]
mod tests;
