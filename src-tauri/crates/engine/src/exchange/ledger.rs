//! The ledger pack for the data protection officers: every entry, every text behind one, the signed head, figures.

use crate::book::{self, Stored};
use crate::mail::{self, Letter};
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, entries, lead::word};
use contract::SavePath;
use ledger::Kind;
use packs::{Base64, Extends, Figure, LedgerBody, Text};
use seal::Role;
use std::collections::BTreeMap;
use std::path::Path;
use store::Read;

/// Writes the pack. Giving it out is itself an entry, written first and so part of it.
pub(crate) fn send(session: &Session, request: &SavePath) -> Result<(), Error> {
    let to = mail::of_role(&session.facts.members, Role::Dpo, "data protection officer")?;
    let names: Vec<&str> = to.iter().map(seal::Card::name).collect();
    let entry = Entry::new(Kind::Disclosure).with("what", "ledger pack").with("to", names);
    book::record(session, |_| Ok(((), vec![entry])))?;
    let body = body(session)?;
    let letter = Letter { store: session.id(), to: &to, purpose: "The ledger, to be checked", body: &body };
    mail::send(&session.post(), &letter, Path::new(&request.path)).map(drop)
}

/// The ledger as it stands, with all that is needed to check it.
pub(crate) fn body(session: &Session) -> Result<LedgerBody, Error> {
    let policy = entries::policy(session)?;
    let members = session.facts.members.iter().map(mail::sender_of).collect::<Result<Vec<_>, Error>>()?;
    let reader = session.reader();
    let leaves = entries::all_leaves(&*reader)?;
    let text = |bytes| String::from_utf8(bytes).map_err(|_| Error::not_found("entry"));
    let countersigned = newest_of_each(&*reader, &policy)?;
    let last = countersigned.iter().map(|c| c.size).max();
    let extends = last.map(|size| {
        let proof = ledger::consistency(size, leaves.len() as u64, &Stored(&*reader))?;
        Ok::<_, Error>(Extends { size, proof })
    });
    Ok(LedgerBody {
        checkpoint: entries::latest_note(&*reader)?,
        countersigned: countersigned.into_iter().map(|c| c.note).collect(),
        extends: extends.transpose()?,
        figures: figures(&*reader)?,
        leaves: leaves.into_iter().map(text).collect::<Result<_, _>>()?,
        members,
        name: session.facts.name.clone(),
        policy: policy.to_string(),
        texts: texts(&*reader)?,
    })
}

/// The last head that each witness countersigned, without those signed by a member who left since.
fn newest_of_each<R: Read>(
    reader: &R,
    policy: &ledger::Policy,
) -> Result<Vec<store::countersignatures::Countersignature>, Error> {
    let mut newest = BTreeMap::new();
    // Of the shortest head first, so the longest stays.
    for one in store::countersignatures::all(reader)?.into_iter().filter(|c| policy.open(&c.note).is_ok()) {
        newest.insert(one.witness.clone(), one);
    }
    Ok(newest.into_values().collect())
}

/// Justifications, questions, answers and reasons, each with the salt its entry's hash was made with.
pub(crate) fn texts<R: Read>(reader: &R) -> Result<Vec<Text>, Error> {
    let mut all: Vec<Text> = store::unmaskings::all(reader)?
        .into_iter()
        .map(|u| Text { entry: u.seq, salt: Base64(u.salt), text: u.text })
        .collect();
    let others = store::texts::all(reader)?;
    all.extend(others.into_iter().map(|t| Text { entry: t.seq, salt: Base64(t.salt), text: t.text }));
    // An erasure emptied it: its reader sees that it is missing, not that it was changed.
    all.retain(|t| !t.text.is_empty());
    all.sort_by_key(|t| t.entry);
    Ok(all)
}

/// Counts over the whole store; none is about a person.
fn figures<R: Read>(reader: &R) -> Result<Vec<Figure>, Error> {
    let figure = |name: String, count: u64| Figure { name, count };
    let mut states: BTreeMap<String, u64> = BTreeMap::new();
    for cell in store::queue::counts(reader)? {
        *states.entry(format!("leads, {}", word(&cell.state).replace('_', " "))).or_default() += cell.leads;
    }
    let unanswered = store::requests::unended(reader)?.iter().filter(|r| r.granted.is_none()).count();
    let mut all = vec![
        figure("imports".into(), store::imports::count(reader)?),
        figure("unmaskings asked for or recorded".into(), store::unmaskings::count(reader)?),
        figure("requests waiting for an answer".into(), unanswered as u64),
        figure("challenges waiting for an answer".into(), store::challenges::open(reader)?),
    ];
    all.extend(states.into_iter().map(|(name, count)| figure(name, count)));
    Ok(all)
}
