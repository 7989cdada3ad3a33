//! The end of a store: its keys are destroyed, its ledger stays and can still be verified.

use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, entries, life};
use contract::{EndStore, EndedStore, ErrorCode};
use jiff::tz::TimeZone;
use ledger::Kind;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What stays in the folder.
const LEDGER: &str = "ledger.json";
const POLICY: &str = "policy.txt";

/// Before the day, an end needs a reason of this many characters.
const SHORTEST: usize = 40;

/// What of it stays, in characters.
const LONGEST: usize = 1_000;

/// Writes the last entry, exports ledger and keys to check it with, and says which files hold the store's secrets.
pub(crate) fn prepare(
    session: &Session,
    request: &mut EndStore,
) -> Result<(EndedStore, Vec<PathBuf>), Error> {
    let member = life::unlock(&session.home, &*session.clock, None, std::mem::take(&mut request.passphrase))?;
    if member.card().fingerprint() != session.member.card().fingerprint() {
        return Err(Error::new(
            ErrorCode::NotEnrolled,
            "The profile changed since the store was opened.",
            "",
        ));
    }
    let today = model::time::day_of(session.clock.now(), &TimeZone::UTC);
    let early = today < session.facts.ends;
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
    book::record(session, |_| {
        let entry = Entry::new(Kind::Erasure).with("what", "store end").with("early", early);
        // The texts of the store go with its keys: why it ended stays in the ledger, without names.
        let reason: String = request.reason.trim().chars().take(LONGEST).collect();
        Ok(((), vec![entry.with("reason", reason)]))
    })?;
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
    };
    Ok((ended, vec![folder.keys(), folder.vault(), folder.pseudonyms()]))
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
