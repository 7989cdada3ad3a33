//! A whole force-year of every kind: import and every indicator, beside DuckDB loading the same files and asking the
//! factual indicators as SQL. Three sizes show how the cost grows.

use super::{Bench, number};
use crate::place::root;
use std::path::Path;

/// Sizes as parts of the force asked for: a quarter, a half, all of it.
const PARTS: [u32; 3] = [4, 2, 1];
/// The order in which kinds are best imported: presence after what it may be kept inside.
const FILES: [&str; 18] = [
    "officers",
    "authorities",
    "duties",
    "roster-edits",
    "overtime",
    "absences",
    "attendance-claims",
    "presence",
    "assignments",
    "incidents",
    "accesses",
    "complaints",
    "vetting",
    "commendations",
    "declarations",
    "known-interests",
    "performance",
    "support",
];

/// What one size cost.
struct Cost {
    rows: f64,
    bytes: u64,
    import: f64,
    analyse: f64,
    /// A threshold tried on what the analysis kept.
    preview: f64,
    megabytes: f64,
}

/// The threshold that is tried.
const TRIED: &str = "complaint-rate.min_matters=4";

impl Bench {
    /// Measures three sizes up to `officers` over `days`.
    pub fn force(&self, officers: u32, days: u32) -> Result<(), String> {
        self.countersign(&["profile", "new", "--name", "bench", "--role", "reviewer"])?;
        let python = self.venv()?;
        for part in PARTS {
            let size = (officers / part).to_string();
            let folder = self.path("force");
            self.countersign(&[
                "demo",
                &folder,
                "--officers",
                &size,
                "--days",
                &days.to_string(),
                "--files-only",
            ])?;
            let ours = self.whole_force(&folder)?;
            println!(
                "{size} officers, {days} days: {:.1} million rows, {:.2} GB; import {:.1} s, analysis {:.1} s, \
                 preview {:.2} s (target under 2), peak {:.0} MB (target 4,000), store {:.2} GB; {:.2} s a million rows",
                ours.rows / 1e6,
                gigabytes(ours.bytes),
                ours.import,
                ours.analyse,
                ours.preview,
                ours.megabytes,
                gigabytes(std::fs::metadata(self.path("force-store/store.db")).map_or(0, |m| m.len())),
                (ours.import + ours.analyse) * 1e6 / ours.rows,
            );
            if let Some(python) = &python {
                self.force_peer(python, &folder, &ours)?;
            }
            for made in ["force", "force-store"] {
                let _ = std::fs::remove_dir_all(self.path(made));
            }
            let _ = std::fs::remove_file(self.path("force-duckdb"));
        }
        Ok(())
    }

    fn whole_force(&self, folder: &str) -> Result<Cost, String> {
        let (store, gate) = (self.path("force-store"), self.path("gate.toml"));
        let files: Vec<String> = FILES.iter().map(|name| format!("{folder}/{name}.csv")).collect();
        let bytes = files.iter().filter_map(|f| std::fs::metadata(f).ok()).map(|m| m.len()).sum();
        self.countersign(&["store", "create", &store, "--name", "Force", "--ends", "2099-12-31"])?;
        let unlock = self.countersign(&["store", "status", &store])?.seconds;
        let mut import = vec!["import", &store, "--gate", &gate];
        import.extend(files.iter().map(String::as_str));
        let imported = self.countersign(&import)?;
        let analysed = self.countersign(&["analyse", &store])?;
        let tried = self.countersign(&["indicators", &store, "--preview", TRIED])?;
        let rows =
            imported.output.lines().filter(|l| l.trim_start().starts_with("Rows read")).map(last_number);
        Ok(Cost {
            rows: rows.sum(),
            bytes,
            import: imported.seconds - unlock,
            analyse: analysed.seconds - unlock,
            preview: (tried.seconds - unlock).max(0.0),
            megabytes: imported.megabytes.max(analysed.megabytes),
        })
    }

    fn force_peer(&self, python: &Path, folder: &str, ours: &Cost) -> Result<(), String> {
        let script = root().join("src-tauri/crates/xtask/src/bench/force_peer.py").display().to_string();
        let peer = self.timed(python, &[&script, folder, &self.path("force-duckdb")])?;
        let (load, asked) = (number(&peer.output, "load "), number(&peer.output, "asked "));
        println!(
            "  duckdb, encrypted: load {load:.1} s, factual indicators as SQL {asked:.1} s, peak {:.0} MB, file {:.2} GB; \
             duckdb / countersign {:.2} times (target at least 2)",
            peer.megabytes,
            number(&peer.output, "bytes ") / 1e9,
            (load + asked) / (ours.import + ours.analyse),
        );
        Ok(())
    }
}

fn gigabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e9
}

/// `Rows read     1,234` is 1234.
fn last_number(line: &str) -> f64 {
    let word = line.split_whitespace().next_back().unwrap_or_default();
    word.replace(',', "").parse().unwrap_or(0.0)
}
