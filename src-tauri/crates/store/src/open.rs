//! Opening, making and closing a store.

use crate::facts::{Facts, Policy};
use crate::folder::{self, Folder, Lock};
use crate::read::{Db, Read};
use crate::settings::{self, Mode, SettingError};
use crate::{RawKey, StoreError, meta, migrations};
use model::StoreId;
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::Arc;

/// Why a store was not opened or made. A store that was not opened was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("the key does not open this store")]
    WrongKey,
    #[error("this folder is not a store")]
    NotAStore,
    #[error(
        "the store was written by a newer program (its format is {found}, this program knows {known}); it was left as it is"
    )]
    Newer { found: u32, known: u32 },
    #[error("the store is damaged: its database is not as it was written; restore a backup")]
    Damaged,
    #[error("the database cannot be kept safely here: the setting {0} does not hold")]
    Settings(&'static str),
    #[error("store.toml and the encrypted database disagree: one of them was replaced")]
    Facts,
    #[error("another program has this store open")]
    InUse,
    #[error("there is something in this folder already")]
    Exists,
    #[error("the folder cannot be used ({0})")]
    Io(std::io::ErrorKind),
    #[error(transparent)]
    Store(StoreError),
}

impl From<std::io::Error> for OpenError {
    fn from(e: std::io::Error) -> Self {
        match StoreError::from(e) {
            StoreError::Io(kind) => Self::Io(kind),
            other => Self::Store(other),
        }
    }
}

impl From<StoreError> for OpenError {
    fn from(e: StoreError) -> Self {
        match e {
            StoreError::Damaged => Self::Damaged,
            StoreError::Io(kind) => Self::Io(kind),
            other => Self::Store(other),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(e: rusqlite::Error) -> Self {
        // A page that does not authenticate surfaces in several codes while a file is being opened.
        match e.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ => StoreError::from(e).into(),
        }
    }
}

impl From<SettingError> for OpenError {
    fn from(e: SettingError) -> Self {
        match e {
            SettingError::Refused(name) => Self::Settings(name),
            SettingError::Database(e) => e.into(),
        }
    }
}

/// An open store: the one connection that writes, and the lock that keeps other programs out.
#[derive(Debug)]
pub struct Store {
    sql: Connection,
    key: RawKey,
    folder: Folder,
    facts: Facts,
    lock: Arc<Lock>,
}

impl Store {
    /// Makes a store in a folder that does not hold one yet.
    pub fn create(dir: &Path, key: &RawKey, id: &StoreId, policy: Policy) -> Result<Self, OpenError> {
        let folder = Folder::new(dir);
        folder::create_folder(dir)?;
        let lock = lock(&folder)?;
        if folder.db().exists() || folder.facts().exists() {
            return Err(OpenError::Exists);
        }
        // SQLite gives the WAL the mode of the database, so the mode is set before it looks.
        folder::create_private(&folder.db())?;
        let made = Self::fill(folder.clone(), key, Facts::new(id.clone(), policy, key), lock);
        if made.is_err() {
            // Best effort: a half-made database would stand in the way of the next attempt.
            for name in ["store.db", "store.db-wal", "store.db-shm", "store.toml"] {
                let _ = std::fs::remove_file(folder.root().join(name));
            }
        }
        made
    }

    fn fill(folder: Folder, key: &RawKey, facts: Facts, lock: Lock) -> Result<Self, OpenError> {
        let mut sql = connect(&folder, key, Mode::Write)?;
        settings::apply(&sql, Mode::Write)?;
        migrations::apply(&mut sql)?;
        let mut store = Self { sql, key: key.copy(), folder, facts, lock: Arc::new(lock) };
        let (id, policy) = (store.facts.id.to_string(), store.facts.policy);
        store.write(|tx| {
            meta::put(tx, meta::STORE_ID, id.as_bytes())?;
            meta::put(tx, meta::POLICY, policy.as_str().as_bytes())
        })?;
        store.checkpoint()?;
        store.facts.write(&store.folder)?;
        Ok(store)
    }

    /// Opens a store; every setting is asserted, a newer schema is refused before anything is written.
    pub fn open(dir: &Path, key: &RawKey) -> Result<Self, OpenError> {
        let folder = Folder::new(dir);
        let facts = Facts::read(&folder)?;
        let length = match std::fs::metadata(folder.db()) {
            Ok(file) => file.len() as i64,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(OpenError::NotAStore),
            Err(e) => return Err(e.into()),
        };
        if !facts.fits(key) {
            return Err(OpenError::WrongKey);
        }
        if length < settings::PAGE_SIZE || length % settings::PAGE_SIZE != 0 {
            return Err(OpenError::Damaged);
        }
        let lock = Arc::new(lock(&folder)?);
        let mut sql = connect(&folder, key, Mode::Write)?;
        migrations::check(&sql)?;
        settings::apply(&sql, Mode::Write)?;
        migrations::apply(&mut sql)?;
        let store = Self { sql, key: key.copy(), folder, facts, lock };
        store.compare_facts()?;
        Ok(store)
    }

    fn compare_facts(&self) -> Result<(), OpenError> {
        let id = meta::text(self, meta::STORE_ID)?;
        let policy = meta::text(self, meta::POLICY)?;
        let same = id.as_deref() == Some(self.facts.id.as_str())
            && policy.as_deref() == Some(self.facts.policy.as_str());
        if same { Ok(()) } else { Err(OpenError::Facts) }
    }

    pub fn facts(&self) -> &Facts {
        &self.facts
    }
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Runs a step in one transaction: all of it is kept and durable, or none of it.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        step: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = self.sql.transaction_with_behavior(TransactionBehavior::Immediate);
        let tx = Tx { sql: begun.map_err(StoreError::from)? };
        // An early return drops the transaction, and dropping rolls back.
        let value = step(&tx)?;
        tx.alive()?;
        tx.db().intact()?;
        tx.sql.commit().map_err(StoreError::from)?;
        Ok(value)
    }

    /// A connection of its own that only reads, for a window that stays alive while a job writes.
    pub fn reader(&self) -> Result<Reader, OpenError> {
        let sql = connect(&self.folder, &self.key, Mode::Read)?;
        settings::apply(&sql, Mode::Read)?;
        Ok(Reader { sql, _lock: Arc::clone(&self.lock) })
    }

    /// Reads every page of the database and checks its seal and structure.
    pub fn integrity(&self) -> Result<(), StoreError> {
        integrity(&self.sql)
    }

    /// Moves what the WAL holds into the database and empties it.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        let busy: i64 = self.sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0))?;
        if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
    }

    /// Closes the store with an empty WAL. Dropping it does the same as far as it can.
    pub fn close(self) -> Result<(), StoreError> {
        let emptied = self.checkpoint();
        let closed = self.sql.close().map_err(|(_, e)| StoreError::from(e));
        emptied.and(closed)
    }

    pub(crate) fn key(&self) -> &RawKey {
        &self.key
    }
    pub(crate) fn sql(&self) -> &Connection {
        &self.sql
    }
}

fn lock(folder: &Folder) -> Result<Lock, OpenError> {
    folder::try_lock(&folder.lock())?.ok_or(OpenError::InUse)
}

/// A connection that has the key and has proved it on the first page.
pub(crate) fn connect(folder: &Folder, key: &RawKey, mode: Mode) -> Result<Connection, OpenError> {
    let access = match mode {
        Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let sql = Connection::open_with_flags(folder.db(), access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    settings::unlock(&sql, key)?;
    sql.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0))?;
    Ok(sql)
}

pub(crate) fn integrity(sql: &Connection) -> Result<(), StoreError> {
    // One row per page that does not authenticate, none when all do.
    let bad = sql.prepare("PRAGMA cipher_integrity_check")?.exists([])?;
    let verdict: String = sql.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    if bad || verdict != "ok" { Err(StoreError::Damaged) } else { Ok(()) }
}

/// Rows added by one statement; SQLite takes at most 32,766 values in one.
const ROWS_A_STATEMENT: usize = 1000;

/// One transaction that writes.
#[derive(Debug)]
pub struct Tx<'a> {
    sql: Transaction<'a>,
}

impl Tx<'_> {
    /// SQLite undoes a transaction by itself when the disk is full; what came after would then be kept piece by piece.
    fn alive(&self) -> Result<(), StoreError> {
        if self.sql.is_autocommit() { Err(StoreError::Undone) } else { Ok(()) }
    }

    pub(crate) fn run(&self, statement: &str, values: impl rusqlite::Params) -> Result<usize, StoreError> {
        self.alive()?;
        Ok(self.sql.execute(statement, values)?)
    }

    pub(crate) fn prepare(&self, statement: &str) -> Result<rusqlite::Statement<'_>, StoreError> {
        self.alive()?;
        Ok(self.sql.prepare(statement)?)
    }

    /// Adds rows, many to a statement; `head` ends in `VALUES`, `tail` may hold what to do on conflict.
    ///
    /// A statement that may fail keeps a copy of every page it touches, in kilobyte pieces that memory security locks and
    /// wipes one by one: with a statement per row, that was half of an import's time.
    pub(crate) fn insert_many<T, const N: usize>(
        &self,
        head: &str,
        tail: &str,
        rows: &[T],
        values: impl Fn(&T) -> [Value; N],
    ) -> Result<(), StoreError> {
        let row = format!("({})", ["?"; N].join(","));
        let text = |rows: usize| format!("{head} {} {tail}", vec![row.as_str(); rows].join(","));
        let mut full = None;
        for chunk in rows.chunks(ROWS_A_STATEMENT) {
            let bound = rusqlite::params_from_iter(chunk.iter().flat_map(&values));
            if chunk.len() < ROWS_A_STATEMENT {
                self.prepare(&text(chunk.len()))?.execute(bound)?;
                continue;
            }
            let statement = match &mut full {
                Some(statement) => statement,
                None => full.insert(self.prepare(&text(ROWS_A_STATEMENT))?),
            };
            statement.execute(bound)?;
        }
        Ok(())
    }

    pub(crate) fn last_id(&self) -> i64 {
        self.sql.last_insert_rowid()
    }
}

/// One state of the store, as long as it is held.
#[derive(Debug)]
pub struct Snapshot<'a> {
    sql: Transaction<'a>,
}

/// A connection that only reads. It keeps the folder locked as long as it lives.
#[derive(Debug)]
pub struct Reader {
    sql: Connection,
    _lock: Arc<Lock>,
}

impl Reader {
    /// Runs several reads on the same state of the store, whatever is written meanwhile.
    pub fn snapshot<T, E: From<StoreError>>(
        &mut self,
        read: impl FnOnce(&Snapshot<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let sql =
            self.sql.transaction_with_behavior(TransactionBehavior::Deferred).map_err(StoreError::from)?;
        read(&Snapshot { sql })
    }
}

impl Read for Store {
    fn db(&self) -> Db<'_> {
        Db(&self.sql)
    }
}
impl Read for Reader {
    fn db(&self) -> Db<'_> {
        Db(&self.sql)
    }
}
impl Read for Snapshot<'_> {
    fn db(&self) -> Db<'_> {
        Db(&self.sql)
    }
}
impl Read for Tx<'_> {
    fn db(&self) -> Db<'_> {
        Db(&self.sql)
    }
}
