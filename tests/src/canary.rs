//! Looks for a name in every byte that was left on the disk.

use std::path::{Path, PathBuf};

/// Files under `folder` in which one of the names occurs, as UTF-8 or UTF-16, except below `spared`.
pub fn found(names: &[String], folder: &Path, spared: &[&Path]) -> Vec<PathBuf> {
    let needles: Vec<Vec<u8>> = names
        .iter()
        .filter(|n| n.len() >= 4)
        .flat_map(|n| [n.clone().into_bytes(), n.encode_utf16().flat_map(u16::to_le_bytes).collect()])
        .collect();
    let mut hits = Vec::new();
    search(folder, &needles, spared, &mut hits);
    hits
}

fn search(folder: &Path, needles: &[Vec<u8>], spared: &[&Path], hits: &mut Vec<PathBuf>) {
    // Folders and files may vanish while they are read: other programs use the temp folder too.
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if spared.iter().any(|s| path.starts_with(s)) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => search(&path, needles, spared, hits),
            Ok(kind) if kind.is_file() && holds(&path, needles) => hits.push(path),
            _ => {}
        }
    }
}

fn holds(path: &Path, needles: &[Vec<u8>]) -> bool {
    let Ok(bytes) = std::fs::read(path) else { return false };
    needles.iter().any(|needle| bytes.windows(needle.len()).any(|w| w == needle.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_both_encodings_and_not_where_it_is_spared() {
        let folder = tempfile::tempdir().unwrap();
        let wide: Vec<u8> = "Quillfeather".encode_utf16().flat_map(u16::to_le_bytes).collect();
        std::fs::create_dir_all(folder.path().join("spared")).unwrap();
        std::fs::write(folder.path().join("narrow"), "xxQuillfeatherxx").unwrap();
        std::fs::write(folder.path().join("wide"), wide).unwrap();
        std::fs::write(folder.path().join("clean"), "Quill feather").unwrap();
        std::fs::write(folder.path().join("spared/raw"), "Quillfeather").unwrap();
        let mut hits = found(&["Quillfeather".into()], folder.path(), &[&folder.path().join("spared")]);
        hits.sort();
        assert_eq!(hits, [folder.path().join("narrow"), folder.path().join("wide")]);
    }
}
