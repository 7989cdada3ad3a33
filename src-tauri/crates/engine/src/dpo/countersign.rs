//! Countersigning: the head is remembered first and signed second (C2SP tlog-witness), so that a profile never vouches for
//! less than it knows.

use super::review;
use super::witness::Witnessed;
use crate::mail::{self, Letter, Post};
use crate::{Error, exchange, steps};
use contract::{Countersign, Countersigned, PackRef};
use ledger::leaf_hash;
use packs::CountersignatureBody;
use std::path::Path;

pub(crate) fn countersign(post: &Post, request: &Countersign) -> Result<Countersigned, Error> {
    let pack = PackRef { path: request.pack.clone(), without_earlier: request.without_earlier };
    let (incoming, checked) = review::open(post, &pack)?;
    if let Some(failed) = checked.refusal() {
        return Err(review::refused(failed));
    }
    let (Some(head), Some(policy)) = (&checked.head, &checked.policy) else {
        return Err(Error::not_found("signed head"));
    };
    let store = incoming.manifest().store.clone();
    let before = Witnessed::of(&post.home, &store)?;
    let (answers, questions) = before.map(|b| (b.answers, b.questions)).unwrap_or_default();
    let log = policy.logs().first().map(ToString::to_string).unwrap_or_default();
    let seen = Witnessed {
        store: store.clone(),
        name: checked.body.name.clone(),
        log,
        size: head.checkpoint.size,
        root: head.checkpoint.root,
        at: post.now,
        leaves: checked.body.leaves.iter().map(|l| leaf_hash(l.as_bytes())).collect(),
        answers,
        questions,
    };
    seen.save(&post.home)?;
    steps::reached("witness-saved");
    let key = exchange::witness_key(&store, post.member.card())?;
    let time = u64::try_from(post.now).unwrap_or(0);
    let line = ledger::cosign(head, key.name(), post.member.signing_key(), time)
        .map_err(|e| Error::new(contract::ErrorCode::Ledger, crate::error::sentence(e), ""))?;
    let body = CountersignatureBody { line: line.trim_end().to_owned(), root: seen.root, size: seen.size };
    let to = [incoming.sender.clone()];
    let letter = Letter { store: &store, to: &to, purpose: "The ledger was checked", body: &body };
    if incoming.is_new() {
        mail::take(post, &incoming)?;
    }
    mail::send(post, &letter, Path::new(&request.path))?;
    Ok(Countersigned { store, size: seen.size as u32, root: seen.root.to_string(), checks: checked.checks })
}
