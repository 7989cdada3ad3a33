//! Granting and refusing. The answer is remembered first: what this profile gave out is never forgotten by a crash.

use super::request::{self, Asked};
use super::witness::Answer;
use crate::fields::{self, Fields};
use crate::mail::{self, Letter, Post};
use crate::{Error, exchange, steps};
use contract::{AnswerRequest, AnsweredRequest, ErrorCode, GrantRequest, PackRef};
use model::Scope;
use packs::{Base64, GrantBody, RefusalBody};
use std::path::Path;

/// Days in which a grant may be opened, unless the grantor says otherwise, and at most.
const OPENS_DAYS: u32 = 7;
const MOST_DAYS: u32 = 30;

/// Until when the same answer was given before: its pack was lost, and is written again. Any other answer is refused.
fn again(asked: &Asked, granted: bool, terms: &str) -> Result<Option<i64>, Error> {
    let Some(before) = asked.answered() else { return Ok(None) };
    if before.granted == granted && before.terms == terms {
        return Ok(Some(before.expires));
    }
    let how = if before.granted { "granted" } else { "refused" };
    Err(Error::new(
        ErrorCode::PackReplayed,
        format!(
            "You {how} this request before. An answer is given once; only the same one is written again."
        ),
        "Nothing was decrypted.",
    ))
}

/// What an answer says, as the profile remembers it: a hash, because a profile keeps no text.
fn terms(words: &str) -> String {
    ledger::leaf_hash(words.trim().as_bytes()).hex()
}

fn remember(post: &Post, asked: &mut Asked, granted: bool, terms: String, expires: i64) -> Result<(), Error> {
    if asked.answered().is_none() {
        asked.seen.answers.push(Answer {
            entry: asked.leaf.seq,
            granted,
            terms,
            at: post.now,
            expires,
            lead: asked.leaf.lead.clone().unwrap_or_default(),
            officer: asked.leaf.officer.clone().unwrap_or_default(),
            requester: asked.incoming.sender.name().to_owned(),
        });
        asked.seen.save(&post.home)?;
    }
    steps::reached("answer-saved");
    if asked.incoming.is_new() {
        mail::take(post, &asked.incoming)?;
    }
    Ok(())
}

fn done(asked: &Asked, granted: bool, until: String) -> AnsweredRequest {
    AnsweredRequest {
        entry: asked.leaf.seq as u32,
        lead: asked.leaf.lead.clone().unwrap_or_default(),
        officer: asked.leaf.officer.clone().unwrap_or_default(),
        granted,
        until,
    }
}

/// The scope that is granted: what was asked, or less of it.
fn narrowed(asked: &[Scope], wanted: &[String]) -> Result<Vec<Scope>, Error> {
    if wanted.is_empty() {
        return Ok(asked.to_vec());
    }
    let scope = fields::parse_scope(wanted)?;
    if scope.iter().all(|s| asked.contains(s)) {
        return Ok(scope);
    }
    Err(Error::new(
        ErrorCode::PolicyForbids,
        "A grant cannot give more than was asked for.",
        "Nothing was decrypted.",
    ))
}

/// Opens the identity, seals the scoped fields to the one-time key, and writes the grant.
pub(crate) fn grant(post: &Post, r: &GrantRequest) -> Result<AnsweredRequest, Error> {
    let pack = PackRef { path: r.pack.clone(), without_earlier: r.without_earlier };
    let mut asked = request::open(post, &pack)?;
    let scope = narrowed(&asked.scope, &r.scope)?;
    let minutes = match r.minutes {
        0 => asked.why.minutes,
        wanted => wanted.min(asked.why.minutes),
    };
    let terms = terms(&format!("{} for {minutes} minutes", fields::scope_words(&scope).join(" ")));
    let days = if r.days == 0 { OPENS_DAYS } else { r.days.min(MOST_DAYS) };
    let expires = again(&asked, true, &terms)?.unwrap_or(post.now + i64::from(days) * 86_400);
    let sealed = {
        let identity = asked.identity(post)?;
        let bytes = Fields::of(&identity, &scope).to_bytes()?;
        asked.once.seal_bytes(&exchange::reveal::purpose(asked.leaf.seq), &asked.leaf.store, &bytes)?
    };
    let until = model::time::rfc3339(expires);
    let body = GrantBody {
        entry: asked.leaf.seq,
        expires: until.clone(),
        lead: asked.leaf.lead.clone().unwrap_or_default(),
        minutes,
        officer: asked.leaf.officer.clone().unwrap_or_default(),
        request: asked.incoming.hash(),
        scope,
        sealed: Base64(sealed),
    };
    remember(post, &mut asked, true, terms, expires)?;
    let to = [asked.incoming.sender.clone()];
    let letter = Letter { store: &asked.leaf.store, to: &to, purpose: "A request is granted", body: &body };
    mail::send(post, &letter, Path::new(&r.path))?;
    Ok(done(&asked, true, until))
}

/// Writes a refusal with its reason; nothing is decrypted.
pub(crate) fn refuse(post: &Post, r: &AnswerRequest) -> Result<AnsweredRequest, Error> {
    if r.reason.trim().chars().count() < 15 {
        return Err(Error::new(
            ErrorCode::Justification,
            "A refusal needs a reason of 15 characters or more.",
            "Nothing was written.",
        ));
    }
    super::refuse_details(&r.reason)?;
    let pack = PackRef { path: r.pack.clone(), without_earlier: r.without_earlier };
    let mut asked = request::open(post, &pack)?;
    let terms = terms(&r.reason);
    again(&asked, false, &terms)?;
    remember(post, &mut asked, false, terms, post.now)?;
    let body = RefusalBody {
        entry: asked.leaf.seq,
        reason: r.reason.trim().to_owned(),
        request: asked.incoming.hash(),
    };
    let to = [asked.incoming.sender.clone()];
    let letter = Letter { store: &asked.leaf.store, to: &to, purpose: "A request is refused", body: &body };
    mail::send(post, &letter, Path::new(&r.path))?;
    Ok(done(&asked, false, String::new()))
}
