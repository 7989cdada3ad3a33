//! Files to verify, made with fixed keys: what the committed `cases.json` holds, and what each of them must come to.
//!
//! `UPDATE_VECTORS=1 cargo test -p verify` writes it anew after a deliberate change of format.

mod entries;
mod exports;
mod heads;
mod policies;
mod proofs;

use super::{run, vector};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::SigningKey;
use ledger::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::OsString;

const STORE: &str = "st-7f3k";
const SIZE: u64 = 7;
/// When the witness signed: 2026-11-21 10:00 UTC.
const TIME: u64 = 1_795_255_200;

/// One run of the program: its files, and the exit code it must end with.
struct Case {
    why: String,
    file: Vec<u8>,
    policy: Option<String>,
    leaf: Option<String>,
    since: Option<String>,
    exit: u8,
}

fn case(exit: u8, why: &str, file: impl Into<Vec<u8>>) -> Case {
    let file = file.into();
    Case { why: why.into(), file, policy: Some(policy().to_string()), leaf: None, since: None, exit }
}

impl Case {
    fn policy(self, text: impl ToString) -> Self {
        Self { policy: Some(text.to_string()), ..self }
    }
    fn without_policy(self) -> Self {
        Self { policy: None, ..self }
    }
    fn leaf(self, text: impl ToString) -> Self {
        Self { leaf: Some(text.to_string()), ..self }
    }
    fn since(self, text: impl ToString) -> Self {
        Self { since: Some(text.to_string()), ..self }
    }

    fn json(&self) -> Value {
        let file = match std::str::from_utf8(&self.file) {
            Ok(text) => json!(text),
            Err(_) => json!({"base64": BASE64_STANDARD.encode(&self.file)}),
        };
        let mut case = json!({"why": self.why, "exit": self.exit, "file": file});
        for (key, text) in [("policy", &self.policy), ("leaf", &self.leaf), ("since", &self.since)] {
            if let Some(text) = text {
                case[key] = json!(text);
            }
        }
        case
    }
}

fn signing(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn origin() -> String {
    Checkpoint::origin_of(STORE)
}

fn log_key(seed: u8) -> VerifierKey {
    verifier_key(&origin(), &signing(seed).verifying_key()).unwrap()
}

fn member_key(seed: u8) -> VerifierKey {
    verifier_key(&member_key_name(&origin(), "reviewer 1"), &signing(seed).verifying_key()).unwrap()
}

fn dpo_key() -> VerifierKey {
    witness_key("countersign/dpo", &signing(3).verifying_key()).unwrap()
}

fn policy() -> Policy {
    Policy::new(log_key(1), vec![member_key(2)]).unwrap()
}

/// The same, and the data protection officer must have countersigned.
fn strict() -> Policy {
    Policy::with_witnesses(log_key(1), vec![member_key(2)], vec![dpo_key()], 1).unwrap()
}

fn entry(seq: u64) -> Leaf {
    let (kind, officer) = match seq {
        0 => (Kind::StoreCreated, None),
        n if n % 3 == 1 => (Kind::UnmaskRecorded, Some("OFC-7K2M-0XZ9".to_owned())),
        n if n % 3 == 2 => (Kind::UnmaskRevealed, Some("OFC-7K2M-0XZ9".to_owned())),
        _ => (Kind::Consultation, None),
    };
    Leaf {
        v: 1,
        seq,
        at: format!("2026-11-21T09:00:{seq:02}Z"),
        store: STORE.into(),
        by: "reviewer 1".into(),
        kind,
        lead: (seq > 0).then(|| "LD-0042".to_owned()),
        text_hash: officer.as_ref().map(|_| text_hash(b"sixteen bytes ok", "Necessary for case 12")),
        officer,
        details: BTreeMap::from([("minutes".to_owned(), 15.into())]),
    }
}

fn leaves(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|seq| entry(seq).to_bytes().unwrap()).collect()
}

fn tree(leaves: &[Vec<u8>]) -> Memory {
    leaves.iter().map(|bytes| leaf_hash(bytes)).collect()
}

/// A head of these entries, whoever signs it for whatever store.
fn head_by(leaves: &[Vec<u8>], store: &str, ledger: u8, member: u8) -> String {
    let tree = tree(leaves);
    let head = Checkpoint::new(store, tree.size(), tree.root_at(tree.size()).unwrap());
    sign_checkpoint(&head, &signing(ledger), ("reviewer 1", &signing(member))).unwrap().to_string()
}

fn head(leaves: &[Vec<u8>]) -> String {
    head_by(leaves, STORE, 1, 2)
}

fn countersigned(head: &str) -> String {
    let line = cosign(&policy().open(head).unwrap(), "countersign/dpo", &signing(3), TIME).unwrap();
    attach_cosignature(head, &line, &dpo_key()).unwrap().to_string()
}

/// A proof file as text, of entries of any form.
fn proof_of(leaves: &[Vec<u8>], index: u64, head: &str) -> String {
    let tree = tree(leaves);
    let extra = Some(leaves[usize::try_from(index).unwrap()].clone());
    let checkpoint = SignedCheckpoint::parse(head).unwrap();
    Proof { index, hashes: inclusion(index, tree.size(), &tree).unwrap(), checkpoint, extra }.to_string()
}

fn proof(index: u64) -> String {
    proof_of(&leaves(SIZE), index, &head(&leaves(SIZE)))
}

/// An export as text, of entries of any form.
fn export_of(leaves: &[Vec<u8>], head: &str) -> String {
    let leaves: Vec<&str> = leaves.iter().map(|leaf| std::str::from_utf8(leaf).unwrap()).collect();
    let document = json!({
        "format": "countersign-ledger/1", "store": STORE, "leaves": leaves, "checkpoint": head,
        "policy": policy().to_string(),
    });
    serde_json::to_string_pretty(&document).unwrap()
}

fn export() -> String {
    export_of(&leaves(SIZE), &head(&leaves(SIZE)))
}

/// The text with the lowest bit flipped of the first byte after `mark`.
fn flipped(text: &str, mark: &str) -> Vec<u8> {
    flipped_after(text, mark, 0)
}

/// The same, `further` bytes on.
fn flipped_after(text: &str, mark: &str, further: usize) -> Vec<u8> {
    let at = text.find(mark).unwrap_or_else(|| panic!("no {mark:?} in {text}")) + mark.len() + further;
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] ^= 1;
    bytes
}

/// The text with one piece replaced by another.
fn with(text: &str, from: &str, to: &str) -> String {
    let changed = text.replacen(from, to, 1);
    assert_ne!(changed, text, "no {from:?}");
    changed
}

fn all() -> Vec<Case> {
    [proofs::cases(), entries::cases(), exports::cases(), heads::cases(), policies::cases()]
        .into_iter()
        .flatten()
        .collect()
}

fn document(cases: &[Case]) -> String {
    let cases: Vec<String> = cases.iter().map(|case| case.json().to_string()).collect();
    format!(
        "{{\"about\":\"files for countersign-verify; exit is the code it must end with; keys are made from seeds of 32 equal bytes\",\"cases\":[\n{}\n]}}\n",
        cases.join(",\n")
    )
}

#[test]
fn the_published_cases_are_what_this_version_makes() {
    let (path, text) = (vector("cases.json"), document(&all()));
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == text,
        "cases.json has another form than the one published"
    );
}

#[test]
fn every_case_ends_as_it_must_and_most_of_them_must_fail() {
    let cases = all();
    let failing = cases.iter().filter(|case| case.exit == 1).count();
    assert!(failing >= 60 && failing < cases.len(), "{failing} of {}", cases.len());
    for case in &cases {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            OsString::from(path)
        };
        let mut args = vec![write("file", &case.file)];
        for (name, text) in [("policy", &case.policy), ("leaf", &case.leaf), ("since", &case.since)] {
            if let Some(text) = text {
                args.extend([OsString::from(format!("--{name}")), write(name, text.as_bytes())]);
            }
        }
        let mut said = Vec::new();
        let verdict = run(&args, &mut said).unwrap();
        assert_eq!(verdict as u8, case.exit, "{}:\n{}", case.why, String::from_utf8_lossy(&said));
    }
}
