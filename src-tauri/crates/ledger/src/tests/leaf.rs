use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn the_canonical_form_is_that_of_rfc_8785() {
    let cases = vectors("rfc8785.json");
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let input: Value = serde_json::from_str(case["input"].as_str().unwrap()).unwrap();
        let output = serde_json_canonicalizer::to_string(&input).unwrap();
        assert_eq!(output, case["output"].as_str().unwrap(), "{}", case["name"]);
    }
}

#[test]
fn an_entry_reads_back_as_it_was_written() {
    for seq in 0..4 {
        let bytes = entry(seq).to_bytes().unwrap();
        assert_eq!(Leaf::parse(&bytes).unwrap(), entry(seq));
    }
}

#[test]
fn every_leaf_vector_is_accepted_or_refused_as_it_says() {
    let cases = vectors("leaves.json");
    for case in cases["cases"].as_array().unwrap() {
        let outcome = Leaf::parse(case["bytes"].as_str().unwrap().as_bytes());
        let said = outcome.map_or_else(|error| format!("{error:?}"), |_| "ok".to_owned());
        assert_eq!(said, case["expect"].as_str().unwrap(), "{}", case["why"]);
    }
}

#[test]
fn an_entry_longer_than_4096_bytes_is_refused_and_one_of_4096_is_not() {
    let mut leaf = entry(0);
    leaf.details.insert("pad".into(), "".into());
    let room = MAX_LEAF_BYTES - leaf.to_bytes().unwrap().len();
    leaf.details.insert("pad".into(), "x".repeat(room).into());
    assert_eq!(leaf.to_bytes().unwrap().len(), MAX_LEAF_BYTES);
    leaf.details.insert("pad".into(), "x".repeat(room + 1).into());
    assert_eq!(leaf.to_bytes(), Err(LeafError::TooLong));
}

#[test]
fn fractions_nulls_and_numbers_beyond_2_to_53_are_refused_when_written() {
    let with = |value: Value| {
        let mut leaf = entry(0);
        leaf.details.insert("x".into(), value);
        leaf.to_bytes().map(|_| ())
    };
    assert_eq!(with(json!(9_007_199_254_740_991_i64)), Ok(()));
    assert_eq!(with(json!(-9_007_199_254_740_991_i64)), Ok(()));
    assert_eq!(with(json!(9_007_199_254_740_992_i64)), Err(LeafError::Integer));
    assert_eq!(with(json!(i64::MIN)), Err(LeafError::Integer));
    assert_eq!(with(json!([{ "deep": 1.5 }])), Err(LeafError::Fraction));
    assert_eq!(with(json!([null])), Err(LeafError::Null));
    assert_eq!(with(json!([[[[[[[[1]]]]]]]])), Err(LeafError::Depth));
}

#[test]
fn an_officer_can_only_be_a_pseudonym() {
    let with = |officer: &str| Leaf { officer: Some(officer.into()), ..entry(0) }.to_bytes().map(|_| ());
    assert_eq!(with("OFC-0000-ZZZZ"), Ok(()));
    for identity in ["A Name", "PC 1234", "OFC-7K2M-0XZ", "OFC-7K2M-0XZI", "ofc-7k2m-0xz9", ""] {
        assert_eq!(with(identity), Err(LeafError::Officer), "{identity}");
    }
}

#[test]
fn each_kind_has_one_word_that_reads_back() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), json!(kind.as_str()));
    }
    assert_eq!("unmask".parse::<Kind>(), Err(UnknownKind));
}

#[test]
fn a_text_hash_depends_on_text_and_salt_and_on_where_one_ends() {
    let hash = text_hash(b"salt", "text");
    assert_eq!(hash, vectors("signatures.json")["text_hash"]["hash"].as_str().unwrap());
    assert_ne!(hash, text_hash(b"salt", "texT"));
    assert_ne!(hash, text_hash(b"sal", "ttext"));
}

#[test]
fn every_single_bit_flip_in_an_entry_gives_another_hash() {
    let bytes = entry(1).to_bytes().unwrap();
    let hash = leaf_hash(&bytes);
    for changed in one_bit_away(std::str::from_utf8(&bytes).unwrap()) {
        assert_ne!(leaf_hash(changed.as_bytes()), hash);
    }
}

fn value() -> impl Strategy<Value = Value> {
    let limit = 9_007_199_254_740_991_i64;
    let simple = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-limit..=limit).prop_map(Value::from),
        ".{0,20}".prop_map(Value::from)
    ];
    simple.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_an_entry_holds_it_reads_back_the_same(details in prop::collection::btree_map(".{0,8}", value(), 0..5)) {
        let leaf = Leaf { details, ..entry(0) };
        let bytes = leaf.to_bytes().unwrap();
        prop_assert_eq!(Leaf::parse(&bytes).unwrap(), leaf);
    }

    #[test]
    fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Leaf::parse(&bytes);
    }
}
