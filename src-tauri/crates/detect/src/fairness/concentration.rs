//! Units in which leads pile up: a finding about a unit's work or its records before it is one about its people.

use super::Grouping;
use super::cells::MIN_CELL;
use super::rates::cells;
use crate::stats::discovery::adjusted;
use crate::stats::interval::binomial_tail;
use serde::{Deserialize, Serialize};

/// Share of the alarms that may be chance.
const FALSE_ALARMS: f64 = 0.05;

/// A unit of at least ten people with leads, more than the rest of the force leads one to expect. With fewer it is not named:
/// how many it has would follow from what is expected and how unlikely it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitAlarm {
    pub unit: String,
    pub people: u32,
    /// At least ten.
    pub with_lead: Option<u32>,
    pub expected: f64,
    /// Tail adjusted for the number of units.
    pub tail: f64,
}

/// How leads are spread over units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Concentration {
    /// Units of at least ten people.
    pub units: u32,
    /// Strongest first.
    pub alarms: Vec<UnitAlarm>,
    /// Share of all leads that lies in the tenth of units with most leads; `None` with fewer than ten units, or with fewer
    /// than ten leads there or elsewhere.
    pub top_tenth: Option<f64>,
}

/// Compares each unit with the rest of the force.
pub fn concentration(units: &Grouping, flagged: &[bool]) -> Concentration {
    let cells = cells(units, flagged);
    let all: u32 = cells.iter().flatten().sum();
    let leads: u32 = cells.iter().map(|c| c[0]).sum();
    let large: Vec<usize> =
        (0..cells.len()).filter(|at| cells[*at].iter().sum::<u32>() >= MIN_CELL).collect();
    let expected = |at: usize| {
        let people: u32 = cells[at].iter().sum();
        // Half a lead more, so that a unit that holds every lead is compared with something.
        let rest = (f64::from(leads - cells[at][0]) + 0.5) / (f64::from(all - people) + 1.0);
        (people, rest.min(1.0))
    };
    let tail = |at: &usize| {
        let (people, rate) = expected(*at);
        binomial_tail(cells[*at][0], people, rate)
    };
    let tails: Vec<f64> = large.iter().map(tail).collect();
    let alarm = |(at, tail): (&usize, f64)| {
        let (people, rate) = expected(*at);
        let with_lead = Some(cells[*at][0]).filter(|n| *n >= MIN_CELL);
        let expected = f64::from(people) * rate;
        (tail <= FALSE_ALARMS && with_lead.is_some()).then(|| UnitAlarm {
            unit: units.names[*at].clone(),
            people,
            with_lead,
            expected,
            tail,
        })
    };
    let mut alarms: Vec<UnitAlarm> = large.iter().zip(adjusted(&tails)).filter_map(alarm).collect();
    alarms.sort_by(|a, b| a.tail.total_cmp(&b.tail).then_with(|| a.unit.cmp(&b.unit)));
    Concentration { units: large.len() as u32, alarms, top_tenth: top_tenth(&cells, leads) }
}

fn top_tenth(cells: &[Vec<u32>], leads: u32) -> Option<f64> {
    let mut by_unit: Vec<u32> = cells.iter().map(|c| c[0]).collect();
    by_unit.sort_unstable_by(|a, b| b.cmp(a));
    let top = &by_unit[..by_unit.len().div_ceil(10)];
    let sum: u32 = top.iter().sum();
    // Units with ten leads or more are shown elsewhere: the others of the tenth follow from the share.
    let small: u32 = top.iter().filter(|n| **n < MIN_CELL).sum();
    let shown =
        by_unit.len() >= MIN_CELL as usize && !(1..MIN_CELL).contains(&small) && leads - sum >= MIN_CELL;
    shown.then(|| f64::from(sum) / f64::from(leads))
}
