//! Who attended which incident, found by the incident's own number, its case and its record.

use super::tokens::Tokens;
use model::OfficerIndex;

/// One officer at one incident: 8 bytes, the days counted from 1970 as far as they reach (to 2149).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attended {
    pub officer: OfficerIndex,
    from: u16,
    until: u16,
}

impl Attended {
    pub fn new(officer: OfficerIndex, from: i32, until: i32) -> Attended {
        let short = |day: i32| day.clamp(0, i32::from(u16::MAX)) as u16;
        Attended { officer, from: short(from), until: short(until) }
    }

    /// Days since the incident ended; 0 while it runs, negative before it began.
    pub fn days_after(&self, day: i32) -> i32 {
        if day < i32::from(self.from) {
            day - i32::from(self.from)
        } else {
            (day - i32::from(self.until)).max(0)
        }
    }
}

/// An incident with more attendances than this under one number is a collecting number, and nobody's team.
const MAX_TEAM: usize = 500;

/// Attendances by token.
#[derive(Debug, Default)]
pub struct Incidents(Tokens<Attended>);

impl Incidents {
    pub fn new(attended: Vec<(u64, Attended)>) -> Incidents {
        Incidents(Tokens::new(attended))
    }

    /// One officer's attendances under a number.
    pub fn own(&self, token: u64, officer: OfficerIndex) -> impl Iterator<Item = Attended> {
        let all = self.0.all(token);
        let first = all.partition_point(|(_, a)| a.officer < officer);
        all[first..].iter().map(|(_, a)| *a).take_while(move |a| a.officer == officer)
    }

    /// Everybody's attendances under a number, unless it is a collecting number.
    pub fn team(&self, token: u64) -> impl Iterator<Item = Attended> {
        let all = self.0.all(token);
        let all = if all.len() > MAX_TEAM { &[] } else { all };
        all.iter().map(|(_, a)| *a)
    }

    pub fn bytes(&self) -> u64 {
        self.0.bytes()
    }
}
