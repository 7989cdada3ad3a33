//! Protected characteristics: sealed at import, opened by the fairness audit and by nothing else.
//!
//! One age file per import, sealed to the cards of those who may run the audit: under `countersigned` the data protection
//! officers and the custodians, under `recorded` the reviewers too, whom that policy trusts with the vault. Who is a member
//! of a store is settled when it is made, so nobody's card can come too late for a file.

use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, links};
use contract::ErrorCode;
use ledger::{Hash, Kind};
use model::{ImportId, OfficerIndex, SourceKind, SourceSchema};
use seal::{Recipient, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::protected::Sealed;
use store::{Policy, Tx};
use zeroize::Zeroizing;

/// Where an import's ledger entry keeps the hash of its sealed file.
pub(crate) const COMMITTED: &str = "sealed";
/// Largest file opened, in bytes.
const MAX_BYTES: usize = 256 * 1024 * 1024;
const VERSION: u32 = 1;

/// One row: an officer and a value for each heading; empty where it is not given.
pub(crate) type Person = (OfficerIndex, Vec<String>);

/// What is sealed. Store and import are inside, so that a file cannot stand in for another.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    v: u32,
    store: String,
    import: u32,
    headings: Vec<String>,
    people: Vec<Person>,
}

fn headings() -> Vec<String> {
    let schema = SourceSchema::of(SourceKind::Protected);
    schema.stored().map(|f| f.name.replace('_', " ")).collect()
}

fn recipients(session: &Session) -> Result<Vec<Recipient>, Error> {
    let may = |role: Role| match role {
        Role::Dpo | Role::Custodian => true,
        Role::Reviewer => session.facts.policy == Policy::Recorded,
        Role::Representative => false,
    };
    let cards = session.facts.members.iter().filter(|c| may(c.role()));
    let all: Vec<Recipient> = cards.map(|c| c.recipient().clone()).collect();
    if all.is_empty() {
        return Err(Error::new(
            ErrorCode::Card,
            "Nobody is enrolled to whom protected characteristics may be sealed.",
            "Enrol the data protection officer or the custodian. Nothing was kept.",
        ));
    }
    Ok(all)
}

/// Seals an import's rows and keeps the file; returns its hash for the import's ledger entry.
pub(crate) fn keep(
    session: &Session,
    tx: &Tx<'_>,
    import: ImportId,
    mut people: Vec<Person>,
) -> Result<Hash, Error> {
    // In the order of the file, the rows would match a raw export line by line.
    people.sort_unstable();
    let body =
        Body { v: VERSION, store: session.id().to_owned(), import: import.0, headings: headings(), people };
    let json = Zeroizing::new(serde_json::to_vec(&body)?);
    let sealed = seal::seal(&recipients(session)?, &json)?;
    let hash = ledger::leaf_hash(&sealed);
    store::protected::insert(tx, &Sealed { import, hash: hash.0, sealed })?;
    Ok(hash)
}

/// Everyone's protected characteristics: (officer, heading, value), one per officer and heading, the newest import's.
///
/// Logged as a combination before anything is opened. Only aggregates may leave the caller.
pub(crate) fn protected_groups(session: &Session) -> Result<Vec<(OfficerIndex, String, String)>, Error> {
    let files = store::protected::all(&*session.reader())?;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let entry = Entry::new(Kind::Combination)
        .with("what", "protected characteristics, for the fairness audit")
        .with("imports", files.iter().map(|f| f.import.0).collect::<Vec<_>>());
    book::record(session, |_| Ok(((), vec![entry])))?;
    let linked = links::linked(&*session.reader())?;
    let mut newest: BTreeMap<(OfficerIndex, String), String> = BTreeMap::new();
    for file in &files {
        let body = open(session, file)?;
        for (officer, values) in body.people {
            let officer = linked.get(&officer).copied().unwrap_or(officer);
            for (heading, value) in body.headings.iter().zip(values).filter(|(_, v)| !v.is_empty()) {
                newest.insert((officer, heading.clone()), value);
            }
        }
    }
    Ok(newest.into_iter().map(|((officer, heading), value)| (officer, heading, value)).collect())
}

/// Takes away each file that holds one of these officers: a file is sealed and committed as a whole, so it goes whole.
pub(crate) fn erase(
    session: &Session,
    window: &store::erasures::Window<'_, '_>,
    officers: &[OfficerIndex],
) -> Result<usize, Error> {
    let files = store::protected::all(&*session.reader())?;
    let mut gone = 0;
    for file in &files {
        if open(session, file)?.people.iter().any(|(officer, _)| officers.contains(officer)) {
            gone += store::protected::erase(window, file.import)?;
        }
    }
    Ok(gone)
}

fn swapped() -> Error {
    Error::new(
        ErrorCode::DamagedStore,
        "Protected characteristics in this store are not those that were imported.",
        "Tell the data protection officer. Nothing was shown.",
    )
}

pub(crate) fn open(session: &Session, file: &Sealed) -> Result<Body, Error> {
    let hash = ledger::leaf_hash(&file.sealed);
    if hash.0 != file.hash || committed(session, file.import)? != hash.hex() {
        return Err(swapped());
    }
    let json = session.member.open(&file.sealed, MAX_BYTES).map_err(|_| {
        Error::new(
            ErrorCode::PolicyForbids,
            "Your key does not open the protected characteristics of this store.",
            "The fairness audit is run by the data protection officer or the custodian.",
        )
    })?;
    let body: Body = serde_json::from_slice(&json).map_err(|_| swapped())?;
    let own = body.v == VERSION && body.store == session.id() && body.import == file.import.0;
    if own { Ok(body) } else { Err(swapped()) }
}

/// The hash that the import's own ledger entry holds.
fn committed(session: &Session, import: ImportId) -> Result<String, Error> {
    let reader = session.reader();
    let hint = store::meta::text(&*reader, &crate::import::entry_key(import))?;
    let leaf = book::leaf_at(&*reader, hint.and_then(|s| s.parse().ok()).ok_or_else(swapped)?)?;
    let own = leaf.kind == Kind::Collection
        && leaf.details.get("import").and_then(|v| v.as_u64()) == Some(u64::from(import.0));
    let hash = leaf.details.get(COMMITTED).and_then(|v| v.as_str());
    hash.filter(|_| own).map(str::to_owned).ok_or_else(swapped)
}
