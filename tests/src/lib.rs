//! The real programs, driven from outside: the window through WebDriver, the command line through its arguments.
#![expect(clippy::print_stderr, reason = "tests and the walk tell a person what they did")]

pub mod boston;
pub mod canary;
pub mod command;
pub mod display;
pub mod exchange;
pub mod journey;
pub mod process;
pub mod programs;
pub mod window;

/// Says why something is not tried here; a skip is always heard.
pub fn skipped(what: &str, why: &str) {
    eprintln!("skipped: {what}: {why}");
}

/// The two words a program of this crate was started with; without them it says how it is used and ends with 2.
pub fn two_arguments(usage: &str) -> (String, String) {
    match std::env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [first, second] => (first.clone(), second.clone()),
        _ => {
            eprintln!("usage: {usage}");
            std::process::exit(2);
        }
    }
}
