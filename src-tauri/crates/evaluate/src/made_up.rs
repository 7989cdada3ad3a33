//! The measures of made-up forces, gathered over seeds.

use crate::force::Analysed;
use crate::found::{self, Planted, Recall, is_statistical};
use crate::measure::{Measure, mean};
use demo::Mode;
use model::Nature;
use std::collections::BTreeMap;

/// Members for each planted officer of one behaviour: all of them together stay below 1 %. A force of 9,000 has three of each, one
/// subtle, one medium and one blatant, in the proportion of the sixteen of a force of 46,000.
const ONE_IN: u32 = 3_000;

/// Forces that are analysed twice more: without the rows that findings cite, and with another seed.
const ANALYSED_AGAIN: usize = 5;

/// Made-up forces of one size over several seeds.
pub struct Forces<'a> {
    pub seeds: &'a [u64],
    pub officers: u32,
    pub days: u32,
}

/// A share as its two counts.
fn share(counts: (u32, u32)) -> f64 {
    f64::from(counts.1) / f64::from(counts.0)
}

fn add(a: (u32, u32), b: (u32, u32)) -> (u32, u32) {
    (a.0 + b.0, a.1 + b.1)
}

/// `complaint-rate 2, overtime-rate 1`.
fn listing(by: &BTreeMap<String, u32>) -> String {
    let each: Vec<String> = by.iter().map(|(id, n)| format!("{id} {n}")).collect();
    if each.is_empty() { "none".to_owned() } else { each.join(", ") }
}

/// Sums over forces.
fn gathered<'a>(each: impl Iterator<Item = &'a Recall>) -> Recall {
    let mut sums = Recall::new();
    for (behaviour, counts) in each.flatten() {
        let sum = sums.entry(behaviour.clone()).or_default();
        *sum = add(*sum, *counts);
    }
    sums
}

impl Forces<'_> {
    fn note(&self) -> String {
        format!("{} made-up forces of {} over {} days", self.seeds.len(), self.officers, self.days)
    }

    /// Forces in which nobody did anything: statistical leads, look-ups explained, rings.
    pub fn clean(&self) -> Vec<Measure> {
        let (mut by_force, mut by_indicator, mut factual) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let (mut look_ups, mut unexplained, mut rings) = (0, 0, 0);
        for seed in self.seeds {
            let force = found::force(self.officers, self.days, *seed, Mode::Clean, ONE_IN, 1.0);
            let one = Analysed::new(force, *seed).analysis;
            let listed = found::of_nature(Nature::Statistical, one.leads.iter());
            let facts = found::of_nature(Nature::Factual, one.leads.iter());
            facts.into_iter().for_each(|(id, n)| *factual.entry(id).or_insert(0) += n);
            by_force.push(listed.values().sum::<u32>());
            listed.into_iter().for_each(|(id, n)| *by_indicator.entry(id).or_insert(0) += n);
            look_ups += one.explained.iter().map(|e| e.look_ups).sum::<u64>();
            unexplained += found::unexplained(&one);
            rings = rings.max(found::rings_listed(&one));
        }
        let total: u32 = by_force.iter().sum();
        let note = format!(
            "{}; statistical: {}; factual: {}",
            self.note(),
            listing(&by_indicator),
            listing(&factual)
        );
        let worst = f64::from(by_force.iter().copied().max().unwrap_or(0));
        let explained = 1.0 - unexplained as f64 / look_ups as f64;
        vec![
            Measure::at_most(
                "1c",
                "statistical findings on a clean made-up force, worst",
                worst,
                1.0,
                note.clone(),
            ),
            Measure::at_most(
                "1d",
                "statistical findings on clean made-up forces, all",
                f64::from(total),
                5.0,
                note,
            ),
            Measure::at_least("13a", "legitimate look-ups explained", explained, 0.95, self.note()),
            Measure::at_most(
                "14c",
                "rings listed on a clean made-up force, worst",
                f64::from(rings),
                1.0,
                self.note(),
            ),
        ]
    }

    /// Forces with everything planted.
    pub fn planted(&self) -> Vec<Measure> {
        let measure = |(at, seed): (usize, &u64)| {
            let force = found::force(self.officers, self.days, *seed, Mode::Planted, ONE_IN, 1.0);
            found::measure(force, *seed, at < ANALYSED_AGAIN)
        };
        let all: Vec<Planted> = self.seeds.iter().enumerate().map(measure).collect();
        let mut measures = self.recall(&all);
        measures.extend(self.precision(&all));
        measures.extend(self.reasons(&all));
        measures.extend(self.rings(&all));
        measures
    }

    fn recall(&self, all: &[Planted]) -> Vec<Measure> {
        let recall = gathered(all.iter().map(|p| &p.recall));
        let of = |statistical: bool| {
            let chosen = recall.iter().filter(move |(b, _)| is_statistical(b) == statistical);
            let shown: Vec<String> =
                chosen.clone().map(|(b, counts)| format!("{b} {} of {}", counts.1, counts.0)).collect();
            (mean(chosen.map(|(_, counts)| share(*counts))), shown.join(", "))
        };
        let ((factual, factual_note), (statistical, statistical_note)) = (of(false), of(true));
        let macro_mean = mean(recall.values().map(|counts| share(*counts)));
        let anywhere = gathered(all.iter().map(|p| &p.anywhere));
        let low: Vec<String> = anywhere.iter().map(|(b, counts)| format!("{b} {}", counts.1)).collect();
        let listed = mean(anywhere.values().map(|counts| share(*counts)));
        let everywhere = format!("{}; at any place in the list {listed:.3}: {}", self.note(), low.join(", "));
        let mut measures = vec![
            Measure::at_least(
                "4a",
                "recall of factual behaviours, 1 % looked at",
                factual,
                0.95,
                factual_note,
            ),
            Measure::at_least("4b", "recall of statistical behaviours", statistical, 0.70, statistical_note),
            Measure::at_least("4c", "recall over all behaviours", macro_mean, 0.85, everywhere),
        ];
        let name = "planted unexplained look-ups found, 1 % looked at";
        measures.push(match recall.get("access-unexplained") {
            Some(counts) => Measure::at_least("13b", name, share(*counts), 0.90, self.note()),
            None => Measure::missing("13b", name, "at least 0.9", "no made-up force plants it"),
        });
        measures
    }

    fn precision(&self, all: &[Planted]) -> Vec<Measure> {
        let sum = |of: fn(&Planted) -> (u32, u32)| all.iter().map(of).fold((0, 0), add);
        let (first, budget) = (sum(|p| p.first), sum(|p| p.within_budget));
        let note =
            |counts: (u32, u32)| format!("{} right of {} looked at; {}", counts.1, counts.0, self.note());
        let mut wrong: BTreeMap<&str, u32> = BTreeMap::new();
        for (by, number) in all.iter().flat_map(|p| &p.wrong) {
            *wrong.entry(by).or_default() += number;
        }
        let by: Vec<String> = wrong.iter().map(|(by, number)| format!("{by} {number}")).collect();
        let by = format!("wrong by indicator: {}", by.join(", "));
        let name = |of: &str| format!("precision of the first {of} leads of 46,000, in proportion");
        vec![
            Measure::at_least("5a", &name("100"), share(first), 0.90, note(first)),
            Measure::at_least("5b", &name("460"), share(budget), 0.60, format!("{}; {by}", note(budget))),
        ]
    }

    fn reasons(&self, all: &[Planted]) -> Vec<Measure> {
        let sum = |of: fn(&Planted) -> (u32, u32)| all.iter().map(of).fold((0, 0), add);
        let (cause, cleared, same) = (sum(|p| p.cause), sum(|p| p.cleared), sum(|p| p.same));
        let note = |what: &str, counts: (u32, u32)| format!("{} of {} {what}", counts.1, counts.0);
        let (a, b) =
            ("planted cause among the first three findings", "findings gone without the rows they cite");
        let c = "top-100 leads that another seed lists too";
        vec![
            Measure::at_least("9a", a, share(cause), 0.95, note("leads about planted officers", cause)),
            Measure::at_least("9b", b, share(cleared), 0.95, note("planted findings", cleared)),
            Measure::at_least("10a", c, share(same), 1.0, note("leads", same)),
        ]
    }

    fn rings(&self, all: &[Planted]) -> Vec<Measure> {
        let sum = |of: fn(&Planted) -> u32| all.iter().map(of).sum::<u32>();
        let (planted, listed, right) = (sum(|p| p.rings.0), sum(|p| p.rings.1), sum(|p| p.rings.2));
        let name = "planted rings, F1";
        if planted == 0 {
            return vec![Measure::missing("14b", name, "at least 0.9", "no made-up force plants a ring")];
        }
        let f1 = 2.0 * f64::from(right) / f64::from(planted + listed);
        let note = format!("{planted} planted, {listed} listed, {right} right; {}", self.note());
        vec![Measure::at_least("14b", name, f1, 0.90, note)]
    }
}
