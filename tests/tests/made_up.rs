//! The journey over a made-up force, from the first start to the lock.

use journeys::window::{PATIENCE, Window};
use journeys::{canary, journey, programs};
use serde_json::{Value, json};
use std::path::Path;

const PASSPHRASE: &str = "plum anchor violet ladder";

/// What was shown, and every word of it that is long enough to be told from chance.
fn names(shown: &journey::Shown) -> Vec<String> {
    let words = shown.fields.iter().flat_map(|f| f.split(|c: char| !c.is_alphanumeric()));
    let long = words.filter(|w| w.len() >= 5).map(str::to_owned);
    shown.fields.iter().cloned().chain(long).collect()
}

fn assert_no_name(names: &[String], profile: &Path) {
    assert!(names.iter().any(|n| n.len() >= 5), "nothing to search for in {names:?}");
    // The made-up exports themselves name everyone; they stand for a force's own files.
    let spared = profile.join("made-up");
    let hits = canary::found(names, profile, &[&spared]);
    assert!(hits.is_empty(), "a shown name was left in {hits:?}");
    let said = canary::found(names, &programs::left_behind("journeys"), &[]);
    assert!(said.is_empty(), "a shown name was printed: {said:?}");
}

fn settings(window: &Window, theme: &str) {
    let answer = window.call("save_settings", json!({ "lockMinutes": 10, "theme": theme, "zoom": 100 }));
    assert!(answer.is_ok(), "{answer:?}");
    window.reload();
}

#[test]
fn a_made_up_force_is_reviewed_from_the_first_start_to_the_lock() {
    let profile = tempfile::tempdir().unwrap();
    let window = Window::open(profile.path(), "shots");
    window.size(1280, 860);
    window.see("profile-create");
    window.shot("made-up-1-first-start");
    journey::make_profile(&window, "reviewer-1", PASSPHRASE);
    journey::try_demo(&window, "200", PASSPHRASE);
    window.see("nav-overview");
    window.shot("made-up-2-overview");

    journey::open_first_lead(&window);
    window.shot("made-up-3-lead");
    let locators = journey::read_evidence(&window);
    assert!(locators.iter().all(|l| l.starts_with("E-")), "{locators:?}");
    window.shot("made-up-4-evidence");

    let before = entries(&window);
    let shown = journey::unmask(&window, PASSPHRASE);
    assert!(shown.officer.contains("OFC-"), "the title carries the pseudonym: {}", shown.officer);
    assert!(!shown.fields.is_empty());
    window.shot("made-up-5-name");
    let again = window.call("reveal", Value::Null);
    assert!(again.is_err(), "a name is handed out once");
    window.switch_to_main();
    let names = names(&shown);
    let words = window.title() + &window.text();
    assert!(!names.iter().any(|n| words.contains(n.as_str())), "the main window must not show the name");
    window.switch_to_name();
    journey::mask_by_escape(&window);

    let verdict = journey::verify(&window);
    assert!(entries(&window) > before, "the unmasking is in the ledger");
    journey::assert_listed(&window, &shown);
    assert!(!verdict.is_empty() && window.count("[data-outcome=failed]") == 0, "{verdict}");
    window.shot("made-up-6-ledger");

    journey::lock(&window);
    assert!(window.call("overview", Value::Null).is_err(), "a locked store answers nothing");
    window.shot("made-up-7-locked");
    drop(window);
    assert_no_name(&names, profile.path());
}

fn entries(window: &Window) -> u64 {
    let status = window.call("status", Value::Null).expect("status always answers");
    status["store"]["ledgerEntries"].as_u64().expect("an open store counts its entries")
}

#[test]
fn locking_destroys_a_name_that_is_still_shown() {
    let profile = tempfile::tempdir().unwrap();
    let window = Window::open(profile.path(), "shots");
    journey::make_profile(&window, "reviewer-1", PASSPHRASE);
    journey::try_demo(&window, "200", PASSPHRASE);
    journey::open_first_lead(&window);
    let shown = journey::unmask(&window, PASSPHRASE);
    window.switch_to_main();
    journey::lock(&window);
    window.see_name_window_gone(PATIENCE);
    drop(window);
    assert_no_name(&names(&shown), profile.path());
}

/// Every place of an open store that needs no lead; the desks and what needs other people are judged in the exchange.
const PLACES: [&str; 10] = [
    "overview",
    "sources",
    "sources/new",
    "leads",
    "indicators",
    "oversight",
    "ledger",
    "packs",
    "retention",
    "settings",
];

#[test]
fn axe_finds_nothing_on_any_screen_in_either_theme() {
    let profile = tempfile::tempdir().unwrap();
    let window = Window::open(profile.path(), "shots");
    window.see("profile-create");
    window.assert_accessible("the first start");
    journey::make_profile(&window, "reviewer-1", PASSPHRASE);
    window.assert_accessible("the start");
    journey::try_demo(&window, "200", PASSPHRASE);
    let lead = journey::open_first_lead(&window);
    for theme in ["light", "dark"] {
        settings(&window, theme);
        window.see("nav-overview");
        for place in PLACES {
            window.go(&format!("#/{place}"));
            window.wait_until_calm();
            window.assert_accessible(&format!("{place}, {theme}"));
            window.shot(&format!("axe-{}-{theme}", place.replace('/', "-")));
        }
        journey::open_lead(&window, &lead);
        journey::read_evidence(&window);
        window.assert_accessible(&format!("lead, {theme}"));
        window.shot(&format!("axe-lead-{theme}"));
        window.click("lead-send");
        window.see_within("redaction", journey::WORK);
        window.assert_accessible(&format!("send a lead, {theme}"));
        window.shot(&format!("axe-send-{theme}"));
        journey::open_lead(&window, &lead);
        window.click("unmask");
        window.see("unmask-record");
        window.wait_until_calm();
        window.assert_accessible(&format!("unmask, {theme}"));
        window.shot(&format!("axe-unmask-{theme}"));
    }
    journey::open_lead(&window, &lead);
    let _ = journey::unmask(&window, PASSPHRASE);
    window.assert_accessible("the name window");
}
