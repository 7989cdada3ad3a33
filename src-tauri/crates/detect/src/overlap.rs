//! Sources that share no day: together they say nothing, and a run says so instead of counting zero.

use crate::indicators::Indicator;
use crate::wording;
use jiff::tz::TimeZone;
use model::{Column, NO_DATE, NO_INSTANT, Nature, SourceKind, SourceSchema, Table, time};
use std::collections::BTreeMap;

/// First and last moment of each kind, in seconds; open ends reach to `i64::MAX`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Periods(BTreeMap<SourceKind, (i64, i64)>);

impl Periods {
    /// Widens a kind's period by a table's rows.
    pub fn see(&mut self, table: &Table) {
        // A declaration or a vetting level stands for a time; it does not happen at one.
        if SourceSchema::of(table.kind).time.is_none() {
            return;
        }
        let times = table.sort_times();
        let starts = times.iter().copied().filter(|at| *at != NO_INSTANT);
        let Some(first) = starts.clone().min() else { return };
        let end = SourceSchema::of(table.kind).end.as_deref().and_then(|name| table.column(name));
        let last = match end {
            // A day without an end goes on.
            Some(Column::Date(days)) if days.contains(&NO_DATE) => Some(i64::MAX),
            Some(Column::Date(days)) => days.iter().max().map(|day| i64::from(*day) * 86_400),
            Some(Column::Instant(ends)) => ends.iter().copied().max(),
            _ => None,
        };
        self.add(table.kind, (first, last.max(starts.max()).unwrap_or(first)));
    }

    fn add(&mut self, kind: SourceKind, (first, last): (i64, i64)) {
        let period = self.0.entry(kind).or_insert((first, last));
        *period = (period.0.min(first), period.1.max(last));
    }

    pub fn join(&mut self, other: &Periods) {
        other.0.iter().for_each(|(kind, period)| self.add(*kind, *period));
    }

    /// Whether both kinds have rows in time and these do not meet, a day's margin apart.
    fn apart(&self, one: SourceKind, other: SourceKind) -> bool {
        const DAY: i64 = 86_400;
        let (Some(a), Some(b)) = (self.0.get(&one), self.0.get(&other)) else { return false };
        a.1.saturating_add(DAY) < b.0 || b.1.saturating_add(DAY) < a.0
    }

    /// Two sources an indicator needs together that share no day.
    pub fn without_overlap(&self, indicator: &Indicator, nature: Nature) -> Option<[SourceKind; 2]> {
        // Assignments explain what came after them too, and the roll and authorities hold beyond their rows.
        let timed = |kind: &SourceKind| {
            !matches!(kind, SourceKind::Officers | SourceKind::Authorities | SourceKind::Assignments)
        };
        let first = *indicator.needs.first()?;
        let needed = indicator.needs.iter().copied().filter(timed).find(|kind| self.apart(first, *kind));
        let exposure = indicator.exposure.filter(|_| nature == Nature::Statistical);
        let exposure = exposure.map(|e| e.source()).filter(|kind| self.apart(first, *kind));
        let mut given = indicator.needs_any.iter().copied().filter(|kind| self.0.contains_key(kind));
        let any = given.clone().all(|kind| self.apart(first, kind)).then(|| given.next()).flatten();
        needed.or(exposure).or(any).map(|other| [first, other])
    }

    /// `accesses (2 Mar 2026 to 30 Jun 2026) and case assignments (…) have no day in common`.
    pub fn sentence(&self, kinds: [SourceKind; 2], zone: &TimeZone) -> String {
        let shown = kinds.map(|kind| {
            let (first, last) = self.0.get(&kind).copied().unwrap_or_default();
            let period = match last {
                i64::MAX => format!("from {} on", time::show_day(time::day_of(first, zone))),
                last => wording::period(time::day_of(first, zone), time::day_of(last, zone)),
            };
            format!("{} ({period})", SourceSchema::of(kind).title.to_lowercase())
        });
        format!("No day in common: {}.", shown.join(" and "))
    }
}
