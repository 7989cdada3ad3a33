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
}

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

    /// `2026-03-09 07:00`.
    pub fn iso_minute(&self, minute: i64) -> String {
        let minute = self.settle(minute);
        format!("{} {}", self.iso(day_of(minute)), clock(minute))
    }

    /// `09/03/2026 07:00`.
    pub fn uk_minute(&self, minute: i64) -> String {
        let minute = self.settle(minute);
        format!("{} {}", self.uk(day_of(minute)), clock(minute))
    }

    /// `2026-03-09 07:00:12`.
    pub fn iso_second(&self, minute: i64, second: u64) -> String {
        format!("{}:{second:02}", self.iso_minute(minute))
    }
}

/// Day a wall-clock minute falls on.
pub fn day_of(minute: i64) -> i32 {
    minute.div_euclid(DAY) as i32
}

/// `07:00`.
pub fn clock(minute: i64) -> String {
    let minute = minute.rem_euclid(DAY);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// 0 for Monday to 6 for Sunday.
pub fn weekday(day: i32) -> i32 {
    (day + 3).rem_euclid(7) // 1970-01-01 was a Thursday
}
