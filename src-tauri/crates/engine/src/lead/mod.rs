//! The queue of leads, one lead, and what people do with it.

mod act;
mod evidence;
mod graph;
mod guard;
mod page;
mod second;
mod show;
mod timeline;

pub(crate) use act::{add_note, close, decide, recuse, undo};
pub(crate) use evidence::page as evidence;
pub(crate) use guard::mine;
pub(crate) use page::page;
pub(crate) use show::{get, row};
pub(crate) use timeline::of_members;

use model::{Lead, Outcome, Priority, Route, State, Subject};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use store::Read;
use store::decisions::Taken;

/// Whether the last decision on a lead in this state stands: undoing one puts it in review.
pub(crate) fn stands(state: State) -> bool {
    matches!(state, State::Decided | State::Closed | State::Expired)
}

/// Each lead with a decision that stands, with the last one; one that was undone stands no more.
pub(crate) fn standing<R: Read>(reader: &R) -> Result<Vec<(Lead, Taken)>, crate::Error> {
    let last: BTreeMap<_, _> =
        store::decisions::since(reader, i64::MIN)?.into_iter().map(|d| (d.lead, d)).collect();
    let mut all = Vec::new();
    for (id, taken) in last {
        if !store::leads::get(reader, id)?.is_some_and(|l| stands(l.state)) {
            continue;
        }
        let Some(body) = store::leads::body(reader, id)? else { continue };
        all.push((serde_json::from_str(&body)?, taken));
    }
    Ok(all)
}

/// An enum of `model` as the contract writes it.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Reads such a word.
pub(crate) fn parse_word<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, crate::Error> {
    serde_json::from_value(text.into()).map_err(|_| crate::Error::not_found(what))
}

/// Codes of everyone a subject is about.
fn codes(subject: &Subject) -> Vec<String> {
    subject.members().iter().map(ToString::to_string).collect()
}

/// What the last run brought for a lead.
fn fresh(lead: &store::leads::LeadRow, latest: u32) -> String {
    match lead {
        l if l.first_run == latest => "new".into(),
        l if l.news_run == latest => "changed".into(),
        _ => String::new(),
    }
}

fn routes(texts: &[String]) -> Result<Vec<Route>, crate::Error> {
    texts.iter().map(|t| parse_word(t, "route")).collect()
}
fn states(texts: &[String]) -> Result<Vec<State>, crate::Error> {
    texts.iter().map(|t| parse_word(t, "state")).collect()
}
fn priorities(texts: &[String]) -> Result<Vec<Priority>, crate::Error> {
    texts.iter().map(|t| parse_word(t, "priority")).collect()
}
fn outcome(text: &str) -> Result<Outcome, crate::Error> {
    parse_word(text, "outcome")
}
