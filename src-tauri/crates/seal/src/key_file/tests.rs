use super::*;
use crate::Role;

const SECRET: &[u8] = &[0xa5; 32];

fn member() -> Member {
    Member::make("Reviewer One", Role::Reviewer).unwrap()
}

fn sealed_to(member: &Member) -> Vec<u8> {
    KeyFile::seal_key(&[member.card()], KeyKind::Store, "store-a", SECRET).unwrap()
}

#[test]
fn a_key_comes_back_to_every_member_and_to_the_recovery_sheet() {
    let (one, two, sheet) = (member(), member(), RecoverySheet::generate());
    let recipients = [one.card().recipient().clone(), two.card().recipient().clone(), sheet.recipient()];
    let sealed = KeyFile::seal_key_to(&recipients, KeyKind::Vault, "store-a", SECRET).unwrap();
    for member in [one, two] {
        assert_eq!(*KeyFile::open_key(&member, KeyKind::Vault, "store-a", &sealed).unwrap(), SECRET);
    }
    let opened = KeyFile::open_key_with_sheet(&sheet, KeyKind::Vault, "store-a", &sealed);
    assert_eq!(*opened.unwrap(), SECRET);
}

#[test]
fn a_key_file_put_in_the_place_of_another_kind_is_refused() {
    let member = member();
    for kind in [KeyKind::Vault, KeyKind::Pseudonyms] {
        let refused = KeyFile::open_key(&member, kind, "store-a", &sealed_to(&member));
        assert_eq!(refused, Err(OpenKeyError::WrongKind));
    }
}

#[test]
fn a_key_file_of_another_store_is_refused() {
    let member = member();
    let refused = KeyFile::open_key(&member, KeyKind::Store, "store-b", &sealed_to(&member));
    assert_eq!(refused, Err(OpenKeyError::WrongStore));
}

#[test]
fn a_key_file_of_somebody_else_is_refused() {
    let refused = KeyFile::open_key(&member(), KeyKind::Store, "store-a", &sealed_to(&member()));
    assert_eq!(refused, Err(OpenKeyError::Open(OpenError::NotForThisKey)));
}

#[test]
fn a_key_file_in_any_but_the_canonical_spelling_is_refused() {
    let member = member();
    let canonical = member.open(&sealed_to(&member), 1000).unwrap();
    let canonical = std::str::from_utf8(&canonical).unwrap();
    assert!(
        canonical.starts_with("{\"key\":\"")
            && canonical.ends_with("\",\"kind\":\"store\",\"store\":\"store-a\",\"v\":1}")
    );
    for other in [
        canonical.replace(":1}", ": 1}"),
        canonical.replace(":1}", ":2}"),
        canonical.replace("\"v\"", "\"more\":0,\"v\""),
        format!("{canonical}\n"),
    ] {
        let sealed = crate::seal(&[member.card().recipient().clone()], other.as_bytes()).unwrap();
        let refused = KeyFile::open_key(&member, KeyKind::Store, "store-a", &sealed);
        assert_eq!(refused, Err(OpenKeyError::NotAKeyFile), "{}", other.len());
    }
}
