//! Counts, exposures and tails: the negative binomial, its fit with shrunk group means, false-discovery control, and how
//! unusual a row or a share is among others.

pub mod chance;
pub mod discovery;
pub mod dispersion;
pub mod fit;
pub mod interval;
pub mod negbin;
pub mod outlier;
pub mod random;

#[cfg(test)]
mod tests;
