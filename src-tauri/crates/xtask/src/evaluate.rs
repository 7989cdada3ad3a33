//! How often the analysis is right and wrong: the crate `evaluate` and the command line it runs, both optimised, and the
//! figures in `target/evaluate.json`.

use crate::place;
use crate::run::cargo;
use std::process::ExitCode;

/// Builds and runs it; the arguments go on to it.
pub fn run(arguments: &[String]) -> ExitCode {
    let out = place::target().join("evaluate.json");
    let product = place::optimised("countersign");
    if !cargo(&["build", "--quiet", "--release", "--package", "cli"]).status().is_ok_and(|s| s.success()) {
        eprintln!("the command line could not be built");
        return ExitCode::FAILURE;
    }
    let mut command = cargo(&["run", "--quiet", "--release", "--package", "evaluate", "--"]);
    match command.args(arguments).arg("--product").arg(&product).arg("--out").arg(&out).status() {
        Ok(status) if status.success() => {
            println!("the figures are in {}", out.display());
            ExitCode::SUCCESS
        }
        Ok(status) => ExitCode::from(status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(1)),
        Err(e) => {
            eprintln!("`evaluate` could not be started: {e}");
            ExitCode::FAILURE
        }
    }
}
