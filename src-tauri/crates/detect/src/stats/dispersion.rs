//! How widely people's own rates differ, and how that changes with the count expected of them.
//!
//! A count of mean `m` has the variance `m + a(m) m^2` with `a(m) = a (middle / m)^fall`. Without a fall this is the usual
//! negative binomial; with a fall of 1 the variance is a fixed multiple of the mean (Cameron and Trivedi 1998, NB2 and
//! NB1). One dispersion for everyone finds the few counts of people of whom next to nothing is expected far too unusual
//! where those people differ more, relative to what is expected; so the fall is fitted wherever the counts ask for it.

use super::fit::Person;
use super::negbin::NegBin;
use statrs::function::gamma::ln_gamma;
use std::collections::BTreeMap;

/// Most that people of whom next to nothing is expected may differ.
const MOST: f64 = 1_000.0;
/// Means are grouped to within an eighth of a factor of e for the sums over people.
const CELLS: f64 = 8.0;
/// Twice this gain in log-likelihood is the 95 % point of chi-square with one degree of freedom.
const GAIN: f64 = 1.92;
/// Counts up to here are summed one by one; what lies above, a million rows of one person, by the gamma function.
const ONE_BY_ONE: usize = 1_024;
/// Steps of a golden section: five digits of a logarithm between 1e-8 and 50, four of a fall between 0 and 1.
const STEPS: [usize; 2] = [34, 20];

/// A fitted dispersion.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dispersion {
    at_middle: f64,
    fall: f64,
    middle: f64,
}

impl Dispersion {
    /// For somebody of whom `mean` is expected.
    pub fn at(self, mean: f64) -> f64 {
        if self.fall == 0.0 || mean <= 0.0 {
            return self.at_middle;
        }
        (self.at_middle * (self.middle / mean).powf(self.fall)).min(MOST)
    }

    /// For the average of all means.
    pub fn at_middle(self) -> f64 {
        self.at_middle
    }

    /// The dispersion of greatest likelihood given everyone's means; `self` is where the search begins.
    pub(super) fn fitted(self, people: &[Person], means: &[f64]) -> Dispersion {
        let counts = Counts::new(people, means);
        let even = Dispersion { at_middle: counts.best_at_middle(0.0), fall: 0.0, middle: counts.middle };
        let fall = counts.best_fall(if self.fall > 0.0 { self.at_middle } else { even.at_middle });
        let falling = Dispersion { at_middle: counts.best_at_middle(fall), fall, middle: counts.middle };
        let gain = counts.likelihood(falling) - counts.likelihood(even);
        if gain > GAIN { falling } else { even }
    }
}

/// People of about the same mean.
#[derive(Default)]
struct Cell {
    /// How many have more than each number: turns a sum over counts into one over values.
    more_than: Vec<u32>,
    /// Counts above what is summed one by one.
    long: Vec<f64>,
    known: Vec<(f64, f64)>,
    /// Mean, and the limit above which the count lies.
    above: Vec<(f64, u32)>,
}

/// What the likelihood looks at.
struct Counts {
    middle: f64,
    cells: Vec<(f64, Cell)>,
}

impl Counts {
    fn new(people: &[Person], means: &[f64]) -> Counts {
        let mut cells: BTreeMap<i64, Cell> = BTreeMap::new();
        let (mut sum, mut number) = (0.0, 0.0);
        for (person, mean) in people.iter().zip(means).filter(|(_, mean)| **mean > 0.0) {
            (sum, number) = (sum + mean, number + 1.0);
            let cell = cells.entry((mean.ln() * CELLS).round() as i64).or_default();
            let Some(limit) = person.above else {
                let value = (person.seen.value as usize).min(ONE_BY_ONE);
                let length = cell.more_than.len().max(value);
                cell.more_than.resize(length, 0);
                cell.more_than[..value].iter_mut().for_each(|n| *n += 1);
                cell.long
                    .extend((person.seen.value as usize > value).then_some(f64::from(person.seen.value)));
                cell.known.push((f64::from(person.seen.value), *mean));
                continue;
            };
            cell.above.push((*mean, limit));
        }
        let mean = |at: i64| (at as f64 / CELLS).exp();
        let cells = cells.into_iter().map(|(at, cell)| (mean(at), cell)).collect();
        Counts { middle: if number > 0.0 { sum / number } else { 1.0 }, cells }
    }

    fn likelihood(&self, dispersion: Dispersion) -> f64 {
        self.cells.iter().map(|(mean, cell)| cell.likelihood(dispersion.at(*mean))).sum()
    }

    fn best_at_middle(&self, fall: f64) -> f64 {
        let by = |ln_a: f64| self.likelihood(Dispersion { at_middle: ln_a.exp(), fall, middle: self.middle });
        highest(by, (1e-8_f64.ln(), 50.0_f64.ln()), STEPS[0]).exp()
    }

    fn best_fall(&self, at_middle: f64) -> f64 {
        let by = |fall: f64| self.likelihood(Dispersion { at_middle, fall, middle: self.middle });
        highest(by, (0.0, 1.0), STEPS[1])
    }
}

impl Cell {
    fn likelihood(&self, a: f64) -> f64 {
        let rising = |(j, n): (usize, &u32)| f64::from(*n) * (a * j as f64).ln_1p();
        let above = |value: &f64| {
            let from = ONE_BY_ONE as f64;
            (value - from) * a.ln() + ln_gamma(value + 1.0 / a) - ln_gamma(from + 1.0 / a)
        };
        let falling = |(value, mean): &(f64, f64)| (value + 1.0 / a) * (a * mean).ln_1p();
        let tail = |(mean, limit): &(f64, u32)| {
            let tail = NegBin { mean: *mean, dispersion: a }.upper_tail(limit + 1);
            tail.max(f64::MIN_POSITIVE).ln()
        };
        self.more_than.iter().enumerate().map(rising).sum::<f64>() + self.long.iter().map(above).sum::<f64>()
            - self.known.iter().map(falling).sum::<f64>()
            + self.above.iter().map(tail).sum::<f64>()
    }
}

/// Where a function with one peak is highest, by golden section.
fn highest(of: impl Fn(f64) -> f64, (mut low, mut high): (f64, f64), steps: usize) -> f64 {
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (of(left), of(right));
    for _ in 0..steps {
        if at_left > at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = of(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = of(right);
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::{Cell, ONE_BY_ONE};

    #[test]
    fn what_lies_above_a_thousand_is_the_same_sum_in_one_step() {
        let of = |value: usize, long: bool| {
            let summed = if long { ONE_BY_ONE } else { value };
            let long = if long { vec![value as f64] } else { Vec::new() };
            Cell { more_than: vec![1; summed], long, known: vec![(value as f64, 3.0)], above: Vec::new() }
        };
        for a in [1e-8, 0.01, 1.2, 50.0] {
            let (each, step) = (of(5_000, false).likelihood(a), of(5_000, true).likelihood(a));
            assert!((each - step).abs() <= 1e-5 * each.abs().max(1.0), "{a}: {each} {step}");
        }
    }
}
