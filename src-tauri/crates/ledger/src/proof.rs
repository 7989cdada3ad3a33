//! Proof files: one entry's path to a signed checkpoint (C2SP tlog-proof@v1), with the entry itself as extra data.

use crate::{
    Check, Checkpoint, Hash, Leaf, Policy, PolicyError, SignedCheckpoint, TreeError, Verified, check::utc,
    leaf_hash, verify_inclusion,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::{fmt, str::FromStr};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// No tree of at most 2^48 entries has a longer path.
const MAX_HASHES: usize = 64;
/// A signed checkpoint with a hundred signatures fits many times.
const MAX_PROOF_BYTES: usize = 1 << 20;

/// A proof that one entry is in the ledger whose head is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The entry's number.
    pub index: u64,
    /// The path from the entry to the root, [`crate::inclusion`].
    pub hashes: Vec<Hash>,
    /// The signed head.
    pub checkpoint: SignedCheckpoint,
    /// Unauthenticated companion data: the entry's canonical bytes, so that one file is enough.
    pub extra: Option<Vec<u8>>,
}

/// Why a proof is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// Not of the C2SP tlog-proof form.
    #[error("this is not a proof file")]
    Malformed,
    /// The signatures are not enough.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The entry is not where the proof says.
    #[error("the entry is not in the signed ledger at this place")]
    Tree(#[from] TreeError),
}

impl Proof {
    /// Checks the signatures against the policy, then the path from this entry's hash to the signed root.
    pub fn verify(&self, leaf: Hash, policy: &Policy) -> Result<Verified, ProofError> {
        let verified = policy.open(self.checkpoint.as_str())?;
        let Checkpoint { size, root, .. } = verified.checkpoint;
        verify_inclusion(&self.hashes, self.index, leaf, size, root)?;
        Ok(verified)
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", BASE64_STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for Proof {
    type Err = ProofError;

    fn from_str(text: &str) -> Result<Self, ProofError> {
        let malformed = ProofError::Malformed;
        if text.len() > MAX_PROOF_BYTES {
            return Err(malformed);
        }
        let (head, note) = text.split_once("\n\n").ok_or(ProofError::Malformed)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(malformed);
        }
        let extra = match lines.next_if(|line| line.starts_with("extra ")) {
            Some(line) => {
                Some(BASE64_STANDARD.decode(&line["extra ".len()..]).map_err(|_| ProofError::Malformed)?)
            }
            None => None,
        };
        let digits =
            lines.next().and_then(|line| line.strip_prefix("index ")).ok_or(ProofError::Malformed)?;
        let index: u64 = digits.parse().map_err(|_| ProofError::Malformed)?;
        let hashes =
            lines.map(str::parse).collect::<Result<Vec<Hash>, _>>().map_err(|_| ProofError::Malformed)?;
        if index.to_string() != digits || hashes.len() > MAX_HASHES {
            return Err(malformed);
        }
        let checkpoint = SignedCheckpoint::parse(note).map_err(|_| ProofError::Malformed)?;
        Ok(Self { index, hashes, checkpoint, extra })
    }
}

/// Everything that can be said about a proof file, in words. `leaf` replaces the entry inside the file.
///
/// Without a policy it cannot hold: a proof carries no keys, and a path without signatures proves nothing.
pub fn check_proof(text: &str, leaf: Option<&[u8]>, policy: Option<&Policy>) -> Vec<Check> {
    let proof: Proof = match text.parse() {
        Ok(proof) => proof,
        Err(error) => {
            return vec![Check::failed("This is not a proof file that can be read", format!("{error}"))];
        }
    };
    let Some(bytes) = leaf.or(proof.extra.as_deref()) else {
        return vec![Check::failed("The proof does not hold its entry, and no entry was given", "")];
    };
    let mut checks = vec![check_path(&proof, bytes), check_entry(&proof, bytes)];
    match policy {
        None => checks.push(unsigned("a proof file carries no keys: give those you trust as a policy")),
        Some(policy) => checks.extend(check_signatures(proof.checkpoint.as_str(), policy)),
    }
    checks
}

fn check_path(proof: &Proof, bytes: &[u8]) -> Check {
    let head =
        crate::read_unverified(proof.checkpoint.as_str()).expect("a SignedCheckpoint has the right form");
    let detail = format!("{} steps to root {}", proof.hashes.len(), head.root);
    match verify_inclusion(&proof.hashes, proof.index, leaf_hash(bytes), head.size, head.root) {
        Ok(()) => Check::proved(
            format!("The entry is number {} of the {} in the ledger", proof.index, head.size),
            detail,
        ),
        Err(error) => {
            Check::failed("The entry is not in the ledger at the place the proof names", error.to_string())
        }
    }
}

fn check_entry(proof: &Proof, bytes: &[u8]) -> Check {
    let head =
        crate::read_unverified(proof.checkpoint.as_str()).expect("a SignedCheckpoint has the right form");
    match Leaf::parse(bytes) {
        Err(error) => Check::failed("The entry cannot be read", error.to_string()),
        Ok(leaf) if leaf.seq != proof.index || leaf.store != head.store() => {
            Check::failed("The entry names another number or store than the proof", "")
        }
        Ok(leaf) => {
            let subject =
                [leaf.lead.as_deref().map(|l| format!(", lead {l}")), leaf.officer.map(|o| format!(", {o}"))];
            let subject: String = subject.into_iter().flatten().collect();
            Check::proved(
                format!("The entry is “{}” by {} at {}{subject}", leaf.kind, leaf.by, leaf.at),
                format!("store {}", leaf.store),
            )
        }
    }
}

/// What can be said about a signed head on its own, in words: who stands for it, and nothing about its entries.
pub fn check_checkpoint(text: &str, policy: Option<&Policy>) -> Vec<Check> {
    match policy {
        Some(policy) => check_signatures(text, policy),
        None => vec![unsigned("a signed head carries no keys: give those you trust as a policy")],
    }
}

fn unsigned(detail: &str) -> Check {
    Check::failed("Nobody's signature was checked", detail)
}

/// The signatures and countersignatures of a checkpoint, in words.
pub(crate) fn check_signatures(note: &str, policy: &Policy) -> Vec<Check> {
    let verified = match policy.open(note) {
        Ok(verified) => verified,
        Err(error) => return vec![Check::failed("The signatures do not hold", error.to_string())],
    };
    let head = &verified.checkpoint;
    let origin = format!("{} with {} entries, root {}", head.origin, head.size, head.root);
    let mut checks = vec![if verified.members.is_empty() {
        Check::look("Signed by the store; the policy names no member", origin)
    } else {
        Check::proved(format!("Signed by the store and by {}", verified.members.join(" and ")), origin)
    }];
    for witness in &verified.cosigned {
        let detail = format!("key {}", witness.fingerprint);
        checks.push(Check::proved(
            format!("Countersigned by {} at {}", witness.name, utc(witness.time)),
            detail,
        ));
    }
    if verified.cosigned.is_empty() {
        checks.push(Check::look("Nobody the policy names as a witness has countersigned this head", ""));
    }
    checks
}
