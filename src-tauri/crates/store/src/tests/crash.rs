use super::*;
use crate::{ledger, meta};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const FOLDER: &str = "STORE_TEST_FOLDER";

/// Runs one of the ignored tests below in a process of its own.
fn child(test: &str, dir: &TempDir) -> (Child, impl Iterator<Item = String> + use<>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("tests::crash::{test}"), "--ignored", "--nocapture", "--test-threads=1"])
        .env(FOLDER, dir.path().join("store"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    (child, lines.filter_map(|line| line.split_once("> ").map(|(_, said)| said.to_owned())))
}

fn asked() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

#[test]
#[ignore = "run as a child by the tests of this module"]
fn child_dies_in_the_middle_of_a_step() {
    let Some(path) = asked() else { return };
    let mut store = Store::open(&path, &key()).unwrap();
    let _: Result<(), StoreError> = store.write(|tx| {
        ledger::append(tx, 0, &[1; 32], b"{}", &[])?;
        // More than the cache holds, so that pages of the step are already in the WAL.
        for n in 0..20 {
            meta::put(tx, &format!("key {n}"), &vec![n; 4 << 20])?;
        }
        println!("\n> ready");
        std::thread::sleep(Duration::from_secs(60));
        Ok(())
    });
}

#[test]
#[ignore = "run as a child by the tests of this module"]
fn child_writes_until_it_is_killed() {
    let Some(path) = asked() else { return };
    let mut store = Store::open(&path, &key()).unwrap();
    for seq in ledger::size(&store).unwrap().. {
        store.write(|tx| ledger::append(tx, seq, &[1; 32], b"{}", &[[2; 32]])).unwrap();
        println!("\n> {seq}");
    }
}

#[test]
#[ignore = "run as a child by the tests of this module"]
fn child_opens_once() {
    let Some(path) = asked() else { return };
    println!("\n> {}", Store::open(&path, &key()).map_or_else(|e| e.to_string(), |_| "opened".into()));
}

#[test]
fn a_kill_in_the_middle_of_a_step_leaves_the_store_as_it_was() {
    let dir = folder();
    furnished(&dir).close().unwrap();
    let (mut child, mut said) = child("child_dies_in_the_middle_of_a_step", &dir);
    assert_eq!(said.next().as_deref(), Some("ready"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(std::fs::metadata(dir.path().join("store/store.db-wal")).unwrap().len() > 1 << 20);
    let store = reopen(&dir);
    assert_eq!(ledger::size(&store).unwrap(), 0);
    assert_eq!(meta::get(&store, "key 0").unwrap(), None);
    assert_eq!(officers::counts(&store).unwrap().all, 4);
    assert_eq!(store.integrity(), Ok(()));
}

#[test]
fn what_was_committed_before_a_kill_at_any_moment_is_there() {
    let dir = folder();
    new_store(&dir).close().unwrap();
    for round in 0..6_u64 {
        let (mut child, mut said) = child("child_writes_until_it_is_killed", &dir);
        let mut last: u64 = said.next().unwrap().parse().unwrap();
        let deadline = Instant::now() + Duration::from_millis(30 + round * 37);
        while Instant::now() < deadline {
            last = said.next().unwrap().parse().unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        last = said.filter_map(|line| line.parse().ok()).last().unwrap_or(last);
        let store = reopen(&dir);
        let size = ledger::size(&store).unwrap();
        assert!(size > last, "entry {last} was promised, {size} are there");
        assert_eq!(ledger::hash_count(&store).unwrap(), size, "entry and tree hash are one step");
        assert_eq!(store.integrity(), Ok(()));
    }
}

#[test]
fn another_program_is_told_that_the_store_is_open() {
    let dir = folder();
    let store = new_store(&dir);
    let ask = || child("child_opens_once", &dir).1.next().unwrap();
    assert_eq!(ask(), "another program has this store open");
    store.close().unwrap();
    assert_eq!(ask(), "opened");
}
