//! Keyed hashes: officer ids become pseudonyms, record numbers become tokens, and neither can be recomputed without the key.

use hmac::{Hmac, Mac};
use model::Pseudonym;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The store's pseudonym key; wiped on drop, never printed, cloned or serialised.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct PseudonymKey([u8; 32]);

impl PseudonymKey {
    /// Takes the 32 key bytes; the caller wipes its own copy.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// 128-bit keyed hash under which the id index finds an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdHash(pub [u8; 16]);

/// HMAC-SHA-256 (RFC 2104) with the key already absorbed.
#[derive(Clone)]
pub(crate) struct Keyed {
    mac: Hmac<Sha256>,
}

impl Keyed {
    pub(crate) fn new(key: &PseudonymKey) -> Self {
        // EXPOSE: the hash state has to absorb the key.
        Self { mac: Hmac::new_from_slice(&key.0).expect("HMAC takes keys of any length") }
    }

    fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.mac.clone();
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    fn first_64(&self, parts: &[&[u8]]) -> u64 {
        let digest = self.digest(parts);
        u64::from_be_bytes(digest[..8].try_into().expect("a digest has 32 bytes"))
    }

    /// First 40 bits of the keyed hash of a normalised id; `counter` above 0 steps past a collision.
    pub(crate) fn pseudonym(&self, id: &[u8], counter: u32) -> Pseudonym {
        let bits = match counter {
            0 => self.first_64(&[b"officer\0", id]),
            n => self.first_64(&[b"officer\0", id, b"\0", &n.to_be_bytes()]),
        };
        Pseudonym::from_bits(bits >> 24)
    }

    pub(crate) fn id_hash(&self, id: &[u8]) -> IdHash {
        let digest = self.digest(&[b"id\0", id]);
        IdHash(digest[..16].try_into().expect("a digest has 32 bytes"))
    }

    /// Token of a normalised record number; never 0, which means "none given".
    pub(crate) fn token(&self, record: &[u8]) -> u64 {
        self.first_64(&[b"record\0", record]).max(1)
    }

    /// Token of a row that stands for its own claim.
    pub(crate) fn row_token(&self, import_hash: &[u8; 32], ordinal: u32) -> u64 {
        self.first_64(&[b"row\0", import_hash, &ordinal.to_be_bytes()]).max(1)
    }
}
