//! A backup of a store with several people, put back: what each of them must do before work goes on.

use super::*;

fn restore(office: &Office, who: &str, backup: &str, target: &str) -> Session {
    let clock = Arc::clone(&office.clock) as Arc<dyn Clock>;
    crate::restore::restore(
        &office.home(who),
        clock,
        office.member(who),
        &office.at(backup),
        &office.at(target),
    )
    .expect("restored")
}

/// Takes a pack whose earlier ones nobody took.
fn take(office: &Office, session: &Session, pack: &str) {
    let pack = PackRef { path: office.path(pack), without_earlier: true };
    exchange::apply::apply(session, &pack).expect("taken");
}

/// A backup, then a request that was countersigned and granted, and then the backup again: open as the reviewer.
fn put_back(office: &Office) -> (Session, RequestedName) {
    let session = office.open("reviewer-1");
    office.send_ledger(&session, "first");
    office.countersign("dpo-1", "first", "first-line").expect("countersigned");
    life::backup(&session, &office.at("backup")).expect("backed up");
    session.close().expect("closes");
    office.open("reviewer-2").close().expect("closes");
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    session.close().expect("closes");
    office.open("reviewer-2").close().expect("closes");
    (restore(office, "reviewer-1", "backup", "again"), asked)
}

#[test]
fn a_backup_put_back_is_countersigned_only_after_it_was_acknowledged() {
    let office = Office::new();
    let (session, asked) = put_back(&office);
    office.send_ledger(&session, "after");
    let (refused, words) = code(office.countersign("dpo-1", "after", "line"));
    assert_eq!(refused, ErrorCode::LedgerRefused);
    assert!(words.contains("A backup of this store was put back"), "{words}");
    let review = dpo::review::review(&office.post("dpo-1"), &office.pack("after")).expect("read");
    let shared = u64::from(review.ledger.restored.expect("said"));
    assert!(!review.ledger.proved && shared <= u64::from(asked.seq));
    let left = dpo::acknowledge::acknowledge(&office.post("dpo-1"), &office.pack("after")).expect("followed");
    assert_eq!(u64::from(left.size), shared);
    office.countersign("dpo-1", "after", "line").expect("countersigned");
    let (refused, _) = code(dpo::acknowledge::acknowledge(&office.post("dpo-1"), &office.pack("after")));
    assert_eq!(refused, ErrorCode::LedgerRefused, "there is nothing to acknowledge any more");
    // The entry that was granted in the lost part is another one now, and can be asked for and granted.
    take(&office, &session, "line");
    office.request(&session, 0, "request-2").expect("asked");
    office.send_ledger(&session, "ledger-2");
    office.countersign("dpo-1", "ledger-2", "line-2").expect("countersigned");
    office.grant("dpo-1", "request-2", "grant-2").expect("granted");
}

#[test]
fn another_member_opens_a_store_that_was_put_back_once_the_officer_countersigned_it() {
    let office = Office::new();
    let (session, _) = put_back(&office);
    session.close().expect("closes");
    let refused = office.try_open("reviewer-2", "again").err().expect("nobody vouched for it");
    assert_eq!(refused.code(), ErrorCode::HeadObjects);
    let session = office.try_open("reviewer-1", "again").expect("the one who put it back");
    office.send_ledger(&session, "after");
    dpo::acknowledge::acknowledge(&office.post("dpo-1"), &office.pack("after")).expect("followed");
    office.countersign("dpo-1", "after", "line").expect("countersigned");
    take(&office, &session, "line");
    session.close().expect("closes");
    copy(&office.at("again"), &office.at("older"));
    let opened = office.try_open("reviewer-2", "again").expect("vouched for");
    assert!(opened.warnings.iter().any(|w| w.contains("A backup was put back")), "{:?}", opened.warnings);
    office.send_ledger(&opened, "more");
    opened.close().expect("closes");
    // An older copy of the restored store is an older copy still: its restore is known.
    let refused = office.try_open("reviewer-2", "older").err().expect("older");
    assert_eq!(refused.code(), ErrorCode::HeadObjects);
}

#[test]
fn a_ledger_cut_short_without_the_entry_of_a_restore_cannot_be_acknowledged() {
    let office = Office::new();
    let (session, _) = office.asked();
    let mut body: packs::LedgerBody = office.body("dpo-1", "ledger");
    body.leaves.truncate(body.leaves.len() - 2);
    body.texts.clear();
    ledgers::resign(&session, &mut body);
    office.forge("reviewer-1", "dpo-1", &body, "short");
    let (refused, words) = code(dpo::acknowledge::acknowledge(&office.post("dpo-1"), &office.pack("short")));
    assert_eq!(refused, ErrorCode::LedgerRefused);
    assert!(words.contains("no backup to acknowledge"), "{words}");
}

#[test]
fn an_officer_opens_what_was_put_back_acknowledges_it_there_and_countersigns_it() {
    let office = Office::new();
    let (session, _) = put_back(&office);
    session.close().expect("closes");
    // The officer has seen the lost entries, and countersigned them.
    office.open("dpo-1").close().expect("closes");
    for _ in 0..2 {
        let opened = office.try_open("dpo-1", "again").expect("they have to look at it");
        assert!(opened.warnings.iter().any(|w| w.contains("Acknowledge it")), "{:?}", opened.warnings);
        opened.close().expect("closes");
    }
    let opened = office.try_open("dpo-1", "again").expect("as often as they like");
    let shared = dpo::here::review(&opened).expect("read").restored.expect("said");
    assert_eq!(code(dpo::here::countersign(&opened)).0, ErrorCode::LedgerRefused);
    assert_eq!(dpo::here::acknowledge(&opened).expect("followed").size, shared);
    dpo::here::countersign(&opened).expect("countersigned");
    assert_eq!(code(dpo::here::acknowledge(&opened)).0, ErrorCode::LedgerRefused, "nothing is left to do");
    opened.close().expect("closes");
    copy(&office.at("again"), &office.at("older"));
    let session = office.try_open("reviewer-2", "again").expect("vouched for");
    office.send_ledger(&session, "more");
    session.close().expect("closes");
    office.try_open("dpo-1", "again").expect("opens").close().expect("closes");
    let refused = office.try_open("dpo-1", "older").err().expect("the restore is known");
    assert_eq!(refused.code(), ErrorCode::HeadObjects);
}
