//! A pack as it can be looked at before anything is done with it.

use crate::Error;
use crate::lead::word;
use crate::mail::{self, Incoming, Post, Want};
use crate::session::{Session, member_view};
use contract::{Fact, PackRef, PackView};
use packs::{
    AnswerBody, ChallengeBody, CountersignatureBody, GrantBody, LedgerBody, Manifest, Pack, RefusalBody,
    RequestBody,
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
        Pack::Lead | Pack::Reply | Pack::Notice => Vec::new(),
    })
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
    let want = Want {
        kinds: Pack::ALL,
        store: session.map(|s| s.id()),
        known: &known,
        gaps: super::gaps(request.without_earlier),
    };
    match mail::admit(post, signed, &want) {
        Ok(incoming) => view(&incoming),
        Err(e) => Ok(PackView { problem: e.0.message, ..heading }),
    }
}
