//! Intervals of shares, and tails of the distributions that group figures are judged by.

use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::checked_gamma_ur;

/// 95 % point of the standard normal: a 90 % interval reaches this many standard errors to either side.
pub const Z90: f64 = 1.644_853_626_951_472_2;

/// The share `part` of `all` and its 90 % interval (Wilson).
pub fn share(part: u32, all: u32) -> (f64, f64, f64) {
    if all == 0 {
        return (0.0, 0.0, 1.0);
    }
    let (n, p) = (f64::from(all), f64::from(part) / f64::from(all));
    let z2 = Z90 * Z90;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z90 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    (p, (middle - half).max(0.0), (middle + half).min(1.0))
}

/// P(at least `hits` of `trials`) where each has probability `p`.
pub fn binomial_tail(hits: u32, trials: u32, p: f64) -> f64 {
    match (hits, p) {
        (0, _) => 1.0,
        _ if hits > trials || p <= 0.0 => 0.0,
        _ if p >= 1.0 => 1.0,
        _ => checked_beta_reg(f64::from(hits), f64::from(trials - hits) + 1.0, p).unwrap_or(1.0),
    }
}

/// P(chi-square with this many degrees of freedom is at least `statistic`).
pub fn chi_square_tail(statistic: f64, freedom: f64) -> f64 {
    if statistic <= 0.0 || freedom <= 0.0 {
        return 1.0;
    }
    checked_gamma_ur(freedom / 2.0, statistic / 2.0).unwrap_or(1.0)
}
