//! The vault key: seals who an officer is, opens it only for a receipt.

use std::{fmt, str::FromStr};

use age::x25519;
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use crate::{
    IdentityFields, OpenBytesError, OpenError, OpenIdentityError, ParseRecipientError, Recipient, SealError,
    age_file, framed, identity,
};

/// Largest identity that is opened, in bytes.
const IDENTITY_LIMIT_BYTES: usize = 256 * 1024;

/// A store's vault key. It cannot be copied or printed and is wiped when dropped.
pub struct VaultKey([x25519::Identity; 1]);

/// The bytes are not a vault key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a vault key")]
pub struct VaultKeyError;

/// The public half: all that an import needs. Cheap to clone, shared between threads, storable as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultRecipient(Recipient);

impl VaultKey {
    /// Makes a new key.
    pub fn generate() -> Self {
        Self([x25519::Identity::generate()])
    }

    /// The secret that goes into a key file: an age identity in text, so that the standard tool can use it.
    pub fn to_secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        let [identity] = &self.0;
        // EXPOSE: into a buffer that is wiped, on its way into a sealed key file.
        Zeroizing::new(identity.to_string().expose_secret().as_bytes().to_vec())
    }

    /// Reads back what [`VaultKey::to_secret_bytes`] gave.
    pub fn from_secret(secret: &[u8]) -> Result<Self, VaultKeyError> {
        let text = std::str::from_utf8(secret).map_err(|_| VaultKeyError)?;
        text.parse().map(|identity| Self([identity])).map_err(|_| VaultKeyError)
    }

    /// The public half.
    pub fn recipient(&self) -> VaultRecipient {
        let [identity] = &self.0;
        VaultRecipient(Recipient::of(identity))
    }

    /// Opens one officer's identity; the store and pseudonym sealed inside must be the expected ones.
    pub fn open_identity(
        &self,
        sealed: &[u8],
        store_id: &str,
        pseudonym: &str,
    ) -> Result<IdentityFields, OpenIdentityError> {
        identity::decode(&self.open(sealed, IDENTITY_LIMIT_BYTES)?, store_id, pseudonym)
    }

    /// Opens bytes sealed with [`VaultRecipient::seal_bytes`] for the same purpose in the same store.
    pub fn open_bytes(
        &self,
        purpose: &str,
        store_id: &str,
        sealed: &[u8],
        limit: usize,
    ) -> Result<Zeroizing<Vec<u8>>, OpenBytesError> {
        let frame = framed::frame(purpose, store_id);
        let framed = match self.open(sealed, limit.saturating_add(frame.len())) {
            Err(OpenError::TooLarge { .. }) => return Err(OpenError::TooLarge { limit }.into()),
            opened => opened?,
        };
        framed::unframe(framed, &frame)
    }

    fn open(&self, sealed: &[u8], limit: usize) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        age_file::open(&self.0, sealed, limit)
    }
}

impl VaultRecipient {
    /// Seals one officer's identity together with the store and the pseudonym it belongs to.
    pub fn seal_identity(
        &self,
        store_id: &str,
        pseudonym: &str,
        fields: &IdentityFields,
    ) -> Result<Vec<u8>, SealError> {
        age_file::seal(std::slice::from_ref(&self.0), &identity::encode(store_id, pseudonym, fields))
    }

    /// Seals any bytes together with their purpose and store.
    pub fn seal_bytes(&self, purpose: &str, store_id: &str, bytes: &[u8]) -> Result<Vec<u8>, SealError> {
        let framed = Zeroizing::new([framed::frame(purpose, store_id).as_bytes(), bytes].concat());
        age_file::seal(std::slice::from_ref(&self.0), &framed)
    }
}

impl fmt::Display for VaultRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for VaultRecipient {
    type Err = ParseRecipientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests;
