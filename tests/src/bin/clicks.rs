//! Times clicks in the real window on a store that is there already: `clicks PROFILE PASSPHRASE`.
#![expect(clippy::print_stdout, reason = "it tells a person what it measured")]

use journeys::journey;
use journeys::window::Window;
use std::path::Path;

/// Longest wait for the result of a click that a person does not notice, in milliseconds.
const TARGET: f64 = 100.0;
/// How often each click is made.
const TIMES: usize = 15;

/// A click in four pieces of the page's language: what makes it possible again, the click, a mark taken before it, and
/// what is true as soon as its result stands in the page.
type Click = (&'static str, &'static str, &'static str, &'static str, &'static str);

const NONE: &str = "null";
const LIST: &str = "location.hash = '#/leads'";
const TOP: &str = "location.hash = '#/leads'; key('lead-list', 'Home')";
const LEDGER: &str = "location.hash = '#/ledger'";
const LEAD: &str = "at('decide-cancel')?.click(); location.hash = location.hash.replace('unmask', 'lead')";
const CLEAR: &str = "at('clear-filters')?.click()";
const ROW: &str = "at('lead-row')?.dataset.lead";
const OTHER_ROW: &str = "at('lead-row') && at('lead-row').dataset.lead !== mark";
const COUNT: &str = "at('lead-count')?.innerText";
const OTHER_COUNT: &str = "at('lead-count').innerText !== mark";
const OPEN: &str = "at('lead-detail')?.innerText";
const OTHER_LEAD: &str = "at('finding') && at('lead-detail').innerText !== mark";

const CLICKS: [Click; 22] = [
    ("Leads", "location.hash = '#/overview'", "press('nav-leads')", NONE, "at('lead-row')"),
    ("one route", CLEAR, "choose('filter-route', 'welfare')", COUNT, OTHER_COUNT),
    ("every route", "choose('filter-route', 'welfare')", CLEAR, COUNT, OTHER_COUNT),
    ("two sources", CLEAR, "press('filter-two-sources')", COUNT, OTHER_COUNT),
    (
        "order by code",
        CLEAR,
        "choose('lead-sort', other('lead-sort', 'officer', 'priority'))",
        ROW,
        OTHER_ROW,
    ),
    ("end of the list", "key('lead-list', 'Home')", "key('lead-list', 'End')", NONE, "last()"),
    ("open a lead", TOP, "at('lead-row').parentElement.click()", OPEN, OTHER_LEAD),
    ("next lead", NONE, "press('next')", OPEN, OTHER_LEAD),
    ("previous lead", "press('next')", "press('previous')", OPEN, OTHER_LEAD),
    ("evidence", "press('next')", "press('evidence-open')", NONE, "at('evidence-row')"),
    ("decide", "at('decide-cancel')?.click()", "press('decide')", NONE, "at('decide-panel')"),
    ("unmask", LEAD, "press('unmask')", NONE, "at('unmask-necessity')"),
    ("Overview", LIST, "press('nav-overview')", NONE, "at('run-report')"),
    ("Sources", LIST, "press('nav-sources')", NONE, "at('import-row')"),
    ("Indicators", LIST, "press('nav-indicators')", NONE, "at('indicator')"),
    ("Oversight", LIST, "press('nav-oversight')", NONE, "at('rate-table')"),
    ("Ledger", LIST, "press('nav-ledger')", NONE, "at('ledger-row')"),
    (
        "an entry",
        LEDGER,
        "at('ledger-open').click()",
        "!!at('ledger-detail')",
        "!!at('ledger-detail') !== mark",
    ),
    ("verify the ledger", LEDGER, "press('ledger-verify')", NONE, "at('verdict')"),
    ("Packs", LIST, "press('nav-packs')", NONE, "at('packs-take')"),
    ("Retention", LIST, "press('nav-retention')", NONE, "at('retention-expire')"),
    ("Settings", LIST, "press('nav-settings')", NONE, "at('theme')"),
];

/// What the pieces above are written with.
const WORDS: &str = "
    const at = (test) => document.querySelector(`[data-test='${test}']`);
    const press = (test) => at(test)?.click();
    const choose = (test, value) => { at(test).value = value; at(test).dispatchEvent(new Event('change', { bubbles: true })); };
    const other = (test, one, two) => (at(test).value === one ? two : one);
    const key = (test, name) => at(test).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    const last = () => [...document.querySelectorAll('[role=option]')].some((row) =>
        row.ariaPosInSet === row.ariaSetSize && row.querySelector('[data-lead]'));";

fn main() {
    let (profile, passphrase) = journeys::two_arguments("clicks PROFILE PASSPHRASE");
    let window = Window::open(Path::new(&profile), "clicks");
    window.size(1440, 900);
    journey::unlock(&window, &passphrase);
    window.go("#/leads");
    window.see("lead-row");
    println!(
        "{} in the real window; milliseconds from the click to the frame after its result",
        window.text_of("lead-count")
    );
    println!("{:<20}{:>8}{:>8}", "", "median", "worst");
    let missed = CLICKS.iter().filter(|click| !measure(&window, click)).count();
    window.shot("last");
    println!("{} of {} clicks are always under {TARGET:.0} ms", CLICKS.len() - missed, CLICKS.len());
}

/// Makes one click over and over; whether all of them were quick.
fn measure(window: &Window, (name, before, act, mark, arrived): &Click) -> bool {
    let mut took: Vec<f64> = (0..TIMES)
        .map(|_| {
            window.script(&format!("{WORDS} {before};"), vec![]);
            window.wait_until_calm();
            window.timed(&format!("{WORDS} const mark = {mark};"), act, arrived)
        })
        .collect();
    took.sort_by(f64::total_cmp);
    let (median, worst) = (took[TIMES / 2], took[TIMES - 1]);
    println!("{name:<20}{median:>8.0}{worst:>8.0}{}", if worst < TARGET { "" } else { "  missed" });
    worst < TARGET
}
