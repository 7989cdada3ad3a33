use super::*;
use ed25519_dalek::VerifyingKey;

/// The key that Go's `golang.org/x/mod/sumdb/note` uses as its example, under another name.
const EXAMPLE: &str = "example.com/note+000cd742+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

#[test]
fn the_example_key_of_the_reference_program_reads_back() {
    let key: VerifierKey = EXAMPLE.parse().unwrap();
    assert_eq!((key.name(), key.id(), key.algorithm()), ("example.com/note", 0x000c_d742, Algorithm::Note));
    assert_eq!(key.to_string(), EXAMPLE);
}

#[test]
fn the_example_note_of_the_reference_program_verifies_and_its_forgeries_do_not() {
    let text = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n\n\
                — example.com/note AAzXQvZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let known = [EXAMPLE.parse().unwrap()];
    let holds =
        |text: &str| note::Unchecked::parse(text).and_then(|note| note.verify(&known).map(|s| s.len()));
    assert_eq!(holds(text), Ok(1));
    for changed in one_bit_away(text) {
        assert!(holds(&changed).is_err(), "{changed}");
    }
}

#[test]
fn a_key_that_is_cut_or_changed_anywhere_is_refused() {
    for start in 0..EXAMPLE.len() {
        for end in start..=EXAMPLE.len() {
            let part = &EXAMPLE[start..end];
            assert!(part == EXAMPLE || part.parse::<VerifierKey>().is_err(), "{part}");
        }
    }
    for changed in one_bit_away(EXAMPLE) {
        assert!(changed.parse::<VerifierKey>().is_err(), "{changed}");
    }
    // As in the Go tests: too long with a fitting id, and an unknown type with a fitting id.
    let long = "example.com/note+a4a54144+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWABAKERg=";
    assert_eq!(long.parse::<VerifierKey>(), Err(KeyError::Key));
    let unknown = "example.com/note+b4c11717+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(unknown.parse::<VerifierKey>(), Err(KeyError::Algorithm));
}

#[test]
fn names_that_would_break_a_signature_line_are_refused_or_rewritten() {
    let key = member().verifying_key();
    for name in ["", "two words", "a+b", "line\nbreak", "bell\u{7}"] {
        assert_eq!(verifier_key(name, &key), Err(KeyError::Name), "{name:?}");
    }
    assert_eq!(member_key_name("countersign/s", " Det. Sgt. / a+b "), "countersign/s/Det.-Sgt.---a-b");
}

#[test]
fn a_key_that_would_accept_forgeries_is_refused() {
    let neutral: [u8; 32] = std::array::from_fn(|i| u8::from(i == 0));
    let weak = VerifyingKey::from_bytes(&neutral).unwrap();
    assert_eq!(verifier_key("x", &weak), Err(KeyError::Key));
}
