use tempfile::{TempDir, tempdir};

use super::*;

/// Cheap for tests; one test below uses the real factor.
const LIGHT: u8 = 2;

fn chosen(text: &str) -> Passphrase {
    Passphrase::chosen(text.into()).unwrap()
}

fn profile() -> (TempDir, Member) {
    let dir = tempdir().unwrap();
    let member =
        create_at(dir.path(), "Reviewer One", Role::Reviewer, &chosen("correct horse"), LIGHT).unwrap();
    (dir, member)
}

fn member_file(dir: &TempDir) -> Vec<u8> {
    fs::read(dir.path().join(MEMBER_FILE)).unwrap()
}

#[test]
fn a_profile_made_with_factor_18_unlocks_with_its_passphrase_only() {
    let dir = tempdir().unwrap();
    let home = dir.path().join("new").join("folder");
    assert!(!exists(&home));
    let made = create(&home, "Reviewer One", Role::Reviewer, &chosen("correct horse")).unwrap();
    assert!(exists(&home));
    let sealed = fs::read(home.join(MEMBER_FILE)).unwrap();
    let header: Vec<&[u8]> = sealed.split(|byte| *byte == b'\n').take(2).collect();
    assert!(header[1].starts_with(b"-> scrypt ") && header[1].ends_with(b" 18"));
    let unlocked = unlock(&home, &Passphrase::given("correct horse".into())).unwrap();
    assert_eq!(unlocked.card(), made.card());
    let wrong = unlock(&home, &Passphrase::given("x".into())).err();
    assert!(matches!(wrong, Some(UnlockError::Open(OpenError::WrongPassphrase))));
}

#[test]
fn a_profile_is_never_overwritten() {
    let (dir, _) = profile();
    let before = member_file(&dir);
    let again = create_at(dir.path(), "Reviewer Two", Role::Dpo, &chosen("another horse"), LIGHT);
    assert!(matches!(again.err(), Some(CreateError::AlreadyThere)));
    // The same when the file appears between the look and the write.
    let late = write_durably(dir.path(), MEMBER_FILE, b"other keys", Existing::Kept);
    assert_eq!(late.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(member_file(&dir), before);
}

#[test]
fn a_short_passphrase_protects_nothing_new() {
    assert_eq!(Passphrase::chosen("7 chars".into()).err(), Some(PassphraseError::TooShort));
    let dir = tempdir().unwrap();
    let short = create_at(dir.path(), "Reviewer", Role::Dpo, &Passphrase::given("7 chars".into()), LIGHT);
    assert!(matches!(short.err(), Some(CreateError::Passphrase(PassphraseError::TooShort))));
    assert!(!exists(dir.path()));
}

#[test]
fn a_changed_passphrase_opens_the_same_keys_and_the_old_one_nothing() {
    let (dir, member) = profile();
    change_passphrase_at(dir.path(), &chosen("correct horse"), &chosen("battery staple"), LIGHT).unwrap();
    assert_eq!(unlock(dir.path(), &chosen("battery staple")).unwrap().card(), member.card());
    let old = unlock(dir.path(), &chosen("correct horse")).err();
    assert!(matches!(old, Some(UnlockError::Open(OpenError::WrongPassphrase))));
}

#[test]
fn a_refused_change_of_passphrase_leaves_the_file_as_it_was() {
    let (dir, _) = profile();
    let before = member_file(&dir);
    let wrong = change_passphrase_at(dir.path(), &chosen("wrong horse"), &chosen("battery staple"), LIGHT);
    assert!(matches!(
        wrong,
        Err(ChangePassphraseError::Unlock(UnlockError::Open(OpenError::WrongPassphrase)))
    ));
    let short =
        change_passphrase_at(dir.path(), &chosen("correct horse"), &Passphrase::given("s".into()), LIGHT);
    assert!(matches!(short, Err(ChangePassphraseError::Passphrase(PassphraseError::TooShort))));
    assert_eq!(member_file(&dir), before);
}

#[test]
fn damage_is_told_apart_from_a_wrong_passphrase_and_from_no_profile() {
    let (dir, _) = profile();
    let path = dir.path().join(MEMBER_FILE);
    let mut sealed = member_file(&dir);
    *sealed.last_mut().unwrap() ^= 1;
    fs::write(&path, &sealed).unwrap();
    let damaged = unlock(dir.path(), &chosen("correct horse")).err();
    assert!(matches!(damaged, Some(UnlockError::Open(OpenError::DamagedContent))));
    fs::write(&path, vec![b'x'; MEMBER_LIMIT_BYTES * 4]).unwrap();
    let other = unlock(dir.path(), &chosen("correct horse")).err();
    assert!(matches!(other, Some(UnlockError::Open(OpenError::DamagedHeader))));
    fs::remove_file(&path).unwrap();
    assert!(matches!(unlock(dir.path(), &chosen("correct horse")).err(), Some(UnlockError::Missing)));
}

#[test]
fn a_sealed_file_that_holds_something_else_is_not_a_profile() {
    let (dir, _) = profile();
    let sealed = age_file::seal_with_passphrase(&chosen("correct horse"), LIGHT, b"a letter").unwrap();
    fs::write(dir.path().join(MEMBER_FILE), sealed).unwrap();
    assert!(matches!(unlock(dir.path(), &chosen("correct horse")).err(), Some(UnlockError::NotAProfile)));
}

#[test]
fn a_card_exchanged_beside_the_profile_is_put_right_at_unlock() {
    let (dir, member) = profile();
    assert_eq!(&card(dir.path()).unwrap(), member.card());
    let (_other, stranger) = profile();
    fs::write(dir.path().join(CARD_FILE), stranger.card().to_text()).unwrap();
    assert_eq!(unlock(dir.path(), &chosen("correct horse")).unwrap().card(), member.card());
    assert_eq!(&card(dir.path()).unwrap(), member.card());
    fs::remove_file(dir.path().join(CARD_FILE)).unwrap();
    unlock(dir.path(), &chosen("correct horse")).unwrap();
    assert_eq!(&card(dir.path()).unwrap(), member.card());
}

#[test]
fn no_secret_and_no_temporary_file_lies_in_the_folder() {
    let (dir, member) = profile();
    let text = member.to_text();
    let secret = text.lines().last().unwrap();
    let mut names: Vec<_> =
        fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [CARD_FILE, MEMBER_FILE]);
    for name in names {
        let bytes = fs::read(dir.path().join(name)).unwrap();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read_the_folder_and_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempdir().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    create_at(dir.path(), "Reviewer One", Role::Reviewer, &chosen("correct horse"), LIGHT).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(dir.path()), 0o700);
    assert_eq!(mode(&dir.path().join(MEMBER_FILE)), 0o600);
}

#[cfg(unix)]
#[test]
fn a_folder_shared_by_all_users_is_refused_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempdir().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o1777)).unwrap();
    let refused = create_at(dir.path(), "Reviewer", Role::Dpo, &chosen("correct horse"), LIGHT);
    assert!(matches!(refused.err(), Some(CreateError::SharedFolder)));
    assert_eq!(fs::metadata(dir.path()).unwrap().permissions().mode() & 0o7777, 0o1777);
    assert!(!exists(dir.path()));
}
