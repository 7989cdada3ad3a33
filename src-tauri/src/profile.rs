//! Where the member's keys and settings are kept.

use directories::ProjectDirs;
use std::path::PathBuf;

/// `COUNTERSIGN_PROFILE`, or the platform's folder for a program's own data.
pub fn folder() -> Result<PathBuf, NoFolder> {
    if let Some(folder) = std::env::var_os("COUNTERSIGN_PROFILE").filter(|f| !f.is_empty()) {
        return Ok(folder.into());
    }
    ProjectDirs::from("", "", "countersign").map(|p| p.data_local_dir().to_owned()).ok_or(NoFolder)
}

/// The account has no home folder.
#[derive(Debug)]
pub struct NoFolder;

impl std::fmt::Display for NoFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("This account has no home folder. Set COUNTERSIGN_PROFILE to the folder that shall hold your keys.")
    }
}

impl std::error::Error for NoFolder {}
