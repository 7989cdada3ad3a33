//! A data protection officer's countersignature, kept with the head it is for.

use crate::book;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, exchange};
use contract::ErrorCode;
use ledger::{Hash, Kind};
use packs::{CountersignatureBody, PackError};
use seal::Card;
use store::countersignatures::Countersignature;

/// Verifies a countersignature and keeps it, as the entry that says so; `pack` is what it came in, unless it was made here.
pub(crate) fn keep(
    session: &Session,
    from: &Card,
    body: &CountersignatureBody,
    pack: Option<Hash>,
) -> Result<u64, Error> {
    let witness = exchange::witness_key(session.id(), from)?;
    let size = body.size;
    let plain = {
        let reader = session.reader();
        let again = |c: &Countersignature| c.size == size && c.witness == witness.name();
        if store::countersignatures::all(&*reader)?.iter().any(again) {
            return Err(PackError::Replayed.into());
        }
        store::ledger::checkpoint_at(&*reader, size)?
    };
    let forged = || {
        Error::new(
            ErrorCode::LedgerRefused,
            "This countersignature is not for the ledger of this store. Nothing was taken.",
            "Ask the data protection officer which ledger they were shown.",
        )
    };
    let plain = plain.ok_or_else(forged)?.note;
    let seen = ledger::verify_cosignature(&plain, &body.line, &witness).map_err(|_| forged())?;
    let note = ledger::attach_cosignature(&plain, &body.line, &witness).map_err(|_| forged())?;
    let at = seen.time as i64;
    let entry = Entry::new(Kind::Checkpoint)
        .with("what", "countersigned")
        .with("size", size)
        .with("root", body.root.to_string())
        .with("witness", from.name())
        .with("countersigned_at", model::time::rfc3339(at))
        .pack(pack);
    book::record_with(session, entry, |tx, seq| {
        store::ledger::add_checkpoint(tx, size, note.as_str())?;
        let witness = witness.name().to_owned();
        let kept = Countersignature { seq, size, witness, at, note: note.as_str().to_owned() };
        Ok(store::countersignatures::insert(tx, &kept)?)
    })
}
