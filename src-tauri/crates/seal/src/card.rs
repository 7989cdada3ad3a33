//! Member cards: the small public file by which members know each other.

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};

use crate::{Recipient, fingerprint};

/// Largest card file that is read, in bytes.
pub const CARD_LIMIT_BYTES: usize = 4096;
const NAME_LIMIT_CHARS: usize = 80;
const VERSION: u32 = 1;

/// What a member may do in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads leads, decides them and asks for names.
    Reviewer,
    /// The data protection officer: grants names, countersigns the ledger.
    Dpo,
    /// Speaks for officers: answers lead packs.
    Representative,
    /// Keeps the pseudonym key and imports.
    Custodian,
}

/// A member's public card, checked: its recipient can be sealed to and its key can verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    name: String,
    role: Role,
    recipient: Recipient,
    verifying_key: VerifyingKey,
}

/// Why a card or a name for one is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// More than [`CARD_LIMIT_BYTES`].
    #[error("this file is too large to be a member card")]
    TooLarge,
    /// Not JSON, or with missing, unknown or repeated keys.
    #[error("this file is not a member card")]
    NotACard,
    /// Made by a later version of the program.
    #[error("this member card was made by a newer version")]
    NewerVersion,
    /// Empty, padded, longer than 80 characters, or with invisible characters.
    #[error("the name is empty, too long, or holds characters that cannot be seen")]
    BadName,
    /// The recipient or the verifying key is not one, or is a weak one.
    #[error("a key on this member card is not valid")]
    BadKey,
}

/// The card as written; keys in alphabetical order, so that its compact form is RFC 8785.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CardText {
    name: String,
    recipient: String,
    role: Role,
    v: u32,
    verifying_key: String,
}

impl Card {
    pub(crate) fn new(
        name: &str,
        role: Role,
        recipient: Recipient,
        verifying_key: VerifyingKey,
    ) -> Result<Self, CardError> {
        check_name(name)?;
        if verifying_key.is_weak() {
            return Err(CardError::BadKey);
        }
        Ok(Self { name: name.to_owned(), role, recipient, verifying_key })
    }

    /// Reads a card file; everything on it is checked here.
    pub fn parse(text: &str) -> Result<Self, CardError> {
        if text.len() > CARD_LIMIT_BYTES {
            return Err(CardError::TooLarge);
        }
        let card: CardText = serde_json::from_str(text).map_err(|_| CardError::NotACard)?;
        if card.v != VERSION {
            return Err(CardError::NewerVersion);
        }
        let recipient = card.recipient.parse().map_err(|_| CardError::BadKey)?;
        let key = BASE64_STANDARD.decode(&card.verifying_key).map_err(|_| CardError::BadKey)?;
        let key: [u8; 32] = key.try_into().map_err(|_| CardError::BadKey)?;
        let verifying_key = VerifyingKey::from_bytes(&key).map_err(|_| CardError::BadKey)?;
        Self::new(&card.name, card.role, recipient, verifying_key)
    }

    /// The card as a text file.
    pub fn to_text(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(&self.text()).expect("strings and a number always serialise");
        text.push('\n');
        text
    }

    /// Six words over everything on the card, compared aloud at enrolment (66 bits).
    pub fn fingerprint(&self) -> String {
        let canonical = serde_json::to_vec(&self.text()).expect("strings and a number always serialise");
        fingerprint::words(b"countersign card v1\n", &canonical)
    }

    /// The member's name, as they wrote it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the member may do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The key that files for this member are sealed to.
    pub fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    /// The Ed25519 key that checks this member's signatures.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.verifying_key
    }

    fn text(&self) -> CardText {
        CardText {
            name: self.name.clone(),
            recipient: self.recipient.to_string(),
            role: self.role,
            v: VERSION,
            verifying_key: BASE64_STANDARD.encode(self.verifying_key.as_bytes()),
        }
    }
}

fn check_name(name: &str) -> Result<(), CardError> {
    let sound = !name.is_empty()
        && name.trim() == name
        && name.chars().count() <= NAME_LIMIT_CHARS
        && !name.chars().any(is_unseen);
    if sound { Ok(()) } else { Err(CardError::BadName) }
}

/// Control characters, and the zero-width and direction marks with which one name can pose as another.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
