//! Typed text under the countersigned policy, where a reviewer may not know the roll.

use super::*;
use crate::name_index;

/// One person's program on their own profile.
pub(super) fn person(folder: &Path, role: &str, clock: &Arc<Fixed>) -> (App, String) {
    let app = App::start(Home::at(folder.join(role)), Arc::clone(clock) as Arc<dyn Clock>);
    let (name, passphrase) = (format!("{role}-1"), PASSPHRASE.to_owned());
    app.create_profile(CreateProfile { name, role: role.into(), passphrase }).expect("a profile");
    let card = folder.join(format!("{role}.card")).display().to_string();
    app.save_card(SavePath { path: card.clone() }).expect("a card");
    (app, card)
}

#[test]
fn a_representative_is_no_member_of_a_store() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let clock = Arc::new(Fixed::at(NOW));
    let (reviewer, _) = person(folder.path(), "reviewer", &clock);
    let (_, card) = person(folder.path(), "representative", &clock);
    let refused = reviewer.create_store(CreateStore {
        path: folder.path().join("store").display().to_string(),
        name: "Too many".into(),
        purpose: "A test".into(),
        policy: String::new(),
        ends: "2027-12-31".into(),
        members: vec![card],
        recovery: false,
        passphrase: PASSPHRASE.into(),
    });
    assert_eq!(refused.map(drop).expect_err("no member").code(), ErrorCode::Card);
    assert!(!folder.path().join("store").exists());
}

/// A reviewer's countersigned store into which the custodian took the roll of a made-up force.
fn store_of_two(folder: &Path) -> App {
    let clock = Arc::new(Fixed::at(NOW));
    let (reviewer, _) = person(folder, "reviewer", &clock);
    let (custodian, custodian_card) = person(folder, "custodian", &clock);
    let (_, dpo_card) = person(folder, "dpo", &clock);
    let store = folder.join("store").display().to_string();
    reviewer
        .create_store(CreateStore {
            path: store.clone(),
            name: "Two people".into(),
            purpose: "A test".into(),
            policy: String::new(),
            ends: "2027-12-31".into(),
            members: vec![custodian_card, dpo_card],
            recovery: false,
            passphrase: PASSPHRASE.into(),
        })
        .expect("a store");
    reviewer.lock().expect("locks");
    let force = demo::Plan { officers: 60, days: 60, ..demo::Plan::default() };
    let made = custodian.make_force(&force, &folder.join("force")).expect("a force");
    custodian.open_store(OpenStore { path: store.clone(), passphrase: PASSPHRASE.into() }).expect("opens");
    let roll = made.files.iter().find(|(kind, ..)| kind.to_string() == "officers").expect("a roll");
    let inspect = InspectFile { path: roll.1.display().to_string(), kind: None, mapping: None };
    let proposal = custodian.inspect_file(inspect).expect("readable");
    let start =
        StartImport { path: proposal.path, mapping_toml: proposal.mapping_toml, gate: made.gate.clone() };
    custodian.import_now(&start).expect("imported");
    custodian.lock().expect("locks");
    reviewer.open_store(OpenStore { path: store, passphrase: PASSPHRASE.into() }).expect("opens");
    reviewer
}

#[test]
fn a_reviewer_who_may_not_know_the_roll_still_cannot_type_its_names_and_cannot_try_many() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reviewer = store_of_two(folder.path());
    let session = reviewer.session().expect("open");
    assert!(session.pseudonym_keys().is_err(), "the index is the custodian's");
    let roll = std::fs::read(folder.path().join("force/officers.csv")).expect("the roll");
    let roll = String::from_utf8_lossy(&roll);
    let ids = roll.lines().skip(1).filter_map(|line| line.split([',', ';', '\t']).next()).take(5);
    for id in ids {
        let typed = format!("the unit says that {id} was there");
        assert!(name_index::refuse_names(&session, &[&typed]).is_err(), "{id}");
    }
    assert!(name_index::refuse_names(&session, &["the unit keeps no approvals on paper"]).is_ok());
    let tried = (0..600).find_map(|_| name_index::for_typed_text(&session).err());
    assert_eq!(tried.expect("an end of trying").code(), ErrorCode::Limit);
    drop(session);
    // Closing the program does not give new tries.
    reviewer.lock().expect("locks");
    let store = folder.path().join("store").display().to_string();
    reviewer.open_store(OpenStore { path: store, passphrase: PASSPHRASE.into() }).expect("opens");
    assert!(name_index::for_typed_text(&reviewer.session().expect("open")).is_err());
}
