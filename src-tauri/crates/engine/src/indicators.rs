//! The indicators as a force has set them: cards in force, what a change would list, and the change itself.

use crate::analyse::{self, last_kept};
use crate::jobs::Progress;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book};
use contract::{ChangeView, IndicatorView, ParameterRef, ParameterView, Preview};
use detect::{Budget, Card, Cards, Measures};
use jiff::tz::TimeZone;
use ledger::Kind;
use model::{Agreement, Pseudonym, Route, SourceSchema};
use std::collections::{BTreeMap, BTreeSet};
use store::Read;
use store::parameters::Change;

/// The shipped cards with every change in force. A change that a newer card no longer allows counts as not made.
pub(crate) fn cards<R: Read>(reader: &R) -> Result<Cards, Error> {
    let mut cards = Cards::shipped();
    for change in store::parameters::all(reader)? {
        if let Ok(changed) = cards.clone().with_parameter(&change.indicator, &change.name, change.after) {
            cards = changed;
        }
    }
    Ok(cards)
}

/// Findings agreed and disagreed with in standing decisions, by indicator.
pub(crate) fn agreed<R: Read>(reader: &R) -> Result<BTreeMap<String, (u32, u32)>, Error> {
    let mut all: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for (lead, taken) in crate::lead::standing(reader)? {
        for (finding, agreement) in lead.findings.into_iter().zip(taken.decision.agreements) {
            let counts = all.entry(finding.indicator).or_default();
            match agreement {
                Agreement::Agree => counts.0 += 1,
                Agreement::Disagree => counts.1 += 1,
            }
        }
    }
    Ok(all)
}

/// Every indicator in plain words, with its settings, what the last run says of it, and its changes.
pub(crate) fn list(session: &Session) -> Result<Vec<IndicatorView>, Error> {
    let reader = session.reader();
    let zone = model::time::zone(&analyse::zone(&*reader)?).unwrap_or(TimeZone::UTC);
    let (cards, agreed) = (cards(&*reader)?, agreed(&*reader)?);
    let changes = store::parameters::all(&*reader)?;
    let run = analyse::last(&*reader)?;
    let view = |card: &Card| {
        let ran = run.as_ref().and_then(|r| r.indicators.iter().find(|i| i.id == card.id)).cloned();
        let (yes, no) = agreed.get(&card.id).copied().unwrap_or_default();
        let mine = changes.iter().rev().filter(|c| c.indicator == card.id);
        IndicatorView {
            id: card.id.clone(),
            title: card.title.clone(),
            looks_for: card.looks_for.clone(),
            nature: crate::lead::word(&card.nature),
            route: crate::lead::word(&card.route),
            category: card.category.clone(),
            sources: card.sources.iter().map(|k| SourceSchema::of(*k).title.clone()).collect(),
            exclusions: card.exclusions.clone(),
            innocent_explanations: card.innocent_explanations.clone(),
            what_would_clear_it: card.what_would_clear_it.clone(),
            cannot_see: card.known_failure.clone(),
            references: card.references.clone(),
            parameters: parameters(card),
            found: ran.as_ref().map(|r| r.found),
            expected_false: ran.as_ref().map(|r| r.expected_false.clone()).unwrap_or_default(),
            baseline: ran.as_ref().map(|r| r.baseline.clone()).unwrap_or_default(),
            skipped: ran.map(|r| r.skipped).unwrap_or_default(),
            base_rate: detect::base_rate(yes, no),
            changes: mine.map(|c| change_view(c, &zone)).collect(),
        }
    };
    Ok(cards.all().map(view).collect())
}

fn parameters(card: &Card) -> Vec<ParameterView> {
    let view = |(name, p): (&String, &detect::Parameter)| ParameterView {
        name: name.clone(),
        about: p.about.clone(),
        unit: p.unit.clone(),
        value: p.value as i32,
        default: p.default as i32,
        min: p.min as i32,
        max: p.max as i32,
        // Whether a change can be shown at once; else it takes a run, as for units, whose measures are not kept.
        instant: p.threshold || (name == "false_discovery_percent" && card.route != Route::Culture),
    };
    card.parameters.iter().map(view).collect()
}

fn change_view(change: &Change, zone: &TimeZone) -> ChangeView {
    ChangeView {
        at: model::time::show_moment(change.at, zone),
        by: change.by.clone(),
        name: change.name.clone(),
        before: change.before as i32,
        after: change.after as i32,
    }
}

/// The cards with one more change; refused outside its range.
fn changed(cards: Cards, r: &ParameterRef) -> Result<Cards, Error> {
    Ok(cards.with_parameter(&r.indicator, &r.name, i64::from(r.value))?)
}

/// Whom an indicator lists now and with a change, from what the last run measured.
pub(crate) fn preview(session: &Session, r: &ParameterRef) -> Result<Preview, Error> {
    let reader = session.reader();
    let cards = cards(&*reader)?;
    changed(cards.clone(), r)?;
    let kept: Vec<Measures> = store::measures::all(&*reader)?
        .iter()
        .filter_map(|(indicator, bytes)| Measures::from_bytes(indicator, bytes))
        .collect();
    let last = last_kept(&*reader)?;
    let ran = last.as_ref().is_some_and(|(_, k)| k.analysis.cards == cards.hash());
    let card = cards.get(&r.indicator).ok_or_else(|| Error::not_found("indicator"))?;
    let own = kept.iter().find(|m| m.indicator == r.indicator);
    let tried = own.zip(last.as_ref()).and_then(|(m, (_, last))| {
        let changed = changed(cards.clone(), r).ok()?;
        let previous_runs = analyse::previous_runs(&*reader, &changed).ok()?;
        let budget = Budget { tests: last.analysis.tests, previous_runs };
        Some((m.listed(), m.tried(card, &r.name, i64::from(r.value), budget)?))
    });
    // Measures of other settings than those in force would answer another question.
    let Some((now, then)) = tried.filter(|_| ran) else {
        return Ok(Preview { needs_run: true, ..Preview::default() });
    };
    let others = listed_by_others(&kept, &cards, card);
    let (now, then): (BTreeSet<_>, BTreeSet<_>) = (now.into_iter().collect(), then.into_iter().collect());
    let alone = |some: &BTreeSet<Pseudonym>, others_have: &BTreeSet<Pseudonym>| {
        some.difference(others_have).count() as u32
    };
    Ok(Preview {
        needs_run: false,
        officers_now: now.len() as u32,
        officers_then: then.len() as u32,
        // A lead of the same officer and route that rests on another indicator stays either way.
        leads_gained: alone(&then.difference(&now).copied().collect(), &others),
        leads_lost: alone(&now.difference(&then).copied().collect(), &others),
    })
}

fn listed_by_others(kept: &[Measures], cards: &Cards, card: &Card) -> BTreeSet<Pseudonym> {
    let same: Route = card.route;
    let others = kept.iter().filter(|m| m.indicator != card.id);
    let listed =
        others.filter_map(|m| cards.get(&m.indicator).filter(|c| c.route == same).map(|_| m.listed()));
    listed.flatten().collect()
}

/// Runs everything with a change, for settings that decide what is counted. Returns how many the indicator lists.
pub(crate) fn attempt(session: &Session, progress: &Progress, r: &ParameterRef) -> Result<u32, Error> {
    let cards = changed(cards(&*session.reader())?, r)?;
    analyse::attempt(session, progress, &cards, &r.indicator)
}

/// Changes a setting for later runs; the ledger keeps what it was before and after.
pub(crate) fn set(session: &Session, r: &ParameterRef) -> Result<(), Error> {
    let before = {
        let reader = session.reader();
        let cards = cards(&*reader)?;
        changed(cards.clone(), r)?;
        let card = cards.get(&r.indicator).ok_or_else(|| Error::not_found("indicator"))?;
        card.parameters.get(&r.name).map_or(0, |p| p.value)
    };
    let after = i64::from(r.value);
    if before == after {
        return Ok(());
    }
    let (indicator, name) = (r.indicator.clone(), r.name.clone());
    let change =
        Change { at: session.clock.now(), by: session.by().to_owned(), indicator, name, before, after };
    book::record(session, |tx| {
        store::parameters::insert(tx, &change)?;
        let entry = Entry::new(Kind::Configuration)
            .with("what", format!("{}.{}", change.indicator, change.name))
            .with("before", before)
            .with("after", after);
        Ok(((), vec![entry]))
    })
}
