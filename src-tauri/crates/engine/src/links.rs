//! Codes that may be one officer: proposed at import, decided by a person, undone by a later decision, never automatic.

mod rows;

pub(crate) use rows::Linked;

use crate::jobs::Progress;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, name_index};
use contract::{DecideLink, ErrorCode, LinkProposalView};
use intake::Roll;
use ledger::Kind;
use model::{ImportReport, OfficerIndex, SourceSchema};
use std::collections::{BTreeMap, BTreeSet};
use store::links::{Decision, NewProposal, Proposal};
use store::{Read, Tx};

/// Shortest and longest reason, in characters.
const REASON: std::ops::RangeInclusive<usize> = 10..=1_000;
/// Where `meta` keeps the mail domains that many officers share.
const DOMAINS: &str = "mail_domains";

/// What the ids of an import say about who may be whom, as rows for the store; remarks go into the report.
pub(crate) fn notice(
    tx: &Tx<'_>,
    roll: &Roll,
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<Vec<NewProposal>, Error> {
    let known: Vec<String> = match store::meta::text(tx, DOMAINS)? {
        Some(text) => serde_json::from_str(&text)?,
        None => Vec::new(),
    };
    let noticed = roll.notice(&known, progress.cancel_flag());
    progress.check()?;
    let domains: BTreeSet<&String> = known.iter().chain(&noticed.domains).collect();
    if domains.len() > known.len() {
        store::meta::put(tx, DOMAINS, &serde_json::to_vec(&domains)?)?;
    }
    if !noticed.alike.is_empty() {
        report.remarks.push(format!(
            "{} ids that are not on the roll look like one that is: a person decides whether they are the same officer.",
            noticed.alike.iter().map(|a| a.provisional).collect::<BTreeSet<_>>().len()
        ));
    }
    if !noticed.complete {
        report.remarks.push(
            "Too many ids are not on the roll: typing errors were not looked for in all of them.".into(),
        );
    }
    let row = |a: intake::Alike| NewProposal {
        provisional: a.provisional,
        officer: a.officer,
        rule: a.rule.as_str().to_owned(),
        confidence: a.confidence,
    };
    Ok(noticed.alike.into_iter().map(row).collect())
}

fn why(rule: &str) -> &'static str {
    match rule {
        "same_id" => "The roll now gives this id to the officer.",
        "other_rule" => "The same id but for capitals, marks or a prefix.",
        "leading_zeros" => "The same number but for zeros in front.",
        "mail_name" => "The same name before the @ of an e-mail address.",
        "swapped" => "Two neighbouring characters have changed places.",
        _ => "One character differs.",
    }
}

/// Who stands for whom at present.
pub(crate) fn linked<R: Read>(reader: &R) -> Result<BTreeMap<OfficerIndex, OfficerIndex>, Error> {
    Ok(store::links::linked(reader)?.into_iter().collect())
}

/// The officer and every code that is linked to them: all whose rows are theirs.
pub(crate) fn codes_of<R: Read>(reader: &R, officer: OfficerIndex) -> Result<Vec<OfficerIndex>, Error> {
    let others = linked(reader)?.into_iter().filter(|(_, o)| *o == officer).map(|(p, _)| p);
    Ok(std::iter::once(officer).chain(others).collect())
}

/// Every proposal about a code that is not on the roll, undecided ones first, then the surest.
pub(crate) fn list(session: &Session) -> Result<Vec<LinkProposalView>, Error> {
    let reader = session.reader();
    let imports: BTreeMap<u32, String> = store::imports::all(&*reader)?
        .into_iter()
        .map(|i| (i.id.0, format!("{}, import {}", SourceSchema::of(i.kind).title, i.id.0)))
        .collect();
    let mut all = store::links::all(&*reader)?;
    all.sort_by_key(|p| p.decision.is_some());
    let zone = crate::analyse::zone(&*reader)?;
    let zone = model::time::zone(&zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let view = |p: Proposal| -> Result<LinkProposalView, Error> {
        let provisional = store::officers::get(&*reader, p.provisional)?;
        let state = p.decision.as_ref().map_or("open", |d| if d.linked { "linked" } else { "refused" });
        Ok(LinkProposalView {
            proposal: p.id,
            provisional: provisional.pseudonym.to_string(),
            officer: store::officers::get(&*reader, p.officer)?.pseudonym.to_string(),
            why: why(&p.rule).to_owned(),
            confidence: u32::from(p.confidence),
            first_seen: imports.get(&provisional.first_import.0).cloned().unwrap_or_default(),
            state: state.to_owned(),
            decided: p
                .decision
                .map(|d| format!("{} by {}: {}", model::time::show_moment(d.at, &zone), d.by, d.reason)),
        })
    };
    all.into_iter().map(view).collect()
}

/// Links two codes, or refuses to; a later decision on the same proposal supersedes this one.
pub(crate) fn decide(session: &Session, request: &DecideLink) -> Result<Vec<LinkProposalView>, Error> {
    let reason = request.reason.trim();
    if !REASON.contains(&reason.chars().count()) {
        return Err(Error::new(
            ErrorCode::Limit,
            format!("A reason has {} to {} characters.", REASON.start(), REASON.end()),
            "Nothing was linked.",
        ));
    }
    name_index::refuse_names(session, &[reason])?;
    let now = session.clock.now();
    book::record(session, |tx| {
        let all = store::links::all(tx)?;
        let found =
            all.iter().find(|p| p.id == request.proposal).ok_or_else(|| Error::not_found("proposal"))?;
        let stands = found.decision.as_ref().is_some_and(|d| d.linked);
        if stands == request.link && found.decision.is_some() {
            return Err(Error::new(ErrorCode::Decision, "This is how the proposal stands already.", ""));
        }
        let other = |p: &&Proposal| {
            p.provisional == found.provisional
                && p.id != found.id
                && p.decision.as_ref().is_some_and(|d| d.linked)
        };
        if request.link && all.iter().any(|p| other(&p)) {
            return Err(Error::new(
                ErrorCode::Decision,
                "This code is linked to another officer.",
                "Undo that link first.",
            ));
        }
        let decision = Decision {
            linked: request.link,
            at: now,
            by: session.by().to_owned(),
            reason: reason.to_owned(),
        };
        store::links::decide(tx, found.id, &decision)?;
        let what = match (request.link, stands) {
            (true, _) => "codes linked",
            (false, true) => "link undone",
            (false, false) => "link refused",
        };
        let entry = Entry::new(Kind::Combination)
            .officer(store::officers::get(tx, found.officer)?.pseudonym)
            .with("what", what)
            .with("provisional", store::officers::get(tx, found.provisional)?.pseudonym.to_string())
            .with("proposal", found.id)
            .with("rule", found.rule.as_str())
            .with("confidence", found.confidence);
        Ok(((), vec![entry]))
    })?;
    list(session)
}
