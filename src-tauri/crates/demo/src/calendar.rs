//! Civil time of the force: minutes since 1970 on the wall clock, and how exports write them.

use jiff::tz::{AmbiguousOffset, TimeZone};

/// Minutes of a day on the wall clock.
pub const DAY: i64 = 1_440;

/// Days around the period that an event may still be written in (claims and outcomes come later).
const MARGIN: i32 = 400;

/// The period, with every day's text made once.
pub struct Calendar {
    pub first: i32,
    pub last: i32,
    iso: Vec<String>,
    uk: Vec<String>,
    /// Wall-clock minutes that never were, at the spring clock change.
    gaps: Vec<i64>,
    /// Seconds east of UTC at midnight and at noon; the clocks change in between.
    offsets: Vec<(i32, i32)>,
}

/// Minute of the day before which a day of clock change still has the old offset.
const CHANGED_BY: i64 = 120;

impl Calendar {
    /// The calendar of a number of days from the first.
    pub fn new(first: jiff::civil::Date, days: u32) -> Calendar {
        let first = model::time::day(first);
        let last = first + days as i32 - 1;
        let dates = || (first - MARGIN..=last + MARGIN).map(model::time::date);
        let zone = model::time::zone(model::time::DEFAULT_ZONE).unwrap_or(TimeZone::UTC);
        let skipped = |day: &i32| {
            let half_past_one = model::time::date(*day).at(1, 30, 0, 0);
            matches!(zone.to_ambiguous_timestamp(half_past_one).offset(), AmbiguousOffset::Gap { .. })
        };
        Calendar {
            first,
            last,
            iso: dates().map(|d| d.to_string()).collect(),
            uk: dates().map(|d| d.strftime("%d/%m/%Y").to_string()).collect(),
            offsets: (first - MARGIN..=last + MARGIN)
                .map(|day| (offset(&zone, day, 0), offset(&zone, day, 12)))
                .collect(),
            gaps: (first - 1..=last + 1).filter(skipped).map(|day| i64::from(day) * DAY + 60).collect(),
        }
    }

    /// Number of days in the period.
    pub fn days(&self) -> i32 {
        self.last - self.first + 1
    }

    /// Whether a minute falls in the period.
    pub fn covers(&self, minute: i64) -> bool {
        (self.first..=self.last).contains(&day_of(minute))
    }

    /// Whether a day's text was made.
    pub fn knows(&self, day: i32) -> bool {
        (self.first - MARGIN..=self.last + MARGIN).contains(&day)
    }

    fn at(&self, day: i32) -> usize {
        (day - self.first + MARGIN).clamp(0, self.iso.len() as i32 - 1) as usize
    }

    /// `2026-03-09`.
    pub fn iso(&self, day: i32) -> &str {
        &self.iso[self.at(day)]
    }

    /// `09/03/2026`.
    pub fn uk(&self, day: i32) -> &str {
        &self.uk[self.at(day)]
    }

    /// The same minute, an hour later where the clock skipped it.
    pub fn settle(&self, minute: i64) -> i64 {
        if self.gaps.iter().any(|gap| (*gap..gap + 60).contains(&minute)) { minute + 60 } else { minute }
    }

    /// UTC seconds of a wall-clock minute; of a time that occurs twice the earlier, as import takes it.
    pub fn utc(&self, minute: i64, second: u8) -> i64 {
        let minute = self.settle(minute);
        let (midnight, noon) = self.offsets[self.at(day_of(minute))];
        let offset = if minute.rem_euclid(DAY) < CHANGED_BY { midnight } else { noon };
        minute * 60 + i64::from(second) - i64::from(offset)
    }
}

fn offset(zone: &TimeZone, day: i32, hour: i8) -> i32 {
    let local = model::time::date(day).at(hour, 0, 0, 0);
    local.to_zoned(zone.clone()).map_or(0, |zoned| zoned.offset().seconds())
}

/// Day a wall-clock minute falls on.
pub fn day_of(minute: i64) -> i32 {
    minute.div_euclid(DAY) as i32
}

/// 0 for Monday to 6 for Sunday.
pub fn weekday(day: i32) -> i32 {
    (day + 3).rem_euclid(7) // 1970-01-01 was a Thursday
}
