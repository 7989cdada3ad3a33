//! Walks through the demo store in the real window and leaves pictures: `walk FOLDER PASSPHRASE`.
#![expect(clippy::print_stdout, reason = "it tells a person what it did")]

use journeys::journey;
use journeys::window::Window;
use std::path::Path;

fn main() {
    let (folder, passphrase) = journeys::two_arguments("walk FOLDER PASSPHRASE");
    let window = Window::open(&Path::new(&folder).join("profile"), "demo");
    let step = |name: &str, words: &str| println!("{words}\n    {}", window.shot(name).display());

    step("1-start", "The start screen offers the made-up force.");
    journey::unlock(&window, &passphrase);
    step("2-overview", "Unlocked: what was imported and what the analysis found.");
    let lead = journey::open_first_lead(&window);
    step("3-lead", &format!("Lead {lead}: the sentence, the arithmetic and the peers."));
    let locators = journey::read_evidence(&window);
    step("4-evidence", &format!("Its evidence: {} rows, each with a locator.", locators.len()));
    let shown = journey::unmask(&window, &passphrase);
    step(
        "5-name",
        &format!(
            "Unmasked after the entry was written: {} fields in a window of their own.",
            shown.fields.len()
        ),
    );
    journey::mask_by_escape(&window);
    let verdict = journey::verify(&window);
    step("6-ledger", &format!("The ledger: {verdict}"));
    window.go("#/settings");
    window.see("theme");
    step("7-settings", "Settings and promises.");
    journey::lock(&window);
    step("8-locked", "Locked: keys dropped, page thrown away.");
}
