//! Ids that may be one id written in two ways. Nothing here decides: what is found is proposed to a person.

use std::collections::BTreeSet;

/// Shortest id, in characters, of which one character may be wrong: shorter ones all look alike.
const SHORTEST: usize = 5;
/// Longest id tried, in characters.
const LONGEST: usize = 64;
/// Longest number, in digits, to which zeros are added.
const LONGEST_NUMBER: usize = 10;
/// Marks that one system writes inside an id and another leaves out.
const MARKS: &[char] = &['-', '/', '.', ' ', '_'];

/// Why two ids may be one, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The roll now gives this very id to another officer.
    SameId,
    /// The same but for case, marks, a prefix of letters or a trailing `.0`.
    OtherRule,
    LeadingZeros,
    /// The part of an e-mail address before the `@`.
    MailName,
    /// Two neighbouring characters changed places.
    Swapped,
    /// One character wrong, missing or too many.
    OneCharacter,
}

impl Rule {
    /// The word kept in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::SameId => "same_id",
            Rule::OtherRule => "other_rule",
            Rule::LeadingZeros => "leading_zeros",
            Rule::MailName => "mail_name",
            Rule::Swapped => "swapped",
            Rule::OneCharacter => "one_character",
        }
    }

    /// 1 to 100, for a single officer found by it.
    pub(crate) fn confidence(self) -> u8 {
        match self {
            Rule::SameId => 95,
            Rule::OtherRule => 90,
            Rule::LeadingZeros => 85,
            Rule::MailName => 80,
            Rule::Swapped => 60,
            Rule::OneCharacter => 40,
        }
    }
}

/// Other spellings of an id that need no typing error.
pub(crate) fn spellings(id: &str, domains: &[String]) -> Vec<(Rule, String)> {
    let mut all = Vec::new();
    if id.chars().count() > LONGEST {
        return all;
    }
    let mut other = |text: String| all.push((Rule::OtherRule, text));
    other(id.to_uppercase());
    other(id.to_lowercase());
    other(id.strip_suffix(".0").unwrap_or(id).to_owned());
    if !id.contains('@') {
        other(id.replace(MARKS, ""));
        for at in (1..id.len()).filter(|at| id.is_char_boundary(*at)) {
            MARKS.iter().for_each(|mark| other(format!("{}{mark}{}", &id[..at], &id[at..])));
        }
    }
    let number = id.trim_start_matches(|c: char| c.is_ascii_alphabetic() || MARKS.contains(&c));
    if number.len() >= 3 && is_number(number) {
        other(number.to_owned());
    }
    if is_number(id) {
        let bare = id.trim_start_matches('0');
        for length in bare.len().max(1)..=LONGEST_NUMBER.max(id.len()) {
            all.push((Rule::LeadingZeros, format!("{bare:0>length$}")));
        }
    }
    match id.split_once('@') {
        Some((local, _)) => all.push((Rule::MailName, local.to_owned())),
        None => domains.iter().for_each(|d| all.push((Rule::MailName, format!("{id}@{d}")))),
    }
    distinct(id, all)
}

/// Spellings one typing error away.
pub(crate) fn slips(id: &str) -> Vec<(Rule, String)> {
    if !id.is_ascii() || id.len() < SHORTEST || id.len() > LONGEST || id.contains('@') {
        return Vec::new();
    }
    let mut all = Vec::new();
    let bytes = id.as_bytes();
    for at in 1..bytes.len() {
        let mut swapped = bytes.to_vec();
        swapped.swap(at - 1, at);
        all.push((Rule::Swapped, text(swapped)));
    }
    // Only characters of the kinds the id has: a number is not mistyped into letters.
    let upper = bytes.iter().any(u8::is_ascii_uppercase);
    let lower = bytes.iter().any(u8::is_ascii_lowercase);
    let digit = bytes.iter().any(u8::is_ascii_digit);
    let fits = |c: &u8| {
        c.is_ascii_uppercase() && upper || c.is_ascii_lowercase() && lower || c.is_ascii_digit() && digit
    };
    let alphabet: Vec<u8> = (b'0'..=b'z').filter(fits).collect();
    for at in 0..=bytes.len() {
        for c in &alphabet {
            let mut longer = bytes.to_vec();
            longer.insert(at, *c);
            all.push((Rule::OneCharacter, text(longer)));
        }
        if at == bytes.len() {
            continue;
        }
        let mut shorter = bytes.to_vec();
        shorter.remove(at);
        all.push((Rule::OneCharacter, text(shorter)));
        for c in &alphabet {
            let mut other = bytes.to_vec();
            other[at] = *c;
            all.push((Rule::OneCharacter, text(other)));
        }
    }
    distinct(id, all)
}

fn text(ascii: Vec<u8>) -> String {
    ascii.into_iter().map(char::from).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Each spelling once, under its surest rule, and never the id itself.
fn distinct(id: &str, mut all: Vec<(Rule, String)>) -> Vec<(Rule, String)> {
    all.sort_unstable();
    let mut seen = BTreeSet::new();
    all.retain(|(_, text)| !text.is_empty() && text != id && seen.insert(text.clone()));
    all
}
