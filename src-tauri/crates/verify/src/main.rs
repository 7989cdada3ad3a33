//! `countersign-verify`: checks proof files and ledger exports with nothing but the file and the keys you trust.

#[cfg(test)]
mod tests;

use ledger::{Check, Outcome, Policy, all_hold, check_proof, verify_export};
use std::{ffi::OsString, fs, io, path::Path, path::PathBuf, process::ExitCode};

const USAGE: &str = "\
countersign-verify FILE [--policy POLICY] [--leaf LEAF]

FILE    a .tlog-proof file or a ledger export (.json)
POLICY  the keys you trust: lines `log <vkey>`, `member <vkey>`, `witness <name> <vkey>`, `quorum <name>|none`
LEAF    the entry's bytes, if the proof file does not hold them

Exit code: 0 verified, 1 not verified, 2 wrong usage or unreadable file.
";

/// Larger files are not ledgers of this program.
const MAX_FILE_BYTES: u64 = 1 << 30;

#[derive(Debug, Default, PartialEq)]
struct Args {
    file: PathBuf,
    policy: Option<PathBuf>,
    leaf: Option<PathBuf>,
}

/// What the whole run comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Verified = 0,
    NotVerified = 1,
    Usage = 2,
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
    let Some(args) = parse(args) else {
        write!(out, "{USAGE}")?;
        return Ok(Verdict::Usage);
    };
    match verify(&args) {
        Ok(checks) => report(&checks, out),
        Err(words) => {
            writeln!(out, "{words}")?;
            Ok(Verdict::Usage)
        }
    }
}

fn parse(args: &[OsString]) -> Option<Args> {
    let (mut file, mut parsed) = (None, Args::default());
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let slot = match arg.to_str() {
            Some("--policy") => &mut parsed.policy,
            Some("--leaf") => &mut parsed.leaf,
            Some(text) if text.starts_with('-') => return None,
            _ => {
                if file.replace(PathBuf::from(arg)).is_some() {
                    return None;
                }
                continue;
            }
        };
        if slot.replace(PathBuf::from(rest.next()?)).is_some() {
            return None;
        }
    }
    parsed.file = file?;
    Some(parsed)
}

fn verify(args: &Args) -> Result<Vec<Check>, String> {
    let text = read_text(&args.file, "file")?;
    let policy: Option<Policy> = match &args.policy {
        None => None,
        Some(path) => Some(
            read_text(path, "policy")?.parse().map_err(|error| format!("Cannot use the policy: {error}."))?,
        ),
    };
    if text.starts_with("c2sp.org/tlog-proof") {
        let leaf = args.leaf.as_deref().map(|path| read_text(path, "entry")).transpose()?;
        // An editor may have ended the entry with a newline; canonical bytes never end with one.
        let leaf = leaf.as_deref().map(|text| text.strip_suffix('\n').unwrap_or(text).as_bytes());
        Ok(check_proof(&text, leaf, policy.as_ref()))
    } else if args.leaf.is_some() {
        Err("--leaf only goes with a proof file.".into())
    } else {
        Ok(verify_export(&text, policy.as_ref()))
    }
}

fn read_text(path: &Path, what: &str) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| format!("Cannot read the {what}: {error}."))?.len();
    if size > MAX_FILE_BYTES {
        return Err(format!("Cannot read the {what}: larger than 1 GiB."));
    }
    fs::read_to_string(path).map_err(|error| format!("Cannot read the {what}: {error}."))
}

fn report(checks: &[Check], out: &mut dyn io::Write) -> io::Result<Verdict> {
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
    let looks = checks.iter().filter(|check| check.outcome == Outcome::Look).count();
    if !all_hold(checks) {
        writeln!(out, "\nNOT VERIFIED.")?;
        return Ok(Verdict::NotVerified);
    }
    match looks {
        0 => writeln!(out, "\nVerified.")?,
        1 => writeln!(out, "\nVerified; 1 point to look at.")?,
        _ => writeln!(out, "\nVerified; {looks} points to look at.")?,
    }
    Ok(Verdict::Verified)
}
