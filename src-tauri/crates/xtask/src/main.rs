//! The chores of the repository: `cargo xtask setup | types | build | test | size | demo | pictures | fuzz | bench | evaluate`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to a person at a terminal")]

mod bench;
mod build;
mod demo;
mod evaluate;
mod fuzz;
mod place;
mod run;
mod setup;
mod size;
mod tally;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <what>
  setup   install what building and testing need: Debian packages, the page's packages, tauri-driver
  types   write schemas/ipc/contract.ts from the contract
  build   the page, the window, the command line and the verifier
  test    every check and test, the real window included; the last line counts passed and failed
  size    fail on a source file of more than 400 lines
  demo    a made-up force in the real window; without a display, a walk through it with pictures
  pictures  every screen in both themes and two sizes, under target/pictures
  fuzz    SECONDS of broken inputs for every reader of what comes from outside
  bench   measurements; `cargo xtask bench --help` tells more
  evaluate  how often the analysis is right and wrong, against its targets; `--help` tells more";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = match (what.as_str(), rest.as_slice()) {
        ("bench", rest) => return bench::run(rest),
        ("evaluate", rest) => return evaluate::run(rest),
        ("test", []) => return test::run_all(),
        ("setup", []) => setup::run(),
        ("types", []) => build::types(),
        ("build", []) => setup::run().and_then(|()| build::everything()),
        ("size", []) => size::run(),
        ("demo", []) => demo::run(),
        ("pictures", []) => demo::pictures(),
        ("fuzz", [seconds]) => fuzz::readers(seconds),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("{failed}");
            ExitCode::FAILURE
        }
    }
}
