//! Texts of a lead without what would tell who somebody is: other people, record numbers, exact times, places, totals.

use crate::fit::When;
use model::finding::thousands;
use regex::{Captures, Regex};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Why something was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    OtherPeople,
    Record,
    Time,
    Date,
    Place,
    Total,
    Name,
}

impl Why {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Why::OtherPeople => "other people become codes of this pack",
            Why::Record => "record numbers and unit codes go",
            Why::Time => "times are cut to the hour",
            Why::Date => "days are widened until enough people fit",
            Why::Place => "places become their kind",
            Why::Total => "totals become bands",
            Why::Name => "text that may hold a name is left out",
        }
    }
}

/// A change to one text, for the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub after: String,
    pub before: String,
    pub why: Vec<Why>,
}

/// What stands where a text may hold a name.
pub const LEFT_OUT: &str = "[left out: may hold a name]";

/// The redaction of one lead; remembers codes of others and every change.
pub struct Redactor<'a> {
    officers: Vec<String>,
    when: When,
    duty_hours: bool,
    may_name: &'a dyn Fn(&str) -> bool,
    others: BTreeMap<String, usize>,
    pub changes: Vec<Change>,
    pub counts: BTreeMap<Why, u64>,
}

const MONTHS: &str = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";

fn shapes() -> &'static Regex {
    static SHAPES: OnceLock<Regex> = OnceLock::new();
    SHAPES.get_or_init(|| {
        // The order matters: what is a date or a duration must not be taken for a number.
        let shape = format!(
            r"(?P<code>\bOFC-[0-9A-Z]{{4}}-[0-9A-Z]{{4}}\b)|(?P<record>\b(?:R|E)-[0-9A-Z]{{6}}\b|\bUNIT-[0-9A-Z]+\b)|(?P<date>\b(?P<day>\d{{1,2}}) (?P<month>{MONTHS})[a-z]*(?: (?P<year>\d{{4}}))?\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b)|(?P<time>\b(?P<hour>[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?\b)|(?P<duty>\b(?P<worked>\d[\d,]*) duty hours\b)|(?P<span>\b(?P<h>\d[\d,]*) h(?: \d{{1,2}} min)?\b|\b(?P<m>\d[\d,]*) min\b)|(?P<money>£\d[\d,]*(?:\.\d+)?)|(?P<level>\b9[059] % (?:interval|limits?)\b)|(?P<range>\b(?P<low>\d[\d,]*(?:\.\d+)?) to (?P<high>\d[\d,]*(?:\.\d+)?)\b)|(?P<number>\b\d[\d,]*(?:\.\d+)?\b)"
        );
        Regex::new(&shape).expect("the shape is tested")
    })
}

/// Numbers below this say nothing about anybody.
const SMALLEST: u64 = 5;
const STEPS: [u64; 9] = [5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];

fn band(number: u64, unit: &str) -> String {
    bands(number, number, unit)
}

/// The bands of two numbers and what lies between them.
fn bands(low: u64, high: u64, unit: &str) -> String {
    let from = STEPS.iter().rev().find(|s| **s <= low);
    let to = STEPS.iter().find(|s| **s > high).map(|s| s - 1);
    let shown = |number: u64| thousands(number as i64);
    match (from, to) {
        (None, Some(to)) => format!("under {}{unit}", shown(to + 1)),
        (Some(from), Some(to)) => format!("{} to {}{unit}", shown(*from), shown(to)),
        (from, None) => format!("{}{unit} or more", shown(*from.unwrap_or(&0))),
    }
}

/// Duty hours as wide as a pack says them.
pub fn duty_hours(hours: u64) -> String {
    band(hours, " duty hours")
}

/// Whether a text says a total of duty hours.
pub fn says_duty_hours(text: &str) -> bool {
    shapes().captures_iter(text).any(|found| found.name("duty").is_some())
}

fn whole(text: &str) -> u64 {
    let digits: String = text.split('.').next().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(u64::MAX)
}

impl<'a> Redactor<'a> {
    /// `officers` are the codes the lead is about; `may_name` says whether a text may hold a name.
    pub fn new(officers: Vec<String>, when: When, may_name: &'a dyn Fn(&str) -> bool) -> Self {
        Self {
            officers,
            when,
            duty_hours: true,
            may_name,
            others: BTreeMap::new(),
            changes: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    /// The same without totals of duty hours, where these would tell who it is.
    pub fn without_duty_hours(self, without: bool) -> Self {
        Self { duty_hours: !without, ..self }
    }

    /// A sentence, a sum or another text the program wrote.
    pub fn text(&mut self, text: &str) -> String {
        self.change(text, false, true)
    }

    /// A cell of an evidence row under its column; `minute`: the finding is about minutes, so times stay.
    pub fn cell(&mut self, column: &str, text: &str, minute: bool) -> String {
        const PLACES: [&str; 6] = ["place", "site", "door", "reader", "building", "location"];
        let place = column.to_lowercase();
        if !text.is_empty() && PLACES.iter().any(|p| place.split(' ').any(|word| word == *p)) {
            return self.changed(text, "a police site".into(), vec![Why::Place]);
        }
        self.change(text, minute, false)
    }

    /// Only the codes of people changed: for the officer's own copy of their data.
    pub fn people(&mut self, text: &str) -> String {
        let shown = shapes().replace_all(text, |found: &Captures<'_>| match found.name("code") {
            Some(code) => self.person(code.as_str()),
            None => found[0].to_owned(),
        });
        shown.into_owned()
    }

    fn changed(&mut self, before: &str, after: String, mut why: Vec<Why>) -> String {
        if after == before {
            return after;
        }
        why.sort_unstable();
        why.dedup();
        why.iter().for_each(|w| *self.counts.entry(*w).or_default() += 1);
        let change = Change { after: after.clone(), before: before.to_owned(), why };
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
        after
    }

    fn change(&mut self, text: &str, minute: bool, keep_small: bool) -> String {
        let mut why = Vec::new();
        let after = shapes().replace_all(text, |found: &Captures<'_>| {
            let (after, reason) = self.one(found, minute, keep_small);
            why.extend(reason);
            after
        });
        let after = after.into_owned();
        // The officers' own codes and what was put in place of others' cannot be names.
        if (self.may_name)(&after) {
            return self.changed(text, LEFT_OUT.into(), vec![Why::Name]);
        }
        self.changed(text, after, why)
    }

    fn one(&mut self, found: &Captures<'_>, minute: bool, keep_small: bool) -> (String, Option<Why>) {
        let same = || found[0].to_owned();
        let named = |name: &str| found.name(name).map(|m| m.as_str());
        if let Some(code) = named("code") {
            return (self.person(code), Some(Why::OtherPeople));
        }
        if named("record").is_some() {
            return ("[record]".into(), Some(Why::Record));
        }
        if let Some(date) = named("date") {
            return self.date(date, named("month"), named("year"));
        }
        if named("time").is_some() {
            let hour = named("hour").unwrap_or_default();
            return if minute { (same(), None) } else { (format!("{hour:0>2}:00"), Some(Why::Time)) };
        }
        if let Some(worked) = named("worked") {
            let shown = if self.duty_hours { duty_hours(whole(worked)) } else { "[duty hours]".to_owned() };
            return (shown, Some(Why::Total));
        }
        if named("span").is_some() {
            let shown = match (named("h"), named("m")) {
                (Some(hours), _) => band(whole(hours), " h"),
                (_, minutes) => band(whole(minutes.unwrap_or_default()), " min"),
            };
            return (shown, Some(Why::Total));
        }
        if named("money").is_some() {
            return (format!("£{}", band(whole(&found[0]), "")), Some(Why::Total));
        }
        if named("level").is_some() {
            return (same(), None);
        }
        if let (Some(low), Some(high)) = (named("low"), named("high")) {
            let (low, high) = (whole(low), whole(high));
            let small = low.max(high) < SMALLEST && keep_small;
            return if small { (same(), None) } else { (bands(low, high, ""), Some(Why::Total)) };
        }
        match whole(&found[0]) {
            n if n < SMALLEST && keep_small => (same(), None),
            n => (band(n, ""), Some(Why::Total)),
        }
    }

    fn person(&mut self, code: &str) -> String {
        if self.officers.iter().any(|own| own == code) {
            return "the officer".into();
        }
        let next = self.others.len() + 1;
        format!("P{}", self.others.entry(code.to_owned()).or_insert(next))
    }

    fn date(&self, whole: &str, month: Option<&str>, year: Option<&str>) -> (String, Option<Why>) {
        match (self.when, month) {
            (When::Day, _) => (whole.to_owned(), None),
            (When::Nothing, _) => ("[date]".into(), Some(Why::Date)),
            (When::Month, Some(month)) => {
                let year = year.map(|y| format!(" {y}")).unwrap_or_default();
                (format!("{month}{year}"), Some(Why::Date))
            }
            (When::Month, None) => (whole[..7].to_owned(), Some(Why::Date)),
        }
    }
}
