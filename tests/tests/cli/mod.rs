//! The command line under bad input and faults, and what it leaves behind.

pub mod canary;
pub mod desk;
mod documents;
mod faults;
pub mod files;
mod kills;
mod kills_exchange;
mod located;
mod members;
mod names;
mod table;
mod three_people;
