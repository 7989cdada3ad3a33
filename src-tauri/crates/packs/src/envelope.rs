//! Writing and reading of the whole: manifest line, signature line, body line. Sealing around it is `age`'s.
//!
//! age says nothing about who made a file, so any recipient could forge one: the signature says who, the recipients
//! in the manifest keep a pack from being passed on as if it were meant for somebody else.

use crate::manifest::MAX_MANIFEST_BYTES;
use crate::{Addressee, Manifest, PACK_VERSION, Pack, PackError, Sender, WriteError};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use ledger::Hash;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

const DOMAIN: &[u8] = b"countersign/pack/v1\n";
/// 64 bytes in base64.
const SIGNATURE_CHARS: usize = 88;
/// What a pack is longer than its body, at most, in bytes.
pub const OVERHEAD: u64 = MAX_MANIFEST_BYTES as u64 + SIGNATURE_CHARS as u64 + 3;

/// The content of one kind of pack. Types deny unknown keys; `holds` checks what types cannot say.
pub trait Body: Serialize + DeserializeOwned {
    /// The kind that has this body.
    const KIND: Pack;

    /// Whether lengths, counts and codes are within what this kind allows.
    fn holds(&self) -> bool;
}

/// Everything about a pack to be but its body.
#[derive(Debug, Clone)]
pub struct Draft {
    pub at: String,
    pub previous: Option<Hash>,
    pub purpose: String,
    pub sender: Sender,
    pub sequence: u64,
    pub store: String,
    pub to: Vec<Addressee>,
}

/// A signed pack, ready to be sealed.
#[derive(Debug, Clone)]
pub struct Written {
    pub bytes: Vec<u8>,
    /// What the next pack names as `previous`, and what answers are bound to.
    pub hash: Hash,
}

fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    Hash(hasher.finalize().into())
}

/// The one name of a pack: over manifest and signature, and so over the body's hash.
fn name(manifest: &[u8], signature: &[u8]) -> Hash {
    sha256(&[DOMAIN, manifest, b"\n", signature])
}

/// Signs a body and its manifest.
pub fn write<B: Body>(draft: Draft, body: &B, key: &SigningKey) -> Result<Written, WriteError> {
    if draft.to.is_empty() {
        return Err(WriteError::NoRecipient);
    }
    if draft.sender.key() != Some(key.verifying_key()) {
        return Err(WriteError::Key);
    }
    let body_line = serde_json_canonicalizer::to_vec(body).map_err(|_| WriteError::Body)?;
    if !body.holds() || body_line.len() as u64 > B::KIND.limit() {
        return Err(WriteError::Body);
    }
    let Draft { at, previous, purpose, sender, sequence, store, to } = draft;
    let manifest = Manifest {
        at,
        body_bytes: body_line.len() as u64,
        body_hash: sha256(&[&body_line]),
        kind: B::KIND,
        previous,
        purpose,
        sender,
        sequence,
        store,
        to,
        v: PACK_VERSION,
    };
    let line = manifest.to_line().filter(|line| line.len() <= MAX_MANIFEST_BYTES && manifest.is_sound());
    let line = line.ok_or(WriteError::Header)?;
    let signature = BASE64_STANDARD.encode(key.sign(&[DOMAIN, &line].concat()).to_bytes());
    let hash = name(&line, signature.as_bytes());
    let mut bytes = line;
    bytes.reserve_exact(SIGNATURE_CHARS + body_line.len() + 3);
    for part in [b"\n", signature.as_bytes(), b"\n", &body_line, b"\n"] {
        bytes.extend_from_slice(part);
    }
    Ok(Written { bytes, hash })
}

/// A whole pack whose signature and hash hold for the sender it names. Nobody has said yet that this sender counts.
#[derive(Debug, Clone)]
pub struct Signed {
    manifest: Manifest,
    hash: Hash,
    body: Vec<u8>,
}

/// Who reads, and what they are ready to take.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The reader's own age recipient.
    pub me: &'a str,
    /// The store it must belong to, where there is one open.
    pub store: Option<&'a str>,
    pub kinds: &'a [Pack],
    /// The cards of those whose packs count.
    pub known: &'a [Sender],
}

/// A pack from somebody known, to the reader, of a kind and store that are wanted. Only this one has a body.
#[derive(Debug, Clone)]
pub struct Admitted(Signed);

fn line<'a>(bytes: &mut &'a [u8], most: usize) -> Result<&'a [u8], PackError> {
    let window = &bytes[..bytes.len().min(most + 1)];
    match window.iter().position(|b| *b == b'\n') {
        Some(end) => {
            let found = &bytes[..end];
            *bytes = &bytes[end + 1..];
            Ok(found)
        }
        None if bytes.len() <= most && bytes.first() == Some(&b'{') => Err(PackError::Truncated),
        None => Err(PackError::NotAPack),
    }
}

impl Signed {
    /// Reads the opened content of a sealed file, which must have been read to its authenticated end.
    pub fn read(opened: &[u8]) -> Result<Self, PackError> {
        let mut rest = opened;
        let manifest_line = line(&mut rest, MAX_MANIFEST_BYTES)?;
        let manifest = Manifest::parse(manifest_line)?;
        let signature_line = line(&mut rest, SIGNATURE_CHARS).map_err(|_| match rest.len() {
            0..=SIGNATURE_CHARS => PackError::Truncated,
            _ => PackError::Altered,
        })?;
        let limit = manifest.kind.limit();
        if manifest.body_bytes > limit {
            return Err(PackError::TooLarge { limit });
        }
        check_signature(&manifest, manifest_line, signature_line)?;
        let body = match rest.split_last() {
            Some((b'\n', body)) if body.len() as u64 == manifest.body_bytes => body,
            _ if (rest.len() as u64) <= manifest.body_bytes => return Err(PackError::Truncated),
            _ => return Err(PackError::Altered),
        };
        if sha256(&[body]) != manifest.body_hash {
            return Err(PackError::Altered);
        }
        let hash = name(manifest_line, signature_line);
        Ok(Self { manifest, hash, body: body.to_vec() })
    }

    /// What the sender signed.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The one name of this pack.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Takes it if it is wanted: addressed to the reader, of the right kind and store, from somebody known.
    pub fn admit(self, reader: &Reader<'_>) -> Result<Admitted, PackError> {
        let Manifest { kind, sender, store, to, .. } = &self.manifest;
        if !to.iter().any(|a| a.recipient == reader.me) {
            return Err(PackError::ForSomeoneElse);
        }
        if !reader.kinds.contains(kind) {
            return Err(PackError::WrongKind(*kind));
        }
        if reader.store.is_some_and(|own| own != store) {
            return Err(PackError::OtherStore);
        }
        if !reader.known.contains(sender) {
            return Err(PackError::UnknownSender);
        }
        if kind.route().0 != sender.role {
            return Err(PackError::SenderRole(*kind));
        }
        Ok(Admitted(self))
    }
}

fn check_signature(manifest: &Manifest, line: &[u8], signature: &[u8]) -> Result<(), PackError> {
    let bytes = BASE64_STANDARD.decode(signature).map_err(|_| PackError::Altered)?;
    let signature = Signature::from_slice(&bytes).map_err(|_| PackError::Altered)?;
    let key = manifest.sender.key().ok_or(PackError::Altered)?;
    key.verify_strict(&[DOMAIN, line].concat(), &signature).map_err(|_| PackError::Altered)
}

impl Admitted {
    /// What the sender signed.
    pub fn manifest(&self) -> &Manifest {
        &self.0.manifest
    }

    /// The one name of this pack.
    pub fn hash(&self) -> Hash {
        self.0.hash
    }

    /// The content, in the one form of its kind.
    pub fn body<B: Body>(&self) -> Result<B, PackError> {
        let kind = self.0.manifest.kind;
        if kind != B::KIND {
            return Err(PackError::WrongKind(kind));
        }
        let body: B = serde_json::from_slice(&self.0.body).map_err(|_| PackError::Form(kind))?;
        let canonical = serde_json_canonicalizer::to_vec(&body).map_err(|_| PackError::Form(kind))?;
        if canonical == self.0.body && body.holds() { Ok(body) } else { Err(PackError::Form(kind)) }
    }
}
