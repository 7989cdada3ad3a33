//! The hash of the file last looked at: the wizard asks for it and the import needs it again a moment later.

use crate::session::Session;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A file as it stood when it was hashed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hashed {
    path: PathBuf,
    bytes: u64,
    changed: SystemTime,
    sha256: [u8; 32],
}

/// SHA-256 of a file, remembered while its length and time of change stay the same.
pub(super) fn sha256(
    session: &Session,
    path: &Path,
    progress: &dyn Fn(u64) -> bool,
) -> std::io::Result<[u8; 32]> {
    let facts = std::fs::metadata(path)?;
    let (bytes, changed) = (facts.len(), facts.modified()?);
    let mut last = session.hashed();
    if let Some(known) = last.as_ref().filter(|h| h.path == path && (h.bytes, h.changed) == (bytes, changed))
    {
        return Ok(known.sha256);
    }
    let sha256 = intake::sha256(path, progress)?;
    *last = Some(Hashed { path: path.to_owned(), bytes, changed, sha256 });
    Ok(sha256)
}
