//! The program is ended between the steps of an exchange: what was written stays, nothing is shown without its entry, and
//! the same step done again ends well.

use super::names::why;
use super::table::{Table, custodian_imports};
use std::path::Path;
use std::process::Stdio;

impl Table {
    /// Ends a step at a moment; it must have been reached, shown nothing and written no file.
    #[track_caller]
    fn killed(&self, who: &str, arguments: &[&str], moment: &str) {
        let out =
            arguments.iter().position(|a| *a == "--out" || *a == "--request").map(|at| arguments[at + 1]);
        let mut command = self.command(who, arguments);
        let ended = command.env("COUNTERSIGN_KILL_AT", moment).stdin(Stdio::null()).output().unwrap();
        assert_eq!(ended.status.code(), None, "{moment} was never reached: {ended:?}");
        assert!(ended.stdout.is_empty(), "{moment} printed something");
        assert!(out.is_none_or(|file| !Path::new(file).exists()), "{moment} left a result behind");
    }
    fn store(&self) -> String {
        self.file("store")
    }
    fn pack(&self, name: &str) -> String {
        self.file(&format!("{name}.countersign"))
    }
    /// The store opens for the reviewer, its ledger holds, and it has so many entries of a kind.
    #[track_caller]
    fn holds(&self, kind: &str, entries: usize) {
        let found = self.json("reviewer", &["ledger", "verify", &self.store()]);
        assert_eq!(found["proved"], true, "{found}");
        let page = self.json("reviewer", &["ledger", "list", &self.store()]);
        let all = page["entries"].as_array().unwrap().iter().filter(|e| e["kind"] == kind);
        assert_eq!(all.count(), entries, "{kind}");
    }
    /// Leads about one officer each.
    fn leads(&self) -> Vec<String> {
        let all = self.json("reviewer", &["leads", &self.store()]);
        let one = |l: &&serde_json::Value| l["subject"].as_str().is_some_and(|s| s.starts_with("OFC-"));
        all.as_array().unwrap().iter().filter(one).map(|l| l["lead"].as_str().unwrap().to_owned()).collect()
    }
    fn why(&self, words: &str) -> String {
        let file = format!("why-{}.toml", words.replace([' ', ':'], "-"));
        self.desk.write(&file, why(&format!("It is asked for the {words}.")))
    }
    /// Asks for a name and says which lead it was.
    fn ask(&self, leads: &[String], n: usize) {
        let why = self.why(&format!("lead number {n}"));
        let words = ["unmask", &self.store(), &leads[n], "--justification", &why];
        let out = self.pack(&format!("request-{n}"));
        self.must("reviewer", &[&words[..], &["--request", &out]].concat());
    }
    /// A ledger pack, countersigned and taken back.
    fn countersigned(&self, name: &str) {
        self.must("reviewer", &["pack", "ledger", &self.store(), "--out", &self.pack(name)]);
        let line = self.pack(&format!("{name}-line"));
        self.must("dpo", &["dpo", "countersign", &self.pack(name), "--out", &line]);
        self.must("reviewer", &["pack", "apply", &self.store(), &line]);
    }
}

/// A store that was imported and analysed, and people who know one another.
fn ready() -> (Table, Vec<String>) {
    let table = Table::new();
    custodian_imports(&table);
    table.must("reviewer", &["analyse", &table.store()]);
    table.must("dpo", &["people", "add", &table.file("reviewer.card")]);
    let leads = table.leads();
    assert!(leads.len() >= 4, "{leads:?}");
    (table, leads)
}

/// Each step of asking, and whether the entry is durable by then.
const ASKING: [(&str, bool); 6] = [
    ("entry-written", false),
    ("committed", true),
    // Opening the store replaces the heads a first time.
    ("head-store:2", true),
    ("head-profile:2", true),
    ("requested", true),
    ("pack-numbered", true),
];

#[test]
fn a_request_killed_between_any_two_steps_keeps_its_entry_and_is_written_by_asking_again() {
    let (table, leads) = ready();
    let mut asked = 0;
    for (n, (moment, durable)) in ASKING.into_iter().enumerate() {
        let (why, out) = (table.why(&format!("step {moment}")), table.pack(&format!("request-{n}")));
        let words = ["unmask", &table.store(), &leads[0], "--justification", &why, "--request", &out];
        table.killed("reviewer", &words, moment);
        table.holds("unmask.requested", asked + usize::from(durable));
        table.must("reviewer", &words);
        asked += 1;
        table.holds("unmask.requested", asked);
    }
    table.holds("unmask.revealed", 0);
    table.must("reviewer", &["pack", "ledger", &table.store(), "--out", &table.pack("ledger")]);
    table.must("dpo", &["dpo", "countersign", &table.pack("ledger"), "--out", &table.pack("line")]);
    for n in 0..ASKING.len() - 1 {
        table.must("dpo", &["dpo", "review", &table.pack(&format!("request-{n}"))]);
    }
    // A number that was used up by no pack is missed, and may be done without when somebody says so.
    let last = table.pack(&format!("request-{}", ASKING.len() - 1));
    table.run("dpo", &["dpo", "review", &last]).fails_with("has not arrived");
    table.must("dpo", &["dpo", "review", &last, "--without-earlier"]);
}

#[test]
fn a_data_protection_officer_who_is_interrupted_remembers_first_and_answers_the_same_again() {
    let (table, leads) = ready();
    (0..2).for_each(|n| table.ask(&leads, n));
    let (ledger, store) = (table.pack("ledger"), table.store());
    table.must("reviewer", &["pack", "ledger", &store, "--out", &ledger]);
    let seen = || table.json("dpo", &["dpo", "status"]);

    let countersign = ["dpo", "countersign", &ledger, "--out", &table.pack("line")];
    table.killed("dpo", &countersign, "witness-saved");
    let head = seen()[0]["size"].clone();
    assert!(head.as_u64() > Some(0), "the head is remembered before it is signed");
    table.must("dpo", &countersign);
    assert_eq!(seen()[0]["size"], head);
    table.must("reviewer", &["pack", "apply", &store, &table.pack("line")]);

    let grant = ["dpo", "grant", &table.pack("request-0"), "--out", &table.pack("grant")];
    table.killed("dpo", &grant, "answer-saved");
    let wider = ["dpo", "grant", &table.pack("request-0"), "--minutes", "1", "--out", &table.pack("other")];
    table.run("dpo", &wider).fails_with("you granted this request before");
    table.must("dpo", &grant);
    let refuse = |reason: &str| {
        let words = ["dpo", "refuse", &table.pack("request-1"), "--out", &table.pack("refusal")];
        words.iter().chain(&["--reason", reason]).map(|w| (*w).to_owned()).collect::<Vec<_>>()
    };
    let refusal = refuse("The unit was not asked first.");
    let refusal: Vec<&str> = refusal.iter().map(String::as_str).collect();
    table.killed("dpo", &refusal, "answer-saved");
    let changed = refuse("The unit was asked, but only once.");
    table.run("dpo", &changed.iter().map(String::as_str).collect::<Vec<_>>()).fails_with("before");
    table.must("dpo", &refusal);
    let question = ["--entry", "1", "--question", "Why was this taken in today?"];
    let asks = table.pack("challenge");
    let challenge = [&["dpo", "challenge", &ledger, "--out", &asks], &question[..]].concat();
    table.killed("dpo", &challenge, "question-saved");
    table.must("dpo", &challenge);
    assert_eq!(seen()[0]["openQuestions"], 1, "the same question is one question");

    for name in ["grant", "refusal", "challenge"] {
        table.must("reviewer", &["pack", "apply", &store, &table.pack(name)]);
    }
    table.must("reviewer", &["unmask", &store, &leads[0], "--granted", "--out", &table.file("name.age")]);
    table.holds("unmask.revealed", 1);
}

#[test]
fn a_pack_whose_taking_was_interrupted_counts_once_and_its_followers_come_in_order() {
    let (table, leads) = ready();
    (0..2).for_each(|n| table.ask(&leads, n));
    let (ledger, store) = (table.pack("ledger"), table.store());
    table.must("reviewer", &["pack", "ledger", &store, "--out", &ledger]);
    table.must("dpo", &["dpo", "countersign", &ledger, "--out", &table.pack("line")]);
    for n in 0..2 {
        let (request, out) = (table.pack(&format!("request-{n}")), table.pack(&format!("grant-{n}")));
        table.must("dpo", &["dpo", "grant", &request, "--out", &out]);
    }
    let question = ["--entry", "1", "--question", "Why was this taken in today?"];
    let asks = table.pack("challenge");
    let challenge = [&["dpo", "challenge", &ledger, "--out", &asks], &question[..]].concat();
    table.must("dpo", &challenge);
    let taken = [("line", "checkpoint"), ("grant-0", "unmask.granted"), ("challenge", "challenge.raised")];
    for ((name, kind), moment) in taken.into_iter().zip(["committed", "pack-applied", "head-store:2"]) {
        let apply = ["pack", "apply", &store, &table.pack(name)];
        table.killed("reviewer", &apply, moment);
        table.holds(kind, 1);
        let again = table.must("reviewer", &apply);
        assert!(again.contains("before the program ended"), "{again}");
        table.run("reviewer", &apply).fails_with("taken before");
        table.holds(kind, 1);
    }
    // The next of the same line is not missed.
    table.must("reviewer", &["pack", "apply", &store, &table.pack("grant-1")]);
    table.holds("unmask.granted", 2);
}

/// Each step of opening a grant, and whether the entry is durable, and the grant used up, by then.
const OPENING: [(&str, bool); 7] = [
    ("grant-proved", false),
    ("committed", true),
    ("head-store:2", true),
    ("head-profile:2", true),
    ("grant-receipt", true),
    ("grant-opened", true),
    ("nothing", true),
];

#[test]
fn a_grant_killed_between_any_two_steps_shows_no_name_without_its_entry_and_opens_once() {
    let (table, leads) = ready();
    let store = table.store();
    let mut revealed = 0;
    for (n, (moment, durable)) in OPENING.into_iter().enumerate() {
        let lead = &leads[n % 3];
        let (why, request) = (table.why(&format!("step {moment}")), table.pack(&format!("request-{n}")));
        let ask = ["unmask", &store, lead, "--justification", &why, "--request", &request];
        table.must("reviewer", &ask);
        table.countersigned(&format!("ledger-{n}"));
        let (grant, name) = (table.pack(&format!("grant-{n}")), table.file(&format!("name-{n}.age")));
        table.must("dpo", &["dpo", "grant", &request, "--out", &grant]);
        table.must("reviewer", &["pack", "apply", &store, &grant]);
        let open = ["unmask", &store, lead, "--granted", "--out", &name];
        if moment != "nothing" {
            table.killed("reviewer", &open, moment);
            revealed += usize::from(durable);
            table.holds("unmask.revealed", revealed);
        }
        if moment == "nothing" || !durable {
            table.must("reviewer", &open);
            assert!(Path::new(&name).exists());
            revealed += 1;
        } else {
            table.run("reviewer", &open).fails_with("no grant");
            assert!(!Path::new(&name).exists());
        }
        table.holds("unmask.revealed", revealed);
    }
    // Each of those that nobody saw was closed at the next start; the two that were shown, when they were masked.
    table.holds("unmask.expired", OPENING.len() - 2);
    let review = table.pack("last");
    table.must("reviewer", &["pack", "ledger", &store, "--out", &review]);
    assert_eq!(table.json("dpo", &["dpo", "review", &review])["ledger"]["proved"], true);
}
