//! A made-up force in the real window; without a display, a walk through it that leaves pictures.

use crate::run::{self, Done, Failed};
use crate::{build, place, setup};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Opens nothing but invented records, so it is no secret.
const PASSPHRASE: &str = "made up force only";

/// Brings everything up to date, makes the force once, then opens or walks through it.
pub fn run() -> Done {
    let folder = ready()?;
    let shown = std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some();
    if shown || !cfg!(target_os = "linux") { open(&folder) } else { walk(&folder) }
}

/// Pictures of every screen, to be looked at after a change to the window.
pub fn pictures() -> Done {
    run::run(Command::new(place::binary("pictures")).arg(ready()?).arg(PASSPHRASE))
}

fn ready() -> Result<PathBuf, Failed> {
    setup::run()?;
    build::everything()?;
    let folder = place::target().join("demo");
    make(&folder)?;
    Ok(folder)
}

fn passphrase_file(folder: &Path) -> PathBuf {
    folder.join("passphrase.txt")
}

/// The force, its store and its leads; kept from an earlier run that got to the end.
fn make(folder: &Path) -> Done {
    let finished = folder.join("finished");
    if finished.exists() {
        println!(
            "the made-up force of an earlier run is used again; remove {} for a new one",
            folder.display()
        );
        return Ok(());
    }
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(passphrase_file(folder), format!("{PASSPHRASE}\n"))?;
    let start = Instant::now();
    run::run(
        Command::new(place::binary("countersign"))
            .arg("demo")
            .arg(folder.join("force"))
            .arg("--passphrase-file")
            .arg(passphrase_file(folder))
            .env("COUNTERSIGN_PROFILE", folder.join("profile")),
    )?;
    println!("made, imported and analysed in {:.0} s", start.elapsed().as_secs_f64());
    Ok(std::fs::write(finished, "")?)
}

fn open(folder: &Path) -> Done {
    println!("the passphrase of the made-up force: {PASSPHRASE}");
    run::run(
        Command::new(place::binary("countersign-app")).env("COUNTERSIGN_PROFILE", folder.join("profile")),
    )
}

fn walk(folder: &Path) -> Done {
    println!("there is no display, so a walk through the window is made and pictured");
    run::run(Command::new(place::binary("walk")).arg(folder).arg(PASSPHRASE))
        .map_err(|e| Failed(format!("{e}; pictures so far lie in {}", folder.display())))
}
