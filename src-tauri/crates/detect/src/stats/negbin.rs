//! The negative binomial as a Gamma mixture of Poissons: mean `m`, dispersion `a`, variance `m + a m^2`.

use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur};

/// Below this dispersion the Poisson limit is exact to the last shown digit.
const POISSON: f64 = 1e-9;

/// However alike peers are, rates are taken to differ by a third: with no difference at all among peers, an officer's own rate
/// would be shrunk to theirs whatever was seen.
const LEAST_SPREAD: f64 = 0.1;

/// Counts of one officer with a known mean and dispersion.
#[derive(Debug, Clone, Copy)]
pub struct NegBin {
    pub mean: f64,
    pub dispersion: f64,
}

impl NegBin {
    /// P(Y >= y), computed as a tail and not as a difference, so that small tails keep their digits.
    pub fn upper_tail(self, y: u32) -> f64 {
        if y == 0 {
            return 1.0;
        }
        if self.mean <= 0.0 {
            return 0.0;
        }
        let y = f64::from(y);
        let tail = if self.dispersion < POISSON {
            checked_gamma_lr(y, self.mean).ok()
        } else {
            let am = self.dispersion * self.mean;
            checked_beta_reg(y, 1.0 / self.dispersion, am / (1.0 + am)).ok()
        };
        tail.filter(|p| p.is_finite()).map_or(1.0, |p| p.clamp(0.0, 1.0))
    }

    /// E(Y | Y > limit), by the size-biased distribution: y P(y) is the mean times a negative binomial of one size more.
    pub fn mean_above(self, limit: u32) -> f64 {
        let a = self.dispersion;
        let biased = NegBin { mean: self.mean * (1.0 + a), dispersion: a / (1.0 + a) };
        let tail = self.upper_tail(limit.saturating_add(1));
        let least = f64::from(limit) + 1.0;
        if tail > 0.0 { (self.mean * biased.upper_tail(limit) / tail).max(least) } else { least }
    }

    /// Smallest `y` with P(Y <= y) >= `probability`.
    pub fn quantile(self, probability: f64) -> u32 {
        let reached = |y: u32| 1.0 - self.upper_tail(y.saturating_add(1)) >= probability;
        let mut high = 1;
        while !reached(high) && high < 1 << 30 {
            high *= 2;
        }
        let mut low = 0;
        while low < high {
            let middle = low + (high - low) / 2;
            if reached(middle) { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// Shape and rate of the officer's rate against their peers', after `y` was seen: a Gamma posterior.
    fn posterior(self, y: u32) -> (f64, f64) {
        let size = 1.0 / self.dispersion.max(LEAST_SPREAD);
        (size + f64::from(y), size + self.mean)
    }

    /// Mean of the officer's rate against their peers', after `y` was seen.
    pub fn ratio(self, y: u32) -> f64 {
        let (shape, rate) = self.posterior(y);
        shape / rate
    }

    /// Mean and 90 % interval of the officer's rate against their peers', after `y` was seen.
    pub fn rate_ratio(self, y: u32) -> (f64, f64, f64) {
        let (shape, rate) = self.posterior(y);
        (shape / rate, gamma_quantile(shape, rate, 0.05), gamma_quantile(shape, rate, 0.95))
    }
}

/// Quantile of a Gamma distribution by bisection: sure, and fast enough for the few officers it is shown for.
pub fn gamma_quantile(shape: f64, rate: f64, probability: f64) -> f64 {
    let below = |x: f64| {
        if x <= 0.0 { 0.0 } else { 1.0 - checked_gamma_ur(shape, x).unwrap_or(0.0) }
    };
    let (mut low, mut high) = (0.0, shape + 10.0 * shape.sqrt() + 50.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if below(middle) < probability { low = middle } else { high = middle }
    }
    0.5 * (low + high) / rate
}
