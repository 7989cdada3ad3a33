//! Entries of the ledger in words.

use crate::Error;
use crate::lead::word;
use contract::{EntryView, Fact};
use ledger::{Kind, Leaf};
use model::RawJustification;
use serde_json::Value;

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Collection => "file imported",
        Kind::Alteration => "data changed",
        Kind::Consultation => "looked at",
        Kind::Disclosure => "given out",
        Kind::Combination => "joined",
        Kind::Erasure => "erased",
        Kind::UnmaskProposed => "unmask proposed",
        Kind::UnmaskRecorded => "unmask recorded",
        Kind::UnmaskRequested => "unmask requested",
        Kind::UnmaskGranted => "unmask granted",
        Kind::UnmaskRefused => "unmask refused",
        Kind::UnmaskRevealed => "name shown",
        Kind::UnmaskExpired => "name masked again",
        Kind::UnmaskRemasked => "name masked early",
        Kind::UnmaskFailed => "unmask failed",
        Kind::ChallengeRaised => "challenged",
        Kind::ChallengeAnswered => "challenge answered",
        Kind::Configuration => "setting changed",
        Kind::Membership => "members changed",
        Kind::AttemptFailed => "failed attempt",
        Kind::Checkpoint => "checkpoint",
        Kind::StoreCreated => "store created",
        Kind::StoreRestored => "backup restored",
        Kind::StoreBackup => "backup made",
        Kind::ClockBackwards => "clock set back",
        Kind::Analysis => "analysis run",
        Kind::Decision => "decision",
        Kind::Note => "note added",
        Kind::Export => "exported",
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn about(leaf: &Leaf) -> String {
    let detail = |key: &str| leaf.details.get(key).map(plain);
    match leaf.kind {
        Kind::Collection => detail("source").or_else(|| detail("what")).unwrap_or_default().replace('_', " "),
        Kind::Analysis => detail("run").map(|r| format!("run {r}")).unwrap_or_default(),
        _ => {
            leaf.officer.clone().or_else(|| leaf.lead.clone()).or_else(|| detail("what")).unwrap_or_default()
        }
    }
}

fn outcome(leaf: &Leaf) -> String {
    let detail = |key: &str| leaf.details.get(key).map(plain);
    let count = |key: &str| leaf.details.get(key)?.as_i64().map(model::finding::thousands);
    let rows = || Some(format!("{} of {} rows accepted", count("rows_accepted")?, count("rows_read")?));
    match leaf.kind {
        Kind::Collection => rows().unwrap_or_default(),
        Kind::Analysis => count("new").map(|n| format!("{n} new leads")).unwrap_or_default(),
        Kind::Decision if leaf.details.contains_key("undone") => "undone".into(),
        Kind::Decision if leaf.details.contains_key("closed") => "closed".into(),
        Kind::Decision if leaf.details.contains_key("reopened") => "opened again".into(),
        Kind::Decision => detail("outcome").unwrap_or_default().replace('_', " "),
        Kind::UnmaskRecorded | Kind::UnmaskRequested => {
            detail("purpose").unwrap_or_default().replace('_', " ")
        }
        Kind::UnmaskGranted => detail("granted_by").map(|who| format!("by {who}")).unwrap_or_default(),
        Kind::UnmaskRefused => detail("refused_by").map(|who| format!("by {who}")).unwrap_or_default(),
        Kind::ChallengeRaised | Kind::ChallengeAnswered => {
            detail("entry").map(|n| format!("entry {n}")).unwrap_or_default()
        }
        Kind::Membership => {
            format!("{} {}", detail("what").unwrap_or_default(), detail("member").unwrap_or_default())
        }
        Kind::Checkpoint => {
            detail("witness").map(|who| format!("countersigned by {who}")).unwrap_or_default()
        }
        Kind::AttemptFailed => {
            detail("code").or_else(|| detail("what")).unwrap_or_default().replace('_', " ")
        }
        _ => String::new(),
    }
}

/// The text behind an entry's hash, as labelled answers: a justification, or one text under its kind's own label.
fn facts(kind: Kind, text: &str) -> Vec<Fact> {
    let fact = |label: &str, value: String| Fact { label: label.to_owned(), value };
    let Ok(raw) = serde_json::from_str::<RawJustification>(text) else {
        let label = match kind {
            Kind::UnmaskRefused => "Why it was refused",
            Kind::ChallengeRaised => "Question",
            Kind::ChallengeAnswered => "Answer",
            _ => "Text",
        };
        return vec![fact(label, text.to_owned())];
    };
    let shown: Vec<String> = raw.scope.iter().map(|s| word(s).replace('_', " ")).collect();
    vec![
        fact("Why the name was necessary", raw.necessity),
        fact("Why it was proportionate", raw.proportionality),
        fact("What else was tried", raw.alternatives),
        fact("Case reference", raw.case_reference),
        fact("Shown", shown.join(" ")),
        fact("For", model::time::show_minutes(i64::from(raw.minutes))),
    ]
}

/// One entry as it is read, with the text its hash stands for.
pub(crate) fn view(leaf: &Leaf, text: Option<&str>) -> Result<EntryView, Error> {
    Ok(EntryView {
        seq: leaf.seq as u32,
        at: leaf.at.replace('T', " ").replace('Z', " UTC"),
        by: leaf.by.clone(),
        kind: leaf.kind.as_str().to_owned(),
        what: what(leaf.kind).to_owned(),
        about: about(leaf),
        outcome: outcome(leaf),
        text: text.map(|t| facts(leaf.kind, t)).unwrap_or_default(),
        leaf: String::from_utf8(leaf.to_bytes()?).unwrap_or_default(),
    })
}
