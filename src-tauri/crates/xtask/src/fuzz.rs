//! Broken inputs for every reader of what comes from outside, for as many seconds as somebody has.

use crate::place::{root, target};
use crate::run::{Done, cargo, run};
use std::process::Command;

/// Builds the readers with every check of a development build, optimised where it is slow, and feeds them.
pub fn readers(seconds: &str) -> Done {
    run(&mut cargo(&["build", "--package", "engine", "--example", "fuzz"]))?;
    let program = target().join("debug/examples/fuzz");
    run(Command::new(program).arg(root()).arg(seconds))
}
