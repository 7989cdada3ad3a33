//! Journeys and rules that need the whole program.
#![allow(clippy::unwrap_used, reason = "this is a test: what is not there fails it")]

mod afterwards;
mod boston;
mod cli;
mod dependencies;
mod exchange;
mod layout;
mod made_up;
mod network;
mod permissions;
mod verifier;
