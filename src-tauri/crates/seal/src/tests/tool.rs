//! Both directions against the standard `age` tool (Debian package `age`); skipped with a printed reason without it.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::ExposeSecret;
use tempfile::{TempDir, tempdir};

use crate::{IdentityFields, KeyFile, KeyKind, Member, Passphrase, RecoverySheet, Role, VaultKey, profile};

fn missing(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").stdout(Stdio::null()).status().is_ok();
    if !found {
        println!("skipped: `{tool}` is not installed");
    }
    !found
}

fn age(dir: &Path, arguments: &[&str]) {
    let output = Command::new("age").current_dir(dir).args(arguments).output().unwrap();
    assert!(output.status.success(), "age {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A folder with the member's opened profile text as `identity`.
fn folder_of(member: &Member) -> TempDir {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join("identity"), member.to_text().as_bytes()).unwrap();
    dir
}

#[test]
fn the_standard_tool_opens_with_a_members_identity_what_is_sealed_to_the_member() {
    if missing("age") {
        return;
    }
    let member = Member::make("Reviewer One", Role::Reviewer).unwrap();
    let dir = folder_of(&member);
    let key_file = KeyFile::seal_key(&[member.card()], KeyKind::Store, "store-a", &[7; 32]).unwrap();
    fs::write(dir.path().join("keys.age"), key_file).unwrap();
    age(dir.path(), &["-d", "-i", "identity", "-o", "keys.json", "keys.age"]);
    let body = fs::read_to_string(dir.path().join("keys.json")).unwrap();
    let key = BASE64_STANDARD.encode([7; 32]);
    assert_eq!(body, format!(r#"{{"key":"{key}","kind":"store","store":"store-a","v":1}}"#));
}

#[test]
fn a_member_opens_what_the_standard_tool_seals_to_the_card() {
    if missing("age") {
        return;
    }
    let member = Member::make("Reviewer One", Role::Reviewer).unwrap();
    let dir = folder_of(&member);
    let long = vec![42; 200_000];
    fs::write(dir.path().join("letter"), &long).unwrap();
    age(dir.path(), &["-r", &member.card().recipient().to_string(), "-o", "letter.age", "letter"]);
    let sealed = fs::read(dir.path().join("letter.age")).unwrap();
    assert_eq!(*member.open(&sealed, long.len()).unwrap(), long);
}

#[test]
fn the_recovery_sheet_and_the_standard_tool_alone_lead_to_an_identity() {
    if missing("age") {
        return;
    }
    let (sheet, vault, dir) = (RecoverySheet::generate(), VaultKey::generate(), tempdir().unwrap());
    let write = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).unwrap();
    let secret = vault.to_secret_bytes();
    write("sheet", sheet.text().expose_secret().as_bytes());
    write(
        "vault.age",
        &KeyFile::seal_key_to(&[sheet.recipient()], KeyKind::Vault, "store-a", &secret).unwrap(),
    );
    let mut fields = IdentityFields::default();
    fields.surname = "Canary".into();
    write("officer.age", &vault.recipient().seal_identity("store-a", "OFC-1111-1111", &fields).unwrap());

    age(dir.path(), &["-d", "-i", "sheet", "-o", "vault.json", "vault.age"]);
    let body: serde_json::Value =
        serde_json::from_slice(&fs::read(dir.path().join("vault.json")).unwrap()).unwrap();
    write("vault", &BASE64_STANDARD.decode(body["key"].as_str().unwrap()).unwrap());
    age(dir.path(), &["-d", "-i", "vault", "-o", "officer.json", "officer.age"]);
    let officer: serde_json::Value =
        serde_json::from_slice(&fs::read(dir.path().join("officer.json")).unwrap()).unwrap();
    assert_eq!(officer["identity"]["surname"], "Canary");
}

#[test]
fn the_standard_tool_takes_the_profile_file_itself_with_the_passphrase() {
    // The tool reads passphrases from a terminal only; `script` (util-linux) gives it one.
    if missing("age") || missing("script") {
        return;
    }
    let dir = tempdir().unwrap();
    let passphrase = Passphrase::chosen("correct horse".into()).unwrap();
    let member = profile::create(dir.path(), "Reviewer One", Role::Reviewer, &passphrase).unwrap();
    let sealed = crate::seal(&[member.card().recipient().clone()], b"for the member").unwrap();
    fs::write(dir.path().join("letter.age"), sealed).unwrap();
    let mut terminal = Command::new("script")
        .current_dir(dir.path())
        .args(["-qec", "age -d -i member.age -o letter letter.age", "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    terminal.stdin.take().unwrap().write_all(b"correct horse\n").unwrap();
    assert!(terminal.wait().unwrap().success());
    assert_eq!(fs::read(dir.path().join("letter")).unwrap(), b"for the member");
}
