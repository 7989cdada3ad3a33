//! Every reader of what comes from outside, fed with broken versions of what it reads: `fuzz ROOT SECONDS [SEED]`.
//!
//! No reader may panic, whatever it is given, or take long over it. Inputs are sound files changed at random places; nothing
//! steers by coverage, so this finds what is near a sound file. The seed is printed, and with it a run can be repeated.
#![allow(clippy::print_stdout, reason = "an example speaks to a terminal")]

mod mutate;
mod readers;

use mutate::Chance;
use readers::Target;
use std::collections::BTreeMap;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// What one reader went through.
#[derive(Default)]
struct Tally {
    inputs: u64,
    taken: u64,
    slowest: Duration,
    panics: u64,
}

/// Longer than this over one input is a fault of its own.
const TOO_LONG: Duration = Duration::from_secs(5);

fn keep(root: &Path, name: &str, input: &[u8]) -> Result<(), Box<dyn Error>> {
    let folder = root.join("target/fuzz");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}-{}", name.replace(' ', "-"), ledger::leaf_hash(input).hex()));
    std::fs::write(&path, input)?;
    println!("FAULT in {name}: the input is {}", path.display());
    Ok(())
}

fn once(target: &Target, input: &[u8], tally: &mut Tally) -> bool {
    let started = Instant::now();
    let read = catch_unwind(AssertUnwindSafe(|| (target.read)(input)));
    let took = started.elapsed();
    tally.inputs += 1;
    tally.taken += u64::from(matches!(read, Ok(true)));
    tally.slowest = tally.slowest.max(took);
    let sound = read.is_ok() && took < TOO_LONG;
    tally.panics += u64::from(!sound);
    sound
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (root, seconds, seed) = match arguments.as_slice() {
        [root, seconds] => (root, seconds.parse()?, u64::from(std::process::id())),
        [root, seconds, seed] => (root, seconds.parse()?, seed.parse()?),
        _ => return Err("usage: fuzz ROOT SECONDS [SEED]".into()),
    };
    let root = Path::new(root);
    let mut chance = Chance::new(seed);
    let targets = readers::all(root)?;
    println!("{} readers, seed {seed}", targets.len());
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for target in &targets {
        let tally = tallies.entry(target.name).or_default();
        for seed in &target.seeds {
            once(target, seed, tally);
        }
        if tally.taken == 0 {
            return Err(
                format!("{}: none of its {} sound inputs is taken", target.name, target.seeds.len()).into()
            );
        }
    }
    let until = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < until {
        for target in &targets {
            let tally = tallies.entry(target.name).or_default();
            // Readers of whole files are slow: they get fewer turns, so that all get about the same time.
            for _ in 0..target.turns {
                let input = mutate::broken(&target.seeds, &mut chance);
                if !once(target, &input, tally) {
                    keep(root, target.name, &input)?;
                }
            }
        }
    }
    let mut faults = 0;
    for (name, t) in &tallies {
        faults += t.panics;
        println!(
            "{name}: {} inputs, {} taken, slowest {:.3} s, {} faults",
            t.inputs,
            t.taken,
            t.slowest.as_secs_f64(),
            t.panics
        );
    }
    if faults == 0 { Ok(()) } else { Err(format!("{faults} faults").into()) }
}
