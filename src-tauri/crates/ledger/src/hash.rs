//! 32-byte SHA-256 hashes and the two ways this ledger makes them.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{fmt, str::FromStr};

/// A SHA-256 hash of an entry, of a tree node or of a whole tree; written as standard base64 (44 characters).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hash(pub [u8; 32]);

/// The text is not the base64 of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 hash in base64")]
pub struct HashError;

impl Hash {
    /// The root of the tree without entries: SHA-256 of nothing (RFC 6962 2.1).
    pub const EMPTY: Self = Self(tlog_tiles::EMPTY_HASH.0);

    /// The hash in lower-case hexadecimal, as `sha256sum` prints it.
    pub fn hex(&self) -> String {
        use fmt::Write as _;
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a String cannot fail");
            text
        })
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = HashError;

    fn from_str(text: &str) -> Result<Self, HashError> {
        let bytes = BASE64_STANDARD.decode(text).map_err(|_| HashError)?;
        bytes.try_into().map(Self).map_err(|_| HashError)
    }
}

impl TryFrom<String> for Hash {
    type Error = HashError;

    fn try_from(text: String) -> Result<Self, HashError> {
        text.parse()
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

impl From<tlog_tiles::Hash> for Hash {
    fn from(hash: tlog_tiles::Hash) -> Self {
        Self(hash.0)
    }
}

impl From<Hash> for tlog_tiles::Hash {
    fn from(hash: Hash) -> Self {
        Self(hash.0)
    }
}

/// The tree's hash of one entry's bytes: `SHA-256(0x00 || bytes)` (RFC 6962 2.1).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    tlog_tiles::record_hash(bytes).into()
}

/// The salted hash that stands in a leaf for a text kept elsewhere, in base64:
/// `SHA-256("countersign/text/v1" 0x0A, length of the salt as 8 big-endian bytes, salt, text in UTF-8)`.
///
/// The salt (16 random bytes or more) stays with the text, so that nobody can guess a short text from the ledger alone.
pub fn text_hash(salt: &[u8], text: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(b"countersign/text/v1\n");
    hasher.update((salt.len() as u64).to_be_bytes());
    hasher.update(salt);
    hasher.update(text.as_bytes());
    Hash(hasher.finalize().into()).to_string()
}
