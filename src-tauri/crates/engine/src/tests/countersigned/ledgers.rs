//! What a reviewer, who has the store's ledger key, might try with the ledger itself.

use super::*;
use ledger::{Checkpoint, Memory, leaf_hash};
use packs::{CountersignatureBody, LedgerBody};

fn ledger_body(office: &Office) -> LedgerBody {
    office.body("dpo-1", "ledger")
}

/// Signs a head over whatever entries a body has, with the keys a reviewer holds.
pub(super) fn resign(session: &Session, body: &mut LedgerBody) {
    let tree: Memory = body.leaves.iter().map(|l| leaf_hash(l.as_bytes())).collect();
    let head = Checkpoint::new(session.id(), tree.size(), tree.root_at(tree.size()).unwrap());
    let member = (session.by(), session.member.signing_key());
    body.checkpoint = ledger::sign_checkpoint(&head, &session.ledger_key, member).unwrap().to_string();
    body.extends = None;
}

fn refusal(office: &Office, body: &LedgerBody) -> String {
    office.forge("reviewer-1", "dpo-1", body, "forged");
    let (refused, words) = code(office.countersign("dpo-1", "forged", "out"));
    assert_eq!(refused, ErrorCode::LedgerRefused);
    assert!(!office.at("out").exists(), "nothing was signed");
    words
}

#[test]
fn entries_changed_in_the_database_are_refused_and_the_first_one_is_named() {
    let office = Office::new();
    let (session, asked) = office.asked();
    let mut body = ledger_body(&office);
    let at = asked.seq as usize;
    body.leaves[at] = body.leaves[at].replace("PSD/2026/0142", "PSD/2026/9999");
    assert!(refusal(&office, &body).contains("not those the head was signed over"));
    // Whoever holds the store's key can sign a head over the changed entries: what was countersigned tells.
    resign(&session, &mut body);
    let words = refusal(&office, &body);
    assert!(words.contains("another ledger") && words.contains(&format!("entry {at}")), "{words}");
}

#[test]
fn a_request_that_hides_how_many_names_were_asked_for_is_noticed() {
    let office = Office::new();
    let (session, _) = office.asked();
    office.request(&session, 1, "second").expect("asked");
    office.send_ledger(&session, "more");
    let mut body: LedgerBody = office.body("dpo-1", "more");
    let at = body.leaves.iter().rposition(|l| l.contains("unmask.requested")).expect("two requests");
    assert!(body.leaves[at].contains("\"asked_30_days\":1"), "{}", body.leaves[at]);
    body.leaves[at] = body.leaves[at].replace("\"asked_30_days\":1", "\"asked_30_days\":0");
    resign(&session, &mut body);
    assert!(refusal(&office, &body).contains("fewer names"));
    office.countersign("dpo-1", "more", "line").expect("the true one holds");
}

#[test]
fn an_older_store_is_refused_as_shorter() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    office.send_ledger(&session, "older");
    let mut body: LedgerBody = office.body("dpo-1", "older");
    session.close().expect("closes");
    copy(&office.at("store"), &office.at("kept"));
    let (session, _) = office.asked();
    let words = refusal(&office, &body);
    assert!(words.contains("shorter than the one you countersigned"), "{words}");
    body.leaves.pop();
    resign(&session, &mut body);
    assert!(refusal_again(&office, &body).contains("shorter"));
    // The reviewer's own profile does not open the older folder either.
    session.close().expect("closes");
    std::fs::remove_dir_all(office.at("store")).unwrap();
    copy(&office.at("kept"), &office.at("store"));
    let refused = office.try_open("reviewer-1", "store").err().expect("refused");
    assert_eq!(refused.code(), ErrorCode::HeadObjects);
}

fn refusal_again(office: &Office, body: &LedgerBody) -> String {
    office.forge("reviewer-1", "dpo-1", body, "forged-again");
    let pack =
        Countersign { pack: office.path("forged-again"), path: office.path("out"), without_earlier: true };
    code(dpo::countersign::countersign(&office.post("dpo-1"), &pack)).1
}

#[test]
fn two_ledgers_shown_to_two_officers_are_noticed_by_the_second() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    office.send_ledger(&session, "before");
    let mut other: LedgerBody = office.body("dpo-2", "before");
    office.send_ledger(&session, "ledger");
    office.countersign("dpo-1", "ledger", "countersignature").expect("countersigned");
    office.apply(&session, "countersignature").expect("taken");
    office.send_ledger(&session, "after");
    let first: LedgerBody = office.body("dpo-2", "after");
    // A second ledger that leaves the line before the first officer's head, with that officer's countersignature.
    let extra = other.leaves.last().unwrap().replace("ledger pack", "something else");
    other.leaves.pop();
    other.leaves.extend([extra.clone(), extra.replace(":17,", ":18,")]);
    for (n, leaf) in other.leaves.iter_mut().enumerate() {
        let mut parsed = ledger::Leaf::parse(leaf.as_bytes()).unwrap();
        parsed.seq = n as u64;
        *leaf = String::from_utf8(parsed.to_bytes().unwrap()).unwrap();
    }
    other.countersigned = first.countersigned;
    resign(&session, &mut other);
    office.forge("reviewer-1", "dpo-2", &other, "second");
    let (refused, words) = code(office.countersign("dpo-2", "second", "out"));
    assert_eq!(refused, ErrorCode::LedgerRefused);
    assert!(words.contains("two different ones"), "{words}");
}

#[test]
fn a_ledger_of_another_store_or_signed_with_another_key_is_refused() {
    let office = Office::new();
    let (session, _) = office.asked();
    let mut body = ledger_body(&office);
    body.policy = body.policy.replace(session.id(), "ANOTHERSTORE0000");
    assert!(refusal(&office, &body).contains("cannot be read"));
    let other = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let origin = Checkpoint::origin_of("0000000000000000");
    let log = ledger::verifier_key(&origin, &other.verifying_key()).unwrap();
    body.policy = ledger::Policy::new(log, vec![]).unwrap().to_string();
    assert!(refusal_again(&office, &body).contains("of another store"));
    let log = ledger::verifier_key(&Checkpoint::origin_of(session.id()), &other.verifying_key()).unwrap();
    body.policy = ledger::Policy::new(log, vec![]).unwrap().to_string();
    office.forge("reviewer-1", "dpo-1", &body, "other-key");
    let review = |name: &str| {
        let pack = PackRef { path: office.path(name), without_earlier: true };
        dpo::review::review(&office.post("dpo-1"), &pack).expect("it can be looked at")
    };
    assert!(
        review("other-key")
            .ledger
            .checks
            .iter()
            .any(|c| c.what.contains("another key") && c.outcome == "failed")
    );
}

#[test]
fn a_text_changed_after_its_entry_and_a_member_slipped_in_are_refused() {
    let office = Office::new();
    let _session = office.asked();
    let mut body = ledger_body(&office);
    body.texts[0].text = body.texts[0].text.replace("paper approval", "verbal approval");
    assert!(refusal(&office, &body).contains("changed after its entry"));
    let mut body = ledger_body(&office);
    body.members[2].name = "reviewer-9".into();
    assert!(refusal_again(&office, &body).contains("members are not those"));
}

#[test]
fn a_number_used_for_two_different_ledger_packs_is_refused() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    copy(&office.at("reviewer-1"), &office.at("put-back"));
    office.send_ledger(&session, "ledger");
    office.countersign("dpo-1", "ledger", "countersignature").expect("countersigned");
    // The reviewer's profile is put back, so that its next pack has the same number.
    std::fs::remove_dir_all(office.at("reviewer-1")).unwrap();
    copy(&office.at("put-back"), &office.at("reviewer-1"));
    office.send_ledger(&session, "again");
    let (refused, words) = code(office.countersign("dpo-1", "again", "out"));
    assert_eq!(refused, ErrorCode::PackOrder);
    assert!(words.contains("same number"), "{words}");
}

#[test]
fn a_ledger_is_countersigned_again_as_often_as_it_only_grew() {
    let office = Office::new();
    let (session, _) = office.asked();
    office.apply(&session, "countersignature").expect("taken");
    for n in 0..3 {
        let (pack, line) = (format!("ledger-{n}"), format!("line-{n}"));
        office.send_ledger(&session, &pack);
        office.countersign("dpo-1", &pack, &line).expect("countersigned");
        office.apply(&session, &line).expect("taken");
    }
    let body: CountersignatureBody = office.body("reviewer-1", "line-2");
    let reader = session.reader();
    let head = store::ledger::checkpoint_at(&*reader, body.size).unwrap().unwrap();
    let known = crate::entries::policy(&session).unwrap();
    assert_eq!(known.open(&head.note).unwrap().cosigned.len(), 1);
    let size = store::ledger::size(&*reader).unwrap();
    let root = ledger::root(body.size, &Stored(&*reader)).unwrap();
    assert!(root == body.root && size > body.size);
}

#[test]
fn a_grant_the_ledger_never_speaks_of_again_is_shown_to_its_officer() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    office.clock.set(NOW + 9 * 86_400);
    office.send_ledger(&session, "later");
    let review = dpo::review::review(&office.post("dpo-1"), &office.pack("later")).expect("reviewed");
    let shown =
        review.ledger.checks.iter().find(|c| c.what.contains("neither that they were shown")).expect("said");
    assert_eq!(
        (shown.outcome.as_str(), shown.detail.as_str()),
        ("look", format!("requests {}", asked.seq).as_str())
    );
}

#[test]
fn a_countersignature_for_another_ledger_is_not_taken() {
    let office = Office::new();
    let (session, _) = office.asked();
    let mut body: CountersignatureBody = office.body("reviewer-1", "countersignature");
    body.size -= 1;
    office.forge("dpo-1", "reviewer-1", &body, "forged");
    let gap = PackRef { path: office.path("forged"), without_earlier: true };
    assert_eq!(code(exchange::apply::apply(&session, &gap)).0, ErrorCode::LedgerRefused);
    assert_eq!(kinds(&session, 1), ["attempt.failed"]);
}

/// Erases the officer of a request, as the custodian.
fn erase(office: &Office, asked: &RequestedName) -> Session {
    let custodian = office.open("custodian-1");
    let erase = EraseOfficer { officer: asked.officer.clone(), rule: "right to erasure".into() };
    crate::erase::erase(&custodian, &erase).expect("erased by the custodian");
    custodian
}

#[test]
fn a_ledger_whose_texts_were_erased_is_still_countersigned_and_says_that_they_are_missing() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    office.apply(&session, "countersignature").expect("taken");
    office.apply(&session, "grant").expect("taken and not opened");
    session.close().expect("closes");
    erase(&office, &asked).close().expect("closes");
    let session = office.open("reviewer-1");
    assert!(store::requests::unended(&*session.reader()).unwrap().is_empty(), "no grant is left to open");
    office.send_ledger(&session, "after");
    let review = dpo::review::review(&office.post("dpo-1"), &office.pack("after")).expect("read");
    let missing = review.ledger.checks.iter().find(|c| c.what.contains("texts are missing")).expect("said");
    assert_eq!(
        (missing.outcome.as_str(), missing.detail.as_str()),
        ("look", &*format!("entries {}", asked.seq))
    );
    office.countersign("dpo-1", "after", "line").expect("nothing was changed");
}

#[test]
fn the_reason_of_a_refusal_goes_with_the_officer_it_was_about_and_the_store_still_verifies() {
    let office = Office::new();
    let (session, asked) = office.asked();
    let reason = "The unit can answer this without a name.";
    let refusal = AnswerRequest {
        pack: office.path("request"),
        path: office.path("refusal"),
        reason: reason.into(),
        without_earlier: false,
    };
    dpo::answer::refuse(&office.post("dpo-1"), &refusal).expect("refused");
    office.apply(&session, "countersignature").expect("taken");
    office.apply(&session, "refusal").expect("taken");
    let texts = |session: &Session| store::texts::all(&*session.reader()).unwrap();
    assert!(texts(&session).iter().any(|t| t.text == reason));
    session.close().expect("closes");
    erase(&office, &asked).close().expect("closes");
    let session = office.open("reviewer-1");
    assert!(texts(&session).iter().all(|t| t.text.is_empty()));
    let verified = crate::entries::verify(&session).expect("runs");
    assert!(verified.proved, "an erased text is no forged one: {:?}", verified.checks);
}

#[test]
fn only_the_custodian_puts_back_a_backup_of_before_an_erasure() {
    let office = Office::new();
    let (session, asked) = office.asked();
    life::backup(&session, &office.at("backup")).expect("backed up");
    session.close().expect("closes");
    erase(&office, &asked).close().expect("closes");
    // The reviewer's profile hears of it when it opens the store.
    office.open("reviewer-1").close().expect("closes");
    let restore = |who: &str| {
        let clock = Arc::clone(&office.clock) as Arc<dyn Clock>;
        crate::restore::restore(
            &office.home(who),
            clock,
            office.member(who),
            &office.at("backup"),
            &office.at("again"),
        )
    };
    let (refused, words) = code(restore("reviewer-1"));
    assert_eq!(refused, ErrorCode::NeedsCustodian, "{words}");
    assert!(!office.at("again").exists(), "nothing of it is left");
    let restored = restore("custodian-1").expect("the custodian may");
    let index = store::officers::index_of(&*restored.reader(), asked.officer.parse().unwrap()).unwrap();
    assert_eq!(store::identities::newest(&*restored.reader(), index).unwrap(), None);
    assert_eq!(kinds(&restored, 2), ["erasure", "store.restored"]);
}
