//! A made-up force: real export files with planted, labelled behaviour and innocent look-alikes, the same for a seed.

mod access;
mod access_log;
mod calendar;
mod complaint;
mod duty;
mod files;
mod names;
mod overtime;
mod plant;
mod presence;
mod rng;
mod roll;
mod roster;
mod rows;
mod unit;
mod workbook;

pub use access_log::access_log;

use calendar::Calendar;
use files::Exports;
use model::{Gate, Regime, SourceKind};
use plant::{Part, Plan};
use roll::Roll;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Behaviour of a label for an id that no roll lists.
pub const UNKNOWN_OFFICER: &str = "unknown-officer";

/// Sizes a force may have: enough for a few units, few enough for six-digit staff numbers.
const OFFICERS: std::ops::RangeInclusive<u32> = 60..=100_000;
/// Days a force may cover.
const DAYS: std::ops::RangeInclusive<u32> = 28..=1_100;

/// The size, period and seed of a made-up force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Force {
    /// Members of the workforce, 60 to 100,000.
    pub officers: u32,
    /// Days covered, 28 to 1,100; the working-time rule needs 17 weeks to show.
    pub days: u32,
    pub first_day: jiff::civil::Date,
    pub seed: u64,
}

impl Default for Force {
    fn default() -> Force {
        Force { officers: 600, days: 181, first_day: jiff::civil::date(2026, 1, 1), seed: 1 }
    }
}

/// What a member was chosen for: for tests and evaluation only, never for import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Staff number, or for an unknown officer the id that occurs in events.
    pub officer_id: String,
    /// The indicator's id, or `unknown-officer`.
    pub behaviour: String,
    /// False for an innocent look-alike.
    pub planted: bool,
    pub note: String,
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
    #[error("a delimited file could not be written")]
    Delimited(#[from] csv::Error),
    #[error("a workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("the labels could not be written")]
    Labels(#[from] serde_json::Error),
}

/// Writes a force with planted behaviour into a folder, which is created; unit by unit, so memory stays bounded.
pub fn write(force: &Force, dir: &Path) -> Result<Made, MakeError> {
    make(force, dir, false)
}

/// Writes a force in which nobody did anything wrong: look-alikes only.
pub fn write_clean(force: &Force, dir: &Path) -> Result<Made, MakeError> {
    make(force, dir, true)
}

fn make(force: &Force, dir: &Path, clean: bool) -> Result<Made, MakeError> {
    if !OFFICERS.contains(&force.officers) {
        return Err(MakeError::Officers);
    }
    if !DAYS.contains(&force.days) {
        return Err(MakeError::Days);
    }
    if !(1990..=2090).contains(&force.first_day.year()) {
        return Err(MakeError::FirstDay);
    }
    std::fs::create_dir_all(dir)?;
    let calendar = Calendar::new(force.first_day, force.days);
    let roll = Roll::make(force.officers as usize, force.seed, &calendar);
    let plan = Plan::choose(&roll, force.seed, clean);
    let mut exports = Exports::create(dir, &calendar)?;
    for number in 0..roll.units.len() {
        exports.write(unit::make(number, &roll, &plan, force.seed, &calendar))?;
    }
    let made = Made { files: exports.finish()?, labels: labels(&roll, &plan), gate: gate(&calendar) };
    std::fs::write(dir.join("labels.json"), serde_json::to_string_pretty(&made.labels)?)?;
    std::fs::write(dir.join("gate.toml"), gate_toml(&made.gate))?;
    Ok(made)
}

fn labels(roll: &Roll, plan: &Plan) -> Vec<Label> {
    let chosen = plan.parts().map(|(index, part)| Label {
        officer_id: roll.members[index].id.clone(),
        behaviour: part.behaviour().as_str().to_owned(),
        planted: matches!(part, Part::Planted(_)),
        note: part.note().to_owned(),
    });
    let unknown = [access::UNKNOWN_LOGIN, unit::UNKNOWN_ID].map(|id| Label {
        officer_id: id.to_owned(),
        behaviour: UNKNOWN_OFFICER.to_owned(),
        planted: false,
        note: "occurs in events, not on the roll".to_owned(),
    });
    chosen.chain(unknown).collect()
}

fn gate(calendar: &Calendar) -> Gate {
    Gate {
        lawful_basis: "Made-up data: public task, UK GDPR Article 6(1)(e), as an example".to_owned(),
        special_category_condition: "Made-up data: DPA 2018 Schedule 1 paragraph 1, as an example".to_owned(),
        necessity: "To try the program without any real person's data".to_owned(),
        less_intrusive_alternative: "None is less intrusive than data about nobody".to_owned(),
        dpia_reference: "DEMO-1".to_owned(),
        regime: Regime::UkGdpr,
        period_start: calendar.iso(calendar.first).to_owned(),
        period_end: calendar.iso(calendar.last).to_owned(),
    }
}

fn gate_toml(gate: &Gate) -> String {
    let regime = match gate.regime {
        Regime::UkGdpr => "uk_gdpr",
        Regime::Part3 => "part3",
    };
    let lines = [
        ("lawful_basis", gate.lawful_basis.as_str()),
        ("special_category_condition", &gate.special_category_condition),
        ("necessity", &gate.necessity),
        ("less_intrusive_alternative", &gate.less_intrusive_alternative),
        ("dpia_reference", &gate.dpia_reference),
        ("regime", regime),
        ("period_start", &gate.period_start),
        ("period_end", &gate.period_end),
    ];
    // The texts above hold neither quotes nor backslashes.
    lines.iter().map(|(key, value)| format!("{key} = \"{value}\"\n")).collect()
}

#[cfg(test)]
mod tests;
