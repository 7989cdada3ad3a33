use super::*;

fn head() -> SignedCheckpoint {
    signed(&entries(7))
}

#[test]
fn another_implementation_of_the_formats_signs_the_same_bytes() {
    let theirs = vectors("signatures.json");
    let text = |name: &str| theirs[name].as_str().unwrap().to_owned();
    assert_eq!(known()[0].to_string(), text("log"));
    assert_eq!(known()[1].to_string(), text("member"));
    assert_eq!(witness_vkey().to_string(), text("witness"));
    let empty = Checkpoint::new(STORE, 0, Hash::EMPTY);
    let note = sign_checkpoint(&empty, &ledger_key(), ("reviewer 1", &member())).unwrap();
    assert_eq!(note.as_str(), text("note"));
    let verified = verify_checkpoint(note.as_str(), &known()).unwrap();
    let line = cosign(&verified, "countersign/dpo", &witness(), theirs["time"].as_u64().unwrap()).unwrap();
    assert_eq!(line, text("cosignature"));
}

#[test]
fn a_checkpoint_signed_by_ledger_and_member_is_believed() {
    let verified = verify_checkpoint(head().as_str(), &known()).unwrap();
    assert_eq!(verified.checkpoint.size, 7);
    assert_eq!(verified.checkpoint.store(), STORE);
    assert_eq!(verified.members, ["reviewer-1"]);
}

#[test]
fn both_the_ledger_key_and_a_known_member_are_needed() {
    let [log, member] = known().try_into().unwrap();
    let open = |keys: &[VerifierKey]| verify_checkpoint(head().as_str(), keys).unwrap_err();
    assert_eq!(open(&[]), CheckpointError::Ledger);
    assert_eq!(open(std::slice::from_ref(&member)), CheckpointError::Ledger);
    assert_eq!(open(std::slice::from_ref(&log)), CheckpointError::Member);
    let stranger = verifier_key(member.name(), &signing(9).verifying_key()).unwrap();
    assert_eq!(open(&[log, stranger]), CheckpointError::Member);
}

#[test]
fn a_ledger_key_of_another_store_does_not_count() {
    let other = Checkpoint::new("st-other", 7, Hash::EMPTY);
    let note = sign_checkpoint(&other, &ledger_key(), ("reviewer 1", &member())).unwrap();
    assert_eq!(verify_checkpoint(note.as_str(), &known()), Err(CheckpointError::Ledger));
}

#[test]
fn a_checkpoint_with_any_bit_flipped_is_refused() {
    for changed in one_bit_away(head().as_str()) {
        assert!(verify_checkpoint(&changed, &known()).is_err(), "{changed}");
    }
}

#[test]
fn a_checkpoint_in_any_other_form_is_refused() {
    let note = head();
    let note = note.as_str();
    let (body, tail) = note.split_once("\n\n").unwrap();
    let root = body.lines().last().unwrap();
    let forms = [
        note.replace("\n7\n", "\n07\n"),
        note.replace("\n7\n", "\n+7\n"),
        note.replace(root, root.trim_end_matches('=')),
        format!("{body}\nan extension\n\n{tail}"),
        note.trim_end().to_owned(),
        format!("{note}\n"),
        note.replace('\n', "\r\n"),
        note.replace("countersign/", "other/"),
        body.to_owned(),
        String::new(),
    ];
    for form in forms {
        assert_eq!(read_unverified(&form), Err(CheckpointError::Malformed), "{form}");
    }
}

#[test]
fn names_that_cannot_stand_in_a_checkpoint_are_refused_when_signing() {
    let sign = |store: &str, name: &str| {
        let head = Checkpoint::new(store, 0, Hash::EMPTY);
        sign_checkpoint(&head, &ledger_key(), (name, &member())).map(|_| ())
    };
    assert_eq!(sign("", "a"), Err(CheckpointError::Name));
    assert_eq!(sign("two words", "a"), Err(CheckpointError::Name));
    assert_eq!(sign("line\nbreak", "a"), Err(CheckpointError::Name));
    assert_eq!(sign("s", " "), Err(CheckpointError::Name));
}

#[test]
fn a_countersignature_comes_back_as_one_line_and_joins_the_checkpoint() {
    let note = head();
    let verified = verify_checkpoint(note.as_str(), &known()).unwrap();
    let line = cosign(&verified, "countersign/dpo", &witness(), 1_800_000_000).unwrap();
    let cosigned = verify_cosignature(note.as_str(), &line, &witness_vkey()).unwrap();
    assert_eq!((cosigned.name.as_str(), cosigned.time), ("countersign/dpo", 1_800_000_000));
    let joined = attach_cosignature(note.as_str(), &line, &witness_vkey()).unwrap();
    let known: Vec<_> = known().into_iter().chain([witness_vkey()]).collect();
    assert_eq!(verify_checkpoint(joined.as_str(), &known).unwrap().cosigned, [cosigned]);

    let later = cosign(&verified, "countersign/dpo", &witness(), 1_900_000_000).unwrap();
    let again = attach_cosignature(joined.as_str(), &later, &witness_vkey()).unwrap();
    let times: Vec<_> =
        verify_checkpoint(again.as_str(), &known).unwrap().cosigned.iter().map(|c| c.time).collect();
    assert_eq!(times, [1_900_000_000]);
}

#[test]
fn a_countersignature_that_is_changed_or_for_another_head_is_refused() {
    let note = head();
    let verified = verify_checkpoint(note.as_str(), &known()).unwrap();
    let line = cosign(&verified, "countersign/dpo", &witness(), 1_800_000_000).unwrap();
    for changed in one_bit_away(line.trim_end()) {
        assert!(verify_cosignature(note.as_str(), &changed, &witness_vkey()).is_err(), "{changed}");
    }
    let grown = signed(&entries(8));
    assert_eq!(verify_cosignature(grown.as_str(), &line, &witness_vkey()), Err(CosignError::Forged));
    let stranger = witness_key("countersign/dpo", &signing(9).verifying_key()).unwrap();
    assert_eq!(verify_cosignature(note.as_str(), &line, &stranger), Err(CosignError::OtherKey));
    let as_member = verifier_key("countersign/dpo", &witness().verifying_key()).unwrap();
    assert_eq!(verify_cosignature(note.as_str(), &line, &as_member), Err(CosignError::OtherKey));
    assert_eq!(cosign(&verified, "countersign/dpo", &witness(), u64::MAX), Err(CosignError::Time));
}

#[test]
fn a_member_signature_is_not_a_countersignature_even_with_the_same_key() {
    let note = head();
    let member_as_witness = witness_key(known()[1].name(), &member().verifying_key()).unwrap();
    let line = note.as_str().lines().last().unwrap();
    assert_eq!(verify_cosignature(note.as_str(), line, &member_as_witness), Err(CosignError::OtherKey));
}
