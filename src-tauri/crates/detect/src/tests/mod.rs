//! Examples of whole forces, and what must hold of every run.

mod cards;
pub mod example;
mod runs;
mod slices;
