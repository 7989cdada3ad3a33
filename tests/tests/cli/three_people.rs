//! Custodian, reviewer and data protection officer exchange files, from the first card to the last answer.

use super::table::{Table, custodian_imports};
use std::path::Path;

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
