//! Finds source files that have grown past what a reader takes in.

use crate::place;
use crate::run::{Done, Failed};
use std::path::{Path, PathBuf};

/// Most lines of a source file.
const MOST_LINES: usize = 400;

const SOURCES: [&str; 3] = ["rs", "ts", "svelte"];
const SKIPPED: [&str; 5] = ["node_modules", "target", "dist", "gen", ".svelte-kit"];

/// Fails with the list of files that are too long.
pub fn run() -> Done {
    let root = place::root();
    let mut found = Vec::new();
    for folder in ["src-tauri", "ui", "tests"] {
        too_long(&root.join(folder), &mut found)?;
    }
    found.sort();
    let list: Vec<String> = found
        .iter()
        .map(|(path, lines)| format!("{lines} lines: {}", path.strip_prefix(&root).unwrap_or(path).display()))
        .collect();
    if list.is_empty() {
        println!("no source file has more than {MOST_LINES} lines");
        return Ok(());
    }
    Err(Failed(format!("more than {MOST_LINES} lines, split by noun:\n  {}", list.join("\n  "))))
}

fn too_long(folder: &Path, found: &mut Vec<(PathBuf, usize)>) -> Done {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            if !SKIPPED.iter().any(|s| name == *s) {
                too_long(&path, found)?;
            }
        } else if path.extension().is_some_and(|e| SOURCES.iter().any(|s| e == *s)) {
            let lines = std::fs::read_to_string(&path)?.lines().count();
            if lines > MOST_LINES {
                found.push((path, lines));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_source_files_are_found_and_foreign_folders_are_left_alone() {
        let folder = std::env::temp_dir().join(format!("countersign-size-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("node_modules")).unwrap();
        let long = "x\n".repeat(MOST_LINES + 1);
        std::fs::write(folder.join("long.rs"), &long).unwrap();
        std::fs::write(folder.join("just.rs"), "x\n".repeat(MOST_LINES)).unwrap();
        std::fs::write(folder.join("long.json"), &long).unwrap();
        std::fs::write(folder.join("node_modules/long.ts"), &long).unwrap();
        let mut found = Vec::new();
        too_long(&folder, &mut found).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, [(folder.join("long.rs"), MOST_LINES + 1)]);
    }
}
