//! With `--json` every act prints one document, also one whose whole result is a file.

use super::desk::Desk;
use serde_json::json;

#[test]
fn an_act_that_writes_a_file_says_which() {
    let desk = Desk::new();
    let store = desk.path("store");
    let acts: [(&[&str], &str); 6] = [
        (&["profile", "card"], "reviewer.card"),
        (&["store", "backup", &store], "backup"),
        (&["ledger", "export", &store], "ledger.json"),
        (&["ledger", "proof", &store, "1"], "1.tlog-proof"),
        (&["oversight", "report", &store, "--dpia"], "dpia.txt"),
        (&["oversight", "report", &store, "--s62"], "s62.csv"),
    ];
    for (words, name) in acts {
        let out = desk.path(name);
        assert_eq!(desk.json(&[words, &["--out", &out]].concat()), json!({ "written": out }), "{words:?}");
        assert!(desk.at(name).exists(), "{words:?}");
    }
}

#[test]
fn a_backup_without_a_place_goes_beside_its_store_and_a_ledger_without_one_is_printed() {
    let desk = Desk::new();
    let store = desk.path("store");
    let (_, entries) = desk.counts("store");
    let place = format!("{store}-backup-{entries}");
    assert_eq!(desk.json(&["store", "backup", &store]), json!({ "written": place }));
    assert!(std::path::Path::new(&place).join("store.db").exists());
    desk.run(&["store", "status", &place]).fails_with("is a backup");
    let keys = desk.write("policy.txt", desk.must(&["ledger", "keys", &store]).out);
    let printed = desk.write("printed.json", desk.must(&["ledger", "export", &store]).out);
    let verify = std::process::Command::new(journeys::programs::built("countersign-verify"))
        .args([&printed, "--policy", &keys])
        .output();
    assert!(verify.expect("it starts").status.success());
}

#[test]
fn an_act_on_a_lead_says_which() {
    let desk = Desk::new();
    let (store, lead) = (desk.path("store"), super::names::first_lead(&desk));
    let hold = ["retention", "hold", &store, &lead, "--reason", "An appeal is open until the panel has met."];
    let acts: [&[&str]; 3] = [
        &hold,
        &["retention", "release", &store, &lead],
        &["lead", "recuse", &store, &lead, "--reason", "We served in one team for years."],
    ];
    for words in acts {
        assert_eq!(desk.json(words), json!({ "lead": lead }), "{words:?}");
    }
}
