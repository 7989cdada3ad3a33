//! A backup put back as a store: copied and verified, brought up to date with every erasure since, logged, and only then
//! open. What was erased is known by marks, which the store and every profile that opened it keep.

use crate::erase::{self, Gone};
use crate::home::Head;
use crate::record::Entry;
use crate::session::Session;
use crate::{Clock, Error, Home, book, entries, life};
use contract::ErrorCode;
use ledger::{Kind, Leaf};
use model::Pseudonym;
use seal::Member;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use store::leads::LeadRow;
use store::{Folder, Read, Store};

/// Where a profile keeps its copy of the marks.
const PLACE: &str = "erased";
/// Where it keeps the hashes of the entries of restores it has seen.
const RESTORES: &str = "restores";
const RULE: &str = "erased before, brought back by a backup";

/// A mark that only the holder of the store's ledger key can compare with anything.
fn mark(session: &Session, what: &str) -> String {
    // EXPOSE: as a salt, so that a profile alone does not say who was erased.
    ledger::text_hash(&session.ledger_key.to_bytes(), what)
}

/// The mark of an officer.
pub(crate) fn officer_mark(session: &Session, code: Pseudonym) -> String {
    mark(session, &format!("officer {code}"))
}

/// The mark of a lead: its number alone could be another lead's in a store that was put back.
pub(crate) fn lead_mark(session: &Session, lead: &LeadRow) -> String {
    mark(session, &format!("lead {} {} {}", lead.id, lead.created, lead.subject))
}

/// Copies the store's marks into the profile.
pub(crate) fn remember(session: &Session) -> Result<(), Error> {
    let marks = store::erasures::marks(&*session.reader())?;
    let mut known: BTreeSet<String> = session.home.recall(PLACE, session.id())?.unwrap_or_default();
    let before = known.len();
    known.extend(marks);
    if known.len() > before { session.home.keep(PLACE, session.id(), &known) } else { Ok(()) }
}

/// Puts a verified backup into a new folder, erases again what was erased since, and logs both; the heads then follow the
/// restored ledger. Where that fails, the new folder goes again.
pub(crate) fn restore(
    home: &Home,
    clock: Arc<dyn Clock>,
    member: Arc<Member>,
    backup: &Path,
    target: &Path,
) -> Result<Session, Error> {
    let id = life::store_id(backup)?;
    let key = life::raw_key(&Folder::new(backup), &member, &id)?;
    let today = model::time::day_of(clock.now(), &jiff::tz::TimeZone::UTC);
    store::backup::restore(backup, target, &key, today)?;
    let open = || life::session(home, clock, member, Store::open(target, &key)?);
    let opened = open().and_then(|mut session| match bring_up_to_date(&session) {
        Ok(warnings) => {
            session.warnings = warnings;
            Ok(session)
        }
        Err(e) => {
            // What matters is the first failure; the folder goes below.
            let _ = session.close();
            Err(e)
        }
    });
    match opened {
        Ok(session) => {
            home.remember(target, &session.facts.name, session.clock.now())?;
            Ok(session)
        }
        Err(e) => {
            std::fs::remove_dir_all(target)?;
            Err(e)
        }
    }
}

/// Whether an entry says that a backup was put back which held every entry before it.
pub(crate) fn is_restore(leaf: &Leaf) -> bool {
    let held = leaf.details.get("entries").and_then(|v| v.as_u64());
    leaf.kind == Kind::StoreRestored && held == Some(leaf.seq)
}

/// Restores among the entries from one number to before another: each with its number and its hash.
fn restores<R: Read>(reader: &R, from: u64, until: u64) -> Result<Vec<(u64, String)>, Error> {
    let mut found = Vec::new();
    for seq in from..until.min(store::ledger::size(reader)?) {
        let bytes = store::ledger::leaf(reader, seq)?.bytes;
        if is_restore(&Leaf::parse(&bytes)?) {
            found.push((seq, ledger::leaf_hash(&bytes).hex()));
        }
    }
    Ok(found)
}

/// Keeps in the profile which restores it has seen; `from` is how many entries it knew before.
pub(crate) fn learn(session: &Session, from: u64) -> Result<(), Error> {
    let known: Option<BTreeSet<String>> = session.home.recall(RESTORES, session.id())?;
    let from = if known.is_some() { from } else { 0 };
    let found = restores(&*session.reader(), from, u64::MAX)?;
    if known.is_some() && found.is_empty() {
        return Ok(());
    }
    let marks = found.into_iter().map(|(_, mark)| mark);
    session.home.keep(
        RESTORES,
        session.id(),
        &known.unwrap_or_default().into_iter().chain(marks).collect::<BTreeSet<_>>(),
    )
}

/// Whether a ledger that leaves what this profile saw does so by a restore that a data protection officer countersigned or
/// is about to look at, or in a store without one; then the sentence to show.
pub(crate) fn followed<R: Read>(session: &Session, reader: &R, seen: &Head) -> Result<Option<String>, Error> {
    let known: BTreeSet<String> = session.home.recall(RESTORES, session.id())?.unwrap_or_default();
    let found = restores(reader, 0, seen.size + 1)?;
    // A restore this profile has seen explains nothing: then an older copy was put back.
    let Some((at, _)) = found.into_iter().rfind(|(_, mark)| !known.contains(mark)) else { return Ok(None) };
    let policy = entries::policy(session)?;
    let officer = |m: &seal::Card| m.role() == seal::Role::Dpo;
    let mut vouched = officer(session.member.card()) || !session.facts.members.iter().any(officer);
    for kept in store::countersignatures::all(reader)?.iter().filter(|c| c.size > at) {
        let head = policy.open(&kept.note).ok().filter(|v| !v.cosigned.is_empty()).map(|v| v.checkpoint);
        vouched |= head.is_some_and(|h| ledger::root(h.size, &book::Stored(reader)).ok() == Some(h.root));
    }
    let lost = seen.size.saturating_sub(at);
    Ok(vouched.then(|| {
        format!("A backup was put back while you were away. Ledger entries that you had seen and that are not in it: {lost}.")
    }))
}

/// What the profile knows to be erased and the backup still holds.
fn still_there(session: &Session) -> Result<Gone, Error> {
    let reader = session.reader();
    let mut marks: BTreeSet<String> = session.home.recall(PLACE, session.id())?.unwrap_or_default();
    for known in store::erasures::marks(&*reader)? {
        // Erased when the backup was made; what came again later was taken in anew.
        marks.remove(&known);
    }
    let mut gone = Gone::default();
    if marks.is_empty() {
        return Ok(gone);
    }
    for officer in store::officers::all(&*reader)? {
        if marks.contains(&officer_mark(session, officer.pseudonym)) {
            gone.officers.push(officer.index);
        }
    }
    let filter = store::queue::Filter::default();
    let leads = store::queue::page(&*reader, &filter, store::queue::Sort::Waiting, 0, u32::MAX)?.rows;
    gone.leads = leads.into_iter().filter(|l| marks.contains(&lead_mark(session, l))).collect();
    Ok(gone)
}

/// Erases again and writes both entries in one step; gives the sentences that say so.
fn bring_up_to_date(session: &Session) -> Result<Vec<String>, Error> {
    let gone = still_there(session)?;
    let seen = session.home.head(session.id())?;
    let size = store::ledger::size(&*session.reader())?;
    let lost = seen.map_or(0, |h| h.size.saturating_sub(size));
    let again = !gone.officers.is_empty() || !gone.leads.is_empty();
    if !gone.officers.is_empty() && session.pseudonym_keys().is_err() {
        return Err(Error::new(
            ErrorCode::NeedsCustodian,
            "People were erased after this backup was made, and only the data custodian's key erases them again.",
            "Let the custodian restore it. Nothing was restored.",
        ));
    }
    let entry = Entry::new(Kind::StoreRestored)
        .with("entries", size)
        .with("entries_not_in_backup", lost)
        .with("erased_again", again);
    let receipt = book::record(session, |tx| {
        if !again {
            return Ok((None, vec![entry]));
        }
        let (receipt, erasure) = erase::take_out(session, tx, RULE, &gone)?;
        Ok((Some(receipt), vec![entry, erasure]))
    })?;
    learn(session, size)?;
    let mut said = Vec::new();
    if lost > 0 {
        said.push(format!("Ledger entries that were written after this backup and are not in it: {lost}."));
    }
    if let Some(receipt) = receipt {
        let (officers, leads) = (gone.officers.len(), gone.leads.len());
        said.push(format!(
            "This backup still held what was erased since: {officers} codes and {leads} leads were erased again, receipt {}.",
            receipt.id
        ));
    }
    Ok(said)
}
