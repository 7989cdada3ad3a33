//! How much of a workbook would be held in memory, found out before it is.

use super::OpenError;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use zip::ZipArchive;

/// Most bytes that the parts held in memory may unpack to: shared strings, styles, lists of sheets.
const MAX_HELD: u64 = 256 * 1024 * 1024;

/// Refuses a workbook whose shared strings and the like unpack to more than is held in memory. Sheets are read cell by
/// cell and may be larger. The sizes an archive declares are not trusted: the parts are unpacked and counted.
///
/// Damage is passed over here; whoever reads the part says so.
pub(super) fn check(path: &Path) -> Result<(), OpenError> {
    let Ok(mut archive) = ZipArchive::new(BufReader::new(File::open(path)?)) else { return Ok(()) };
    let mut left = MAX_HELD;
    let mut block = vec![0; 1 << 16];
    for at in 0..archive.len() {
        let Ok(mut part) = archive.by_index(at) else { continue };
        let name = String::from_utf8_lossy(part.name_raw()).to_lowercase();
        let held = name.ends_with(".xml") || name.ends_with(".rels");
        if !held || name.starts_with("xl/worksheets/") {
            continue;
        }
        while let Ok(length @ 1..) = part.read(&mut block) {
            left = left.checked_sub(length as u64).ok_or(OpenError::UnpacksTooFar)?;
        }
    }
    Ok(())
}
