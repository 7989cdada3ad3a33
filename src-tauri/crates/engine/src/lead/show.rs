//! One lead, as it is read.

use super::{codes, graph, timeline, word};
use crate::analyse::Summary;
use crate::session::Session;
use crate::{Error, analyse, indicators};
use contract::{
    ArithmeticView, DecisionView, Explained, FindingView, Graph, LeadView, NameAsked, NoteView, PeersView,
    Point, SecondView, Series,
};
use detect::Cards;
use jiff::tz::TimeZone;
use model::{Finding, Lead, LeadId, Nature, Peers, State, Subject};
use std::collections::BTreeMap;
use store::Read;
use store::decisions::Taken;
use store::leads::LeadRow;
use store::unmaskings::{UnmaskState, Unmasking};

/// The queue's row of a lead, or "there is no such lead".
pub(crate) fn row<R: Read>(reader: &R, lead: LeadId) -> Result<LeadRow, Error> {
    store::leads::get(reader, lead)?.ok_or_else(|| Error::not_found("lead"))
}

fn thousandths(value: i64) -> f64 {
    value as f64 / 1000.0
}

fn peers_view(p: &Peers, subject: &Subject) -> PeersView {
    let point = |p: &model::PeerPoint| Point { x: thousandths(p.exposure), y: thousandths(p.value) };
    let about = match subject {
        Subject::Officer(_) => "officer",
        Subject::Group(_) => "group",
        Subject::Unit(_) => "unit",
    };
    PeersView {
        about: about.to_owned(),
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

/// The lines of the arithmetic that count explained and unexplained look-ups, as numbers.
fn explained(finding: &Finding) -> Vec<Explained> {
    let number = |shown: &str| shown.replace(',', "").parse().ok();
    let line = |a: &model::ArithmeticLine| match a.label.strip_prefix("explained: ") {
        Some(reason) => {
            Some(Explained { reason: reason.to_owned(), count: number(&a.value)?, explains: true })
        }
        None if a.label == "not explained" => {
            Some(Explained { reason: a.label.clone(), count: number(&a.value)?, explains: false })
        }
        None => None,
    };
    finding.arithmetic.iter().filter_map(line).collect()
}

/// The rolling share of office days of the officer a lead is about.
fn series(session: &Session, lead: &Lead, cards: &Cards) -> Result<Option<Series>, Error> {
    let found = lead.subject.officer().zip(cards.get("attendance-share"));
    let Some((officer, card)) = found else { return Ok(None) };
    let points = analyse::office_share(session, officer, card)?;
    let (Some((first, _)), Some((last, _))) = (points.first().copied(), points.last().copied()) else {
        return Ok(None);
    };
    let limit = card.parameters.get("required_percent").map_or(0, |p| p.value);
    Ok(Some(Series {
        points: points.iter().map(|(day, y)| Point { x: f64::from(day - first), y: *y as f64 }).collect(),
        limit: limit as f64,
        first: model::time::iso_day(first),
        days: (last - first) as u32,
    }))
}

fn finding_view(f: Finding, rows: u64, graph: Option<Graph>, rate: (u32, u32), cards: &Cards) -> FindingView {
    let line = |a: model::ArithmeticLine| ArithmeticView { label: a.label, value: a.value, note: a.note };
    FindingView {
        cannot_see: cards.get(&f.indicator).map(|c| c.known_failure.clone()).unwrap_or_default(),
        base_rate: detect::base_rate(rate.0, rate.1),
        nature: if f.nature == Nature::Factual { "factual".into() } else { "statistical".into() },
        peers: f.peers.as_ref().map(|p| peers_view(p, &f.subject)),
        evidence_rows: rows as u32,
        graph,
        series: None,
        explained: explained(&f),
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

fn decision_views<R: Read>(
    reader: &R,
    lead: LeadId,
    state: State,
    zone: &TimeZone,
) -> Result<Vec<DecisionView>, Error> {
    let taken = store::decisions::of_lead(reader, lead)?;
    let again = store::second_reviews::taken(reader)?;
    let last = taken.len().saturating_sub(1);
    let view = |(n, t): (usize, Taken)| DecisionView {
        at: model::time::show_moment(t.at, zone),
        by: t.by,
        outcome: word(&t.decision.outcome),
        reason: t.decision.reason,
        agreements: t.decision.agreements.iter().map(word).collect(),
        standing: match (n == last, state) {
            (true, State::Decided | State::Closed | State::Expired) => "standing".into(),
            (true, _) => "undone".into(),
            _ => "superseded".into(),
        },
        second: again.iter().find(|s| s.first == t.id).map(|s| SecondView {
            at: model::time::show_moment(s.at, zone),
            by: s.by.clone(),
            outcome: word(&s.decision.outcome),
            reason: s.decision.reason.clone(),
        }),
    };
    Ok(taken.into_iter().enumerate().map(view).collect())
}

fn who(lead: &Lead) -> String {
    let shown = [&lead.rank_band, &lead.unit, &lead.service_band, &lead.shift_pattern];
    let parts: Vec<String> = shown.into_iter().filter(|t| !t.is_empty()).cloned().collect();
    parts.join(" · ")
}

/// What became of one question for a name.
fn name_asked<R: Read>(reader: &R, u: &Unmasking, zone: &TimeZone) -> Result<NameAsked, Error> {
    let request = store::requests::get(reader, u.seq)?;
    let waits = matches!(u.state, UnmaskState::Requested | UnmaskState::Granted);
    let until = request.as_ref().filter(|_| waits).map(|r| model::time::show_moment(r.expires, zone));
    let refusal = request.and_then(|r| r.answer).filter(|_| u.state == UnmaskState::Refused);
    let reason = refusal.map(|seq| store::texts::get(reader, seq)).transpose()?.flatten();
    Ok(NameAsked {
        entry: u.seq as u32,
        at: model::time::show_moment(u.at, zone),
        by: u.by.clone(),
        officer: store::officers::get(reader, u.officer)?.pseudonym.to_string(),
        state: u.state.as_str().to_owned(),
        until: until.unwrap_or_default(),
        reason: reason.map(|t| t.text).unwrap_or_default(),
    })
}

pub(crate) fn get(session: &Session, id: LeadId) -> Result<LeadView, Error> {
    let reader = session.reader();
    let row = super::mine(session, &*reader, id)?;
    let body = store::leads::body(&*reader, id)?.ok_or_else(|| Error::not_found("lead"))?;
    let lead: Lead = serde_json::from_str(&body)?;
    let summary: Summary = serde_json::from_str(&row.summary_json)?;
    let zone_name = analyse::zone(&*reader)?;
    let zone = model::time::zone(&zone_name).unwrap_or(TimeZone::UTC);
    let counts: BTreeMap<u32, u64> = store::evidence::counts(&*reader, id)?.into_iter().collect();
    let cited = store::evidence::of_lead(&*reader, id)?;
    let rates = indicators::agreed(&*reader)?;
    let cards = indicators::cards(&*reader)?;
    let second = store::second_reviews::waiting(&*reader, id, session.by())?.is_some();
    // Who looks a second time sees neither what was decided nor what was noted.
    let decisions = if second { Vec::new() } else { decision_views(&*reader, id, row.state, &zone)? };
    let notes = if second { Vec::new() } else { store::notes::of_lead(&*reader, id)? };
    let timeline = timeline::draw(&*reader, &lead, &cited, &zone_name)?;
    let note = |n: store::notes::Note| NoteView {
        at: model::time::show_moment(n.at, &zone),
        by: n.by,
        text: n.text,
    };
    let now = session.clock.now();
    let asked = store::unmaskings::of_lead(&*reader, id)?;
    let unmasked = asked.iter().any(|u| u.state == UnmaskState::Revealed && u.until.is_some_and(|t| t > now));
    let about = Lead { findings: Vec::new(), ..lead.clone() };
    let mut view = LeadView {
        lead: id.to_string(),
        subject: row.subject.title(),
        members: codes(&row.subject),
        route: word(&row.route),
        priority: word(&row.priority),
        state: word(if second { &State::InReview } else { &row.state }),
        fresh: super::fresh(&row, store::runs::latest_id(&*reader)?),
        second,
        rows_set_aside: store::set_aside::count(&*reader, id)? as u32,
        priority_reasons: lead.priority_reasons.clone(),
        who: who(&lead),
        first_day: model::time::show_day(lead.first_day),
        last_day: model::time::show_day(lead.last_day),
        sources: summary.sources,
        timeline,
        decisions,
        notes: notes.into_iter().map(note).collect(),
        challenges: crate::exchange::challenge::of_lead(&*reader, id)?,
        names_asked: asked.iter().map(|u| name_asked(&*reader, u, &zone)).collect::<Result<_, _>>()?,
        evidence_opened: store::evidence::opened(&*reader, id, session.by())?.is_some(),
        unmasked,
        findings: lead
            .findings
            .into_iter()
            .enumerate()
            .map(|(n, f)| {
                let rows = counts.get(&(n as u32)).copied().unwrap_or(0);
                let rate = rates.get(&f.indicator).copied().unwrap_or_default();
                let own: Vec<_> = cited.iter().filter(|c| c.finding == n as u32).collect();
                let graph = graph::draw(&f.subject, &f.evidence_columns, &own);
                finding_view(f, rows, graph, rate, &cards)
            })
            .collect(),
    };
    drop(reader);
    for finding in view.findings.iter_mut().filter(|f| f.indicator == "attendance-share") {
        finding.series = series(session, &about, &cards)?;
    }
    Ok(view)
}
