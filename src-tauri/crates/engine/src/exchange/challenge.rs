//! Challenges as the reviewer meets them: the list, and an answer that closes one.

use crate::book;
use crate::mail::{self, Letter};
use crate::record::Entry;
use crate::session::{Session, random};
use crate::{Error, name_index};
use contract::{AnswerChallenge, ChallengeView, ErrorCode};
use ledger::Kind;
use packs::{AnswerBody, Base64};
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

/// Every challenge, the open ones first.
pub(crate) fn list(session: &Session) -> Result<Vec<ChallengeView>, Error> {
    let reader = session.reader();
    let all = store::challenges::all(&*reader)?;
    let mut views = all.into_iter().map(|c| view(&*reader, c)).collect::<Result<Vec<_>, _>>()?;
    views.sort_by_key(|v| !v.open);
    Ok(views)
}

/// Those about one lead.
pub(crate) fn of_lead<R: Read>(reader: &R, lead: model::LeadId) -> Result<Vec<ChallengeView>, Error> {
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
    Ok(AnswerBody {
        answer: kept.text,
        challenge: found.pack.parse().map_err(|_| Error::not_found("challenge"))?,
        entry: found.entry,
        id: found.code.clone(),
        leaf: String::from_utf8(leaf).map_err(|_| Error::not_found("entry"))?,
        salt: Base64(kept.salt),
    })
}
