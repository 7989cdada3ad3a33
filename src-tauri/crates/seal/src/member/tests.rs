use super::*;

#[test]
fn a_member_comes_back_from_the_profile_text_with_the_same_keys() {
    let member = Member::make("Officer \"Quote\"", Role::Custodian).unwrap();
    let again = Member::from_text(member.to_text().as_bytes()).unwrap();
    assert_eq!(again.card(), member.card());
    let sealed = crate::seal(&[member.card().recipient().clone()], b"for the member").unwrap();
    assert_eq!(*again.open(&sealed, 100).unwrap(), b"for the member");
    assert_eq!(again.signing_key().to_bytes(), member.signing_key().to_bytes());
}

#[test]
fn a_profile_text_that_was_changed_in_shape_is_not_a_member() {
    let text = Member::make("Reviewer One", Role::Reviewer).unwrap().to_text();
    for changed in [
        text.replace("\"v\":1", "\"v\":2"),
        text.replace("\"v\":1", "\"v\":1,\"more\":1"),
        text.replace("# countersign member ", "# "),
        text.to_string() + "\n",
        text.trim_end().to_owned(),
        String::new(),
    ] {
        assert!(Member::from_text(changed.as_bytes()).is_none(), "{}", changed.len());
    }
}
