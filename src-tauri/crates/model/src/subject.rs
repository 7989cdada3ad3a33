//! Who a finding or a lead is about.

use crate::{ParseIdError, Pseudonym};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Fewest and most people in a group.
const GROUP: std::ops::RangeInclusive<usize> = 2..=6;

/// One officer, a small group of officers, or a unit. As text and in JSON: a code, codes joined by `+`, or the unit's code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Officer(Pseudonym),
    /// 2 to 6 different officers in order of code: made by `Subject::group`.
    Group(Vec<Pseudonym>),
    /// The code of a unit. Nobody is named by it, so nobody can be unmasked.
    Unit(String),
}

impl Subject {
    /// A group of 2 to 6 different officers, whatever their order.
    pub fn group(mut members: Vec<Pseudonym>) -> Option<Subject> {
        members.sort_unstable();
        members.dedup();
        GROUP.contains(&members.len()).then_some(Subject::Group(members))
    }

    /// Everyone it is about, in order of code; nobody for a unit.
    pub fn members(&self) -> &[Pseudonym] {
        match self {
            Subject::Officer(officer) => std::slice::from_ref(officer),
            Subject::Group(members) => members,
            Subject::Unit(_) => &[],
        }
    }

    /// The officer, where it is about one.
    pub fn officer(&self) -> Option<Pseudonym> {
        match self {
            Subject::Officer(officer) => Some(*officer),
            _ => None,
        }
    }

    /// How a list shows it: `OFC-4M2K-9XWD`, `OFC-4M2K-9XWD and 3 others`, `UNIT-4F`.
    pub fn title(&self) -> String {
        match self {
            Subject::Group(members) if members.len() == 2 => format!("{} and {}", members[0], members[1]),
            Subject::Group(members) => format!("{} and {} others", members[0], members.len() - 1),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Officer(officer) => officer.fmt(f),
            Subject::Group(members) => members.iter().enumerate().try_for_each(|(at, member)| {
                if at > 0 {
                    f.write_str("+")?;
                }
                member.fmt(f)
            }),
            Subject::Unit(code) => f.write_str(code),
        }
    }
}

impl FromStr for Subject {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let text = text.trim();
        if text.contains('+') {
            let members = text.split('+').map(str::parse).collect::<Result<Vec<_>, _>>()?;
            return Subject::group(members).ok_or(ParseIdError);
        }
        match text.parse() {
            Ok(officer) => Ok(Subject::Officer(officer)),
            Err(_) if text.is_empty() || text.starts_with("OFC-") => Err(ParseIdError),
            Err(_) => Ok(Subject::Unit(text.to_owned())),
        }
    }
}

impl Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
