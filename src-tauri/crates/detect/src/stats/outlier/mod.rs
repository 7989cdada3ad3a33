//! How unusual each row of a table is among the others: isolation forest, nearest peers, ECOD, HBOS and their combination.
//!
//! Each scorer takes rows of equal length and gives one score per row, larger for more unusual, finite for any input. A
//! missing or non-finite cell counts as the mean of its column. The same rows in the same order and the same seed give the
//! same bits, whatever the threads.

mod ecod;
mod forest;
mod hbos;
mod matrix;
mod nearest;
mod unusual;

pub use ecod::ecod;
pub use forest::forest;
pub use hbos::hbos;
pub use nearest::nearest;
pub use unusual::{Reason, Unusual, unusual};

use super::random::Random;

/// One of many streams of a seed.
fn stream(seed: u64, number: u64) -> Random {
    Random::new(seed ^ number.wrapping_add(1).wrapping_mul(0xA076_1D64_78BD_642F))
}

/// `size` different places of `0..of`, or all of them.
fn sample(random: &mut Random, of: usize, size: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..of).collect();
    random.choose(&mut places, size);
    places.truncate(size);
    places
}

#[cfg(test)]
mod tests;
