//! Whether having a lead goes with exposure: it should not, or the comparison only finds who works most.

use super::MIN_CELL;
use crate::stats::interval::Z90;
use serde::{Deserialize, Serialize};

/// A correlation with its 90 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// People with exposure.
    pub people: u32,
}

/// Pearson's correlation of the flag with exposure, over people who have any; `None` where fewer than ten have a lead or
/// have none, or where all exposures are equal.
pub fn correlation(flagged: &[bool], exposure: &[f64]) -> Option<Correlation> {
    let pairs = flagged.iter().zip(exposure).filter(|(_, e)| **e > 0.0 && e.is_finite());
    let pairs: Vec<(f64, f64)> = pairs.map(|(f, e)| (f64::from(u8::from(*f)), *e)).collect();
    let with = pairs.iter().filter(|(f, _)| *f > 0.5).count();
    if with < MIN_CELL as usize || pairs.len() - with < MIN_CELL as usize {
        return None;
    }
    let n = pairs.len() as f64;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), (a, b)| (x + a / n, y + b / n));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (a, b) in &pairs {
        xy += (a - x) * (b - y);
        xx += (a - x).powi(2);
        yy += (b - y).powi(2);
    }
    // Exposures that are all equal leave rounding only.
    if yy <= 1e-18 * n * y * y {
        return None;
    }
    let value = xy / (xx * yy).sqrt();
    // Fisher's transformation.
    let (middle, half) = (value.atanh(), Z90 / (n - 3.0).sqrt());
    let people = pairs.len() as u32;
    let found = Correlation { value, low: (middle - half).tanh(), high: (middle + half).tanh(), people };
    value.is_finite().then_some(found)
}
