//! Shared makings: a small ledger with fixed keys, so that every byte is the same on every run.

mod cosign;
mod export;
mod golden;
mod keys;
mod leaf;
mod proof;
mod tree;

use crate::*;
use ed25519_dalek::SigningKey;
use std::collections::BTreeMap;

const STORE: &str = "st-7f3k";

fn signing(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn ledger_key() -> SigningKey {
    signing(1)
}

fn member() -> SigningKey {
    signing(2)
}

fn witness() -> SigningKey {
    signing(3)
}

fn origin() -> String {
    Checkpoint::origin_of(STORE)
}

fn witness_vkey() -> VerifierKey {
    witness_key("countersign/dpo", &witness().verifying_key()).unwrap()
}

fn known() -> Vec<VerifierKey> {
    vec![
        verifier_key(&origin(), &ledger_key().verifying_key()).unwrap(),
        verifier_key(&member_key_name(&origin(), "reviewer 1"), &member().verifying_key()).unwrap(),
    ]
}

fn policy() -> Policy {
    let [log, member] = known().try_into().unwrap();
    Policy::new(log, vec![member]).unwrap()
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
        at: format!("2026-11-21T09:{:02}:{:02}Z", seq / 60 % 60, seq % 60),
        store: STORE.into(),
        by: "reviewer 1".into(),
        kind,
        lead: (seq > 0).then(|| "LD-0042".to_owned()),
        text_hash: officer.as_ref().map(|_| text_hash(b"sixteen bytes ok", "Necessary for case 12")),
        officer,
        details: BTreeMap::from([("minutes".to_owned(), 15.into())]),
    }
}

fn entries(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|seq| entry(seq).to_bytes().unwrap()).collect()
}

fn tree_of(leaves: &[Vec<u8>]) -> Memory {
    leaves.iter().map(|bytes| leaf_hash(bytes)).collect()
}

fn signed(leaves: &[Vec<u8>]) -> SignedCheckpoint {
    let tree = tree_of(leaves);
    let head = Checkpoint::new(STORE, tree.size(), tree.root_at(tree.size()).unwrap());
    sign_checkpoint(&head, &ledger_key(), ("reviewer 1", &member())).unwrap()
}

fn proof_of(leaves: &[Vec<u8>], index: u64) -> Proof {
    let tree = tree_of(leaves);
    let hashes = inclusion(index, tree.size(), &tree).unwrap();
    let extra = Some(leaves[usize::try_from(index).unwrap()].clone());
    Proof { index, hashes, checkpoint: signed(leaves), extra }
}

fn vectors(name: &str) -> serde_json::Value {
    let path = vector_path(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn vector_path(name: &str) -> String {
    format!("{}/../../../schemas/vectors/ledger/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Every text that differs from this one in a single bit and still is a text.
fn one_bit_away(text: &str) -> impl Iterator<Item = String> {
    let bytes = text.as_bytes().to_vec();
    (0..bytes.len() * 8).filter_map(move |bit| {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        String::from_utf8(changed).ok()
    })
}

fn failed(checks: &[Check]) -> Vec<&str> {
    checks.iter().filter(|c| c.outcome == Outcome::Failed).map(|c| c.what.as_str()).collect()
}
