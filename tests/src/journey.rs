//! The main journey through the real window, in a person's steps; the tests and the demo walk the same ones.

use crate::window::{Window, marked};
use fantoccini::key::Key;
use std::path::Path;
use std::time::Duration;

/// What work on a whole file or store may take, in a debug build on two busy cores.
pub const WORK: Duration = Duration::from_secs(180);
/// What a passphrase may take: its work factor is meant to be felt.
pub const UNLOCK: Duration = Duration::from_secs(40);

/// A name as the short-lived window showed it, and the entry that allowed it.
#[derive(Debug)]
pub struct Shown {
    pub fields: Vec<String>,
    pub officer: String,
}

/// Makes a reviewer's keys on the first screen.
pub fn make_profile(window: &Window, name: &str, passphrase: &str) {
    make_profile_of(window, name, "reviewer", passphrase);
}

/// Makes the keys of a member of this role on the first screen.
pub fn make_profile_of(window: &Window, name: &str, role: &str, passphrase: &str) {
    window.see("profile-create");
    window.fill("profile-name", name);
    window.click(&format!("role-{role}"));
    window.fill("passphrase", passphrase);
    window.fill("passphrase-again", passphrase);
    window.click("profile-create");
    window.see_within("way-create", UNLOCK);
}

/// Walks the three steps of the wizard for a new store without other members.
pub fn make_store(window: &Window, name: &str, passphrase: &str) {
    window.click("way-create");
    window.fill("store-name-field", name);
    window.fill("store-purpose", "Tries every step of a review on invented or published records.");
    window.click("wizard-next");
    window.click("policy-recorded");
    window.click("wizard-next");
    window.see("store-ends");
    window.fill("passphrase", passphrase);
    window.click("store-create");
    window.see_within("recovery-sheet", UNLOCK);
    window.click("recovery-kept");
    window.click("recovery-done");
    window.see("nav-overview");
}

/// Lets the program make, import and analyse a force of its own.
pub fn try_demo(window: &Window, officers: &str, passphrase: &str) {
    window.click("way-demo");
    window.choose("demo-officers", officers);
    window.fill("passphrase", passphrase);
    window.click("demo-start");
    window.see_within("nav-leads", WORK);
}

/// Opens the store that the start screen offers first.
pub fn unlock(window: &Window, passphrase: &str) {
    window.see("unlock");
    window.click("recent-store");
    window.fill("passphrase", passphrase);
    window.click("unlock");
    window.see_within("nav-leads", UNLOCK);
}

/// What is taken in, and how.
#[derive(Debug)]
pub struct Import<'a> {
    pub file: &'a Path,
    pub zone: &'a str,
    pub from: &'a str,
    pub to: &'a str,
}

/// Takes a file through the wizard: read, look, give reasons, wait, read the report. Gives the report's words.
pub fn import(window: &Window, wanted: &Import<'_>) -> String {
    window.go("#/sources/new");
    window.fill("import-path", &wanted.file.display().to_string());
    window.click("import-read");
    window.see_within("proposal", WORK);
    window.choose("import-zone", wanted.zone);
    window.until_enabled("import-start", WORK);
    if window.has("gate-special-category") {
        window.fill("gate-special-category", "DPA 2018 Sch. 1 para. 6");
    }
    window.fill("gate-lawful-basis", "Public task");
    window.fill("gate-necessity", "The review needs these records to be complete.");
    window.fill("gate-alternative", "Asking each unit by hand was tried and was not complete.");
    window.fill("gate-dpia", "DPIA-2026-04");
    window.fill("gate-period-start", wanted.from);
    window.fill("gate-period-end", wanted.to);
    window.click("import-start");
    window.see_within("import-report", WORK);
    window.text()
}

/// Runs every indicator from the overview and waits for its report.
pub fn analyse(window: &Window) {
    window.click("nav-overview");
    window.click("analyse");
    window.see_within("run-report", WORK);
}

/// Opens the first lead of the list and gives its code.
pub fn open_first_lead(window: &Window) -> String {
    window.click("nav-leads");
    window.see("lead-row");
    let lead = window.attribute(&marked("lead-row"), "data-lead");
    open_lead(window, &lead);
    lead
}

/// Opens one lead by its code.
pub fn open_lead(window: &Window, lead: &str) {
    window.go(&format!("#/lead/{lead}"));
    window.see("lead-code");
    window.see("finding");
}

/// Opens the evidence of the first finding and gives its locators.
pub fn read_evidence(window: &Window) -> Vec<String> {
    window.click("evidence-open");
    window.see("evidence-row");
    window.texts(&marked("locator"))
}

/// Opens the interruption page and fills in why a name is needed.
pub fn give_reasons(window: &Window) {
    window.click("unmask");
    window.choose("unmask-purpose", "severity_assessment");
    window.fill("unmask-reference", "PSD-2026-0117");
    // A text that was used before is refused, so each names the entry it will become.
    let status = window.call("status", serde_json::Value::Null).unwrap_or_default();
    let entry = &status["store"]["ledgerEntries"];
    let necessity =
        format!("The appropriate authority has to assess this lead after entry {entry} of the ledger.");
    window.fill("unmask-necessity", &necessity);
    window.fill(
        "unmask-proportionality",
        "The rows contradict each other on several days, and the name alone is asked for.",
    );
    window.fill("unmask-alternatives", "The unit's own explanation was read first.");
    window.fill("unmask-minutes", "5");
    window.see("unmask-allowed");
}

/// Fills in the interruption page, records, and reads the small window.
pub fn unmask(window: &Window, passphrase: &str) -> Shown {
    give_reasons(window);
    window.fill("unmask-passphrase", passphrase);
    window.until_enabled("unmask-record", crate::window::PATIENCE);
    window.click("unmask-record");
    window.see_within("unmask-recorded", UNLOCK);
    read_name(window)
}

/// Goes over to the small window and reads it.
pub fn read_name(window: &Window) -> Shown {
    window.switch_to_name();
    window.see("name-field");
    Shown { fields: window.texts(&marked("name-field")), officer: window.title() }
}

/// Masks the name from its own window and waits until that window is gone.
pub fn mask_by_escape(window: &Window) {
    window.press_and_leave(Key::Escape);
    window.see_name_window_gone(crate::window::PATIENCE);
}

/// Has the ledger verified and gives the verdict's words.
pub fn verify(window: &Window) -> String {
    window.click("nav-ledger");
    window.see("ledger-row");
    window.click("ledger-verify");
    window.see_within("verdict", UNLOCK);
    window.text_of("verdict")
}

/// The ledger on the screen lists this unmasking, once, under the officer's code.
pub fn assert_listed(window: &Window, shown: &Shown) {
    let rows = window.texts("[data-test=ledger-row][data-kind=\"unmask.recorded\"]");
    let code = shown.officer.split_whitespace().find(|word| word.starts_with("OFC-")).unwrap_or_default();
    assert!(!code.is_empty(), "the title carries the pseudonym: {}", shown.officer);
    assert_eq!(rows.iter().filter(|row| row.contains(code)).count(), 1, "{code} is not in {rows:?}");
}

/// Locks, and waits for the page that knows nothing any more.
pub fn lock(window: &Window) {
    window.click("lock");
    window.see_within("unlock", UNLOCK);
}
