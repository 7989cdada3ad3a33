//! Questioning an entry of a ledger pack, and reading the answer.

use super::review;
use super::witness::{Question, Witnessed};
use crate::mail::{self, Letter, Post};
use crate::session::random;
use crate::{Error, steps};
use contract::{AnswerView, ErrorCode, PackRef, RaiseChallenge, RaisedChallenge};
use ledger::{Kind, Leaf};
use packs::{AnswerBody, ChallengeBody, Pack};
use std::path::Path;

/// A new number, `C-XXXXXX`.
fn number() -> Result<String, Error> {
    let mut bits = [0; 4];
    random(&mut bits)?;
    let code = model::Locator::from_bits(u32::from_be_bytes(bits)).to_string();
    Ok(code.replacen('E', "C", 1))
}

/// Writes a challenge to the sender of the pack. The ledger must have been countersigned, so that the entry stands. The
/// same open question again writes the same challenge again: its pack may have been lost.
pub(crate) fn raise(post: &Post, r: &RaiseChallenge) -> Result<RaisedChallenge, Error> {
    let question = r.question.trim();
    if question.chars().count() < 15 {
        return Err(Error::new(
            ErrorCode::Justification,
            "A question needs 15 characters or more.",
            "Nothing was written.",
        ));
    }
    super::refuse_details(question)?;
    let pack = PackRef { path: r.pack.clone(), without_earlier: r.without_earlier };
    let (incoming, checked) = review::open(post, &pack)?;
    if let Some(failed) = checked.refusal() {
        return Err(review::refused(failed));
    }
    let store = incoming.manifest().store.clone();
    let entry = u64::from(r.entry);
    let mut seen = Witnessed::of(&post.home, &store)?.filter(|s| s.size > entry).ok_or_else(|| {
        Error::new(
            ErrorCode::LedgerRefused,
            "You have not countersigned a ledger with this entry yet.",
            "Countersign the pack first; then the entry you ask about cannot change.",
        )
    })?;
    let leaf_hash = *seen.leaves.get(r.entry as usize).ok_or_else(|| Error::not_found("entry"))?;
    let words = ledger::leaf_hash(question.as_bytes()).hex();
    let id = match seen.questions.iter().find(|q| q.entry == entry && q.words == words) {
        Some(before) => before.id.clone(),
        None => {
            let id = number()?;
            seen.questions.push(Question { id: id.clone(), entry, words, at: post.now });
            seen.save(&post.home)?;
            id
        }
    };
    steps::reached("question-saved");
    let body = ChallengeBody { entry, id: id.clone(), leaf_hash, question: question.to_owned() };
    let to = [incoming.sender.clone()];
    let letter = Letter { store: &store, to: &to, purpose: "An entry is questioned", body: &body };
    mail::send(post, &letter, Path::new(&r.path))?;
    Ok(RaisedChallenge { code: id, entry: r.entry })
}

/// Takes an answer: it closes this profile's question. That the ledger holds it is seen in the next ledger pack.
pub(crate) fn answer(post: &Post, r: &PackRef) -> Result<AnswerView, Error> {
    let incoming = super::open(post, r, &[Pack::Answer])?;
    let body: AnswerBody = incoming.body()?;
    let store = incoming.manifest().store.clone();
    let broken = || {
        Error::new(
            ErrorCode::PackAltered,
            "This answer is not the one its ledger entry was written for.",
            "Nothing was taken. Ask the reviewer.",
        )
    };
    let leaf = Leaf::parse(body.leaf.as_bytes()).map_err(|_| broken())?;
    let hash = ledger::text_hash(&body.salt.0, &body.answer);
    let holds = leaf.kind == Kind::ChallengeAnswered
        && leaf.store == store
        && leaf.text_hash.as_deref() == Some(hash.as_str())
        && leaf.details.get("challenge").and_then(|v| v.as_str()) == Some(body.id.as_str());
    if !holds {
        return Err(broken());
    }
    let mut seen = Witnessed::of(&post.home, &store)?.ok_or_else(|| Error::not_found("challenge"))?;
    if incoming.is_new() {
        seen.questions.retain(|q| q.id != body.id);
        seen.save(&post.home)?;
        mail::take(post, &incoming)?;
    }
    Ok(AnswerView { code: body.id, entry: body.entry as u32, answer: body.answer, at_entry: leaf.seq as u32 })
}
