//! A clean made-up force through the whole product, by its command line: export files, import into an encrypted store,
//! analysis, and the queue. This crate itself sees no store.

use crate::made_up::Forces;
use crate::measure::Measure;
use detect::{Card, Cards};
use model::Nature;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Error;
use std::path::Path;
use std::process::Command;

/// Protects nothing: made-up people in a folder that goes away.
const PASSPHRASE: &str = "a made-up passphrase for evaluation";

/// What the command line says of a lead.
#[derive(Deserialize)]
struct Row {
    summary: String,
}

/// The first seed of the forces, so that a whole force of 46,000 stays affordable.
pub fn clean(forces: &Forces<'_>, product: Option<&Path>) -> Measure {
    let (id, name) = ("1e", "statistical leads of a clean made-up force through import and analysis");
    let seed = forces.seeds.first().copied().unwrap_or_default();
    let queue = match product {
        Some(product) => queue(product, forces, seed).map_err(|e| e.to_string()),
        None => Err("--product does not say where the command line is".to_owned()),
    };
    let queue = match queue {
        Ok(queue) => queue,
        Err(why) => return Measure::missing(id, name, "at most 5", &why),
    };
    let cards = Cards::shipped();
    let by_title: BTreeMap<&str, &Card> = cards.all().map(|card| (card.title.as_str(), card)).collect();
    let (mut statistical, mut by) = (0, BTreeMap::new());
    for row in &queue {
        let spoke = row.summary.split("; ").filter_map(|title| by_title.get(title));
        statistical += u32::from(spoke.clone().all(|card| card.nature == Nature::Statistical));
        spoke.for_each(|card| *by.entry(card.id.as_str()).or_insert(0) += 1);
    }
    let by: Vec<String> = by.into_iter().map(|(id, leads)| format!("{id} {leads}")).collect();
    let force = format!("seed {seed}, {} people over {} days", forces.officers, forces.days);
    let note = format!("{force}; {} leads, by indicator: {}", queue.len(), by.join(", "));
    Measure::at_most(id, name, f64::from(statistical), 5.0, note)
}

fn queue(product: &Path, forces: &Forces<'_>, seed: u64) -> Result<Vec<Row>, Error> {
    let folder = tempfile::tempdir()?;
    let (passphrase, force) = (folder.path().join("passphrase"), folder.path().join("force"));
    std::fs::write(&passphrase, PASSPHRASE)?;
    let run = |arguments: &mut dyn FnMut(&mut Command)| {
        let mut command = Command::new(product);
        command.arg("--json").arg("--passphrase-file").arg(&passphrase);
        arguments(command.env("COUNTERSIGN_PROFILE", folder.path().join("profile")));
        let done = command.output()?;
        let said = || Error::other(String::from_utf8_lossy(&done.stderr).trim().to_owned());
        if done.status.success() { Ok(done.stdout) } else { Err(said()) }
    };
    let numbers = [("--officers", forces.officers.into()), ("--days", forces.days.into()), ("--seed", seed)];
    run(&mut |command| {
        command.arg("demo").arg(&force).arg("--clean");
        numbers.iter().for_each(|(name, number)| _ = command.arg(name).arg(number.to_string()));
    })?;
    let listed = run(&mut |command| _ = command.arg("leads").arg(force.join("store")))?;
    Ok(serde_json::from_slice(&listed)?)
}
