//! Challenges in the store: kept when they are raised, listed, and closed by an answer.

use crate::book;
use crate::mail::{self, Letter};
use crate::record::Entry;
use crate::session::{Session, random};
use crate::{Error, name_index};
use contract::{AnswerChallenge, ChallengeView, ErrorCode};
use ledger::{Hash, Kind, Leaf};
use model::LeadId;
use packs::{AnswerBody, Base64, ChallengeBody, PackError};
use seal::Card;
use std::path::Path;
use store::Read;
use store::challenges::Challenge;

fn text<R: Read>(reader: &R, seq: Option<u64>) -> Result<String, Error> {
    Ok(match seq {
        Some(seq) => store::texts::get(reader, seq)?.map(|t| t.text).unwrap_or_default(),
        None => String::new(),
    })
}

fn view<R: Read>(reader: &R, c: Challenge) -> Result<ChallengeView, Error> {
    Ok(ChallengeView {
        question: text(reader, Some(c.seq))?,
        answer: text(reader, c.answered)?,
        at: model::time::rfc3339(c.at).replace('T', " ").replace('Z', " UTC"),
        by: c.member,
        code: c.code,
        entry: c.entry as u32,
        lead: c.lead.map(|l| l.to_string()).unwrap_or_default(),
        open: c.answered.is_none(),
    })
}

/// The entry a question is about, as its asker saw it.
fn questioned(session: &Session, body: &ChallengeBody) -> Result<Leaf, Error> {
    let reader = session.reader();
    if store::challenges::get(&*reader, &body.id)?.is_some() {
        return Err(PackError::Replayed.into());
    }
    let other = || {
        Error::new(
            ErrorCode::LedgerRefused,
            "This challenge is about an entry that this ledger does not have. Nothing was taken.",
            "Ask the data protection officer which ledger they were shown.",
        )
    };
    if body.entry >= store::ledger::size(&*reader)? {
        return Err(other());
    }
    let bytes = store::ledger::leaf(&*reader, body.entry)?.bytes;
    if ledger::leaf_hash(&bytes) != body.leaf_hash {
        return Err(other());
    }
    Ok(Leaf::parse(&bytes)?)
}

/// Keeps a question as an entry of its own, open from now on; `pack` is what it came in, unless it was asked here. Gives
/// the entry's number, and the lead it is about.
pub(crate) fn keep(
    session: &Session,
    from: &Card,
    body: &ChallengeBody,
    pack: Option<Hash>,
) -> Result<(u64, Option<LeadId>), Error> {
    let lead = questioned(session, body)?.lead.and_then(|l| l.parse().ok());
    let mut salt = [0; 16];
    random(&mut salt)?;
    let mut entry = Entry::new(Kind::ChallengeRaised)
        .text_hash(ledger::text_hash(&salt, &body.question))
        .with("challenge", body.id.as_str())
        .with("entry", body.entry)
        .with("raised_by", from.name())
        .pack(pack);
    entry.lead = lead;
    let seq = book::record_with(session, entry, |tx, seq| {
        store::texts::insert(tx, seq, &salt, &body.question)?;
        let kept = Challenge {
            seq,
            code: body.id.clone(),
            member: from.name().to_owned(),
            card: from.to_text(),
            entry: body.entry,
            lead,
            at: session.clock.now(),
            pack: pack.map(|hash| hash.to_string()),
            answered: None,
        };
        Ok(store::challenges::insert(tx, &kept)?)
    })?;
    Ok((seq, lead))
}

/// Every challenge, the open ones first.
pub(crate) fn list(session: &Session) -> Result<Vec<ChallengeView>, Error> {
    let reader = session.reader();
    let all = store::challenges::all(&*reader)?;
    let mut views = all.into_iter().map(|c| view(&*reader, c)).collect::<Result<Vec<_>, _>>()?;
    views.sort_by_key(|v| !v.open);
    Ok(views)
}

/// Those about one lead.
pub(crate) fn of_lead<R: Read>(reader: &R, lead: LeadId) -> Result<Vec<ChallengeView>, Error> {
    let all = store::challenges::all(reader)?;
    all.into_iter().filter(|c| c.lead == Some(lead)).map(|c| view(reader, c)).collect()
}

/// Records the answer and writes it as a pack. The same answer again writes the pack again.
pub(crate) fn answer(session: &Session, request: &AnswerChallenge) -> Result<ChallengeView, Error> {
    let words = request.answer.trim();
    if words.chars().count() < 15 {
        return Err(Error::new(
            ErrorCode::Justification,
            "An answer needs 15 characters or more.",
            "Nothing was recorded.",
        ));
    }
    let found = store::challenges::get(&*session.reader(), request.code.trim())?
        .ok_or_else(|| Error::not_found("challenge"))?;
    let seq = match found.answered {
        None => record(session, &found, words)?,
        Some(seq) if text(&*session.reader(), Some(seq))? == words => seq,
        Some(_) => {
            return Err(Error::new(
                ErrorCode::Decision,
                "This challenge was answered before, in other words.",
                "Nothing was recorded. The data protection officer can ask again.",
            ));
        }
    };
    let body = body(session, &found, seq)?;
    let to = [Card::parse(&found.card)?];
    let letter = Letter { store: session.id(), to: &to, purpose: "A challenge is answered", body: &body };
    mail::send(&session.post(), &letter, Path::new(&request.path))?;
    let reader = session.reader();
    view(&*reader, Challenge { answered: Some(seq), ..found })
}

fn record(session: &Session, found: &Challenge, words: &str) -> Result<u64, Error> {
    name_index::refuse_names(session, &[words])?;
    let mut salt = [0; 16];
    random(&mut salt)?;
    let mut entry = Entry::new(Kind::ChallengeAnswered)
        .text_hash(ledger::text_hash(&salt, words))
        .with("challenge", found.code.as_str())
        .with("entry", found.entry);
    entry.lead = found.lead;
    book::record_with(session, entry, |tx, seq| {
        store::texts::insert(tx, seq, &salt, words)?;
        Ok(store::challenges::answer(tx, &found.code, seq)?)
    })
}

fn body(session: &Session, found: &Challenge, seq: u64) -> Result<AnswerBody, Error> {
    let reader = session.reader();
    let kept = store::texts::get(&*reader, seq)?.ok_or_else(|| Error::not_found("answer"))?;
    let leaf = store::ledger::leaf(&*reader, seq)?.bytes;
    let pack = found.pack.as_deref().map(str::parse).transpose();
    Ok(AnswerBody {
        answer: kept.text,
        challenge: pack.map_err(|_| Error::not_found("challenge"))?,
        entry: found.entry,
        id: found.code.clone(),
        leaf: String::from_utf8(leaf).map_err(|_| Error::not_found("entry"))?,
        salt: Base64(kept.salt),
    })
}
