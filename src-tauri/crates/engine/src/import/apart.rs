//! An import that is sealed apart: its rows go into one file for the fairness audit and into no segment.

use super::take::{Identities, Plan};
use crate::protected::Person;
use crate::{Error, book, name_index, protected, steps};
use contract::ErrorCode;
use intake::{RawIdentity, SinkError};
use model::{Column, OfficerIndex, Table};
use std::sync::Mutex;

/// Most rows of one import; a force of 46,000 has one each.
const MAX_ROWS: usize = 1_000_000;

/// Rows as they come, from several threads.
#[derive(Default)]
struct Gathered(Mutex<Vec<Person>>);

impl intake::Sink for Gathered {
    fn rows(&self, table: Table) -> Result<(), SinkError> {
        let mut people = self.0.lock().map_err(|_| SinkError("a thread stopped".into()))?;
        if people.len() + table.len() > MAX_ROWS {
            let text = format!("This file has more than {MAX_ROWS} rows of protected characteristics.");
            let error =
                Error::new(ErrorCode::Limit, text, "Nothing was kept. One row for each officer is enough.");
            return Err(SinkError(Box::new(error)));
        }
        people.extend((0..table.len()).map(|row| {
            let word = |column: &Column| match column {
                Column::Words(words) => words.get(row).to_owned(),
                _ => String::new(),
            };
            (table.officers[row], table.columns.iter().map(word).collect())
        }));
        Ok(())
    }

    fn identity(&self, _: OfficerIndex, _: RawIdentity) -> Result<(), SinkError> {
        Ok(())
    }
}

impl Plan<'_> {
    /// Reads all, then seals it in the transaction that keeps the import.
    pub(super) fn run_apart(self) -> Result<u32, Error> {
        let session = self.session;
        let names = name_index::load(&*session.reader(), &self.keys, session.id())?;
        let roll = self.roll()?;
        self.progress.step("Reading rows");
        let gathered = Gathered::default();
        let report = self.read_into(&gathered, &roll, None, &names)?;
        let people = gathered.0.into_inner().unwrap_or_else(|held| held.into_inner());
        self.progress.step("Writing");
        let mut store = session.store()?;
        let (id, head) = store.write(|tx| {
            let id = store::imports::next_id(tx)?;
            let hash = protected::keep(session, tx, id, people)?;
            let head = self.keep(tx, id, report, roll, Identities::default(), Some(hash))?;
            steps::reached("import-kept");
            self.progress.check()?;
            Ok::<_, Error>((id, head))
        })?;
        drop(store);
        book::save_heads(session, &head)?;
        Ok(id.0)
    }
}
