//! The program is ended at any moment, as a power cut would.

use super::desk::{Desk, copy};
use super::names::why;
use journeys::skipped;
use std::process::Stdio;
use std::time::Instant;

/// Random moments at which an import is ended.
const MOMENTS: u32 = 50;

/// An access log that takes a moment to import.
pub fn large(desk: &Desk) -> String {
    let all = std::fs::read_to_string(desk.at("force/accesses.csv")).unwrap();
    let (header, rows) = all.split_once('\n').unwrap();
    desk.write("large.csv", format!("{header}\n{}", rows.repeat(12)))
}

/// A few random bits, enough to choose moments by.
fn random(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state % 10_000) as f64 / 10_000.0
}

fn seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    now.subsec_nanos() as u64 | 1
}

/// The store and profile as they were before the first import.
fn put_back(desk: &Desk) {
    for name in ["roll", "profile"] {
        std::fs::remove_dir_all(desk.at(name)).unwrap();
        copy(&desk.at("kept").join(name), &desk.at(name));
    }
}

#[test]
fn an_import_killed_at_fifty_random_moments_is_there_whole_or_not_at_all() {
    let desk = Desk::new();
    for name in ["roll", "profile"] {
        copy(&desk.at(name), &desk.at("kept").join(name));
    }
    let file = large(&desk);
    let before = desk.counts("roll");
    let start = Instant::now();
    assert_eq!(desk.import("roll", &[&file]).code, Some(0));
    let mut whole = start.elapsed();
    put_back(&desk);
    let (store, gate) = (desk.path("roll"), desk.path("force/gate.toml"));
    let (mut state, mut there, mut killed, mut finished) = (seed(), 0, 0, 0);
    while killed < MOMENTS {
        let after = whole.mul_f64(random(&mut state));
        let mut child = desk.command(&["import", &store, &file, "--gate", &gate]).spawn().unwrap();
        std::thread::sleep(after);
        child.kill().unwrap();
        if child.wait().unwrap().code().is_none() {
            killed += 1;
        } else {
            // Other tests made the first run slow; the moments are to fall inside an import.
            whole = whole.mul_f64(0.85);
            finished += 1;
            assert!(finished < MOMENTS, "the imports end before they can be killed");
        }
        let now = desk.counts("roll");
        let told = format!("moment {killed}, killed after {after:?} of {whole:?}");
        assert!(now == before || now == (before.0 + 1, before.1 + 1), "{told}: {before:?} became {now:?}");
        desk.verifies("roll");
        if now != before {
            there += 1;
            desk.import("roll", &[&file]).fails_with("imported before");
            put_back(&desk);
        }
    }
    let ended = desk.import("roll", &[&file]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    desk.verifies("roll");
    println!("{killed} imports were killed, {there} were there whole, {finished} of them had ended");
}

#[test]
fn an_import_killed_at_each_of_its_last_steps_is_there_whole_or_not_at_all() {
    let desk = Desk::new();
    let before = desk.counts("roll");
    let (store, file, gate) =
        (desk.path("roll"), desk.path("force/duties.csv"), desk.path("force/gate.toml"));
    for (step, there) in [("import-segments", false), ("import-kept", false), ("head-store:2", true)] {
        let ended = desk
            .command(&["import", &store, &file, "--gate", &gate])
            .env("COUNTERSIGN_KILL_AT", step)
            .output()
            .unwrap();
        assert_eq!(ended.status.code(), None, "{step} was never reached");
        let now = desk.counts("roll");
        assert_eq!(now, if there { (before.0 + 1, before.1 + 1) } else { before }, "{step}");
        desk.verifies("roll");
    }
    desk.import("roll", &[&file]).fails_with("imported before");
}

/// Each step of an unmasking, and whether the entry is durable by then.
const STEPS: [(&str, bool); 8] = [
    ("judged", false),
    ("entry-written", false),
    ("committed", true),
    // Opening the store replaces the heads a first time.
    ("head-store:2", true),
    ("head-profile:2", true),
    ("receipt", true),
    ("opened", true),
    ("revealed", true),
];

#[test]
fn an_unmasking_killed_between_any_two_steps_shows_no_name_and_keeps_its_entry() {
    let desk = Desk::new();
    let store = desk.path("store");
    let lead = super::names::first_lead(&desk);
    let mut recorded = 0;
    for (step, durable) in STEPS {
        let why = desk.write(
            "why.toml",
            why(&format!("It is asked again after the step called {}.", step.trim_end_matches(":2"))),
        );
        let sealed = desk.path("name.age");
        let words = ["unmask", &store, &lead, "--justification", &why];
        let ended = desk
            .command(&[&words[..], &["--out", &sealed]].concat())
            .env("COUNTERSIGN_KILL_AT", step)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(ended.status.code(), None, "{step} was never reached");
        assert!(ended.stdout.is_empty(), "{step} printed something");
        assert!(!desk.at("name.age").exists(), "{step} left a result behind");
        recorded += usize::from(durable);
        desk.verifies("store");
        assert_eq!(desk.entries("store", "unmask.recorded").len(), recorded, "{step}");
    }
    assert!(desk.entries("store", "attempt.failed").is_empty(), "every wording was accepted");
    let expired = desk.entries("store", "unmask.expired");
    assert_eq!(expired.len(), recorded, "each open one was closed at the next start: {expired:?}");
}

#[test]
fn a_terminal_shows_no_name_when_the_unmasking_is_killed_after_its_last_step() {
    let desk = Desk::new();
    let store = desk.path("store");
    let lead = super::names::first_lead(&desk);
    let why = desk.write("why.toml", why(""));
    let unmask = ["unmask", &store, &lead, "--justification", &why];
    let Some(shown) = desk.on_a_terminal(&unmask, &[("COUNTERSIGN_KILL_AT", "revealed")]) else {
        return skipped("an unmasking killed on a terminal", "there is no `script`");
    };
    assert_ne!(shown.code, Some(0));
    let officers = std::fs::read(desk.at("force/officers.csv")).unwrap();
    let officers = String::from_utf8_lossy(&officers).into_owned();
    let logins: Vec<&str> = officers.lines().skip(1).filter_map(|l| l.split(';').nth(1)).collect();
    assert!(logins.len() > 100 && !logins.iter().any(|login| shown.out.contains(login)), "{}", shown.out);
    assert_eq!(desk.entries("store", "unmask.recorded").len(), 1);
    desk.verifies("store");
}
