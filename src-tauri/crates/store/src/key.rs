//! The raw key of a store.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 32 random bytes that open `store.db`. They come out of `keys.age` and are wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RawKey([u8; 32]);

impl RawKey {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The statement that gives the key to a connection (`key`), or to the whole database (`rekey`).
    pub(crate) fn pragma(&self, word: &str) -> Zeroizing<String> {
        // EXPOSE: SQLCipher takes a raw key only as hexadecimal text of a statement.
        Zeroizing::new(format!("PRAGMA {word} = \"x'{}'\"", *self.hex()))
    }

    fn hex(&self) -> Zeroizing<String> {
        let mut hex = Zeroizing::new(String::with_capacity(64));
        for byte in self.0 {
            hex.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
            hex.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        }
        hex
    }

    /// Eight bytes of a labelled hash, public: they tell a wrong key from a damaged file. The key is 256 random bits,
    /// so they help nobody to find it.
    pub(crate) fn check(&self) -> String {
        let digest =
            Sha256::new().chain_update(b"countersign/store-key-check/v1").chain_update(self.0).finalize();
        digest[..8].iter().map(|b| format!("{b:02x}")).collect()
    }

    pub(crate) fn copy(&self) -> Self {
        Self(self.0)
    }
}

impl std::fmt::Debug for RawKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RawKey(..)")
    }
}
