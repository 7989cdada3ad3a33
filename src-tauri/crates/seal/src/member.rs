//! An unlocked member: the private half of a card.

use age::x25519;
use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::SigningKey;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{Card, CardError, OpenError, Recipient, Role, age_file};

const VERSION: u32 = 1;
const COMMENT: &str = "# countersign member ";

/// An unlocked member: opens what is sealed to them and signs what they do. Its keys are wiped when it is dropped.
pub struct Member {
    card: Card,
    identity: [x25519::Identity; 1],
    signing_key: SigningKey,
}

/// The first line of the opened profile file, after [`COMMENT`].
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    name: String,
    role: Role,
    signing_key: Seed,
    v: u32,
}

/// An Ed25519 seed in base64.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
struct Seed(String);

impl Member {
    /// Makes new keys for a member.
    pub(crate) fn make(name: &str, role: Role) -> Result<Self, CardError> {
        let mut seed = Zeroizing::new([0; 32]);
        // Without random numbers no key can be made, and there is nothing sensible left to do.
        getrandom::fill(seed.as_mut()).expect("the system gives random bytes");
        Self::from_keys(name, role, x25519::Identity::generate(), SigningKey::from_bytes(&seed))
    }

    fn from_keys(
        name: &str,
        role: Role,
        identity: x25519::Identity,
        signing_key: SigningKey,
    ) -> Result<Self, CardError> {
        let card = Card::new(name, role, Recipient::of(&identity), signing_key.verifying_key())?;
        Ok(Self { card, identity: [identity], signing_key })
    }

    /// The member's name, as they wrote it.
    pub fn name(&self) -> &str {
        self.card.name()
    }

    /// What the member may do.
    pub fn role(&self) -> Role {
        self.card.role()
    }

    /// The member's public card.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// The key that signs what this member does.
    pub fn signing_key(&self) -> &SigningKey {
        &self.signing_key
    }

    /// Opens a file sealed to this member, of at most `limit` bytes of content.
    pub fn open(&self, sealed: &[u8], limit: usize) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        age_file::open(&self.identity, sealed, limit)
    }

    /// The profile file's content: an age identity file, so that `age -d -i member.age` works with it.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(self.signing_key.to_bytes());
        let head = Head {
            name: self.card.name().to_owned(),
            role: self.card.role(),
            signing_key: Seed(BASE64_STANDARD.encode(seed.as_slice())),
            v: VERSION,
        };
        let json =
            Zeroizing::new(serde_json::to_string(&head).expect("strings and a number always serialise"));
        let [identity] = &self.identity;
        let secret = identity.to_string();
        // EXPOSE: written into a buffer that is wiped, on its way into the sealed profile file.
        Zeroizing::new([COMMENT, &json, "\n", secret.expose_secret(), "\n"].concat())
    }

    /// Reads what [`Member::to_text`] wrote.
    pub(crate) fn from_text(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let (first, rest) = text.split_once('\n')?;
        let head: Head = serde_json::from_str(first.strip_prefix(COMMENT)?).ok()?;
        if head.v != VERSION {
            return None;
        }
        let seed = Zeroizing::new(BASE64_STANDARD.decode(&head.signing_key.0).ok()?);
        let seed: &[u8; 32] = seed.as_slice().try_into().ok()?;
        let identity = rest.strip_suffix('\n')?.parse().ok()?;
        Self::from_keys(&head.name, head.role, identity, SigningKey::from_bytes(seed)).ok()
    }
}

#[cfg(test)]
mod tests;
