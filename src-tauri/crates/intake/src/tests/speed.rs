//! The headline: a log of ten million rows. `cargo test -p intake --release -- --ignored --nocapture ten_million`

use super::*;
use std::io::{BufWriter, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Counts rows and throws them away.
#[derive(Default)]
struct Counted(AtomicU64);

impl Sink for Counted {
    fn rows(&self, table: Table) -> Result<(), SinkError> {
        self.0.fetch_add(table.len() as u64, Ordering::Relaxed);
        Ok(())
    }
    fn identity(&self, _: OfficerIndex, _: RawIdentity) -> Result<(), SinkError> {
        Ok(())
    }
}

fn write_log(path: &Path, rows: u64) {
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path).unwrap());
    out.write_all(ACCESSES.as_bytes()).unwrap();
    let mut seed = 1u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let reasons = ["", "crime enquiry", "intelligence", "safeguarding", "training", "supervisor check"];
    for row in 0..rows {
        let second = row * 31_000_000 / rows;
        let (day, clock) = (second / 86_400, second % 86_400);
        let date = model::time::iso_day(20_454 + day as i32);
        let (officer, record, case) = (next(46_000), next(3_000_000), next(400_000));
        let action = ["search", "view", "view", "print"][next(4) as usize];
        let reason = reasons[next(6) as usize];
        let (h, m, s) = (clock / 3600, clock / 60 % 60, clock % 60);
        writeln!(
            out,
            "{date} {h:02}:{m:02}:{s:02},{:06},NICHE,{action},N{record:07},person,C{case:06},{reason}",
            100_000 + officer
        )
        .unwrap();
    }
    out.flush().unwrap();
}

#[test]
#[ignore = "writes 600 MB; run in release"]
fn ten_million_rows_take_seconds() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("log.csv");
    write_log(&path, 10_000_000);
    let names: Vec<RawIdentity> =
        (0..46_000).map(|n| privacy::identity(&format!("Fore{}", n % 900), &format!("Sur{n}"))).collect();
    let began = Instant::now();
    let coded = names.iter().enumerate().map(|(n, raw)| (model::Pseudonym::from_bits(n as u64), raw));
    let set = NameSet::build(coded);
    println!("names of 46,000 officers ready in {:?}", began.elapsed());
    for threads in [1, 2] {
        let began = Instant::now();
        let file = open(&path).unwrap();
        let mapping = guess(&file).mapping;
        let (roll, sink, cancel) = (roll(), Counted::default(), AtomicBool::new(false));
        let options = Options {
            threads,
            period: (20_000, 30_000),
            batch_rows: 65_536,
            cancel: &cancel,
            progress: &|_, _, _| {},
            presence: None,
            names: Some(&set),
            import_hash: [1; 32],
        };
        let report = read(&file, &mapping, &roll, &options, &sink).unwrap();
        println!(
            "{threads} thread(s): {} rows, {} bytes in {:?}",
            report.rows_accepted,
            file.bytes,
            began.elapsed()
        );
        assert_eq!(sink.0.load(Ordering::Relaxed), 10_000_000);
    }
}
