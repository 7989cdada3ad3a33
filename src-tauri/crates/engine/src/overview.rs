//! The first screen: what is there, what is missing, what waits.

use crate::lead::word;
use crate::session::Session;
use crate::{Error, analyse, retention};
use contract::{Count, Overview, SourceCoverage};
use model::{ImportReport, SourceKind, SourceSchema, State};
use std::collections::BTreeMap;
use store::leads::Clock;

struct Coverage {
    imports: u32,
    rows: u64,
    first: Option<i32>,
    last: Option<i32>,
    weeks: BTreeMap<i32, u64>,
}

fn coverage(reports: &[(SourceKind, ImportReport)], kind: SourceKind) -> Option<Coverage> {
    let mut all = Coverage { imports: 0, rows: 0, first: None, last: None, weeks: BTreeMap::new() };
    for (_, report) in reports.iter().filter(|(k, _)| *k == kind) {
        all.imports += 1;
        all.rows += report.rows_accepted;
        all.first = [all.first, report.first_day].into_iter().flatten().min();
        all.last = [all.last, report.last_day].into_iter().flatten().max();
        for week in &report.weeks {
            *all.weeks.entry(week.monday).or_default() += week.rows;
        }
    }
    (all.imports > 0).then_some(all)
}

fn source_view(kind: SourceKind, mut found: Coverage, span: (i32, i32)) -> SourceCoverage {
    // A roll, authorities and interests hold over time; their first days are no activity, and weeks without any no gap.
    if matches!(kind, SourceKind::Officers | SourceKind::Authorities | SourceKind::KnownInterests) {
        found.weeks.clear();
    }
    let busiest = found.weeks.values().copied().max().unwrap_or(1).max(1);
    let own = found.weeks.keys().next().zip(found.weeks.keys().last());
    let gap_weeks = own.map_or(0, |(a, b)| (b - a) / 7 + 1 - found.weeks.len() as i32).max(0) as u32;
    let weeks = match found.weeks.is_empty() {
        true => Vec::new(),
        false => (span.0..=span.1)
            .step_by(7)
            .map(|monday| (found.weeks.get(&monday).copied().unwrap_or(0) * 100).div_ceil(busiest) as u32)
            .collect(),
    };
    SourceCoverage {
        kind: kind.to_string(),
        title: SourceSchema::of(kind).title.clone(),
        imports: found.imports,
        rows: found.rows as u32,
        first_day: found.first.map(model::time::show_day),
        last_day: found.last.map(model::time::show_day),
        weeks,
        gap_weeks,
    }
}

fn group(counts: &[store::queue::Count], name: impl Fn(&store::queue::Count) -> String) -> Vec<Count> {
    let mut all: BTreeMap<String, u32> = BTreeMap::new();
    for count in counts {
        *all.entry(name(count)).or_default() += count.leads as u32;
    }
    all.into_iter().map(|(name, count)| Count { name, count }).collect()
}

/// How many leads were decided, closed ones included, and how many are to be read. What a run withdrew or time expired
/// is neither.
fn progress(clocks: &[Clock]) -> (u32, u32) {
    let closed = |c: &&Clock| c.state == State::Closed && c.outcome.is_some();
    let decided = clocks.iter().filter(|c| c.state == State::Decided || closed(c)).count();
    let open = clocks.iter().filter(|c| matches!(c.state, State::New | State::InReview)).count();
    (decided as u32, open as u32)
}

pub(crate) fn get(session: &Session) -> Result<Overview, Error> {
    let reader = session.reader();
    let mut reports = Vec::new();
    for import in store::imports::all(&*reader)? {
        reports.push((import.kind, serde_json::from_str::<ImportReport>(&import.report_json)?));
    }
    let mondays: Vec<i32> = reports.iter().flat_map(|(_, r)| r.weeks.iter().map(|w| w.monday)).collect();
    let span = mondays.iter().min().copied().zip(mondays.iter().max().copied()).unwrap_or((0, -1));
    let sources = SourceKind::ALL
        .iter()
        .filter_map(|kind| coverage(&reports, *kind).map(|found| source_view(*kind, found, span)))
        .collect();
    let people = store::officers::counts(&*reader)?;
    let counts = store::queue::counts(&*reader)?;
    let clocks = store::leads::clocks(&*reader)?;
    let (decided, undecided) = progress(&clocks);
    Ok(Overview {
        sources,
        by_route: group(&counts, |c| word(&c.route)),
        by_state: group(&counts, |c| word(&c.state)),
        officers: people.all as u32,
        provisional: people.provisional as u32,
        decided,
        undecided,
        unmaskings: store::unmaskings::count(&*reader)? as u32,
        ledger_entries: store::ledger::size(&*reader)? as u32,
        last_run: analyse::last(&*reader)?,
        ends: model::time::iso_day(session.facts.ends),
        next_expiry: retention::first_due(&clocks),
    })
}
