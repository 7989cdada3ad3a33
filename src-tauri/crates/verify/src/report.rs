//! The checks in words, and what they come to.

use crate::{Check, Outcome, Verdict, What, all_hold};
use std::io;

pub(crate) fn report(
    what: What,
    against_keys: bool,
    checks: &[Check],
    out: &mut dyn io::Write,
) -> io::Result<Verdict> {
    for Check { what, detail, outcome } in checks {
        let mark = match outcome {
            Outcome::Proved => "proved",
            Outcome::Look => "look  ",
            Outcome::Failed => "FAILED",
        };
        writeln!(out, "{mark}  {what}.")?;
        if !detail.is_empty() {
            writeln!(out, "        {detail}")?;
        }
    }
    if !all_hold(checks) {
        writeln!(out, "\nNOT VERIFIED.")?;
        return Ok(Verdict::NotVerified);
    }
    let looks = checks.iter().filter(|check| check.outcome == Outcome::Look).count();
    let looks = match looks {
        0 => String::new(),
        1 => "; 1 point to look at".to_owned(),
        _ => format!("; {looks} points to look at"),
    };
    let (verdict, words) = match (what, against_keys) {
        (What::Policy, _) => (Verdict::Verified, "The policy can be used"),
        (_, true) => (Verdict::Verified, "Verified"),
        (_, false) => (
            Verdict::NoKeys,
            "NOT VERIFIED: the file agrees with itself, and no policy says whose keys to believe",
        ),
    };
    writeln!(out, "\n{words}{looks}.")?;
    Ok(verdict)
}
