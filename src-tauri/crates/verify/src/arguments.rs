//! What may be typed.

use std::{ffi::OsString, path::PathBuf};

pub(crate) const USAGE: &str = "\
countersign-verify FILE [--policy POLICY] [--leaf LEAF] [--since HEAD]

FILE    a .tlog-proof file, a ledger export (.json), a signed head, or a policy to read in words
POLICY  the keys you trust: lines `log <vkey>`, `member <vkey>`, `witness <name> <vkey>`, `quorum <name>|none`
LEAF    the entry's exact bytes, in place of those in the proof file
HEAD    an earlier signed head, or an earlier export: the ledger must only have grown since

Exit code: 0 verified against POLICY, or the policy in FILE can be used
           1 not verified
           2 wrong usage or unreadable file
           3 the export agrees with itself, but without POLICY nobody you know stands for it
";

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub file: PathBuf,
    pub policy: Option<PathBuf>,
    pub leaf: Option<PathBuf>,
    pub since: Option<PathBuf>,
}

pub(crate) fn parse(args: &[OsString]) -> Option<Arguments> {
    let (mut file, mut parsed) = (None, Arguments::default());
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let slot = match arg.to_str() {
            Some("--policy") => &mut parsed.policy,
            Some("--leaf") => &mut parsed.leaf,
            Some("--since") => &mut parsed.since,
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
