mod cases;

use super::*;

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../schemas/vectors/ledger");

fn vector(name: &str) -> String {
    format!("{VECTORS}/{name}")
}

fn run_with(args: &[&str]) -> (Verdict, String) {
    let args: Vec<OsString> = args.iter().map(OsString::from).collect();
    let mut out = Vec::new();
    let verdict = run(&args, &mut out).unwrap();
    (verdict, String::from_utf8(out).unwrap())
}

/// A copy of a vector with one piece of text replaced.
fn forged(name: &str, from: &str, to: &str) -> tempfile::NamedTempFile {
    let text = std::fs::read_to_string(vector(name)).unwrap();
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), changed).unwrap();
    file
}

#[test]
fn a_proof_file_and_the_keys_are_enough() {
    let (verdict, said) = run_with(&[&vector("entry-1.tlog-proof"), "--policy", &vector("policy.txt")]);
    assert_eq!(verdict, Verdict::Verified, "{said}");
    assert!(said.contains("proved  The entry is number 1 of the 20 in the ledger."), "{said}");
    assert!(said.contains("proved  Signed by the store and by reviewer-1."), "{said}");
    assert!(said.ends_with("Verified; 1 point to look at.\n"), "{said}");
}

#[test]
fn an_export_is_verified_only_with_keys_of_ones_own() {
    let (verdict, said) = run_with(&["--policy", &vector("policy.txt"), &vector("export.json")]);
    assert_eq!(verdict, Verdict::Verified, "{said}");
    assert!(said.contains("20 entries, numbered 0 to 19, none missing."), "{said}");
    let (verdict, said) = run_with(&[&vector("export.json")]);
    assert_eq!(verdict, Verdict::NoKeys, "{said}");
    assert!(said.contains("look    The keys come from the file itself"), "{said}");
    assert!(said.contains("\nNOT VERIFIED: the file agrees with itself"), "{said}");
}

#[test]
fn a_proof_without_keys_is_not_verified() {
    let (verdict, said) = run_with(&[&vector("entry-1.tlog-proof")]);
    assert_eq!(verdict, Verdict::NotVerified);
    assert!(said.contains("FAILED  Nobody's signature was checked."), "{said}");
    assert!(said.ends_with("NOT VERIFIED.\n"), "{said}");
}

#[test]
fn forged_files_are_not_verified() {
    let proof = forged("entry-1.tlog-proof", "index 1", "index 2");
    let export = forged("export.json", "reviewer 1", "reviewer 2");
    let policy = vector("policy.txt");
    for file in [proof, export] {
        let (verdict, said) = run_with(&[file.path().to_str().unwrap(), "--policy", &policy]);
        assert_eq!(verdict, Verdict::NotVerified, "{said}");
        assert!(said.contains("FAILED"), "{said}");
    }
}

#[test]
fn an_entry_can_be_given_as_a_file_of_its_own() {
    let export = std::fs::read_to_string(vector("export.json")).unwrap();
    let entry = tempfile::NamedTempFile::new().unwrap();
    let line = export.lines().filter(|line| line.contains("\\\"kind\\\"")).nth(1).unwrap();
    let json = line.trim().trim_end_matches(',').trim_matches('"').replace("\\\"", "\"");
    std::fs::write(entry.path(), format!("{json}\n")).unwrap();
    let (proof, policy) = (vector("entry-1.tlog-proof"), vector("policy.txt"));
    let with = |leaf: &str| run_with(&[&proof, "--policy", &policy, "--leaf", leaf]).0;
    assert_eq!(with(entry.path().to_str().unwrap()), Verdict::Verified);
    assert_eq!(with(&policy), Verdict::NotVerified);
}

#[test]
fn a_policy_is_read_in_words_and_a_signed_head_needs_one() {
    let (verdict, said) = run_with(&[&vector("policy.txt")]);
    assert_eq!(verdict, Verdict::Verified, "{said}");
    assert!(
        said.contains("look    Compare the key of countersign/st-7f3k with the one you were given."),
        "{said}"
    );
    assert!(said.ends_with("The policy can be used; 2 points to look at.\n"), "{said}");
    let head = tempfile::NamedTempFile::new().unwrap();
    let proof = std::fs::read_to_string(vector("entry-1.tlog-proof")).unwrap();
    std::fs::write(head.path(), proof.split_once("\n\n").unwrap().1).unwrap();
    let path = head.path().to_str().unwrap();
    assert_eq!(run_with(&[path]).0, Verdict::NotVerified);
    let (verdict, said) = run_with(&[path, "--policy", &vector("policy.txt")]);
    assert_eq!(verdict, Verdict::Verified, "{said}");
    let (verdict, said) =
        run_with(&[&vector("export.json"), "--policy", &vector("policy.txt"), "--since", path]);
    assert_eq!(verdict, Verdict::Verified, "{said}");
    assert!(said.contains("The first 20 entries are those of the earlier head; 0 came since."), "{said}");
}

#[test]
fn wrong_usage_and_unreadable_files_say_so_and_exit_with_2() {
    let export = vector("export.json");
    let missing = vector("no-such-file");
    let usage: &[&[&str]] = &[
        &[],
        &["--policy"],
        &[&export, &export],
        &[&export, "--policy"],
        &[&export, "--quiet"],
        &[&export, "--policy", &export, "--policy", &export],
    ];
    for args in usage {
        let (verdict, said) = run_with(args);
        assert_eq!((verdict, said.as_str()), (Verdict::Usage, USAGE), "{args:?}");
    }
    for args in [
        [missing.as_str(), "--policy", &export],
        [&export, "--policy", &missing],
        [&export, "--policy", &export],
        [&export, "--leaf", &export],
        [&vector("policy.txt"), "--since", &export],
    ] {
        let (verdict, said) = run_with(&args);
        assert_eq!(verdict, Verdict::Usage, "{args:?}");
        assert!(!said.is_empty() && said != USAGE, "{said}");
    }
    assert_eq!(run_with(&["--help"]), (Verdict::Verified, USAGE.to_owned()));
}
