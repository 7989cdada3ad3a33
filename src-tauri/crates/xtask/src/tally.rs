//! Counts what passed and what failed, over every tool that tests something.

use crate::run::Done;

/// Passed and failed so far.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
}

impl Tally {
    /// Adds a check that is one thing, such as a lint run, and says whether it passed.
    pub fn check(&mut self, done: Done) -> bool {
        let passed = done.is_ok();
        self.passed += u32::from(passed);
        self.failed += u32::from(!passed);
        if let Err(failed) = done {
            eprintln!("FAILED: {failed}");
        }
        passed
    }

    /// Adds what a tool counted itself. A tool that failed without a failed test, or counted nothing, is a failure.
    pub fn tests(&mut self, counted: Tally, done: Done) {
        self.passed += counted.passed;
        self.failed += counted.failed;
        if counted == Self::default() && done.is_ok() {
            self.failed += 1;
            eprintln!("FAILED: no test was run where there should be some");
        }
        if let Err(failed) = done {
            eprintln!("FAILED: {failed}");
            self.failed += u32::from(counted.failed == 0);
        }
    }

    /// Adds a line of `cargo test`: `test result: ok. 5 passed; 0 failed; 1 ignored; ...`.
    pub fn read_cargo_line(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        for part in result.split([';', '.']) {
            let mut words = part.split_whitespace();
            let (Some(Ok(count)), Some(what)) = (words.next().map(str::parse::<u32>), words.next()) else {
                continue;
            };
            match what {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                _ => {}
            }
        }
    }

    /// The counts of vitest's JSON report.
    pub fn of_vitest(report: &str) -> Self {
        let number = |key: &str| {
            let (_, rest) = report.split_once(&format!("\"{key}\":"))?;
            rest.trim_start().split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
        };
        Self { passed: number("numPassedTests").unwrap_or(0), failed: number("numFailedTests").unwrap_or(0) }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Failed;

    fn broke() -> Done {
        Err(Failed("broke".into()))
    }

    #[test]
    fn cargo_lines_are_added_up_and_others_are_not() {
        let mut tally = Tally::default();
        tally.read_cargo_line("running 9 tests");
        tally.read_cargo_line(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.10s",
        );
        tally.read_cargo_line("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.05s");
        assert_eq!(tally, Tally { passed: 8, failed: 2 });
    }

    #[test]
    fn vitest_counts_are_read_from_its_report() {
        let report = r#"{"numTotalTestSuites":3,"numPassedTests":41,"numFailedTests":2,"success":false}"#;
        assert_eq!(Tally::of_vitest(report), Tally { passed: 41, failed: 2 });
        assert_eq!(Tally::of_vitest(""), Tally::default());
    }

    #[test]
    fn a_tool_that_fails_without_a_failed_test_counts_as_one() {
        let mut tally = Tally::default();
        tally.tests(Tally { passed: 4, failed: 0 }, broke());
        assert_eq!(tally, Tally { passed: 4, failed: 1 });
    }

    #[test]
    fn a_failed_test_is_not_counted_twice() {
        let mut tally = Tally::default();
        tally.tests(Tally { passed: 4, failed: 2 }, broke());
        assert_eq!(tally, Tally { passed: 4, failed: 2 });
    }

    #[test]
    fn a_tool_that_tested_nothing_is_a_failure() {
        let mut tally = Tally::default();
        tally.tests(Tally::default(), Ok(()));
        assert_eq!(tally.failed, 1);
    }

    #[test]
    fn the_last_line_is_two_counts() {
        assert_eq!(Tally { passed: 412, failed: 0 }.to_string(), "412 passed, 0 failed");
    }
}
