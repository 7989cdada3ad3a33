//! Countersigning: the head is remembered first and signed second (C2SP tlog-witness), so that a profile never vouches for
//! less than it knows.

use super::check::Checked;
use super::review;
use super::witness::Witnessed;
use crate::mail::{self, Letter, Post};
use crate::{Error, exchange, members, steps};
use contract::{Countersign, Countersigned, PackRef};
use ledger::leaf_hash;
use packs::CountersignatureBody;
use std::path::Path;

/// Countersigns a ledger pack; the signature line goes back to its sender.
pub(crate) fn countersign(post: &Post, request: &Countersign) -> Result<Countersigned, Error> {
    let pack = PackRef { path: request.pack.clone(), without_earlier: request.without_earlier };
    let (incoming, checked) = review::open(post, &pack)?;
    let body = sign(post, &checked)?;
    let to = [incoming.sender.clone()];
    let letter = Letter { store: &checked.store, to: &to, purpose: "The ledger was checked", body: &body };
    if incoming.is_new() {
        mail::take(post, &incoming)?;
    }
    mail::send(post, &letter, Path::new(&request.path))?;
    Ok(done(checked, &body))
}

/// Keeps in the profile what holds, then signs its head. Questions the ledger answers are closed with that.
pub(super) fn sign(post: &Post, checked: &Checked) -> Result<CountersignatureBody, Error> {
    if let Some(failed) = checked.refusal() {
        return Err(review::refused(failed));
    }
    let (Some(head), Some(policy)) = (&checked.head, &checked.policy) else {
        return Err(Error::not_found("signed head"));
    };
    let before = checked.seen.clone();
    let (answers, mut questions) = before.map(|b| (b.answers, b.questions)).unwrap_or_default();
    let answered = review::answered_challenges(&checked.leaves);
    questions.retain(|q| !answered.contains(q.id.as_str()));
    let seen = Witnessed {
        store: checked.store.clone(),
        name: checked.body.name.clone(),
        log: policy.logs().first().map(ToString::to_string).unwrap_or_default(),
        size: head.checkpoint.size,
        root: head.checkpoint.root,
        at: post.now,
        leaves: checked.body.leaves.iter().map(|l| leaf_hash(l.as_bytes())).collect(),
        left: members::left(&checked.leaves),
        answers,
        questions,
    };
    seen.save(&post.home)?;
    steps::reached("witness-saved");
    let key = exchange::witness_key(&checked.store, post.member.card())?;
    let time = u64::try_from(post.now).unwrap_or(0);
    let line = ledger::cosign(head, key.name(), post.member.signing_key(), time)
        .map_err(|e| Error::new(contract::ErrorCode::Ledger, crate::error::sentence(e), ""))?;
    Ok(CountersignatureBody { line: line.trim_end().to_owned(), root: seen.root, size: seen.size })
}

pub(super) fn done(checked: Checked, body: &CountersignatureBody) -> Countersigned {
    Countersigned {
        store: checked.store,
        size: body.size as u32,
        root: body.root.to_string(),
        checks: checked.checks,
    }
}
