//! The crate against the outside world: the public vectors and the standard tool.

mod tool;
mod vectors;
