//! What comes after the exchange, in the real windows: the officer at the store itself, a backup put back and acknowledged,
//! a member who joins and leaves.

use crate::cli::desk::{PASSPHRASE, make_quick};
use crate::exchange::Table;
use journeys::window::PATIENCE;
use journeys::{exchange, journey};

pub fn all(table: &Table, lead: &str) {
    reviewer_backs_up(table);
    dpo_sits_at_the_store(table);
    reviewer_puts_the_backup_back(table, lead);
    dpo_acknowledges(table);
    reviewer_changes_the_members(table);
}

fn reviewer_backs_up(table: &Table) {
    let window = table.window("reviewer");
    journey::unlock(&window, PASSPHRASE);
    exchange::back_up(&window, &table.at("backup"));
}

/// Checks, signs and questions the ledger where it lies.
fn dpo_sits_at_the_store(table: &Table) {
    let window = table.window("dpo");
    exchange::open_store(&window, &table.at("store"), PASSPHRASE);
    window.click("nav-ledger");
    window.see_within("verdict", journey::UNLOCK);
    window.click("checks-all");
    window.read("Nothing was removed or changed since you countersigned last");
    window.click("patterns-open");
    window.see("patterns-reviewer");
    window.assert_accessible_in_both_themes("the ledger of the store, for its officer");
    window.shot("afterwards-1-officer-at-the-store");
    window.until_enabled("dpo-countersign", PATIENCE);
    window.click("dpo-countersign");
    window.click("dpo-sign");
    window.see_within("dpo-signed", journey::UNLOCK);
    window.click_css(r#"[data-kind="unmask.revealed"] [data-test="ledger-open"]"#);
    window.until_enabled("dpo-ask", PATIENCE);
    window.click("dpo-ask");
    window.fill("challenge-question", "Who else could see the screen just then?");
    window.click("challenge-send");
    window.see_gone("challenge-question", journey::WORK);
    window.see("dpo-open");
    window.assert_accessible_in_both_themes("a question asked in the store");
    journey::lock(&window);
}

/// The question and the signature are in no backup made before.
fn reviewer_puts_the_backup_back(table: &Table, lead: &str) {
    let window = table.window("reviewer");
    journey::unlock(&window, PASSPHRASE);
    journey::open_lead(&window, lead);
    window.read("Who else could see the screen just then?");
    journey::lock(&window);
    window.click("way-restore");
    window.assert_accessible_in_both_themes("a backup to be put back");
    window.click("restore-back");
    exchange::restore(&window, &table.at("backup"), &table.at("restored"), PASSPHRASE);
    window.read("were written after this backup and are not in it");
    window.assert_accessible_in_both_themes("what happened while the store was closed");
    window.shot("afterwards-2-warnings");
    window.click("warnings-read");
    window.see_gone("warnings", PATIENCE);
    exchange::send_ledger(&window, &table.pack("ledger-restored"));
}

fn dpo_acknowledges(table: &Table) {
    let window = table.window("dpo");
    exchange::sit_down(&window, PASSPHRASE);
    exchange::read(&window, &table.pack("ledger-restored"));
    window.see_within("dpo-acknowledge", journey::WORK);
    assert!(window.count("[data-outcome=failed]") > 0, "it cannot be signed before");
    window.assert_accessible_in_both_themes("a ledger with a backup put back");
    window.shot("afterwards-3-restored");
    window.click("dpo-acknowledge");
    window.see_gone("dpo-acknowledge", journey::WORK);
    window.until_enabled("dpo-countersign", PATIENCE);
    let verdict = exchange::countersign(&window, &table.pack("line-restored"));
    assert_eq!(window.count("[data-outcome=failed]"), 0, "{verdict}");
}

/// Somebody new opens the store, and after they were removed opens it no more.
fn reviewer_changes_the_members(table: &Table) {
    table.run("second", &["profile", "new", "--name", "reviewer-2", "--role", "reviewer"]);
    make_quick(&table.at("second").join("member.age"));
    table.run("second", &["profile", "card", "--out", &table.path("second.card")]);
    let window = table.window("reviewer");
    journey::unlock(&window, PASSPHRASE);
    exchange::take(&window, &table.pack("line-restored"));
    window.click("nav-settings");
    window.click("member-add");
    window.fill("member-card", &table.path("second.card"));
    window.fill("member-passphrase", PASSPHRASE);
    window.assert_accessible_in_both_themes("a member to be added");
    window.click("member-confirm");
    window.see_gone("member-card", journey::UNLOCK);
    window.read("reviewer-2");
    drop(window);
    let window = table.window("second");
    exchange::open_store(&window, &table.at("restored"), PASSPHRASE);
    drop(window);
    let window = table.window("reviewer");
    journey::unlock(&window, PASSPHRASE);
    window.click("nav-settings");
    window.see("member-remove");
    window.click_css(r#"[aria-label="Remove reviewer-2"]"#);
    window.fill("member-passphrase", PASSPHRASE);
    window.assert_accessible_in_both_themes("a member to be removed");
    window.shot("afterwards-4-member");
    window.click("member-confirm");
    window.see_gone("member-confirm", journey::WORK);
    assert_eq!(window.count(r#"[aria-label="Remove reviewer-2"]"#), 0);
    window.assert_accessible_in_both_themes("settings with the members");
    let verdict = journey::verify(&window);
    assert_eq!(window.count("[data-outcome=failed]"), 0, "{verdict}");
    drop(window);
    let window = table.window("second");
    window.click("recent-store");
    window.fill("passphrase", PASSPHRASE);
    window.click("unlock");
    window.see_within("problem", journey::UNLOCK);
    assert!(window.text_of("problem").contains("not a member"), "{}", window.text_of("problem"));
}
