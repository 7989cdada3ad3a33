use super::*;

fn named(surname: &str) -> IdentityFields {
    let mut fields = IdentityFields::default();
    fields.officer_id = "O-1".into();
    fields.surname = surname.into();
    fields
}

#[test]
fn names_of_different_length_make_bodies_of_the_same_length() {
    let short = encode("store-a", "OFC-1111-1111", &named("Li"));
    let long = encode("store-a", "OFC-1111-1111", &named("Featherstonehaugh-Cholmondeley"));
    assert_eq!((short.len(), long.len()), (512, 512));
    assert_eq!(encode("store-a", "OFC-1111-1111", &named(&"x".repeat(512))).len(), 1024);
}

#[test]
fn a_body_with_unknown_keys_or_a_later_version_is_refused() {
    let body = encode("store-a", "OFC-1111-1111", &named("Li"));
    let body = std::str::from_utf8(&body).unwrap();
    for other in [body.replace("\"v\":1", "\"v\":2"), body.replace("\"rank\"", "\"grade\"")] {
        let refused = decode(other.as_bytes(), "store-a", "OFC-1111-1111").err();
        assert_eq!(refused, Some(OpenIdentityError::NotAnIdentity));
    }
}
