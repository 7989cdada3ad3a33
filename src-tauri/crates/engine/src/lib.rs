//! The use cases, one file per noun: the only place where intake, store, seal, ledger and detect meet.
//!
//! Both faces, window and command line, call [`App`] (or the free functions it is made of) and get the views of
//! `contract` back, so that what one shows the other shows too. The clock and the profile folder come in from outside.

mod analyse;
mod app;
mod book;
mod clock;
mod create;
mod disclosure;
mod dpo;
mod end;
mod entries;
mod erase;
mod error;
mod exchange;
mod fields;
mod home;
mod import;
mod indicators;
mod jobs;
mod lead;
mod life;
mod links;
mod mail;
mod members;
mod merge;
mod name_index;
mod outgoing;
mod oversight;
mod overview;
mod patterns;
mod people;
mod protected;
mod record;
mod reports;
mod representative;
mod restore;
mod retention;
mod rows;
mod session;
mod steps;
mod subject_access;
mod trial;
mod unmask;
mod vault;
mod wording;

pub use app::{App, Event};
pub use clock::{Clock, Fixed, System};
pub use error::Error;
pub use home::Home;

#[cfg(test)]
mod tests;
