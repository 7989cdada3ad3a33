//! Pictures of every screen in both themes and two sizes: `pictures FOLDER PASSPHRASE`.
#![expect(clippy::print_stdout, reason = "it tells a person where the pictures are")]

use journeys::journey;
use journeys::window::Window;
use std::path::Path;

const SIZES: [(u32, u32); 2] = [(1280, 800), (1440, 900)];
const PLACES: [(&str, &str); 9] = [
    ("overview", "run-report"),
    ("sources", "import-row"),
    ("indicators", "indicator"),
    ("leads", "lead-row"),
    ("oversight", "rate-table"),
    ("ledger", "ledger-row"),
    ("packs", "packs-take"),
    ("retention", "retention-expire"),
    ("settings", "theme"),
];
/// Whatever scrolls on a screen, a screen further down.
const DOWN: &str = "for (const part of document.querySelectorAll('main, main *'))
    if (part.scrollHeight > part.clientHeight + 40 && getComputedStyle(part).overflowY !== 'visible')
        part.scrollTop += part.clientHeight * 0.9;";

fn main() {
    let (folder, passphrase) = journeys::two_arguments("pictures FOLDER PASSPHRASE");
    let window = Window::open(&Path::new(&folder).join("profile"), "pictures");
    everywhere(&window, "start");
    journey::unlock(&window, &passphrase);
    for (place, sign) in PLACES {
        window.go(&format!("#/{place}"));
        window.see(sign);
        down_to_the_end(&window, place);
    }
    let lead = journey::open_first_lead(&window);
    journey::read_evidence(&window);
    down_to_the_end(&window, "lead");
    window.click("unmask");
    window.see("unmask-necessity");
    down_to_the_end(&window, "unmask");
    window.go(&format!("#/send/{lead}"));
    window.see("redaction");
    down_to_the_end(&window, "send");
    journey::open_lead(&window, &lead);
    window.click("decide");
    window.see("decide-panel");
    println!("the last of them: {}", everywhere(&window, "decide").display());
}

/// A screen from its top, and twice further down.
fn down_to_the_end(window: &Window, name: &str) {
    everywhere(window, name);
    for further in 2..=3 {
        window.script(DOWN, vec![]);
        everywhere(window, &format!("{name}-{further}"));
    }
}

/// What is seen now, in every size and theme; the last picture.
fn everywhere(window: &Window, name: &str) -> std::path::PathBuf {
    let mut last = std::path::PathBuf::new();
    for (width, height) in SIZES {
        window.size(width, height);
        for theme in ["light", "dark"] {
            wear(window, theme);
            last = window.shot(&format!("{name}-{width}-{theme}"));
        }
    }
    last
}

/// Twice, since the page puts its own theme back when something new arrives.
fn wear(window: &Window, theme: &str) {
    for _ in 0..2 {
        window.script(&format!("document.documentElement.dataset.theme = '{theme}'"), vec![]);
        window.wait_until_calm();
    }
}
