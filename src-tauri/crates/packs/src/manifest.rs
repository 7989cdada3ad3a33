//! The signed head of a pack: who sends what to whom, for what, and as which of their packs.

use crate::{Pack, PackError, Party};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::VerifyingKey;
use ledger::{Hash, MAX_INTEGER};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The version of the envelope this crate writes and reads.
pub const PACK_VERSION: u32 = 1;
/// The longest manifest line, in bytes: a hundred recipients fit.
pub(crate) const MAX_MANIFEST_BYTES: usize = 64 * 1024;
/// The longest purpose, in characters.
pub const MAX_PURPOSE_CHARS: usize = 300;
const MAX_NAME_CHARS: usize = 120;
const MAX_RECIPIENTS: usize = 100;

/// The sender's whole member card, in the fields of a card file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sender {
    pub name: String,
    /// The age recipient an answer is sealed to.
    pub recipient: String,
    pub role: Party,
    pub v: u32,
    /// Ed25519, in base64.
    pub verifying_key: String,
}

/// One of those the pack is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    pub name: String,
    pub recipient: String,
}

/// What the sender signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// When it was made, by the sender's clock: `2026-11-21T09:30:00Z`. Order comes from `sequence`.
    pub at: String,
    pub body_bytes: u64,
    /// SHA-256 of the body line.
    #[cfg_attr(test, schemars(with = "String"))]
    pub body_hash: Hash,
    pub kind: Pack,
    /// [`crate::Signed::hash`] of the sender's pack of this kind before this one to the same people; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub previous: Option<Hash>,
    /// Why it is sent, in a sentence.
    pub purpose: String,
    pub sender: Sender,
    /// From 1, per sender, kind and set of recipients.
    pub sequence: u64,
    pub store: String,
    pub to: Vec<Addressee>,
    pub v: u32,
}

impl Sender {
    /// The key that checks what this sender signs; weak keys are none.
    pub fn key(&self) -> Option<VerifyingKey> {
        let bytes: [u8; 32] = BASE64_STANDARD.decode(&self.verifying_key).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak())
    }
}

impl Manifest {
    pub(crate) fn parse(line: &[u8]) -> Result<Self, PackError> {
        #[derive(Deserialize)]
        struct Versioned {
            v: u32,
        }
        let manifest: Self =
            serde_json::from_slice(line).map_err(|_| match serde_json::from_slice(line) {
                Ok(Versioned { v }) if v != PACK_VERSION => PackError::UnknownVersion,
                _ => PackError::NotAPack,
            })?;
        if manifest.v != PACK_VERSION {
            return Err(PackError::UnknownVersion);
        }
        // One spelling only: the signature is over these bytes.
        let same = manifest.to_line().is_some_and(|own| own == line);
        if same && manifest.is_sound() { Ok(manifest) } else { Err(PackError::NotAPack) }
    }

    pub(crate) fn to_line(&self) -> Option<Vec<u8>> {
        serde_json_canonicalizer::to_vec(self).ok()
    }

    pub(crate) fn is_sound(&self) -> bool {
        let short = |text: &str, most| {
            let count = text.chars().count();
            (1..=most).contains(&count) && !text.chars().any(char::is_control)
        };
        short(&self.purpose, MAX_PURPOSE_CHARS)
            // Also keeps what is no plain code out of the file names a reader derives from it.
            && self.store.parse::<model::StoreId>().is_ok()
            && short(&self.sender.name, MAX_NAME_CHARS)
            && short(&self.at, 20)
            && (1..=MAX_RECIPIENTS).contains(&self.to.len())
            && self.to.iter().all(|a| short(&a.name, MAX_NAME_CHARS) && short(&a.recipient, 4096))
            && (1..=MAX_INTEGER).contains(&self.sequence)
            && (self.sequence > 1 || self.previous.is_none())
    }

    /// What tells apart one person's packs of one kind to one set of people about one store: their numbers run in one line.
    pub fn channel(&self) -> String {
        channel(&self.store, self.kind, &self.sender, &self.to)
    }
}

/// [`Manifest::channel`] of a pack to be.
pub fn channel(store: &str, kind: Pack, sender: &Sender, to: &[Addressee]) -> String {
    let mut recipients: Vec<&str> = to.iter().map(|a| a.recipient.as_str()).collect();
    recipients.sort_unstable();
    recipients.dedup();
    let mut hasher = Sha256::new();
    let kind = serde_json::to_string(&kind).expect("a plain enum always serialises");
    for part in [store, &kind, &sender.verifying_key].into_iter().chain(recipients) {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    Hash(hasher.finalize().into()).hex()
}
