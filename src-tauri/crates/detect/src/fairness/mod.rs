//! Fairness and oversight figures: pure functions over who has a lead, which group they belong to, and what was decided.
//!
//! Nothing here reads a record, and nothing an indicator reads comes from here: protected attributes enter the program
//! for these figures only. A figure that rests on fewer than ten people, leads or decisions is not given, and neither is
//! one from which it could be worked out by subtraction (`cells`).

pub mod cells;
mod concentration;
mod correlation;
mod precision;
mod proxy;
mod rates;
mod review;
mod shuffle;

pub use cells::MIN_CELL;
pub use concentration::{Concentration, UnitAlarm, concentration};
pub use correlation::{Correlation, correlation};
pub use precision::{Decided, PrecisionRow, PrecisionTable, precision};
pub use proxy::{Proxy, proxies};
pub use rates::{GroupRow, GroupTable, Ratio, lead_rates, ratio};
pub use review::{Agreement, Reviewed, Reviewer, agreement, reviewers};
pub use shuffle::{SHUFFLES, Shuffled, shuffled};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the group of those for whom nothing is on file.
pub const NOT_STATED: &str = "not stated";

/// Which group everyone belongs to under one heading, such as `sex`, `unit`, `shift pattern` or `part-time`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    pub heading: String,
    /// Whether the heading is a protected characteristic.
    pub protected: bool,
    /// Names of the groups, in order.
    pub names: Vec<String>,
    /// Place in `names` for each person, in the order of the people.
    pub of: Vec<u32>,
}

impl Grouping {
    /// Groups people by a text each; an empty one is "not stated".
    pub fn new<'a>(heading: &str, protected: bool, values: impl Iterator<Item = &'a str>) -> Grouping {
        let named = |v: &'a str| if v.trim().is_empty() { NOT_STATED } else { v.trim() };
        let values: Vec<&str> = values.map(named).collect();
        let mut places: BTreeMap<&str, u32> = values.iter().map(|v| (*v, 0)).collect();
        places.values_mut().enumerate().for_each(|(at, place)| *place = at as u32);
        Grouping {
            heading: heading.to_owned(),
            protected,
            names: places.keys().map(|n| (*n).to_owned()).collect(),
            of: values.iter().map(|v| places[v]).collect(),
        }
    }

    /// Counts of each group over the people for whom `counts` says so.
    fn count(&self, counts: impl Fn(usize) -> bool) -> Vec<u32> {
        let mut count = vec![0; self.names.len()];
        for (person, group) in self.of.iter().enumerate() {
            count[*group as usize] += u32::from(counts(person));
        }
        count
    }
}

/// Everything the audit needs of one run; each slice has one entry for each person, in one order.
#[derive(Debug, Clone)]
pub struct Audit<'a> {
    /// Whether the person has a lead of the kind looked at.
    pub flagged: &'a [bool],
    /// Duty hours or another exposure; 0 where there is none.
    pub exposure: &'a [f64],
    /// Protected headings, and open ones such as unit, shift pattern, part-time and rank band.
    pub groupings: &'a [Grouping],
    /// Findings decided so far.
    pub decided: &'a [Decided],
    /// Of the shuffles.
    pub seed: u64,
}

/// The fairness figures of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub people: u32,
    /// People with a lead; `None` under ten.
    pub with_lead: Option<u32>,
    /// Lead rates, one table for each heading.
    pub rates: Vec<GroupTable>,
    /// Findings agreed with, one table for each heading.
    pub precision: Vec<PrecisionTable>,
    /// Of having a lead with exposure.
    pub exposure: Option<Correlation>,
    /// For the heading `unit`, where it is given.
    pub units: Option<Concentration>,
    /// Gaps between groups against shuffled data, one for each protected heading that can be shown.
    pub shuffled: Vec<Shuffled>,
    /// Open headings that go with a protected one, strongest first.
    pub proxies: Vec<Proxy>,
}

/// Every figure of one run at once.
pub fn audit(audit: &Audit<'_>) -> Report {
    let (flagged, groupings) = (audit.flagged, audit.groupings);
    let with_lead = flagged.iter().filter(|f| **f).count() as u32;
    let units = groupings.iter().find(|g| g.heading == "unit");
    let protected = groupings.iter().filter(|g| g.protected);
    Report {
        people: flagged.len() as u32,
        with_lead: (with_lead >= MIN_CELL).then_some(with_lead),
        rates: groupings.iter().map(|g| lead_rates(g, flagged)).collect(),
        precision: groupings.iter().map(|g| precision(g, audit.decided)).collect(),
        exposure: correlation(flagged, audit.exposure),
        units: units.map(|g| concentration(g, flagged)),
        shuffled: protected.filter_map(|g| shuffled(g, flagged, audit.seed)).collect(),
        proxies: proxies(groupings, flagged),
    }
}

#[cfg(test)]
mod tests;
