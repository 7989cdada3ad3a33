//! A ledger as its reader sees it: what was checked, every entry with its reason, and what waits.

use super::check::{self, Checked};
use super::witness::Witnessed;
use crate::mail::{Incoming, Post};
use crate::{Error, exchange, patterns, wording};
use contract::{CheckView, CountersignedView, ErrorCode, Fact, LedgerPackReview, LedgerReview, PackRef};
use ledger::{Kind, Leaf};
use packs::{LedgerBody, Pack};
use std::collections::{BTreeMap, BTreeSet};

/// Opens and checks; changes nothing, so it can be done again and again.
pub(crate) fn open(post: &Post, request: &PackRef) -> Result<(Incoming, Checked), Error> {
    let incoming = super::open(post, request, &[Pack::Ledger])?;
    let body: LedgerBody = incoming.body()?;
    let checked = check::check(post, &incoming.manifest().store, &incoming.sender, body)?;
    Ok((incoming, checked))
}

pub(crate) fn review(post: &Post, request: &PackRef) -> Result<LedgerPackReview, Error> {
    let (incoming, checked) = open(post, request)?;
    let texts: BTreeMap<u64, &str> = checked.body.texts.iter().map(|t| (t.entry, t.text.as_str())).collect();
    let entry = |leaf: &Leaf| wording::view(leaf, texts.get(&leaf.seq).copied());
    Ok(LedgerPackReview {
        pack: exchange::show::view(&incoming)?,
        patterns: patterns::of(&checked.leaves, &checked.body.texts)?,
        entries: checked.leaves.iter().rev().map(entry).collect::<Result<_, _>>()?,
        ledger: said(checked),
    })
}

/// What was found, in words.
pub(super) fn said(checked: Checked) -> LedgerReview {
    LedgerReview {
        proved: checked.refusal().is_none(),
        size: checked.size() as u32,
        root: checked.head.as_ref().map(|h| h.checkpoint.root.to_string()).unwrap_or_default(),
        open_challenges: open_challenges(&checked.leaves),
        store: checked.store,
        name: checked.body.name,
        before: checked.seen.map(view),
        restored: checked.restored.map(|size| size as u32),
        figures: checked
            .body
            .figures
            .iter()
            .map(|f| Fact { label: f.name.clone(), value: f.count.to_string() })
            .collect(),
        checks: checked.checks,
    }
}

pub(super) fn view(seen: Witnessed) -> CountersignedView {
    CountersignedView {
        open_questions: seen.questions.len() as u32,
        store: seen.store,
        name: seen.name,
        size: seen.size as u32,
        root: seen.root.to_string(),
        at: moment(seen.at),
    }
}

/// A moment as tables show it.
pub(crate) fn moment(at: i64) -> String {
    model::time::rfc3339(at).replace('T', " ").replace('Z', " UTC")
}

/// The numbers of the challenges that entries of a kind speak of.
fn challenges(leaves: &[Leaf], kind: Kind) -> impl Iterator<Item = &str> {
    leaves.iter().filter(move |l| l.kind == kind).filter_map(|l| l.details.get("challenge")?.as_str())
}

/// Challenges the ledger holds an answer to, by their numbers.
pub(super) fn answered_challenges(leaves: &[Leaf]) -> BTreeSet<&str> {
    challenges(leaves, Kind::ChallengeAnswered).collect()
}

/// Challenges the ledger holds no answer to, by their numbers.
fn open_challenges(leaves: &[Leaf]) -> Vec<String> {
    let answered = answered_challenges(leaves);
    let raised = challenges(leaves, Kind::ChallengeRaised);
    raised.filter(|id| !answered.contains(id)).map(str::to_owned).collect()
}

/// This profile's own answers against what the ledger says became of them.
pub(super) fn grants(checks: &mut Vec<CheckView>, seen: &Witnessed, leaves: &[Leaf], me: &str, now: i64) {
    let about = |l: &Leaf| l.details.get("entry").and_then(|v| v.as_u64());
    let said = |entry: u64, kinds: &[Kind]| {
        leaves.iter().any(|l| kinds.contains(&l.kind) && about(l) == Some(entry))
    };
    let mut missing = Vec::new();
    for mine in seen.answers.iter().filter(|a| a.granted && a.expires < now) {
        if !said(mine.entry, &[Kind::UnmaskRevealed, Kind::UnmaskExpired, Kind::UnmaskFailed]) {
            missing.push(mine.entry.to_string());
        }
    }
    let by_me = |l: &&Leaf| {
        l.kind == Kind::UnmaskGranted && l.details.get("granted_by").and_then(|v| v.as_str()) == Some(me)
    };
    let unknown: Vec<String> = leaves
        .iter()
        .filter(by_me)
        .filter_map(about)
        .filter(|entry| !seen.answers.iter().any(|a| a.granted && a.entry == *entry))
        .map(|entry| entry.to_string())
        .collect();
    let mut add = |outcome: &str, what: &str, detail: String| {
        checks.push(CheckView { what: what.into(), detail, outcome: outcome.into() });
    };
    if !missing.is_empty() {
        add(
            "look",
            "You granted names, and the ledger says neither that they were shown nor that their time ran out",
            format!("requests {}", missing.join(", ")),
        );
    }
    if !unknown.is_empty() {
        add(
            "look",
            "The ledger says you granted names that this profile knows nothing of",
            format!("requests {}", unknown.join(", ")),
        );
    }
    if missing.is_empty() && unknown.is_empty() && !seen.answers.is_empty() {
        let count = seen.answers.len();
        add("proved", "The ledger and your own record of grants agree", format!("{count} answers"));
    }
}

/// Every store this profile countersigned.
pub(crate) fn stores(post: &Post) -> Result<Vec<CountersignedView>, Error> {
    let mut all = Vec::new();
    for id in post.home.recalled("witness")? {
        let Some(s) = Witnessed::of(&post.home, &id)? else { continue };
        all.push(view(s));
    }
    Ok(all)
}

/// The refusal a failed check becomes.
pub(crate) fn refused(check: &CheckView) -> Error {
    let detail = if check.detail.is_empty() { String::new() } else { format!(" ({})", check.detail) };
    Error::new(
        ErrorCode::LedgerRefused,
        format!("{}{detail}.", check.what),
        "Nothing was signed. Keep it as it is and speak to the reviewer.",
    )
}
