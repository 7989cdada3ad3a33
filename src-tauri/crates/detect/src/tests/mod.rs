//! Examples of whole forces, and what must hold of every run.

mod cards;
pub mod example;
mod roll;
mod runs;
mod slices;
