//! The command line under bad input and faults, and what it leaves behind.

mod canary;
mod desk;
mod faults;
mod files;
mod kills;
mod located;
mod names;
mod three_people;
