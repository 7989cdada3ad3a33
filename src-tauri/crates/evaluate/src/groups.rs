//! Measures 10 and 11: whether the scorer's list is the same for another seed, and what the fairness audit says of data
//! without and with a planted proxy.

use crate::measure::{Measure, mean};
use crate::simulated::{OFFICERS, Person, counts, people, tails};
use detect::fairness::{Grouping, lead_rates, proxies};
use detect::outlier::unusual;
use detect::stats::random::Random;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Share of everyone that is flagged.
const FLAGGED: f64 = 0.01;

/// The ratio of the lead rate of a named group to everyone else's.
fn ratio(grouping: &Grouping, flagged: &[bool], group: &str) -> f64 {
    let table = lead_rates(grouping, flagged);
    let row = table.rows.iter().find(|r| r.group == group);
    row.and_then(|r| r.ratio).map_or(f64::NAN, |r| r.value)
}

/// The hundredth with the smallest tails.
fn flag(tails: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..tails.len()).collect();
    order.sort_by(|a, b| tails[*a].total_cmp(&tails[*b]));
    let mut flagged = vec![false; tails.len()];
    order.iter().take((tails.len() as f64 * FLAGGED) as usize).for_each(|at| flagged[*at] = true);
    flagged
}

/// Ratios of a third of everyone drawn by lot, and of part-timers, where nobody differs but by chance.
fn nobody_differs(seed: u64) -> [f64; 2] {
    let random = &mut Random::new(seed);
    let people = people(random);
    let flagged = flag(&tails(&counts(random, &people, 3.0, 0)));
    let lot: Vec<&str> = people.iter().map(|_| if random.unit() < 0.33 { "g" } else { "h" }).collect();
    let part = people.iter().map(|p| if p.part_time { "part" } else { "full" });
    let by_lot = Grouping::new("drawn by lot", true, lot.into_iter());
    let by_hours = Grouping::new("part-time", false, part);
    [ratio(&by_lot, &flagged, "g"), ratio(&by_hours, &flagged, "part")]
}

/// Planted proxies found, planted, and headings named that were not planted.
fn proxy(seed: u64) -> (u32, u32, u32) {
    let random = &mut Random::new(seed ^ 0x5EED);
    let people = people(random);
    // Unit type and shift pattern each carry a protected group and double or triple the lead rate; rank band does not.
    let kind = |p: &Person| p.groups[1];
    let pattern = |p: &Person| p.groups[2] % 4;
    let band = |p: &Person| p.groups[3] % 4;
    let mut draw = |share: f64| random.unit() < share;
    let sex: Vec<&str> =
        people.iter().map(|p| if draw(if kind(p) == 2 { 0.6 } else { 0.3 }) { "f" } else { "m" }).collect();
    let faith: Vec<&str> = people
        .iter()
        .map(|p| if draw(if pattern(p) == 1 { 0.3 } else { 0.1 }) { "a" } else { "b" })
        .collect();
    let rate = |p: &Person| {
        let by_kind = if kind(p) == 2 { 2.0 } else { 1.0 };
        let by_pattern = if pattern(p) == 1 { 3.0 } else { 1.0 };
        FLAGGED * by_kind * by_pattern
    };
    let flagged: Vec<bool> = people.iter().map(|p| draw(rate(p))).collect();
    let named = |heading: &str, of: &dyn Fn(&Person) -> u32| {
        let values: Vec<String> = people.iter().map(|p| of(p).to_string()).collect();
        Grouping::new(heading, false, values.iter().map(String::as_str))
    };
    let groupings = [
        Grouping::new("sex", true, sex.into_iter()),
        Grouping::new("faith", true, faith.into_iter()),
        named("unit type", &kind),
        named("shift pattern", &pattern),
        named("rank band", &band),
    ];
    let planted = [("unit type", "sex"), ("shift pattern", "faith")];
    let found = proxies(&groupings, &flagged);
    let is = |pair: &(&str, &str)| {
        found.iter().any(|p| (p.heading.as_str(), p.protected.as_str()) == *pair && p.reaches_leads)
    };
    let right = planted.iter().filter(|pair| is(pair)).count() as u32;
    let other =
        found.iter().filter(|p| !planted.contains(&(p.heading.as_str(), p.protected.as_str()))).count();
    (right, planted.len() as u32, other as u32)
}

/// Of the hundred highest scores of 46,000 profiles of eight counts, those that another seed lists too.
fn overlap(seed: u64) -> f64 {
    let random = &mut Random::new(seed ^ 0x0BE);
    let people = people(random);
    let columns: Vec<Vec<f64>> = (0..8)
        .map(|c| {
            let planted = if c < 3 { 100 } else { 0 };
            counts(random, &people, 3.0, planted)
                .iter()
                .map(|o| f64::from(o.value) / o.exposure.sqrt())
                .collect()
        })
        .collect();
    let rows: Vec<Vec<f64>> =
        (0..OFFICERS as usize).map(|at| columns.iter().map(|c| c[at]).collect()).collect();
    let top = |seed: u64| -> BTreeSet<usize> {
        let scores = unusual(&rows, seed);
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        order.into_iter().take(100).collect()
    };
    top(seed).intersection(&top(seed + 1)).count() as f64 / 100.0
}

/// Measure 11 over these seeds.
pub fn fairness(seeds: &[u64]) -> Vec<Measure> {
    let ratios: Vec<[f64; 2]> = seeds.par_iter().map(|s| nobody_differs(*s)).collect();
    let found: Vec<(u32, u32, u32)> = seeds.par_iter().map(|s| proxy(*s)).collect();
    let limits = (0.80, 1.25);
    let ratio = |at: usize| {
        let all = ratios.iter().map(|r| r[at]);
        let (low, high) = all.clone().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        (mean(all.map(f64::ln)).exp(), format!("lowest {low:.2}, highest {high:.2} of {} seeds", seeds.len()))
    };
    let (lot, lot_note) = ratio(0);
    let (part, part_note) = ratio(1);
    let sum = |of: fn(&(u32, u32, u32)) -> u32| f64::from(found.iter().map(of).sum::<u32>());
    let note = format!("{} headings named that were not planted", sum(|f| f.2));
    vec![
        Measure::between("11a", "lead-rate ratio of a third drawn by lot, no signal", lot, limits, lot_note),
        Measure::between("11b", "lead-rate ratio of part-timers, no signal", part, limits, part_note),
        Measure::at_least("11c", "planted proxies the audit finds", sum(|f| f.0) / sum(|f| f.1), 1.0, note),
    ]
}

/// The scorer's part of measure 10 over these seeds.
pub fn stability(seeds: &[u64]) -> Measure {
    // Each run uses every thread, so the seeds follow one another.
    let overlap = mean(seeds.iter().map(|s| overlap(*s)));
    let note = format!("simulated profiles of eight counts, {OFFICERS} people, {} seeds", seeds.len());
    Measure::at_least("10b", "top-100 overlap of the profile scorer across seeds", overlap, 0.90, note)
}
