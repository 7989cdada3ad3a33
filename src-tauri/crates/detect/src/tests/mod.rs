//! Examples of whole forces, and what must hold of every run.

mod bad_input;
mod cards;
mod commendations;
mod corroboration;
pub mod example;
mod order;
mod roll;
mod runs;
mod slices;
mod tried;
