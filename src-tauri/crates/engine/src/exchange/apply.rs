//! What comes back from other people, taken into the store: the data protection officer's countersignature, grant,
//! refusal and challenge, and a representative's reply.
//!
//! The entry is written before the pack counts as taken, and names the pack: a crash in between is met when the same
//! pack is opened again, by counting it as taken and doing nothing more.

use crate::book;
use crate::mail::{self, Incoming, Post, Want};
use crate::record::Entry;
use crate::session::{Session, random};
use crate::{Error, disclosure, fields, name_index, steps};
use contract::{AppliedPack, ErrorCode, PackRef};
use ledger::Kind;
use model::{Pseudonym, Scope};
use packs::{ChallengeBody, CountersignatureBody, GrantBody, Pack, PackError, RefusalBody};
use std::path::Path;
use store::unmaskings::{UnmaskState, Unmasking};

/// What is taken into a store.
const KINDS: &[Pack] = &[Pack::Countersignature, Pack::Grant, Pack::Refusal, Pack::Challenge, Pack::Reply];

/// Takes one pack and says what it did.
pub(crate) fn apply(session: &Session, request: &PackRef) -> Result<AppliedPack, Error> {
    let post = session.post();
    let incoming = open(session, &post, request).map_err(|e| super::log_refused(session, "pack", e))?;
    incoming.must_be_new().map_err(|e| super::log_refused(session, "pack", e))?;
    let before = store::ledger::naming(&*session.reader(), &incoming.hash().to_string())?;
    if let Some(seq) = before {
        mail::take(&post, &incoming)?;
        let words = format!("Entry {seq} took it before the program ended. Nothing more was to do.");
        return Ok(applied(incoming.manifest().kind, seq, None, words));
    }
    let done = match incoming.manifest().kind {
        Pack::Countersignature => countersignature(session, &incoming),
        Pack::Grant => grant(session, &incoming),
        Pack::Refusal => refusal(session, &incoming),
        Pack::Challenge => challenge(session, &incoming),
        Pack::Reply => reply(session, &incoming),
        kind => Err(PackError::WrongKind(kind).into()),
    };
    let done = done.map_err(|e| super::log_refused(session, "pack", e))?;
    steps::reached("pack-applied");
    mail::take(&post, &incoming)?;
    Ok(done)
}

/// A representative is no member of the store: their replies count from whoever this profile knows.
fn open(session: &Session, post: &Post, request: &PackRef) -> Result<Incoming, Error> {
    let signed = mail::peek(post, Path::new(&request.path), KINDS)?;
    let known = match signed.manifest().kind {
        Pack::Reply => super::known(&session.home, Some(session))?,
        _ => session.facts.members.clone(),
    };
    let gaps = super::gaps(request.without_earlier);
    mail::admit(post, signed, &Want { kinds: KINDS, store: Some(session.id()), known: &known, gaps })
}

fn reply(session: &Session, incoming: &Incoming) -> Result<AppliedPack, Error> {
    let reply = disclosure::take_reply(session, incoming)?;
    let answers = reply.answers.len();
    let words = format!(
        "It answers {answers} finding{} of pack {}; {} computed again.",
        if answers == 1 { "" } else { "s" },
        reply.code,
        reply.recomputed.len()
    );
    Ok(applied(Pack::Reply, u64::from(reply.entry), Some(reply.lead), words))
}

fn applied(what: Pack, seq: u64, lead: Option<String>, words: String) -> AppliedPack {
    AppliedPack {
        kind: crate::lead::word(&what),
        what: what.words().to_owned(),
        entry: seq as u32,
        lead: lead.unwrap_or_default(),
        words,
    }
}

fn countersignature(session: &Session, incoming: &Incoming) -> Result<AppliedPack, Error> {
    let body: CountersignatureBody = incoming.body()?;
    let seq = super::countersignature::keep(session, &incoming.sender, &body, Some(incoming.hash()))?;
    let words = format!("{} countersigned the first {} entries.", incoming.sender.name(), body.size);
    Ok(applied(Pack::Countersignature, seq, None, words))
}

/// The waiting request an answer is for; it must be this member's own.
fn waiting(session: &Session, entry: u64) -> Result<(Unmasking, Pseudonym), Error> {
    let reader = session.reader();
    let unknown = || {
        Error::new(
            ErrorCode::NotFound,
            "This store has no request with the entry the answer names.",
            "Nothing was taken.",
        )
    };
    let kept = store::unmaskings::get(&*reader, entry)?.ok_or_else(unknown)?;
    let leaf = book::leaf_at(&*reader, entry)?;
    let mine = super::request::key_of(session.member.card())?;
    if leaf.details.get("requester").and_then(|v| v.as_str()) != Some(mine.as_str()) {
        return Err(Error::new(
            ErrorCode::PackForSomeoneElse,
            "This answers another reviewer's request.",
            "Nothing was taken. Only the reviewer who asked can open the grant.",
        ));
    }
    match kept.state {
        UnmaskState::Requested => {}
        UnmaskState::Expired | UnmaskState::Refused => {
            return Err(Error::new(
                ErrorCode::Expired,
                "The request this answers is over.",
                "Nothing was taken. A new request needs its own reasons.",
            ));
        }
        _ => return Err(PackError::Replayed.into()),
    }
    let officer = store::officers::get(&*reader, kept.officer)?.pseudonym;
    Ok((kept, officer))
}

fn wider() -> Error {
    Error::new(
        ErrorCode::PolicyForbids,
        "This grant is for something else, for more or for longer than was asked. Nothing was taken.",
        "Tell the data protection officer.",
    )
}

fn grant(session: &Session, incoming: &Incoming) -> Result<AppliedPack, Error> {
    let body: GrantBody = incoming.body()?;
    let (kept, officer) = waiting(session, body.entry)?;
    let asked: Vec<Scope> =
        fields::parse_scope(&kept.scope.split(' ').map(str::to_owned).collect::<Vec<_>>())?;
    let lead = kept.lead.map(|l| l.to_string()).unwrap_or_default();
    let within = body.scope.iter().all(|s| asked.contains(s)) && body.minutes <= kept.minutes;
    if !within || body.officer != officer.to_string() || body.lead != lead {
        return Err(wider());
    }
    let expires = super::seconds(&body.expires).ok_or(PackError::Form(Pack::Grant))?;
    if expires < session.clock.now() {
        return Err(Error::new(
            ErrorCode::Expired,
            "The time in which this grant could be opened is over.",
            "Nothing was taken. Ask again, or ask for more time.",
        ));
    }
    let scope = fields::scope_words(&body.scope);
    let mut entry = Entry::new(Kind::UnmaskGranted)
        .officer(officer)
        .with("entry", kept.seq)
        .with("granted_by", incoming.sender.name())
        .with("scope", scope.clone())
        .with("duration_s", body.minutes * 60)
        .with("expires", body.expires.as_str())
        .with("pack", incoming.hash().to_string());
    entry.lead = kept.lead;
    let seq = book::record_with(session, entry, |tx, seq| {
        store::unmaskings::set_state(tx, kept.seq, UnmaskState::Granted, None)?;
        let scope = scope.join(" ");
        let grant =
            store::requests::Grant { sealed: &body.sealed.0, scope: &scope, minutes: body.minutes, expires };
        Ok(store::requests::grant(tx, kept.seq, &grant, seq)?)
    })?;
    let words = format!("{} granted what entry {} asked for.", incoming.sender.name(), kept.seq);
    Ok(applied(Pack::Grant, seq, Some(lead), words))
}

/// Stands where a text from outside may hold a name; the sealed pack keeps what was written.
const LEFT_OUT: &str = "[may hold a name: read it in the pack itself]";

/// A text as it may be kept in the store.
fn kept(session: &Session, text: String) -> Result<String, Error> {
    Ok(if name_index::for_typed_text(session)?.may_name(&text) { LEFT_OUT.to_owned() } else { text })
}

fn refusal(session: &Session, incoming: &Incoming) -> Result<AppliedPack, Error> {
    let body: RefusalBody = incoming.body()?;
    let (asked, officer) = waiting(session, body.entry)?;
    let reason = kept(session, body.reason)?;
    let mut salt = [0; 16];
    random(&mut salt)?;
    let mut entry = Entry::new(Kind::UnmaskRefused)
        .officer(officer)
        .text_hash(ledger::text_hash(&salt, &reason))
        .with("entry", asked.seq)
        .with("refused_by", incoming.sender.name())
        .with("pack", incoming.hash().to_string());
    entry.lead = asked.lead;
    let seq = book::record_with(session, entry, |tx, seq| {
        store::texts::insert(tx, seq, &salt, &reason)?;
        store::unmaskings::set_state(tx, asked.seq, UnmaskState::Refused, None)?;
        Ok(store::requests::refuse(tx, asked.seq, seq)?)
    })?;
    let words = format!("{} refused: {reason}", incoming.sender.name());
    Ok(applied(Pack::Refusal, seq, asked.lead.map(|l| l.to_string()), words))
}

fn challenge(session: &Session, incoming: &Incoming) -> Result<AppliedPack, Error> {
    let mut body: ChallengeBody = incoming.body()?;
    body.question = kept(session, body.question)?;
    let (seq, lead) = super::challenge::keep(session, &incoming.sender, &body, Some(incoming.hash()))?;
    let words = format!("{} asks about entry {}: {}", incoming.sender.name(), body.entry, body.question);
    Ok(applied(Pack::Challenge, seq, lead.map(|l| l.to_string()), words))
}
