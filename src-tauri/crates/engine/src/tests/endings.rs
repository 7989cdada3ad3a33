//! The last days of stores and backups.

use super::*;

const DAY: i64 = 86_400;

/// Days from the clock's first to the last day of the made-up store.
fn last_day(desk: &Desk) -> i64 {
    let ends = model::time::parse_day(&desk.app.overview().expect("open").ends).expect("a day");
    i64::from(ends) - NOW.div_euclid(DAY)
}

fn warned(view: &StoreView, of: &str) -> bool {
    view.warnings.iter().any(|w| w.contains(of))
}

/// The store opened anew some days after the first.
fn reopened(desk: &Desk, days: i64) -> Result<StoreView, Error> {
    desk.app.lock().expect("locks");
    desk.clock.set(NOW + days * DAY);
    desk.unlock()
}

#[test]
fn a_store_past_its_day_says_so_for_thirty_days_and_then_destroys_its_keys_but_not_its_ledger() {
    let desk = Desk::open();
    let last = last_day(&desk);
    assert!(!warned(&reopened(&desk, last).expect("its last day"), "ended on"));
    assert!(warned(&reopened(&desk, last + 40).expect("opened late"), "destroys its keys"));
    assert_eq!(desk.kinds().iter().filter(|k| *k == "configuration").count(), 1, "said once in the ledger");
    assert!(warned(&reopened(&desk, last + 70).expect("its last chance"), "destroys its keys"));
    assert_eq!(desk.kinds().iter().filter(|k| *k == "configuration").count(), 1, "and not again");
    let ended = reopened(&desk, last + 71).map(|_| ()).expect_err("over");
    assert_eq!(ended.code(), ErrorCode::PolicyForbids);
    for gone in ["keys.age", "vault.age", "pseudonyms.age", "store.db"] {
        assert!(!desk.store().join(gone).exists(), "{gone}");
    }
    let read = |name: &str| std::fs::read_to_string(desk.store().join(name)).expect("stays");
    let checks =
        ledger::verify_export(&read("ledger.json"), Some(&read("policy.txt").parse().expect("keys")));
    assert!(ledger::all_hold(&checks), "{checks:?}");
}

#[test]
fn a_clock_that_was_ahead_once_ends_no_store() {
    let desk = Desk::open();
    let last = last_day(&desk);
    assert!(warned(&reopened(&desk, last + 500).expect("the clock is wrong"), "destroys its keys"));
    assert!(!warned(&reopened(&desk, 1).expect("the clock is right again"), "ended on"));
    assert!(warned(&reopened(&desk, last + 600).expect("wrong again"), "destroys its keys"));
    assert!(desk.store().join("keys.age").exists());
}

#[test]
fn leads_on_hold_keep_a_store_from_its_end() {
    let desk = Desk::open();
    let last = last_day(&desk);
    let reason = "An appeal is open until the panel has met.";
    desk.app.hold_lead(HoldLead { lead: "L-0001".into(), reason: reason.into() }).expect("held");
    reopened(&desk, last + 1).expect("opens");
    assert!(warned(&reopened(&desk, last + 100).expect("kept by the hold"), "on hold: 1"));
    desk.app.release_lead(LeadRef { lead: "L-0001".into() }).expect("released");
    assert!(reopened(&desk, last + 101).is_err());
}

#[test]
fn a_backup_is_put_back_within_ninety_days_and_not_opened_as_a_store() {
    let desk = Desk::open();
    let at = |name: &str| desk.folder.path().join(name).display().to_string();
    desk.app.backup_store(SavePath { path: at("backup") }).expect("backed up");
    let open = OpenStore { path: at("backup"), passphrase: PASSPHRASE.into() };
    let restore = |target: &str| {
        let request = RestoreStore { backup: at("backup"), path: at(target), passphrase: PASSPHRASE.into() };
        desk.app.restore_store(request)
    };
    let refused = desk.app.open_store(open).map(|_| ()).expect_err("a backup is no store");
    assert_eq!(refused.code(), ErrorCode::PolicyForbids);
    desk.clock.set(NOW + 91 * DAY);
    assert_eq!(restore("late").map(|_| ()).expect_err("expired").code(), ErrorCode::PolicyForbids);
    assert!(!desk.folder.path().join("late").exists());
    desk.clock.set(NOW + 90 * DAY);
    restore("in-time").expect("restored");
    desk.app.lock().expect("locks");
    let again = OpenStore { path: at("in-time"), passphrase: PASSPHRASE.into() };
    desk.app.open_store(again).expect("what was restored is a store");
}
