//! The end of a store: its keys are destroyed, its ledger stays and can still be verified.

use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, entries, unmask};
use contract::{EndStore, EndedStore, ErrorCode};
use ledger::Kind;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What stays in the folder.
const LEDGER: &str = "ledger.json";
const POLICY: &str = "policy.txt";

/// Before the day, an end needs a reason of this many characters.
const SHORTEST: usize = 40;

/// What of it stays, in characters.
const LONGEST: usize = 1_000;

/// Days within which the second member ends it too.
pub(crate) const PROPOSAL_DAYS: i32 = 30;

/// Days from the first opening past its day in which a store still opens.
const GRACE_DAYS: i32 = 30;

/// Where `meta` keeps who wants to end the store before its day.
const PROPOSED: &str = "end_proposed";
/// Where it keeps the day on which a store past its end was opened first.
const NOTICED: &str = "end_noticed";

/// A store that has written its last entry: what stays of it, and the files that hold its secrets.
pub(crate) struct Ending {
    pub ended: EndedStore,
    pub secrets: Vec<PathBuf>,
}

/// Ends a store whose day has come, or that two members want to end before it; nothing where the second is still missing.
pub(crate) fn prepare(session: &Session, request: &mut EndStore) -> Result<Option<Ending>, Error> {
    unmask::prove(session, std::mem::take(&mut request.passphrase))?;
    let early = session.today() < session.facts.ends;
    if early && request.reason.trim().chars().count() < SHORTEST {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            format!("This store ends on {}.", model::time::iso_day(session.facts.ends)),
            "To end it before, give a reason of 40 characters or more. Nothing was destroyed.",
        ));
    }
    crate::name_index::refuse_names(session, &[&request.reason])?;
    if !store::retention::holds(&*session.reader())?.is_empty() {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            "Some leads are on hold. Nothing was destroyed.",
            "Release the holds, or give what they protect to its new place first.",
        ));
    }
    // The texts of the store go with its keys: why it ended stays in the ledger, without names.
    let reason: String = request.reason.trim().chars().take(LONGEST).collect();
    if early && session.facts.members.len() > 1 && !another_proposed(session)? {
        propose(session, reason)?;
        return Ok(None);
    }
    leave_ledger(session, Entry::new(Kind::Erasure).with("early", early).with("reason", reason)).map(Some)
}

/// An end before the day, as one member proposed it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposal {
    fingerprint: String,
    day: i32,
}

/// Whether another member proposed the end not long ago.
fn another_proposed(session: &Session) -> Result<bool, Error> {
    let Some(kept) = store::meta::get(&*session.reader(), PROPOSED)? else { return Ok(false) };
    let proposal: Proposal = serde_json::from_slice(&kept)?;
    let fresh = (proposal.day..=proposal.day + PROPOSAL_DAYS).contains(&session.today());
    Ok(fresh && proposal.fingerprint != session.member.card().fingerprint())
}

fn propose(session: &Session, reason: String) -> Result<(), Error> {
    let proposal = Proposal { fingerprint: session.member.card().fingerprint(), day: session.today() };
    book::record(session, |tx| {
        store::meta::put(tx, PROPOSED, &serde_json::to_vec(&proposal)?)?;
        let entry = Entry::new(Kind::Configuration).with("what", "end of the store proposed");
        Ok(((), vec![entry.with("reason", reason)]))
    })
}

/// What a store that is past its day says when it is opened, from the first time on.
pub(crate) fn notice(session: &Session) -> Result<Option<String>, Error> {
    let (today, ends) = (session.today(), session.facts.ends);
    let noticed = noticed(session)?;
    if today <= ends {
        if noticed.is_some() {
            // The clock was ahead: the days are counted anew when the day has come.
            session.store()?.write(|tx| store::meta::put(tx, NOTICED, b""))?;
        }
        return Ok(None);
    }
    let since = match noticed.filter(|day| *day <= today) {
        Some(day) => day,
        None => {
            book::record(session, |tx| {
                store::meta::put(tx, NOTICED, today.to_string().as_bytes())?;
                Ok(((), vec![Entry::new(Kind::Configuration).with("what", "end date passed")]))
            })?;
            today
        }
    };
    let held = store::retention::holds(&*session.reader())?.len();
    let (ended, last) = (model::time::iso_day(ends), model::time::iso_day(since + GRACE_DAYS));
    Ok(Some(match held {
        0 => format!(
            "This store ended on {ended}. Opened after {last}, it destroys its keys; its ledger stays."
        ),
        n => format!("This store ended on {ended}. Its keys stay only because of leads on hold: {n}."),
    }))
}

fn noticed(session: &Session) -> Result<Option<i32>, Error> {
    Ok(store::meta::text(&*session.reader(), NOTICED)?.and_then(|day| day.parse().ok()))
}

/// Ends a store that said for long enough that it would, unless leads are on hold.
pub(crate) fn overdue(session: &Session) -> Result<Option<Ending>, Error> {
    let over = noticed(session)?.is_some_and(|day| session.today() > day + GRACE_DAYS);
    if !over || !store::retention::holds(&*session.reader())?.is_empty() {
        return Ok(None);
    }
    let entry = Entry::new(Kind::Erasure).with("early", false).with("reason", "Its day had passed.");
    leave_ledger(session, entry).map(Some)
}

/// Writes the last entry and, where the ledger verifies, the files that stay; says which files hold the store's secrets.
fn leave_ledger(session: &Session, last: Entry) -> Result<Ending, Error> {
    book::record(session, |_| Ok(((), vec![last.with("what", "store end")])))?;
    let (ledger, policy) = (session.path.join(LEDGER), session.path.join(POLICY));
    let document = entries::document(session)?;
    let keys = entries::policy(session)?;
    let checks = ledger::verify_export(&document, Some(&keys));
    if !ledger::all_hold(&checks) {
        return Err(Error::new(
            ErrorCode::Ledger,
            "The ledger does not verify, so nothing was destroyed.",
            "Tell the data protection officer.",
        ));
    }
    store::folder::write_atomic(&ledger, document.as_bytes())?;
    store::folder::write_atomic(&policy, keys.to_string().as_bytes())?;
    let folder = store::Folder::new(&session.path);
    let ended = EndedStore {
        ledger: ledger.display().to_string(),
        policy: policy.display().to_string(),
        entries: store::ledger::size(&*session.reader())? as u32,
        waiting: String::new(),
    };
    Ok(Ending { ended, secrets: vec![folder.keys(), folder.vault(), folder.pseudonyms()] })
}

/// Overwrites and removes each key file; what they sealed cannot be opened by anybody any more.
pub(crate) fn destroy(files: &[PathBuf]) -> Result<(), Error> {
    for path in files {
        overwrite(path)?;
        std::fs::remove_file(path)?;
    }
    if let Some(folder) = files.first().and_then(|f| f.parent()) {
        for name in ["store.db", "store.db-wal", "store.db-shm"] {
            match std::fs::remove_file(folder.join(name)) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
                _ => {}
            }
        }
    }
    Ok(())
}

fn overwrite(path: &Path) -> Result<(), Error> {
    let length = std::fs::metadata(path)?.len();
    let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(&vec![0; length as usize])?;
    Ok(file.sync_all()?)
}
