//! The fourteen measures of the design text with their targets: `cargo xtask evaluate`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to a person at a terminal")]

mod anomaly;
mod boston;
mod chicago;
mod data;
mod force;
mod found;
mod groups;
mod made_up;
mod measure;
mod pipeline;
mod pyod;
mod random;
mod simulated;

use data::Place;
use measure::Measure;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "\
usage: cargo xtask evaluate [--seeds N] [--first-seed N] [--only ID] [--officers N] [--days N]
  --seeds N      seeds of simulated and made-up forces, 20 unless given
  --first-seed N the first of them, 9100 unless given: from there on none was used for tuning
  --only ID      one measure, such as 7 or 1e, or several with commas
  --officers N   members of a made-up force, 9000 unless given; 1 % of them are looked at
  --days N       days a made-up force covers, 181 unless given";

/// The first seed kept for evaluation; tuning uses smaller ones.
const FIRST_SEED: u64 = 9_100;

/// What to run.
struct Ask {
    seeds: Vec<u64>,
    only: Vec<String>,
    officers: u32,
    days: u32,
    out: Option<PathBuf>,
    /// The command line of the product.
    product: Option<PathBuf>,
    place: Place,
}

#[derive(Serialize)]
struct Report<'a> {
    seeds: usize,
    measures: &'a [Measure],
}

impl Ask {
    fn read(mut arguments: impl Iterator<Item = String>) -> Option<Ask> {
        let data =
            std::env::var_os("COUNTERSIGN_DATA").map_or_else(|| "../shared/data".into(), PathBuf::from);
        let (mut seeds, mut first_seed, mut only) = (20, FIRST_SEED, Vec::new());
        let (mut officers, mut days, mut out, mut product) = (9_000, 181, None, None);
        while let Some(name) = arguments.next() {
            let value = arguments.next()?;
            match name.as_str() {
                "--seeds" => seeds = value.parse().ok().filter(|n| *n > 0)?,
                "--first-seed" => first_seed = value.parse().ok()?,
                "--only" => only = value.split(',').map(str::to_owned).collect(),
                "--officers" => officers = value.parse().ok().filter(|n| (600..=100_000).contains(n))?,
                "--days" => days = value.parse().ok().filter(|n| (28..=1_100).contains(n))?,
                "--product" => product = Some(value.into()),
                "--out" => out = Some(value.into()),
                _ => return None,
            }
        }
        let seeds = (0..seeds).map(|n| first_seed + n).collect();
        Some(Ask { seeds, only, officers, days, out, product, place: Place(data) })
    }

    /// Whether one of these is asked for: `1` asks for all of `1a` to `1e`, and a part named `1` holds an asked `1e`.
    fn wants(&self, ids: &[&str]) -> bool {
        let same = |asked: &str, id: &str| asked == id || asked == number(id) || number(asked) == id;
        self.only.is_empty() || self.only.iter().any(|asked| ids.iter().any(|id| same(asked, id)))
    }

    /// Every measure asked for, in order of its number.
    fn measures(&self) -> Vec<Measure> {
        let mut all = Vec::new();
        let mut part = |what: &str, ids: &[&str], run: &dyn Fn() -> Vec<Measure>| {
            if self.wants(ids) {
                let started = Instant::now();
                all.extend(run());
                eprintln!("{what}: {:.0} s", started.elapsed().as_secs_f64());
            }
        };
        let seeds = &self.seeds;
        part("public complaints", &["6", "7"], &|| chicago::measure(&self.place));
        part("public pay", &["14a"], &|| vec![boston::measure(&self.place)]);
        part("public anomaly sets", &["8"], &|| anomaly::measure(&self.place));
        part("simulated counts", &["1a", "1b", "2", "3", "12"], &|| simulated::measure(seeds));
        part("simulated groups", &["11"], &|| groups::fairness(seeds));
        part("simulated profiles", &["10b"], &|| vec![groups::stability(&seeds[..seeds.len().min(5)])]);
        let forces = made_up::Forces { seeds, officers: self.officers, days: self.days };
        part("a clean force through the product", &["1e"], &|| {
            vec![pipeline::clean(&forces, self.product.as_deref())]
        });
        part("clean made-up forces", &["1c", "1d", "13a", "14c"], &|| forces.clean());
        part("planted made-up forces", &["4", "5", "9", "10a", "13b", "14b"], &|| forces.planted());
        all.retain(|m| self.wants(&[&m.id]));
        all.sort_by_key(|m| (number(&m.id).parse::<u32>().ok(), m.id.clone()));
        all
    }
}

/// `1` of `1e`.
fn number(id: &str) -> &str {
    id.trim_end_matches(|c: char| !c.is_ascii_digit())
}

fn main() -> ExitCode {
    let Some(ask) = Ask::read(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let measures = ask.measures();
    print!("{}", measure::table(&measures));
    if let Some(out) = &ask.out {
        let report = Report { seeds: ask.seeds.len(), measures: &measures };
        let written = serde_json::to_string_pretty(&report).map_err(std::io::Error::from);
        if let Err(e) = written.and_then(|text| std::fs::write(out, text)) {
            eprintln!("the figures could not be written: {e}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests;
