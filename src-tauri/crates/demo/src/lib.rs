//! A made-up force: export files or tables with planted, labelled behaviour and innocent look-alikes, the same for a seed.

mod absence;
mod access;
mod access_log;
mod calendar;
mod cases;
mod cast;
mod cell;
mod complaint;
mod declaration;
mod duty;
mod files;
mod force;
mod gate;
mod incident;
mod innocent;
mod label;
mod layout;
mod member;
mod names;
mod overtime;
mod plant;
mod presence;
mod protected;
mod review;
mod rng;
mod roll;
mod roster;
mod rows;
mod snoop;
mod tables;
mod text;
mod unit;
mod workbook;
mod world;

pub use access_log::access_log;
pub use force::Force;
pub use label::{Label, UNKNOWN_OFFICER};
pub use plant::Intensity;

use model::{Gate, SourceKind};
use std::path::{Path, PathBuf};

/// Sizes a force may have: enough for a few units, few enough for six-digit staff numbers.
const OFFICERS: std::ops::RangeInclusive<u32> = 60..=100_000;
/// Days a force may cover.
const DAYS: std::ops::RangeInclusive<u32> = 28..=1_100;

/// What a force holds beside ordinary life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Every behaviour planted, and look-alikes.
    Planted,
    /// Nothing: ordinary life.
    Clean,
}

/// The size, period, seed and mode of a made-up force.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Members of the workforce, 60 to 100,000.
    pub officers: u32,
    /// Days covered, 28 to 1,100; the working-time rule needs 17 weeks to show.
    pub days: u32,
    pub first_day: jiff::civil::Date,
    pub seed: u64,
    pub mode: Mode,
    /// Members for each planted officer of one behaviour; at most 3,000 of a force of 46,000 keep all planted below 1 %.
    pub one_in: u32,
    /// Share of ordinary look-ups that is made, up to 1: a coarser access log where only rates matter.
    pub look_ups: f64,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            officers: 600,
            days: 181,
            first_day: jiff::civil::date(2026, 1, 1),
            seed: 1,
            mode: Mode::Planted,
            one_in: 300,
            look_ups: 1.0,
        }
    }
}

impl Plan {
    fn check(&self) -> Result<(), MakeError> {
        if !OFFICERS.contains(&self.officers) {
            return Err(MakeError::Officers);
        }
        if !DAYS.contains(&self.days) {
            return Err(MakeError::Days);
        }
        if !(1990..=2090).contains(&self.first_day.year()) {
            return Err(MakeError::FirstDay);
        }
        Ok(())
    }
}

/// What was written.
#[derive(Debug)]
pub struct Made {
    /// Kind, path and number of data rows, in the order in which kinds are best imported.
    pub files: Vec<(SourceKind, PathBuf, u64)>,
    pub labels: Vec<Label>,
    /// A gate filled in for a made-up force; `gate.toml` holds the same.
    pub gate: Gate,
}

/// Why a force could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    #[error("a made-up force has 60 to 100,000 officers")]
    Officers,
    #[error("a made-up force covers 28 to 1,100 days")]
    Days,
    #[error("the first day must lie between 1990 and 2090")]
    FirstDay,
    #[error("a file could not be written")]
    File(#[from] std::io::Error),
    #[error("a workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("the labels could not be written")]
    Labels(#[from] serde_json::Error),
}

/// Writes a force's exports, labels and gate into a folder, which is created; unit by unit, so memory stays bounded.
pub fn write(plan: &Plan, dir: &Path) -> Result<Made, MakeError> {
    Force::make(plan)?.write(dir)
}

#[cfg(test)]
mod tests;
