//! Custodian, reviewer, data protection officer and representative, each with a profile of their own; they exchange only
//! files.

use super::desk::{Desk, Ended, copy, make_quick};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What they exchange files on, and where each keeps their own things.
pub struct Table {
    pub desk: Desk,
}

impl Table {
    pub fn new() -> Self {
        let table = Self { desk: Desk::new() };
        for role in ["custodian", "reviewer", "dpo", "representative"] {
            table.must(role, &["profile", "new", "--name", &format!("{role}-1"), "--role", role]);
            make_quick(&table.at(role).join("member.age"));
            table.must(role, &["profile", "card", "--out", &table.file(&format!("{role}.card"))]);
        }
        table
    }
    pub fn at(&self, name: &str) -> PathBuf {
        self.desk.at("table").join(name)
    }
    pub fn file(&self, name: &str) -> String {
        self.at(name).display().to_string()
    }
    pub fn command(&self, who: &str, arguments: &[&str]) -> Command {
        let mut command = self.desk.command(arguments);
        command.env("COUNTERSIGN_PROFILE", self.at(who));
        command
    }
    pub fn run(&self, who: &str, arguments: &[&str]) -> Ended {
        self.command(who, arguments).output().expect("the command line starts").into()
    }
    #[track_caller]
    pub fn must(&self, who: &str, arguments: &[&str]) -> String {
        std::fs::create_dir_all(self.at("")).expect("writable");
        let ended = self.run(who, arguments);
        assert_eq!(ended.code, Some(0), "{who} {arguments:?}: {}{}", ended.out, ended.err);
        ended.out
    }
    #[track_caller]
    pub fn json(&self, who: &str, arguments: &[&str]) -> Value {
        let out = self.must(who, &[arguments, &["--json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("no document ({e}): {out}"))
    }
}

/// The custodian makes the store with everybody's cards, fills it, and hands the folder over.
pub fn custodian_imports(table: &Table) {
    let cards = [table.file("reviewer.card"), table.file("dpo.card")];
    let made = table.file("custodian-store");
    let create = ["store", "create", &made, "--name", "Roster review", "--ends", "2040-01-01"];
    let view =
        table.json("custodian", &[&create[..], &["--member", &cards[0], "--member", &cards[1]]].concat());
    assert_eq!(view["store"]["policy"], "countersigned");
    table.run("custodian", &["leads", &made]).fails_with("sees no leads");
    let gate = table.desk.path("force/gate.toml");
    for file in super::files::IN_ORDER.iter().take(5) {
        table.must(
            "custodian",
            &["import", &made, &table.desk.path(&format!("force/{file}")), "--gate", &gate],
        );
    }
    copy(Path::new(&made), &table.at("store"));
}
