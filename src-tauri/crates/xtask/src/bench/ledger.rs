//! Ledger and packs against the figures they were asked to meet, in one release build on one machine.

use super::{Bench, line};

const ENTRIES: &str = "100000";
/// What is measured, its target in seconds, and in words.
const TARGETS: [(&str, f64, &str); 4] = [
    ("verify", 2.0, "a ledger of 100,000 entries verified, heads and texts included"),
    ("append", 0.020, "one entry appended with its signed head, synced three times"),
    ("open", 2.0, "a pack of 20 MB opened, its signature, form and place in line checked"),
    ("seal", 1.0, "a lead pack redacted, tried on everybody on the roll, sealed and recorded"),
];

impl Bench {
    /// Measures over a made-up force of this many officers.
    pub fn ledger(&self, officers: u32) -> Result<(), String> {
        self.countersign(&["profile", "new", "--name", "bench", "--role", "reviewer"])?;
        let folder = self.path("force");
        self.countersign(&["demo", &folder, "--officers", &officers.to_string(), "--days", "365"])?;
        let example = self.programs.join("examples/ledger_figures");
        let store = format!("{folder}/store");
        let found = self.timed(&example, &[&store, &self.path("passphrase"), ENTRIES])?.output;
        println!("a force of {officers} officers over 365 days; {} entries", line(&found, "entries "));
        for (what, target, words) in TARGETS {
            let shown = line(&found, &format!("{what} ")).trim();
            let numbers: Vec<f64> = shown.split(' ').filter_map(|n| n.parse().ok()).collect();
            let [seconds, worst] = numbers[..] else { return Err(format!("no figure for {what}: {found}")) };
            let met = if seconds < target { "met" } else { "MISSED" };
            println!("{words}: {seconds:.3} s, at worst {worst:.3} s (target under {target} s: {met})");
        }
        println!("the ledger exported, every text held against the names: {} s", line(&found, "export "));
        Ok(())
    }
}
