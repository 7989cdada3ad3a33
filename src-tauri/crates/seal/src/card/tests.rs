use super::*;
use crate::Member;

fn card() -> Card {
    Member::make("Reviewer One", Role::Reviewer).unwrap().card().clone()
}

#[test]
fn a_card_comes_back_from_its_text() {
    let card = card();
    assert_eq!(Card::parse(&card.to_text()), Ok(card));
}

#[test]
fn a_card_with_an_unknown_or_repeated_key_is_refused() {
    let text = card().to_text();
    let more = text.replacen('{', "{\"admin\":true,", 1);
    assert_eq!(Card::parse(&more), Err(CardError::NotACard));
    let twice = text.replacen('{', "{\"role\":\"dpo\",", 1);
    assert_eq!(Card::parse(&twice), Err(CardError::NotACard));
}

#[test]
fn a_card_over_four_kibibytes_is_refused() {
    let padded = card().to_text() + &" ".repeat(CARD_LIMIT_BYTES);
    assert_eq!(Card::parse(&padded), Err(CardError::TooLarge));
}

#[test]
fn a_card_of_a_newer_version_says_so() {
    let newer = card().to_text().replace("\"v\": 1", "\"v\": 2");
    assert_eq!(Card::parse(&newer), Err(CardError::NewerVersion));
}

#[test]
fn a_card_whose_keys_are_weak_is_refused() {
    let card = card();
    // u = 0 and u = 1 are points of low order: everybody knows the shared secret.
    for point in [[0; 32], std::array::from_fn(|i| u8::from(i == 0))] {
        let weak = bech32::encode::<bech32::Bech32>(bech32::Hrp::parse("age").unwrap(), &point).unwrap();
        let text = card.to_text().replace(&card.recipient().to_string(), &weak);
        assert_eq!(Card::parse(&text), Err(CardError::BadKey));
    }
    // The neutral element verifies forged signatures.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let key = BASE64_STANDARD.encode(card.verifying_key().as_bytes());
    let text = card.to_text().replace(&key, &BASE64_STANDARD.encode(neutral));
    assert_eq!(Card::parse(&text), Err(CardError::BadKey));
}

#[test]
fn a_recipient_has_one_spelling() {
    let card = card();
    let text =
        card.to_text().replace(&card.recipient().to_string(), &card.recipient().to_string().to_uppercase());
    assert_eq!(Card::parse(&text), Err(CardError::BadKey));
}

#[test]
fn names_that_cannot_be_seen_or_read_are_refused() {
    let long = "x".repeat(81);
    for name in ["", " ", " padded", "two\nlines", "turned\u{202e}round", "zero\u{200b}width", &long] {
        assert_eq!(Member::make(name, Role::Dpo).err(), Some(CardError::BadName), "{name:?}");
    }
    assert!(Member::make("Zoë O’Hara-Łukasz", Role::Dpo).is_ok());
}

#[test]
fn a_changed_role_or_name_or_key_changes_the_fingerprint() {
    let one = card();
    let mut seen = vec![one.fingerprint()];
    let others = [
        one.to_text().replace("reviewer", "dpo"),
        one.to_text().replace("Reviewer One", "Reviewer Two"),
        one.to_text().replace(&one.recipient().to_string(), &card().recipient().to_string()),
    ];
    seen.extend(others.map(|text| Card::parse(&text).unwrap().fingerprint()));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().all(|words| words.split(" · ").count() == 6));
}
