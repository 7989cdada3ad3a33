//! Reading rows, believed only when every page they came from was whole.

use crate::StoreError;
use rusqlite::{Connection, Params, Row};

/// Something that rows can be read from: a store, a reader or the transaction of a step.
pub trait Read {
    #[doc(hidden)]
    fn db(&self) -> Db<'_>;
}

/// A connection that only this crate can use.
#[derive(Debug, Clone, Copy)]
pub struct Db<'a>(pub(crate) &'a Connection);

impl Db<'_> {
    /// The first row; none is `StoreError::Missing`.
    pub(crate) fn one<T>(
        self,
        statement: &str,
        values: impl Params,
        row: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let found = self.0.query_row_and_then(statement, values, row);
        self.intact()?;
        found
    }

    /// The first row, if there is one.
    pub(crate) fn maybe<T>(
        self,
        statement: &str,
        values: impl Params,
        row: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        match self.one(statement, values, row) {
            Ok(found) => Ok(Some(found)),
            Err(StoreError::Missing) => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// Every row.
    pub(crate) fn all<T>(
        self,
        statement: &str,
        values: impl Params,
        row: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut prepared = self.0.prepare(statement)?;
        let found = prepared.query_and_then(values, row)?.collect();
        drop(prepared);
        self.intact()?;
        found
    }

    /// SQLCipher hands out a page whose seal is broken as zeros and goes on; only its status tells. So it is asked
    /// after every read, and a connection that met such a page once is never believed again.
    pub(crate) fn intact(self) -> Result<(), StoreError> {
        let status = self.0.query_row("PRAGMA cipher_status", [], |r| Ok(r.get_ref(0)?.as_str() == Ok("1")));
        if status == Ok(true) { Ok(()) } else { Err(StoreError::Damaged) }
    }
}
