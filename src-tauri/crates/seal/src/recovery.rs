//! The printed sheet that opens a store when every member is gone.

use age::x25519;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::{OpenError, Recipient, age_file};

/// A key that exists on paper only: key files are sealed to its recipient as to a member.
pub struct RecoverySheet([x25519::Identity; 1]);

/// The typed text is not a recovery key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a recovery key; it begins with AGE-SECRET-KEY-1 and every character counts")]
pub struct ParseSheetError;

impl RecoverySheet {
    /// Makes a new key.
    pub fn generate() -> Self {
        Self([x25519::Identity::generate()])
    }

    /// Reads the key back from paper: spaces and line breaks do not matter, nor does upper or lower case.
    pub fn parse(typed: &str) -> Result<Self, ParseSheetError> {
        let mut text = Zeroizing::new(String::with_capacity(typed.len()));
        text.extend(typed.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()));
        text.parse().map(|identity| Self([identity])).map_err(|_| ParseSheetError)
    }

    /// The text to print once, an age identity; the standard tool takes it with `-i`.
    pub fn text(&self) -> SecretString {
        let [identity] = &self.0;
        identity.to_string()
    }

    /// What key files are sealed to, next to the members.
    pub fn recipient(&self) -> Recipient {
        let [identity] = &self.0;
        Recipient::of(identity)
    }

    /// Opens a file sealed to this sheet, of at most `limit` bytes of content.
    pub fn open(&self, sealed: &[u8], limit: usize) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        age_file::open(&self.0, sealed, limit)
    }
}

#[cfg(test)]
mod tests;
