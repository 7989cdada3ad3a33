//! What a command reads besides its arguments: small TOML files.

use contract::{ErrorCode, Failure};
use std::path::Path;

/// Largest small input file (gate, mapping, justification), in bytes.
const MAX_INPUT: u64 = 256 * 1024;

fn input(path: &Path, what: &str) -> Result<String, Failure> {
    let failed = |why: String| {
        Failure::new(
            ErrorCode::Io,
            format!("The {what} file could not be read ({why})."),
            "Nothing was changed.",
        )
    };
    let size = std::fs::metadata(path).map_err(|e| failed(e.kind().to_string()))?.len();
    if size > MAX_INPUT {
        return Err(failed("it is too large".into()));
    }
    std::fs::read_to_string(path).map_err(|e| failed(e.kind().to_string()))
}

/// Reads a small TOML file.
pub fn parsed<T: serde::de::DeserializeOwned>(path: &Path, what: &str) -> Result<T, Failure> {
    toml::from_str(&input(path, what)?).map_err(|e| {
        Failure::new(
            ErrorCode::Io,
            format!("The {what} file has a fault: {}.", e.message()),
            "Nothing was changed.",
        )
    })
}
