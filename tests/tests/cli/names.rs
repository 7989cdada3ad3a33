//! Names go to a terminal or into a sealed file, after a justification that says something, and nowhere else.

use super::desk::{CANARY, Desk};
use journeys::skipped;
use serde_json::Value;

/// A justification that holds; `more` makes its wording a new one.
pub fn why(more: &str) -> String {
    format!(
        "purpose = \"severity_assessment\"\n\
         necessity = \"The appropriate authority has to assess this lead against one service record. {more}\"\n\
         proportionality = \"The rows contradict each other on several days, and the name alone is asked for.\"\n\
         alternatives = \"The unit's own explanation was read first.\"\ncase_reference = \"PSD-2026-0117\"\n\
         scope = [\"name\", \"unit\", \"contact\"]\nminutes = 5\n"
    )
}

fn leads(desk: &Desk) -> Vec<Value> {
    desk.json(&["leads", &desk.path("store")]).as_array().expect("a list").clone()
}

pub fn first_lead(desk: &Desk) -> String {
    leads(desk)[0]["lead"].as_str().expect("a code").to_owned()
}

#[test]
fn a_name_is_refused_to_a_pipe_before_anything_is_recorded() {
    let desk = Desk::new();
    let (store, lead) = (desk.path("store"), first_lead(&desk));
    let why = desk.write("why.toml", why(""));
    let before = desk.counts("store");
    for words in [["unmask", &store], ["evidence", "locate"]] {
        let target = if words[0] == "unmask" { vec![&*lead] } else { vec![&*store, &*lead] };
        let ended = desk.run(&[&words[..], &target, &["--justification", &why]].concat());
        ended.fails_with("not into a pipe or a file");
        assert!(ended.out.is_empty(), "{}", ended.out);
    }
    assert_eq!(desk.counts("store"), before);
}

#[test]
fn a_terminal_shows_the_name_once_it_is_recorded() {
    let desk = Desk::new();
    let (store, lead) = (desk.path("store"), first_lead(&desk));
    let why = desk.write("why.toml", why(""));
    let Some(shown) = desk.on_a_terminal(&["unmask", &store, &lead, "--justification", &why], &[]) else {
        return skipped("a name on a terminal", "there is no `script`");
    };
    assert_eq!(shown.code, Some(0), "{}{}", shown.out, shown.err);
    for label in ["Name:", "Officer id:", "Unit:", "Contact:"] {
        assert!(shown.out.contains(label), "{label}: {}", shown.out);
    }
    let officers = std::fs::read(desk.at("force/officers.csv")).unwrap();
    let id = shown.out.lines().find_map(|l| l.trim().strip_prefix("Officer id: ")).unwrap().trim().to_owned();
    assert!(String::from_utf8_lossy(&officers).contains(&id), "{id} is an officer of this force");
    for kind in ["unmask.recorded", "unmask.revealed", "unmask.remasked"] {
        assert_eq!(desk.entries("store", kind).len(), 1, "{kind}");
    }
    desk.verifies("store");
}

#[test]
fn a_sealed_name_is_unreadable_without_the_members_keys() {
    let desk = Desk::new();
    let (store, lead) = (desk.path("store"), first_lead(&desk));
    let (why, out) = (desk.write("why.toml", why("")), desk.path("name.age"));
    desk.must(&["unmask", &store, &lead, "--justification", &why, "--out", &out]);
    let sealed = std::fs::read(&out).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n"));
    let officers =
        String::from_utf8_lossy(&std::fs::read(desk.at("force/officers.csv")).unwrap()).into_owned();
    let clear = String::from_utf8_lossy(&sealed);
    let ids: Vec<&str> = officers.lines().skip(1).filter_map(|l| l.split(';').nth(1)).collect();
    assert!(ids.iter().all(|id| !clear.contains(id)));
}

#[test]
fn another_officer_than_the_leads_is_refused_before_anything_is_recorded() {
    let desk = Desk::new();
    let (store, lead) = (desk.path("store"), first_lead(&desk));
    let why = desk.write("why.toml", why(""));
    let before = desk.counts("store");
    let words = ["unmask", &store, &lead, "--officer", "OFC-0000-0000", "--justification", &why];
    desk.run(&[&words[..], &["--out", &desk.path("n.age")]].concat()).fails_with("another officer");
    assert_eq!(desk.counts("store"), before);
}

#[test]
fn a_justification_that_says_nothing_is_refused_and_stands_in_the_ledger() {
    let desk = Desk::new();
    let (store, lead, out) = (desk.path("store"), first_lead(&desk), desk.path("name.age"));
    let good = why("");
    let with = |field: &str, text: &str| -> String {
        let line = |l: &str| {
            if l.starts_with(&format!("{field} ")) {
                format!("{field} = \"{text}\"\n")
            } else {
                format!("{l}\n")
            }
        };
        good.lines().map(line).collect()
    };
    let proportionality = "The rows contradict each other on several days, and the name alone is asked for.";
    let refused = [
        (with("necessity", "Needed."), "40 characters"),
        (with("necessity", &"needed ".repeat(10)), "padded"),
        (with("necessity", proportionality), "same"),
        (with("case_reference", ""), "case reference"),
        (
            with(
                "necessity",
                &format!("It must be known whether {} {} is this officer or not.", CANARY[0], CANARY[1]),
            ),
            "name",
        ),
        (good.replace("minutes = 5", "minutes = 600"), "duration"),
        (good.replace("\"name\", \"unit\", \"contact\"", ""), "scope"),
    ];
    let count = refused.len();
    for (n, (text, words)) in refused.into_iter().enumerate() {
        let why = desk.write("why.toml", text);
        let ended = desk.run(&["unmask", &store, &lead, "--justification", &why, "--out", &out]);
        ended.fails_with(words);
        assert!(!ended.err.contains(CANARY[0]), "a refusal must not repeat what was typed");
        assert!(!desk.at("name.age").exists());
        assert_eq!(desk.entries("store", "attempt.failed").len(), n + 1, "{words}");
    }
    let why = desk.write("why.toml", good);
    desk.must(&["unmask", &store, &lead, "--justification", &why, "--out", &out]);
    std::fs::remove_file(desk.at("name.age")).unwrap();
    desk.run(&["unmask", &store, &lead, "--justification", &why, "--out", &out])
        .fails_with("earlier justification");
    assert_eq!(desk.entries("store", "attempt.failed").len(), count + 1);
    assert_eq!(desk.entries("store", "unmask.recorded").len(), 1);
    desk.verifies("store");
}
