//! The only way to an identity: a receipt in, one officer's fields out.

use crate::Error;
use crate::book::Receipt;
use crate::session::{MAX_KEY_FILE, Session};
use contract::ErrorCode;
use ledger::{Hash, Kind};
use model::ImportId;
use seal::{IdentityFields, KeyFile, KeyKind, VaultKey};

fn mismatch() -> Error {
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

/// The root over an import's sealed identities that its own ledger entry committed.
fn committed_root(session: &Session, import: ImportId) -> Result<Hash, Error> {
    let reader = session.reader();
    let hint = store::meta::text(&*reader, &crate::import::entry_key(import))?;
    let seq = hint.and_then(|s| s.parse().ok()).ok_or_else(mismatch)?;
    let leaf = crate::book::leaf_at(&*reader, seq)?;
    let matches = leaf.kind == Kind::Collection
        && leaf.details.get("import").and_then(|v| v.as_u64()) == Some(u64::from(import.0));
    let root = leaf.details.get("identities_root").and_then(|v| v.as_str());
    match (matches, root) {
        (true, Some(root)) => root.parse().map_err(|_| mismatch()),
        _ => Err(mismatch()),
    }
}

/// Opens the identity of the officer a receipt was written for. Store id and pseudonym inside must be the expected ones,
/// and its hash must lie under the root the import committed: a swapped or forged file is refused.
pub(crate) fn open(session: &Session, receipt: &Receipt) -> Result<IdentityFields, Error> {
    let key = open_vault(session)?;
    let (identity, hashes) = {
        let reader = session.reader();
        let officer = store::officers::index_of(&*reader, receipt.officer())?;
        let identity = store::identities::newest(&*reader, officer)?.ok_or_else(|| {
            Error::new(
                ErrorCode::NotFound,
                "No identity was ever imported for this officer: the id was not on the nominal roll.",
                "Import the roll that holds the id.",
            )
        })?;
        let hashes = store::identities::hashes(&*reader, identity.import)?;
        (identity, hashes)
    };
    let found = ledger::leaf_hash(&identity.sealed);
    let leaves: Vec<Hash> = hashes.into_iter().map(Hash).collect();
    let at = u64::from(identity.leaf);
    if leaves.get(at as usize) != Some(&found) {
        return Err(mismatch());
    }
    let path = ledger::identity_path(&leaves, at)?;
    let root = committed_root(session, identity.import)?;
    ledger::verify_identity(&path, at, found, leaves.len() as u64, root).map_err(|_| mismatch())?;
    key.open_identity(&identity.sealed, session.id(), &receipt.officer().to_string()).map_err(|_| mismatch())
}
