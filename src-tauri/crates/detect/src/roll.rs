//! The nominal roll: attributes over time, coarse bands, and the codes that stand for units.

use crate::profile::{Validity, Word};
use model::{NO_DATE, OfficerIndex};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A coarse attribute is shown only where at least this many people share it.
pub const MIN_SHARED: usize = 10;

/// What the roll says about one officer for a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attributes {
    pub valid: Validity,
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

/// The attributes that hold on a day, else the latest that began before, else the first of all.
pub fn on(history: &[Attributes], day: i32) -> Option<&Attributes> {
    let valid = history.iter().rev().find(|a| a.valid.holds_on(day));
    valid.or_else(|| history.iter().rev().find(|a| a.valid.from <= day)).or(history.first())
}

/// Blanks of every kind become one; unit names differ by non-breaking spaces between files.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The band a rank belongs to, for comparison and display. Words of British and American forces.
pub fn rank_band(rank: &str) -> &'static str {
    let rank = rank.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| rank.contains(w));
    if rank.is_empty() {
        "Rank unknown"
    } else if has(&["superint", "chief", "commander", "commissioner", "capt", "deputy", "supt"])
        || rank == "03"
    {
        "Chief inspector and above"
    } else if has(&["serg", "sgt", "inspector", "insp", "lieut", "ltdet", "lt"])
        || matches!(&*rank, "04" | "05" | "06" | "07")
    {
        "Sergeant to inspector"
    } else if has(&["staff", "civil", "pcso", "clerk", "analyst", "operator", "grade", "manager"]) {
        "Police staff"
    } else if has(&["const", "ptl", "det", "officer", "patrol", "pc", "dc"]) || matches!(&*rank, "08" | "09")
    {
        "Constable"
    } else {
        "Other rank"
    }
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
