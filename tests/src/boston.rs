//! Real files with real headers, where the machine has them. They are not part of the repository.

use crate::{programs, skipped};
use std::path::PathBuf;

/// The four files the foundation is tried on, in the order in which they are imported.
pub const FILES: [&str; 4] = [
    "boston_officers.csv",
    "court_overtime_2018_2020.xlsx",
    "paid_details_2022_half_a.xlsx",
    "internal_affairs_allegations_to_2018.xlsx",
];

/// The folder with all four files; `None`, said aloud, where they are missing.
pub fn folder(what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("COUNTERSIGN_DATA")
        .map_or_else(|| programs::root().join("../shared/data"), PathBuf::from);
    let folder = folder.join("boston");
    let missing = FILES.iter().find(|f| !folder.join(f).exists());
    if let Some(missing) = missing {
        skipped(what, &format!("the Boston files are not on this machine ({missing})"));
        return None;
    }
    Some(folder)
}
