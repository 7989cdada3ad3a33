//! Expected against observed: the gap between groups, beside the gaps left when the same leads fall on people by lot.

use super::Grouping;
use super::cells::hidden;
use super::rates::cells;
use crate::stats::random::Random;
use serde::{Deserialize, Serialize};

/// Times the leads are dealt out anew.
pub const SHUFFLES: u32 = 999;

/// The gap of one heading, in leads that would have to change group for all rates to be equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shuffled {
    pub heading: String,
    pub observed: f64,
    /// Mean over the shuffles, and the middle nine tenths of them.
    pub expected: f64,
    pub low: f64,
    pub high: f64,
    /// Share of shuffles with a gap at least as large, the observed one among them.
    pub share: f64,
    pub shuffles: u32,
}

/// Deals the leads out by lot; groups too small to show count as one. `None` where nothing may be shown.
pub fn shuffled(grouping: &Grouping, flagged: &[bool], seed: u64) -> Option<Shuffled> {
    let withhold = hidden(&cells(grouping, flagged));
    if withhold.iter().all(|h| *h) || withhold.len() < 2 {
        return None;
    }
    let last = withhold.len();
    let group = |at: &u32| if withhold[*at as usize] { last } else { *at as usize };
    let mut of: Vec<usize> = grouping.of.iter().map(group).collect();
    let mut people = vec![0_u32; last + 1];
    of.iter().for_each(|g| people[*g] += 1);
    let gap = |groups: &mut dyn Iterator<Item = usize>| {
        let mut with = vec![0_u32; last + 1];
        groups.for_each(|g| with[g] += 1);
        let rate = f64::from(with.iter().sum::<u32>()) / f64::from(people.iter().sum::<u32>());
        let gap = |(with, people): (&u32, &u32)| (f64::from(*with) - f64::from(*people) * rate).abs();
        with.iter().zip(&people).map(gap).sum::<f64>() / 2.0
    };
    let observed = gap(&mut of.iter().zip(flagged).filter(|(_, f)| **f).map(|(g, _)| *g));
    let mut random = Random::new(seed);
    // Dealing out who has none leaves the same gap, and is less work where most have one.
    let leads = flagged.iter().filter(|f| **f).count();
    let dealt = leads.min(of.len() - leads);
    let deal = |_| {
        random.choose(&mut of, dealt);
        gap(&mut of[..dealt].iter().copied())
    };
    let mut gaps: Vec<f64> = (0..SHUFFLES).map(deal).collect();
    gaps.sort_by(f64::total_cmp);
    // Gaps that are equal but for rounding count as equal.
    let reached = gaps.iter().filter(|g| **g >= observed - 1e-9).count();
    let at = |share: f64| gaps[(share * f64::from(SHUFFLES - 1)) as usize];
    Some(Shuffled {
        heading: grouping.heading.clone(),
        observed,
        expected: gaps.iter().sum::<f64>() / f64::from(SHUFFLES),
        low: at(0.05),
        high: at(0.95),
        share: (reached + 1) as f64 / f64::from(SHUFFLES + 1),
        shuffles: SHUFFLES,
    })
}
