//! The representative's answer, taken back: bound to the pack that was given, and a disputed fact computed again.

use crate::mail::Incoming;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, analyse, book, lead, name_index};
use contract::{AnswerShown, ErrorCode, RecomputedView, ReplyView};
use ledger::Kind;
use model::{Lead, LeadId};
use packs::{ReplyBody, Stance};
use serde::{Deserialize, Serialize};
use store::Read;
use store::lead_packs::{LeadPack, Reply};

/// Stands where a text of the answer may hold a name; the pack itself keeps what was written.
const LEFT_OUT: &str = "[may hold a name: read it in the reply itself]";

/// What an indicator gives on the rows the store holds now.
#[derive(Serialize, Deserialize)]
struct Recomputed {
    finding: u32,
    holds: bool,
    words: String,
}

fn foreign(words: &str) -> Error {
    Error::new(ErrorCode::PackStore, words, "Nothing was taken.")
}

/// Writes one reply beside its lead and says what it did.
pub(crate) fn take_reply(session: &Session, incoming: &Incoming) -> Result<ReplyView, Error> {
    let mut body: ReplyBody = incoming.body()?;
    let given = store::lead_packs::find(&*session.reader(), &body.pack.to_string())?
        .ok_or_else(|| foreign("This answers a pack that this store did not give."))?;
    if given.root != body.root.to_string() || given.code != body.code {
        return Err(foreign(
            "This answer names another ledger or another officer than the pack it is bound to.",
        ));
    }
    let to = book::leaf_at(&*session.reader(), given.seq)?.details.get("to").cloned();
    if to.as_ref().and_then(|v| v.as_str()) != Some(incoming.sender.fingerprint().as_str()) {
        return Err(foreign(
            "This answer comes from somebody else than the representative the pack was given to.",
        ));
    }
    check_findings(session, &given, &body)?;
    let left_out = leave_names_out(session, &mut body)?;
    let recomputed = recompute(session, given.lead, &body)?;
    let disputed = body.answers.iter().filter(|a| a.stance == Stance::Disputed).count() as u64;
    let row = lead::row(&*session.reader(), given.lead)?;
    let entry = Entry::new(Kind::Collection)
        .lead(given.lead)
        .about(&row.subject)
        .with("what", "reply")
        .with("pack", given.hash.clone())
        .with("hash", incoming.hash().to_string())
        .with("by", incoming.sender.fingerprint())
        .with("answers", body.answers.len() as u64)
        .with("disputed", disputed)
        .with("conflict", !body.conflict.is_empty())
        .with("left_out", left_out);
    let now = session.clock.now();
    let mut store = session.store()?;
    let (reply, head) = store.write(|tx| {
        let (seqs, head) = book::append(session, tx, vec![entry])?;
        let reply = Reply {
            hash: incoming.hash().to_string(),
            pack: given.hash.clone(),
            seq: seqs[0],
            at: now,
            sender: incoming.sender.name().to_owned(),
            body_json: serde_json::to_string(&body)?,
            recomputed_json: serde_json::to_string(&recomputed)?,
        };
        store::lead_packs::add_reply(tx, &reply)?;
        Ok::<_, Error>((reply, head))
    })?;
    drop(store);
    book::save_heads(session, &head)?;
    view(&given, reply)
}

fn check_findings(session: &Session, given: &LeadPack, body: &ReplyBody) -> Result<(), Error> {
    let findings = lead_of(&*session.reader(), given.lead)?.findings.len() as u32;
    if body.answers.iter().any(|a| a.finding == 0 || a.finding > findings) {
        return Err(foreign("This answers a finding that the lead does not have."));
    }
    Ok(())
}

fn lead_of<R: Read>(reader: &R, id: LeadId) -> Result<Lead, Error> {
    let body = store::leads::body(reader, id)?.ok_or_else(|| Error::not_found("lead"))?;
    Ok(serde_json::from_str(&body)?)
}

/// Texts that may hold a name stay in the sealed reply; says how many.
fn leave_names_out(session: &Session, body: &mut ReplyBody) -> Result<u64, Error> {
    let names = name_index::for_typed_text(session)?;
    let texts = body.answers.iter_mut().flat_map(|a| [&mut a.text, &mut a.evidence]);
    let mut left_out = 0;
    for text in texts.chain([&mut body.conflict]) {
        if names.may_name(text) {
            *text = LEFT_OUT.to_owned();
            left_out += 1;
        }
    }
    Ok(left_out)
}

/// Runs the indicators again on what the store holds, and compares each disputed finding.
fn recompute(session: &Session, id: LeadId, body: &ReplyBody) -> Result<Vec<Recomputed>, Error> {
    let disputed: Vec<u32> =
        body.answers.iter().filter(|a| a.stance == Stance::Disputed).map(|a| a.finding).collect();
    if disputed.is_empty() {
        return Ok(Vec::new());
    }
    let lead = lead_of(&*session.reader(), id)?;
    let drafts = analyse::drafts(session)?;
    let again = |n: u32| {
        let old = &lead.findings[n as usize - 1];
        let same = drafts
            .iter()
            .filter(|d| d.subject == lead.subject)
            .flat_map(|d| &d.findings)
            .find(|f| f.indicator == old.indicator);
        let (holds, words) = match same {
            None => (false, "The rows the store holds now do not make this finding.".to_owned()),
            Some(new) if new.sentence == old.sentence => {
                (true, "The same rows make the same finding: check the source itself.".to_owned())
            }
            Some(new) => (false, format!("The rows the store holds now say: {}", new.sentence)),
        };
        Recomputed { finding: n, holds, words }
    };
    Ok(disputed.into_iter().map(again).collect())
}

fn view(given: &LeadPack, reply: Reply) -> Result<ReplyView, Error> {
    let body: ReplyBody = serde_json::from_str(&reply.body_json)?;
    let recomputed: Vec<Recomputed> = serde_json::from_str(&reply.recomputed_json)?;
    let answer = |a: packs::FindingAnswer| AnswerShown {
        finding: a.finding,
        stance: lead::word(&a.stance),
        text: a.text,
        evidence: a.evidence,
    };
    Ok(ReplyView {
        lead: given.lead.to_string(),
        code: given.code.clone(),
        entry: reply.seq as u32,
        at: model::time::rfc3339(reply.at),
        by: reply.sender,
        capacity: lead::word(&body.capacity),
        conflict: body.conflict,
        answers: body.answers.into_iter().map(answer).collect(),
        recomputed: recomputed
            .into_iter()
            .map(|r| RecomputedView { finding: r.finding, holds: r.holds, words: r.words })
            .collect(),
    })
}

/// Every answer on a lead, oldest first.
pub(crate) fn list(session: &Session, lead: &str) -> Result<Vec<ReplyView>, Error> {
    let id: LeadId = lead.parse()?;
    let reader = session.reader();
    let given = store::lead_packs::of_lead(&*reader, id)?;
    let pack_of = |hash: &str| given.iter().find(|p| p.hash == hash).ok_or_else(|| Error::not_found("pack"));
    store::lead_packs::replies(&*reader, id)?.into_iter().map(|r| view(pack_of(&r.pack)?, r)).collect()
}
