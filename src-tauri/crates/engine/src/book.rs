//! Writing the ledger: entry and signed checkpoint in one durable transaction, then the heads, and only then a receipt.

use crate::home::Head;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, steps};
use contract::ErrorCode;
use ledger::{Checkpoint, Hash, Kind, Leaf};
use model::{LeadId, Pseudonym};
use store::{Read, Tx};

/// Proof that an entry is durable in the store and in both heads. Only this module makes one, after all of that.
#[derive(Debug)]
pub(crate) struct Receipt {
    seq: u64,
    lead: LeadId,
    officer: Pseudonym,
}

impl Receipt {
    pub fn seq(&self) -> u64 {
        self.seq
    }
    pub fn lead(&self) -> LeadId {
        self.lead
    }
    pub fn officer(&self) -> Pseudonym {
        self.officer
    }
}

/// The stored tree hashes of an open store.
pub(crate) struct Stored<'a, R: Read>(pub &'a R);

impl<R: Read> ledger::Hashes for Stored<'_, R> {
    fn read(&self, indexes: &[u64]) -> Result<Vec<Hash>, ledger::ReadError> {
        let found = store::ledger::hashes(self.0, indexes).map_err(ledger::ReadError::new)?;
        Ok(found.into_iter().map(Hash).collect())
    }
}

/// One entry of the ledger.
pub(crate) fn leaf_at<R: Read>(reader: &R, seq: u64) -> Result<Leaf, Error> {
    Ok(Leaf::parse(&store::ledger::leaf(reader, seq)?.bytes)?)
}

/// What the clock said at the last entry.
fn last_at(tx: &Tx<'_>, size: u64) -> Result<i64, Error> {
    let Some(last) = size.checked_sub(1) else { return Ok(i64::MIN) };
    let leaf = leaf_at(tx, last)?;
    Ok(leaf.at.parse::<jiff::Timestamp>().map(|t| t.as_second()).unwrap_or(i64::MIN))
}

/// The leaf an entry becomes at a number and time.
pub(crate) fn leaf_of(session: &Session, entry: Entry, seq: u64, now: i64) -> Leaf {
    Leaf {
        v: ledger::LEAF_VERSION,
        seq,
        at: model::time::rfc3339(now),
        store: session.id().to_owned(),
        by: session.by().to_owned(),
        kind: entry.kind,
        lead: entry.lead.map(|l| l.to_string()),
        officer: entry.officer.map(|o| o.to_string()),
        text_hash: entry.text_hash,
        details: entry.details,
    }
}

/// Appends entries and the signed checkpoint over them; returns their numbers and the new head.
pub(crate) fn append(session: &Session, tx: &Tx<'_>, entries: Vec<Entry>) -> Result<(Vec<u64>, Head), Error> {
    let mut size = store::ledger::size(tx)?;
    let now = session.clock.now();
    let last = last_at(tx, size)?;
    let mut seqs = Vec::new();
    let backwards = (now < last).then(|| {
        let seconds = last.saturating_sub(now);
        Entry::new(Kind::ClockBackwards).with("seconds", seconds)
    });
    let asked = entries.into_iter().map(|e| (true, e));
    for (asked_for, entry) in backwards.into_iter().map(|e| (false, e)).chain(asked) {
        let bytes = leaf_of(session, entry, size, now).to_bytes()?;
        let hash = ledger::leaf_hash(&bytes);
        let new = ledger::hashes_to_append(size, hash, &Stored(tx))?;
        store::ledger::append(tx, size, &hash.0, &bytes, &new.iter().map(|h| h.0).collect::<Vec<_>>())?;
        if asked_for {
            seqs.push(size);
        }
        size += 1;
    }
    let root = ledger::root(size, &Stored(tx))?;
    let checkpoint = Checkpoint::new(session.id(), size, root);
    let member = (session.by(), session.member.signing_key());
    let note = ledger::sign_checkpoint(&checkpoint, &session.ledger_key, member)?;
    store::ledger::add_checkpoint(tx, size, note.as_str())?;
    Ok((seqs, Head { store: session.id().to_owned(), size, root }))
}

/// Replaces the head in the store folder and in the profile, each atomically and synced.
pub(crate) fn save_heads(session: &Session, head: &Head) -> Result<(), Error> {
    write_heads(session, head).map_err(|e| {
        Error::new(
            ErrorCode::Io,
            format!("What you asked for is in the store, but the ledger's head could not be written. {}", e.0.message),
            "Do not do it again. Make room, or make the store's and the profile's folder writable, and go on.",
        )
    })
}

fn write_heads(session: &Session, head: &Head) -> Result<(), Error> {
    steps::reached("head-store");
    let folder = store::Folder::new(&session.path);
    store::folder::write_atomic(&folder.head(), &serde_json::to_vec(head)?)?;
    steps::reached("head-profile");
    session.home.save_head(head)
}

/// Runs a step and appends the entries it asks for, all in one transaction; then the heads.
pub(crate) fn record<T>(
    session: &Session,
    step: impl FnOnce(&Tx<'_>) -> Result<(T, Vec<Entry>), Error>,
) -> Result<T, Error> {
    let mut store = session.store()?;
    let (value, head) = store.write(|tx| {
        let (value, entries) = step(tx)?;
        let (_, head) = append(session, tx, entries)?;
        Ok::<_, Error>((value, head))
    })?;
    steps::reached("committed");
    save_heads(session, &head)?;
    Ok(value)
}

/// Records one entry together with what hangs on its number.
pub(crate) fn record_with(
    session: &Session,
    entry: Entry,
    keep: impl FnOnce(&Tx<'_>, u64) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut store = session.store()?;
    let (seq, head) = store.write(|tx| {
        let (seqs, head) = append(session, tx, vec![entry])?;
        keep(tx, seqs[0])?;
        Ok::<_, Error>((seqs[0], head))
    })?;
    steps::reached("committed");
    save_heads(session, &head)?;
    Ok(seq)
}

/// Records one entry about an officer of a lead together with `keep`; the receipt opens that officer's identity once.
pub(crate) fn record_unmasking(
    session: &Session,
    lead: LeadId,
    officer: Pseudonym,
    entry: Entry,
    keep: impl FnOnce(&Tx<'_>, u64) -> Result<(), Error>,
) -> Result<Receipt, Error> {
    let seq = record_with(session, entry.lead(lead).officer(officer), keep)?;
    Ok(Receipt { seq, lead, officer })
}

/// Checks that the ledger in the store is a consistent extension of a head seen before.
pub(crate) fn extends<R: Read>(reader: &R, head: &Head, which: &str) -> Result<(), Error> {
    let objects = |detail: String| {
        Error::new(
            ErrorCode::HeadObjects,
            format!(
                "The ledger in this folder is not the one {which} has seen: {detail}. The store was not opened."
            ),
            "An older copy may have been put back. Keep the folder as it is and tell the data protection officer; a real backup is put back with `store restore`.",
        )
    };
    let size = store::ledger::size(reader)?;
    if size < head.size {
        return Err(objects(format!("it has {size} entries, {which} has seen {}", head.size)));
    }
    if ledger::root(head.size, &Stored(reader))? != head.root {
        return Err(objects(format!("its first {} entries are different ones", head.size)));
    }
    Ok(())
}
