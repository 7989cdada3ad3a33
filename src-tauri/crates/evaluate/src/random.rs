//! Seeded variates of the simulations.

use detect::stats::random::Random;

/// A gamma variate of mean `shape` (Marsaglia and Tsang 2000; below shape 1 boosted by a power).
pub fn gamma(random: &mut Random, shape: f64) -> f64 {
    if shape < 1.0 {
        let boost = random.unit().max(1e-300).powf(1.0 / shape);
        return gamma(random, shape + 1.0) * boost;
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(random);
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && random.unit().max(1e-300).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

/// A standard normal variate (Box and Muller).
pub fn normal(random: &mut Random) -> f64 {
    let radius = (-2.0 * random.unit().max(1e-300).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.unit()).cos()
}

/// A Poisson count: by multiplying fractions, in parts of at most 30 expected.
pub fn poisson(random: &mut Random, mean: f64) -> u32 {
    let (mut left, mut count) = (mean, 0);
    while left > 0.0 {
        let part = left.min(30.0);
        left -= part;
        let limit = (-part).exp();
        let mut product = random.unit();
        while product > limit {
            count += 1;
            product *= random.unit();
        }
    }
    count
}
