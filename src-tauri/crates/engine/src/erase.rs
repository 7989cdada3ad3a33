//! Erasing one officer: identity, rows, leads, evidence and names go; a receipt with counts and the rule stays.

use crate::record::Entry;
use crate::session::{PseudonymKeys, Session};
use crate::{Error, book, links, name_index, protected, restore, rows};
use contract::{EraseOfficer, ErasureView, ErrorCode};
use ledger::Kind;
use model::{Column, NO_OFFICER, OfficerIndex, PARTITIONS, Pseudonym, SourceKind, Table};
use serde::Serialize;
use store::Tx;
use store::erasures::{Receipt, Window};
use store::leads::LeadRow;
use store::segments::Segment;

/// Why an officer's data may be erased.
const RULES: [&str; 3] = ["right to erasure", "retention", "court order"];

/// What went, by number only.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Counts {
    identities: usize,
    leads: usize,
    evidence: u64,
    rows: usize,
    mentions: usize,
    segments: usize,
    justifications: usize,
    ids: usize,
    cited_rows: usize,
    leads_of_others: usize,
    links: usize,
    protected_files: usize,
}

/// Erases one officer in one transaction with its receipt and its ledger entry.
pub(crate) fn erase(session: &Session, request: &EraseOfficer) -> Result<ErasureView, Error> {
    let rule = RULES.into_iter().find(|r| *r == request.rule.trim()).ok_or_else(|| {
        Error::new(
            ErrorCode::Settings,
            format!("The rule is one of: {}.", RULES.join(", ")),
            "Nothing was erased.",
        )
    })?;
    let code: Pseudonym = request.officer.parse()?;
    // Whoever may not take names out of the index erases nobody: said before anything is looked for.
    session.pseudonym_keys()?;
    let everybody = {
        let reader = session.reader();
        links::codes_of(&*reader, store::officers::index_of(&*reader, code)?)?
    };
    let receipt = book::record(session, |tx| {
        let held = store::retention::holds(tx)?;
        if leads_of(tx, &everybody)?.iter().any(|l| held.iter().any(|h| h.lead == l.id)) {
            return Err(Error::new(
                ErrorCode::PolicyForbids,
                "A lead of this officer is on hold. Nothing was erased.",
                "Release the hold first, or keep the data until its reason has gone.",
            ));
        }
        let (receipt, entry) = take_out(session, tx, rule, &Gone { officers: everybody, leads: Vec::new() })?;
        Ok((receipt, vec![entry]))
    })?;
    restore::remember(session)?;
    Ok(ErasureView {
        receipt: receipt.id,
        at: model::time::rfc3339(receipt.at),
        by: receipt.member,
        rule: receipt.rule,
        counts: receipt.counts,
    })
}

/// What goes: officers with everything about them, and leads by themselves.
#[derive(Default)]
pub(crate) struct Gone {
    pub officers: Vec<OfficerIndex>,
    pub leads: Vec<LeadRow>,
}

/// Every lead that is about one of these officers, once.
fn leads_of(tx: &Tx<'_>, officers: &[OfficerIndex]) -> Result<Vec<LeadRow>, Error> {
    let mut leads: Vec<LeadRow> = Vec::new();
    for officer in officers {
        let about = store::leads::of_officer(tx, *officer)?;
        leads.extend(
            about.into_iter().filter(|l| leads.iter().all(|seen| seen.id != l.id)).collect::<Vec<_>>(),
        );
    }
    Ok(leads)
}

/// Takes it out of every table and segment, marks it, and leaves a receipt; gives the ledger entry to write with it.
pub(crate) fn take_out(
    session: &Session,
    tx: &Tx<'_>,
    rule: &str,
    gone: &Gone,
) -> Result<(Receipt, Entry), Error> {
    let keys = if gone.officers.is_empty() { None } else { Some(session.pseudonym_keys()?) };
    let mut leads = leads_of(tx, &gone.officers)?;
    leads.extend(
        gone.leads.iter().filter(|l| leads.iter().all(|seen| seen.id != l.id)).cloned().collect::<Vec<_>>(),
    );
    let receipt = store::erasures::run(tx, session.clock.now(), session.by(), rule, |window| {
        let mut counts = Counts::default();
        for lead in &leads {
            store::erasures::mark(window, &restore::lead_mark(session, lead))?;
            counts.evidence += store::evidence::counts(tx, lead.id)?.iter().map(|(_, n)| n).sum::<u64>();
            store::leads::erase(window, lead.id)?;
            counts.leads += 1;
        }
        for officer in &gone.officers {
            let code = store::officers::get(tx, *officer)?.pseudonym;
            store::erasures::mark(window, &restore::officer_mark(session, code))?;
        }
        if let Some(keys) = &keys {
            for officer in &gone.officers {
                one(session, tx, window, *officer, keys, &mut counts)?;
            }
            // A file of protected characteristics is one whole: whoever it holds, it goes with them.
            counts.protected_files = protected::erase(session, window, &gone.officers)?;
            // What was measured of everybody is computed anew by the next run.
            store::measures::clear(tx)?;
        }
        Ok::<_, Error>(serde_json::to_string(&counts)?)
    })?;
    // Nothing here says who: the receipt counts, and the ledger carries the receipt.
    let counts: serde_json::Value = serde_json::from_str(&receipt.counts)?;
    let entry = Entry::new(Kind::Erasure).with("receipt", receipt.id).with("rule", rule);
    Ok((receipt, entry.with("counts", counts)))
}

/// One code's identity, rows, mentions, id hashes, justifications, names and links.
fn one(
    session: &Session,
    tx: &Tx<'_>,
    window: &Window<'_, '_>,
    officer: OfficerIndex,
    keys: &PseudonymKeys,
    counts: &mut Counts,
) -> Result<(), Error> {
    let code = store::officers::get(tx, officer)?.pseudonym;
    counts.identities += store::identities::erase(window, officer)?;
    segments(tx, window, officer, &code.to_string(), counts)?;
    let rest = store::retention::erase(window, officer, &code.to_string())?;
    counts.justifications += rest.justifications;
    counts.ids += rest.ids;
    counts.cited_rows += rest.cited_rows;
    counts.leads_of_others += rest.leads_of_others;
    counts.links += rest.links;
    names(session, tx, window, keys, code)
}

/// Rewrites every segment that holds a row of the officer, names them in another's row or holds their code in a text.
fn segments(
    tx: &Tx<'_>,
    window: &Window<'_, '_>,
    officer: OfficerIndex,
    code: &str,
    counts: &mut Counts,
) -> Result<(), Error> {
    for kind in SourceKind::ALL {
        for partition in 0..PARTITIONS {
            for segment in store::segments::of_partition(tx, *kind, partition)? {
                let table = store::segment::decode(&segment.bytes, *kind)?;
                if let Some(left) = without(table, officer, code, counts) {
                    store::segments::rewrite(window, &rewritten(segment, left)?)?;
                    counts.segments += 1;
                }
            }
        }
    }
    Ok(())
}

/// The table without the officer; nothing if they are not in it.
fn without(table: Table, officer: OfficerIndex, code: &str, counts: &mut Counts) -> Option<Table> {
    let keep: Vec<bool> = table.officers.iter().map(|o| *o != officer).collect();
    let gone = keep.iter().filter(|k| !**k).count();
    let mut left = if gone > 0 { rows::select(&table, &keep) } else { table };
    let mut mentions = 0;
    for column in &mut left.columns {
        match column {
            Column::Person(people) => {
                for person in people.iter_mut().filter(|p| **p == officer) {
                    *person = NO_OFFICER;
                    mentions += 1;
                }
            }
            Column::Words(words) => {
                for word in words.words.iter_mut().filter(|w| w.contains(code)) {
                    *word = word.replace(code, "[erased]");
                    mentions += 1;
                }
            }
            _ => {}
        }
    }
    counts.rows += gone;
    counts.mentions += mentions;
    (gone > 0 || mentions > 0).then_some(left)
}

fn rewritten(mut segment: Segment, left: Table) -> Result<Segment, Error> {
    segment.place.rows = left.len() as u32;
    if left.is_empty() {
        segment.bytes.clear();
        return Ok(segment);
    }
    let times = left.sort_times();
    let placed = times.iter().copied().filter(|t| *t != model::NO_INSTANT);
    let (first, last) = placed.fold((i64::MAX, i64::MIN), |(a, b), t| (a.min(t), b.max(t)));
    (segment.place.first_time, segment.place.last_time) = if first > last { (0, 0) } else { (first, last) };
    segment.bytes = store::segment::encode(&left, store::segment::Level::default())?;
    Ok(segment)
}

/// Takes the officer's names and ids out of the sealed index, and out of its hashes where there are any.
fn names(
    session: &Session,
    tx: &Tx<'_>,
    window: &Window<'_, '_>,
    keys: &PseudonymKeys,
    code: Pseudonym,
) -> Result<(), Error> {
    let left = name_index::load(tx, keys, session.id())?.without(code);
    name_index::replace(tx, window, keys, &session.facts, &left)
}
