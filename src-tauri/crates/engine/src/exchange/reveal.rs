//! Opening a grant: the entry first, with which the one-time key leaves the store; then the fields, for a limited time.

use crate::book::{self, Receipt};
use crate::fields::{self, Fields};
use crate::record::Entry;
use crate::session::Session;
use crate::unmask::{self, Shown};
use crate::{Error, steps};
use contract::{ErrorCode, RevealGranted};
use ledger::Kind;
use model::{LeadId, Pseudonym, Scope};
use seal::VaultKey;
use store::requests::Request;
use store::unmaskings::{UnmaskState, Unmasking};
use zeroize::Zeroize;

/// Largest one-time key and largest grant, in bytes.
const MAX_SECRET: usize = 4 * 1024;
const MAX_FIELDS: usize = 256 * 1024;

/// What a grant's fields are sealed for: one entry of one store.
pub(crate) fn purpose(entry: u64) -> String {
    format!("grant for entry {entry}")
}

/// The sealed half-key and the sealed fields, taken out of the store for good.
struct Spent {
    secret: Vec<u8>,
    granted: Vec<u8>,
}

/// This member's granted request for a lead, and the officer it is about.
fn granted(session: &Session, lead: LeadId, officer: &str) -> Result<(Unmasking, Request, Pseudonym), Error> {
    let reader = session.reader();
    crate::lead::mine(session, &*reader, lead)?;
    let mut all = store::unmaskings::of_lead(&*reader, lead)?;
    all.retain(|u| u.state == UnmaskState::Granted && u.by == session.by());
    for kept in all {
        let found = store::officers::get(&*reader, kept.officer)?.pseudonym;
        let request = store::requests::get(&*reader, kept.seq)?.filter(|r| r.secret.is_some());
        if let Some(request) = request
            && (officer.trim().is_empty() || officer.trim().eq_ignore_ascii_case(&found.to_string()))
        {
            return Ok((kept, request, found));
        }
    }
    Err(Error::new(
        ErrorCode::PolicyForbids,
        "There is no grant for this lead that you have not opened.",
        "Ask with a request; when the grant comes back, apply it first. Nothing was decrypted.",
    ))
}

/// Shows what was granted, once.
pub(crate) fn reveal(session: &Session, request: &mut RevealGranted) -> Result<Shown, Error> {
    super::request::end_overdue(session)?;
    let lead: LeadId = request.lead.parse()?;
    let (kept, open, officer) = granted(session, lead, &request.officer)?;
    let proved = unmask::prove(session, std::mem::take(&mut request.passphrase));
    request.passphrase.zeroize();
    match proved {
        Err(e) if e.code() == ErrorCode::PassphraseWait => return Err(e),
        Err(e) => return Err(unmask::refused(session, lead, officer, e)),
        Ok(()) => steps::reached("grant-proved"),
    }
    let words: Vec<String> = open.scope.unwrap_or_default().split(' ').map(str::to_owned).collect();
    let scope = fields::parse_scope(&words)?;
    let minutes = open.minutes.unwrap_or(kept.minutes).min(kept.minutes);
    let until = session.clock.now() + i64::from(minutes) * 60;
    let (receipt, spent) = spend(session, lead, officer, kept.seq, until)?;
    steps::reached("grant-receipt");
    match unseal(session, &receipt, kept.seq, &spent, &scope) {
        Ok(fields) => {
            steps::reached("grant-opened");
            Ok(Shown { seq: kept.seq, lead, officer, until, fields: Some(fields) })
        }
        Err(e) => {
            let entry = Entry::new(Kind::UnmaskFailed).lead(lead).officer(officer).with("entry", kept.seq);
            let entry = entry.with("code", crate::lead::word(&e.code()));
            book::record(session, |tx| {
                store::unmaskings::set_state(tx, kept.seq, UnmaskState::Expired, None)?;
                Ok(((), vec![entry]))
            })?;
            Err(e)
        }
    }
}

/// Writes that the name is shown, and takes the one-time key out of the store in the same step: a grant opens once.
fn spend(
    session: &Session,
    lead: LeadId,
    officer: Pseudonym,
    seq: u64,
    until: i64,
) -> Result<(Receipt, Spent), Error> {
    let entry =
        Entry::new(Kind::UnmaskRevealed).with("entry", seq).with("until", model::time::rfc3339(until));
    let mut spent = None;
    let receipt = book::record_unmasking(session, lead, officer, entry, |tx, _| {
        let open = store::requests::get(tx, seq)?.ok_or_else(|| Error::not_found("request"))?;
        spent = open.secret.zip(open.granted).map(|(secret, granted)| Spent { secret, granted });
        store::unmaskings::set_state(tx, seq, UnmaskState::Revealed, Some(until))?;
        Ok(store::requests::end(tx, seq)?)
    })?;
    let spent = spent.ok_or_else(|| Error::not_found("grant"))?;
    Ok((receipt, spent))
}

fn unseal(
    session: &Session,
    receipt: &Receipt,
    entry: u64,
    spent: &Spent,
    scope: &[Scope],
) -> Result<Fields, Error> {
    let broken = || {
        Error::new(
            ErrorCode::IdentityMismatch,
            "The grant does not open with the key this request was made with. Nothing was shown.",
            "Tell the data protection officer, and ask again.",
        )
    };
    let secret = session.member.open(&spent.secret, MAX_SECRET).map_err(|_| broken())?;
    let key = VaultKey::from_secret(&secret).map_err(|_| broken())?;
    let opened =
        key.open_bytes(&purpose(entry), session.id(), &spent.granted, MAX_FIELDS).map_err(|_| broken())?;
    let mut shown = Fields::from_bytes(&opened, scope)?;
    if scope.contains(&Scope::SourceLocators) {
        shown.extend(unmask::locate(&*session.reader(), receipt.lead())?);
    }
    Ok(shown)
}
