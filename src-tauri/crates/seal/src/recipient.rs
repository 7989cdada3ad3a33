//! Whom a file can be sealed to.

use std::{fmt, str::FromStr};

use age::x25519;
use curve25519_dalek::{MontgomeryPoint, traits::IsIdentity};

/// A public age key that has been checked; opaque, because other kinds of key will come.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(x25519::Recipient);

/// Why a text is not a recipient.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseRecipientError {
    /// Not an X25519 recipient in its one canonical spelling (`age1` and 58 lower-case characters).
    #[error("this is not an age recipient of a kind this version knows")]
    UnknownKind,
    /// A point of low order: everything sealed to it could be opened by anybody.
    #[error("this age recipient is a weak key and is refused")]
    WeakKey,
}

impl Recipient {
    pub(crate) fn of(identity: &x25519::Identity) -> Self {
        Self(identity.to_public())
    }

    pub(crate) fn as_age(&self) -> &dyn age::Recipient {
        &self.0
    }
}

impl FromStr for Recipient {
    type Err = ParseRecipientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed: x25519::Recipient = text.parse().map_err(|_| ParseRecipientError::UnknownKind)?;
        if parsed.to_string() != text {
            return Err(ParseRecipientError::UnknownKind);
        }
        if has_low_order(text)? {
            return Err(ParseRecipientError::WeakKey);
        }
        Ok(Self(parsed))
    }
}

/// RFC 7748 6.1: an all-zero shared secret betrays a low-order point. age would panic on it while sealing.
fn has_low_order(text: &str) -> Result<bool, ParseRecipientError> {
    let (_, bytes) = bech32::decode(text).map_err(|_| ParseRecipientError::UnknownKind)?;
    let point: [u8; 32] = bytes.try_into().map_err(|_| ParseRecipientError::UnknownKind)?;
    Ok(MontgomeryPoint(point).mul_clamped([1; 32]).is_identity())
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
