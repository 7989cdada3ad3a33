use super::*;

fn text_of(index: u64) -> String {
    proof_of(&entries(20), index).to_string()
}

#[test]
fn a_proof_reads_back_and_holds_for_each_entry() {
    for index in 0..20 {
        let proof: Proof = text_of(index).parse().unwrap();
        assert_eq!(proof.to_string(), text_of(index));
        let leaf = leaf_hash(proof.extra.as_deref().unwrap());
        assert_eq!(proof.verify(leaf, &policy()).unwrap().checkpoint.size, 20);
        assert!(matches!(proof.verify(Hash::EMPTY, &policy()), Err(ProofError::Tree(_))));
    }
}

#[test]
fn one_file_and_a_policy_are_enough_and_say_what_was_proved() {
    let checks = check_proof(&text_of(1), None, Some(&policy()));
    assert!(all_hold(&checks), "{checks:?}");
    assert_eq!(checks[0].what, "The entry is number 1 of the 20 in the ledger");
    assert_eq!(
        checks[1].what,
        "The entry is “unmask.recorded” by reviewer 1 at 2026-11-21T09:00:01Z, lead LD-0042, OFC-7K2M-0XZ9"
    );
    assert_eq!(checks[2].what, "Signed by the store and by reviewer-1");
}

#[test]
fn a_proof_with_any_bit_flipped_does_not_hold() {
    for changed in one_bit_away(&text_of(1)) {
        assert!(!all_hold(&check_proof(&changed, None, Some(&policy()))), "{changed}");
    }
}

#[test]
fn an_entry_given_by_hand_replaces_the_one_in_the_file() {
    let mut proof = proof_of(&entries(20), 4);
    let bytes = proof.extra.take().unwrap();
    assert!(!all_hold(&check_proof(&proof.to_string(), None, Some(&policy()))));
    assert!(all_hold(&check_proof(&proof.to_string(), Some(&bytes), Some(&policy()))));
    assert!(!all_hold(&check_proof(&text_of(4), Some(&entries(20)[5]), Some(&policy()))));
}

#[test]
fn a_proof_without_keys_proves_nothing() {
    let checks = check_proof(&text_of(1), None, None);
    assert_eq!(failed(&checks), ["Nobody's signature was checked"]);
}

#[test]
fn an_entry_that_claims_another_place_is_refused_although_the_path_holds() {
    let mut leaves = entries(5);
    leaves[2] = entry(3).to_bytes().unwrap();
    let checks = check_proof(&proof_of(&leaves, 2).to_string(), None, Some(&policy()));
    assert_eq!(failed(&checks), ["The entry names another number or store than the proof"]);
}

#[test]
fn other_forms_of_a_proof_are_refused() {
    let text = text_of(1);
    let extra_twice = text.replacen("extra ", "extra AAAA\nextra ", 1);
    let forms = [
        text.replace("@v1", "@v2"),
        text.replace("index 1", "index 01"),
        text.replace("index 1", "index -1"),
        text.replace("index 1\n", ""),
        text.replace("index 1\n", &format!("index 1\n{}", format!("{}\n", Hash::EMPTY).repeat(65))),
        extra_twice,
        String::new(),
    ];
    for form in forms {
        assert!(matches!(form.parse::<Proof>(), Err(ProofError::Malformed)), "{form}");
    }
}

#[test]
fn a_policy_reads_back_and_is_readable_by_others_without_its_members() {
    let text = policy().to_string();
    assert_eq!(text.parse::<Policy>().unwrap(), policy());
    let c2sp = policy().to_c2sp();
    assert_eq!(c2sp, format!("log {}\nquorum none\n", known()[0]));
}

#[test]
fn a_required_countersignature_must_be_there() {
    let [log, member] = known().try_into().unwrap();
    let policy = Policy::with_witnesses(log, vec![member], vec![witness_vkey()], 1).unwrap();
    let note = signed(&entries(7));
    assert_eq!(policy.open(note.as_str()), Err(PolicyError::Quorum));
    let verified = verify_checkpoint(note.as_str(), &known()).unwrap();
    let line = cosign(&verified, "countersign/dpo", &witness(), 1_800_000_000).unwrap();
    let note = attach_cosignature(note.as_str(), &line, &witness_vkey()).unwrap();
    assert_eq!(policy.open(note.as_str()).unwrap().cosigned.len(), 1);
    let proof = Proof { checkpoint: note, ..proof_of(&entries(7), 3) };
    let checks = check_proof(&proof.to_string(), None, Some(&policy));
    assert_eq!(checks[3].what, "Countersigned by countersign/dpo at 2027-01-15 08:00 UTC");
}

#[test]
fn groups_count_as_the_specification_says() {
    let key = |seed| witness_key("w", &signing(seed).verifying_key()).unwrap();
    let (log, member) = (&known()[0], &known()[1]);
    let text = format!(
        "# trust\n log\t{log} https://ignored.example/\n\nmember {member}\nwitness A {}\nwitness B {}\nwitness C {}\n\
         group two 2 A B C\nquorum two\n",
        key(10),
        key(11),
        key(12)
    );
    let policy: Policy = text.parse().unwrap();
    let mut note = signed(&entries(3));
    let verified = verify_checkpoint(note.as_str(), &known()).unwrap();
    for (count, seed) in [(0, 10), (1, 12)] {
        assert_eq!(policy.open(note.as_str()), Err(PolicyError::Quorum), "{count}");
        let line = cosign(&verified, "w", &signing(seed), 1).unwrap();
        note = attach_cosignature(note.as_str(), &line, &key(seed)).unwrap();
    }
    assert_eq!(policy.open(note.as_str()).unwrap().cosigned.len(), 2);
}

#[test]
fn a_policy_that_says_two_things_is_refused() {
    let (log, member, witness) = (&known()[0], &known()[1], witness_vkey());
    let refused = |text: String| text.parse::<Policy>().unwrap_err();
    assert_eq!(refused(String::new()), PolicyError::NoLog);
    assert_eq!(refused(format!("log {log}\n")), PolicyError::NoQuorum);
    assert_eq!(refused(format!("log {log}\nquorum none\nquorum none\n")), PolicyError::Line(3));
    assert_eq!(refused(format!("log {log}\nlog {log}\nquorum none\n")), PolicyError::Repeated(2));
    assert_eq!(refused(format!("log {log}\nquorum w\nwitness w {witness}\n")), PolicyError::Name(2));
    assert_eq!(refused(format!("log {log}\nwitness none {witness}\nquorum none\n")), PolicyError::Name(2));
    assert_eq!(
        refused(format!("log {log}\nwitness w {member}\nquorum none\n")),
        PolicyError::Key(2, KeyError::Algorithm)
    );
    assert_eq!(
        refused(format!("log {log}\nwitness w {witness}\ngroup g 2 w\nquorum g\n")),
        PolicyError::Line(3)
    );
    assert_eq!(
        refused(format!("log {log}\nwitness w {witness}\ngroup g any w w\nquorum g\n")),
        PolicyError::Name(3)
    );
    assert_eq!(refused(format!("trust {log}\nquorum none\n")), PolicyError::Line(1));
    assert_eq!(refused(format!("log {log}\r\nquorum none\n")), PolicyError::Line(1));
}
