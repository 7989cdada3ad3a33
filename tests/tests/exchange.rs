//! The exchange between people in the real window: each has a profile of their own, and only files go from one to another.

use crate::afterwards;
use crate::cli::canary::Inside;
use crate::cli::desk::{PASSPHRASE, make_quick};
use journeys::command::CommandLine;
use journeys::journey::{self, Import};
use journeys::window::Window;
use journeys::{canary, exchange};
use std::path::PathBuf;

/// What they exchange files on, and where each keeps their own things.
pub struct Table {
    folder: tempfile::TempDir,
}

impl Table {
    /// The custodian, the reviewer and the data protection officer have profiles and cards; the exports of a made-up force lie
    /// with the custodian.
    fn new() -> Self {
        let table = Self { folder: tempfile::tempdir().unwrap() };
        for role in ["custodian", "reviewer", "dpo"] {
            table.run(role, &["profile", "new", "--name", &format!("{role}-1"), "--role", role]);
            make_quick(&table.at(role).join("member.age"));
            table.run(role, &["profile", "card", "--out", &table.path(&format!("{role}.card"))]);
        }
        let force = ["demo", &table.path("force"), "--officers", "120", "--days", "90", "--files-only"];
        table.run("custodian", &force);
        table
    }
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    pub fn path(&self, name: &str) -> String {
        self.at(name).display().to_string()
    }
    pub fn pack(&self, name: &str) -> PathBuf {
        self.at(&format!("{name}.countersign"))
    }
    pub fn run(&self, who: &str, arguments: &[&str]) {
        let run = CommandLine { profile: &self.at(who), passphrase: PASSPHRASE };
        run.must(&[&["--passphrase-stdin"], arguments].concat());
    }
    pub fn window(&self, who: &str) -> Window {
        let window = Window::open(&self.at(who), "shots");
        window.size(1280, 860);
        window
    }
}

/// Makes the store and takes the roll in, without ever being offered a lead; the rest comes in unattended.
fn custodian_imports(table: &Table) {
    let window = table.window("custodian");
    let cards = [table.at("dpo.card"), table.at("reviewer.card")];
    exchange::make_store_with(&window, &table.at("store"), &[&cards[0], &cards[1]], PASSPHRASE);
    assert!(window.text().to_lowercase().contains("policy: countersigned"), "{}", window.text());
    let offered = window.texts("nav a");
    assert!(offered.len() == 2 && offered[0].starts_with("Sources"), "{offered:?}");
    let roll = Import {
        file: &table.at("force/officers.csv"),
        zone: "Europe/London",
        from: "2026-01-01",
        to: "2026-12-31",
    };
    journey::import(&window, &roll);
    let leads =
        window.call("leads", serde_json::json!({ "filter": null, "sort": "", "offset": 0, "limit": 1 }));
    assert!(leads.is_err(), "{leads:?}");
    window.go("#/leads");
    window.see("import-row");
    window.assert_accessible_in_both_themes("sources of the custodian");
    drop(window);
    for file in crate::cli::files::IN_ORDER[1..5].iter().map(|name| table.path(&format!("force/{name}"))) {
        table.run(
            "custodian",
            &["import", &table.path("store"), &file, "--gate", &table.path("force/gate.toml")],
        );
    }
}

/// Comes for the first time, and leaves with the card that others need.
fn representative_makes_a_card(table: &Table) {
    let window = table.window("representative");
    journey::make_profile_of(&window, "representative-1", "representative", PASSPHRASE);
    exchange::save_card(&window, &table.at("representative.card"));
    assert!(table.at("representative.card").exists());
}

/// Finds no way to import, analyses, asks for two names and sends the ledger; gives the leads.
fn reviewer_asks(table: &Table) -> [String; 2] {
    let window = table.window("reviewer");
    exchange::open_store(&window, &table.at("store"), PASSPHRASE);
    window.go("#/sources/new");
    window.see("import-custodian");
    journey::analyse(&window);
    let leads = exchange::two_leads_about_one(&window);
    exchange::ask(&window, &leads[0], &table.pack("request"), PASSPHRASE);
    exchange::ask(&window, &leads[1], &table.pack("request-2"), PASSPHRASE);
    window.assert_accessible_in_both_themes("a request that was sealed");
    exchange::send_ledger(&window, &table.pack("ledger"));
    journey::open_lead(&window, &leads[0]);
    window.click("unmask");
    window.see("grant-passphrase");
    window.assert_accessible_in_both_themes("ask for a name");
    leads
}

/// Verifies, signs, questions the newest request, grants it, and refuses the other.
fn dpo_answers(table: &Table, lead: &str) {
    let window = table.window("dpo");
    exchange::sit_down(&window, PASSPHRASE);
    window.assert_accessible_in_both_themes("the desk");
    exchange::read(&window, &table.pack("ledger"));
    assert!(window.text_of("pack-problem").contains("not one you know"));
    window.assert_accessible_in_both_themes("a pack from nobody known");
    window.click("desk-leave");
    exchange::add_person(&window, &table.at("reviewer.card"));
    exchange::read(&window, &table.pack("ledger"));
    let verdict = exchange::countersign(&window, &table.pack("line"));
    assert!(verdict.contains("erified") && window.count("[data-outcome=failed]") == 0, "{verdict}");
    exchange::question(&window, "Why was it asked for on this very day?", &table.pack("challenge"));
    window.assert_accessible_in_both_themes("a ledger that was countersigned");
    window.click("desk-leave");
    exchange::read(&window, &table.pack("request"));
    window.read(lead);
    window.see("grant");
    window.assert_accessible_in_both_themes("a request");
    exchange::grant(&window, &table.pack("grant"));
    window.click("desk-leave");
    exchange::read(&window, &table.pack("request-2"));
    exchange::refuse(&window, "The unit can answer this without a name.", &table.pack("refusal"));
    window.click("desk-leave");
    window.see("pack-path");
    window.read("1 question open");
}

/// Takes what came back, answers, reads the name once, and sends the lead to the representative; gives the name's words.
fn reviewer_applies(table: &Table, lead: &str) -> Vec<String> {
    let window = table.window("reviewer");
    journey::unlock(&window, PASSPHRASE);
    for name in ["line", "grant", "refusal", "challenge"] {
        exchange::take(&window, &table.pack(name));
    }
    window.assert_accessible_in_both_themes("packs with an open question");
    exchange::answer(&window, "The court asked for it this morning.", &table.pack("answer"));
    let shown = exchange::open_grant(&window, lead, PASSPHRASE);
    assert!(!shown.fields.is_empty() && shown.officer.contains("OFC-"), "{shown:?}");
    journey::mask_by_escape(&window);
    exchange::send_lead(&window, lead, &table.at("representative.card"), &table.pack("lead"));
    window.assert_accessible_in_both_themes("a lead that was sent");
    journey::lock(&window);
    shown.fields
}

/// Opens the lead by a double click, gets to know its sender, and disputes it.
fn representative_replies(table: &Table) {
    let window = Window::open_with(&table.at("representative"), "shots", Some(&table.pack("lead")));
    window.size(1280, 860);
    window.see("given-pack");
    window.assert_accessible_in_both_themes("a pack that was double-clicked");
    window.fill("passphrase", PASSPHRASE);
    window.click("desk-unlock");
    window.see_within("pack-problem", journey::UNLOCK);
    window.click("desk-leave");
    exchange::add_person(&window, &table.at("reviewer.card"));
    exchange::read(&window, &table.pack("lead"));
    window.see("pack-finding");
    assert!(!window.text().contains("OFC-"), "{}", window.text());
    window.assert_accessible_in_both_themes("a lead at the representative's desk");
    exchange::dispute(&window, "The roster unit asked for these changes on paper.", &table.pack("reply"));
}

fn reviewer_reads_the_reply(table: &Table, lead: &str, refused: &str) {
    let window = table.window("reviewer");
    journey::unlock(&window, PASSPHRASE);
    window.click("nav-packs");
    exchange::add_person(&window, &table.at("representative.card"));
    exchange::take(&window, &table.pack("reply"));
    journey::open_lead(&window, lead);
    let reply = window.text_of("lead-reply");
    assert!(reply.contains("asked for these changes") && reply.contains("still holds"), "{reply}");
    window.assert_accessible_in_both_themes("a lead with a reply");
    journey::open_lead(&window, refused);
    let asked = window.text_of("name-asked");
    assert!(asked.contains("Refused") && asked.contains("answer this without a name"), "{asked}");
    let verdict = journey::verify(&window);
    assert_eq!(window.count("[data-outcome=failed]"), 0, "{verdict}");
}

#[test]
fn four_people_exchange_only_files_between_their_own_windows() {
    let table = Table::new();
    custodian_imports(&table);
    representative_makes_a_card(&table);
    let [lead, refused] = reviewer_asks(&table);
    dpo_answers(&table, &lead);
    let name = reviewer_applies(&table, &lead);
    representative_replies(&table);
    reviewer_reads_the_reply(&table, &lead, &refused);
    afterwards::all(&table, &lead);
    let long: Vec<String> = name.into_iter().filter(|word| word.len() >= 5).collect();
    assert!(!long.is_empty());
    let left = canary::found(&long, table.folder.path(), &[&table.at("force")]);
    assert!(left.is_empty(), "the granted name was left in {left:?}");
    let called = names_in(&long, &table);
    for store in ["store", "restored"] {
        let inside = Inside::of(&table.at("reviewer"), &table.at(store));
        assert_eq!(inside.holding(&called), Vec::<String>::new(), "the granted name stands in {store}");
    }
}

/// Words of what was shown that the roll has as a surname or forename: a rank or a unit may stand in a store.
fn names_in(shown: &[String], table: &Table) -> Vec<String> {
    let roll: String =
        std::fs::read(table.at("force/officers.csv")).unwrap().into_iter().map(char::from).collect();
    let cells: Vec<&str> = roll.lines().skip(1).flat_map(|line| line.split(';').skip(2).take(2)).collect();
    let words = shown.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let names: Vec<String> = words.filter(|w| w.len() >= 4 && cells.contains(w)).map(str::to_owned).collect();
    assert!(!names.is_empty(), "nobody is called {shown:?}");
    names
}
