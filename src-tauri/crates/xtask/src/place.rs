//! Where things lie.

use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors().nth(3).map_or(here.clone(), Path::to_owned)
}

/// Cargo's target folder: this program was built into `<target>/debug`.
pub fn target() -> PathBuf {
    let built = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.parent()?.to_owned()));
    built.unwrap_or_else(|| root().join("target"))
}

/// A program of ours, built for development.
pub fn binary(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A program of ours, built to be fast.
pub fn optimised(name: &str) -> PathBuf {
    target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Programs installed for testing only.
pub fn tools() -> PathBuf {
    target().join("tools")
}
