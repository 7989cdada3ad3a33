//! `countersign-verify`: checks proof files, ledger exports, signed heads and policies with nothing but the file and the
//! keys you trust.

mod arguments;
mod report;
#[cfg(test)]
mod tests;

use arguments::{Arguments, USAGE};
use ledger::{
    Check, Outcome, Policy, all_hold, check_checkpoint, check_policy, check_proof, verify_export,
    verify_since,
};
use report::report;
use std::{ffi::OsString, fs, io, path::Path, process::ExitCode};

/// Larger files are not ledgers of this program.
const MAX_FILE_BYTES: u64 = 1 << 30;

/// What the whole run comes to; its number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Everything holds against keys the caller gave, or a policy can be used.
    Verified = 0,
    /// Something does not hold.
    NotVerified = 1,
    /// Wrong usage or an unreadable file.
    Usage = 2,
    /// The file agrees with itself, but no keys were given to check it with.
    NoKeys = 3,
}

/// What kind of file it is; the first bytes tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Proof,
    Export,
    Head,
    Policy,
}

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let verdict = run(&args, &mut io::stdout().lock()).unwrap_or(Verdict::Usage);
    ExitCode::from(verdict as u8)
}

fn run(args: &[OsString], out: &mut dyn io::Write) -> io::Result<Verdict> {
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        write!(out, "{USAGE}")?;
        return Ok(Verdict::Verified);
    }
    let Some(args) = arguments::parse(args) else {
        write!(out, "{USAGE}")?;
        return Ok(Verdict::Usage);
    };
    match verify(&args) {
        Ok((what, checks)) => report(what, args.policy.is_some(), &checks, out),
        Err(words) => {
            writeln!(out, "{words}")?;
            Ok(Verdict::Usage)
        }
    }
}

fn recognise(text: &str) -> What {
    if text.starts_with("c2sp.org/tlog-proof") {
        What::Proof
    } else if text.trim_start().starts_with('{') {
        What::Export
    } else if text.contains("\n\n\u{2014} ") {
        What::Head
    } else {
        What::Policy
    }
}

fn verify(args: &Arguments) -> Result<(What, Vec<Check>), String> {
    let policy: Option<Policy> = match &args.policy {
        None => None,
        Some(path) => Some(
            read_text(path, "policy")?
                .unwrap_or_default()
                .parse()
                .map_err(|error| format!("Cannot use the policy: {error}."))?,
        ),
    };
    let policy = policy.as_ref();
    let Some(text) = read_text(&args.file, "file")? else {
        return Ok((What::Policy, vec![failed("The file is not text")]));
    };
    let what = recognise(&text);
    if args.leaf.is_some() && what != What::Proof {
        return Err("--leaf only goes with a proof file.".into());
    }
    if args.since.is_some() && what != What::Export {
        return Err("--since only goes with a ledger export.".into());
    }
    let checks = match what {
        What::Proof => proof(&text, args, policy)?,
        What::Export => export(&text, args, policy)?,
        What::Head => check_checkpoint(&text, policy),
        What::Policy if policy.is_some() => {
            vec![failed("This is neither a proof, an export nor a signed head")]
        }
        What::Policy => check_policy(&text),
    };
    Ok((what, checks))
}

fn failed(what: &str) -> Check {
    Check { what: what.to_owned(), detail: String::new(), outcome: Outcome::Failed }
}

fn proof(text: &str, args: &Arguments, policy: Option<&Policy>) -> Result<Vec<Check>, String> {
    let Some(path) = &args.leaf else { return Ok(check_proof(text, None, policy)) };
    let Some(leaf) = read_text(path, "entry")? else { return Ok(vec![failed("The entry is not text")]) };
    // An editor may have ended the entry with a newline; canonical bytes never end with one.
    let leaf = leaf.strip_suffix('\n').unwrap_or(&leaf);
    Ok(check_proof(text, Some(leaf.as_bytes()), policy))
}

fn export(text: &str, args: &Arguments, policy: Option<&Policy>) -> Result<Vec<Check>, String> {
    let mut checks = verify_export(text, policy);
    if let Some(path) = &args.since {
        match read_text(path, "earlier head")? {
            Some(earlier) => checks.extend(verify_since(text, &earlier, policy)),
            None => checks.push(failed("The earlier head is not text")),
        }
    }
    Ok(checks)
}

/// The file's text; nothing if its bytes are none.
fn read_text(path: &Path, what: &str) -> Result<Option<String>, String> {
    let cannot = |error: io::Error| format!("Cannot read the {what}: {error}.");
    if fs::metadata(path).map_err(cannot)?.len() > MAX_FILE_BYTES {
        return Err(format!("Cannot read the {what}: larger than 1 GiB."));
    }
    Ok(String::from_utf8(fs::read(path).map_err(cannot)?).ok())
}
