//! Keyed hashes: officer ids become pseudonyms, record numbers become tokens, and neither can be recomputed without the key.

use hmac::{Hmac, Mac};
use model::Pseudonym;
use sha2::Sha256;
use siphasher::sip::SipHasher24;
use std::hash::Hasher;
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

/// HMAC-SHA-256 (RFC 2104) with the key already absorbed for people, and SipHash-2-4 under a key drawn from it for
/// records: a token has 64 bits either way, and millions of records cost a tenth.
#[derive(Clone)]
pub(crate) struct Keyed {
    mac: Hmac<Sha256>,
    records: SipHasher24,
}

impl Keyed {
    pub(crate) fn new(key: &PseudonymKey) -> Self {
        // EXPOSE: the hash state has to absorb the key.
        let mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("HMAC takes keys of any length");
        let drawn: [u8; 32] = mac.clone().chain_update(b"records").finalize().into_bytes().into();
        let half: &[u8; 16] = drawn.first_chunk().expect("a digest has 32 bytes");
        Self { mac, records: SipHasher24::new_with_key(half) }
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
    #[inline]
    pub(crate) fn token(&self, record: &[u8]) -> u64 {
        let mut hash = self.records;
        hash.write(record);
        hash.finish().max(1)
    }

    /// Token of a row that stands for its own claim.
    pub(crate) fn row_token(&self, import_hash: &[u8; 32], ordinal: u32) -> u64 {
        self.first_64(&[b"row\0", import_hash, &ordinal.to_be_bytes()]).max(1)
    }
}
