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
