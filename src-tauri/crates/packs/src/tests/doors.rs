use super::*;

fn reader<'a>(known: &'a [Sender]) -> Reader<'a> {
    Reader { me: REVIEWER, store: Some(STORE), kinds: &[Pack::Challenge, Pack::Grant], known }
}

#[test]
fn every_kind_of_pack_can_be_written_and_read_back() {
    for written in one_of_each() {
        let pack = admit(&written.bytes).expect("sound");
        assert_eq!(pack.hash(), written.hash);
        body_reads(&pack).expect("its own body");
    }
}

#[test]
fn a_pack_for_somebody_else_is_refused() {
    let known = [dpo()];
    let elsewhere = Reader { me: "age1other", ..reader(&known) };
    let refused = Signed::read(&challenge().bytes).unwrap().admit(&elsewhere).unwrap_err();
    assert_eq!(refused, PackError::ForSomeoneElse);
}

#[test]
fn a_pack_from_somebody_unknown_is_refused_even_under_a_known_name() {
    let forger = person(Party::Dpo, DPO, &key(9));
    let written = write(draft(forger, REVIEWER), &question(), &key(9)).unwrap();
    let refused = Signed::read(&written.bytes).unwrap().admit(&reader(&[dpo()])).unwrap_err();
    assert_eq!(refused, PackError::UnknownSender);
}

#[test]
fn a_reviewer_cannot_send_what_only_a_data_protection_officer_sends() {
    let written = write(draft(reviewer(), REVIEWER), &question(), &key(1)).unwrap();
    let refused = Signed::read(&written.bytes).unwrap().admit(&reader(&[reviewer()])).unwrap_err();
    assert_eq!(refused, PackError::SenderRole(Pack::Challenge));
}

#[test]
fn a_pack_of_another_store_or_of_another_kind_is_refused() {
    let known = [dpo()];
    let read = || Signed::read(&challenge().bytes).unwrap();
    let other = Reader { store: Some("ANOTHERSTORE0000"), ..reader(&known) };
    assert_eq!(read().admit(&other).unwrap_err(), PackError::OtherStore);
    let kinds = Reader { kinds: &[Pack::Grant], ..reader(&known) };
    assert_eq!(read().admit(&kinds).unwrap_err(), PackError::WrongKind(Pack::Challenge));
    let admitted = read().admit(&reader(&known)).unwrap();
    assert_eq!(admitted.body::<GrantBody>().unwrap_err(), PackError::WrongKind(Pack::Challenge));
}

#[test]
fn content_altered_by_somebody_who_could_open_the_pack_is_refused() {
    let text = String::from_utf8(challenge().bytes).unwrap();
    let altered = text.replace("Sunday", "Monday");
    assert_eq!(Signed::read(altered.as_bytes()).unwrap_err(), PackError::Altered);
    let altered = text.replace("weekly", "yearly");
    assert_eq!(Signed::read(altered.as_bytes()).unwrap_err(), PackError::Altered);
}

#[test]
fn a_pack_cut_anywhere_is_refused_and_so_is_one_with_something_added() {
    let whole = challenge().bytes;
    for end in 0..whole.len() {
        let error = Signed::read(&whole[..end]).unwrap_err();
        assert!(matches!(error, PackError::Truncated | PackError::NotAPack), "{end}: {error:?}");
    }
    for added in [&b"\n"[..], b" ", b"{}"] {
        let longer = [&whole[..], added].concat();
        assert_eq!(Signed::read(&longer).unwrap_err(), PackError::Altered);
    }
}

/// A pack as its own sender would sign it, with the manifest and body changed before signing.
fn resigned(manifest: &str, body: &str) -> Vec<u8> {
    use ed25519_dalek::Signer as _;
    let signed = [b"countersign/pack/v1\n", manifest.as_bytes()].concat();
    let signature = BASE64_STANDARD.encode(key(2).sign(&signed).to_bytes());
    format!("{manifest}\n{signature}\n{body}\n").into_bytes()
}

fn parts() -> (String, String) {
    let text = String::from_utf8(challenge().bytes).unwrap();
    let mut lines = text.lines();
    (lines.next().unwrap().to_owned(), lines.nth(1).unwrap().to_owned())
}

fn with_body(body: &str) -> Vec<u8> {
    use sha2::Digest as _;
    let (manifest, old) = parts();
    let hash = |text: &str| Hash(sha2::Sha256::digest(text).into()).to_string();
    let manifest = manifest
        .replace(&hash(&old), &hash(body))
        .replace(&format!("\"body_bytes\":{}", old.len()), &format!("\"body_bytes\":{}", body.len()));
    resigned(&manifest, body)
}

#[test]
fn a_newer_version_says_so() {
    let (manifest, body) = parts();
    let newer = manifest.replace("\"v\":1}", "\"v\":2}");
    assert_ne!(newer, manifest);
    // The card inside has a version of its own, so only the last one is the envelope's.
    let newer = newer.replacen("\"v\":2}", "\"v\":1}", newer.matches("\"v\":2}").count().saturating_sub(1));
    assert_eq!(Signed::read(&resigned(&newer, &body)).unwrap_err(), PackError::UnknownVersion);
    let keyed = newer.replacen("{\"at\"", "{\"addition\":1,\"at\"", 1);
    assert_eq!(Signed::read(&resigned(&keyed, &body)).unwrap_err(), PackError::UnknownVersion);
}

#[test]
fn unknown_keys_null_and_other_spellings_are_refused_though_the_sender_signed_them() {
    let (manifest, body) = parts();
    let keyed = manifest.replacen("{\"at\"", "{\"addition\":1,\"at\"", 1);
    assert_eq!(Signed::read(&resigned(&keyed, &body)).unwrap_err(), PackError::NotAPack);
    let spaced = manifest.replacen(":", ": ", 1);
    assert_eq!(Signed::read(&resigned(&spaced, &body)).unwrap_err(), PackError::NotAPack);
    for wrong in [
        body.replacen("{\"entry\":7", "{\"addition\":1,\"entry\":7", 1),
        body.replacen("\"entry\":7", "\"entry\": 7", 1),
        body.replacen("\"entry\":7,", "", 1),
        body.replace("C-7K2M0X", "C-7k2m0x"),
        body.replace("Why was the name needed on a Sunday?", " "),
    ] {
        let bytes = with_body(&wrong);
        let pack = admit(&bytes).expect("signed by the sender, so it is read");
        assert_eq!(pack.body::<ChallengeBody>().unwrap_err(), PackError::Form(Pack::Challenge), "{wrong}");
    }
}

#[test]
fn a_body_over_the_limit_of_its_kind_is_refused_before_it_is_looked_at() {
    let (manifest, body) = parts();
    let huge = manifest.replace(
        &format!("\"body_bytes\":{}", body.len()),
        &format!("\"body_bytes\":{}", Pack::Challenge.limit() + 1),
    );
    let limit = Pack::Challenge.limit();
    assert_eq!(Signed::read(&resigned(&huge, &body)).unwrap_err(), PackError::TooLarge { limit });
    let long = ChallengeBody { question: "x".repeat(5_000), ..question() };
    assert_eq!(write(draft(dpo(), REVIEWER), &long, &key(2)).unwrap_err(), WriteError::Body);
}

#[test]
fn a_pack_cannot_be_signed_in_somebody_elses_name() {
    let refused = write(draft(dpo(), REVIEWER), &question(), &key(1)).unwrap_err();
    assert_eq!(refused, WriteError::Key);
    let nobody = Draft { to: vec![], ..draft(dpo(), REVIEWER) };
    assert_eq!(write(nobody, &question(), &key(2)).unwrap_err(), WriteError::NoRecipient);
}

#[test]
fn a_store_id_that_could_be_a_path_is_no_store_id() {
    for store in ["../../profile/member", "", "K7F3M0XZ9C2D4E5A/..", "k7f3m0xz9c2d4e5a"] {
        let draft = Draft { store: store.into(), ..draft(dpo(), REVIEWER) };
        assert_eq!(write(draft, &question(), &key(2)).unwrap_err(), WriteError::Header, "{store}");
    }
}

#[test]
fn no_pack_is_sent_by_its_own_recipient() {
    for pack in Pack::ALL {
        let (from, to) = pack.route();
        assert_ne!(from, to, "{pack:?}");
    }
}
