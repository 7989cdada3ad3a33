//! Keys, member cards and sealed identities: the only user of `age` in the program.
//!
//! Everything made here opens with the standard `age` tool, so nobody depends on this program to get data back.
//! Nothing that is opened is handed out before the file has been read to its authenticated end.
//! A sealed file says nothing about who made it: age has no sender authentication.

mod age_file;
mod card;
mod fingerprint;
mod framed;
mod identity;
mod key_file;
mod member;
mod passphrase;
pub mod profile;
mod recipient;
mod recovery;
mod vault;

#[cfg(test)]
mod tests;

pub use age_file::{OpenError, SealError, seal};
pub use card::{CARD_LIMIT_BYTES, Card, CardError, Role};
pub use framed::OpenBytesError;
pub use identity::{IdentityFields, OpenIdentityError};
pub use key_file::{KeyFile, KeyKind, OpenKeyError};
pub use member::Member;
pub use passphrase::{Passphrase, PassphraseError, SHORTEST_PASSPHRASE_CHARS};
pub use recipient::{ParseRecipientError, Recipient};
pub use recovery::{ParseSheetError, RecoverySheet};
pub use vault::{VaultKey, VaultKeyError, VaultRecipient};
