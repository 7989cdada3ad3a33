//! What a member types to unlock their profile.

use secrecy::{ExposeSecret, SecretString};

/// Fewest characters a newly chosen passphrase may have.
pub const SHORTEST_PASSPHRASE_CHARS: usize = 8;

/// A passphrase: cannot be printed, copied or compared, and is wiped when dropped.
pub struct Passphrase(SecretString);

/// Why a newly chosen passphrase is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseError {
    /// Fewer than [`SHORTEST_PASSPHRASE_CHARS`] characters.
    #[error("the passphrase needs at least {SHORTEST_PASSPHRASE_CHARS} characters")]
    TooShort,
}

impl Passphrase {
    /// A passphrase chosen just now, to protect something new.
    pub fn chosen(text: String) -> Result<Self, PassphraseError> {
        let passphrase = Self::given(text);
        passphrase.check_choice()?;
        Ok(passphrase)
    }

    /// A passphrase typed to open something that exists; a short one is simply wrong.
    pub fn given(text: String) -> Self {
        Self(SecretString::from(text))
    }

    pub(crate) fn check_choice(&self) -> Result<(), PassphraseError> {
        // EXPOSE: counted, not kept.
        match self.0.expose_secret().chars().count() {
            0..SHORTEST_PASSPHRASE_CHARS => Err(PassphraseError::TooShort),
            _ => Ok(()),
        }
    }

    /// The copy that age takes by value; it is wiped when age drops it.
    pub(crate) fn for_age(&self) -> SecretString {
        self.0.clone()
    }
}
