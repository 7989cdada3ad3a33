//! Everything a store holds about one officer, for the officer: sealed to whoever hands it over.

use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, create, lead, rows};
use contract::SubjectAccess;
use jiff::tz::TimeZone;
use ledger::Kind;
use model::{Column, Lead, Pseudonym, SourceKind, SourceSchema, Table};
use packs::fit::When;
use packs::redact::Redactor;
use serde_json::{Value, json};
use std::path::Path;
use store::Read;
use store::decisions::Taken;
use store::leads::LeadRow;
use store::notes::Note;

/// One cell, as a person reads it; other people are told apart, not named.
fn cell(
    column: &Column,
    row: usize,
    others: &mut Redactor<'_>,
    officers: &[store::officers::Officer],
) -> String {
    match column {
        Column::Instant(v) if v[row] == model::NO_INSTANT => String::new(),
        Column::Instant(v) => model::time::rfc3339(v[row]),
        Column::Date(v) if v[row] == model::NO_DATE => String::new(),
        Column::Date(v) => model::time::iso_day(v[row]),
        Column::Number(v) if v[row] == model::NO_NUMBER => String::new(),
        Column::Number(v) => format!("{}.{:03}", v[row] / 1000, (v[row] % 1000).abs()),
        Column::Token(v) if v[row] == 0 => String::new(),
        Column::Token(v) => model::Token(v[row]).to_string(),
        Column::Person(v) => {
            officers.get(v[row] as usize).map(|o| others.people(&o.pseudonym.to_string())).unwrap_or_default()
        }
        Column::Words(w) => others.people(w.get(row)),
    }
}

fn table(t: &Table, others: &mut Redactor<'_>, officers: &[store::officers::Officer]) -> Vec<Value> {
    let names: Vec<&str> = SourceSchema::of(t.kind).stored().map(|f| f.name.as_str()).collect();
    let row = |row: usize, others: &mut Redactor<'_>| -> Value {
        let cells = names.iter().zip(&t.columns);
        cells.map(|(name, c)| ((*name).to_owned(), Value::from(cell(c, row, others, officers)))).collect()
    };
    (0..t.len()).map(|n| row(n, others)).collect()
}

/// A lead about the officer, with what members wrote on it: an opinion about somebody is data about them.
fn of_lead<R: Read>(reader: &R, row: &LeadRow, others: &mut Redactor<'_>) -> Result<Value, Error> {
    let body = store::leads::body(reader, row.id)?.unwrap_or_default();
    let lead: Lead = serde_json::from_str(&body)?;
    let decisions = store::decisions::of_lead(reader, row.id)?;
    let notes = store::notes::of_lead(reader, row.id)?;
    let findings: Vec<String> = lead.findings.iter().map(|f| others.people(&f.sentence)).collect();
    let decision = |d: &Taken| {
        json!({
            "at": model::time::rfc3339(d.at),
            "outcome": lead::word(&d.decision.outcome),
            "reason": others.people(&d.decision.reason),
        })
    };
    let decisions: Vec<Value> = decisions.iter().map(decision).collect();
    let note = |n: &Note| json!({"at": model::time::rfc3339(n.at), "text": others.people(&n.text)});
    let notes: Vec<Value> = notes.iter().map(note).collect();
    Ok(json!({
        "lead": row.id.to_string(), "route": lead::word(&row.route), "state": lead::word(&row.state),
        "findings": findings, "decisions": decisions, "notes": notes,
    }))
}

/// Gathers it, records the disclosure and writes it sealed to a card, or to the member's own.
pub(crate) fn export(session: &Session, request: &SubjectAccess) -> Result<(), Error> {
    let code: Pseudonym = request.officer.parse()?;
    let card = match request.to.trim() {
        "" => session.member.card().clone(),
        path => create::read_card(Path::new(path))?,
    };
    let nobody = |_: &str| false;
    let mut others = Redactor::new(vec![code.to_string()], When::Day, &nobody);
    let document = {
        let reader = session.reader();
        let index = store::officers::index_of(&*reader, code)?;
        let officers = store::officers::all(&*reader)?;
        let mut sources = serde_json::Map::new();
        for kind in SourceKind::ALL {
            let found = rows::of_officer(&*reader, *kind, index)?;
            let all: Vec<Value> = found.iter().flat_map(|(_, t)| table(t, &mut others, &officers)).collect();
            if !all.is_empty() {
                sources.insert(kind.to_string(), all.into());
            }
        }
        let leads = store::leads::of_officer(&*reader, index)?
            .iter()
            .map(|row| of_lead(&*reader, row, &mut others))
            .collect::<Result<Vec<Value>, Error>>()?;
        let shown: Vec<Value> = store::unmaskings::all(&*reader)?
            .iter()
            .filter(|u| u.officer == index)
            .map(|u| {
                let why = serde_json::from_str(&u.text).unwrap_or(Value::Null);
                json!({"at": model::time::rfc3339(u.at), "entry": u.seq, "shown": u.scope, "why": why})
            })
            .collect();
        json!({
            "format": "countersign-subject-access/1",
            "officer": code.to_string(),
            "made": model::time::iso_day(model::time::day_of(session.clock.now(), &TimeZone::UTC)),
            "sources": sources, "leads": leads, "name_shown": shown,
        })
    };
    let rows: u64 = document["sources"]
        .as_object()
        .map(|s| s.values().filter_map(|v| v.as_array()).map(|a| a.len() as u64).sum())
        .unwrap_or(0);
    book::record(session, |_| {
        let entry =
            Entry::new(Kind::Disclosure).officer(code).with("what", "subject access").with("rows", rows);
        Ok(((), vec![entry.with("to", card.fingerprint())]))
    })?;
    let bytes = zeroize::Zeroizing::new(serde_json::to_vec_pretty(&document)?);
    let sealed = seal::seal(&[card.recipient().clone()], &bytes)?;
    Ok(store::folder::write_atomic(Path::new(&request.path), &sealed)?)
}
