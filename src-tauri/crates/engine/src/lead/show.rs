//! One lead, as it is read.

use super::{codes, timeline, word};
use crate::analyse::Summary;
use crate::session::Session;
use crate::{Error, analyse};
use contract::{ArithmeticView, DecisionView, FindingView, LeadView, NoteView, PeersView, Point};
use detect::Cards;
use jiff::tz::TimeZone;
use model::{Finding, Lead, LeadId, Nature, Outcome, Peers, State};
use std::collections::BTreeMap;
use store::Read;
use store::decisions::Taken;
use store::leads::LeadRow;

/// Fewest decided leads from which a base rate is shown.
const FEWEST_DECIDED: usize = 5;

/// The queue's row of a lead, or "there is no such lead".
pub(crate) fn row<R: Read>(reader: &R, lead: LeadId) -> Result<LeadRow, Error> {
    store::leads::get(reader, lead)?.ok_or_else(|| Error::not_found("lead"))
}

fn thousandths(value: i64) -> f64 {
    value as f64 / 1000.0
}

fn peers_view(p: &Peers) -> PeersView {
    let point = |p: &model::PeerPoint| Point { x: thousandths(p.exposure), y: thousandths(p.value) };
    PeersView {
        group: p.group.clone(),
        size: p.size,
        exposure_unit: p.exposure_unit.clone(),
        value_unit: p.value_unit.clone(),
        this: point(&p.this),
        points: p.points.iter().map(point).collect(),
        limits: p.limits.iter().map(|l| l.map(thousandths)).collect(),
        median: p.median.clone(),
        highest: p.highest.clone(),
        expected: p.expected.clone(),
        ratio: p.ratio.clone(),
    }
}

/// Per indicator: standing decisions, and how many of them led to no further action.
fn base_rates<R: Read>(reader: &R) -> Result<BTreeMap<String, (usize, usize)>, Error> {
    let mut standing: BTreeMap<LeadId, Outcome> = BTreeMap::new();
    for taken in store::decisions::since(reader, i64::MIN)? {
        standing.insert(taken.lead, taken.decision.outcome);
    }
    let mut rates: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (lead, outcome) in standing {
        let Some(found) = store::leads::get(reader, lead)?.filter(|l| l.state == State::Decided) else {
            continue;
        };
        let summary: Summary = serde_json::from_str(&found.summary_json)?;
        for indicator in summary.indicators {
            let rate = rates.entry(indicator).or_default();
            rate.0 += 1;
            rate.1 += usize::from(outcome == Outcome::NoFurtherAction);
        }
    }
    Ok(rates)
}

fn base_rate(rate: Option<&(usize, usize)>) -> String {
    match rate {
        Some((all, nothing)) if *all >= FEWEST_DECIDED => {
            format!("Of {all} decided leads like this one, {nothing} led to no further action.")
        }
        _ => format!(
            "Fewer than {FEWEST_DECIDED} leads like this one have been decided: nothing can be said from them."
        ),
    }
}

fn finding_view(f: Finding, rows: u64, rate: Option<&(usize, usize)>, cards: &Cards) -> FindingView {
    let line = |a: model::ArithmeticLine| ArithmeticView { label: a.label, value: a.value, note: a.note };
    FindingView {
        cannot_see: cards.get(&f.indicator).map(|c| c.known_failure.clone()).unwrap_or_default(),
        base_rate: base_rate(rate),
        nature: if f.nature == Nature::Factual { "factual".into() } else { "statistical".into() },
        peers: f.peers.as_ref().map(peers_view),
        evidence_rows: rows as u32,
        indicator: f.indicator,
        title: f.title,
        sentence: f.sentence,
        arithmetic: f.arithmetic.into_iter().map(line).collect(),
        evidence_columns: f.evidence_columns,
        innocent_explanations: f.innocent_explanations,
        what_would_clear_it: f.what_would_clear_it,
        counter_evidence: f.counter_evidence,
        tail: f.tail,
    }
}

fn decision_views(taken: Vec<Taken>, state: State, zone: &TimeZone) -> Vec<DecisionView> {
    let last = taken.len().saturating_sub(1);
    let view = |(n, t): (usize, Taken)| DecisionView {
        at: model::time::show_moment(t.at, zone),
        by: t.by,
        outcome: word(&t.decision.outcome),
        reason: t.decision.reason,
        agreements: t.decision.agreements.iter().map(word).collect(),
        standing: match (n == last, state) {
            (true, State::Decided | State::Closed) => "standing".into(),
            (true, _) => "undone".into(),
            _ => "superseded".into(),
        },
    };
    taken.into_iter().enumerate().map(view).collect()
}

fn who(lead: &Lead) -> String {
    let shown = [&lead.rank_band, &lead.unit, &lead.service_band, &lead.shift_pattern];
    let parts: Vec<String> = shown.into_iter().filter(|t| !t.is_empty()).cloned().collect();
    parts.join(" · ")
}

pub(crate) fn get(session: &Session, id: LeadId) -> Result<LeadView, Error> {
    let reader = session.reader();
    let row = row(&*reader, id)?;
    let body = store::leads::body(&*reader, id)?.ok_or_else(|| Error::not_found("lead"))?;
    let lead: Lead = serde_json::from_str(&body)?;
    let summary: Summary = serde_json::from_str(&row.summary_json)?;
    let zone_name = analyse::zone(&*reader)?;
    let zone = model::time::zone(&zone_name).unwrap_or(TimeZone::UTC);
    let counts: BTreeMap<u32, u64> = store::evidence::counts(&*reader, id)?.into_iter().collect();
    let cited = store::evidence::of_lead(&*reader, id)?;
    let rates = base_rates(&*reader)?;
    let cards = Cards::shipped();
    let timeline = timeline::draw(&*reader, &lead, &cited, &zone_name)?;
    let note = |n: store::notes::Note| NoteView {
        at: model::time::show_moment(n.at, &zone),
        by: n.by,
        text: n.text,
    };
    let now = session.clock.now();
    let unmasked = store::unmaskings::of_lead(&*reader, id)?
        .iter()
        .any(|u| u.state == store::unmaskings::UnmaskState::Revealed && u.until.is_some_and(|t| t > now));
    Ok(LeadView {
        lead: id.to_string(),
        subject: row.subject.title(),
        members: codes(&row.subject),
        route: word(&row.route),
        priority: word(&row.priority),
        state: word(&row.state),
        priority_reasons: lead.priority_reasons.clone(),
        who: who(&lead),
        first_day: model::time::show_day(lead.first_day),
        last_day: model::time::show_day(lead.last_day),
        sources: summary.sources,
        timeline,
        decisions: decision_views(store::decisions::of_lead(&*reader, id)?, row.state, &zone),
        notes: store::notes::of_lead(&*reader, id)?.into_iter().map(note).collect(),
        evidence_opened: store::evidence::opened(&*reader, id, session.by())?.is_some(),
        unmasked,
        findings: lead
            .findings
            .into_iter()
            .enumerate()
            .map(|(n, f)| {
                let rows = counts.get(&(n as u32)).copied().unwrap_or(0);
                let rate = rates.get(&f.indicator);
                finding_view(f, rows, rate, &cards)
            })
            .collect(),
    })
}
