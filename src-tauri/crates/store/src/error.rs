//! What can go wrong with an open store. Messages carry rules and codes, never a stored value.

use rusqlite::{ErrorCode, ffi};

/// Why a step on an open store failed. A step that failed left the store as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full: nothing of this step was kept; free some space and try again")]
    Full,
    #[error("the store is damaged: a page is not as it was written; restore a backup")]
    Damaged,
    #[error("the store is busy with another step")]
    Busy,
    #[error("the store refuses: {0}")]
    Refused(String),
    #[error("this is already in the store")]
    Duplicate,
    #[error("this is not in the store")]
    Missing,
    #[error("a stored value has a form this program does not know: {0}")]
    Malformed(&'static str),
    #[error("this step was already undone, so nothing more is written in it")]
    Undone,
    #[error("the disk refused to read or write ({0})")]
    Io(std::io::ErrorKind),
    #[error("the database refused a statement (code {0})")]
    Database(i32),
}

impl From<std::io::Error> for StoreError {
    fn from(e: std::io::Error) -> Self {
        match e.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            kind => Self::Io(kind),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(e: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        match e {
            E::SqliteFailure(failure, message) => from_code(failure, message),
            E::QueryReturnedNoRows => Self::Missing,
            E::FromSqlConversionFailure(..) | E::IntegralValueOutOfRange(..) | E::InvalidColumnType(..) => {
                Self::Malformed("column")
            }
            _ => Self::Database(-1),
        }
    }
}

impl From<rusqlite::types::FromSqlError> for StoreError {
    fn from(_: rusqlite::types::FromSqlError) -> Self {
        Self::Malformed("column")
    }
}

fn from_code(failure: ffi::Error, message: Option<String>) -> StoreError {
    match failure.code {
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::SystemIoFailure => StoreError::Io(std::io::ErrorKind::Other),
        ErrorCode::PermissionDenied | ErrorCode::ReadOnly => {
            StoreError::Io(std::io::ErrorKind::PermissionDenied)
        }
        ErrorCode::ConstraintViolation => from_constraint(failure.extended_code, message),
        _ => StoreError::Database(failure.extended_code),
    }
}

/// Texts of rules come from the triggers in `schemas/store`, so they may be shown; other messages name columns.
fn from_constraint(code: i32, message: Option<String>) -> StoreError {
    match code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            StoreError::Duplicate
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => StoreError::Refused("what it refers to does not exist".into()),
        _ => StoreError::Refused(message.unwrap_or_default()),
    }
}
