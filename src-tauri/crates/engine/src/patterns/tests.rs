use super::{MOST_WEEKS, of};
use ledger::{Kind, Leaf};
use packs::{Base64, Text};
use serde_json::Value;

const DAY: i64 = 86_400;

/// Entries in order, each by somebody on a day, about a lead, with one detail.
fn ledger(all: &[(Kind, &str, i64, &str, &str)]) -> Vec<Leaf> {
    let leaf = |(seq, (kind, by, day, lead, detail)): (usize, &(Kind, &str, i64, &str, &str))| Leaf {
        v: ledger::LEAF_VERSION,
        seq: seq as u64,
        at: model::time::rfc3339(day * DAY),
        store: "0000000000000000".into(),
        by: (*by).into(),
        kind: *kind,
        lead: (!lead.is_empty()).then(|| (*lead).to_owned()),
        officer: None,
        text_hash: None,
        details: detail
            .split_once('=')
            .map(|(key, value)| (key.to_owned(), Value::from(value)))
            .into_iter()
            .collect(),
    };
    all.iter().enumerate().map(leaf).collect()
}

#[test]
fn unmaskings_are_counted_by_person_and_by_week_and_nothing_else_is() {
    let leaves = ledger(&[
        (Kind::Consultation, "reviewer-1", 0, "L-0001", ""),
        (Kind::UnmaskRequested, "reviewer-2", 1, "L-0001", ""),
        (Kind::UnmaskRevealed, "reviewer-2", 1, "L-0001", ""),
        (Kind::UnmaskRecorded, "reviewer-1", 15, "L-0002", ""),
        (Kind::UnmaskRecorded, "reviewer-1", 16, "L-0003", ""),
    ]);
    let found = of(&leaves, &[]).expect("patterns");
    let counts: Vec<_> = found.reviewers.iter().map(|r| (r.by.as_str(), r.unmaskings)).collect();
    assert_eq!(counts, [("reviewer-1", 2), ("reviewer-2", 1)]);
    assert_eq!(found.weeks, [1, 0, 2]);
}

#[test]
fn a_clock_set_far_ahead_once_makes_no_million_weeks() {
    let leaves = ledger(&[
        (Kind::UnmaskRecorded, "reviewer-1", 0, "L-0001", ""),
        (Kind::UnmaskRecorded, "reviewer-1", 1_000_000, "L-0001", ""),
    ]);
    let weeks = of(&leaves, &[]).expect("patterns").weeks;
    assert_eq!((weeks.len() as i64, weeks.last()), (MOST_WEEKS, Some(&1)));
}

#[test]
fn the_same_long_wording_is_found_whatever_its_case_and_marks() {
    let leaves = ledger(&[(Kind::UnmaskRecorded, "reviewer-1", 0, "L-0001", ""); 4]);
    let why = "The unit can confirm this only for a named officer.";
    let text = |entry, text: &str| Text { entry, salt: Base64(Vec::new()), text: text.into() };
    let texts =
        [text(0, why), text(1, &why.to_uppercase().replace(' ', ", ")), text(2, "PSD/1"), text(3, "PSD/1")];
    let reused = of(&leaves, &texts).expect("patterns").reused;
    assert_eq!(reused.iter().map(|r| r.entries.clone()).collect::<Vec<_>>(), [[0, 1]]);
}

#[test]
fn an_unmasking_led_nowhere_when_the_decision_that_stands_was_to_do_nothing() {
    let asked = (Kind::UnmaskRecorded, "reviewer-1", 0, "L-0001", "");
    let says = |detail| (Kind::Decision, "reviewer-1", 1, "L-0001", detail);
    let ends = |decisions: &[&'static str]| {
        let all: Vec<_> = std::iter::once(asked).chain(decisions.iter().map(|d| says(*d))).collect();
        let found = of(&ledger(&all), &[]).expect("patterns");
        (found.reviewers[0].decided, found.nowhere.len())
    };
    assert_eq!(ends(&[]), (0, 0));
    assert_eq!(ends(&["outcome=no_further_action"]), (1, 1));
    assert_eq!(ends(&["outcome=data_error", "closed=true"]), (1, 1), "closing changes nothing");
    assert_eq!(ends(&["outcome=vetting"]), (1, 0));
    assert_eq!(ends(&["outcome=no_further_action", "undone=true"]), (0, 0));
    assert_eq!(ends(&["outcome=no_further_action", "closed=true", "reopened=true"]), (0, 0));
    assert_eq!(ends(&["outcome=no_further_action", "undone=true", "outcome=vetting"]), (1, 0));
}

#[test]
fn settings_exports_and_failed_attempts_are_listed_newest_first() {
    let leaves = ledger(&[
        (Kind::Configuration, "reviewer-1", 0, "", ""),
        (Kind::Note, "reviewer-1", 0, "", ""),
        (Kind::AttemptFailed, "reviewer-1", 1, "", "code=name_in_text"),
    ]);
    let found = of(&leaves, &[]).expect("patterns");
    let listed: Vec<_> = found.watched.iter().map(|e| (e.seq, e.outcome.as_str())).collect();
    assert_eq!((listed, found.watched_in_all), (vec![(2, "name in text"), (0, "")], 2));
}
