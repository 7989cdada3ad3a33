//! The nominal roll: attributes over time, coarse bands, and the codes that stand for units.

use crate::profile::{Validity, Word};
use model::{ImportId, NO_DATE, OfficerIndex};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A coarse attribute is shown only where at least this many people share it.
pub const MIN_SHARED: usize = 10;

/// What the roll says about one officer for a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attributes {
    pub valid: Validity,
    /// Of rows that begin on one day, a later import's hold.
    pub import: ImportId,
    pub rank: Word,
    pub role: Word,
    pub unit: Word,
    pub unit_type: Word,
    pub shift_pattern: Word,
    /// `officer`, `staff`, `pcso` or `special`; empty where the roll does not say.
    pub category: Word,
    pub supervisor: OfficerIndex,
    /// Thousandths of full time, or `NO_NUMBER`.
    pub fte: i64,
    /// Thousandths of contracted hours a week, or `NO_NUMBER`.
    pub contract_hours: i64,
    /// Day the officer joined, or `NO_DATE`.
    pub joined: i32,
    /// Last day of service, or `NO_DATE`.
    pub left: i32,
}

impl Attributes {
    /// Whether the officer had joined and not left on a day; where the roll does not say, they serve.
    pub fn serves_on(&self, day: i32) -> bool {
        self.joined <= day && (self.left == NO_DATE || day <= self.left)
    }

    /// Days of `[first, last]` on which these attributes hold for an officer in service.
    fn days_within(&self, first: i32, last: i32) -> i64 {
        let first = first.max(self.valid.from).max(self.joined);
        let left = if self.left == NO_DATE { i32::MAX } else { self.left };
        let last = last.min(self.valid.until).min(left);
        (i64::from(last) - i64::from(first) + 1).max(0)
    }

    /// Whether two intervals say the same.
    fn agrees(&self, other: &Attributes) -> bool {
        let content =
            |a: &Attributes| Attributes { valid: Validity::new(0, 0), import: ImportId(0), ..a.clone() };
        content(self) == content(other)
    }
}

/// Turns the roll's rows of one officer into intervals that do not overlap, in order of time.
///
/// Where rows overlap, the one that began last holds and the earlier goes on after it; of rows that begin on one day,
/// the later import's holds, and within one import the one that ends first. A leaving day is known from then on back
/// to the day of joining.
pub fn settle(rows: &mut Vec<Attributes>) {
    rows.retain(|row| row.valid.from <= row.valid.until);
    rows.sort_unstable_by(|a, b| {
        let start = (a.valid.from, a.import).cmp(&(b.valid.from, b.import));
        start.then(b.valid.until.cmp(&a.valid.until)).then_with(|| a.cmp(b))
    });
    let mut settled = Settled::default();
    let mut open: Vec<Attributes> = Vec::new();
    for row in rows.drain(..) {
        settled.close(&mut open, row.valid.from);
        open.push(row);
    }
    settled.close(&mut open, i32::MAX);
    *rows = settled.pieces;
    for at in (1..rows.len()).rev() {
        let (left, joined) = (rows[at].left, rows[at].joined);
        let before = &mut rows[at - 1];
        if before.left == NO_DATE && joined == before.joined && left >= before.valid.from {
            before.left = left;
        }
    }
}

#[derive(Default)]
struct Settled {
    pieces: Vec<Attributes>,
    /// First day not yet spoken for.
    next: i64,
}

impl Settled {
    /// Writes down what held until the day before `day`, and drops what ended by then.
    fn close(&mut self, open: &mut Vec<Attributes>, day: i32) {
        let end = if day == i32::MAX { i64::from(day) } else { i64::from(day) - 1 };
        while let Some(top) = open.last() {
            let until = i64::from(top.valid.until).min(end);
            self.piece(top, until);
            if i64::from(top.valid.until) > end {
                return;
            }
            open.pop();
        }
    }

    fn piece(&mut self, row: &Attributes, until: i64) {
        let from = match self.pieces.last() {
            Some(_) => self.next.max(i64::from(row.valid.from)),
            None => i64::from(row.valid.from),
        };
        if from > until {
            return;
        }
        self.next = until + 1;
        let valid = Validity { from: from as i32, until: until as i32 };
        match self.pieces.last_mut() {
            Some(last) if i64::from(last.valid.until) + 1 == from && last.agrees(row) => {
                last.valid.until = valid.until
            }
            _ => self.pieces.push(Attributes { valid, ..row.clone() }),
        }
    }
}

/// The attributes that hold on a day; in a gap those that held before it, and before the first row the first.
pub fn on(history: &[Attributes], day: i32) -> Option<&Attributes> {
    history.get(position(history, day))
}

/// Place of the attributes that hold on a day; there is nothing there for an officer who is not on the roll.
pub fn position(history: &[Attributes], day: i32) -> usize {
    history.partition_point(|a| a.valid.from <= day).saturating_sub(1)
}

/// The attributes that held on most days of service from `first` to `last`; of equals the later.
pub fn mostly(history: &[Attributes], first: i32, last: i32) -> Option<&Attributes> {
    let held = history.iter().filter(|a| a.days_within(first, last) > 0);
    held.max_by_key(|a| a.days_within(first, last)).or_else(|| on(history, last))
}

/// Blanks of every kind become one; unit names differ by non-breaking spaces between files.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Years of service in bands, or nothing where the roll does not say.
pub fn service_band(joined: i32, day: i32) -> &'static str {
    if joined == NO_DATE || joined > day {
        return "";
    }
    match (day - joined) / 365 {
        0..=1 => "Under 2 years",
        2..=4 => "2 to 4 years",
        5..=9 => "5 to 9 years",
        10..=19 => "10 to 19 years",
        _ => "20 years and over",
    }
}

/// `UNIT-4F7K` for each unit name: keyed by the seed, so a name cannot be read off the code, and stable between runs.
pub fn unit_codes<'a>(units: impl Iterator<Item = &'a str>, seed: u64) -> BTreeMap<String, String> {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let code = |unit: &str, digits: usize| {
        let hash = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(unit.as_bytes()).finalize();
        hash.iter().take(digits).map(|b| ALPHABET[usize::from(b & 31)] as char).collect::<String>()
    };
    let names: Vec<String> = units.map(squeeze).filter(|u| !u.is_empty()).collect();
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let unique: std::collections::BTreeSet<&String> = names.iter().collect();
    for unit in &unique {
        *taken.entry(code(unit, 4)).or_default() += 1;
    }
    let digits = |unit: &str| if taken.get(&code(unit, 4)).is_some_and(|n| *n > 1) { 8 } else { 4 };
    unique.iter().map(|u| ((*u).clone(), format!("UNIT-{}", code(u, digits(u))))).collect()
}
