//! Backups: the open database page by page to another folder under the same key, called done only when it was read back.

use crate::folder::{self, Folder};
use crate::open::{connect, integrity};
use crate::settings::{self, Mode};
use crate::{Facts, OpenError, RawKey, Read, Store, StoreError, meta};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::io::ErrorKind;
use std::path::Path;

/// Pages copied in one go before the progress is told.
const PAGES: i32 = 512;
/// Longest key file or head, in bytes.
const MAX_COMPANION: u64 = 1 << 20;

const MARK: &str = "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)";
const UNMARK: &str = "DELETE FROM meta WHERE key = ?1";
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
    #[error("the time of this backup is over")]
    Expired(i32),
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

/// Copies an open store to a folder that is empty or absent, as a backup that can be put back until a day (day number).
pub fn to(store: &Store, target: &Path, until: i32) -> Result<Verified, BackupError> {
    to_with(store, target, Some(until), &mut |_| true)
}

/// The same, or without a day a store of its own; `progress` gets thousandths and says whether to go on.
pub fn to_with(
    store: &Store,
    target: &Path,
    until: Option<i32>,
    progress: &mut dyn FnMut(u32) -> bool,
) -> Result<Verified, BackupError> {
    let copy = Copy { from: store.sql(), source: store.folder(), key: store.key(), new_key: None, until };
    copy.make(store.facts(), target, progress)
}

/// The day until which a folder opened as a store can be put back; `None` for a store in use.
pub fn until(from: &impl Read) -> Result<Option<i32>, StoreError> {
    let Some(day) = meta::text(from, meta::BACKUP_UNTIL)? else { return Ok(None) };
    day.parse().map(Some).map_err(|_| StoreError::Malformed("meta"))
}

/// Copies a backup to a folder that is empty or absent; one whose day is before today is refused.
pub fn restore(backup: &Path, target: &Path, key: &RawKey, today: i32) -> Result<Verified, BackupError> {
    let source = Store::open(backup, key)?;
    match until(&source)? {
        Some(day) if day < today => return Err(BackupError::Expired(day)),
        _ => source.integrity()?,
    }
    to_with(&source, target, None, &mut |_| true)
}

fn is_free(path: &Path) -> Result<bool, BackupError> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(true),
        Err(e) => Err(e.into()),
    }
}

/// A copy of an open database with its companions.
pub(crate) struct Copy<'a> {
    pub from: &'a Connection,
    pub source: &'a Folder,
    pub key: &'a RawKey,
    /// The key of the copy, where it is another one.
    pub new_key: Option<&'a RawKey>,
    pub until: Option<i32>,
}

impl Copy<'_> {
    /// Makes it in a folder that is empty or absent, and reads it back. The facts come last: without them it is no store.
    pub fn make(
        &self,
        facts: &Facts,
        target: &Path,
        progress: &mut dyn FnMut(u32) -> bool,
    ) -> Result<Verified, BackupError> {
        if !is_free(target)? {
            return Err(BackupError::Exists);
        }
        folder::create_folder(target)?;
        let folder = Folder::new(target);
        let done = self.fill(&folder, progress).and_then(|()| self.verify(&folder));
        let done = done.and_then(|verified| Ok(facts.write(&folder).map(|()| verified)?));
        if done.is_err() {
            // Best effort: what is left of a failed copy is encrypted, and not a store.
            let _ = std::fs::remove_dir_all(target);
        }
        done
    }

    fn fill(&self, target: &Folder, progress: &mut dyn FnMut(u32) -> bool) -> Result<(), BackupError> {
        for (old, new) in self.source.companions().iter().zip(target.companions()) {
            match folder::read_limited(old, MAX_COMPANION) {
                Ok(bytes) => folder::write_atomic(&new, &bytes)?,
                Err(e) if e.kind() == ErrorKind::NotFound => {}
                Err(e) => return Err(e.into()),
            }
        }
        folder::create_private(&target.db())?;
        let mut into = connect(target, self.key, Mode::Write)?;
        self.pages(&mut into, progress)?;
        if let Some(key) = self.new_key {
            settings::apply(&into, Mode::Write).map_err(OpenError::from)?;
            settings::rekey(&into, key)?;
        }
        into.close().map_err(|(_, e)| e)?;
        std::fs::File::open(target.db())?.sync_all()?;
        Ok(folder::sync_folder(target.root())?)
    }

    fn pages(&self, into: &mut Connection, progress: &mut dyn FnMut(u32) -> bool) -> Result<(), BackupError> {
        let backup = Backup::new(self.from, into)?;
        loop {
            match backup.step(PAGES)? {
                StepResult::Done => return Ok(()),
                StepResult::More => {}
                _ => return Err(StoreError::Busy.into()),
            }
            let pages = backup.progress();
            let copied =
                i64::from(pages.pagecount - pages.remaining) * 1000 / i64::from(pages.pagecount.max(1));
            if !progress(copied as u32) {
                return Err(BackupError::Cancelled);
            }
        }
    }

    /// Opens the copy as anyone would, reads every page, counts, and writes what the copy is.
    fn verify(&self, target: &Folder) -> Result<Verified, BackupError> {
        let copy = connect(target, self.new_key.unwrap_or(self.key), Mode::Write)?;
        settings::apply(&copy, Mode::Write).map_err(OpenError::from)?;
        integrity(&copy)?;
        let (ours, theirs) = (content(self.from)?, content(&copy)?);
        match self.until {
            Some(day) => copy.execute(MARK, (meta::BACKUP_UNTIL, day.to_string().into_bytes()))?,
            None => copy.execute(UNMARK, [meta::BACKUP_UNTIL])?,
        };
        copy.close().map_err(|(_, e)| e)?;
        if ours == theirs { Ok(theirs) } else { Err(BackupError::Differs) }
    }
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
