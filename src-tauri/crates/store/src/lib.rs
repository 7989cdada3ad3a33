//! The store: a folder with an encrypted database. The only user of `rusqlite`, and the only place with SQL.
//!
//! `Store` opens, writes and closes; `Reader` reads beside it. Each table has a module with its statements as constants;
//! the rules about what may change are triggers in `schemas/store`. `segment` and `columns` turn tables into Parquet bytes.

pub mod backup;
pub mod challenges;
pub mod columns;
pub mod countersignatures;
pub mod decisions;
pub mod erasures;
pub mod evidence;
pub mod folder;
pub mod identities;
pub mod imports;
pub mod lead_packs;
pub mod leads;
pub mod ledger;
pub mod links;
pub mod mappings;
pub mod measures;
pub mod meta;
pub mod name_filter;
pub mod name_index;
pub mod notes;
pub mod officers;
pub mod parameters;
pub mod protected;
pub mod queue;
pub mod recusals;
pub mod rekey;
pub mod requests;
pub mod retention;
pub mod runs;
pub mod second_reviews;
pub mod segment;
pub mod segments;
pub mod set_aside;
pub mod texts;
pub mod unmaskings;

mod error;
mod facts;
mod key;
mod migrations;
mod open;
mod read;
mod settings;

pub use error::StoreError;
pub use facts::{FORMAT, Facts, Policy};
pub use folder::Folder;
pub use key::RawKey;
pub use migrations::KNOWN as SCHEMA;
pub use open::{OpenError, Reader, Snapshot, Store, Tx};
pub use read::{Db, Read};

#[cfg(test)]
mod tests;
