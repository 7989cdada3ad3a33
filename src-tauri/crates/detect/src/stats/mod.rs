//! Counts, exposures and tails: the negative binomial, its fit with shrunk group means, and false-discovery control.

pub mod discovery;
pub mod fit;
pub mod interval;
pub mod negbin;
pub mod random;

#[cfg(test)]
mod tests;
