//! Civil time: zones, days and how moments are shown. Order of events comes from UTC seconds.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The default zone of a mapping.
pub const DEFAULT_ZONE: &str = "Europe/London";

/// A zone by its IANA name, from the bundled data.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

fn timestamp(seconds: i64) -> Timestamp {
    let limit = Timestamp::MAX.as_second();
    Timestamp::from_second(seconds.clamp(-limit / 8, limit)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Civil day (days since 1970-01-01) on which a moment falls in a zone.
pub fn day_of(seconds: i64, zone: &TimeZone) -> i32 {
    let local = seconds + i64::from(zone.to_offset(timestamp(seconds)).seconds());
    local.div_euclid(86_400) as i32
}

/// A zone with its changes of offset worked out, for asking the civil day of millions of moments.
pub struct Calendar {
    pub zone: TimeZone,
    /// Where each offset begins, in order, and the offset in seconds.
    changes: Vec<(i64, i64)>,
}

impl Calendar {
    /// The years 1970 to 2099 are worked out; other moments are asked of the zone.
    const YEARS: std::ops::Range<i64> = 0..4_102_444_800;

    pub fn new(zone: TimeZone) -> Calendar {
        let first = (i64::MIN, i64::from(zone.to_offset(timestamp(Self::YEARS.start)).seconds()));
        let following = zone.following(timestamp(Self::YEARS.start));
        let following = following.map(|t| (t.timestamp().as_second(), i64::from(t.offset().seconds())));
        let changes =
            std::iter::once(first).chain(following.take_while(|(from, _)| *from < Self::YEARS.end)).collect();
        Calendar { zone, changes }
    }

    /// As `day_of`.
    pub fn day(&self, seconds: i64) -> i32 {
        if !Self::YEARS.contains(&seconds) {
            return day_of(seconds, &self.zone);
        }
        let after = self.changes.partition_point(|(from, _)| *from <= seconds);
        (seconds + self.changes[after - 1].1).div_euclid(86_400) as i32
    }
}

/// Second of the civil day, 0 to 86,399, in a zone.
pub fn second_of_day(seconds: i64, zone: &TimeZone) -> i32 {
    let local = seconds + i64::from(zone.to_offset(timestamp(seconds)).seconds());
    local.rem_euclid(86_400) as i32
}

/// UTC seconds at which a civil day begins in a zone.
pub fn start_of_day(day: i32, zone: &TimeZone) -> i64 {
    match date(day).to_zoned(zone.clone()) {
        Ok(zoned) => zoned.timestamp().as_second(),
        Err(_) => i64::from(day) * 86_400,
    }
}

/// Civil date of a day number.
pub fn date(day: i32) -> Date {
    Date::constant(1970, 1, 1).saturating_add(i64::from(day).days())
}

/// Day number of a civil date.
pub fn day(date: Date) -> i32 {
    date.to_datetime(jiff::civil::Time::midnight())
        .to_zoned(TimeZone::UTC)
        .map(|z| z.timestamp().as_second().div_euclid(86_400) as i32)
        .unwrap_or(0)
}

/// `3 Mar 2026`.
pub fn show_day(number: i32) -> String {
    date(number).strftime("%-d %b %Y").to_string()
}

/// `2026-03-03`.
pub fn iso_day(number: i32) -> String {
    date(number).to_string()
}

/// `3 Mar 2026 07:12` in a zone.
pub fn show_moment(seconds: i64, zone: &TimeZone) -> String {
    timestamp(seconds).to_zoned(zone.clone()).strftime("%-d %b %Y %H:%M").to_string()
}

/// `2026-03-03T07:12:00Z`, the form ledger entries carry.
pub fn rfc3339(seconds: i64) -> String {
    timestamp(seconds).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Day number of an ISO date such as `2026-03-03`.
pub fn parse_day(text: &str) -> Option<i32> {
    text.trim().parse::<Date>().ok().map(day)
}

/// `2 h 30` from minutes.
pub fn show_minutes(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m:02} min"),
    }
}
