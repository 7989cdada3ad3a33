use super::*;

const PLAINTEXT: &[u8] = b"a small file";

/// Cheap to open, so that a test can open it many times.
fn passphrase_file(text: &str) -> Vec<u8> {
    seal_with_passphrase(&Passphrase::given(text.into()), 2, PLAINTEXT).unwrap()
}

fn sealed_to(identity: &x25519::Identity) -> Vec<u8> {
    seal(&[Recipient::of(identity)], PLAINTEXT).unwrap()
}

#[test]
fn each_of_two_recipients_opens_alone_what_was_sealed_to_both() {
    let both = [x25519::Identity::generate(), x25519::Identity::generate()];
    let sealed = seal(&[Recipient::of(&both[0]), Recipient::of(&both[1])], PLAINTEXT).unwrap();
    for identity in both {
        assert_eq!(*open(&[identity], &sealed, 100).unwrap(), PLAINTEXT);
    }
}

#[test]
fn nothing_is_sealed_to_nobody() {
    assert!(matches!(seal(&[], PLAINTEXT), Err(SealError::NoRecipients)));
}

#[test]
fn a_stranger_is_told_that_the_file_is_not_sealed_to_them() {
    let sealed = sealed_to(&x25519::Identity::generate());
    assert_eq!(open(&[x25519::Identity::generate()], &sealed, 100), Err(OpenError::NotForThisKey));
}

#[test]
fn a_file_cut_at_any_length_is_refused() {
    let identity = x25519::Identity::generate();
    let sealed = sealed_to(&identity);
    for length in 0..sealed.len() {
        let refused = open(std::slice::from_ref(&identity), &sealed[..length], 100).unwrap_err();
        assert!(
            matches!(refused, OpenError::DamagedHeader | OpenError::DamagedContent),
            "cut to {length}: {refused:?}"
        );
    }
}

#[test]
fn a_file_with_any_one_byte_flipped_is_refused() {
    let identity = x25519::Identity::generate();
    let mut sealed = sealed_to(&identity);
    for place in 0..sealed.len() {
        for bit in [0x01, 0x20, 0x80] {
            sealed[place] ^= bit;
            assert!(
                open(std::slice::from_ref(&identity), &sealed, 100).is_err(),
                "byte {place}, bit {bit:#x}"
            );
            sealed[place] ^= bit;
        }
    }
    assert!(open(&[identity], &sealed, 100).is_ok());
}

#[test]
fn anything_after_the_end_is_refused() {
    let identity = x25519::Identity::generate();
    let mut sealed = sealed_to(&identity);
    sealed.push(0);
    assert_eq!(open(&[identity], &sealed, 100), Err(OpenError::DamagedContent));
}

#[test]
fn content_of_many_chunks_comes_back_and_a_missing_last_chunk_is_refused() {
    let identity = x25519::Identity::generate();
    let long = vec![7; 200_000];
    let sealed = seal(&[Recipient::of(&identity)], &long).unwrap();
    assert_eq!(*open(std::slice::from_ref(&identity), &sealed, long.len()).unwrap(), long);
    // The chunks before the last are 64 KiB and a 16-byte tag each; without the last the file looks whole.
    let header = sealed.len() - (200_000 + 4 * 16);
    let cut = &sealed[..header + 3 * (65_536 + 16)];
    assert_eq!(open(&[identity], cut, long.len()), Err(OpenError::DamagedContent));
}

#[test]
fn the_limit_is_exact() {
    let identity = [x25519::Identity::generate()];
    let sealed = sealed_to(&identity[0]);
    assert!(open(&identity, &sealed, PLAINTEXT.len()).is_ok());
    let limit = PLAINTEXT.len() - 1;
    assert_eq!(open(&identity, &sealed, limit), Err(OpenError::TooLarge { limit }));
}

#[test]
fn damage_behind_a_limit_reached_exactly_is_still_seen() {
    let identity = [x25519::Identity::generate()];
    let whole = vec![7; 65_536];
    let mut sealed = seal(&[Recipient::of(&identity[0])], &whole).unwrap();
    sealed.push(0);
    assert_eq!(open(&identity, &sealed, whole.len()), Err(OpenError::DamagedContent));
}

#[test]
fn a_wrong_passphrase_has_its_own_answer() {
    let sealed = passphrase_file("correct horse");
    let wrong = open_with_passphrase(&Passphrase::given("correct house".into()), &sealed, 100);
    assert_eq!(wrong, Err(OpenError::WrongPassphrase));
    let right = open_with_passphrase(&Passphrase::given("correct horse".into()), &sealed, 100);
    assert_eq!(*right.unwrap(), PLAINTEXT);
}

#[test]
fn a_passphrase_file_with_any_one_byte_flipped_is_refused() {
    let mut sealed = passphrase_file("correct horse");
    let passphrase = Passphrase::given("correct horse".into());
    let stanza_end = String::from_utf8_lossy(&sealed)
        .find(
            "
---",
        )
        .unwrap();
    for place in 0..sealed.len() {
        sealed[place] ^= 1;
        let refused = open_with_passphrase(&passphrase, &sealed, 100).unwrap_err();
        // Damage behind the scrypt stanza is never blamed on the person who typed.
        assert!(place < stanza_end || refused != OpenError::WrongPassphrase, "byte {place}: {refused:?}");
        sealed[place] ^= 1;
    }
}

#[test]
fn a_passphrase_file_cut_at_any_length_is_refused_as_damaged() {
    let sealed = passphrase_file("correct horse");
    let passphrase = Passphrase::given("correct horse".into());
    for length in 0..sealed.len() {
        let refused = open_with_passphrase(&passphrase, &sealed[..length], 100).unwrap_err();
        assert!(
            matches!(refused, OpenError::DamagedHeader | OpenError::DamagedContent),
            "cut to {length}: {refused:?}"
        );
    }
}

#[test]
fn a_file_that_asks_for_more_work_than_factor_20_is_refused_without_doing_it() {
    let sealed = passphrase_file("correct horse");
    for factor in [21, 22, 63] {
        let line = String::from_utf8_lossy(&sealed);
        let start = line.find("-> scrypt ").unwrap();
        let end = start + line[start..].find('\n').unwrap();
        let mut dear = sealed[..end - 1].to_vec();
        dear.extend_from_slice(factor.to_string().as_bytes());
        dear.extend_from_slice(&sealed[end..]);
        let refused = open_with_passphrase(&Passphrase::given("correct horse".into()), &dear, 100);
        assert_eq!(refused, Err(OpenError::TooMuchWork { required: factor }));
    }
}

#[test]
fn a_passphrase_is_not_blamed_for_a_file_sealed_to_keys() {
    let sealed = sealed_to(&x25519::Identity::generate());
    let refused = open_with_passphrase(&Passphrase::given("correct horse".into()), &sealed, 100);
    assert_eq!(refused, Err(OpenError::NotForThisKey));
}
