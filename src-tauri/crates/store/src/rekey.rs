//! A store under another key: copied beside itself, re-keyed, read back, and put in the old one's place when that is
//! closed. A crash at any point leaves the old folder or the new one, which `settle` puts right.

use crate::backup::{BackupError, Copy};
use crate::folder::{self, Folder};
use crate::{RawKey, Store};
use std::io;
use std::path::{Path, PathBuf};

const NEW: &str = ".rekeyed";
const OLD: &str = ".before";

/// Makes the copy under the new key; `keys` are the bytes of its `keys.age`. The open store is not touched.
pub fn prepare(store: &Store, key: &RawKey, keys: &[u8]) -> Result<(), BackupError> {
    let target = beside(store.folder().root(), NEW)?;
    let (from, source) = (store.sql(), store.folder());
    let copy = Copy { from, source, key: store.key(), new_key: Some(key), until: None };
    copy.make(&store.facts().under(key), &target, &mut |_| true)?;
    Ok(folder::write_atomic(&Folder::new(&target).keys(), keys)?)
}

/// Puts the prepared copy in the place of the store, which must be closed, and removes the old folder.
pub fn swap(root: &Path) -> Result<(), BackupError> {
    std::fs::rename(root, beside(root, OLD)?)?;
    settle(root)
}

/// Finishes or undoes a change of key that a crash cut short.
pub fn settle(root: &Path) -> Result<(), BackupError> {
    let (new, old) = (beside(root, NEW)?, beside(root, OLD)?);
    if !root.exists() && Folder::new(&new).facts().exists() && old.exists() {
        std::fs::rename(&new, root)?;
        if let Some(parent) = root.parent() {
            folder::sync_folder(parent)?;
        }
    }
    if root.exists() {
        gone(&new)?;
        gone(&old)?;
    }
    Ok(())
}

fn beside(root: &Path, ending: &str) -> Result<PathBuf, BackupError> {
    let mut name = root.file_name().ok_or(BackupError::Io(io::ErrorKind::InvalidInput))?.to_owned();
    name.push(ending);
    Ok(root.with_file_name(name))
}

fn gone(path: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}
