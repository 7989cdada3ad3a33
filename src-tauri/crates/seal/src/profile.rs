//! The profile folder: a member's private keys in one file, and their card beside it.

use std::{
    fs, io,
    io::{Read, Write},
    path::Path,
};

use crate::{
    Card, CardError, Member, OpenError, Passphrase, PassphraseError, Role, SealError,
    age_file::{self, WORK_FACTOR},
    card::CARD_LIMIT_BYTES,
};

/// The private file: an age identity file, sealed with the passphrase.
const MEMBER_FILE: &str = "member.age";
/// The public card, in clear: for showing who may unlock. The card to hand out is [`Member::card`].
const CARD_FILE: &str = "card";
const MEMBER_LIMIT_BYTES: usize = 16 * 1024;

/// Why a profile was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Keys already live here; they are never overwritten.
    #[error("there is already a profile in this folder")]
    AlreadyThere,
    /// The passphrase is not fit to protect new keys.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The name cannot stand on a card.
    #[error(transparent)]
    Name(#[from] CardError),
    /// A folder that every user of this computer shares.
    #[error("this folder is shared with every user of this computer")]
    SharedFolder,
    /// The keys could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The folder could not be written.
    #[error("the profile folder could not be written: {0}")]
    Io(#[from] io::Error),
}

/// Why a profile was not unlocked.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// No profile in this folder.
    #[error("there is no profile in this folder")]
    Missing,
    /// The file does not open; above all [`OpenError::WrongPassphrase`].
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file opens but is not a profile of this version.
    #[error("the profile file opens, but does not hold a member's keys that this version can read")]
    NotAProfile,
    /// The folder could not be read.
    #[error("the profile folder could not be read: {0}")]
    Io(#[from] io::Error),
}

/// Why the passphrase was not changed; the old one still opens the profile.
#[derive(Debug, thiserror::Error)]
pub enum ChangePassphraseError {
    /// The profile does not open with the old passphrase.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// The new passphrase is not fit.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The keys could not be sealed again.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The folder could not be written.
    #[error("the profile folder could not be written: {0}")]
    Io(#[from] io::Error),
}

/// Why the card in the profile folder cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadCardError {
    /// Not a sound card.
    #[error(transparent)]
    Card(#[from] CardError),
    /// No such file, or it could not be read.
    #[error("the card in the profile folder could not be read: {0}")]
    Io(#[from] io::Error),
}

/// Whether a folder holds a profile.
pub fn exists(dir: &Path) -> bool {
    dir.join(MEMBER_FILE).exists()
}

/// Makes a member's keys and keeps them in a folder, sealed with the passphrase.
pub fn create(dir: &Path, name: &str, role: Role, passphrase: &Passphrase) -> Result<Member, CreateError> {
    create_at(dir, name, role, passphrase, WORK_FACTOR)
}

fn create_at(
    dir: &Path,
    name: &str,
    role: Role,
    passphrase: &Passphrase,
    work_factor: u8,
) -> Result<Member, CreateError> {
    passphrase.check_choice()?;
    if exists(dir) {
        return Err(CreateError::AlreadyThere);
    }
    let member = Member::make(name, role)?;
    make_private(dir)?;
    let sealed = age_file::seal_with_passphrase(passphrase, work_factor, member.to_text().as_bytes())?;
    write_durably(dir, MEMBER_FILE, &sealed, Existing::Kept).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => CreateError::AlreadyThere,
        _ => CreateError::Io(error),
    })?;
    write_durably(dir, CARD_FILE, member.card().to_text().as_bytes(), Existing::Replaced)?;
    Ok(member)
}

/// Unlocks a profile, and puts the card beside it right if it is missing or was altered.
pub fn unlock(dir: &Path, passphrase: &Passphrase) -> Result<Member, UnlockError> {
    let member = open(dir, passphrase)?;
    if card(dir).ok().as_ref() != Some(member.card()) {
        write_durably(dir, CARD_FILE, member.card().to_text().as_bytes(), Existing::Replaced)?;
    }
    Ok(member)
}

/// Seals the same keys with another passphrase; at every moment exactly one of the two opens them.
pub fn change_passphrase(
    dir: &Path,
    old: &Passphrase,
    new: &Passphrase,
) -> Result<(), ChangePassphraseError> {
    change_passphrase_at(dir, old, new, WORK_FACTOR)
}

fn change_passphrase_at(
    dir: &Path,
    old: &Passphrase,
    new: &Passphrase,
    work_factor: u8,
) -> Result<(), ChangePassphraseError> {
    new.check_choice()?;
    let member = open(dir, old)?;
    let sealed = age_file::seal_with_passphrase(new, work_factor, member.to_text().as_bytes())?;
    Ok(write_durably(dir, MEMBER_FILE, &sealed, Existing::Replaced)?)
}

/// The card beside a locked profile: who may unlock it. Anyone who can write the folder can alter it.
pub fn card(dir: &Path) -> Result<Card, ReadCardError> {
    let bytes = read_at_most(&dir.join(CARD_FILE), CARD_LIMIT_BYTES)?;
    Ok(Card::parse(std::str::from_utf8(&bytes).map_err(|_| CardError::NotACard)?)?)
}

fn open(dir: &Path, passphrase: &Passphrase) -> Result<Member, UnlockError> {
    let sealed =
        read_at_most(&dir.join(MEMBER_FILE), MEMBER_LIMIT_BYTES).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => UnlockError::Missing,
            _ => UnlockError::Io(error),
        })?;
    let text = age_file::open_with_passphrase(passphrase, &sealed, MEMBER_LIMIT_BYTES)?;
    Member::from_text(&text).ok_or(UnlockError::NotAProfile)
}

/// Reads at most one byte more than the limit, so that what is too long shows as such later.
fn read_at_most(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[derive(Clone, Copy)]
enum Existing {
    Kept,
    Replaced,
}

/// Writes a whole file or none: a temporary file (0600) is synced and takes the name, then the folder is synced.
fn write_durably(dir: &Path, name: &str, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".writing-").tempfile_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let path = dir.join(name);
    match existing {
        Existing::Kept => file.persist_noclobber(path).map_err(|error| error.error)?,
        Existing::Replaced => file.persist(path).map_err(|error| error.error)?,
    };
    sync_folder(dir)
}

#[cfg(unix)]
fn sync_folder(dir: &Path) -> io::Result<()> {
    fs::File::open(dir)?.sync_all()
}

/// Other systems do not open folders as files; the file itself is synced.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the folder, or takes an existing one from everybody else (0700).
#[cfg(unix)]
fn make_private(dir: &Path) -> Result<(), CreateError> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    const STICKY: u32 = 0o1000;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let mode = fs::metadata(dir)?.permissions().mode();
    if mode & STICKY != 0 {
        return Err(CreateError::SharedFolder);
    }
    if mode & 0o777 != 0o700 {
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Other systems keep the user's folders private by themselves.
#[cfg(not(unix))]
fn make_private(dir: &Path) -> Result<(), CreateError> {
    Ok(fs::create_dir_all(dir)?)
}

#[cfg(test)]
mod tests;
