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
