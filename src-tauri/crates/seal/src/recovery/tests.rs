use secrecy::ExposeSecret;

use super::*;

#[test]
fn a_sheet_typed_back_in_groups_and_lower_case_opens_what_was_sealed_to_it() {
    let sheet = RecoverySheet::generate();
    let sealed = crate::seal(&[sheet.recipient()], b"the vault").unwrap();
    let printed = sheet.text();
    let letters: Vec<char> = printed.expose_secret().to_lowercase().chars().collect();
    let typed: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    let again = RecoverySheet::parse(&typed.join(" \n")).unwrap();
    assert_eq!(*again.open(&sealed, 100).unwrap(), b"the vault");
}

#[test]
fn a_mistyped_sheet_is_refused_by_its_checksum() {
    let printed = RecoverySheet::generate().text().expose_secret().to_owned();
    let last = if printed.ends_with('Q') { "P" } else { "Q" };
    let mistyped = format!("{}{last}", &printed[..printed.len() - 1]);
    assert!(RecoverySheet::parse(&mistyped).is_err());
    assert!(RecoverySheet::parse("").is_err());
}
