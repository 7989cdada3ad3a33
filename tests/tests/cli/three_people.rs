//! Custodian, reviewer and data protection officer, each with a profile of their own; they exchange only files.

use super::desk::{Desk, Ended, copy, make_quick};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What they exchange files on, and where each keeps their own things.
struct Table {
    desk: Desk,
}

impl Table {
    fn new() -> Self {
        let table = Self { desk: Desk::new() };
        for role in ["custodian", "reviewer", "dpo"] {
            table.must(role, &["profile", "new", "--name", &format!("{role}-1"), "--role", role]);
            make_quick(&table.at(role).join("member.age"));
            table.must(role, &["profile", "card", "--out", &table.file(&format!("{role}.card"))]);
        }
        table
    }
    fn at(&self, name: &str) -> PathBuf {
        self.desk.at("table").join(name)
    }
    fn file(&self, name: &str) -> String {
        self.at(name).display().to_string()
    }
    fn command(&self, who: &str, arguments: &[&str]) -> Command {
        let mut command = self.desk.command(arguments);
        command.env("COUNTERSIGN_PROFILE", self.at(who));
        command
    }
    fn run(&self, who: &str, arguments: &[&str]) -> Ended {
        self.command(who, arguments).output().expect("the command line starts").into()
    }
    #[track_caller]
    fn must(&self, who: &str, arguments: &[&str]) -> String {
        std::fs::create_dir_all(self.at("")).expect("writable");
        let ended = self.run(who, arguments);
        assert_eq!(ended.code, Some(0), "{who} {arguments:?}: {}{}", ended.out, ended.err);
        ended.out
    }
    #[track_caller]
    fn json(&self, who: &str, arguments: &[&str]) -> Value {
        let out = self.must(who, &[arguments, &["--json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("no document ({e}): {out}"))
    }
}

/// The custodian makes the store with everybody's cards, fills it, and hands the folder over.
fn custodian_imports(table: &Table) {
    let cards = [table.file("reviewer.card"), table.file("dpo.card")];
    let made = table.file("custodian-store");
    let create = ["store", "create", &made, "--name", "Roster review", "--ends", "2040-01-01"];
    let view =
        table.json("custodian", &[&create[..], &["--member", &cards[0], "--member", &cards[1]]].concat());
    assert_eq!(view["store"]["policy"], "countersigned");
    let gate = table.desk.path("force/gate.toml");
    for file in super::files::IN_ORDER.iter().take(5) {
        table.must(
            "custodian",
            &["import", &made, &table.desk.path(&format!("force/{file}")), "--gate", &gate],
        );
    }
    copy(Path::new(&made), &table.at("store"));
}

#[test]
fn three_people_exchange_files_until_a_name_is_granted_refused_and_questioned() {
    let table = Table::new();
    custodian_imports(&table);
    let (store, gate) = (table.file("store"), table.desk.path("force/gate.toml"));
    let raw = table.desk.path("force/accesses.csv");
    table.run("reviewer", &["import", &store, &raw, "--gate", &gate]).fails_with("custodian");
    table.must("reviewer", &["analyse", &store]);
    let leads = table.json("reviewer", &["leads", &store]);
    let leads = leads.as_array().unwrap().iter();
    let about_one = leads.filter(|l| l["subject"].as_str().is_some_and(|s| s.starts_with("OFC-")));
    let codes: Vec<&str> = about_one.filter_map(|l| l["lead"].as_str()).collect();
    let why = |n: usize| {
        let text = super::names::why(&format!("It is asked for the lead number {n} of the list."));
        table.desk.write(&format!("why-{n}.toml"), text)
    };
    let file = |name: &str| table.file(&format!("{name}.countersign"));
    table
        .run("reviewer", &["unmask", &store, codes[0], "--justification", &why(0), "--out", &file("no")])
        .fails_with("countersigned");
    for (n, name) in ["request-0", "request-1"].into_iter().enumerate() {
        let words = ["unmask", &store, codes[n], "--justification", &why(n)];
        table.must("reviewer", &[&words[..], &["--request", &file(name)]].concat());
    }
    table.must("reviewer", &["pack", "ledger", &store, "--out", &file("ledger")]);

    table.run("dpo", &["dpo", "review", &file("ledger")]).fails_with("not one you know");
    table.must("dpo", &["people", "add", &table.file("reviewer.card")]);
    table
        .run("dpo", &["dpo", "grant", &file("request-0"), "--out", &file("no")])
        .fails_with("not countersigned");
    table.must("dpo", &["dpo", "review", &file("ledger")]);
    table.must("dpo", &["dpo", "countersign", &file("ledger"), "--out", &file("line")]);
    let asked = table.json("dpo", &["dpo", "review", &file("request-0")]);
    assert_eq!(asked["lead"], codes[0]);
    table.must("dpo", &["dpo", "grant", &file("request-0"), "--out", &file("grant")]);
    let refuse = ["dpo", "refuse", &file("request-1"), "--reason", "The unit was not asked first."];
    table.must("dpo", &[&refuse[..], &["--out", &file("refusal")]].concat());
    let entry = asked["entry"].to_string();
    let question = ["--entry", &entry, "--question", "Why was it asked for today?"];
    let challenge = ["dpo", "challenge", &file("ledger"), "--out", &file("challenge")];
    table.must("dpo", &[&challenge[..], &question].concat());

    for name in ["line", "grant", "refusal", "challenge"] {
        table.must("reviewer", &["pack", "apply", &store, &file(name)]);
    }
    table.run("reviewer", &["pack", "apply", &store, &file("grant")]).fails_with("taken before");
    let sealed = table.file("name.age");
    table.must("reviewer", &["unmask", &store, codes[0], "--granted", "--out", &sealed]);
    assert!(Path::new(&sealed).exists());
    table
        .run("reviewer", &["unmask", &store, codes[1], "--granted", "--out", &table.file("no.age")])
        .fails_with("no grant");
    let open = table.json("reviewer", &["challenge", "list", &store]);
    let code = open[0]["code"].as_str().unwrap();
    let answer = ["challenge", "answer", &store, code, "--answer", "The court asked for it this morning."];
    table.must("reviewer", &[&answer[..], &["--out", &file("answer")]].concat());
    let read = table.json("dpo", &["dpo", "review", &file("answer")]);
    assert_eq!(read["code"], code);
    table.must("reviewer", &["pack", "ledger", &store, "--out", &file("later")]);
    let review = table.json("dpo", &["dpo", "review", &file("later")]);
    assert_eq!((&review["proved"], review["openChallenges"].as_array().unwrap().len()), (&true.into(), 0));
    let status = table.json("reviewer", &["store", "status", &store]);
    assert_eq!(status["countersignedDays"], 0);
}
