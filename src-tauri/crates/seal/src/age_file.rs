//! Sealing and opening of whole age files in memory (<https://c2sp.org/age>).

use std::io::{Read, Write};

use age::{DecryptError, Decryptor, EncryptError, Encryptor, Identity, scrypt, x25519};
use zeroize::Zeroizing;

use crate::{Passphrase, Recipient};

/// scrypt work factor of everything sealed with a passphrase: N = 2^18, about 256 MiB and half a second.
pub(crate) const WORK_FACTOR: u8 = 18;
/// Highest work factor accepted on opening: N = 2^20, about 1 GiB. More is an attack on this computer.
pub(crate) const MAX_WORK_FACTOR: u8 = 20;

/// Why something could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Nobody could ever open it.
    #[error("there is nobody to seal this to")]
    NoRecipients,
    /// The encryption library refused.
    #[error("this could not be sealed")]
    Encryption,
}

/// Why a sealed file was not opened. Nothing of its content has been handed out.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The passphrase does not open the file; damage to its one scrypt line looks the same.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A sound header, but sealed to other keys.
    #[error("this file is not sealed to this key")]
    NotForThisKey,
    /// The header is not one of an age file, or is cut or altered.
    #[error("this is not a sealed file, or its beginning is damaged")]
    DamagedHeader,
    /// The authenticated content is cut, altered or followed by something.
    #[error("this sealed file is damaged or cut off")]
    DamagedContent,
    /// Opening would cost more than [`MAX_WORK_FACTOR`] allows.
    #[error(
        "this file asks for too much work (scrypt factor {required}, at most {MAX_WORK_FACTOR} is accepted)"
    )]
    TooMuchWork {
        /// The factor that the file names, the base-2 logarithm of scrypt's N.
        required: u8,
    },
    /// The content is longer than the caller allows.
    #[error("this sealed file holds more than {limit} bytes")]
    TooLarge {
        /// The caller's limit in bytes.
        limit: usize,
    },
}

/// Seals bytes so that each one of the recipients can open them alone.
pub fn seal(recipients: &[Recipient], plaintext: &[u8]) -> Result<Vec<u8>, SealError> {
    seal_for(recipients.iter().map(Recipient::as_age), plaintext)
}

/// Seals bytes with a passphrase at a given scrypt work factor.
pub(crate) fn seal_with_passphrase(
    passphrase: &Passphrase,
    work_factor: u8,
    plaintext: &[u8],
) -> Result<Vec<u8>, SealError> {
    let mut recipient = scrypt::Recipient::new(passphrase.for_age());
    recipient.set_work_factor(work_factor);
    seal_for(std::iter::once(&recipient as &dyn age::Recipient), plaintext)
}

fn seal_for<'a>(
    recipients: impl Iterator<Item = &'a dyn age::Recipient>,
    plaintext: &[u8],
) -> Result<Vec<u8>, SealError> {
    let encryptor = Encryptor::with_recipients(recipients).map_err(|error| match error {
        EncryptError::MissingRecipients => SealError::NoRecipients,
        _ => SealError::Encryption,
    })?;
    // A header of a few recipients and a tag per 64 KiB: one allocation in nearly every case.
    let mut sealed = Vec::with_capacity(plaintext.len() + plaintext.len() / 2048 + 1024);
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| SealError::Encryption)?;
    writer.write_all(plaintext).map_err(|_| SealError::Encryption)?;
    // Without `finish` the file has no end and is refused by every reader.
    writer.finish().map_err(|_| SealError::Encryption)?;
    Ok(sealed)
}

/// Opens a file with any one of several identities.
pub(crate) fn open(
    identities: &[x25519::Identity],
    sealed: &[u8],
    limit: usize,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    open_as(
        identities.iter().map(|identity| identity as &dyn Identity),
        sealed,
        limit,
        OpenError::NotForThisKey,
    )
}

/// Opens a file that was sealed with a passphrase.
pub(crate) fn open_with_passphrase(
    passphrase: &Passphrase,
    sealed: &[u8],
    limit: usize,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut identity = scrypt::Identity::new(passphrase.for_age());
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    open_as(std::iter::once(&identity as &dyn Identity), sealed, limit, OpenError::WrongPassphrase)
}

fn open_as<'a>(
    identities: impl Iterator<Item = &'a dyn Identity>,
    sealed: &[u8],
    limit: usize,
    wrong_key: OpenError,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let reader = Decryptor::new_buffered(sealed)
        .and_then(|decryptor| decryptor.decrypt(identities))
        .map_err(|error| refusal(error, wrong_key))?;
    // The plaintext is shorter than the file, so the buffer never moves and leaves no copy behind.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(sealed.len().min(limit.saturating_add(64))));
    reader.take(limit as u64 + 1).read_to_end(&mut plaintext).map_err(|_| OpenError::DamagedContent)?;
    // At or below the limit, `read_to_end` has seen the authenticated last chunk.
    if plaintext.len() > limit { Err(OpenError::TooLarge { limit }) } else { Ok(plaintext) }
}

fn refusal(error: DecryptError, wrong_key: OpenError) -> OpenError {
    match error {
        // No stanza of this kind at all: not a question of the passphrase.
        DecryptError::NoMatchingKeys => OpenError::NotForThisKey,
        // Only a scrypt stanza answers so: an X25519 stanza that does not open counts as another key's.
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => wrong_key,
        DecryptError::ExcessiveWork { required, .. } => OpenError::TooMuchWork { required },
        _ => OpenError::DamagedHeader,
    }
}

#[cfg(test)]
mod tests;
