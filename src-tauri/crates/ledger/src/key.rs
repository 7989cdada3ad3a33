//! Public keys as text: C2SP `signed-note` verifier keys, `<name>+<key id>+<base64 of type and key>`.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};
use std::{fmt, str::FromStr};

/// What a key's signatures look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// Ed25519 over the note (C2SP signed-note, type 0x01): the ledger key and members.
    Note,
    /// Ed25519 over time and note (C2SP tlog-cosignature v1, type 0x04): countersigning witnesses.
    Cosignature,
}

impl Algorithm {
    const fn byte(self) -> u8 {
        match self {
            Self::Note => 1,
            Self::Cosignature => 4,
        }
    }
}

/// A named public key that signatures are checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    algorithm: Algorithm,
    key: VerifyingKey,
}

/// Why a verifier key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name is empty or has a space, a plus or a control character.
    #[error("a key's name must not be empty or have spaces, plus signs or control characters")]
    Name,
    /// Not of the form `<name>+<key id>+<base64>`.
    #[error("not a verifier key of the form name+id+key")]
    Form,
    /// The key id does not belong to this name and key: a typing or copying mistake.
    #[error("the key id does not belong to this name and key")]
    Id,
    /// Another kind of key.
    #[error("not an Ed25519 note or cosignature key")]
    Algorithm,
    /// The 32 bytes are no usable Ed25519 public key.
    #[error("not a usable Ed25519 public key")]
    Key,
}

impl VerifierKey {
    /// Names a public key; keys of small order, which would accept forgeries, are refused.
    pub fn new(name: &str, algorithm: Algorithm, key: &VerifyingKey) -> Result<Self, KeyError> {
        if !signed_note::is_key_name_valid(name) || name.chars().any(char::is_control) {
            return Err(KeyError::Name);
        }
        if key.is_weak() {
            return Err(KeyError::Key);
        }
        Ok(Self { name: name.to_owned(), algorithm, key: *key })
    }

    /// The name that stands on signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Note signatures or cosignatures.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The public key itself.
    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    /// The first 4 bytes of SHA-256 over name, newline, type and key.
    pub fn id(&self) -> u32 {
        signed_note::key_id(&self.name, &self.typed())
    }

    /// SHA-256 of the public key in hexadecimal, to compare by eye or voice; the same whatever the key's name.
    pub fn fingerprint(&self) -> String {
        crate::Hash(Sha256::digest(self.key.as_bytes()).into()).hex()
    }

    fn typed(&self) -> Vec<u8> {
        [&[self.algorithm.byte()], self.key.as_bytes().as_slice()].concat()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+{}", self.name, self.id(), BASE64_STANDARD.encode(self.typed()))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
        let (_, key64) = rest.split_once('+').ok_or(KeyError::Form)?;
        let typed = BASE64_STANDARD.decode(key64).map_err(|_| KeyError::Form)?;
        let (kind, bytes) = typed.split_first().ok_or(KeyError::Form)?;
        let algorithm = [Algorithm::Note, Algorithm::Cosignature]
            .into_iter()
            .find(|algorithm| algorithm.byte() == *kind)
            .ok_or(KeyError::Algorithm)?;
        let bytes: &[u8; 32] = bytes.try_into().map_err(|_| KeyError::Key)?;
        let key = Self::new(name, algorithm, &VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Key)?)?;
        if key.to_string() == text { Ok(key) } else { Err(KeyError::Id) }
    }
}

impl signed_note::Verifier for VerifierKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id()
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let holds = |message: &[u8], signature: &[u8]| {
            Signature::from_slice(signature)
                .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
        };
        match self.algorithm {
            Algorithm::Note => holds(message, signature),
            Algorithm::Cosignature => crate::cosign::split_time(signature)
                .is_some_and(|(time, signature)| holds(&crate::cosign::message(time, message), signature)),
        }
    }
}

/// A key whose signatures are plain note signatures: the ledger key (named by the origin) or a member's.
pub fn verifier_key(name: &str, key: &VerifyingKey) -> Result<VerifierKey, KeyError> {
    VerifierKey::new(name, Algorithm::Note, key)
}

/// A key whose signatures are timestamped cosignatures: a countersigning witness.
pub fn witness_key(name: &str, key: &VerifyingKey) -> Result<VerifierKey, KeyError> {
    VerifierKey::new(name, Algorithm::Cosignature, key)
}

/// The key name of a member of this ledger: `<origin>/<member>`, with what a key name may not hold turned into `-`.
pub fn member_key_name(origin: &str, member: &str) -> String {
    let replace = |c: char| if c.is_whitespace() || c.is_control() || c == '+' || c == '/' { '-' } else { c };
    format!("{origin}/{}", member.trim().chars().map(replace).collect::<String>())
}
