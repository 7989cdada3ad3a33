//! Sources that share no day, or came in an order in which they prove nothing: a run says so instead of counting zero.

use crate::indicators::Indicator;
use crate::wording;
use jiff::tz::TimeZone;
use model::{Column, ImportId, NO_DATE, NO_INSTANT, Nature, SourceKind, SourceSchema, Table, time};
use std::collections::BTreeMap;

/// What is known of the kinds before a row is judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Periods {
    /// First and last moment, in seconds; open ends reach to `i64::MAX`.
    times: BTreeMap<SourceKind, (i64, i64)>,
    /// First and last import.
    imports: BTreeMap<SourceKind, (ImportId, ImportId)>,
}

impl Periods {
    /// Widens a kind's period by the rows of an import.
    pub fn see(&mut self, import: ImportId, table: &Table) {
        if table.is_empty() {
            return;
        }
        widen(&mut self.imports, table.kind, (import, import));
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
        widen(&mut self.times, table.kind, (first, last.max(starts.max()).unwrap_or(first)));
    }

    pub fn join(&mut self, other: &Periods) {
        other.times.iter().for_each(|(kind, period)| widen(&mut self.times, *kind, *period));
        other.imports.iter().for_each(|(kind, ends)| widen(&mut self.imports, *kind, *ends));
    }

    /// Whether all presence an indicator holds claims against was imported before the first of them: it was kept only
    /// inside what was there then, so that nothing follows from a day without a trace.
    pub fn presence_first(&self, indicator: &Indicator) -> bool {
        let [claims, SourceKind::Presence, ..] = indicator.needs else { return false };
        let (claims, presence) = (self.imports.get(claims), self.imports.get(&SourceKind::Presence));
        claims.zip(presence).is_some_and(|((first, _), (_, last))| last < first)
    }

    /// Whether both kinds have rows in time and these do not meet, a day's margin apart.
    fn apart(&self, one: SourceKind, other: SourceKind) -> bool {
        const DAY: i64 = 86_400;
        let (Some(a), Some(b)) = (self.times.get(&one), self.times.get(&other)) else { return false };
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
        let mut given = indicator.needs_any.iter().copied().filter(|kind| self.times.contains_key(kind));
        let any = given.clone().all(|kind| self.apart(first, kind)).then(|| given.next()).flatten();
        needed.or(exposure).or(any).map(|other| [first, other])
    }

    /// `accesses (2 Mar 2026 to 30 Jun 2026) and case assignments (…) have no day in common`.
    pub fn sentence(&self, kinds: [SourceKind; 2], zone: &TimeZone) -> String {
        let shown = kinds.map(|kind| {
            let (first, last) = self.times.get(&kind).copied().unwrap_or_default();
            let period = match last {
                i64::MAX => format!("from {} on", time::show_day(time::day_of(first, zone))),
                last => wording::period(time::day_of(first, zone), time::day_of(last, zone)),
            };
            format!("{} ({period})", SourceSchema::of(kind).title.to_lowercase())
        });
        format!("No day in common: {}.", shown.join(" and "))
    }
}

/// Takes in one more first and last.
fn widen<T: Ord + Copy>(ends: &mut BTreeMap<SourceKind, (T, T)>, kind: SourceKind, (first, last): (T, T)) {
    let held = ends.entry(kind).or_insert((first, last));
    *held = (held.0.min(first), held.1.max(last));
}
