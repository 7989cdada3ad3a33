//! Where the passphrase comes from: a prompt, the first line of a file, or the first line of standard input.

use crate::arguments::Common;
use contract::{ErrorCode, Failure};
use std::io::{BufRead, Read};

/// Longest passphrase line, in bytes.
const MAX_LINE: u64 = 4096;

fn first_line(from: impl Read) -> std::io::Result<String> {
    let mut line = String::new();
    std::io::BufReader::new(from.take(MAX_LINE)).read_line(&mut line)?;
    while line.ends_with(['\n', '\r']) {
        line.pop();
    }
    Ok(line)
}

/// Asks for the passphrase once.
pub fn passphrase(common: &Common, prompt: &str) -> Result<String, Failure> {
    let read = match &common.passphrase_file {
        Some(path) => std::fs::File::open(path).and_then(first_line),
        None if common.passphrase_stdin => first_line(std::io::stdin()),
        None => rpassword::prompt_password(format!("{prompt}: ")),
    };
    read.map_err(|e| {
        Failure::new(
            ErrorCode::Io,
            format!("The passphrase could not be read ({}).", e.kind()),
            "Use --passphrase-file or --passphrase-stdin where there is no terminal.",
        )
    })
}

/// Asks for a new passphrase, twice at a prompt.
pub fn new_passphrase(common: &Common) -> Result<String, Failure> {
    let first = passphrase(common, "New passphrase")?;
    if common.passphrase_file.is_none()
        && !common.passphrase_stdin
        && passphrase(common, "The same again")? != first
    {
        return Err(Failure::new(
            ErrorCode::WeakPassphrase,
            "The two passphrases differ.",
            "Nothing was written.",
        ));
    }
    Ok(first)
}
