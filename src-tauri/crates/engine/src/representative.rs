//! The representative's desk: a lead pack read, and an answer to it, without any store.

use crate::disclosure::fit_view;
use crate::mail::{self, Incoming, Letter, Post, Want};
use crate::{Error, lead, people};
use contract::{
    CardText, ErrorCode, FindingText, LabelledText, LeadPackView, PackRef, PeersText, ReplyToLead,
    WithheldText,
};
use packs::{Capacity, FindingAnswer, Gaps, LeadBody, Line, Pack, ReplyBody, Stance};
use std::path::Path;

/// What stands on every pack.
const WHAT_IT_IS: &str = "This is a lead, not an allegation and not a regulation 17 notice. Somebody has to look at it; \
     your answer is part of that.";

fn open(post: &Post, path: &str, without_earlier: bool) -> Result<Incoming, Error> {
    let known = people::known(&post.home)?;
    let gaps = if without_earlier { Gaps::Accepted } else { Gaps::Refused };
    let want = Want { kinds: &[Pack::Lead], store: None, known: &known, gaps };
    mail::open(post, Path::new(path), &want)
}

fn texts(lines: &[Line]) -> Vec<LabelledText> {
    lines.iter().map(|l| LabelledText { label: l.label.clone(), value: l.value.clone() }).collect()
}

/// A body as it is shown, to the reviewer before it leaves and to the representative after.
pub(crate) fn view(body: &LeadBody) -> LeadPackView {
    let finding = |f: &packs::FindingShown| FindingText {
        n: f.n,
        indicator: f.indicator.clone(),
        title: f.title.clone(),
        sentence: f.sentence.clone(),
        arithmetic: texts(&f.arithmetic),
        peers: f.peers.as_ref().map(|p| PeersText {
            group: p.group.clone(),
            size: p.size,
            median: p.median.clone(),
            highest: p.highest.clone(),
            expected: p.expected.clone(),
        }),
        columns: f.columns.clone(),
        rows: f.rows.clone(),
        base_rate: f.base_rate.clone(),
        card: CardText {
            looks_for: f.card.looks_for.clone(),
            exclusions: f.card.exclusions.clone(),
            settings: texts(&f.card.settings),
            cannot_see: f.card.cannot_see.clone(),
        },
        counter_evidence: f.counter_evidence.clone(),
        innocent_explanations: f.innocent_explanations.clone(),
        what_would_clear_it: f.what_would_clear_it.clone(),
    };
    LeadPackView {
        code: body.code.clone(),
        what_it_is: WHAT_IT_IS.into(),
        facts: texts(&body.facts),
        findings: body.findings.iter().map(finding).collect(),
        withheld: body
            .withheld
            .iter()
            .map(|w| WithheldText {
                what: w.what.clone(),
                ground: format!("Regulation 6 ({}): {}", w.ground.letter(), w.ground.words()),
                reason: w.reason.clone(),
            })
            .collect(),
        removed: body
            .removed
            .iter()
            .map(|r| LabelledText { label: r.why.clone(), value: r.count.to_string() })
            .collect(),
        fit: fit_view(&body.fit),
        reply_by: body.reply_by.clone(),
        entry: body.leaf.clone(),
    }
}

/// Opens a pack and shows it.
pub(crate) fn read(post: &Post, request: &PackRef) -> Result<LeadPackView, Error> {
    let incoming = open(post, &request.path, request.without_earlier)?;
    let body: LeadBody = incoming.body()?;
    if incoming.is_new() {
        mail::take(post, &incoming)?;
    }
    Ok(view(&body))
}

fn parse<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T, Error> {
    lead::parse_word(text.trim(), what)
}

/// Seals an answer to the reviewer who gave the pack.
pub(crate) fn reply(post: &Post, request: &ReplyToLead) -> Result<(), Error> {
    let incoming = open(post, &request.pack, true)?;
    let body: LeadBody = incoming.body()?;
    let answer = |a: &contract::AnswerFinding| {
        Ok(FindingAnswer {
            finding: a.finding,
            stance: parse::<Stance>(&a.stance, "answer")?,
            text: a.text.trim().to_owned(),
            evidence: a.evidence.trim().to_owned(),
        })
    };
    let answers = request.answers.iter().map(answer).collect::<Result<Vec<_>, Error>>()?;
    let asked = |a: &FindingAnswer| body.findings.iter().any(|f| f.n == a.finding);
    if answers.is_empty() || !answers.iter().all(asked) {
        return Err(Error::new(
            ErrorCode::Decision,
            "Answer one or more of the findings in the pack, each by its number.",
            "Nothing was written.",
        ));
    }
    let typed = answers.iter().flat_map(|a| [&a.text, &a.evidence]).chain([&request.conflict]);
    let nobody = intake::NameSet::empty();
    if typed.into_iter().any(|text| nobody.may_name(text)) {
        return Err(Error::new(
            ErrorCode::NameInText,
            "The answer may contain a name, a telephone number or another personal detail. It was not written.",
            "Use the codes of the pack: the officer, P1, P2.",
        ));
    }
    let reply = ReplyBody {
        answers,
        capacity: parse::<Capacity>(&request.capacity, "capacity")?,
        code: body.code.clone(),
        conflict: request.conflict.trim().to_owned(),
        pack: incoming.hash(),
        root: body.root,
    };
    let letter = Letter {
        store: &incoming.manifest().store,
        to: std::slice::from_ref(&incoming.sender),
        purpose: "The representative's answer to a lead",
        body: &reply,
    };
    mail::send(post, &letter, Path::new(&request.path)).map(drop)
}
