use super::*;
use proptest::prelude::*;

fn export_of(leaves: &[Vec<u8>]) -> String {
    build_export(STORE, leaves, signed(leaves).as_str(), &policy()).unwrap()
}

#[test]
fn a_whole_ledger_is_proved_in_words() {
    let checks = verify_export(&export_of(&entries(412)), Some(&policy()));
    assert!(all_hold(&checks), "{checks:?}");
    let said: Vec<&str> = checks.iter().map(|c| c.what.as_str()).collect();
    for sentence in [
        "412 entries, numbered 0 to 411, none missing",
        "Each entry names this store",
        "Signed by the store and by reviewer-1",
        "The root recomputed from the entries equals the signed one",
    ] {
        assert!(said.contains(&sentence), "{said:?}");
    }
}

#[test]
fn without_a_policy_the_keys_in_the_file_are_used_and_shown_for_comparison() {
    let checks = verify_export(&export_of(&entries(3)), None);
    assert!(all_hold(&checks));
    let look = checks.iter().find(|c| c.what.starts_with("The keys come from the file itself")).unwrap();
    assert_eq!(look.outcome, Outcome::Look);
    assert!(look.detail.contains(&known()[0].fingerprint()));
}

#[test]
fn a_ledger_signed_anew_with_other_keys_fails_against_the_keys_one_holds() {
    let leaves = entries(5);
    let tree = tree_of(&leaves);
    let head = Checkpoint::new(STORE, 5, tree.root_at(5).unwrap());
    let (log, member) = (signing(20), signing(21));
    let note = sign_checkpoint(&head, &log, ("reviewer 1", &member)).unwrap();
    let own = Policy::new(
        verifier_key(&origin(), &log.verifying_key()).unwrap(),
        vec![verifier_key(&member_key_name(&origin(), "reviewer 1"), &member.verifying_key()).unwrap()],
    );
    let forged = build_export(STORE, &leaves, note.as_str(), &own.unwrap()).unwrap();
    assert!(all_hold(&verify_export(&forged, None)));
    assert_eq!(failed(&verify_export(&forged, Some(&policy()))), ["The signatures do not hold"]);
}

#[test]
fn a_removed_a_swapped_a_changed_and_an_added_entry_are_each_noticed() {
    let honest = entries(9);
    let forge = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut leaves = honest.clone();
        change(&mut leaves);
        let text = build_export(STORE, &leaves, signed(&honest).as_str(), &policy()).unwrap();
        failed(&verify_export(&text, Some(&policy()))).iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()
    };
    const NUMBERS: &str = "The entries are not numbered one after the other from 0";
    const COUNT: &str = "The signed head counts another number of entries";
    const ROOT: &str = "The root recomputed from the entries is not the signed one";
    assert_eq!(forge(&|leaves| drop(leaves.remove(4))), [NUMBERS, COUNT]);
    assert_eq!(forge(&|leaves| drop(leaves.pop())), [COUNT]);
    assert_eq!(forge(&|leaves| leaves.swap(2, 3)), [NUMBERS, ROOT]);
    assert_eq!(forge(&|leaves| leaves.push(entry(9).to_bytes().unwrap())), [COUNT]);
    let changed = Leaf { by: "someone else".into(), ..entry(4) }.to_bytes().unwrap();
    assert_eq!(forge(&|leaves| leaves[4] = changed.clone()), [ROOT]);
    assert_eq!(forge(&|_| ()), [""; 0]);
}

#[test]
fn the_walk_names_what_is_wrong_and_where() {
    let mut leaves = entries(12);
    leaves[3] = b"{}".to_vec();
    leaves[5] = Leaf { store: "st-other".into(), ..entry(5) }.to_bytes().unwrap();
    leaves[8] = Leaf { at: "2020-01-01T00:00:00Z".into(), ..entry(8) }.to_bytes().unwrap();
    let report = fsck(STORE, &leaves);
    assert_eq!(report.size(), 12);
    assert_eq!(report.root(), tree_of(&leaves).root_at(12).unwrap());
    assert_eq!(
        failed(&report.checks),
        [
            "The entries are not numbered one after the other from 0",
            "Some entries cannot be read",
            "Some entries belong to another store"
        ]
    );
    let details: Vec<&str> = report.checks.iter().map(|c| c.detail.as_str()).collect();
    assert!(details.contains(&"entry at 5"), "{details:?}");
    assert!(details.contains(&"unmarked: entry at 8"), "{details:?}");
}

#[test]
fn a_clock_that_ran_backwards_is_for_a_person_to_look_at() {
    let mut leaves = entries(4);
    let set_back = Leaf { at: "2026-11-20T00:00:00Z".into(), kind: Kind::ClockBackwards, ..entry(3) };
    leaves[3] = set_back.to_bytes().unwrap();
    let checks = fsck(STORE, &leaves).checks;
    assert!(all_hold(&checks));
    let look = checks.iter().find(|c| c.outcome == Outcome::Look).unwrap();
    assert_eq!(look.what, "The clock ran backwards; order comes from the numbers, not the times");
    assert_eq!(look.detail, "marked as such: entry at 3");
}

#[test]
fn a_name_shown_without_a_justification_is_pointed_out() {
    let mut leaves = entries(3);
    leaves[1] = Leaf { kind: Kind::Consultation, ..entry(1) }.to_bytes().unwrap();
    let checks = fsck(STORE, &leaves).checks;
    let look = checks.iter().find(|c| c.outcome == Outcome::Look).unwrap();
    assert_eq!(look.what, "A name was shown without an earlier justification for that officer");
    assert_eq!(look.detail, "entry at 2");
}

#[test]
fn an_empty_ledger_and_one_without_a_beginning_are_not_taken_for_whole() {
    assert!(fsck(STORE, Vec::<Vec<u8>>::new()).checks.iter().any(|c| c.what == "There are no entries"));
    let late = Leaf { kind: Kind::Note, ..entry(0) }.to_bytes().unwrap();
    assert!(fsck(STORE, [late]).checks.iter().any(|c| c.what.starts_with("The ledger does not begin")));
}

#[test]
fn an_entry_that_is_none_cannot_be_exported() {
    let leaves = [entries(1).remove(0), b"{}".to_vec()];
    let outcome = build_export(STORE, &leaves, "", &policy());
    assert_eq!(outcome, Err(ExportError::Leaf(1, LeafError::Form)));
}

#[test]
fn a_document_of_another_form_is_refused() {
    let text = export_of(&entries(2));
    for form in [
        text.replace("countersign-ledger/1", "countersign-ledger/2"),
        text.replace("\"store\"", "\"stores\""),
        text.replacen('{', "{\"more\": 1,", 1),
        text[..text.len() - 2].to_owned(),
        String::new(),
    ] {
        assert_eq!(verify_export(&form, None).len(), 1, "{form}");
        assert!(!all_hold(&verify_export(&form, None)));
    }
}

#[test]
fn an_export_with_any_bit_flipped_in_entries_store_or_checkpoint_does_not_hold() {
    let text = export_of(&entries(3));
    let end = text.find("\"policy\"").unwrap();
    let sound = serde_json::from_str::<serde_json::Value>(&text).unwrap();
    for changed in one_bit_away(&text[..end]) {
        let changed = format!("{changed}{}", &text[end..]);
        // White space between the parts means nothing in JSON.
        let same = serde_json::from_str::<serde_json::Value>(&changed).is_ok_and(|value| value == sound);
        assert!(same || !all_hold(&verify_export(&changed, Some(&policy()))), "{changed}");
    }
}

/// `cargo test -p ledger --release -- --ignored --nocapture 100_000`
#[test]
#[ignore = "a measurement"]
fn verifying_100_000_entries_is_fast() {
    let text = export_of(&entries(100_000));
    let start = std::time::Instant::now();
    let checks = verify_export(&text, Some(&policy()));
    println!("{} bytes, {} checks in {:?}", text.len(), checks.len(), start.elapsed());
    assert!(all_hold(&checks) && start.elapsed().as_secs() < 20);
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,300}") {
        let _ = verify_export(&text, None);
        let _ = check_proof(&text, None, None);
        let _ = text.parse::<Policy>();
        let _ = text.parse::<VerifierKey>();
        let _ = read_unverified(&text);
    }
}
