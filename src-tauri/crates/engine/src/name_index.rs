//! The name set of the roll, sealed with the pseudonym keys: for scrubbing imports and for checking typed text.

use crate::Error;
use crate::session::{PseudonymKeys, Session};
use contract::ErrorCode;
use intake::NameSet;
use store::{Read, Tx};

const PURPOSE: &str = "name index";
/// Largest part of the index, in bytes; 46,000 officers take a few megabytes.
const MAX_PART: usize = 256 * 1024 * 1024;

/// All names the store knows, from every import that brought some.
pub(crate) fn load<R: Read>(reader: &R, keys: &PseudonymKeys, store: &str) -> Result<NameSet, Error> {
    let damaged = || {
        Error::new(
            ErrorCode::DamagedStore,
            "The name index does not open with the store's keys.",
            "Restore a backup.",
        )
    };
    let mut all = NameSet::empty();
    for sealed in store::name_index::parts(reader)? {
        let bytes = keys.index.open_bytes(PURPOSE, store, &sealed, MAX_PART).map_err(|_| damaged())?;
        all = all.merge(NameSet::from_bytes(&bytes).map_err(|_| damaged())?);
    }
    Ok(all)
}

/// Seals the names one import brought.
pub(crate) fn save(
    tx: &Tx<'_>,
    keys: &PseudonymKeys,
    store: &str,
    import: model::ImportId,
    names: &NameSet,
) -> Result<(), Error> {
    let sealed = keys.index.recipient().seal_bytes(PURPOSE, store, &names.to_bytes())?;
    Ok(store::name_index::put(tx, import, &sealed)?)
}

/// Refuses a typed text that may hold a name or a personal detail. Nothing is checked against a roll that is not there.
pub(crate) fn refuse_names(session: &Session, texts: &[&str]) -> Result<(), Error> {
    let names = for_typed_text(session)?;
    if texts.iter().any(|t| names.may_name(t)) {
        return Err(Error::new(
            ErrorCode::NameInText,
            "The text may contain a name or a personal detail. It was not stored.",
            "Use the officer's code instead.",
        ));
    }
    Ok(())
}

/// The set typed text is checked against: the roll's where this member may open it, else patterns alone.
pub(crate) fn for_typed_text(session: &Session) -> Result<NameSet, Error> {
    match session.pseudonym_keys() {
        Ok(keys) => load(&*session.reader(), &keys, session.id()),
        Err(e) if e.code() == ErrorCode::NeedsCustodian => Ok(NameSet::empty()),
        Err(e) => Err(e),
    }
}
