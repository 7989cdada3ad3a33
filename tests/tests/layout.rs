//! The six entries at the top of the repository are fixed.

use journeys::programs::root;
use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn the_repository_has_six_entries_at_the_top_beside_dot_files_and_the_lock_file() {
    let listed =
        Command::new("git").args(["ls-files", "--cached"]).current_dir(root()).output().expect("git runs");
    assert!(listed.status.success(), "the tests run in a clone");
    let listed = String::from_utf8(listed.stdout).expect("plain file names");
    let top: BTreeSet<&str> = listed
        .lines()
        .filter_map(|path| path.split('/').next())
        .filter(|name| !name.starts_with('.') && *name != "Cargo.lock")
        .collect();
    assert_eq!(top, BTreeSet::from(["Cargo.toml", "README.md", "schemas", "src-tauri", "tests", "ui"]));
}
