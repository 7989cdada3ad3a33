//! The name set of the roll, sealed with the pseudonym keys: for scrubbing imports and for checking typed text.

use crate::Error;
use crate::session::{Facts, PseudonymKeys, Session, random};
use contract::ErrorCode;
use intake::{NameFilter, NameSet};
use store::{Read, Tx};

const PURPOSE: &str = "name index";
/// Where `meta` keeps the key of the filter that other members' texts are checked against.
const FILTER_KEY: &str = "name_filter_key";
/// Largest part of the index, in bytes; 46,000 officers take a few megabytes.
const MAX_PART: usize = 256 * 1024 * 1024;
/// Texts a member without the index may have checked in a day: more than anybody writes, too few to try names with.
const CHECKS_A_DAY: u64 = 500;

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

/// Seals the names one import brought; where reviewers may not open that, hashes them for their texts.
pub(crate) fn save(
    tx: &Tx<'_>,
    keys: &PseudonymKeys,
    facts: &Facts,
    import: model::ImportId,
    names: &NameSet,
) -> Result<(), Error> {
    let sealed = keys.index.recipient().seal_bytes(PURPOSE, facts.id.as_str(), &names.to_bytes())?;
    store::name_index::put(tx, import, &sealed)?;
    if facts.policy == store::Policy::Recorded {
        return Ok(());
    }
    let key = match filter_key(tx)? {
        Some(key) => key,
        None => {
            let mut key = [0; 32];
            random(&mut key)?;
            store::meta::put(tx, FILTER_KEY, &key)?;
            key
        }
    };
    Ok(store::name_filter::put(tx, import, &NameFilter::build(names, &key).to_bytes())?)
}

/// Puts what is left of the index, and of its hashes, in the place of every part: an erasure took somebody out.
pub(crate) fn replace(
    tx: &Tx<'_>,
    window: &store::erasures::Window<'_, '_>,
    keys: &PseudonymKeys,
    facts: &Facts,
    left: &NameSet,
) -> Result<(), Error> {
    let sealed = keys.index.recipient().seal_bytes(PURPOSE, facts.id.as_str(), &left.to_bytes())?;
    store::name_index::replace(window, &sealed)?;
    if let Some(key) = filter_key(tx)? {
        store::name_filter::replace(window, &NameFilter::build(left, &key).to_bytes())?;
    }
    Ok(())
}

fn filter_key<R: Read>(reader: &R) -> Result<Option<[u8; 32]>, Error> {
    Ok(store::meta::get(reader, FILTER_KEY)?.and_then(|key| key.try_into().ok()))
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

/// What typed text is checked against.
pub(crate) enum TypedText {
    /// The roll's own names, for those who hold the pseudonym keys.
    Roll(NameSet),
    /// Hashes of them, for everybody else.
    Hashed(NameFilter),
}

impl TypedText {
    /// Whether a text may hold a name or a personal detail; yes or no, and no more.
    pub fn may_name(&self, text: &str) -> bool {
        match self {
            Self::Roll(names) => names.may_name(text),
            Self::Hashed(names) => names.may_name(text),
        }
    }

    /// Whether it surely does.
    pub fn names_somebody(&self, text: &str) -> bool {
        match self {
            Self::Roll(names) => names.names_somebody(text),
            Self::Hashed(names) => names.names_somebody(text),
        }
    }
}

/// The set typed text is checked against: the roll's where this member may open it; else its hashes, and the question counts.
pub(crate) fn for_typed_text(session: &Session) -> Result<TypedText, Error> {
    match session.pseudonym_keys() {
        Ok(keys) => Ok(TypedText::Roll(load(&*session.reader(), &keys, session.id())?)),
        Err(e) if e.code() == ErrorCode::NeedsCustodian => hashed(session).map(TypedText::Hashed),
        Err(e) => Err(e),
    }
}

fn hashed(session: &Session) -> Result<NameFilter, Error> {
    let day = session.clock.now().div_euclid(86_400) as i32;
    let asked = session.store()?.write(|tx| store::name_filter::count(tx, session.by(), day))?;
    if asked > CHECKS_A_DAY {
        return Err(Error::new(
            ErrorCode::Limit,
            format!("{CHECKS_A_DAY} texts a day are checked for names, so that nobody tries names with it."),
            "Nothing was stored. Go on tomorrow, or ask the data custodian.",
        ));
    }
    let reader = session.reader();
    let key = filter_key(&*reader)?.unwrap_or_default();
    Ok(NameFilter::from_bytes(&store::name_filter::all(&*reader)?, &key))
}
