//! Local civil time to UTC. A time that occurs twice is taken as the earlier; one that never occurs moves forward by
//! the length of the gap. Both are counted.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use model::time::day_of;

/// How a local time met the zone's clock changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meeting {
    Plain,
    Ambiguous,
    Skipped,
}

/// Offsets remembered by local hour: nearly all hours have a single one.
pub(crate) struct ZoneCache {
    zone: TimeZone,
    /// By local hour.
    hours: Vec<(i32, i32)>,
    /// By UTC hour, for the way back.
    back: Vec<(i32, i32)>,
}

const SLOTS: usize = 1 << 14;
const EMPTY: i32 = i32::MIN;
/// Stands for an hour in which the clocks change.
const CHANGING: i32 = i32::MAX;

impl ZoneCache {
    pub(crate) fn new(zone: TimeZone) -> Self {
        Self { zone, hours: vec![(EMPTY, 0); SLOTS], back: vec![(EMPTY, 0); SLOTS] }
    }

    /// UTC seconds of a local day and second.
    #[inline]
    pub(crate) fn utc(&mut self, day: i32, second: u32) -> (i64, Meeting) {
        let local = i64::from(day) * 86_400 + i64::from(second);
        let hour = local.div_euclid(3600) as i32;
        let slot = hour as usize & (SLOTS - 1);
        if self.hours[slot].0 != hour {
            self.hours[slot] = (hour, self.offset_of_hour(hour));
        }
        match self.hours[slot].1 {
            CHANGING => self.slow(local),
            offset => (local - i64::from(offset), Meeting::Plain),
        }
    }

    /// Civil day of a moment.
    #[inline]
    pub(crate) fn day(&mut self, utc: i64) -> i32 {
        let hour = utc.div_euclid(3600) as i32;
        let slot = hour as usize & (SLOTS - 1);
        if self.back[slot].0 != hour {
            let start = i64::from(hour) * 3600;
            // An hour lies on one day unless midnight or a clock change falls inside it.
            let (first, last) = (day_of(start, &self.zone), day_of(start + 3599, &self.zone));
            self.back[slot] = (hour, if first == last { first } else { CHANGING });
        }
        match self.back[slot].1 {
            CHANGING => day_of(utc, &self.zone),
            day => day,
        }
    }

    fn offset_of_hour(&self, hour: i32) -> i32 {
        let start = i64::from(hour) * 3600;
        let offset = |local| match self.ambiguous(local) {
            AmbiguousOffset::Unambiguous { offset } => Some(offset.seconds()),
            _ => None,
        };
        // Every quarter: no zone changes its clocks for less.
        let quarters = [0, 900, 1800, 2700, 3599].map(|s| offset(start + s));
        match quarters[0] {
            Some(first) if quarters.iter().all(|q| *q == Some(first)) => first,
            _ => CHANGING,
        }
    }

    fn ambiguous(&self, local: i64) -> AmbiguousOffset {
        self.zone.to_ambiguous_timestamp(civil(local)).offset()
    }

    fn slow(&self, local: i64) -> (i64, Meeting) {
        let (offset, meeting) = match self.ambiguous(local) {
            AmbiguousOffset::Unambiguous { offset } => (offset, Meeting::Plain),
            // The offset before the change: the earlier of two, or past the gap.
            AmbiguousOffset::Gap { before, .. } => (before, Meeting::Skipped),
            AmbiguousOffset::Fold { before, .. } => (before, Meeting::Ambiguous),
        };
        (local - i64::from(offset.seconds()), meeting)
    }

    pub(crate) fn zone(&self) -> &TimeZone {
        &self.zone
    }
}

fn civil(local: i64) -> DateTime {
    let date = model::time::date(local.div_euclid(86_400) as i32);
    let second = local.rem_euclid(86_400);
    // Hours, minutes and seconds of a day fit their types.
    date.at((second / 3600) as i8, (second / 60 % 60) as i8, (second % 60) as i8, 0)
}
