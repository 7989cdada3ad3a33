//! Questioning an entry of a ledger, and reading the answer.

use super::check::Checked;
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

/// Writes a challenge to the sender of the pack.
pub(crate) fn raise(post: &Post, r: &RaiseChallenge) -> Result<RaisedChallenge, Error> {
    let pack = PackRef { path: r.pack.clone(), without_earlier: r.without_earlier };
    let (incoming, checked) = review::open(post, &pack)?;
    let body = pose(post, &checked, r.entry, &r.question)?;
    let to = [incoming.sender.clone()];
    let letter = Letter { store: &checked.store, to: &to, purpose: "An entry is questioned", body: &body };
    mail::send(post, &letter, Path::new(&r.path))?;
    Ok(RaisedChallenge { code: body.id, entry: r.entry })
}

/// Keeps a question in the profile before it goes anywhere. The ledger must have been countersigned, so that the entry
/// stands. The same open question again is the same challenge again: it may have been lost on its way.
pub(super) fn pose(
    post: &Post,
    checked: &Checked,
    entry: u32,
    question: &str,
) -> Result<ChallengeBody, Error> {
    let question = question.trim();
    if question.chars().count() < 15 {
        return Err(Error::new(
            ErrorCode::Justification,
            "A question needs 15 characters or more.",
            "Nothing was written.",
        ));
    }
    super::refuse_details(question)?;
    if let Some(failed) = checked.refusal() {
        return Err(review::refused(failed));
    }
    let at = u64::from(entry);
    let mut seen = checked.seen.clone().filter(|s| s.size > at).ok_or_else(|| {
        Error::new(
            ErrorCode::LedgerRefused,
            "You have not countersigned a ledger with this entry yet.",
            "Countersign it first; then the entry you ask about cannot change.",
        )
    })?;
    let leaf_hash = *seen.leaves.get(entry as usize).ok_or_else(|| Error::not_found("entry"))?;
    let words = ledger::leaf_hash(question.as_bytes()).hex();
    let id = match seen.questions.iter().find(|q| q.entry == at && q.words == words) {
        Some(before) => before.id.clone(),
        None => {
            let id = number()?;
            seen.questions.push(Question { id: id.clone(), entry: at, words, at: post.now });
            seen.save(&post.home)?;
            id
        }
    };
    steps::reached("question-saved");
    Ok(ChallengeBody { entry: at, id, leaf_hash, question: question.to_owned() })
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
