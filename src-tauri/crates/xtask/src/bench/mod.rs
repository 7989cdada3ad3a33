//! Measurements in one run on one machine, printed as ratios beside what a user would pick instead.

mod clicks;
mod force;
mod ledger;

use crate::place::root;
use crate::run::{cargo, output, run as sh};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

const USAGE: &str =
    "usage: cargo xtask bench [ROWS]                    look-ups, default 10000000 (release build, pip for the two peers)
       cargo xtask bench force [OFFICERS] [DAYS]  a whole force at three sizes, default 46000 and 365
       cargo xtask bench clicks [OFFICERS]        clicks in the real window, a lead for each officer, default 10000
       cargo xtask bench ledger [OFFICERS]        ledger and packs against their targets, default 2000";
const PASSPHRASE: &str = "a made-up benchmark passphrase";
const GATE: &str = r#"lawful_basis = "public task"
special_category_condition = "none is needed for made-up data"
necessity = "measuring how fast an import is"
less_intrusive_alternative = "made-up data only"
dpia_reference = "none"
regime = "uk_gdpr"
period_start = "2025-01-01"
period_end = "2027-12-31"
"#;

/// Where the benchmark's programs and files are.
struct Bench {
    folder: PathBuf,
    programs: PathBuf,
}

/// Seconds and peak memory of one process.
struct Timed {
    seconds: f64,
    megabytes: f64,
    output: String,
}

pub fn run(arguments: &[String]) -> ExitCode {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (what, numbers) = match words.split_first() {
        Some((&what @ ("force" | "clicks" | "ledger"), numbers)) => (what, numbers),
        _ => ("look-ups", words.as_slice()),
    };
    let numbers: Result<Vec<u32>, _> = numbers.iter().map(|n| n.parse()).collect();
    let done = match (what, numbers.as_deref()) {
        ("look-ups", Ok([])) => look_ups(10_000_000),
        ("look-ups", Ok([rows])) => look_ups(u64::from(*rows)),
        ("force", Ok([])) => whole_force(46_000, 365),
        ("force", Ok([officers])) => whole_force(*officers, 365),
        ("force", Ok([officers, days])) => whole_force(*officers, *days),
        ("clicks", Ok([])) => clicks(10_000),
        ("clicks", Ok([officers])) => clicks(*officers),
        ("ledger", Ok([])) => Bench::prepare().and_then(|b| b.ledger(2_000)),
        ("ledger", Ok([officers])) => Bench::prepare().and_then(|b| b.ledger(*officers)),
        _ => {
            println!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("{failed}");
            ExitCode::FAILURE
        }
    }
}

fn look_ups(rows: u64) -> Result<(), String> {
    let bench = Bench::prepare()?;
    let size = bench.access_log(rows)?;
    let ours = bench.ours(size)?;
    bench.peers(&ours)?;
    bench.identities()
}

fn whole_force(officers: u32, days: u32) -> Result<(), String> {
    Bench::prepare()?.force(officers, days)
}

fn clicks(officers: u32) -> Result<(), String> {
    Bench::prepare()?.clicks(officers)
}

impl Bench {
    /// Builds the programs and an empty folder to measure in.
    fn prepare() -> Result<Bench, String> {
        sh(cargo(&["build", "--release", "-p", "cli", "-p", "engine", "--examples", "--bins"])
            .current_dir(root()))
        .map_err(|e| e.to_string())?;
        let folder = crate::place::target().join("bench");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let bench = Bench { folder, programs: crate::place::target().join("release") };
        for (file, text) in [("passphrase", PASSPHRASE), ("gate.toml", GATE)] {
            std::fs::write(bench.folder.join(file), text).map_err(|e| e.to_string())?;
        }
        Ok(bench)
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// Runs a process under GNU-free accounting: `/proc` forgets a finished child, `getrusage` through `bash` does not.
    fn timed(&self, program: &Path, arguments: &[&str]) -> Result<Timed, String> {
        let started = Instant::now();
        let script = "import resource,subprocess,sys; r=subprocess.run(sys.argv[1:],capture_output=True,text=True); \
            print(r.stdout); sys.stderr.write(r.stderr); \
            print('PEAK',resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(r.returncode)";
        let done = Command::new("python3")
            .args(["-c", script])
            .arg(program)
            .args(arguments)
            .env("COUNTERSIGN_PROFILE", self.path("profile"))
            .output()
            .map_err(|e| e.to_string())?;
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        if !done.status.success() {
            return Err(format!("{} failed: {}", program.display(), String::from_utf8_lossy(&done.stderr)));
        }
        let peak = text
            .lines()
            .rev()
            .find_map(|l| l.strip_prefix("PEAK "))
            .and_then(|k| k.trim().parse::<f64>().ok());
        Ok(Timed {
            seconds: started.elapsed().as_secs_f64(),
            megabytes: peak.unwrap_or(0.0) / 1024.0,
            output: text,
        })
    }

    fn countersign(&self, arguments: &[&str]) -> Result<Timed, String> {
        let passphrase = self.path("passphrase");
        let all = [&["--passphrase-file", passphrase.as_str()], arguments].concat();
        self.timed(&self.programs.join("countersign"), &all)
    }

    fn access_log(&self, rows: u64) -> Result<u64, String> {
        let example = self.programs.join("examples/look_ups");
        self.timed(&example, &["--log", &self.path("accesses.csv"), &rows.to_string()])?;
        let size = std::fs::metadata(self.folder.join("accesses.csv")).map_err(|e| e.to_string())?.len();
        println!("access log: {rows} rows, {} MB", size / 1_000_000);
        Ok(size)
    }

    fn ours(&self, csv: u64) -> Result<(f64, f64), String> {
        self.countersign(&["profile", "new", "--name", "bench", "--role", "reviewer"])?;
        let (store, gate, log) = (self.path("store"), self.path("gate.toml"), self.path("accesses.csv"));
        self.countersign(&["store", "create", &store, "--name", "Bench", "--ends", "2099-12-31"])?;
        let unlock = self.countersign(&["store", "status", &store])?;
        // The peers read times as they stand; UTC makes the off-hours mean the same for all three.
        let mapping = self.path("mapping.toml");
        self.countersign(&[
            "mapping", &store, &log, "--kind", "accesses", "--zone", "UTC", "--out", &mapping,
        ])?;
        let import = self.countersign(&["import", &store, &log, "--mapping", &mapping, "--gate", &gate])?;
        let queries =
            self.timed(&self.programs.join("examples/look_ups"), &[&store, &self.path("passphrase")])?;
        let asked = number(&queries.output, "queries ");
        let size = std::fs::metadata(self.folder.join("store/store.db")).map_err(|e| e.to_string())?.len();
        let share = 100.0 * size as f64 / csv as f64;
        // The unlock is a passphrase's scrypt, paid once a session; the peers' key is used as it is.
        let work = import.seconds - unlock.seconds;
        println!("countersign: unlock {:.2} s (target under 1.5)", unlock.seconds);
        println!(
            "countersign: import {work:.2} s, queries {asked:.2} s, answers {}",
            line(&queries.output, "answers ")
        );
        println!(
            "countersign: peak {:.0} MB (target 1,000), store {:.0} MB = {share:.1} % of the CSV (target 42)",
            import.megabytes,
            size as f64 / 1e6
        );
        Ok((work, asked))
    }

    /// A Python that has the peers, or nothing where they cannot be had.
    fn venv(&self) -> Result<Option<PathBuf>, String> {
        let python = self.folder.join("venv/bin/python");
        let pip = ["-m", "pip", "install", "-q", "duckdb==1.4.0", "polars"];
        let made = output("python3", &["-m", "venv", &self.path("venv")]).is_some()
            && output(&python.display().to_string(), &pip).is_some();
        if !made {
            println!("peers skipped: python3 -m venv and pip install of duckdb and polars did not work here");
        }
        Ok(made.then_some(python))
    }

    fn peers(&self, ours: &(f64, f64)) -> Result<(), String> {
        let Some(python) = self.venv()? else { return Ok(()) };
        let script = root().join("src-tauri/crates/xtask/src/bench/peers.py").display().to_string();
        for (name, target) in [("duckdb", "at least 3, goal 4"), ("polars", "about 1")] {
            let log = self.path("accesses.csv");
            let peer = self.timed(&python, &[&script, name, &log, &self.path(name)])?;
            let first = peer.output.lines().next().unwrap_or_default().to_owned();
            let numbers: Vec<f64> = first.split(' ').filter_map(|n| n.parse().ok()).collect();
            let [load, asked, size] = numbers[..] else { return Err(format!("{name} answered {first:?}")) };
            let ratio = (load + asked) / (ours.0 + ours.1);
            println!(
                "{name}: load {load:.2} s, queries {asked:.2} s, peak {:.0} MB, file {:.0} MB, answers {}",
                peer.megabytes,
                size / 1e6,
                first.rsplit(' ').next().unwrap_or_default()
            );
            println!("{name} / countersign: {ratio:.2} times (target {target})");
        }
        Ok(())
    }

    /// 46,000 officers sealed: the import of a roll of that size.
    fn identities(&self) -> Result<(), String> {
        let folder = self.path("force");
        self.countersign(&["demo", &folder, "--officers", "46000", "--days", "28", "--files-only"])?;
        let (store, gate) = (self.path("roll-store"), self.path("gate.toml"));
        self.countersign(&["store", "create", &store, "--name", "Roll", "--ends", "2099-12-31"])?;
        let roll = format!("{folder}/officers.csv");
        let timed = self.countersign(&["import", &store, &roll, "--kind", "officers", "--gate", &gate])?;
        println!(
            "46,000 officers imported and sealed in {:.2} s, unlock included (target under 10)",
            timed.seconds
        );
        Ok(())
    }
}

fn line<'a>(text: &'a str, start: &str) -> &'a str {
    text.lines().find_map(|l| l.strip_prefix(start)).unwrap_or_default()
}

fn number(text: &str, start: &str) -> f64 {
    line(text, start).trim().parse().unwrap_or(0.0)
}
