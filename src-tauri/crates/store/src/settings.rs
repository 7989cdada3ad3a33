//! The settings of every connection, each applied and then asked back: a store that cannot be kept safely stays shut.

use crate::RawKey;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, Error};

/// Bytes of a database page, fixed at creation. Segments are large: 4,096 took twice as long to write and read them,
/// 65,536 was no faster (`tests::measure`).
pub(crate) const PAGE_SIZE: i64 = 16_384;
/// Page cache of a connection, in KiB: with the 2 MB default, random inserts were five times slower.
const CACHE_KIB: i64 = 65_536;
/// The WAL shrinks to this many bytes after a long step.
const WAL_BYTES: i64 = 16 << 20;
/// Longest wait for another connection of this program, in milliseconds.
const WAIT_MS: i64 = 10_000;
/// Longest value, in bytes; a segment is a few megabytes.
const MAX_VALUE: i32 = 512 << 20;

/// Whether a connection may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Read,
}

/// Why a connection was not taken.
#[derive(Debug)]
pub(crate) enum SettingError {
    /// The named setting did not take.
    Refused(&'static str),
    Database(Error),
}

impl From<Error> for SettingError {
    fn from(e: Error) -> Self {
        Self::Database(e)
    }
}

/// Pragmas of every connection with the value they must answer. The page size goes first: nothing may be read before it.
const PRAGMAS: &[(&str, i64)] = &[
    ("cipher_page_size", PAGE_SIZE),
    ("cache_size", -CACHE_KIB),
    ("temp_store", 2),
    ("secure_delete", 1),
    ("foreign_keys", 1),
    // Without it INSERT OR REPLACE would slip past the append-only triggers.
    ("recursive_triggers", 1),
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("busy_timeout", WAIT_MS),
];

const SWITCHES: &[(&str, DbConfig, bool)] = &[
    ("defensive", DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
    ("trusted_schema", DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
    ("writable_schema", DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
    ("attach_create", DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
    ("attach_write", DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, false),
    ("double_quoted_strings", DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
    ("double_quoted_strings", DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ("triggers", DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true),
    ("tokenizers", DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
];

/// Gives the key and the settings that do not touch the file. Nothing has been read yet.
pub(crate) fn unlock(sql: &Connection, key: &RawKey) -> Result<(), SettingError> {
    // SQLCipher logs to stderr unless told otherwise; errors reach people as typed errors instead.
    text(sql, "PRAGMA cipher_log_level = NONE")?;
    text(sql, "PRAGMA cipher_memory_security = ON")?;
    // Until the schema is known to be ours, closing must not write.
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    text(sql, &key.pragma("key"))?;
    for (name, value) in PRAGMAS {
        text(sql, &format!("PRAGMA {name} = {value}"))?;
    }
    for (_, switch, value) in SWITCHES {
        sql.set_db_config(*switch, *value)?;
    }
    sql.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    sql.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE)?;
    Ok(())
}

/// Writes every page again under another key, which the connection has from then on.
pub(crate) fn rekey(sql: &Connection, key: &RawKey) -> Result<(), Error> {
    text(sql, &key.pragma("rekey")).map(drop)
}

/// Sets what touches the file, then asks every setting back.
pub(crate) fn apply(sql: &Connection, mode: Mode) -> Result<(), SettingError> {
    match mode {
        Mode::Write => {
            text(sql, "PRAGMA journal_mode = WAL")?;
            text(sql, "PRAGMA synchronous = FULL")?;
            text(sql, &format!("PRAGMA journal_size_limit = {WAL_BYTES}"))?;
        }
        Mode::Read => {
            text(sql, "PRAGMA query_only = 1")?;
        }
    }
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    #[cfg(test)]
    crate::tests::sabotage(sql);
    verify(sql, mode)
}

/// Asks every setting back.
pub(crate) fn verify(sql: &Connection, mode: Mode) -> Result<(), SettingError> {
    for (name, expected) in PRAGMAS {
        must(name, text(sql, &format!("PRAGMA {name}"))? == expected.to_string())?;
    }
    for (name, switch, expected) in SWITCHES {
        must(name, sql.db_config(*switch)? == *expected)?;
    }
    must("cipher", text(sql, "PRAGMA cipher_status")? == "1")?;
    must("cipher_use_hmac", text(sql, "PRAGMA cipher_use_hmac")? == "1")?;
    must("cipher_log_level", text(sql, "PRAGMA cipher_log_level")? == "NONE")?;
    must("cipher_memory_security", text(sql, "PRAGMA cipher_memory_security")? == "1")?;
    must("attach", sql.limit(Limit::SQLITE_LIMIT_ATTACHED)? == 0)?;
    must("journal_mode", text(sql, "PRAGMA journal_mode")? == "wal")?;
    match mode {
        Mode::Write => must("synchronous", text(sql, "PRAGMA synchronous")? == "2")?,
        Mode::Read => must("query_only", text(sql, "PRAGMA query_only")? == "1")?,
    }
    must("temp_store", compiled(sql, "TEMP_STORE=3")?)?;
    must("load_extension", extensions_are_refused(sql))
}

fn must(name: &'static str, holds: bool) -> Result<(), SettingError> {
    if holds { Ok(()) } else { Err(SettingError::Refused(name)) }
}

/// Runs a pragma and returns its first answer as text, or nothing.
fn text(sql: &Connection, statement: &str) -> Result<String, Error> {
    let mut prepared = sql.prepare(statement)?;
    let mut rows = prepared.query([])?;
    let Some(row) = rows.next()? else { return Ok(String::new()) };
    Ok(match row.get_ref(0)? {
        rusqlite::types::ValueRef::Integer(n) => n.to_string(),
        other => other.as_str().unwrap_or_default().to_owned(),
    })
}

fn compiled(sql: &Connection, option: &str) -> Result<bool, Error> {
    let mut statement = sql.prepare("PRAGMA compile_options")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if row.get_ref(0)?.as_str() == Ok(option) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The path does not exist, so with extensions allowed the message would be about the file.
fn extensions_are_refused(sql: &Connection) -> bool {
    let asked = sql.query_row("SELECT load_extension('/nonexistent')", [], |_| Ok(()));
    matches!(asked, Err(Error::SqliteFailure(_, Some(message))) if message.contains("not authorized"))
}
