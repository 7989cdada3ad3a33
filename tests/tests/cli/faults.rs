//! What goes wrong around the program: passphrases, disks, and folders somebody touched.

use super::desk::{Desk, copy};
use journeys::skipped;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

#[test]
fn a_wrong_passphrase_changes_nothing_and_stands_in_the_ledger_at_the_next_open() {
    let desk = Desk::new();
    let right = std::fs::read(desk.at("passphrase")).unwrap();
    let (_, entries) = desk.counts("store");
    let before = std::fs::read(desk.at("store/store.db")).unwrap();
    desk.write("passphrase", "plum anchor violet stairs\n");
    // Three are free; a busy machine can sleep through the first wait of a second, but not through one that has doubled
    // a few times.
    let mut wrong = 0;
    loop {
        let ended = desk.run(&["store", "status", &desk.path("store")]);
        if wrong >= 3 && ended.err.contains("Wait") {
            ended.fails_with("Wait");
            break;
        }
        ended.fails_with("The passphrase is wrong");
        wrong += 1;
        assert!(wrong <= 8, "nothing made anybody wait");
    }
    assert_eq!(std::fs::read(desk.at("store/store.db")).unwrap(), before, "a locked store is not written");
    desk.write("passphrase", right);
    std::thread::sleep(Duration::from_secs(1 << (wrong - 3)) + Duration::from_millis(200));
    assert_eq!(desk.counts("store").1, entries + 1);
    let failed = desk.entries("store", "attempt.failed");
    assert_eq!(failed.len(), 1, "{failed:?}");
    let leaf = failed[0]["leaf"].as_str().unwrap();
    assert!(leaf.contains(&format!("\"count\":{wrong}")) && leaf.contains("unlock"), "{leaf}");
    assert_eq!(desk.counts("store").1, entries + 1, "what was queued is written once");
    desk.verifies("store");
}

#[test]
fn a_flipped_byte_in_the_store_is_refused_and_nothing_is_shown_of_it() {
    let desk = Desk::new();
    let whole = std::fs::read(desk.at("store/store.db")).unwrap();
    for name in ["store", "profile"] {
        copy(&desk.at(name), &desk.at("kept").join(name));
    }
    let put_back = || {
        for name in ["store", "profile"] {
            std::fs::remove_dir_all(desk.at(name)).unwrap();
            copy(&desk.at("kept").join(name), &desk.at(name));
        }
        let _ = std::fs::remove_dir_all(desk.at("copy"));
    };
    for place in [20, 16_384 + 5_000, whole.len() / 2, whole.len() - 9_000] {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x40;
        desk.write("store/store.db", &bytes);
        let ended = desk.run(&["ledger", "verify", &desk.path("store")]);
        let seen = if ended.code == Some(0) {
            // A page nobody needs to open the store: whoever reads it must still be told.
            let all = [
                desk.run(&["leads", &desk.path("store"), "--evidence"]),
                desk.run(&["analyse", &desk.path("store")]),
                desk.run(&["store", "backup", &desk.path("store"), "--out", &desk.path("copy")]),
            ];
            all.into_iter().find(|e| e.code == Some(1)).unwrap_or(ended)
        } else {
            ended
        };
        assert_eq!(seen.code, Some(1), "byte {place} of {}: {}", whole.len(), seen.out);
        assert!(!seen.err.contains("panicked"), "{}", seen.err);
        assert!(seen.err.contains("damaged"), "byte {place}: {}", seen.err);
        put_back();
    }
    desk.verifies("store");
}

#[test]
fn an_older_copy_of_the_whole_folder_put_back_is_refused_and_a_logged_restore_is_not() {
    let desk = Desk::new();
    copy(&desk.at("roll"), &desk.at("old"));
    desk.must(&["store", "backup", &desk.path("roll"), "--out", &desk.path("backup")]);
    assert_eq!(desk.import("roll", &[&desk.path("force/duties.csv")]).code, Some(0));
    std::fs::remove_dir_all(desk.at("roll")).unwrap();
    copy(&desk.at("old"), &desk.at("roll"));
    let ended = desk.run(&["store", "status", &desk.path("roll")]);
    ended.fails_with("your profile has seen");
    ended.fails_with("data protection officer");
    let (restored, backup) = (desk.path("restored"), desk.path("backup"));
    desk.must(&["store", "restore", &restored, "--from", &backup]);
    desk.verifies("restored");
    assert!(desk.json(&["ledger", "list", &restored]).to_string().contains("restored"));
}

#[test]
fn a_store_of_a_newer_format_is_refused_in_words() {
    let desk = Desk::new();
    let facts = std::fs::read_to_string(desk.at("store/store.toml")).unwrap();
    let before = std::fs::read(desk.at("store/store.db")).unwrap();
    assert!(facts.contains("format = 1"), "{facts}");
    desk.write("store/store.toml", facts.replace("format = 1", "format = 99"));
    desk.run(&["store", "status", &desk.path("store")]).fails_with("newer");
    assert_eq!(std::fs::read(desk.at("store/store.db")).unwrap(), before);
}

#[test]
fn keys_of_another_store_and_a_folder_that_is_none_are_refused() {
    let desk = Desk::new();
    std::fs::copy(desk.at("empty/keys.age"), desk.at("store/keys.age")).unwrap();
    assert_eq!(desk.run(&["store", "status", &desk.path("store")]).code, Some(1));
    assert_eq!(desk.run(&["store", "status", &desk.path("force")]).code, Some(1));
    assert_eq!(desk.run(&["store", "status"]).code, Some(2), "wrong usage has its own number");
}

#[test]
fn a_file_named_without_a_folder_is_written_to_where_one_stands() {
    let desk = Desk::new();
    let mut command = desk.command(&["profile", "card", "--out", "card.txt"]);
    let done = command.current_dir(desk.home()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut command = desk.command(&["ledger", "export", &desk.path("store"), "--out", "ledger.txt"]);
    let done = command.current_dir(desk.home()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(desk.at("card.txt").exists() && desk.at("ledger.txt").exists());
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let desk = Desk::new();
    let mut child = desk.command(&["leads", &desk.path("store"), "--evidence", "--json"]).spawn().unwrap();
    drop(child.stdout.take());
    let ended = super::desk::Ended::from(child.wait_with_output().unwrap());
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

/// A small disk of its own, given back when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).expect("the desk is writable");
        let mut command = Command::new("mount");
        let done = command.args(["-t", "tmpfs", "-o", &format!("size={size}"), "none"]).arg(at).output();
        done.is_ok_and(|d| d.status.success()).then(|| Self(at.to_owned()))
    }
    fn grow(&self, size: &str) {
        let option = format!("remount,size={size}");
        let done = Command::new("mount").args(["-o", &option]).arg(&self.0).status();
        assert!(done.is_ok_and(|s| s.success()), "the disk can grow");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_named_and_the_import_works_once_there_is_room() {
    let desk = Desk::new();
    let Some(disk) = SmallDisk::mount(&desk.at("disk"), "1800k") else {
        return skipped("a full disk", "this account may not mount a small one");
    };
    copy(&desk.at("roll"), &desk.at("disk/store"));
    let before = desk.counts("disk/store");
    let file = super::kills::large(&desk);
    desk.import("disk/store", &[&file]).fails_with("The disk is full");
    assert_eq!(desk.counts("disk/store"), before, "the store is as it was");
    desk.verifies("disk/store");
    disk.grow("64m");
    let ended = desk.import("disk/store", &[&file]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(desk.counts("disk/store"), (before.0 + 1, before.1 + 1));
    desk.verifies("disk/store");
}
