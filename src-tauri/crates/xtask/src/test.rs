//! Every check and every test; the last line counts them.

use crate::run::{Failed, cargo, npm, run, run_reading, succeeds};
use crate::tally::Tally;
use crate::{build, place, setup, size};
use std::process::ExitCode;

/// Runs all of it, whatever fails on the way, and prints the counts alone on the last line.
pub fn run_all() -> ExitCode {
    let mut tally = Tally::default();
    let ready = setup::run();
    if ready.is_err() {
        tally.check(ready);
    } else {
        page(&mut tally);
        tally.check(size::run());
        if place::root().join("ui/dist/index.html").exists() {
            lints(&mut tally);
            tests(&mut tally);
        } else {
            tally.check(Err(Failed(
                "no Rust was tested: the window carries the page, and the page did not build".into(),
            )));
        }
    }
    println!("{tally}");
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn page(tally: &mut Tally) {
    tally.check(run(&mut npm(&["run", "check"])));
    let report = place::target().join("vitest.json");
    // What an earlier run left must not be counted.
    let _ = std::fs::remove_file(&report);
    let to = format!("--outputFile={}", report.display());
    let done = run(&mut npm(&["run", "test", "--", "--reporter=default", "--reporter=json", &to]));
    tally.tests(Tally::of_vitest(&std::fs::read_to_string(&report).unwrap_or_default()), done);
    tally.check(build::page());
}

fn lints(tally: &mut Tally) {
    tally.check(run(&mut cargo(&["fmt", "--all", "--check"])));
    tally.check(run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])));
    if succeeds("cargo", &["deny", "--version"]) {
        tally.check(run(&mut cargo(&[
            "deny",
            "--offline",
            "check",
            "--config",
            ".deny.toml",
            "bans",
            "licenses",
            "sources",
        ])));
    } else {
        println!(
            "skipped: cargo deny is not installed; the journeys test reads the dependency graph for the same rules"
        );
    }
}

fn tests(tally: &mut Tally) {
    // The journeys run the programs as they are built, not as a library; what they skip, they print.
    if tally.check(build::programs()) {
        counted(tally, &["test", "--workspace", "--no-fail-fast", "--", "--nocapture"]);
    }
}

fn counted(tally: &mut Tally, arguments: &[&str]) {
    let mut counted = Tally::default();
    let done = run_reading(&mut cargo(arguments), |line| counted.read_cargo_line(line));
    tally.tests(counted, done);
}
