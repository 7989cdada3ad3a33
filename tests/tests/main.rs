//! Journeys and rules that need the whole program.

mod boston;
mod cli;
mod dependencies;
mod layout;
mod made_up;
mod network;
mod permissions;
