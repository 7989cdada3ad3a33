//! Fairness and review figures: who is listed, by group; how decisions were taken; how far two people agree.
//!
//! The only caller of `protected`. Protected characteristics meet leads here, in counts of ten and more, and nowhere else.

use crate::analyse::{self, last_kept};
use crate::lead::word;
use crate::session::Session;
use crate::{Error, indicators};
use contract::*;
use detect::fairness::{self, Audit, Decided, Grouping, MIN_CELL, Report, Reviewed};
use detect::{DUTY_HOURS, Measures};
use model::{Agreement, NO_DATE, NO_NUMBER, OfficerIndex, SourceKind, Table};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Read;

/// Contracted share below which somebody counts as part-time, in thousandths.
const FULL_TIME: i64 = 950;

fn tables<R: Read>(reader: &R, kind: SourceKind) -> Result<Vec<Table>, Error> {
    let mut all = Vec::new();
    for partition in 0..model::PARTITIONS {
        for segment in store::segments::of_partition(reader, kind, partition)? {
            all.push(store::segment::decode(&segment.bytes, kind)?);
        }
    }
    Ok(all)
}

/// The newest value each officer has under some columns of a kind.
struct Newest {
    values: HashMap<OfficerIndex, (i32, Vec<String>)>,
}

impl Newest {
    fn read<R: Read>(reader: &R, kind: SourceKind, columns: &[&str]) -> Result<Newest, Error> {
        let mut values: HashMap<OfficerIndex, (i32, Vec<String>)> = HashMap::new();
        for table in tables(reader, kind)? {
            let froms = table.dates("from");
            for (row, officer) in table.officers.iter().enumerate() {
                let from = froms.get(row).copied().unwrap_or(NO_DATE);
                let newer = values.get(officer).is_none_or(|(known, _)| from >= *known);
                if newer {
                    let cells = columns.iter().map(|c| cell(&table, c, row)).collect();
                    values.insert(*officer, (from, cells));
                }
            }
        }
        Ok(Newest { values })
    }

    fn of(&self, officer: OfficerIndex, at: usize) -> &str {
        self.values.get(&officer).map_or("", |(_, cells)| cells[at].as_str())
    }
}

fn cell(table: &Table, column: &str, row: usize) -> String {
    if let Some(words) = table.words(column) {
        return words.get(row).trim().to_owned();
    }
    match table.numbers(column).get(row) {
        Some(n) if *n != NO_NUMBER => n.to_string(),
        _ => String::new(),
    }
}

/// Protected values by heading; part-time stands apart, because the roll may say it too.
struct Protected {
    headings: BTreeMap<String, HashMap<OfficerIndex, String>>,
    part_time: HashMap<OfficerIndex, String>,
}

/// Opens what was sealed apart, where this member may; otherwise only open attributes are compared.
fn protected(session: &Session) -> Result<Protected, Error> {
    let found = match crate::protected::protected_groups(session) {
        Err(e) if e.code() == ErrorCode::PolicyForbids => Vec::new(),
        other => other?,
    };
    let mut headings: BTreeMap<String, HashMap<OfficerIndex, String>> = BTreeMap::new();
    for (officer, heading, value) in found {
        headings.entry(heading).or_default().insert(officer, value);
    }
    let part_time = headings.remove("part time").unwrap_or_default();
    Ok(Protected { headings, part_time })
}

fn groupings<R: Read>(
    reader: &R,
    people: &[OfficerIndex],
    protected: &Protected,
    store: &str,
) -> Result<Vec<Grouping>, Error> {
    let roll = Newest::read(reader, SourceKind::Officers, &["unit", "shift_pattern", "rank", "fte"])?;
    let mut all = Vec::new();
    for (heading, values) in &protected.headings {
        let value = people.iter().map(|p| values.get(p).map_or("", String::as_str));
        all.push(Grouping::new(heading, true, value));
    }
    let squeezed: Vec<String> = people.iter().map(|p| detect::squeeze(roll.of(*p, 0))).collect();
    let codes = detect::unit_codes(squeezed.iter().map(String::as_str), analyse::seed(store));
    let unit = squeezed.iter().map(|u| codes.get(u).map_or("", String::as_str));
    let hours = people.iter().map(|p| match (protected.part_time.get(p), roll.of(*p, 3).parse::<i64>()) {
        (Some(stated), _) => stated.as_str(),
        (None, Ok(share)) if share < FULL_TIME => "part-time",
        (None, Ok(_)) => "full-time",
        (None, Err(_)) => "",
    });
    let bands = people.iter().map(|p| match roll.of(*p, 2) {
        "" => "",
        rank => detect::rank_band(rank),
    });
    all.push(Grouping::new("unit", false, unit));
    all.push(Grouping::new("shift pattern", false, people.iter().map(|p| roll.of(*p, 1))));
    all.push(Grouping::new("part-time", false, hours));
    all.push(Grouping::new("rank band", false, bands));
    Ok(all)
}

/// Each finding decided in a standing decision, by the person it is about.
fn decided<R: Read>(reader: &R, places: &HashMap<String, usize>) -> Result<Vec<Decided>, Error> {
    let mut all = Vec::new();
    for (lead, taken) in crate::lead::standing(reader)? {
        for agreement in &taken.decision.agreements {
            let members = lead.subject.members().iter().filter_map(|m| places.get(&m.to_string()));
            all.extend(members.map(|m| Decided { person: *m, agreed: *agreement == Agreement::Agree }));
        }
    }
    Ok(all)
}

fn reviewed<R: Read>(reader: &R) -> Result<Vec<Reviewed>, Error> {
    let each = store::decisions::since(reader, i64::MIN)?.into_iter().map(|d| {
        let opened = store::evidence::opened(reader, d.lead, &d.by)?;
        Ok(Reviewed {
            reviewer: d.by,
            seconds: opened.map_or(0, |at| (d.at - at).clamp(0, i64::from(u32::MAX)) as u32),
            opened: opened.is_some(),
            accepted: d.decision.agreements.contains(&Agreement::Agree),
        })
    });
    each.collect()
}

/// First and second outcome of every decision that was looked at twice.
fn pairs<R: Read>(reader: &R) -> Result<Vec<(String, String)>, Error> {
    let firsts: BTreeMap<u32, String> = store::decisions::since(reader, i64::MIN)?
        .into_iter()
        .map(|d| (d.id, word(&d.decision.outcome)))
        .collect();
    let second =
        |s: store::second_reviews::Second| Some((firsts.get(&s.first)?.clone(), word(&s.decision.outcome)));
    Ok(store::second_reviews::taken(reader)?.into_iter().filter_map(second).collect())
}

/// Duty hours by officer, as the last run counted them.
pub(crate) fn hours<R: Read>(reader: &R) -> Result<HashMap<String, f64>, Error> {
    let kept = store::measures::all(reader)?.into_iter().find(|(name, _)| name == DUTY_HOURS);
    let kept = kept.and_then(|(name, bytes)| Measures::from_bytes(&name, &bytes)).unwrap_or_default();
    Ok(kept.kept.iter().map(|k| (k.officer.to_string(), f64::from(k.value))).collect())
}

/// The fairness figures of the last run, or `None` before the first.
fn audit<R: Read>(session: &Session, reader: &R, protected: &Protected) -> Result<Option<Report>, Error> {
    if last_kept(reader)?.is_none() {
        return Ok(None);
    }
    let officers = store::officers::all(reader)?;
    let people: Vec<OfficerIndex> = officers.iter().filter(|o| !o.provisional).map(|o| o.index).collect();
    let codes: Vec<String> =
        officers.iter().filter(|o| !o.provisional).map(|o| o.pseudonym.to_string()).collect();
    let places: HashMap<String, usize> = codes.iter().enumerate().map(|(at, c)| (c.clone(), at)).collect();
    let listed: BTreeSet<OfficerIndex> = store::leads::listed(reader)?.into_iter().collect();
    let flagged: Vec<bool> = people.iter().map(|p| listed.contains(p)).collect();
    let hours = hours(reader)?;
    let exposure: Vec<f64> = codes.iter().map(|c| hours.get(c).copied().unwrap_or(0.0)).collect();
    let groupings = groupings(reader, &people, protected, session.id())?;
    let decided = decided(reader, &places)?;
    Ok(Some(fairness::audit(&Audit {
        flagged: &flagged,
        exposure: &exposure,
        groupings: &groupings,
        decided: &decided,
        seed: analyse::seed(session.id()),
    })))
}

fn interval((value, low, high): (f64, f64, f64)) -> Interval {
    Interval { value, low, high }
}

/// Everything the oversight screen shows. Whatever changes a figure is an entry, so the figures stand until there is a new
/// one, and protected characteristics are not opened, nor that recorded, each time somebody looks.
pub(crate) fn view(session: &Session) -> Result<OversightView, Error> {
    let size = store::ledger::size(&*session.reader())?;
    if let Some((_, view)) = session.counted().as_ref().filter(|(then, _)| *then == size) {
        return Ok(view.clone());
    }
    // Opened before anything is read: the entry about it comes first.
    let protected = protected(session)?;
    let reader = session.new_reader()?;
    let size = store::ledger::size(&reader)?;
    let view = count(session, &reader, &protected)?;
    *session.counted() = Some((size, view.clone()));
    Ok(view)
}

fn count<R: Read>(session: &Session, reader: &R, protected: &Protected) -> Result<OversightView, Error> {
    let found = audit(session, reader, protected)?;
    let reviewers = fairness::reviewers(&reviewed(reader)?);
    let agreement = fairness::agreement(&pairs(reader)?);
    let waiting = store::second_reviews::count_waiting(reader)? as u32;
    let mut view = OversightView {
        nothing: "There has been no analysis yet, so nobody is listed.".into(),
        people: 0,
        with_lead: None,
        tables: Vec::new(),
        precision: Vec::new(),
        exposure: None,
        concentration: None,
        shuffled: Vec::new(),
        proxies: Vec::new(),
        reviewers: reviewers.into_iter().map(reviewer_view).collect(),
        agreement: agreement.map(|a| AgreementView {
            leads: a.leads,
            alike: a.alike,
            by_lot: a.by_lot,
            kappa: a.kappa.map(interval),
        }),
        waiting,
        min_cell: MIN_CELL,
        has_protected: !protected.headings.is_empty(),
    };
    if let Some(report) = found {
        view.nothing.clear();
        fill(&mut view, report);
    }
    Ok(view)
}

fn reviewer_view(r: fairness::Reviewer) -> ReviewerView {
    ReviewerView {
        reviewer: r.reviewer,
        decided: r.decided,
        median_seconds: r.median_seconds,
        quick: r.quick,
        accepted: interval(r.accepted),
        remarks: r.remarks,
    }
}

fn fill(view: &mut OversightView, report: Report) {
    view.people = report.people;
    view.with_lead = report.with_lead;
    view.tables = report.rates.into_iter().map(rates).collect();
    view.precision = report.precision.into_iter().map(precision).collect();
    view.exposure = report.exposure.map(|c| interval((c.value, c.low, c.high)));
    view.concentration = report.units.map(concentration);
    view.shuffled = report.shuffled.into_iter().map(shuffled).collect();
    view.proxies = report.proxies.into_iter().map(proxy).collect();
}

fn rates(t: fairness::GroupTable) -> FairTable {
    let ratio = |r: fairness::Ratio| interval((r.value, r.low, r.high));
    let row = |r: fairness::GroupRow| FairRow {
        group: r.group,
        people: r.people,
        with_lead: r.with_lead,
        rate: r.rate,
        ratio: r.ratio.map(ratio),
    };
    let rows = t.rows.into_iter().map(row).collect();
    FairTable { heading: t.heading, protected: t.protected, withheld: t.withheld, rows }
}

fn precision(t: fairness::PrecisionTable) -> PrecisionTable {
    let row = |r: fairness::PrecisionRow| PrecisionRow {
        group: r.group,
        decided: r.decided,
        agreed: r.agreed,
        share: r.share.map(interval),
    };
    let rows = t.rows.into_iter().map(row).collect();
    PrecisionTable { heading: t.heading, protected: t.protected, withheld: t.withheld, rows }
}

fn concentration(c: fairness::Concentration) -> ConcentrationView {
    let alarm = |a: fairness::UnitAlarm| UnitAlarmView {
        unit: a.unit,
        people: a.people,
        with_lead: a.with_lead,
        expected: a.expected,
        tail: a.tail,
    };
    ConcentrationView {
        units: c.units,
        top_tenth: c.top_tenth,
        alarms: c.alarms.into_iter().map(alarm).collect(),
    }
}

fn shuffled(s: fairness::Shuffled) -> ShuffledView {
    ShuffledView {
        heading: s.heading,
        observed: s.observed,
        expected: s.expected,
        low: s.low,
        high: s.high,
        share: s.share,
        shuffles: s.shuffles,
    }
}

fn proxy(p: fairness::Proxy) -> ProxyView {
    ProxyView {
        heading: p.heading,
        protected: p.protected,
        association: p.association,
        reaches_leads: p.reaches_leads,
    }
}

/// Standing decisions by indicator, rank band and year of the decision: what the public report counts.
pub(crate) fn outcomes<R: Read>(reader: &R) -> Result<BTreeMap<[String; 3], BTreeMap<String, u32>>, Error> {
    let cards = indicators::cards(reader)?;
    let mut all: BTreeMap<[String; 3], BTreeMap<String, u32>> = BTreeMap::new();
    for (lead, taken) in crate::lead::standing(reader)? {
        let year = model::time::date(taken.at.div_euclid(86_400) as i32).year().to_string();
        let band = if lead.rank_band.is_empty() { "not stated".to_owned() } else { lead.rank_band.clone() };
        for finding in &lead.findings {
            let title = cards.get(&finding.indicator).map_or(&finding.title, |c| &c.title);
            let key = [title.clone(), band.clone(), year.clone()];
            *all.entry(key).or_default().entry(word(&taken.decision.outcome)).or_default() += 1;
        }
    }
    Ok(all)
}
