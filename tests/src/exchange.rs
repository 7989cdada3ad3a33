//! What people do with each other's packs in the real window: ask, verify, sign, grant, take, send, reply.

use crate::journey::{self, Shown, UNLOCK, WORK};
use crate::window::{PATIENCE, Window, marked};
use std::path::Path;

fn words(path: &Path) -> String {
    path.display().to_string()
}

/// Answers the question where something is saved.
pub fn save_to(window: &Window, path: &Path) {
    window.fill("save-path", &words(path));
    window.click("save-confirm");
    window.see_gone("save-path", WORK);
}

/// Saves the member's card from the first screen.
pub fn save_card(window: &Window, path: &Path) {
    window.click("save-card");
    save_to(window, path);
}

/// Makes a store with these people's cards; with a data protection officer's among them it is countersigned.
pub fn make_store_with(window: &Window, folder: &Path, cards: &[&Path], passphrase: &str) {
    window.click("way-create");
    window.fill("store-name-field", "Roster review");
    window.fill("store-purpose", "Tries how people who trust each other's keys exchange files.");
    window.fill("store-path", &words(folder));
    window.click("wizard-next");
    for (n, card) in cards.iter().enumerate() {
        if n > 0 {
            window.click("card-add");
        }
        window.fill(&format!("card-path-{n}"), &words(card));
    }
    window.click("wizard-next");
    window.click("store-recovery");
    window.fill("passphrase", passphrase);
    window.click("store-create");
    window.see_within("nav-sources", UNLOCK);
}

/// Opens a store this profile has not opened before.
pub fn open_store(window: &Window, folder: &Path, passphrase: &str) {
    window.fill("open-path", &words(folder));
    window.fill("passphrase", passphrase);
    window.click("unlock");
    window.see_within("nav-sources", UNLOCK);
}

/// The codes of the first two leads that are about one officer.
pub fn two_leads_about_one(window: &Window) -> [String; 2] {
    const FIND: &str = "return [...document.querySelectorAll(arguments[0])].filter(row => row.innerText.includes('OFC-') && !row.innerText.includes(' others')).map(row => row.dataset.lead)";
    window.click("nav-leads");
    window.see("lead-row");
    let found = window.script(FIND, vec![marked("lead-row").into()]);
    [0, 1].map(|n| found[n].as_str().unwrap_or_default().to_owned())
}

/// Asks the data protection officer for a name: the entry first, then the sealed request.
pub fn ask(window: &Window, lead: &str, request: &Path, passphrase: &str) {
    journey::open_lead(window, lead);
    journey::give_reasons(window);
    window.fill("request-path", &words(request));
    window.fill("unmask-passphrase", passphrase);
    window.until_enabled("unmask-ask", PATIENCE);
    window.click("unmask-ask");
    window.see_within("unmask-requested", UNLOCK);
}

/// Makes a backup from the settings.
pub fn back_up(window: &Window, path: &Path) {
    window.click("nav-settings");
    window.click("backup");
    save_to(window, path);
}

/// Puts a backup back from the first screen.
pub fn restore(window: &Window, backup: &Path, folder: &Path, passphrase: &str) {
    window.click("way-restore");
    window.fill("restore-backup", &words(backup));
    window.fill("restore-path", &words(folder));
    window.fill("passphrase", passphrase);
    window.click("restore-start");
    window.see_within("nav-overview", UNLOCK);
}

/// Seals the ledger to the data protection officers.
pub fn send_ledger(window: &Window, path: &Path) {
    window.click("nav-packs");
    window.click("packs-send");
    save_to(window, path);
}

/// Unlocks the profile without a store.
pub fn sit_down(window: &Window, passphrase: &str) {
    window.click("way-pack");
    window.fill("passphrase", passphrase);
    window.click("desk-unlock");
    window.see_within("pack-path", UNLOCK);
}

/// Opens a pack at the desk.
pub fn read(window: &Window, pack: &Path) {
    window.fill("pack-path", &words(pack));
    window.click("pack-read");
    window.see_gone("pack-path", WORK);
}

/// Adds somebody by their card, at the desk or beside the store's packs.
pub fn add_person(window: &Window, card: &Path) {
    let before = window.count(&marked("person"));
    window.fill("person-card", &words(card));
    window.click("person-add");
    window.wait_for_script(&format!(
        "return document.querySelectorAll('[data-test=person]').length > {before}"
    ));
}

/// Signs the ledger pack that is open, once it was verified; gives the verdict's words.
pub fn countersign(window: &Window, line: &Path) -> String {
    window.see_within("verdict", WORK);
    let verdict = window.text_of("verdict");
    window.click("dpo-countersign");
    save_to(window, line);
    window.see("dpo-signed");
    verdict
}

/// Questions the entry that asked for a name.
pub fn question(window: &Window, words_asked: &str, path: &Path) {
    window.click_css(r#"[data-kind="unmask.requested"] [data-test="ledger-open"]"#);
    window.until_enabled("dpo-ask", PATIENCE);
    window.click("dpo-ask");
    window.fill("challenge-question", words_asked);
    window.fill("challenge-path", &words(path));
    window.click("challenge-send");
    window.see_gone("challenge-path", WORK);
}

/// Refuses the request that is open.
pub fn refuse(window: &Window, reason: &str, path: &Path) {
    window.see_within("refuse-reason", WORK);
    window.fill("refuse-reason", reason);
    window.click("refuse");
    save_to(window, path);
    window.see("request-done");
}

/// Grants the request that is open.
pub fn grant(window: &Window, path: &Path) {
    window.see_within("grant", WORK);
    window.click("grant");
    save_to(window, path);
    window.see("request-done");
}

/// Takes a pack into the open store.
pub fn take(window: &Window, pack: &Path) {
    window.click("nav-packs");
    window.fill("packs-path", &words(pack));
    window.click("packs-take");
    window.see_within("packs-done", WORK);
}

/// Answers the one question that is open.
pub fn answer(window: &Window, words_given: &str, path: &Path) {
    window.fill("challenge-answer", words_given);
    window.click("challenge-seal");
    save_to(window, path);
    window.see_gone("challenge-answer", PATIENCE);
}

/// Opens what was granted and reads the small window.
pub fn open_grant(window: &Window, lead: &str, passphrase: &str) -> Shown {
    journey::open_lead(window, lead);
    window.click("unmask");
    window.fill("grant-passphrase", passphrase);
    window.click("grant-open");
    window.see_within("unmask-recorded", UNLOCK);
    journey::read_name(window)
}

/// Sends a lead to a representative, after a look at what leaves.
pub fn send_lead(window: &Window, lead: &str, card: &Path, path: &Path) {
    journey::open_lead(window, lead);
    window.click("lead-send");
    window.see_within("redaction", WORK);
    window.fill("send-card", &words(card));
    window.click("send-seal");
    save_to(window, path);
    window.see("pack-sent");
}

/// Disputes the first finding of the lead pack that is open.
pub fn dispute(window: &Window, words_given: &str, path: &Path) {
    window.see_within("pack-finding", WORK);
    window.choose("reply-stance", "disputed");
    window.fill("reply-text", words_given);
    window.click("reply-uninvolved");
    window.click("reply-seal");
    save_to(window, path);
}
