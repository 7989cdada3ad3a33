//! Countersignatures: C2SP tlog-cosignature v1, one line that says "I saw this ledger at this time, and it had only grown".
//!
//! Whoever cosigns first checks with [`crate::verify_consistency`] that the head extends the last one they cosigned.

use crate::{
    Algorithm, CheckpointError, SignedCheckpoint, Verified, VerifierKey, checkpoint,
    note::{self, Unchecked},
    witness_key,
};
use ed25519_dalek::{Signer as _, SigningKey};
use signed_note::{Signature, Verifier as _};

/// One valid countersignature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The witness's key name.
    pub name: String,
    /// The witness's key fingerprint, [`VerifierKey::fingerprint`].
    pub fingerprint: String,
    /// When, by the witness's clock: seconds since 1970-01-01 UTC.
    pub time: u64,
}

impl Cosigned {
    pub(crate) fn new(key: &VerifierKey, time: u64) -> Self {
        Self { name: key.name().to_owned(), fingerprint: key.fingerprint(), time }
    }
}

/// Why a countersignature cannot be made or believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CosignError {
    /// The witness's name cannot stand in a signature line.
    #[error("the witness's name cannot stand in a signature line")]
    Name,
    /// Times past 2^63 - 1 have no meaning in the format.
    #[error("the time is out of range")]
    Time,
    /// Not one signature line.
    #[error("this is not a countersignature line")]
    Malformed,
    /// The line is by another key than the one expected.
    #[error("the countersignature is by another key")]
    OtherKey,
    /// The signature does not belong to this checkpoint.
    #[error("the countersignature does not belong to this checkpoint")]
    Forged,
    /// The checkpoint it should belong to cannot be read.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

const TIME_BYTES: usize = 8;

/// The bytes a witness signs: two header lines, then the whole body of the note.
pub(crate) fn message(time: u64, body: &[u8]) -> Vec<u8> {
    [format!("cosignature/v1\ntime {time}\n").as_bytes(), body].concat()
}

/// Time and Ed25519 signature of a `timestamped_signature`.
pub(crate) fn split_time(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (time, signature) = bytes.split_first_chunk::<TIME_BYTES>()?;
    let time = u64::from_be_bytes(*time);
    i64::try_from(time).is_ok().then_some((time, signature))
}

/// The signature line (with its newline) by which a witness countersigns a checkpoint it has verified.
pub fn cosign(head: &Verified, witness: &str, key: &SigningKey, time: u64) -> Result<String, CosignError> {
    let public = witness_key(witness, &key.verifying_key()).map_err(|_| CosignError::Name)?;
    i64::try_from(time).map_err(|_| CosignError::Time)?;
    let signature = key.sign(&message(time, head.body.as_bytes()));
    let bytes = [time.to_be_bytes().as_slice(), &signature.to_bytes()].concat();
    let line = note::signature(&public, bytes).map_err(|_| CosignError::Name)?;
    String::from_utf8(line.to_bytes()).map_err(|_| CosignError::Name)
}

/// Checks that the line is this witness's countersignature of this checkpoint.
pub fn verify_cosignature(note: &str, line: &str, witness: &VerifierKey) -> Result<Cosigned, CosignError> {
    let (_, line) = read(note, line, witness)?;
    let (time, _) = split_time(line.signature()).ok_or(CosignError::Forged)?;
    Ok(Cosigned::new(witness, time))
}

/// The checkpoint with a checked countersignature added, in the place of an older one by the same witness.
pub fn attach_cosignature(
    note: &str,
    line: &str,
    witness: &VerifierKey,
) -> Result<SignedCheckpoint, CosignError> {
    let (note, line) = read(note, line, witness)?;
    note.with(line).map(SignedCheckpoint::trust_form).map_err(|_| CosignError::Malformed)
}

fn read(note: &str, line: &str, witness: &VerifierKey) -> Result<(Unchecked, Signature), CosignError> {
    checkpoint::read_unverified(note)?;
    let note = Unchecked::parse(note).map_err(CheckpointError::from)?;
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = Signature::from_bytes(line.as_bytes()).map_err(|_| CosignError::Malformed)?;
    let expected = witness.algorithm() == Algorithm::Cosignature
        && line.name() == witness.name()
        && line.id() == witness.id();
    if !expected {
        return Err(CosignError::OtherKey);
    }
    if !witness.verify(note.body().as_bytes(), line.signature()) {
        return Err(CosignError::Forged);
    }
    Ok((note, line))
}
