//! A pack as it can be looked at before anything is done with it.

use crate::Error;
use crate::lead::word;
use crate::mail::{self, Incoming, Post, Want};
use crate::session::{Session, member_view};
use contract::{Fact, PackRef, PackView};
use ledger::Leaf;
use packs::{
    AnswerBody, ChallengeBody, CountersignatureBody, Gaps, GrantBody, LeadBody, LedgerBody, Manifest, Pack,
    RefusalBody, ReplyBody, RequestBody, Stance,
};
use std::path::Path;

fn fact(label: &str, value: impl ToString) -> Fact {
    Fact { label: label.to_owned(), value: value.to_string() }
}

/// What a pack holds, in a few lines; texts of people are shown as they are, sealed parts are not opened.
fn facts(pack: &Incoming) -> Result<Vec<Fact>, Error> {
    Ok(match pack.manifest().kind {
        Pack::Ledger => {
            let body: LedgerBody = pack.body()?;
            let mut all = vec![fact("Store", &body.name), fact("Entries", body.leaves.len())];
            all.extend(body.figures.iter().map(|f| fact(&f.name, f.count)));
            all
        }
        Pack::Countersignature => {
            let body: CountersignatureBody = pack.body()?;
            vec![fact("Countersigned entries", body.size), fact("Root", body.root)]
        }
        Pack::Challenge => {
            let body: ChallengeBody = pack.body()?;
            vec![fact("Challenge", body.id), fact("Entry", body.entry), fact("Question", body.question)]
        }
        Pack::Answer => {
            let body: AnswerBody = pack.body()?;
            vec![fact("Challenge", body.id), fact("Entry", body.entry), fact("Answer", body.answer)]
        }
        Pack::Request => {
            let body: RequestBody = pack.body()?;
            vec![fact("Entry", body.leaf)]
        }
        Pack::Grant => {
            let body: GrantBody = pack.body()?;
            let scope: Vec<String> = body.scope.iter().map(word).collect();
            vec![
                fact("Entry", body.entry),
                fact("Lead", body.lead),
                fact("Officer", body.officer),
                fact("Scope", scope.join(", ")),
                fact("To be opened before", body.expires),
            ]
        }
        Pack::Refusal => {
            let body: RefusalBody = pack.body()?;
            vec![fact("Entry", body.entry), fact("Reason", body.reason)]
        }
        Pack::Lead => {
            let body: LeadBody = pack.body()?;
            let lead = Leaf::parse(body.leaf.as_bytes()).ok().and_then(|l| l.lead).unwrap_or_default();
            vec![
                fact("Lead", lead),
                fact("Code of this pack", body.code),
                fact("Findings", body.findings.len()),
                fact("Withheld items", body.withheld.len()),
                fact("Answer wanted by", body.reply_by),
            ]
        }
        Pack::Reply => {
            let body: ReplyBody = pack.body()?;
            let disputed = body.answers.iter().filter(|a| a.stance == Stance::Disputed).count();
            vec![
                fact("Code of the pack it answers", body.code),
                fact("Answers", body.answers.len()),
                fact("Disputed findings", disputed),
                fact(
                    "Conflict of interest",
                    if body.conflict.is_empty() { "none declared" } else { "declared" },
                ),
            ]
        }
        Pack::Notice => Vec::new(),
    })
}

/// Which lead of the open store a reply is about.
fn answered(session: &Session, pack: &Incoming) -> Result<Option<Fact>, Error> {
    if pack.manifest().kind != Pack::Reply {
        return Ok(None);
    }
    let body: ReplyBody = pack.body()?;
    let given = store::lead_packs::find(&*session.reader(), &body.pack.to_string())?;
    Ok(given.map(|given| fact("Lead", given.lead)))
}

fn heading(manifest: &Manifest, hash: ledger::Hash) -> Result<PackView, Error> {
    let at = &manifest.at;
    Ok(PackView {
        kind: word(&manifest.kind),
        what: manifest.kind.words().to_owned(),
        store: manifest.store.clone(),
        sender: member_view(&mail::card_of(&manifest.sender)?),
        to: manifest.to.iter().map(|a| a.name.clone()).collect(),
        purpose: manifest.purpose.clone(),
        at: at.replace('T', " ").replace('Z', " UTC"),
        sequence: u32::try_from(manifest.sequence).unwrap_or(u32::MAX),
        hash: hash.to_string(),
        taken: false,
        problem: String::new(),
        earlier_missing: false,
        facts: Vec::new(),
    })
}

/// A pack that passed every door.
pub(crate) fn view(pack: &Incoming) -> Result<PackView, Error> {
    let heading = heading(pack.manifest(), pack.hash())?;
    Ok(PackView { taken: !pack.is_new(), facts: facts(pack)?, ..heading })
}

/// Shows a pack. Whoever it is from, the signature holds; whether it is taken stands in `problem`.
pub(crate) fn show(post: &Post, session: Option<&Session>, request: &PackRef) -> Result<PackView, Error> {
    let signed = mail::peek(post, Path::new(&request.path), Pack::ALL)?;
    let heading = heading(signed.manifest(), signed.hash())?;
    let known = super::known(&post.home, session)?;
    let judge = |gaps| {
        let want = Want { kinds: Pack::ALL, store: session.map(|s| s.id()), known: &known, gaps };
        mail::admit(post, signed.clone(), &want)
    };
    match judge(super::gaps(request.without_earlier)) {
        Ok(incoming) => {
            let mut view = view(&incoming)?;
            view.facts.extend(session.map(|s| answered(s, &incoming)).transpose()?.flatten());
            Ok(view)
        }
        Err(e) => {
            let earlier_missing = judge(Gaps::Accepted).is_ok();
            Ok(PackView { problem: e.to_string(), earlier_missing, ..heading })
        }
    }
}
