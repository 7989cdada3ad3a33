//! Gamma-Poisson rates by maximum likelihood: dispersion pooled over the force, group means shrunk towards wider groups.
//!
//! Ten people with forty times the rate would widen everybody's distribution until they hide in it. So a count above its
//! own 99.5 % limit tells the fit only that it is above: it is censored in the likelihood and replaced by its conditional
//! mean in the group means. For a force without such people this is still maximum likelihood and changes nothing on average.
//!
//! Every sum runs in the order of the observations, which the caller sorts by pseudonym, so the fit is the same to the
//! last bit whatever the threads or the row order were.

use super::dispersion::Dispersion;
use super::negbin::NegBin;

/// Levels of groups, widest first: the force, unit type, + shift pattern, + rank band, + role.
pub const LEVELS: usize = 5;

/// One officer: a count, its exposure, and the group they belong to at each level.
#[derive(Debug, Clone, Copy)]
pub struct Observation {
    pub value: u32,
    pub exposure: f64,
    pub groups: [u32; LEVELS],
}

/// One officer inside the fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) seen: Observation,
    /// The count the means use.
    counted: f64,
    /// The limit above which the count is only known to lie.
    pub(super) above: Option<u32>,
}

/// Weighted count and exposure of one group.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    value: f64,
    exposure: f64,
}

/// A fitted force.
#[derive(Debug, Clone)]
pub struct Fit {
    /// Pooled over the force.
    pub dispersion: Dispersion,
    /// Rate of the whole force per unit of exposure.
    rate: f64,
    sums: [Vec<Sum>; LEVELS],
    /// Variance between the groups of a level, as a share of the squared mean.
    between: [f64; LEVELS],
    people: Vec<Person>,
}

/// Rounds of fitting dispersion, means and limits in turn; the dispersion is stable to three digits after six.
const ROUNDS: usize = 8;
/// Share of a clean force whose counts are only known to lie above their limit.
const BEYOND: f64 = 0.005;

impl Fit {
    /// Fits the force; `None` where nobody has exposure or nothing was counted.
    pub fn new(all: &[Observation]) -> Option<Fit> {
        let exposure: f64 = all.iter().map(|o| o.exposure).sum();
        let value: f64 = all.iter().map(|o| f64::from(o.value)).sum();
        if exposure <= 0.0 || value <= 0.0 {
            return None;
        }
        let person = |o: &Observation| Person { seen: *o, counted: f64::from(o.value), above: None };
        let people = all.iter().map(person).collect();
        let rate = value / exposure;
        let dispersion = Dispersion::default();
        let mut fit = Fit { dispersion, rate, sums: Default::default(), between: [0.0; LEVELS], people };
        for _ in 0..ROUNDS {
            fit.gather();
            fit.spread();
            let means: Vec<f64> = fit.people.iter().map(|p| fit.mean_in(p, LEVELS, false).mean).collect();
            fit.dispersion = fit.dispersion.fitted(&fit.people, &means);
            fit.censor(&means);
        }
        fit.gather();
        fit.spread();
        Some(fit)
    }

    /// Decides anew whose count lies above its limit, and what it counts for in the means.
    fn censor(&mut self, means: &[f64]) {
        for (person, mean) in self.people.iter_mut().zip(means) {
            let value = person.seen.value;
            let by = NegBin { mean: *mean, dispersion: self.dispersion.at(*mean) };
            (person.counted, person.above) = (f64::from(value), None);
            if f64::from(value) > *mean && by.upper_tail(value) < BEYOND {
                let limit = by.quantile(1.0 - BEYOND);
                person.above = Some(limit);
                person.counted = by.mean_above(limit).min(f64::from(value));
            }
        }
    }

    /// What an over-dispersed count tells about a rate: less, the more is expected of it.
    fn weight(&self, observation: &Observation) -> f64 {
        let mean = self.rate * observation.exposure;
        1.0 / (1.0 + self.dispersion.at(mean) * mean)
    }

    fn gather(&mut self) {
        for level in 0..LEVELS {
            let groups = self.people.iter().map(|p| p.seen.groups[level] as usize + 1).max().unwrap_or(0);
            let mut sums = vec![Sum::default(); groups];
            for person in &self.people {
                let weight = self.weight(&person.seen);
                let sum = &mut sums[person.seen.groups[level] as usize];
                sum.value += weight * person.counted;
                sum.exposure += weight * person.seen.exposure;
            }
            self.sums[level] = sums;
        }
        let force = self.sums[0].first().copied().unwrap_or_default();
        if force.exposure > 0.0 && force.value > 0.0 {
            self.rate = force.value / force.exposure;
        }
    }

    /// Estimates how far the groups of each level differ from their parents, by moments (DerSimonian and Laird).
    fn spread(&mut self) {
        for level in 1..LEVELS {
            let mut members: Vec<Option<Person>> = vec![None; self.sums[level].len()];
            for person in &self.people {
                members[person.seen.groups[level] as usize].get_or_insert(*person);
            }
            let (mut q, mut groups, mut total, mut squares) = (0.0, 0.0, 0.0, 0.0);
            for (sum, member) in self.sums[level].iter().zip(&members) {
                let Some(member) = member else { continue };
                let information = self.mean_in(member, level, false).rate * sum.exposure;
                if information > 0.0 {
                    q += (sum.value - information).powi(2) / information;
                    groups += 1.0;
                    total += information;
                    squares += information * information;
                }
            }
            let divisor = if total > 0.0 { total - squares / total } else { 0.0 };
            let variance = if divisor > 0.0 { (q - (groups - 1.0)) / divisor } else { 0.0 };
            self.between[level] = variance.clamp(0.0, 4.0);
        }
    }

    /// Rate and mean of an officer from their groups down to (not including) `level`, with or without themselves.
    fn mean_in(&self, person: &Person, level: usize, leave_out: bool) -> Expected {
        let officer = &person.seen;
        let weight = if leave_out { self.weight(officer) } else { 0.0 };
        let own = Sum { value: weight * person.counted, exposure: weight * officer.exposure };
        let mut rate = self.rate;
        let mut uncertainty = 1.0;
        for (at, sums) in self.sums.iter().enumerate().take(level) {
            let sum = sums[officer.groups[at] as usize];
            let (value, exposure) =
                ((sum.value - own.value).max(0.0), (sum.exposure - own.exposure).max(0.0));
            if at == 0 {
                // Half a count more, so that a force with a single count does not expect none at all.
                let value = value + if leave_out { 0.5 } else { 0.0 };
                rate = if exposure > 0.0 { value / exposure } else { self.rate };
                uncertainty = 1.0 / value.max(0.5);
                continue;
            }
            let prior = if self.between[at] > 1e-9 { 1.0 / self.between[at] } else { f64::INFINITY };
            if prior.is_finite() {
                let information = rate * exposure;
                rate *= (value + prior) / (information + prior);
                uncertainty = 1.0 / (information + 1.0 / (self.between[at] + uncertainty));
            }
        }
        Expected { rate, mean: rate * officer.exposure, uncertainty, dispersion: self.dispersion }
    }

    /// The predictive tail of everyone's own count, each among peers without themselves, in the order given.
    pub fn tails(&self) -> Vec<f64> {
        let tail = |(at, person): (usize, &Person)| {
            let seen = &person.seen;
            self.expect(at).predictive(seen.exposure).upper_tail(seen.value)
        };
        self.people.iter().enumerate().map(tail).collect()
    }

    /// What peers lead one to expect of an officer who is not among them; `at` is the place in the fitted observations.
    pub fn expect(&self, at: usize) -> Expected {
        self.mean_in(&self.people[at], LEVELS, true)
    }
}

/// What is expected of one officer.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// Per unit of exposure.
    pub rate: f64,
    pub mean: f64,
    /// Variance of the mean itself, as a share of its square.
    uncertainty: f64,
    dispersion: Dispersion,
}

impl Expected {
    /// The predictive distribution for an exposure: dispersion of people plus uncertainty of their mean.
    pub fn predictive(&self, exposure: f64) -> NegBin {
        let mean = self.rate * exposure;
        let dispersion = self.dispersion.at(mean);
        NegBin { mean, dispersion: dispersion + self.uncertainty * (1.0 + dispersion) }
    }
}
