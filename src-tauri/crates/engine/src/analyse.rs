//! One analysis: segments in, leads and a run report out.

use crate::jobs::Progress;
use crate::links::Linked;
use crate::record::Entry;
use crate::session::{Session, random};
use crate::{Error, book};
use contract::{ErrorCode, IndicatorRun, RunView};
use detect::{Analysis, Cards, LeadDraft, LoadError, People, Segments};
use ledger::Kind;
use model::{Finding, ImportId, Lead, LeadId, Nature, SourceKind, SourceSchema, State, Table};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Instant;
use store::leads::LeadText;
use store::{Read, Reader, Tx};

/// What a row of the queue shows besides its columns.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub text: String,
    pub indicators: Vec<String>,
    pub sources: u32,
}

/// What is kept of a run: everything but the leads.
#[derive(Serialize, Deserialize)]
struct Kept {
    analysis: Analysis,
    seconds: String,
    zone: String,
}

/// Readers lent to the threads of an analysis: a connection serves one thread at a time.
struct Lent {
    readers: Mutex<Vec<Reader>>,
    linked: Linked,
}

impl Segments for Lent {
    fn partitions(&self) -> u32 {
        model::PARTITIONS
    }

    fn load(&self, kind: SourceKind, partition: u32) -> Result<Vec<(ImportId, Table)>, LoadError> {
        let failed = |message: String| LoadError { kind, partition, message };
        if SourceSchema::of(kind).audit_only {
            return Err(failed("it is for the fairness audit only".into()));
        }
        let reader = self.readers.lock().ok().and_then(|mut r| r.pop());
        let reader = reader.ok_or_else(|| failed("more threads than connections".into()))?;
        let found =
            store::segments::of_partition(&reader, kind, partition).map_err(|e| failed(e.to_string()));
        if let Ok(mut readers) = self.readers.lock() {
            readers.push(reader);
        }
        let decode = |s: store::segments::Segment| {
            store::segment::decode(&s.bytes, kind)
                .map(|t| (s.place.import, t))
                .map_err(|e| failed(e.to_string()))
        };
        let tables = found?.into_iter().map(decode).collect::<Result<_, _>>()?;
        Ok(self.linked.follow(kind, partition, tables))
    }
}

fn people<R: Read>(reader: &R) -> Result<People, Error> {
    let all = store::officers::all(reader)?;
    Ok(People {
        pseudonyms: all.iter().map(|o| o.pseudonym).collect(),
        provisional: all.iter().map(|o| o.provisional).collect(),
    })
}

/// The zone whose civil days count: that of the duties, else of most rows.
pub(crate) fn zone<R: Read>(reader: &R) -> Result<String, Error> {
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    for import in store::imports::all(reader)? {
        let weight = if import.kind == SourceKind::Duties { 1 << 40 } else { 1 };
        *rows.entry(import.zone).or_default() += import.rows * weight;
    }
    let most = rows.into_iter().max_by_key(|(_, rows)| *rows).map(|(zone, _)| zone);
    Ok(most.unwrap_or_else(|| model::time::DEFAULT_ZONE.to_owned()))
}

/// Runs every indicator and stores the leads. Returns the run's number.
pub(crate) fn run(session: &Session, progress: &Progress) -> Result<u32, Error> {
    let started = Instant::now();
    progress.step("Building profiles");
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let (people, zone) = {
        let reader = session.reader();
        if store::imports::next_id(&*reader)?.0 == 1 {
            return Err(Error::new(
                ErrorCode::NotFound,
                "Nothing has been imported yet.",
                "Import a source first.",
            ));
        }
        (people(&*reader)?, zone(&*reader)?)
    };
    let readers = (0..=threads).map(|_| session.new_reader()).collect::<Result<Vec<_>, _>>()?;
    let linked = Linked::load(&*session.reader(), progress)?;
    let lent = Lent { readers: Mutex::new(readers), linked };
    let cards = Cards::shipped();
    let options = detect::Options {
        zone: zone.clone(),
        threads,
        seed: seed(session.id()),
        previous_runs: previous_runs(&*session.reader(), &cards)?,
        context_bytes: detect::CONTEXT_BYTES,
        cancel: progress.cancel_flag(),
        progress: &|done, total| progress.report(u64::from(done), u64::from(total), 0),
    };
    let mut analysis = detect::analyse(&lent, &people, &cards, &options).map_err(|e| {
        progress.check().err().unwrap_or_else(|| {
            Error::new(ErrorCode::Internal, crate::error::sentence(e), "No lead was changed.")
        })
    })?;
    progress.check()?;
    progress.step("Writing leads");
    let leads = std::mem::take(&mut analysis.leads);
    let kept = Kept { analysis, seconds: format!("{:.1}", started.elapsed().as_secs_f64()), zone };
    let run = book::record(session, |tx| {
        let cards = hex_bytes(&kept.analysis.cards);
        let run = store::runs::insert(tx, session.clock.now(), &cards, &serde_json::to_string(&kept)?)?;
        let counts = merge(tx, session, run, &people, leads)?;
        let entry = Entry::new(Kind::Analysis)
            .with("run", run)
            .with("cards", kept.analysis.cards.clone())
            .with("rows", kept.analysis.rows)
            .with("new", counts.new)
            .with("renewed", counts.renewed)
            .with("withdrawn", counts.withdrawn);
        Ok((run, vec![entry]))
    })?;
    Ok(run)
}

/// Settings tried on the same data before these: a repeated run with settings already tried counts as the first with them.
fn previous_runs<R: Read>(reader: &R, cards: &Cards) -> Result<u32, Error> {
    let last = store::imports::all(reader)?.iter().map(|i| i.at).max().unwrap_or(i64::MIN);
    let mut tried: Vec<Vec<u8>> = Vec::new();
    for run in store::runs::all(reader)?.into_iter().filter(|r| r.at >= last) {
        if !tried.contains(&run.cards_hash) {
            tried.push(run.cards_hash);
        }
    }
    let own = hex_bytes(&cards.hash());
    Ok(tried.iter().position(|t| *t == own).unwrap_or(tried.len()) as u32)
}

/// Same store, same unit codes in every run.
fn seed(store: &str) -> u64 {
    store.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

fn hex_bytes(hex: &str) -> Vec<u8> {
    let pair = |at: usize| hex.get(at..at + 2).and_then(|p| u8::from_str_radix(p, 16).ok());
    (0..hex.len() / 2).map_while(|i| pair(i * 2)).collect()
}

#[derive(Default)]
struct Counts {
    new: u64,
    renewed: u64,
    withdrawn: u64,
}

/// Leads over runs: an undecided one is renewed, a decided one stays and a changed finding makes a new one, and an
/// undecided one that is not found any more is closed.
fn merge(
    tx: &Tx<'_>,
    session: &Session,
    run: u32,
    people: &People,
    drafts: Vec<LeadDraft>,
) -> Result<Counts, Error> {
    let index: BTreeMap<_, _> = people.pseudonyms.iter().enumerate().map(|(i, p)| (*p, i as u32)).collect();
    let now = session.clock.now();
    let mut counts = Counts::default();
    let mut found = BTreeSet::new();
    for draft in drafts {
        let member = |p| index.get(p).copied().ok_or_else(|| Error::not_found("officer"));
        let members = draft.subject.members().iter().map(member).collect::<Result<Vec<u32>, _>>()?;
        let existing = store::leads::of_subject(tx, &draft.subject, draft.route)?;
        let open = existing.iter().find(|l| matches!(l.state, State::New | State::InReview));
        let same_as_decided = || -> Result<bool, Error> {
            let Some(last) = existing.iter().filter(|l| l.state == State::Decided).max_by_key(|l| l.id)
            else {
                return Ok(false);
            };
            let body = store::leads::body(tx, last.id)?.unwrap_or_default();
            let old: Lead = serde_json::from_str(&body)?;
            Ok(old.findings == without_rows(&draft.findings))
        };
        if let Some(open) = open {
            put(tx, run, members, Some(open.id), draft, now)?;
            found.insert(open.id);
            counts.renewed += 1;
        } else if !same_as_decided()? {
            found.insert(put(tx, run, members, None, draft, now)?);
            counts.new += 1;
        }
    }
    for lead in store::queue::page(tx, &undecided(), store::queue::Sort::Waiting, 0, u32::MAX)?.rows {
        if !found.contains(&lead.id) {
            store::leads::set_state(tx, lead.id, State::Closed, now)?;
            counts.withdrawn += 1;
        }
    }
    Ok(counts)
}

fn undecided() -> store::queue::Filter {
    store::queue::Filter { states: vec![State::New, State::InReview], ..Default::default() }
}

fn without_rows(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().map(|f| Finding { evidence: Vec::new(), ..f.clone() }).collect()
}

fn put(
    tx: &Tx<'_>,
    run: u32,
    members: Vec<u32>,
    id: Option<LeadId>,
    draft: LeadDraft,
    now: i64,
) -> Result<LeadId, Error> {
    let indicators: Vec<String> = draft.findings.iter().map(|f| f.indicator.clone()).collect();
    // A finding that joins two sources is one observation: what corroborates is another finding on another source.
    let sources: BTreeSet<SourceKind> =
        draft.findings.iter().filter_map(|f| f.sources.first().copied()).collect();
    let titles: Vec<&str> = draft.findings.iter().map(|f| f.title.as_str()).collect();
    let summary =
        Summary { text: titles.join("; "), indicators: indicators.clone(), sources: sources.len() as u32 };
    let lead = Lead {
        // The store numbers it; the body's own number is set when it is read.
        id: id.unwrap_or(LeadId(0)),
        subject: draft.subject,
        route: draft.route,
        priority: draft.priority,
        priority_reasons: draft.priority_reasons,
        findings: without_rows(&draft.findings),
        first_day: draft.first_day,
        last_day: draft.last_day,
        rank_band: draft.rank_band,
        unit: draft.unit,
        service_band: draft.service_band,
        shift_pattern: draft.shift_pattern,
    };
    let text = LeadText {
        run,
        subject: lead.subject.clone(),
        members,
        route: lead.route,
        priority: lead.priority,
        first_day: lead.first_day,
        last_day: lead.last_day,
        strength: draft.findings.iter().map(|f| f.strength).max().unwrap_or(0),
        two_sources: sources.len() >= 2,
        indicators,
        summary_json: serde_json::to_string(&summary)?,
        body_json: serde_json::to_string(&lead)?,
        search: format!(
            "{} {} {} {}",
            lead.subject,
            titles.join(" "),
            summary.indicators.join(" "),
            lead.unit
        )
        .to_lowercase(),
    };
    let id = match id {
        Some(id) => {
            store::leads::update(tx, id, &text, now)?;
            store::evidence::clear(tx, id)?;
            id
        }
        None => store::leads::insert(tx, &text, now)?,
    };
    for (n, finding) in draft.findings.iter().enumerate() {
        let mut bits = vec![0u8; finding.evidence.len() * 4 + 64];
        random(&mut bits)?;
        let mut drawn = bits.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]));
        // Past the end only after sixteen collisions in 2^30, which the store then refuses.
        store::evidence::insert(tx, id, n as u32, &finding.evidence, &mut || {
            drawn.next().unwrap_or_default()
        })?;
    }
    Ok(id)
}

/// The newest run, in words.
pub(crate) fn last<R: Read>(reader: &R) -> Result<Option<RunView>, Error> {
    let Some(run) = store::runs::latest(reader)? else { return Ok(None) };
    let kept: Kept = serde_json::from_str(&run.report_json)?;
    let cards = Cards::shipped();
    let a = &kept.analysis;
    let zone = model::time::zone(&kept.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let indicators = cards.all().map(|card| {
        let counted = a.counts.iter().find(|c| c.indicator == card.id);
        let text = |found: Option<&String>| found.cloned().unwrap_or_default();
        let plain = a.plain_counts.iter().find(|p| p.indicator == card.id).map(|p| {
            format!(
                "Plain count, no comparison: {} {} among {} officers, highest {}.",
                p.total, p.unit, p.officers_with_any, p.highest
            )
        });
        IndicatorRun {
            id: card.id.clone(),
            title: card.title.clone(),
            nature: match card.nature {
                Nature::Factual => "factual".into(),
                Nature::Statistical => "statistical".into(),
            },
            found: counted.map_or(0, |c| c.findings),
            expected_false: text(a.expected_false.iter().find(|(id, _)| *id == card.id).map(|(_, t)| t)),
            baseline: plain.unwrap_or_else(|| {
                text(a.baselines.iter().find(|b| b.indicator == card.id).map(|b| &b.text))
            }),
            skipped: text(a.skipped.iter().find(|s| s.indicator == card.id).map(|s| &s.message)),
        }
    });
    Ok(Some(RunView {
        run: run.id,
        at: model::time::show_moment(run.at, &zone),
        cards: a.cards.chars().take(8).collect(),
        officers: a.officers,
        rows: a.rows as u32,
        seconds: kept.seconds.clone(),
        indicators: indicators.collect(),
    }))
}
