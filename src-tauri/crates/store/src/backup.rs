//! Backups: the open database page by page to another folder under the same key, called done only when it was read back.

use crate::folder::{self, Folder};
use crate::open::{connect, integrity};
use crate::settings::{self, Mode};
use crate::{Facts, OpenError, RawKey, Store, StoreError};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::io::ErrorKind;
use std::path::Path;

/// Pages copied in one go before the progress is told.
const PAGES: i32 = 512;
/// Longest key file or head, in bytes.
const MAX_COMPANION: u64 = 1 << 20;

const TABLES: &str =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";

/// Why a backup or a restore was not made. What was there before is still there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    #[error("there is something in the target folder already")]
    Exists,
    #[error("the copy was read back and is not the same; it was not kept")]
    Differs,
    #[error("the backup could not be made: {0}")]
    Source(OpenError),
    #[error("the target folder cannot be used ({0})")]
    Io(ErrorKind),
    #[error("the disk is full: the copy was not kept")]
    Full,
    #[error("the backup was cancelled; nothing was kept")]
    Cancelled,
}

impl From<std::io::Error> for BackupError {
    fn from(e: std::io::Error) -> Self {
        match StoreError::from(e) {
            StoreError::Io(kind) => Self::Io(kind),
            _ => Self::Full,
        }
    }
}
impl From<OpenError> for BackupError {
    fn from(e: OpenError) -> Self {
        if e == OpenError::Store(StoreError::Full) { Self::Full } else { Self::Source(e) }
    }
}
impl From<StoreError> for BackupError {
    fn from(e: StoreError) -> Self {
        OpenError::from(e).into()
    }
}
impl From<rusqlite::Error> for BackupError {
    fn from(e: rusqlite::Error) -> Self {
        StoreError::from(e).into()
    }
}

/// What a verified copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Rows by table.
    pub tables: Vec<(String, u64)>,
    pub ledger_size: u64,
}

/// Copies an open store to a folder that is empty or absent.
pub fn to(store: &Store, target: &Path) -> Result<Verified, BackupError> {
    to_with(store, target, &mut |_| true)
}

/// The same; `progress` gets thousandths and says whether to go on.
pub fn to_with(
    store: &Store,
    target: &Path,
    progress: &mut dyn FnMut(u32) -> bool,
) -> Result<Verified, BackupError> {
    copy(store.sql(), store.key(), store.facts(), store.folder(), target, progress)
}

/// Copies a backup to a folder that is empty or absent.
pub fn restore(backup: &Path, target: &Path, key: &RawKey) -> Result<Verified, BackupError> {
    if is_free(target)? { restore_over(backup, target, key) } else { Err(BackupError::Exists) }
}

/// Copies a backup to a folder; a store that stood there is kept beside it, under the folder's name with `.replaced`.
pub fn restore_over(backup: &Path, target: &Path, key: &RawKey) -> Result<Verified, BackupError> {
    let source = Store::open(backup, key)?;
    source.integrity()?;
    let (new, old) = (beside(target, ".restoring")?, beside(target, ".replaced")?);
    let verified = to(&source, &new)?;
    if is_free(target)? {
        let _ = std::fs::remove_dir(target);
    } else {
        // Nobody may have the store open that is put aside.
        let held = folder::try_lock(&Folder::new(target).lock())?;
        if held.is_none() || old.exists() {
            std::fs::remove_dir_all(&new)?;
            return Err(if held.is_none() { OpenError::InUse.into() } else { BackupError::Exists });
        }
        std::fs::rename(target, &old)?;
    }
    std::fs::rename(&new, target)?;
    if let Some(parent) = target.parent() {
        folder::sync_folder(parent)?;
    }
    Ok(verified)
}

fn beside(target: &Path, ending: &str) -> Result<std::path::PathBuf, BackupError> {
    let mut name = target.file_name().ok_or(BackupError::Io(ErrorKind::InvalidInput))?.to_owned();
    name.push(ending);
    Ok(target.with_file_name(name))
}

fn is_free(path: &Path) -> Result<bool, BackupError> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(true),
        Err(e) => Err(e.into()),
    }
}

fn copy(
    from: &Connection,
    key: &RawKey,
    facts: &Facts,
    source: &Folder,
    target: &Path,
    progress: &mut dyn FnMut(u32) -> bool,
) -> Result<Verified, BackupError> {
    if !is_free(target)? {
        return Err(BackupError::Exists);
    }
    folder::create_folder(target)?;
    let folder = Folder::new(target);
    let done = copy_into(from, key, source, &folder, progress).and_then(|()| verify(from, key, &folder));
    // The facts come last: without them the folder is not a store.
    let done = done.and_then(|verified| Ok(facts.write(&folder).map(|()| verified)?));
    if done.is_err() {
        // Best effort: what is left of a failed copy is encrypted, and not a store.
        let _ = std::fs::remove_dir_all(target);
    }
    done
}

fn copy_into(
    from: &Connection,
    key: &RawKey,
    source: &Folder,
    target: &Folder,
    progress: &mut dyn FnMut(u32) -> bool,
) -> Result<(), BackupError> {
    for (old, new) in source.companions().iter().zip(target.companions()) {
        match folder::read_limited(old, MAX_COMPANION) {
            Ok(bytes) => folder::write_atomic(&new, &bytes)?,
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => return Err(e.into()),
        }
    }
    folder::create_private(&target.db())?;
    let mut into = connect(target, key, Mode::Write)?;
    let backup = Backup::new(from, &mut into)?;
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => break,
            StepResult::More => {}
            _ => return Err(StoreError::Busy.into()),
        }
        let pages = backup.progress();
        let copied = i64::from(pages.pagecount - pages.remaining) * 1000 / i64::from(pages.pagecount.max(1));
        if !progress(copied as u32) {
            return Err(BackupError::Cancelled);
        }
    }
    drop(backup);
    into.close().map_err(|(_, e)| e)?;
    std::fs::File::open(target.db())?.sync_all()?;
    Ok(folder::sync_folder(target.root())?)
}

/// Opens the copy as anyone would, reads every page, and counts.
fn verify(from: &Connection, key: &RawKey, target: &Folder) -> Result<Verified, BackupError> {
    let copy = connect(target, key, Mode::Write)?;
    settings::apply(&copy, Mode::Write).map_err(OpenError::from)?;
    integrity(&copy)?;
    let (ours, theirs) = (content(from)?, content(&copy)?);
    copy.close().map_err(|(_, e)| e)?;
    if ours == theirs { Ok(theirs) } else { Err(BackupError::Differs) }
}

fn content(sql: &Connection) -> Result<Verified, rusqlite::Error> {
    let mut names = sql.prepare(TABLES)?;
    let mut tables = Vec::new();
    for name in names.query_map([], |r| r.get::<_, String>(0))? {
        let name = name?;
        let rows = sql.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |r| r.get::<_, i64>(0))?;
        tables.push((name, rows as u64));
    }
    let size: i64 = sql.query_row("SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaves", [], |r| r.get(0))?;
    Ok(Verified { tables, ledger_size: size as u64 })
}
