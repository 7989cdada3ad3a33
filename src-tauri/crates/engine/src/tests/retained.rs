//! How things end: expiry, holds, deletions by two, erasure of one officer, the end of a store.

use super::*;

const DAY: i64 = 86_400;
const REASON: &str = "An appeal is open until the panel has met.";

fn lead() -> LeadRef {
    LeadRef { lead: "L-0001".into() }
}

fn hold() -> HoldLead {
    HoldLead { lead: "L-0001".into(), reason: REASON.into() }
}

#[test]
fn undecided_leads_expire_after_a_year_unless_somebody_holds_them() {
    let desk = Desk::open();
    let thin = HoldLead { reason: "because".into(), ..hold() };
    assert_eq!(desk.app.hold_lead(thin).expect_err("no reason").code(), ErrorCode::Decision);
    desk.app.hold_lead(hold()).expect("held");
    assert_eq!(desk.app.hold_lead(hold()).expect_err("twice").code(), ErrorCode::PolicyForbids);
    assert_eq!(desk.app.expire_leads().expect("runs").leads, 0);
    desk.clock.set(NOW + 366 * DAY);
    let due = desk.app.retention().expect("a list").due;
    assert!(due.iter().all(|d| d.overdue) && due.iter().filter(|d| d.held).count() == 1);
    let expired = desk.app.expire_leads().expect("runs").leads;
    assert_eq!(expired as usize, due.len() - 1);
    assert_ne!(desk.app.lead(lead()).expect("kept").state, "expired");
    desk.app.release_lead(lead()).expect("released");
    assert_eq!(desk.app.expire_leads().expect("runs").leads, 1);
}

#[test]
fn opening_a_store_and_analysing_it_expire_what_is_due_once_and_say_so() {
    let desk = Desk::open();
    desk.app.hold_lead(hold()).expect("held");
    desk.app.lock().expect("locks");
    desk.clock.set(NOW + 366 * DAY);
    let states = || -> Vec<String> {
        let query =
            LeadsQuery { filter: LeadFilter::default(), sort: "priority".into(), offset: 0, limit: 200 };
        desk.app.leads(query).expect("leads").rows.into_iter().map(|l| l.state).collect()
    };
    let count = |kind: &str| desk.kinds().iter().filter(|k| *k == kind).count();
    let view = desk.unlock().expect("opens");
    assert!(view.warnings.iter().any(|w| w.contains("have expired")), "{:?}", view.warnings);
    let expired = states().iter().filter(|s| *s == "expired").count();
    assert_eq!(expired, states().len() - 1, "all but the one on hold");
    assert_eq!(count("alteration"), 1);
    desk.app.lock().expect("locks");
    assert!(desk.unlock().expect("opens").warnings.iter().all(|w| !w.contains("have expired")));
    desk.app.analyse_now().expect("analysed");
    assert_eq!(states().iter().filter(|s| *s == "expired").count(), expired, "nothing new brings them back");
    assert_eq!(count("alteration"), 1);
    desk.app.release_lead(lead()).expect("released");
    desk.clock.set(NOW + 800 * DAY);
    desk.app.analyse_now().expect("analysed");
    assert!(states().iter().all(|s| s == "expired"));
    assert_eq!(count("alteration"), 2);
}

#[test]
fn a_deletion_needs_a_second_person_and_can_be_taken_back_for_thirty_days() {
    let desk = Desk::open();
    desk.app.hold_lead(hold()).expect("held");
    assert_eq!(desk.app.delete_lead(hold()).expect_err("held").code(), ErrorCode::PolicyForbids);
    desk.app.release_lead(lead()).expect("released");
    desk.app.delete_lead(hold()).expect("proposed");
    assert_eq!(desk.app.delete_lead(hold()).expect_err("the same person").code(), ErrorCode::PolicyForbids);
    let confirm = |by: &str| {
        let session = desk.app.session().expect("open");
        let mut store = session.store().expect("free");
        store.write(|tx| store::retention::confirm(tx, model::LeadId(1), NOW, by))
    };
    assert!(confirm("reviewer-1").is_err(), "the table itself asks for another person");
    confirm("reviewer-2").expect("another member");
    assert_eq!(desk.app.delete_lead(hold()).expect_err("too early").code(), ErrorCode::PolicyForbids);
    desk.app.recover_lead(lead()).expect("taken back");
    desk.app.delete_lead(hold()).expect("proposed again");
    confirm("reviewer-2").expect("another member");
    desk.clock.set(NOW + 31 * DAY);
    desk.app.delete_lead(hold()).expect("deleted");
    assert_eq!(desk.app.lead(lead()).expect_err("gone").code(), ErrorCode::NotFound);
    let receipts = desk.app.retention().expect("a list").erasures;
    assert_eq!(receipts.len(), 1);
    assert!(!receipts[0].counts.contains("OFC-") && receipts[0].counts.contains("\"leads\":1"));
    assert!(desk.app.verify_ledger().expect("runs").proved);
}

#[test]
fn erasing_an_officer_leaves_a_receipt_and_nothing_of_them() {
    let desk = Desk::open();
    let officer = desk.app.lead(lead()).expect("a lead").members[0].clone();
    desk.unmask(why()).expect("recorded");
    desk.app.remask_all().expect("masked");
    let erase =
        |rule: &str| desk.app.erase_officer(EraseOfficer { officer: officer.clone(), rule: rule.into() });
    assert_eq!(erase("because").expect_err("no rule").code(), ErrorCode::Settings);
    desk.app.hold_lead(hold()).expect("held");
    assert_eq!(erase("right to erasure").expect_err("held").code(), ErrorCode::PolicyForbids);
    desk.app.release_lead(lead()).expect("released");
    let receipt = erase("right to erasure").expect("erased");
    assert!(!receipt.counts.contains("OFC-"), "{}", receipt.counts);
    let counts: serde_json::Value = serde_json::from_str(&receipt.counts).expect("JSON");
    for what in ["identities", "leads", "rows", "segments", "justifications", "ids"] {
        assert!(counts[what].as_u64() > Some(0), "{what}: {counts}");
    }
    let session = desk.app.session().expect("open");
    {
        let reader = session.reader();
        let index = store::officers::index_of(&*reader, officer.parse().expect("a code")).expect("numbered");
        assert_eq!(store::identities::newest(&*reader, index).expect("reads"), None);
        assert!(store::leads::of_officer(&*reader, index).expect("reads").is_empty());
        for kind in model::SourceKind::ALL {
            assert!(crate::rows::of_officer(&*reader, *kind, index).expect("reads").is_empty(), "{kind}");
            for partition in 0..model::PARTITIONS {
                for segment in store::segments::of_partition(&*reader, *kind, partition).expect("reads") {
                    let table = store::segment::decode(&segment.bytes, *kind).expect("decodes");
                    let names = |c: &model::Column| match c {
                        model::Column::Person(people) => people.contains(&index),
                        model::Column::Words(words) => words.words.iter().any(|w| w.contains(&officer)),
                        _ => false,
                    };
                    assert!(!table.columns.iter().any(names), "{kind} names them");
                }
            }
        }
        assert!(store::unmaskings::all(&*reader).expect("reads").iter().all(|u| u.text.is_empty()));
    }
    drop(session);
    assert!(desk.app.verify_ledger().expect("runs").proved, "an erased text is no forged one");
    desk.app.analyse_now().expect("the rest can be analysed");
    assert_eq!(
        desk.app
            .unmask(Unmask {
                lead: "L-0001".into(),
                officer: String::new(),
                justification: why(),
                passphrase: PASSPHRASE.into(),
            })
            .map(|_| ())
            .expect_err("gone")
            .code(),
        ErrorCode::NotFound
    );
}

#[test]
fn an_officer_gets_a_copy_of_their_data_without_other_people() {
    let desk = Desk::open();
    let officer = desk.app.lead(lead()).expect("a lead").members[0].clone();
    let other = desk.app.lead(LeadRef { lead: "L-0002".into() }).expect("a lead").members[0].clone();
    let text = format!("Shares a car with {other} on most of these days.");
    desk.app.add_note(AddNote { lead: "L-0001".into(), text }).expect("noted");
    let path = desk.folder.path().join("copy.age");
    let request =
        SubjectAccess { officer: officer.clone(), path: path.display().to_string(), to: String::new() };
    desk.app.subject_access(request).expect("written");
    assert_eq!(desk.kinds()[0], "disclosure");
    let sealed = std::fs::read(path).expect("a file");
    let session = desk.app.session().expect("open");
    let opened = session.member.open(&sealed, 1 << 26).expect("sealed to the member");
    let text = String::from_utf8(opened.to_vec()).expect("text");
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert!(document["sources"]["duties"].as_array().map_or(0, Vec::len) > 10);
    assert_eq!(document["leads"][0]["lead"], "L-0001");
    assert_eq!(text.matches("OFC-").count(), 1, "only the officer's own code");
    let note = document["leads"][0]["notes"][0]["text"].as_str().expect("what was written about them");
    assert!(note.starts_with("Shares a car with P") && !note.contains(&other), "{note}");
}

#[test]
fn an_ended_store_cannot_be_opened_and_its_ledger_still_verifies() {
    let desk = Desk::open();
    let end = |passphrase: &str, reason: &str| {
        desk.app.end_store(EndStore { passphrase: passphrase.into(), reason: reason.into() })
    };
    assert_eq!(end("wrong", "").map(|_| ()).expect_err("wrong").code(), ErrorCode::WrongPassphrase);
    assert_eq!(end(PASSPHRASE, "").map(|_| ()).expect_err("too early").code(), ErrorCode::PolicyForbids);
    assert!(desk.store().join("keys.age").exists());
    desk.clock.set(NOW + 366 * DAY);
    let ended = end(PASSPHRASE, "").expect("its day has come");
    for gone in ["keys.age", "vault.age", "pseudonyms.age", "store.db"] {
        assert!(!desk.store().join(gone).exists(), "{gone}");
    }
    let (document, policy) =
        (std::fs::read_to_string(ended.ledger).unwrap(), std::fs::read_to_string(ended.policy).unwrap());
    let checks = ledger::verify_export(&document, Some(&policy.parse().expect("a policy")));
    assert!(ledger::all_hold(&checks), "{checks:?}");
    assert!(document.contains("store end"));
    assert!(desk.unlock().is_err());
}

/// A backup, and the store put back from it beside the old one.
fn backup(desk: &Desk) -> RestoreStore {
    let at = |name: &str| desk.folder.path().join(name).display().to_string();
    desk.app.backup_store(SavePath { path: at("backup") }).expect("backed up");
    RestoreStore { backup: at("backup"), path: at("restored"), passphrase: PASSPHRASE.into() }
}

#[test]
fn a_backup_put_back_gives_up_again_what_was_erased_after_it_was_made() {
    let desk = Desk::open();
    let request = backup(&desk);
    let officer = desk.app.lead(lead()).expect("a lead").members[0].clone();
    let erase = EraseOfficer { officer: officer.clone(), rule: "court order".into() };
    desk.app.erase_officer(erase).expect("erased");
    let second = LeadRef { lead: "L-0002".into() };
    let why =
        HoldLead { lead: second.lead.clone(), reason: "It was made of a file of another force.".into() };
    desk.app.delete_lead(why.clone()).expect("proposed");
    {
        let session = desk.app.session().expect("open");
        let mut store = session.store().expect("free");
        store
            .write(|tx| store::retention::confirm(tx, model::LeadId(2), NOW, "reviewer-2"))
            .expect("confirmed");
    }
    desk.clock.set(NOW + 31 * DAY);
    desk.app.delete_lead(why).expect("deleted");
    let third = desk.app.lead(LeadRef { lead: "L-0003".into() }).expect("a lead").members;
    let view = desk.app.restore_store(request).expect("restored");
    assert!(view.warnings.iter().any(|w| w.contains("erased again")), "{:?}", view.warnings);
    assert!(view.warnings.iter().any(|w| w.contains("written after this backup")), "{:?}", view.warnings);
    assert_eq!(desk.kinds()[..2], ["erasure", "store.restored"]);
    for gone in [lead(), second] {
        assert_eq!(desk.app.lead(gone).map(drop).expect_err("gone").code(), ErrorCode::NotFound);
    }
    assert_eq!(desk.app.lead(LeadRef { lead: "L-0003".into() }).expect("kept").members, third);
    let session = desk.app.session().expect("open");
    let index =
        store::officers::index_of(&*session.reader(), officer.parse().expect("a code")).expect("numbered");
    assert_eq!(store::identities::newest(&*session.reader(), index).expect("reads"), None);
    assert!(
        crate::rows::of_officer(&*session.reader(), model::SourceKind::Duties, index)
            .expect("reads")
            .is_empty()
    );
    drop(session);
    assert!(desk.app.verify_ledger().expect("runs").proved);
    let profile = std::fs::read_dir(desk.folder.path().join("profile/erased")).expect("kept").next();
    let marks = std::fs::read_to_string(profile.expect("one store").expect("readable").path()).expect("text");
    assert!(!marks.contains("OFC-") && !marks.contains(&officer[4..8]), "a mark names nobody: {marks}");
}

#[test]
fn a_backup_made_after_an_erasure_is_put_back_as_it_is() {
    let desk = Desk::open();
    let officer = desk.app.lead(lead()).expect("a lead").members[0].clone();
    desk.app.erase_officer(EraseOfficer { officer, rule: "retention".into() }).expect("erased");
    let request = backup(&desk);
    desk.app.restore_store(request).expect("restored");
    assert_eq!(desk.kinds()[..2], ["store.restored", "erasure"]);
    assert_eq!(desk.app.retention().expect("a list").erasures.len(), 1);
}
