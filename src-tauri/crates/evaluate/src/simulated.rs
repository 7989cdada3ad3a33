//! Measures 1, 2, 3 and 12 on simulated counts: a force of 46,000 whose real rates are known because they were drawn.

use crate::measure::{Measure, mean};
use crate::random::{gamma, normal, poisson};
use detect::fairness::correlation;
use detect::stats::discovery::{Budget, adjusted, joint};
use detect::stats::fit::{Fit, LEVELS, Observation};
use detect::stats::random::Random;
use rayon::prelude::*;
use std::collections::BTreeSet;

pub const OFFICERS: u32 = 46_000;
/// Officers with five times the rate.
const PLANTED: u32 = 100;
const TIMES: f64 = 5.0;
const NOMINAL: f64 = 0.10;
/// Counts expected of one person on average: complaints of three years in Chicago, and two sources that hold more.
const MEANS: [f64; 3] = [1.5, 3.0, 6.0];
/// Variance of people's counts as a multiple of their mean, before groups and hours differ: as in Chicago.
const VARIANCE: f64 = 3.0;

/// Hours and groups of one person.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    pub hours: f64,
    pub part_time: bool,
    pub groups: [u32; LEVELS],
}

/// Everyone: 12 % part-time, 6 % there for part of the year, uneven groups.
pub fn people(random: &mut Random) -> Vec<Person> {
    let one = |_| {
        let full = 1_450.0 + 350.0 * random.unit();
        let part_time = random.unit() < 0.12;
        let part = if part_time { 0.4 + 0.4 * random.unit() } else { 1.0 };
        let stay = if random.unit() < 0.06 { 0.05 + 0.9 * random.unit() } else { 1.0 };
        let [kind, pattern, band, role] = [6.0, 4.0, 4.0, 5.0].map(|n| {
            let u = random.unit();
            (u * u * n) as u32
        });
        let patterns = kind * 4 + pattern;
        let bands = patterns * 4 + band;
        Person { hours: full * part * stay, part_time, groups: [0, kind, patterns, bands, bands * 5 + role] }
    };
    (0..OFFICERS).map(one).collect()
}

/// Counts for everyone; the first `planted` have five times their rate.
pub fn counts(random: &mut Random, people: &[Person], mean: f64, planted: u32) -> Vec<Observation> {
    let group = |p: &Person| p.groups[LEVELS - 1] as usize;
    let groups = people.iter().map(group).max().unwrap_or(0) + 1;
    let factor: Vec<f64> = (0..groups).map(|_| (0.3 * normal(random)).exp()).collect();
    let hours: f64 = people.iter().map(|p| p.hours * factor[group(p)]).sum();
    let rate = mean * f64::from(OFFICERS) / hours;
    let dispersion = (VARIANCE - 1.0) / mean;
    let one = |(at, p): (usize, &Person)| {
        let own = gamma(random, 1.0 / dispersion) * dispersion;
        let times = if (at as u32) < planted { TIMES } else { 1.0 };
        let value = poisson(random, rate * p.hours * factor[group(p)] * own * times);
        Observation { value, exposure: p.hours, groups: p.groups }
    };
    people.iter().enumerate().map(one).collect()
}

/// The tails of everyone among their peers.
pub fn tails(observations: &[Observation]) -> Vec<f64> {
    Fit::new(observations).expect("something was counted").tails()
}

/// Who is listed: by each source alone or by the joint test, at levels shared as in the product.
fn listed(sources: &[&[f64]]) -> BTreeSet<usize> {
    let tests = sources.len() + usize::from(sources.len() > 1);
    let level = Budget { tests: tests as u32, previous_runs: 0 }.level(NOMINAL);
    let below = |tails: &[f64]| {
        let listed = adjusted(tails).into_iter().enumerate().filter(|(_, q)| *q <= level);
        listed.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let mut all: BTreeSet<usize> = sources.iter().flat_map(|tails| below(tails)).collect();
    if sources.len() > 1 {
        let everyone = 0..sources[0].len();
        let together = |at| joint(&sources.iter().map(|tails| tails[at]).collect::<Vec<f64>>());
        all.extend(below(&everyone.map(together).collect::<Vec<f64>>()));
    }
    all
}

/// What one seed gave.
struct Seed {
    /// Listed of three clean sources.
    clean: usize,
    correlation: f64,
    /// For each mean: false among and all listed, planted found by one source and by two.
    planted: Vec<(usize, usize, usize, usize)>,
}

fn seed(number: u64) -> Seed {
    let random = &mut Random::new(number);
    let people = people(random);
    let clean: Vec<Vec<f64>> = MEANS.iter().map(|m| tails(&counts(random, &people, *m, 0))).collect();
    let hours: Vec<f64> = people.iter().map(|p| p.hours).collect();
    let unusual: Vec<bool> = clean[1].iter().map(|t| *t <= 0.01).collect();
    let planted = |mean: &f64| {
        let both: [Vec<f64>; 2] = std::array::from_fn(|_| tails(&counts(random, &people, *mean, PLANTED)));
        let alone = listed(&[&both[0]]);
        let right = |listed: &BTreeSet<usize>| listed.range(..PLANTED as usize).count();
        let together = listed(&[&both[0], &both[1]]);
        (alone.len() - right(&alone), alone.len(), right(&alone), right(&together))
    };
    Seed {
        clean: listed(&clean.iter().map(Vec::as_slice).collect::<Vec<_>>()).len(),
        correlation: correlation(&unusual, &hours).map_or(0.0, |c| c.value),
        planted: MEANS.iter().map(planted).collect(),
    }
}

/// The measures over these seeds.
pub fn measure(seeds: &[u64]) -> Vec<Measure> {
    let all: Vec<Seed> = seeds.par_iter().map(|s| seed(*s)).collect();
    let n = all.len() as f64;
    let worst = all.iter().map(|s| s.clean).max().unwrap_or(0) as f64;
    let total = all.iter().map(|s| s.clean).sum::<usize>() as f64;
    let note = || format!("simulated, {OFFICERS} people, three sources, {n} seeds");
    let mut measures = vec![
        Measure::at_most("1a", "leads on a clean simulated force, worst seed", worst, 1.0, note()),
        Measure::at_most("1b", "leads on clean simulated forces, all seeds", total, 5.0, note()),
    ];
    for (at, mean_count) in MEANS.iter().enumerate() {
        let share = |s: &Seed| s.planted[at].0 as f64 / s.planted[at].1.max(1) as f64;
        let note =
            format!("{PLANTED} of {OFFICERS} at {TIMES} times the rate, mean count {mean_count}, {n} seeds");
        let id = |number: u32| format!("{number}{}", ["a", "b", "c"][at]);
        let name = "realised false discovery at nominal 0.10";
        measures.push(Measure::at_most(&id(2), name, mean(all.iter().map(share)), 0.10, note.clone()));
        let recall = |found: fn(&(usize, usize, usize, usize)) -> usize| {
            mean(all.iter().map(|s| found(&s.planted[at]) as f64 / f64::from(PLANTED)))
        };
        let one = format!("recall of one source, mean count {mean_count}");
        measures.push(Measure::at_least(&id(3), &one, recall(|p| p.2), 0.15, note.clone()));
        let two = format!("recall of two sources, mean count {mean_count}");
        let two_id = format!("3{}", ["d", "e", "f"][at]);
        measures.push(Measure::at_least(&two_id, &two, recall(|p| p.3), 0.60, note));
    }
    let correlation = mean(all.iter().map(|s| s.correlation)).abs();
    let note = format!("people whose own tail is below 0.01, {OFFICERS} clean simulated people, {n} seeds");
    measures.push(Measure::at_most(
        "12",
        "correlation of flag and exposure, no signal",
        correlation,
        0.03,
        note,
    ));
    measures.sort_by(|a, b| a.id.len().cmp(&b.id.len()).then_with(|| a.id.cmp(&b.id)));
    measures
}
