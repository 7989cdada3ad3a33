//! Times of day: `0730`, `730`, `07:30`, `7:30:15`, `7.30 pm`, `2400`.

const DAY: u32 = 86_400;

/// Seconds after midnight; 86,400 for `24:00`, the end of the day.
pub(crate) fn parse(text: &str) -> Option<u32> {
    let text = text.trim();
    let (body, half) = meridiem(text);
    let (hour, minute, second) = if body.contains([':', '.', 'h']) {
        let mut parts = body.split([':', '.', 'h']);
        let hour = small(parts.next()?)?;
        let minute = parts.next().map_or(Some(0), small)?;
        let second = parts.next().map_or(Some(0), small)?;
        // A fourth part is a fraction of a second: below what is kept.
        if parts.any(|fraction| !fraction.bytes().all(|b| b.is_ascii_digit())) {
            return None;
        }
        (hour, minute, second)
    } else if half.is_some() && body.len() <= 2 {
        (small(body)?, 0, 0)
    } else {
        digits(body)?
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    let seconds = hour * 3600 + minute * 60 + second;
    (hour <= 24 && minute < 60 && second < 60 && seconds <= DAY).then_some(seconds)
}

fn meridiem(text: &str) -> (&str, Option<bool>) {
    let tail = text.len().saturating_sub(2);
    match text.get(tail..) {
        Some(t) if t.eq_ignore_ascii_case("pm") => (text[..tail].trim_end(), Some(true)),
        Some(t) if t.eq_ignore_ascii_case("am") => (text[..tail].trim_end(), Some(false)),
        _ => (text, None),
    }
}

fn small(text: &str) -> Option<u32> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// `HHMM` as text or as a number that lost its zeros; `HHMMSS` where six digits are given.
fn digits(text: &str) -> Option<(u32, u32, u32)> {
    if text.is_empty() || text.len() > 6 || text.len() == 5 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u32 = text.parse().ok()?;
    Some(match text.len() {
        6 => (number / 10_000, number / 100 % 100, number % 100),
        _ => (number / 100, number % 100, 0),
    })
}

/// A length of time written `HHMM` or `HH:MM`, in thousandths of an hour.
pub(crate) fn hours(text: &str) -> Option<i64> {
    let seconds = parse(text)?;
    Some((i64::from(seconds) * 1000 + 1800) / 3600)
}
