//! Tree heads: how many entries, which root, and who stands for it (C2SP tlog-checkpoint in a signed note).

use crate::{
    Cosigned, Hash, MAX_SIZE, VerifierKey, member_key_name,
    note::{self, NoteError, Signers, Unchecked},
    verifier_key,
};
use ed25519_dalek::{Signer as _, SigningKey};
use std::fmt;

const PREFIX: &str = "countersign/";

/// The head of a ledger at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger: `countersign/<store id>`.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The RFC 6962 root over them.
    pub root: Hash,
}

/// A signed note over a checkpoint; its signatures are as good as whoever made the value says until verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint(String);

/// A checkpoint whose required signatures hold; only this crate makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub(crate) body: String,
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// The members who signed, as their key names say without the origin.
    pub members: Vec<String>,
    /// The known witnesses who countersigned.
    pub cosigned: Vec<Cosigned>,
}

/// Why a checkpoint is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not a signed note, or its body is not exactly origin, size and root.
    #[error("this is not a signed checkpoint of a ledger")]
    Malformed,
    /// A signature by a key we know is wrong.
    #[error("a signature on the checkpoint is wrong")]
    Forged,
    /// The store's ledger key has not signed, or is not among the known keys.
    #[error("the checkpoint is not signed by the store's ledger key")]
    Ledger,
    /// No known member has signed.
    #[error("the checkpoint is not signed by a known member")]
    Member,
    /// A key name or the store id cannot stand in a note.
    #[error("the store id or the member's name cannot stand in a checkpoint")]
    Name,
}

impl From<NoteError> for CheckpointError {
    fn from(error: NoteError) -> Self {
        match error {
            NoteError::Malformed => Self::Malformed,
            NoteError::Forged => Self::Forged,
            NoteError::Unsigned => Self::Ledger,
        }
    }
}

impl Checkpoint {
    /// The head of the ledger of this store.
    pub fn new(store: &str, size: u64, root: Hash) -> Self {
        Self { origin: Self::origin_of(store), size, root }
    }

    /// The origin of the ledger of this store, which is also the name of its ledger key.
    pub fn origin_of(store: &str) -> String {
        format!("{PREFIX}{store}")
    }

    /// The store id inside the origin.
    pub fn store(&self) -> &str {
        self.origin.strip_prefix(PREFIX).unwrap_or_default()
    }

    /// The lines that are signed.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    fn parse(body: &str) -> Result<Self, CheckpointError> {
        let (origin, size, root) = note::parse_head(body).ok_or(CheckpointError::Malformed)?;
        let store = origin.strip_prefix(PREFIX).ok_or(CheckpointError::Malformed)?;
        let whole = signed_note::is_key_name_valid(store) && size <= MAX_SIZE;
        if whole { Ok(Self { origin, size, root }) } else { Err(CheckpointError::Malformed) }
    }
}

impl SignedCheckpoint {
    pub(crate) fn trust_form(text: String) -> Self {
        Self(text)
    }

    /// Takes a text whose form is that of a signed checkpoint; checks no signature.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        read_unverified(text).map(|_| Self(text.to_owned()))
    }

    /// The note's text, to store or send as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Signs a head with the store's ledger key and with the key of the member who acts.
pub fn sign_checkpoint(
    checkpoint: &Checkpoint,
    ledger: &SigningKey,
    (name, member): (&str, &SigningKey),
) -> Result<SignedCheckpoint, CheckpointError> {
    let body = checkpoint.body();
    Checkpoint::parse(&body).map_err(|_| CheckpointError::Name)?;
    if name.trim().is_empty() {
        return Err(CheckpointError::Name);
    }
    let line = |name: &str, key: &SigningKey| {
        let public = verifier_key(name, &key.verifying_key()).map_err(|_| CheckpointError::Name)?;
        Ok::<_, CheckpointError>(note::signature(&public, key.sign(body.as_bytes()).to_vec())?)
    };
    let signatures =
        [line(&checkpoint.origin, ledger)?, line(&member_key_name(&checkpoint.origin, name), member)?];
    Ok(SignedCheckpoint(note::write(&body, &signatures)?))
}

/// Checks a signed checkpoint: the key named by its origin and at least one known member must have signed it.
///
/// A line by a known key that does not verify refuses the whole note; lines by unknown keys are ignored (C2SP).
pub fn verify_checkpoint(text: &str, known: &[VerifierKey]) -> Result<Verified, CheckpointError> {
    let verified = open(text, known)?;
    if verified.members.is_empty() { Err(CheckpointError::Member) } else { Ok(verified) }
}

/// Like [`verify_checkpoint`], but content with the ledger key alone.
pub(crate) fn open(text: &str, known: &[VerifierKey]) -> Result<Verified, CheckpointError> {
    let note = Unchecked::parse(text)?;
    let checkpoint = Checkpoint::parse(note.body())?;
    let signers = Signers::sort(&checkpoint.origin, note.verify(known)?);
    if !signers.ledger {
        return Err(CheckpointError::Ledger);
    }
    let short = |key: &VerifierKey| key.name()[checkpoint.origin.len() + 1..].to_owned();
    Ok(Verified {
        body: note.body().to_owned(),
        members: signers.members.into_iter().map(short).collect(),
        cosigned: signers.witnesses.into_iter().map(|(key, time)| Cosigned::new(key, time)).collect(),
        checkpoint,
    })
}

/// What a signed checkpoint says, whoever wrote it: to show or to find the right keys, never to rely on.
pub fn read_unverified(text: &str) -> Result<Checkpoint, CheckpointError> {
    Checkpoint::parse(Unchecked::parse(text)?.body())
}
