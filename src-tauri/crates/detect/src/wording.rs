//! How numbers, days and sentences are shown.

pub use model::finding::thousands;
use model::time;
use std::collections::BTreeMap;

/// `1 change`, `12 changes`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number as i64), if number == 1 { one } else { many })
}

/// `1,034 h`, `31 h 30 min`, `45 min`.
pub fn hours_minutes(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{} h", thousands(h)),
        (h, m) => format!("{} h {m:02} min", thousands(h)),
    }
}

/// A decimal with as many places as it deserves: `0.02`, `5.1`, `37`, `1,204`.
pub fn decimal(number: f64) -> String {
    if !number.is_finite() {
        return "unknown".to_owned();
    }
    match number.abs() {
        n if n > 0.0 && n < 0.005 => "under 0.01".to_owned(),
        n if n < 0.995 => format!("{number:.2}"),
        n if n < 9.95 => format!("{number:.1}"),
        _ => thousands(number.round() as i64),
    }
}

/// A tail probability: `0.03`, `4 in a million`, `under 1 in a billion`.
pub fn probability(tail: f64) -> String {
    match tail {
        t if t >= 0.001 => format!("{t:.3}"),
        t if t >= 1e-6 => format!("{} in a million", (t * 1e6).round()),
        t if t >= 1e-9 => format!("{} in a billion", (t * 1e9).round()),
        _ => "under 1 in a billion".to_owned(),
    }
}

/// `3 Mar 2026`, or `3 Mar to 19 May 2026`, or with both years where they differ.
pub fn period(first: i32, last: i32) -> String {
    let (from, to) = (time::date(first), time::date(last));
    if first == last {
        time::show_day(first)
    } else if from.year() == to.year() {
        format!("{} to {}", from.strftime("%-d %b"), time::show_day(last))
    } else {
        format!("{} to {}", time::show_day(first), time::show_day(last))
    }
}

/// `9 × 150 + 3 × 180`, rarest last; empty where more than six different values make it unreadable.
pub fn sum_of(values: impl Iterator<Item = i64>) -> String {
    let mut times: BTreeMap<i64, usize> = BTreeMap::new();
    for value in values {
        *times.entry(value).or_default() += 1;
    }
    if times.len() > 6 {
        return String::new();
    }
    let mut parts: Vec<(i64, usize)> = times.into_iter().collect();
    parts.sort_by_key(|(value, n)| (std::cmp::Reverse(*n), *value));
    let shown: Vec<String> = parts.iter().map(|(value, n)| format!("{n} × {}", thousands(*value))).collect();
    shown.join(" + ")
}

/// Joins sentences and clauses that are there.
pub fn join(parts: &[String], between: &str) -> String {
    parts.iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join(between)
}

/// Fills `{places}` of a wording; a place without a value stays, for a later step to fill.
pub fn fill(template: &str, values: &[(&str, String)]) -> String {
    values
        .iter()
        .fold(template.to_owned(), |text, (place, value)| text.replace(&format!("{{{place}}}"), value))
}
