//! The redacted lead before it is sealed, with everything the redaction did.

use super::concerned::{self, BETWEEN_OTHERS, Part};
use super::{crowd, withhold};
use crate::session::Session;
use crate::{Error, analyse, lead, name_index};
use contract::{
    ErrorCode, FindingView, FitStepView, FitView, LeadPackPreview, LeadView, PreviewLeadPack, RedactionView,
};
use detect::Cards;
use jiff::tz::TimeZone;
use model::{LeadId, Outcome, Pseudonym, Purpose, RawJustification, State};
use packs::fit::{Colleague, Shown, When, widen};
use packs::redact::{self, Redactor};
use packs::{CardShown, FEWEST_WHO_FIT, FindingShown, Fit, LeadBody, Line, PeersShown, Removed};
use std::collections::BTreeMap;
use store::evidence::Cited;

/// Findings in which the minute is the point: when a change was made, when claims overlap.
const BY_THE_MINUTE: [&str; 4] =
    ["roster-late-edit", "roster-self-edit", "overtime-clash", "attendance-claim"];
/// Days a representative has to answer when nothing else is said.
const DAYS_TO_REPLY: i32 = 14;

/// A pack to be; entry and root are set when it is sent.
pub(super) struct Drafted {
    pub id: LeadId,
    /// Whose representative it is for.
    pub officer: Pseudonym,
    pub body: LeadBody,
    pub changes: Vec<packs::redact::Change>,
    pub widened: Vec<&'static str>,
    /// Why it may not leave without an exception; empty if nothing stands against it.
    pub blocked: String,
}

fn line(label: &str, value: impl Into<String>) -> Line {
    Line { label: label.to_owned(), value: value.into() }
}

/// A word of the program as the first of a line: `data_quality` is `Data quality`.
fn sentence_case(word: &str) -> String {
    let text = word.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Why a lead may not be given out: it could tip off.
pub(super) fn blocked(session: &Session, id: LeadId, state: State) -> Result<String, Error> {
    let reader = session.reader();
    let referred = lead::stands(state)
        && store::decisions::of_lead(&*reader, id)?
            .last()
            .is_some_and(|d| d.decision.outcome == Outcome::CriminalReferral);
    let asked = store::unmaskings::of_lead(&*reader, id)?.iter().any(|u| {
        serde_json::from_str::<RawJustification>(&u.text)
            .is_ok_and(|r| r.purpose == Purpose::CriminalReferral)
    });
    Ok(match referred || asked {
        true => {
            "This lead is on its way to a criminal referral: giving it out could tip somebody off.".into()
        }
        false => String::new(),
    })
}

/// Builds the pack of one lead.
pub(super) fn build(session: &Session, request: &PreviewLeadPack) -> Result<Drafted, Error> {
    let id: LeadId = request.lead.parse()?;
    let row = lead::row(&*session.reader(), id)?;
    let officer = concerned::officer(&row.subject, request.officer.as_deref().unwrap_or_default())?;
    let mut part = Part::of(&row.subject, officer);
    let mut view = lead::get(session, id)?;
    view.findings.iter_mut().for_each(|f| f.arithmetic.retain(|sum| part.has_sum(&sum.label)));
    let (cited, people, who) = {
        let reader = session.reader();
        let mut cited = store::evidence::of_lead(&*reader, id)?;
        cited.retain(|c| part.has(c));
        let zone = model::time::zone(&analyse::zone(&*reader)?).unwrap_or(TimeZone::UTC);
        let days: Vec<i32> = cited.iter().map(|c| model::time::day_of(c.row.at, &zone)).collect();
        let index = store::officers::index_of(&*reader, officer)?;
        let everybody = crowd::gather(&*reader, days.into_iter(), zone, row.last_day)?;
        let who = crowd::of(&everybody, index);
        (cited, crowd::known(everybody), who)
    };
    let most = Shown { duty_hours: says_duty_hours(&view), ..Shown::MOST };
    let (shown, widened, fit) = widen(&people, &who, most);
    if fit.people < FEWEST_WHO_FIT {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            format!(
                "Fewer than {FEWEST_WHO_FIT} people fit whatever is left out: this force is too small for a pack."
            ),
            "Nothing was written.",
        ));
    }
    let names = name_index::for_typed_text(session)?;
    let may_name = |text: &str| names.may_name(text);
    let mut redactor =
        Redactor::new(vec![officer.to_string()], shown.when, &may_name).without_duty_hours(!shown.duty_hours);
    let mut body = body(&view, &cited, &who, &shown, fit, &mut redactor);
    body.reply_by = model::time::iso_day(reply_by(session, &request.reply_by)?);
    body.removed = redactor
        .counts
        .iter()
        .map(|(why, count)| Removed { why: why.words().to_owned(), count: *count })
        .chain(widened.iter().map(|what| Removed { why: (*what).to_owned(), count: 1 }))
        .chain((part.left_out > 0).then(|| Removed { why: BETWEEN_OTHERS.to_owned(), count: part.left_out }))
        .collect();
    withhold::take_out(session, &mut body, &request.withhold)?;
    let blocked = blocked(session, id, row.state)?;
    Ok(Drafted { id, officer, body, changes: redactor.changes, widened, blocked })
}

/// Whether anything in a lead says how many hours its officer was on duty.
fn says_duty_hours(view: &LeadView) -> bool {
    let said = |f: &FindingView| {
        let sums = f.arithmetic.iter().flat_map(|a| [&a.label, &a.value, &a.note]);
        sums.chain([&f.sentence]).any(|text| redact::says_duty_hours(text))
    };
    view.findings.iter().any(said)
}

fn reply_by(session: &Session, text: &str) -> Result<i32, Error> {
    let today = model::time::day_of(session.clock.now(), &TimeZone::UTC);
    if text.trim().is_empty() {
        return Ok(today + DAYS_TO_REPLY);
    }
    model::time::parse_day(text).filter(|d| *d > today).ok_or_else(|| {
        Error::new(ErrorCode::Settings, "The day for the answer lies in the future, such as 2026-07-18.", "")
    })
}

fn body(
    view: &LeadView,
    cited: &[Cited],
    who: &Colleague,
    shown: &Shown,
    fit: Fit,
    redactor: &mut Redactor<'_>,
) -> LeadBody {
    let mut facts = vec![line("Route", sentence_case(&view.route))];
    let period = match shown.when {
        When::Day => format!("{} to {}", view.first_day, view.last_day),
        _ => redactor.text(&format!("{} to {}", view.first_day, view.last_day)),
    };
    facts.push(line("Period", period));
    if shown.rank_band && !who.rank_band.is_empty() {
        facts.push(line("Rank", who.rank_band.as_str()));
    }
    let cards = Cards::shipped();
    let mut rows: BTreeMap<u32, Vec<&Cited>> = BTreeMap::new();
    cited.iter().for_each(|c| rows.entry(c.finding).or_default().push(c));
    let findings = view.findings.iter().enumerate().map(|(n, f)| {
        let cited = rows.get(&(n as u32)).map(Vec::as_slice).unwrap_or_default();
        finding(n as u32 + 1, f, cited, &cards, redactor)
    });
    LeadBody {
        code: String::new(),
        facts,
        findings: findings.collect(),
        fit,
        leaf: String::new(),
        removed: Vec::new(),
        reply_by: String::new(),
        root: ledger::Hash::EMPTY,
        size: 0,
        withheld: Vec::new(),
    }
}

/// What a sum is of; a pair of a group in words, with the codes of the pack.
fn sum(label: &str, redactor: &mut Redactor<'_>) -> String {
    match label.strip_prefix("edge: ").and_then(|pair| pair.split_once(" > ")) {
        Some((by, of)) => redactor.text(&format!("changes by {by} to duties of {of}")),
        None => redactor.text(label),
    }
}

fn finding(
    n: u32,
    f: &FindingView,
    cited: &[&Cited],
    cards: &Cards,
    redactor: &mut Redactor<'_>,
) -> FindingShown {
    let minute = BY_THE_MINUTE.contains(&f.indicator.as_str());
    let row = |c: &&Cited, redactor: &mut Redactor<'_>| -> Vec<String> {
        let cell = |(at, column): (usize, &String)| {
            redactor.cell(column, c.row.cells.get(at).map_or("", String::as_str), minute)
        };
        f.evidence_columns.iter().enumerate().map(cell).collect()
    };
    FindingShown {
        n,
        indicator: f.indicator.clone(),
        title: f.title.clone(),
        sentence: redactor.text(&f.sentence),
        arithmetic: f
            .arithmetic
            .iter()
            .map(|a| {
                let said = [redactor.text(&a.value), redactor.text(&a.note)];
                line(
                    &sum(&a.label, redactor),
                    said.map(|s| s.trim().to_owned()).join(", ").trim_end_matches(", "),
                )
            })
            .collect(),
        peers: f.peers.as_ref().filter(|p| p.size >= FEWEST_WHO_FIT).map(|p| PeersShown {
            group: redactor.text(&p.group),
            size: p.size,
            median: p.median.clone(),
            highest: redactor.text(&p.highest),
            expected: redactor.text(&p.expected),
        }),
        columns: f.evidence_columns.clone(),
        rows: cited.iter().map(|c| row(c, redactor)).collect(),
        base_rate: f.base_rate.clone(),
        card: card(&f.indicator, &f.cannot_see, cards),
        counter_evidence: f.counter_evidence.iter().map(|t| redactor.text(t)).collect(),
        innocent_explanations: f.innocent_explanations.clone(),
        what_would_clear_it: f.what_would_clear_it.clone(),
    }
}

fn card(indicator: &str, cannot_see: &str, cards: &Cards) -> CardShown {
    let card = cards.get(indicator);
    let setting = |p: &detect::Parameter| line(&p.about, format!("{} {}", p.value, p.unit));
    CardShown {
        version: card.map_or(0, |c| c.version),
        looks_for: card.map(|c| c.looks_for.clone()).unwrap_or_default(),
        exclusions: card.map(|c| c.exclusions.clone()).unwrap_or_default(),
        settings: card.map(|c| c.parameters.values().map(setting).collect()).unwrap_or_default(),
        cannot_see: cannot_see.to_owned(),
    }
}

/// What would leave, beside what stays: nothing is written.
pub(crate) fn preview(session: &Session, request: &PreviewLeadPack) -> Result<LeadPackPreview, Error> {
    let drafted = build(session, request)?;
    let change = |c: packs::redact::Change| RedactionView {
        before: c.before,
        after: c.after,
        why: c.why.iter().map(|w| w.words().to_owned()).collect(),
    };
    Ok(LeadPackPreview {
        lead: drafted.id.to_string(),
        pack: crate::representative::view(&drafted.body),
        changes: drafted.changes.into_iter().map(change).collect(),
        widened: drafted.widened.into_iter().map(str::to_owned).collect(),
        fit: fit_view(&drafted.body.fit),
        blocked: drafted.blocked,
    })
}

pub(crate) fn fit_view(fit: &Fit) -> FitView {
    let step = |s: &packs::FitStep| FitStepView { known: s.known.clone(), left: s.left };
    FitView { people: fit.people, of: fit.of, steps: fit.steps.iter().map(step).collect() }
}
