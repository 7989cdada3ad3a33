//! Where the programs under test lie.

use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

fn me() -> PathBuf {
    std::env::current_exe().expect("a running program has a path")
}

/// Cargo's target folder: what asks was built into `<target>/debug` or `<target>/debug/deps`, or into `release`.
pub fn target() -> PathBuf {
    let exe = me();
    let folder = exe.ancestors().find(|p| p.join("CACHEDIR.TAG").exists());
    folder.map_or_else(|| root().join("target"), Path::to_owned)
}

/// A program of ours. Missing programs are failures: a test that is not run proves nothing.
pub fn built(name: &str) -> PathBuf {
    let path = target()
        .join(if me().starts_with(target().join("release")) { "release" } else { "debug" })
        .join(name);
    assert!(path.exists(), "{} is not built: run `cargo xtask build`", path.display());
    path
}

/// The WebDriver bridge that `cargo xtask setup` installed.
pub fn tauri_driver() -> PathBuf {
    let path = target().join("tools/bin/tauri-driver");
    assert!(path.exists(), "tauri-driver is not installed: run `cargo xtask setup`");
    path
}

/// A program of the system, if it is there.
pub fn system(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|f| f.join(name)).find(|p| p.is_file())
}

/// The folder for what tests leave to be looked at: pictures, traces, words of the programs.
pub fn left_behind(folder: &str) -> PathBuf {
    let path = target().join(folder);
    std::fs::create_dir_all(&path).expect("the target folder is writable");
    path
}
