//! The only way to an identity: a receipt in, one officer's fields out.

use crate::Error;
use crate::book::Receipt;
use crate::session::{MAX_KEY_FILE, Session};
use contract::ErrorCode;
use ledger::{Hash, Kind, Leaf};
use model::{ImportId, Pseudonym};
use seal::{IdentityFields, KeyFile, KeyKind, VaultKey};
use store::Read;

pub(crate) fn mismatch() -> Error {
    Error::new(
        ErrorCode::IdentityMismatch,
        "The sealed identity is not the one that was imported for this officer. Nothing was shown; the attempt is in the ledger.",
        "Tell the data protection officer: the store was tampered with.",
    )
}

/// The vault key, for members it is sealed to.
fn open_vault(session: &Session) -> Result<VaultKey, Error> {
    let folder = store::Folder::new(&session.path);
    let sealed = store::folder::read_limited(&folder.vault(), MAX_KEY_FILE)?;
    let secret = KeyFile::open_key(&session.member, KeyKind::Vault, session.id(), &sealed).map_err(|_| {
        Error::new(
            ErrorCode::PolicyForbids,
            "Your key does not open the vault of this store: its policy asks the data protection officer.",
            "Nothing was decrypted.",
        )
    })?;
    VaultKey::from_secret(&secret).map_err(|_| mismatch())
}

/// An officer's sealed identity and its place under the root that its import's own entry committed.
pub(crate) struct Proven {
    pub sealed: Vec<u8>,
    pub index: u64,
    pub count: u64,
    pub path: Vec<Hash>,
    /// The import's entry.
    pub import: u64,
}

/// The import's own ledger entry, and the root over its sealed identities that it committed.
fn committed<R: Read>(reader: &R, import: ImportId) -> Result<(u64, Hash), Error> {
    let hint = store::meta::text(reader, &crate::import::entry_key(import))?;
    let seq = hint.and_then(|s| s.parse().ok()).ok_or_else(mismatch)?;
    let leaf = crate::book::leaf_at(reader, seq)?;
    let root = root_in(&leaf).filter(|_| {
        leaf.details.get("import").and_then(serde_json::Value::as_u64) == Some(u64::from(import.0))
    });
    root.map(|root| (seq, root)).ok_or_else(mismatch)
}

/// The root over sealed identities in an import's entry.
pub(crate) fn root_in(leaf: &Leaf) -> Option<Hash> {
    let root = leaf.details.get("identities_root")?.as_str()?.parse().ok()?;
    (leaf.kind == Kind::Collection).then_some(root)
}

/// An officer's newest sealed identity; its hash must lie under the root the import committed, so that a swapped or
/// forged file is refused.
pub(crate) fn proven<R: Read>(reader: &R, officer: Pseudonym) -> Result<Proven, Error> {
    let officer = store::officers::index_of(reader, officer)?;
    let identity = store::identities::newest(reader, officer)?.ok_or_else(|| {
        Error::new(
            ErrorCode::NotFound,
            "No identity was ever imported for this officer: the id was not on the nominal roll.",
            "Import the roll that holds the id.",
        )
    })?;
    let hashes = store::identities::hashes(reader, identity.import)?;
    let leaves: Vec<Hash> = hashes.into_iter().map(Hash).collect();
    let (found, index) = (ledger::leaf_hash(&identity.sealed), u64::from(identity.leaf));
    if leaves.get(index as usize) != Some(&found) {
        return Err(mismatch());
    }
    let path = ledger::identity_path(&leaves, index)?;
    let (import, root) = committed(reader, identity.import)?;
    let count = leaves.len() as u64;
    ledger::verify_identity(&path, index, found, count, root).map_err(|_| mismatch())?;
    Ok(Proven { sealed: identity.sealed, index, count, path, import })
}

/// Opens the identity of the officer a receipt was written for; store id and pseudonym inside must be the expected ones.
pub(crate) fn open(session: &Session, receipt: &Receipt) -> Result<IdentityFields, Error> {
    let key = open_vault(session)?;
    let found = proven(&*session.reader(), receipt.officer())?;
    key.open_identity(&found.sealed, session.id(), &receipt.officer().to_string()).map_err(|_| mismatch())
}
