//! The data protection officer opens the store itself: what they do there, and what nobody else may.

use super::*;
use contract::QuestionEntry;

fn question(entry: u32, words: &str) -> QuestionEntry {
    QuestionEntry { entry, question: words.into() }
}

const WHY: &str = "Why was the unit not asked before?";

/// A request of the first reviewer, in a store that the first officer has open.
fn at_the_store(office: &Office) -> (Session, RequestedName) {
    let session = office.open("reviewer-1");
    let asked = office.request(&session, 0, "request").expect("asked");
    session.close().expect("closes");
    (office.open("dpo-1"), asked)
}

#[test]
fn a_question_asked_in_the_store_stays_open_on_its_lead_until_the_reviewer_answers() {
    let office = Office::new();
    let (officer, asked) = at_the_store(&office);
    let ask = || dpo::here::question(&officer, &question(asked.seq, WHY));
    assert_eq!(code(ask()).0, ErrorCode::LedgerRefused, "the entry was not countersigned");
    dpo::here::countersign(&officer).expect("countersigned");
    let raised = ask().expect("raised");
    assert_eq!(kinds(&officer, 2), ["challenge.raised", "checkpoint"]);
    assert_eq!(ask().expect("the same again").code, raised.code);
    assert_eq!(kinds(&officer, 2), ["challenge.raised", "checkpoint"], "and no second entry");
    let review = dpo::here::review(&officer).expect("reviewed");
    let figure = review.figures.iter().find(|f| f.label == "challenges waiting for an answer").expect("it");
    assert_eq!((&review.open_challenges[..], figure.value.as_str()), (&[raised.code.clone()][..], "1"));
    officer.close().expect("closes");

    let session = office.open("reviewer-1");
    let lead = || crate::lead::get(&session, asked.lead.parse().expect("a lead")).expect("a lead");
    let open = &lead().challenges[0];
    assert!((open.open, open.by.as_str(), open.question.as_str()) == (true, "dpo-1", WHY), "{open:?}");
    let answer = AnswerChallenge {
        code: raised.code,
        answer: "The unit was asked on two days in June.".into(),
        path: office.path("answer"),
    };
    exchange::challenge::answer(&session, &answer).expect("answered");
    assert!(!lead().challenges[0].open);
    session.close().expect("closes");

    let waiting = || dpo::review::stores(&office.post("dpo-1")).expect("a list")[0].open_questions;
    assert_eq!(waiting(), 1, "the officer has not seen the answer yet");
    let officer = office.open("dpo-1");
    assert!(dpo::here::review(&officer).expect("reviewed").open_challenges.is_empty());
    dpo::here::countersign(&officer).expect("countersigned");
    assert_eq!(waiting(), 0, "a countersigned answer closes the question");
    let read = dpo::challenge::answer(&office.post("dpo-1"), &office.pack("answer")).expect("read as a pack");
    assert_eq!(read.entry, asked.seq);
}

#[test]
fn a_question_that_names_somebody_is_not_written() {
    let office = Office::new();
    let (officer, asked) = at_the_store(&office);
    dpo::here::countersign(&officer).expect("countersigned");
    let roll = std::fs::read(template().folder.path().join("force/officers.csv")).expect("the roll");
    let roll = String::from_utf8_lossy(&roll).into_owned();
    let login = roll.lines().nth(1).and_then(|row| row.split(';').nth(1)).expect("a login");
    let words = format!("Why was {login} not asked before?");
    let (refused, _) = code(dpo::here::question(&officer, &question(asked.seq, &words)));
    assert_eq!((refused, &kinds(&officer, 1)[..]), (ErrorCode::NameInText, &["checkpoint".to_owned()][..]));
    assert_eq!(dpo::review::stores(&office.post("dpo-1")).expect("a list")[0].open_questions, 0);
}

#[test]
fn what_is_countersigned_in_the_store_is_what_the_next_pack_is_checked_against() {
    let office = Office::new();
    let (officer, _) = at_the_store(&office);
    let first = dpo::here::review(&officer).expect("reviewed");
    assert!(first.proved && first.before.is_none());
    let signed = dpo::here::countersign(&officer).expect("countersigned");
    assert_eq!((signed.size, signed.root), (first.size, first.root));
    let view = life::view(&officer).expect("a view");
    assert_eq!((view.countersigned_days, view.entries_since), (Some(0), 1));
    officer.close().expect("closes");

    let session = office.open("reviewer-2");
    assert!(crate::entries::verify(&session).expect("runs").proved);
    office.send_ledger(&session, "ledger");
    let review = dpo::review::review(&office.post("dpo-1"), &office.pack("ledger")).expect("read").ledger;
    assert_eq!((review.proved, review.before.map(|b| b.size)), (true, Some(signed.size)));
    let held = format!("dpo-1: {}", signed.size);
    let says = |part: &str| review.checks.iter().any(|c| c.outcome == "proved" && c.detail.contains(part));
    assert!(says(&held) && says(&format!("{} entries then", signed.size)), "{:?}", review.checks);
    let other = dpo::review::review(&office.post("dpo-2"), &office.pack("ledger")).expect("read").ledger;
    assert!(other.checks.iter().any(|c| c.detail.contains(&held)), "the other officer sees it too");
    office.countersign("dpo-1", "ledger", "line").expect("countersigned");
    office.apply(&session, "line").expect("taken");
}

#[test]
fn nobody_but_a_data_protection_officer_signs_or_questions_the_open_store() {
    let office = Office::new();
    for who in ["reviewer-1", "custodian-1"] {
        let session = office.open(who);
        let before = store::ledger::size(&*session.reader()).expect("a ledger");
        let refusals = [
            code(dpo::here::review(&session)),
            code(dpo::here::countersign(&session)),
            code(dpo::here::acknowledge(&session)),
            code(dpo::here::question(&session, &question(1, WHY))),
        ];
        for (refused, words) in refusals {
            assert_eq!(refused, ErrorCode::PolicyForbids);
            assert!(words.contains("Only a data protection officer"), "{words}");
        }
        assert_eq!(store::ledger::size(&*session.reader()).expect("a ledger"), before);
        session.close().expect("closes");
    }
}

#[test]
fn an_older_copy_is_refused_by_what_the_officer_countersigned_though_they_never_opened_the_store() {
    let office = Office::new();
    copy(&office.at("store"), &office.at("older"));
    let (session, _) = office.asked();
    session.close().expect("closes");
    let refused = office.try_open("dpo-1", "older").err().expect("older than what was countersigned");
    assert_eq!(refused.code(), ErrorCode::HeadObjects);
    assert!(refused.0.message.contains("your countersignature"), "{refused}");
    office.try_open("dpo-1", "store").expect("the newer one");
}
