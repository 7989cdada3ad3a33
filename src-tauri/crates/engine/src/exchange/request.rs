//! Asking for a name under the policy `countersigned`: the entry first, then a pack to the data protection officers.

use crate::book::{self, Stored};
use crate::mail::{self, Letter};
use crate::record::Entry;
use crate::session::{MAX_KEY_FILE, Session, random};
use crate::unmask::{self, BUDGET_STOPS};
use crate::{Error, steps, vault};
use contract::{ErrorCode, RequestName, RequestedName};
use ledger::Kind;
use model::{Justification, LeadId, Pseudonym};
use packs::{Base64, IdentityProof, RequestBody};
use seal::{Role, VaultKey};
use std::path::Path;
use store::unmaskings::{UnmaskState, Unmasking};
use zeroize::Zeroize;

/// Days after which a request nobody answered is over.
pub(crate) const WAITS_DAYS: i64 = 30;

/// The fingerprint of the key a member signs with, as entries and packs name it.
pub(crate) fn key_of(card: &seal::Card) -> Result<String, Error> {
    Ok(ledger::verifier_key("member", card.verifying_key())?.fingerprint())
}

/// Records the request and writes the pack. The same words again for the same officer write the same request again: a
/// pack that was lost needs no second entry.
pub(crate) fn ask(session: &Session, request: &mut RequestName) -> Result<RequestedName, Error> {
    if session.facts.policy != store::Policy::Countersigned {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            "This store's policy is recorded: nobody has to be asked.",
            "Unmask without a request. Nothing was written.",
        ));
    }
    if session.member.role() != Role::Reviewer {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            "Only a reviewer asks for names.",
            "Nothing was written.",
        ));
    }
    let lead: LeadId = request.lead.parse()?;
    let row = crate::lead::mine(session, &*session.reader(), lead)?;
    let officer = unmask::whom(&row.subject, &request.officer)?;
    mail::of_role(&session.facts.members, Role::Dpo, "data protection officer")?;
    let attempt = prove_and_judge(session, request, lead, officer);
    request.passphrase.zeroize();
    let seq = match attempt {
        Ok(Asking::Again(seq)) => seq,
        Ok(Asking::New(justification)) => write_down(session, lead, officer, &justification)?,
        Err(e) if e.code() == ErrorCode::PassphraseWait => return Err(e),
        Err(e) => return Err(unmask::refused(session, lead, officer, e)),
    };
    steps::reached("requested");
    send(session, seq, officer, Path::new(&request.path))?;
    Ok(RequestedName { seq: seq as u32, lead: lead.to_string(), officer: officer.to_string() })
}

enum Asking {
    New(Justification),
    Again(u64),
}

fn prove_and_judge(
    session: &Session,
    request: &mut RequestName,
    lead: LeadId,
    officer: Pseudonym,
) -> Result<Asking, Error> {
    unmask::prove(session, std::mem::take(&mut request.passphrase))?;
    // Whether there is anything to ask for is known before anything is written.
    vault::proven(&*session.reader(), officer)?;
    let all = unmask::earlier(session)?;
    let index = store::officers::index_of(&*session.reader(), officer)?;
    let text = serde_json::to_string(&request.justification)?;
    let same = |u: &&Unmasking| {
        u.state == UnmaskState::Requested
            && u.by == session.by()
            && (u.lead, u.officer) == (Some(lead), index)
            && u.text == text
    };
    match all.iter().find(same) {
        Some(waiting) => Ok(Asking::Again(waiting.seq)),
        None => unmask::judge(session, &request.justification, &all).map(Asking::New),
    }
}

/// The entry of a request, with the one-time key its grant is sealed to.
pub(crate) fn entry(
    session: &Session,
    justification: &Justification,
    text_hash: String,
    once: &str,
) -> Result<Entry, Error> {
    let used = unmask::used(session, &unmask::earlier(session)?);
    Ok(unmask::entry(Kind::UnmaskRequested, justification, text_hash)
        .with("once", once)
        .with("requester", key_of(session.member.card())?)
        .with("asked_30_days", used)
        .with("over_budget", used >= BUDGET_STOPS)
        .with("expires", model::time::rfc3339(session.clock.now() + WAITS_DAYS * 86_400)))
}

fn write_down(
    session: &Session,
    lead: LeadId,
    officer: Pseudonym,
    justification: &Justification,
) -> Result<u64, Error> {
    let mut salt = [0; 16];
    random(&mut salt)?;
    let (text, raw) = (justification.text(), justification.get());
    let once = VaultKey::generate();
    let public = once.recipient().to_string();
    let mine = [session.member.card().recipient().clone()];
    let secret = seal::seal(&mine, &once.to_secret_bytes())?;
    let expires = session.clock.now() + WAITS_DAYS * 86_400;
    let entry = entry(session, justification, ledger::text_hash(&salt, &text), &public)?;
    let receipt = book::record_unmasking(session, lead, officer, entry, |tx, seq| {
        let kept = Unmasking {
            seq,
            lead: Some(lead),
            officer: store::officers::index_of(tx, officer)?,
            at: session.clock.now(),
            by: session.by().to_owned(),
            scope: crate::fields::scope_words(&raw.scope).join(" "),
            minutes: raw.minutes,
            salt: salt.to_vec(),
            text: text.clone(),
            state: UnmaskState::Requested,
            until: None,
        };
        store::unmaskings::insert(tx, &kept)?;
        steps::reached("entry-written");
        Ok(store::requests::insert(tx, seq, &public, &secret, expires)?)
    })?;
    Ok(receipt.seq())
}

/// Everything the data protection officer needs to check the request without the store.
fn body(session: &Session, seq: u64, officer: Pseudonym) -> Result<RequestBody, Error> {
    let folder = store::Folder::new(&session.path);
    let vault = store::folder::read_limited(&folder.vault(), MAX_KEY_FILE)?;
    let reader = session.reader();
    let kept = store::unmaskings::get(&*reader, seq)?.ok_or_else(|| Error::not_found("request"))?;
    let found = vault::proven(&*reader, officer)?;
    let size = store::ledger::size(&*reader)?;
    let note = store::ledger::checkpoint_at(&*reader, size)?.ok_or_else(|| Error::not_found("checkpoint"))?;
    let leaf = |seq| -> Result<String, Error> {
        let bytes = store::ledger::leaf(&*reader, seq)?.bytes;
        String::from_utf8(bytes).map_err(|_| vault::mismatch())
    };
    Ok(RequestBody {
        checkpoint: note.note,
        identity: IdentityProof {
            count: found.count,
            import_leaf: leaf(found.import)?,
            import_path: ledger::inclusion(found.import, size, &Stored(&*reader))?,
            index: found.index,
            path: found.path,
            sealed: Base64(found.sealed),
        },
        justification: kept.text,
        leaf: leaf(seq)?,
        path: ledger::inclusion(seq, size, &Stored(&*reader))?,
        salt: Base64(kept.salt),
        vault: Base64(vault),
    })
}

fn send(session: &Session, seq: u64, officer: Pseudonym, path: &Path) -> Result<(), Error> {
    let to = mail::of_role(&session.facts.members, Role::Dpo, "data protection officer")?;
    let body = body(session, seq, officer)?;
    let letter = Letter { store: session.id(), to: &to, purpose: "A name is asked for", body: &body };
    mail::send(&session.post(), &letter, path).map(drop)
}

/// Ends requests nobody answered in time, and grants that were not opened in time; the one-time keys are destroyed.
pub(crate) fn end_overdue(session: &Session) -> Result<(), Error> {
    let now = session.clock.now();
    let due: Vec<_> =
        store::requests::unended(&*session.reader())?.into_iter().filter(|r| r.expires < now).collect();
    if due.is_empty() {
        return Ok(());
    }
    book::record(session, |tx| {
        let mut entries = Vec::new();
        for request in due {
            let kept = store::unmaskings::get(tx, request.seq)?.ok_or_else(|| Error::not_found("request"))?;
            store::unmaskings::set_state(tx, request.seq, UnmaskState::Expired, None)?;
            store::requests::end(tx, request.seq)?;
            let after = if request.granted.is_some() { "grant not opened" } else { "request not answered" };
            let officer = store::officers::get(tx, kept.officer)?.pseudonym;
            let mut entry = Entry::new(Kind::UnmaskExpired).officer(officer);
            entry.lead = kept.lead;
            entries.push(entry.with("entry", request.seq).with("after", after));
        }
        Ok(((), entries))
    })
}
