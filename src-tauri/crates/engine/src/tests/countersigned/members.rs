use super::*;

/// What the program does for a member who opened the store: the change, then the store closed and opened again.
fn change(
    office: &Office,
    who: &str,
    act: impl FnOnce(&Session) -> Result<(), Error>,
) -> Result<Session, Error> {
    let session = office.open(who);
    act(&session)?;
    session.close()?;
    crate::members::settled(office.open(who), || office.try_open(who, "store"))
}

fn add(office: &Office, who: &str, card: &str) -> Result<Session, Error> {
    change(office, who, |session| crate::members::add(session, Path::new(card)))
}

fn remove(office: &Office, who: &str, gone: &str) -> Result<Session, Error> {
    let fingerprint = office.member(gone).card().fingerprint();
    change(office, who, |session| crate::members::remove(session, &fingerprint))
}

/// A new person's profile and card.
fn newcomer(office: &Office, name: &str, role: &str) -> (Arc<Member>, String) {
    let app = App::start(office.home(name), Arc::new(Fixed::at(NOW)));
    let request = CreateProfile { name: name.into(), role: role.into(), passphrase: PASSPHRASE.into() };
    app.create_profile(request).expect("a profile");
    let card = office.path(&format!("{name}.card"));
    app.save_card(SavePath { path: card.clone() }).expect("a card");
    let given = seal::Passphrase::given(PASSPHRASE.into());
    (Arc::new(seal::profile::unlock(&office.at(name), &given).expect("unlocks")), card)
}

fn open_as(office: &Office, name: &str, member: &Arc<Member>) -> Result<Session, Error> {
    let clock = Arc::clone(&office.clock) as Arc<dyn Clock>;
    life::open(&office.home(name), clock, Arc::clone(member), &office.at("store"))
}

#[test]
fn a_new_reviewer_opens_the_store_and_its_ledger_is_countersigned_with_a_word_about_them() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    exchange::ledger::send(&session, &SavePath { path: office.path("before") }).expect("sent");
    session.close().expect("closes");
    office.countersign("dpo-1", "before", "line-1").expect("countersigned");
    let (member, card) = newcomer(&office, "reviewer-3", "reviewer");
    assert_eq!(
        open_as(&office, "reviewer-3", &member).map(|_| ()).expect_err("not yet").code(),
        ErrorCode::NotEnrolled
    );
    add(&office, "reviewer-1", &card).expect("added").close().expect("closes");
    let session = open_as(&office, "reviewer-3", &member).expect("a member now");
    assert_eq!(session.facts.members.len(), PEOPLE.len() + 1);
    assert!(session.pseudonym_keys().is_err(), "a reviewer holds no pseudonym key here");
    assert!(crate::entries::verify(&session).expect("runs").proved);
    session.close().expect("closes");
    let session = office.open("reviewer-1");
    exchange::ledger::send(&session, &SavePath { path: office.path("after") }).expect("sent");
    let review = dpo::review::review(&office.post("dpo-1"), &office.pack("after")).expect("checked");
    let review = review.ledger;
    assert!(review.proved, "{:?}", review.checks);
    let said = review.checks.iter().find(|c| c.what.contains("members changed")).expect("a word about it");
    assert!(said.detail.contains("reviewer reviewer-3 added by reviewer-1"), "{}", said.detail);
}

#[test]
fn a_member_who_was_removed_opens_neither_the_store_nor_a_copy_of_its_new_database() {
    let office = Office::new();
    let before = std::fs::read(office.at("store/keys.age")).expect("there");
    let session = remove(&office, "reviewer-1", "reviewer-2").expect("removed");
    assert_eq!(session.facts.members.len(), PEOPLE.len() - 1);
    assert!(session.warnings.is_empty(), "{:?}", session.warnings);
    assert!(crate::entries::verify(&session).expect("runs").proved);
    session.close().expect("closes");
    let refused = |why: &str| office.try_open("reviewer-2", "store").map(|_| ()).expect_err(why).code();
    assert_eq!(refused("sealed to others"), ErrorCode::NotEnrolled);
    std::fs::write(office.at("store/keys.age"), before).expect("the old key is put back");
    assert_eq!(refused("the database has another key"), ErrorCode::NotEnrolled);
    for gone in ["store.before", "store.rekeyed"] {
        assert!(!office.at(gone).exists(), "{gone}");
    }
}

#[test]
fn a_removal_cut_short_before_the_new_key_is_finished_when_the_store_is_opened_next() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    let check = session.store().expect("free").facts().key_check().to_owned();
    let gone = office.member("reviewer-2").card().fingerprint();
    crate::members::remove(&session, &gone).expect("recorded");
    session.close().expect("the power fails here");
    let refused = office.try_open("reviewer-2", "store").map(|_| ()).expect_err("no member any more");
    assert_eq!(refused.code(), ErrorCode::NotEnrolled);
    let opened = crate::members::settled(office.open("dpo-1"), || office.try_open("dpo-1", "store"));
    let session = opened.expect("opened by another member");
    assert_ne!(session.store().expect("free").facts().key_check(), check);
}

#[test]
fn only_who_holds_a_secret_gives_it_away_or_takes_it_back() {
    let office = Office::new();
    let code = |done: Result<Session, Error>| done.map(|_| ()).expect_err("refused").code();
    let (member, card) = newcomer(&office, "dpo-3", "dpo");
    assert_eq!(code(add(&office, "reviewer-1", &card)), ErrorCode::PolicyForbids);
    assert_eq!(code(remove(&office, "reviewer-1", "dpo-2")), ErrorCode::PolicyForbids);
    assert_eq!(code(remove(&office, "dpo-1", "dpo-1")), ErrorCode::PolicyForbids);
    assert_eq!(code(remove(&office, "custodian-1", "custodian-1")), ErrorCode::PolicyForbids);
    assert_eq!(office.open("reviewer-1").facts.members.len(), PEOPLE.len(), "nothing was changed");
    add(&office, "dpo-1", &card).expect("a data protection officer enrols another").close().expect("closes");
    let vault = std::fs::read(office.at("store/vault.age")).expect("there");
    let id = life::store_id(&office.at("store")).expect("a store");
    seal::KeyFile::open_key(&member, seal::KeyKind::Vault, &id, &vault).expect("holds what opens names");
}

#[test]
fn a_request_of_a_member_who_left_since_is_not_granted() {
    let office = Office::new();
    let session = office.open("reviewer-2");
    office.request(&session, 0, "request").expect("asked");
    session.close().expect("closes");
    let session = remove(&office, "reviewer-1", "reviewer-2").expect("removed");
    exchange::ledger::send(&session, &SavePath { path: office.path("ledger") }).expect("sent");
    office.countersign("dpo-1", "ledger", "line").expect("countersigned");
    let refused = office.grant("dpo-1", "request", "grant").map(|_| ()).expect_err("no member any more");
    assert_eq!(refused.code(), ErrorCode::LedgerRefused);
    assert!(refused.0.message.contains("not a member"), "{refused}");
}

#[test]
fn nobody_joins_under_a_name_that_somebody_had() {
    let office = Office::new();
    remove(&office, "reviewer-1", "reviewer-2").expect("removed").close().expect("closes");
    std::fs::rename(office.at("reviewer-2"), office.at("elsewhere")).expect("renamed");
    let (_, card) = newcomer(&office, "reviewer-2", "reviewer");
    let refused = add(&office, "reviewer-1", &card).map(|_| ()).expect_err("the name was somebody's");
    assert_eq!(refused.code(), ErrorCode::Card);
    let (_, card) = newcomer(&office, "rep-9", "representative");
    let refused = add(&office, "reviewer-1", &card).map(|_| ()).expect_err("no member");
    assert_eq!(refused.code(), ErrorCode::Card);
}

#[test]
fn a_store_of_several_members_ends_before_its_day_only_when_a_second_one_ends_it_too() {
    let office = Office::new();
    let end = |who: &str| {
        let reason = "The trial was cancelled by the steering group on Monday.".to_owned();
        let session = office.open(who);
        crate::end::prepare(&session, &mut EndStore { passphrase: PASSPHRASE.into(), reason })
            .expect("runs")
            .is_some()
    };
    assert!(!end("reviewer-1"), "proposed");
    assert!(!end("reviewer-1"), "the same member a second time");
    office.clock.set(NOW + 31 * 86_400);
    assert!(!end("dpo-1"), "too long ago: that is a proposal of its own");
    assert!(end("reviewer-1"), "by two");
    let session = office.open("dpo-1");
    let reader = session.reader();
    let size = store::ledger::size(&*reader).expect("counts");
    let last = crate::book::leaf_at(&*reader, size - 1).expect("an entry");
    assert_eq!(last.kind, ledger::Kind::Erasure);
}
