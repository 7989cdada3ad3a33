//! Who holds which case, and which records are on it.
//!
//! A record named in anybody's assignment to a case is on the case for everybody who holds it. Tables are sorted and
//! numbered: 16 bytes for each record of a case, 20 for each holding, and a few for finding them.

use super::tokens::Tokens;
use crate::profile::Validity;
use model::OfficerIndex;

/// A case with more holders than this is a collecting number ("GENERAL"), which makes nobody a team.
const MAX_TEAM: usize = 500;

/// One officer's time on one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    case: u32,
    pub officer: OfficerIndex,
    pub valid: Validity,
    /// Number of the unit the case was held for; 0 where the source names none.
    pub unit: u32,
}

/// A row of an assignment before cases are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    pub case: u64,
    pub officer: OfficerIndex,
    pub valid: Validity,
    pub unit: u32,
}

/// What the assignments say.
#[derive(Debug, Default)]
pub struct Cases {
    numbers: Tokens<()>,
    /// Record and the number of a case it is on.
    records: Tokens<u32>,
    /// By case, then officer.
    holdings: Vec<Holding>,
    /// First holding of each case, and the number of holdings.
    starts: Vec<u32>,
}

impl Cases {
    /// Numbers the cases of all rows: pairs of record and case, and holdings.
    pub fn new(records: Vec<(u64, u64)>, held: Vec<Held>) -> Cases {
        let numbers = Tokens::new(held.iter().map(|h| (h.case, ())).collect());
        let number = |case: u64| numbers.first(case);
        let records = records.into_iter().filter_map(|(record, case)| Some((record, number(case)?)));
        let records = Tokens::new(records.collect());
        let holding = |h: Held| {
            Some(Holding { case: number(h.case)?, officer: h.officer, valid: h.valid, unit: h.unit })
        };
        let mut holdings: Vec<Holding> = held.into_iter().filter_map(holding).collect();
        holdings.sort_unstable();
        holdings.dedup();
        holdings.shrink_to_fit();
        let mut starts = vec![0_u32; numbers.len() + 1];
        holdings.iter().for_each(|h| starts[h.case as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Cases { numbers, records, holdings, starts }
    }

    /// Number of a case that somebody holds or held.
    pub fn number(&self, case: u64) -> Option<u32> {
        self.numbers.first(case)
    }

    /// The cases a record is on.
    pub fn of_record(&self, record: u64) -> impl Iterator<Item = u32> {
        self.records.all(record).iter().map(|(_, case)| *case)
    }

    /// Everybody's time on a case.
    pub fn holdings(&self, case: u32) -> &[Holding] {
        let [from, to] = [case, case + 1].map(|c| self.starts[c as usize] as usize);
        &self.holdings[from..to]
    }

    /// One officer's time on a case.
    pub fn own(&self, case: u32, officer: OfficerIndex) -> &[Holding] {
        let all = self.holdings(case);
        let first = all.partition_point(|h| h.officer < officer);
        let after = all[first..].partition_point(|h| h.officer == officer);
        &all[first..first + after]
    }

    /// Everybody's time on a case, unless it is a collecting number.
    pub fn team(&self, case: u32) -> &[Holding] {
        let all = self.holdings(case);
        if all.len() > MAX_TEAM { &[] } else { all }
    }

    pub fn bytes(&self) -> u64 {
        let holdings = self.holdings.len() * size_of::<Holding>() + self.starts.len() * 4;
        self.numbers.bytes() + self.records.bytes() + holdings as u64
    }
}
