use super::*;

fn fields() -> IdentityFields {
    IdentityFields {
        officer_id: "O-1".into(),
        forenames: "Ann \"Annie\"".into(),
        surname: "Ex’ample\n".into(),
        unit: "North".into(),
        rank: "PC".into(),
        contact: "ext 1".into(),
        other_ids: vec!["W-9".into(), "P-3".into()],
        index_keys: vec!["00ff".into()],
    }
}

#[test]
fn an_identity_comes_back_with_every_field() {
    let vault = VaultKey::generate();
    let sealed = vault.recipient().seal_identity("store-a", "OFC-1111-1111", &fields()).unwrap();
    let opened = vault.open_identity(&sealed, "store-a", "OFC-1111-1111").unwrap_or_else(|_| panic!("opens"));
    let (opened, expected) =
        (serde_json::to_value(&opened).unwrap(), serde_json::to_value(fields()).unwrap());
    assert_eq!(opened, expected);
}

#[test]
fn an_identity_swapped_with_another_officers_or_stores_is_refused() {
    let vault = VaultKey::generate();
    let sealed = vault.recipient().seal_identity("store-a", "OFC-1111-1111", &fields()).unwrap();
    for (store, pseudonym) in [("store-a", "OFC-2222-2222"), ("store-b", "OFC-1111-1111")] {
        let refused = vault.open_identity(&sealed, store, pseudonym).err();
        assert_eq!(refused, Some(OpenIdentityError::WrongOfficer));
    }
}

#[test]
fn an_identity_of_another_vault_is_refused() {
    let sealed =
        VaultKey::generate().recipient().seal_identity("store-a", "OFC-1111-1111", &fields()).unwrap();
    let refused = VaultKey::generate().open_identity(&sealed, "store-a", "OFC-1111-1111").err();
    assert_eq!(refused, Some(OpenIdentityError::Open(OpenError::NotForThisKey)));
}

#[test]
fn a_vault_key_comes_back_from_its_secret_and_its_recipient_from_text() {
    let vault = VaultKey::generate();
    let again = VaultKey::from_secret(&vault.to_secret_bytes()).unwrap();
    assert_eq!(again.recipient(), vault.recipient());
    assert_eq!(vault.recipient().to_string().parse(), Ok(vault.recipient()));
    assert!(VaultKey::from_secret(&[7; 32]).is_err());
}

#[test]
fn bytes_come_back_for_the_same_purpose_and_store_only() {
    let vault = VaultKey::generate();
    let sealed = vault.recipient().seal_bytes("locators", "store-a", b"row 7\n").unwrap();
    assert_eq!(*vault.open_bytes("locators", "store-a", &sealed, 6).unwrap(), b"row 7\n");
    for (purpose, store) in
        [("notes", "store-a"), ("locators", "store-b"), ("locators\",\"store\":\"store-a", "")]
    {
        assert_eq!(vault.open_bytes(purpose, store, &sealed, 100), Err(OpenBytesError::WrongPurpose));
    }
}

#[test]
fn the_limit_on_bytes_counts_the_bytes_alone() {
    let vault = VaultKey::generate();
    let sealed = vault.recipient().seal_bytes("locators", "store-a", b"row 7\n").unwrap();
    let refused = vault.open_bytes("locators", "store-a", &sealed, 5);
    assert_eq!(refused, Err(OpenBytesError::Open(OpenError::TooLarge { limit: 5 })));
}

#[test]
fn an_identity_cannot_be_opened_as_bytes_nor_bytes_as_an_identity() {
    let vault = VaultKey::generate();
    let identity = vault.recipient().seal_identity("store-a", "OFC-1111-1111", &fields()).unwrap();
    let refused = vault.open_bytes("locators", "store-a", &identity, 10_000);
    assert_eq!(refused, Err(OpenBytesError::WrongPurpose));
    let bytes = vault.recipient().seal_bytes("locators", "store-a", b"").unwrap();
    let refused = vault.open_identity(&bytes, "store-a", "OFC-1111-1111").err();
    assert_eq!(refused, Some(OpenIdentityError::NotAnIdentity));
}
