//! What a reviewer, or a data protection officer gone wrong, might try with requests and grants.

use super::*;
use ledger::Hash;
use packs::{Base64, GrantBody, IdentityProof};

/// The request as it was sent, to be changed.
fn request(office: &Office) -> RequestBody {
    office.body("dpo-1", "request")
}

fn send(office: &Office, body: &RequestBody) -> Result<AnsweredRequest, Error> {
    office.forge("reviewer-1", "dpo-1", body, "forged");
    office.grant("dpo-1", "forged", "grant")
}

/// Another officer's real sealed identity, with its real place under the import's root.
fn somebody_else(session: &Session, body: &RequestBody) -> IdentityProof {
    let reader = session.reader();
    let asked: model::Pseudonym =
        ledger::Leaf::parse(body.leaf.as_bytes()).unwrap().officer.unwrap().parse().unwrap();
    let all = store::officers::all(&*reader).unwrap();
    let other = all.iter().map(|o| o.pseudonym).find(|p| *p != asked).unwrap();
    let found = crate::vault::proven(&*reader, other).unwrap();
    IdentityProof {
        count: found.count,
        index: found.index,
        path: found.path,
        sealed: Base64(found.sealed),
        ..body.identity.clone()
    }
}

#[test]
fn another_officers_sealed_identity_swapped_into_a_request_is_refused() {
    let office = Office::new();
    let (session, _) = office.asked();
    let mut body = request(&office);
    body.identity = somebody_else(&session, &body);
    let (code, words) = code(send(&office, &body));
    assert_eq!(code, ErrorCode::LedgerRefused);
    assert!(words.contains("another officer"), "{words}");
    assert!(!office.at("grant").exists());
}

#[test]
fn a_forged_sealed_identity_is_refused() {
    let office = Office::new();
    let (session, asked) = office.asked();
    let mut body = request(&office);
    let mut fields = seal::IdentityFields::default();
    fields.surname = "Nobody".into();
    // Anybody can seal to the vault: only the committed root tells who did.
    let forged = session.facts.vault.seal_identity(session.id(), &asked.officer, &fields).unwrap();
    body.identity.sealed = Base64(forged);
    let (code, words) = code(send(&office, &body));
    assert_eq!(code, ErrorCode::LedgerRefused);
    assert!(words.contains("not one that was imported"), "{words}");
}

#[test]
fn a_request_whose_entry_is_not_in_the_countersigned_ledger_is_refused() {
    let office = Office::new();
    let (session, _) = office.asked();
    dpo::request::review(&office.post("dpo-1"), &office.pack("request")).expect("it holds");
    office.request(&session, 1, "newer").expect("asked");
    let (refused, words) = code(office.grant("dpo-1", "newer", "grant"));
    assert_eq!(refused, ErrorCode::LedgerRefused);
    assert!(words.contains("newer than the ledger"), "{words}");
    let mut body = request(&office);
    body.leaf = body.leaf.replace("\"scope\":[\"name\"", "\"scope\":[\"contact\",\"name\"");
    let (refused, words) = code(send(&office, &body));
    assert_eq!(refused, ErrorCode::LedgerRefused);
    assert!(words.contains("not in the ledger"), "{words}");
}

#[test]
fn an_entry_that_asks_for_more_than_its_justification_says_is_refused() {
    let office = Office::new();
    let (session, _) = office.asked();
    let mut body = request(&office);
    let asked = ledger::Leaf::parse(body.leaf.as_bytes()).unwrap();
    let mut entry = crate::record::Entry::new(asked.kind).text_hash(asked.text_hash.clone().unwrap());
    entry.lead = asked.lead.as_ref().and_then(|l| l.parse().ok());
    entry.officer = asked.officer.as_ref().and_then(|o| o.parse().ok());
    entry.details = asked.details.clone();
    let entry = entry.with("scope", vec!["name", "unit", "contact"]).with("asked_30_days", 1);
    let seq = crate::book::record_with(&session, entry, |_, _| Ok(())).unwrap();
    office.send_ledger(&session, "wider");
    office.countersign("dpo-1", "wider", "wider-line").expect("the ledger itself holds");
    let reader = session.reader();
    let size = store::ledger::size(&*reader).unwrap();
    let path = |seq| ledger::inclusion(seq, size, &Stored(&*reader)).unwrap();
    let import = ledger::Leaf::parse(body.identity.import_leaf.as_bytes()).unwrap().seq;
    (body.path, body.identity.import_path) = (path(seq), path(import));
    body.leaf = String::from_utf8(store::ledger::leaf(&*reader, seq).unwrap().bytes).unwrap();
    body.checkpoint = store::ledger::checkpoint_at(&*reader, size).unwrap().unwrap().note;
    let (refused, words) = code(send(&office, &body));
    assert_eq!(refused, ErrorCode::LedgerRefused);
    assert!(words.contains("something else than its justification"), "{words}");
    assert!(!office.at("grant").exists());
}

#[test]
fn a_reviewer_who_stood_back_asks_for_no_name() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    let (lead, _) = office.leads(&session)[0].clone();
    crate::lead::recuse(&session, &lead, "I know this officer in private.").expect("stood back");
    let mut asking = RequestName {
        lead: lead.clone(),
        officer: String::new(),
        justification: why(&lead),
        passphrase: PASSPHRASE.into(),
        path: office.path("request"),
    };
    let (refused, words) = code(exchange::request::ask(&session, &mut asking));
    assert_eq!(refused, ErrorCode::PolicyForbids);
    assert!(words.contains("stood back"), "{words}");
    assert!(!office.at("request").exists());
}

#[test]
fn a_justification_changed_after_its_entry_is_refused() {
    let office = Office::new();
    let _session = office.asked();
    let mut body = request(&office);
    body.justification = body.justification.replace("paper approval", "verbal approval");
    assert!(code(send(&office, &body)).1.contains("justification"));
}

#[test]
fn one_reviewer_cannot_send_the_request_of_another() {
    let office = Office::new();
    let _session = office.asked();
    let body = request(&office);
    office.forge("reviewer-2", "dpo-1", &body, "stolen");
    let (code, words) = code(office.grant("dpo-1", "stolen", "grant"));
    assert_eq!(code, ErrorCode::LedgerRefused);
    assert!(words.contains("somebody else than its sender"), "{words}");
}

#[test]
fn a_request_passed_on_with_other_content_by_one_who_could_open_it_is_refused() {
    let office = Office::new();
    let _session = office.asked();
    let opened = office.member("dpo-1").open(&std::fs::read(office.at("request")).unwrap(), 1 << 22).unwrap();
    let altered = String::from_utf8(opened.to_vec()).unwrap().replace("PSD/2026/0142", "PSD/2026/0143");
    let to = [office.member("dpo-2").card().recipient().clone()];
    std::fs::write(office.at("resealed"), seal::seal(&to, altered.as_bytes()).unwrap()).unwrap();
    let (code, _) = code(office.grant("dpo-2", "resealed", "grant"));
    assert_eq!(code, ErrorCode::PackAltered);
}

#[test]
fn another_reviewers_grant_is_for_someone_else() {
    let office = Office::new();
    let (session, _) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    session.close().expect("closes");
    let second = office.open("reviewer-2");
    assert_eq!(code(office.apply(&second, "grant")).0, ErrorCode::PackForSomeoneElse);
    // Even when it is sealed anew by the officer, to the wrong reviewer.
    let body: GrantBody = office.body("reviewer-1", "grant");
    office.forge("dpo-1", "reviewer-2", &body, "misdirected");
    let (refused, words) = code(office.apply(&second, "misdirected"));
    assert_eq!(refused, ErrorCode::PackForSomeoneElse);
    assert!(words.contains("another reviewer"), "{words}");
    assert_eq!(kinds(&second, 2), ["attempt.failed", "attempt.failed"]);
}

#[test]
fn a_grant_is_taken_once_and_opened_once() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    let body: GrantBody = office.body("reviewer-1", "grant");
    office.apply(&session, "grant").expect("taken");
    assert_eq!(code(office.apply(&session, "grant")).0, ErrorCode::PackReplayed);
    office.reveal(&session, &asked.lead).expect("shown");
    office.forge("dpo-1", "reviewer-1", &body, "same-again");
    assert_eq!(code(office.apply(&session, "same-again")).0, ErrorCode::PackReplayed);
    let kept = store::requests::get(&*session.reader(), u64::from(asked.seq)).unwrap().unwrap();
    assert_eq!((kept.secret, kept.granted), (None, None), "nothing is left that could open the grant");
}

#[test]
fn a_grant_for_more_than_was_asked_is_refused() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    let sound: GrantBody = office.body("reviewer-1", "grant");
    let wider = [
        GrantBody { scope: vec![Scope::Name, Scope::Contact], ..sound.clone() },
        GrantBody { minutes: 30, ..sound.clone() },
        GrantBody { officer: "OFC-0000-0000".into(), ..sound.clone() },
        GrantBody { lead: "L-0999".into(), ..sound.clone() },
    ];
    for (n, body) in wider.iter().enumerate() {
        let name = format!("wider-{n}");
        office.forge("dpo-1", "reviewer-1", body, &name);
        let gap = PackRef { path: office.path(&name), without_earlier: true };
        let refused = exchange::apply::apply(&session, &gap);
        assert_eq!(code(refused).0, ErrorCode::PolicyForbids, "{n}");
    }
    let absent = GrantBody { entry: 0, ..sound };
    office.forge("dpo-1", "reviewer-1", &absent, "absent");
    let gap = PackRef { path: office.path("absent"), without_earlier: true };
    assert_eq!(code(exchange::apply::apply(&session, &gap)).0, ErrorCode::NotFound);
    assert_eq!(code(office.reveal(&session, &asked.lead)).0, ErrorCode::PolicyForbids);
}

#[test]
fn a_grant_that_holds_more_than_its_scope_shows_nothing() {
    let office = Office::new();
    let (session, asked) = office.asked();
    let leaf: ledger::Leaf = ledger::Leaf::parse(request(&office).leaf.as_bytes()).unwrap();
    let once: seal::VaultRecipient = leaf.details["once"].as_str().unwrap().parse().unwrap();
    let more = br#"[["Name","Alex Example"],["Contact","alex@example.org"]]"#;
    let sealed = once.seal_bytes(&exchange::reveal::purpose(leaf.seq), session.id(), more).unwrap();
    let body = GrantBody {
        entry: leaf.seq,
        expires: "2030-01-01T00:00:00Z".into(),
        lead: asked.lead.clone(),
        minutes: 5,
        officer: asked.officer.clone(),
        request: Hash([0; 32]),
        scope: vec![Scope::Name],
        sealed: Base64(sealed),
    };
    office.forge("dpo-1", "reviewer-1", &body, "grant");
    office.apply(&session, "grant").expect("its outside is within the scope");
    assert_eq!(code(office.reveal(&session, &asked.lead)).0, ErrorCode::IdentityMismatch);
    assert_eq!(kinds(&session, 2), ["unmask.failed", "unmask.revealed"]);
}

#[test]
fn a_grant_is_not_opened_after_its_time() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    office.apply(&session, "grant").expect("taken");
    office.clock.set(NOW + 8 * 86_400);
    assert_eq!(code(office.reveal(&session, &asked.lead)).0, ErrorCode::PolicyForbids);
    assert_eq!(kinds(&session, 1), ["unmask.expired"]);
    let kept = store::requests::get(&*session.reader(), u64::from(asked.seq)).unwrap().unwrap();
    assert_eq!(kept.secret, None);
}

#[test]
fn a_grant_that_arrives_after_its_time_is_refused() {
    let office = Office::new();
    let (session, _) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    office.clock.set(NOW + 8 * 86_400);
    assert_eq!(code(office.apply(&session, "grant")).0, ErrorCode::Expired);
}

#[test]
fn no_name_is_shown_when_its_entry_cannot_be_made_durable() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    office.apply(&session, "grant").expect("taken");
    // A folder where the head should be: it cannot be replaced.
    let head = office.at("store/head");
    std::fs::remove_file(&head).unwrap();
    std::fs::create_dir(&head).unwrap();
    assert!(office.reveal(&session, &asked.lead).is_err());
    std::fs::remove_dir(&head).unwrap();
    let kept = store::requests::get(&*session.reader(), u64::from(asked.seq)).unwrap().unwrap();
    assert_eq!(kept.secret, None, "the entry is there, so the grant is used up");
}

#[test]
fn a_lost_request_is_written_again_without_a_second_entry() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    let first = office.request(&session, 0, "request").expect("asked");
    std::fs::remove_file(office.at("request")).unwrap();
    let again = office.request(&session, 0, "request").expect("written again");
    assert_eq!(first.seq, again.seq);
    office.send_ledger(&session, "ledger");
    office.countersign("dpo-1", "ledger", "countersignature").expect("countersigned");
    assert_eq!(code(office.grant("dpo-1", "request", "grant")).0, ErrorCode::PackOrder);
    let grant = GrantRequest {
        pack: office.path("request"),
        path: office.path("grant"),
        scope: vec!["name".into()],
        minutes: 2,
        days: 1,
        without_earlier: true,
    };
    dpo::answer::grant(&office.post("dpo-1"), &grant).expect("granted, and less of it");
    office.apply(&session, "grant").expect("taken");
    let shown = office.reveal(&session, &again.lead).expect("shown");
    assert!(shown.iter().all(|f| f.label != "Unit"));
}
