//! Dates and moments as exports write them: ISO, day or month first, month names, Excel serials.

use super::{clock, two};
use crate::mapping::DateOrder;

/// A civil moment as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    /// Days since 1970-01-01.
    pub(crate) day: i32,
    /// Second of the day; `None` for a bare date.
    pub(crate) second: Option<u32>,
    /// Seconds east of UTC, where the text carries an offset.
    pub(crate) offset: Option<i32>,
}

/// Day number of a proleptic Gregorian date; `None` outside 1900 to 2100 or where there is no such day.
#[inline]
pub(crate) fn day_number(year: i32, month: u32, day: u32) -> Option<i32> {
    const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(1900..=2100).contains(&year) || !(1..=12).contains(&month) || day == 0 {
        return None;
    }
    let leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if day > LENGTHS[month as usize - 1] + u32::from(leap) {
        return None;
    }
    // Years counted from March, so that the leap day is the last of its year.
    let y = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (y.div_euclid(400), y.rem_euclid(400));
    let of_year = ((153 * ((month + 9) % 12) + 2) / 5 + day - 1) as i32;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// `YYYY-MM-DD`, nothing else.
#[inline]
fn iso_day(b: &[u8]) -> Option<i32> {
    if b[4] != b'-' || b[7] != b'-' {
        return None;
    }
    let year = two(b)? * 100 + two(&b[2..])?;
    day_number(year as i32, two(&b[5..])?, two(&b[8..])?)
}

/// The common form of logs, `YYYY-MM-DD HH:MM[:SS]` with a blank or `T`: no allocation, no search.
#[inline]
pub(crate) fn fast(b: &[u8]) -> Option<Civil> {
    if !matches!(b.len(), 16 | 19) || !matches!(b[10], b' ' | b'T') || b[13] != b':' {
        return None;
    }
    let day = iso_day(b)?;
    let (hour, minute) = (two(&b[11..])?, two(&b[14..])?);
    let second = if b.len() == 19 {
        if b[16] != b':' {
            return None;
        }
        two(&b[17..])?
    } else {
        0
    };
    let valid = hour < 24 && minute < 60 && second < 60;
    valid.then_some(Civil { day, second: Some(hour * 3600 + minute * 60 + second), offset: None })
}

/// Any date or moment this program reads; the order matters only where the year does not come first.
pub(crate) fn parse(text: &str, order: DateOrder) -> Option<Civil> {
    if let Some(civil) = fast(text.as_bytes()) {
        return Some(civil);
    }
    let text = text.trim();
    if let Some(civil) = serial(text) {
        return Some(civil);
    }
    let (date, rest) = split_date(text)?;
    let day = date_parts(date, order)?;
    let rest = rest.trim_start_matches([' ', 'T', 't', ',']).trim();
    if rest.is_empty() {
        return Some(Civil { day, second: None, offset: None });
    }
    let (time, offset) = split_offset(rest)?;
    let second = clock::parse(without_fraction(time))?;
    Some(Civil { day: day + (second / 86_400) as i32, second: Some(second % 86_400), offset })
}

/// Excel's count of days since 1899-12-30, 1954 to 2119, perhaps with a fraction.
fn serial(text: &str) -> Option<Civil> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(fraction) || fraction.len() > 15 {
        return None;
    }
    let days: i32 = whole.parse().ok().filter(|d| (20_000..80_000).contains(d))?;
    let part: f64 = format!("0.{fraction}0").parse().ok()?;
    let seconds = (part * 86_400.0).round() as u32;
    let second = (!fraction.is_empty()).then_some(seconds % 86_400);
    Some(Civil { day: days - 25_569 + (seconds / 86_400) as i32, second, offset: None })
}

/// The date at the front: three groups of digits or letters, or eight digits.
fn split_date(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let eight = bytes.len() >= 8 && bytes[..8].iter().all(u8::is_ascii_digit);
    if eight && bytes.get(8).is_none_or(|b| !b.is_ascii_digit()) {
        return Some(text.split_at(8));
    }
    let (mut at, mut groups) = (0, 0);
    while at < bytes.len() {
        let letters = bytes[at].is_ascii_alphabetic();
        let start = at;
        while at < bytes.len()
            && bytes[at].is_ascii_alphanumeric()
            && bytes[at].is_ascii_alphabetic() == letters
        {
            at += 1;
        }
        if at == start {
            return None;
        }
        groups += 1;
        if groups == 3 {
            return Some(text.split_at(at));
        }
        while at < bytes.len() && matches!(bytes[at], b'-' | b'/' | b'.' | b' ' | b',') {
            at += 1;
        }
    }
    None
}

fn date_parts(date: &str, order: DateOrder) -> Option<i32> {
    if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) {
        return day_number(date[..4].parse().ok()?, date[4..6].parse().ok()?, date[6..].parse().ok()?);
    }
    let separators = ['-', '/', '.', ' ', ','];
    let mut parts: Vec<&str> = date.split(separators).filter(|p| !p.is_empty()).collect();
    if parts.len() == 1 {
        // `03Mar2026`: letters between digits.
        let from = date.find(|c: char| c.is_ascii_alphabetic())?;
        let to = from + date[from..].find(|c: char| c.is_ascii_digit())?;
        parts = vec![&date[..from], &date[from..to], &date[to..]];
    }
    let [a, b, c] = parts[..] else { return None };
    let number =
        |t: &str| (t.len() <= 4 && t.bytes().all(|x| x.is_ascii_digit())).then(|| t.parse().ok()).flatten();
    if let Some(month) = month_name(b) {
        return if a.len() == 4 {
            day_number(number(a)? as i32, month, number(c)?)
        } else {
            named(c, month, number(a)?)
        };
    }
    if let Some(month) = month_name(a) {
        return named(c, month, number(b)?);
    }
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    match order {
        _ if a.len() == 4 => day_number(x as i32, y, z),
        DateOrder::Dmy => day_number(year(c, z)?, y, x),
        DateOrder::Mdy => day_number(year(c, z)?, x, y),
        DateOrder::Ymd => day_number(year(a, x)?, y, z),
    }
}

fn named(year_text: &str, month: u32, day: u32) -> Option<i32> {
    day_number(year(year_text, year_text.parse().ok()?)?, month, day)
}

/// A year of four digits, or of two: 70 to 99 lie in the last century.
fn year(text: &str, number: u32) -> Option<i32> {
    match text.len() {
        4 => Some(number as i32),
        2 => Some(number as i32 + if number >= 70 { 1900 } else { 2000 }),
        _ => None,
    }
}

fn month_name(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = text.get(..3)?.to_ascii_lowercase();
    let at = NAMES.iter().position(|n| *n == start)?;
    text.bytes().all(|b| b.is_ascii_alphabetic()).then_some(at as u32 + 1)
}

/// Splits `Z`, `UTC`, `GMT` or `+01:00` off a time.
fn split_offset(text: &str) -> Option<(&str, Option<i32>)> {
    for name in ["Z", "z", "UTC", "GMT"] {
        if let Some(time) = text.strip_suffix(name) {
            return Some((time.trim_end(), Some(0)));
        }
    }
    let Some(at) = text.rfind(['+', '-']).filter(|at| *at > 0) else { return Some((text, None)) };
    let digits: String = text[at + 1..].chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    let seconds = hours * 3600 + minutes * 60;
    let signed = if text.as_bytes()[at] == b'-' { -seconds } else { seconds };
    (hours <= 14 && minutes < 60).then_some((text[..at].trim_end(), Some(signed)))
}

/// `07:30:15.250` without the part below a second.
fn without_fraction(time: &str) -> &str {
    match time.rfind(['.', ',']) {
        Some(at) if time[..at].matches(':').count() == 2 => &time[..at],
        _ => time,
    }
}

/// Whether a text is a date whose order is not obvious: its first two numbers, for guessing.
pub(crate) fn ambiguous_parts(text: &str) -> Option<(u32, u32)> {
    let date = split_date(text.trim())?.0;
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [a, b, c] = parts[..] else { return None };
    if a.len() > 2 || !matches!(c.len(), 2 | 4) {
        return None;
    }
    Some((a.parse().ok()?, b.parse().ok()?))
}
