use super::*;

#[test]
fn a_name_goes_from_request_to_grant_to_the_window_and_every_step_is_an_entry_first() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    office.apply(&session, "countersignature").expect("taken");
    office.apply(&session, "grant").expect("taken");
    assert_eq!(kinds(&session, 2), ["unmask.granted", "checkpoint"]);
    let shown = office.reveal(&session, &asked.lead).expect("shown");
    let labels: Vec<&str> = shown.iter().map(|f| f.label.as_str()).collect();
    assert!(
        labels.contains(&"Name") && labels.contains(&"Unit") && !labels.contains(&"Contact"),
        "{labels:?}"
    );
    assert_eq!(kinds(&session, 1), ["unmask.revealed"]);
    let (again, _) = code(office.reveal(&session, &asked.lead));
    assert_eq!(again, ErrorCode::PolicyForbids);
    assert!(crate::entries::verify(&session).expect("verified").proved);
    let view = life::view(&session).expect("a view");
    assert_eq!(view.countersigned_days, Some(0));
    assert!(view.entries_since > 0 && view.entries_since < view.ledger_entries);
}

#[test]
fn the_name_shown_is_the_one_the_roll_gives_the_officer() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.grant("dpo-1", "request", "grant").expect("granted");
    office.apply(&session, "grant").expect("taken");
    let shown = office.reveal(&session, &asked.lead).expect("shown");
    let id = &shown.iter().find(|f| f.label == "Officer id").expect("an id").value;
    let roll = std::fs::read(template().folder.path().join("force/officers.csv")).expect("the roll");
    let roll = String::from_utf8_lossy(&roll);
    let row = roll.lines().find(|line| line.contains(id.as_str())).expect("the id is on the roll");
    let name = &shown.iter().find(|f| f.label == "Name").expect("a name").value;
    let mut parts = name.split(' ').filter(|part| part.is_ascii());
    assert!(parts.all(|part| row.contains(part)), "{name} in {row}");
}

#[test]
fn a_refusal_ends_a_request_and_says_why() {
    let office = Office::new();
    let (session, asked) = office.asked();
    let refusal = AnswerRequest {
        pack: office.path("request"),
        path: office.path("refusal"),
        reason: "The unit was not asked first.".into(),
        without_earlier: false,
    };
    let stands = |session: &Session| {
        let lead = crate::lead::get(session, asked.lead.parse().expect("a number")).expect("a lead");
        lead.names_asked.into_iter().map(|n| (n.state, n.reason, n.until.is_empty())).collect::<Vec<_>>()
    };
    assert_eq!(stands(&session), [("requested".to_owned(), String::new(), false)]);
    dpo::answer::refuse(&office.post("dpo-1"), &refusal).expect("refused");
    assert!(office.apply(&session, "refusal").expect("taken").words.contains("not asked first"));
    assert_eq!(kinds(&session, 1), ["unmask.refused"]);
    assert_eq!(stands(&session), [("refused".to_owned(), "The unit was not asked first.".to_owned(), true)]);
    assert_eq!(code(office.reveal(&session, &asked.lead)).0, ErrorCode::PolicyForbids);
    let (after, words) = code(office.grant("dpo-1", "request", "late"));
    assert_eq!((after, words.contains("before")), (ErrorCode::PackReplayed, true));
}

#[test]
fn any_one_of_several_officers_may_grant() {
    let office = Office::new();
    let (session, asked) = office.asked();
    office.countersign("dpo-2", "ledger", "second").expect("countersigned");
    office.grant("dpo-2", "request", "grant").expect("granted");
    office.apply(&session, "grant").expect("taken");
    office.reveal(&session, &asked.lead).expect("shown");
    // The other officer's answer comes too late.
    office.grant("dpo-1", "request", "other").expect("granted by the other");
    assert_eq!(code(office.apply(&session, "other")).0, ErrorCode::PackReplayed);
}

#[test]
fn a_challenge_stays_open_on_its_lead_until_it_is_answered() {
    let office = Office::new();
    let (session, asked) = office.asked();
    let raise = RaiseChallenge {
        pack: office.path("ledger"),
        entry: asked.seq,
        question: "Why was the unit not asked before?".into(),
        path: office.path("challenge"),
        without_earlier: false,
    };
    let raised = dpo::challenge::raise(&office.post("dpo-1"), &raise).expect("raised");
    office.apply(&session, "challenge").expect("taken");
    let lead = || crate::lead::get(&session, asked.lead.parse().expect("a lead")).expect("a lead");
    assert!(lead().challenges[0].open);
    office.send_ledger(&session, "ledger-2");
    let review = dpo::review::review(&office.post("dpo-1"), &office.pack("ledger-2")).expect("reviewed");
    assert_eq!(review.ledger.open_challenges, std::slice::from_ref(&raised.code));
    let answer = |words: &str| AnswerChallenge {
        code: raised.code.clone(),
        answer: words.into(),
        path: office.path("answer"),
    };
    let said = "The unit was asked on two days in June.";
    assert!(!exchange::challenge::answer(&session, &answer(said)).expect("answered").open);
    assert_eq!(
        code(exchange::challenge::answer(&session, &answer("Something else entirely."))).0,
        ErrorCode::Decision
    );
    assert!(!lead().challenges[0].open);
    let read = dpo::challenge::answer(&office.post("dpo-1"), &office.pack("answer")).expect("read");
    assert_eq!(read.answer, said);
    assert!(dpo::review::stores(&office.post("dpo-1")).expect("a list")[0].open_questions == 0);
}

#[test]
fn only_the_custodian_imports_and_only_officers_of_data_protection_open_the_vault() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    assert_eq!(session.pseudonym_keys().err().expect("refused").code(), ErrorCode::NeedsCustodian);
    drop(session);
    let custodian = office.open("custodian-1");
    assert!(custodian.pseudonym_keys().is_ok());
    assert_eq!(code(office.request(&custodian, 0, "request")).0, ErrorCode::PolicyForbids);
    let vault = std::fs::read(office.at("store/vault.age")).expect("a file");
    for (name, role) in PEOPLE {
        let opened =
            seal::KeyFile::open_key(&office.member(name), seal::KeyKind::Vault, custodian.id(), &vault);
        assert_eq!(opened.is_ok(), role == "dpo", "{name}");
    }
}

#[test]
fn the_custodian_sees_no_lead_and_the_reviewer_no_row_of_a_raw_file() {
    let office = Office::new();
    let open = |who: &str| {
        let app = App::start(office.home(who), Arc::clone(&office.clock) as Arc<dyn Clock>);
        let request = OpenStore { path: office.path("store"), passphrase: PASSPHRASE.into() };
        app.open_store(request).expect("opens");
        app
    };
    let query = LeadsQuery { filter: LeadFilter::default(), sort: "priority".into(), offset: 0, limit: 5 };
    let entries = LedgerQuery { limit: 5, ..LedgerQuery::default() };
    let (custodian, lead) = (open("custodian-1"), || LeadRef { lead: "L-0001".into() });
    assert_eq!(code(custodian.leads(query.clone())).0, ErrorCode::PolicyForbids);
    assert_eq!(code(custodian.lead(lead())).0, ErrorCode::PolicyForbids);
    assert_eq!(code(custodian.ledger(entries)).0, ErrorCode::PolicyForbids);
    assert_eq!(code(custodian.retention()).0, ErrorCode::PolicyForbids);
    assert!(
        custodian.verify_ledger().expect("runs").proved && !custodian.imports().expect("a list").is_empty()
    );
    custodian.lock().expect("locks");

    let reviewer = open("reviewer-1");
    let path = template().folder.path().join("force/officers.csv").display().to_string();
    let inspect = InspectFile { path, kind: None, mapping: None };
    assert_eq!(code(reviewer.inspect_file(inspect)).0, ErrorCode::NeedsCustodian);
    assert!(reviewer.leads(query).expect("a page").total > 0 && reviewer.lead(lead()).is_ok());
}

#[test]
fn a_request_nobody_answers_ends_by_itself_and_takes_its_key_along() {
    let office = Office::new();
    let session = office.open("reviewer-1");
    let asked = office.request(&session, 0, "request").expect("asked");
    session.close().expect("closes");
    office.clock.set(NOW + 40 * 86_400);
    let session = office.open("reviewer-1");
    assert_eq!(kinds(&session, 1), ["unmask.expired"]);
    let kept =
        store::requests::get(&*session.reader(), u64::from(asked.seq)).expect("reads").expect("is there");
    assert_eq!(kept.secret, None);
}
