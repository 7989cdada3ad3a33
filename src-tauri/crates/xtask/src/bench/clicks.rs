//! Clicks in the real window, on a store with one lead for every officer.

use super::Bench;
use crate::run::{cargo, run};
use crate::{build, place, setup};
use std::fmt::Write as _;
use std::process::Command;

impl Bench {
    /// Makes the store and has its window clicked.
    pub fn clicks(&self, officers: u32) -> Result<(), String> {
        window().map_err(|e| e.to_string())?;
        let (folder, store) = (self.path("force"), self.path("force/store"));
        self.countersign(&["demo", &folder, "--officers", &officers.to_string(), "--days", "28"])?;
        let roll = std::fs::read(format!("{folder}/officers.csv")).map_err(|e| e.to_string())?;
        let forms = self.path("declarations.csv");
        std::fs::write(&forms, never_returned(&String::from_utf8_lossy(&roll))).map_err(|e| e.to_string())?;
        let gate = self.path("gate.toml");
        self.countersign(&["import", &store, &forms, "--kind", "declarations", "--gate", &gate])?;
        self.countersign(&["analyse", &store])?;
        let programs = &self.programs;
        let words = [self.path("profile"), super::PASSPHRASE.to_owned()];
        run(Command::new(programs.join("clicks")).args(words)).map_err(|e| e.to_string())
    }
}

/// The window, and what clicks in it.
fn window() -> crate::run::Done {
    setup::run()?;
    build::page()?;
    run(cargo(&["build", "--release", "-p", "countersign-app", "-p", "journeys", "--bins"])
        .current_dir(place::root()))
}

/// One form that never came back for every member of a roll: a lead each.
fn never_returned(roll: &str) -> String {
    let mut forms = String::from("Staff Number,Register Name,Date Returned,Response\n");
    let mut last = "";
    for officer in roll.lines().skip(1).filter_map(|line| line.split(';').next()) {
        if officer != last {
            let _ = writeln!(forms, "{officer},notifiable_association,,not_returned");
        }
        last = officer;
    }
    forms
}
