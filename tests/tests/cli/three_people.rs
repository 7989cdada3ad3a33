//! Custodian, reviewer, data protection officer and representative exchange files, from the first card to the last answer;
//! the officer also comes to the store; and an outsider is convinced with one file.

use super::desk::Ended;
use super::table::{Table, custodian_imports};
use journeys::programs;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What the reviewer asked for: two leads, each about one officer, and where the store lies.
struct Asked {
    store: String,
    leads: [String; 2],
}

fn pack(table: &Table, name: &str) -> String {
    table.file(&format!("{name}.countersign"))
}

/// The reviewer never holds a raw file; they analyse what the custodian took in, ask for two names, and send the ledger.
fn reviewer_asks(table: &Table) -> Asked {
    let (store, gate) = (table.file("store"), table.desk.path("force/gate.toml"));
    let raw = table.desk.path("force/accesses.csv");
    table.run("reviewer", &["import", &store, &raw, "--gate", &gate]).fails_with("custodian");
    table.must("reviewer", &["analyse", &store]);
    let leads = table.json("reviewer", &["leads", &store]);
    let about_one =
        leads.as_array().unwrap().iter().filter(|l| l["subject"].as_str().unwrap().starts_with("OFC-"));
    let mut codes = about_one.map(|l| l["lead"].as_str().unwrap().to_owned());
    let leads = [codes.next().unwrap(), codes.next().unwrap()];
    for (n, lead) in leads.iter().enumerate() {
        let text = super::names::why(&format!("It is asked for the lead number {n} of the list."));
        let why = table.desk.write(&format!("why-{n}.toml"), text);
        let words = ["unmask", &store, lead, "--justification", &why];
        table
            .run("reviewer", &[&words[..], &["--out", &pack(table, "no")]].concat())
            .fails_with("countersigned");
        table.must("reviewer", &[&words[..], &["--request", &pack(table, &format!("request-{n}"))]].concat());
    }
    table.must("reviewer", &["pack", "ledger", &store, "--out", &pack(table, "ledger")]);
    Asked { store, leads }
}

/// The data protection officer verifies and countersigns, then grants one request, refuses the other and questions an entry.
fn dpo_answers(table: &Table, asked: &Asked) {
    let (ledger, request) = (pack(table, "ledger"), pack(table, "request-0"));
    table.run("dpo", &["dpo", "review", &ledger]).fails_with("not one you know");
    table.must("dpo", &["people", "add", &table.file("reviewer.card")]);
    table
        .run("dpo", &["dpo", "grant", &request, "--out", &pack(table, "no")])
        .fails_with("not countersigned");
    table.must("dpo", &["dpo", "review", &ledger]);
    table.must("dpo", &["dpo", "countersign", &ledger, "--out", &pack(table, "line")]);
    let shown = table.json("dpo", &["dpo", "review", &request]);
    assert_eq!(shown["lead"], asked.leads[0]);
    table.must("dpo", &["dpo", "grant", &request, "--out", &pack(table, "grant")]);
    let refuse = ["dpo", "refuse", &pack(table, "request-1"), "--reason", "The unit was not asked first."];
    table.must("dpo", &[&refuse[..], &["--out", &pack(table, "refusal")]].concat());
    let question = ["--entry", &shown["entry"].to_string(), "--question", "Why was it asked for today?"];
    let challenge = ["dpo", "challenge", &ledger, "--out", &pack(table, "challenge")];
    table.must("dpo", &[&challenge[..], &question].concat());
}

/// The reviewer takes each answer once: the granted name opens, the refused one does not, and the question is answered.
fn reviewer_applies(table: &Table, Asked { store, leads }: &Asked) {
    for name in ["line", "grant", "refusal", "challenge"] {
        table.must("reviewer", &["pack", "apply", store, &pack(table, name)]);
    }
    table.run("reviewer", &["pack", "apply", store, &pack(table, "grant")]).fails_with("taken before");
    let sealed = table.file("name.age");
    table.must("reviewer", &["unmask", store, &leads[0], "--granted", "--out", &sealed]);
    assert!(Path::new(&sealed).exists());
    table
        .run("reviewer", &["unmask", store, &leads[1], "--granted", "--out", &table.file("no.age")])
        .fails_with("no grant");
    let open = table.json("reviewer", &["challenge", "list", store]);
    let code = open[0]["code"].as_str().unwrap();
    let answer = ["challenge", "answer", store, code, "--answer", "The court asked for it this morning."];
    table.must("reviewer", &[&answer[..], &["--out", &pack(table, "answer")]].concat());
    let read = table.json("dpo", &["dpo", "review", &pack(table, "answer")]);
    assert_eq!(read["code"], code);
}

/// A lead goes out redacted; the representative disputes its first finding, and the reply makes the store compute it again.
fn representative_replies(table: &Table, Asked { store, leads }: &Asked) {
    let (lead, reply) = (pack(table, "lead"), pack(table, "reply"));
    let card = table.file("representative.card");
    let preview = table.json("reviewer", &["pack", "lead", store, &leads[0]]);
    assert!(!preview["changes"].as_array().unwrap().is_empty(), "{preview}");
    table.must("reviewer", &["pack", "lead", store, &leads[0], "--to", &card, "--out", &lead]);
    table.run("dpo", &["pack", "show", &lead]).fails_with("someone else");
    table.run("representative", &["rep", "read", &lead]).fails_with("not one you know");
    table.must("representative", &["people", "add", &table.file("reviewer.card")]);
    let read = table.must("representative", &["rep", "read", &lead]);
    assert!(!read.contains("OFC-") && read.contains("not an allegation"), "{read}");
    let answers = "capacity = \"federation\"\n[[answers]]\nfinding = 1\nstance = \"disputed\"\n\
                   text = \"The roster unit asked for these changes and keeps a paper form for each.\"\n";
    let answers = table.desk.write("answers.toml", answers);
    table.must("representative", &["rep", "reply", &lead, "--answers", &answers, "--out", &reply]);

    table.run("reviewer", &["pack", "apply", store, &reply]).fails_with("not one you know");
    table.must("reviewer", &["people", "add", &card]);
    let taken = table.json("reviewer", &["pack", "apply", store, &reply]);
    assert_eq!(taken["lead"], leads[0]);
    let replies = table.json("reviewer", &["pack", "replies", store, &leads[0]]);
    assert_eq!(replies[0]["answers"][0]["stance"], "disputed");
    assert_eq!(
        (&replies[0]["recomputed"][0]["finding"], &replies[0]["recomputed"][0]["holds"]),
        (&1.into(), &true.into())
    );
    table.run("reviewer", &["pack", "apply", store, &reply]).fails_with("taken before");
}

/// The officer opens the store itself: checks it against what they signed by pack, signs it there, questions an entry, and
/// finds the reviewer's answer in it. Nobody else may.
fn dpo_at_the_store(table: &Table, Asked { store, .. }: &Asked) {
    let here = |verb| ["dpo", verb, "--store", store];
    for verb in ["review", "countersign", "acknowledge"] {
        table.run("reviewer", &here(verb)).fails_with("only a data protection officer");
    }
    let both = ["dpo", "countersign", "--store", store, "--out", "line"];
    assert_eq!(table.run("dpo", &both).code, Some(2), "a store keeps its own signatures");
    let review = table.json("dpo", &here("review"));
    assert!(review["proved"] == true && review["before"]["size"].as_u64() < review["size"].as_u64());
    let signed = table.json("dpo", &here("countersign"));
    assert_eq!(signed["size"], review["size"]);
    let about = signed["size"].as_u64().unwrap() - 1;
    let ask = ["--entry", &about.to_string(), "--question", "What was this needed for?"];
    let asked = table.json("dpo", &[&here("challenge")[..], &ask].concat());
    let open = || table.json("dpo", &here("review"))["openChallenges"].clone();
    assert_eq!(open(), serde_json::json!([asked["code"]]));
    let answer =
        ["challenge", "answer", store, asked["code"].as_str().unwrap(), "--out", &table.file("said")];
    table.must("reviewer", &[&answer[..], &["--answer", "For the hearing of this morning."]].concat());
    assert_eq!(open(), serde_json::json!([]));
    table.run("dpo", &here("acknowledge")).fails_with("no backup to acknowledge");
    let patterns = table.json("reviewer", &["ledger", "patterns", store]);
    assert_eq!(patterns["reviewers"][0]["unmaskings"], 2);
}

/// Whoever has the keys and one file needs neither the store nor the program to see that a request was recorded.
fn outsider_verifies(table: &Table, Asked { store, leads }: &Asked) {
    let page = table.json("reviewer", &["ledger", "list", store]);
    let about =
        |e: &&Value| e["kind"] == "unmask.requested" && e["leaf"].as_str().unwrap().contains(&leads[0]);
    let asked = page["entries"].as_array().unwrap().iter().find(about).unwrap();
    let (proof, seq) = (table.file("request.tlog-proof"), asked["seq"].to_string());
    table.must("reviewer", &["ledger", "proof", store, &seq, "--out", &proof]);
    let keys = table.desk.write("keys", table.must("reviewer", &["ledger", "keys", store]));
    let verify = || {
        let mut command = Command::new(programs::built("countersign-verify"));
        Ended::from(command.arg(&proof).arg("--policy").arg(&keys).output().expect("the verifier starts"))
    };
    let verified = verify();
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
    let altered = std::fs::read_to_string(&proof).unwrap().replace(&format!("index {seq}\n"), "index 0\n");
    std::fs::write(&proof, altered).unwrap();
    assert_eq!(verify().code, Some(1));
}

#[test]
fn four_people_exchange_files_and_convince_an_outsider_with_one() {
    let table = Table::new();
    custodian_imports(&table);
    let asked = reviewer_asks(&table);
    dpo_answers(&table, &asked);
    reviewer_applies(&table, &asked);
    representative_replies(&table, &asked);
    dpo_at_the_store(&table, &asked);
    outsider_verifies(&table, &asked);

    table.must("reviewer", &["pack", "ledger", &asked.store, "--out", &pack(&table, "later")]);
    let review = &table.json("dpo", &["dpo", "review", &pack(&table, "later")])["ledger"];
    assert_eq!((&review["proved"], review["openChallenges"].as_array().unwrap().len()), (&true.into(), 0));
    let status = table.json("reviewer", &["store", "status", &asked.store]);
    assert_eq!(status["countersignedDays"], 0);
}
