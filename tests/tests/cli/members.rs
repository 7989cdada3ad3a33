//! Members who join and leave a store, on the command line.

use super::desk::{Desk, copy, make_quick};
use serde_json::Value;
use std::time::Instant;

/// Moments at which a removal is ended.
const MOMENTS: u32 = 12;

/// A second reviewer's profile beside the desk's own, their card, and how they run the program.
fn second(desk: &Desk) -> (String, impl Fn(&[&str]) -> super::desk::Ended + '_) {
    let run = |words: &[&str]| {
        let mut command = desk.command(words);
        command.env("COUNTERSIGN_PROFILE", desk.at("second")).output().expect("it starts").into()
    };
    let run = move |words: &[&str]| -> super::desk::Ended { run(words) };
    assert_eq!(run(&["profile", "new", "--name", "reviewer-2", "--role", "reviewer"]).code, Some(0));
    make_quick(&desk.at("second/member.age"));
    let card = desk.path("second.card");
    assert_eq!(run(&["profile", "card", "--out", &card]).code, Some(0));
    (card, run)
}

fn fingerprint(view: &Value, name: &str) -> String {
    let members = view["members"].as_array().expect("members");
    let member = members.iter().find(|m| m["name"] == name).expect("a member of this name");
    member["fingerprint"].as_str().expect("words").to_owned()
}

#[test]
fn a_second_reviewer_joins_works_and_leaves_and_the_ledger_says_so() {
    let desk = Desk::new();
    let store = desk.path("store");
    let (card, second) = second(&desk);
    second(&["leads", &store]).fails_with("not a member");
    let view = desk.json(&["store", "add-member", &store, &card]);
    let gone = fingerprint(&view, "reviewer-2");
    let leads = second(&["leads", &store, "--json"]);
    assert_eq!(leads.code, Some(0), "{}", leads.err);
    assert_eq!(leads.out, desk.must(&["leads", &store, "--json"]).out);
    second(&["store", "remove-member", &store, &gone]).fails_with("yourself");
    desk.must(&["store", "remove-member", &store, &gone]);
    second(&["leads", &store]).fails_with("not a member");
    desk.verifies("store");
    let entries = desk.entries("store", "membership");
    let said: Vec<_> = entries.iter().map(|e| e["outcome"].as_str().expect("words")).collect();
    assert_eq!(said, ["removed reviewer reviewer-2", "added reviewer reviewer-2"]);
}

#[test]
fn a_removal_killed_at_any_moment_leaves_a_store_that_opens_and_in_the_end_a_new_key() {
    let desk = Desk::new();
    let (store, before) = (desk.path("roll"), desk.at("before"));
    let (card, second) = second(&desk);
    let gone = fingerprint(&desk.json(&["store", "add-member", &store, &card]), "reviewer-2");
    for name in ["roll", "profile"] {
        copy(&desk.at(name), &before.join(name));
    }
    let remove = ["store", "remove-member", &store, &gone];
    let start = Instant::now();
    desk.must(&remove);
    let whole = start.elapsed();
    for moment in 0..MOMENTS {
        for name in ["roll", "profile"] {
            std::fs::remove_dir_all(desk.at(name)).expect("there");
            copy(&before.join(name), &desk.at(name));
        }
        let mut child = desk.command(&remove).spawn().expect("it starts");
        std::thread::sleep(whole.mul_f64(f64::from(moment) / f64::from(MOMENTS)));
        child.kill().expect("killed or ended");
        child.wait().expect("ended");
        let view = desk.json(&["store", "status", &store]);
        let still = view["members"].as_array().expect("members").len() == 2;
        assert_eq!(second(&["store", "status", &store]).code == Some(0), still, "at moment {moment}");
        desk.verifies("roll");
        for folder in ["roll.before", "roll.rekeyed"] {
            assert!(!desk.at(folder).exists(), "{folder} at moment {moment}");
        }
    }
}
