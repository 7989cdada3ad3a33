//! One analysis: segments in, leads and a run report out.

use crate::jobs::Progress;
use crate::links::Linked;
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book, indicators, merge, retention};
use contract::{ErrorCode, IndicatorRun, RunView};
use detect::{Analysis, Card, Cards, LoadError, People, Segments};
use ledger::Kind;
use model::{ImportId, Nature, Pseudonym, Skipped, SourceKind, SourceSchema, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;
use store::{Read, Reader};

/// What a row of the queue shows besides its columns.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub text: String,
    pub indicators: Vec<String>,
    pub sources: u32,
}

/// What is kept of a run: everything but the leads.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    pub analysis: Analysis,
    pub seconds: String,
    pub zone: String,
}

/// Readers lent to the threads of an analysis: a connection serves one thread at a time.
struct Lent {
    readers: Mutex<Vec<Reader>>,
    linked: Linked,
    /// Rows that decisions keep out, in order.
    aside: Vec<(ImportId, u32)>,
}

impl Lent {
    /// A table without the rows that were set aside.
    fn kept(&self, import: ImportId, table: Table) -> Table {
        let mine = self.aside.partition_point(|(i, _)| *i < import);
        let mine: Vec<u32> =
            self.aside[mine..].iter().take_while(|(i, _)| *i == import).map(|(_, row)| *row).collect();
        if mine.is_empty() {
            return table;
        }
        let keep: Vec<bool> = table.rows.iter().map(|row| mine.binary_search(row).is_err()).collect();
        crate::rows::select(&table, &keep)
    }
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
                .map(|t| (s.place.import, self.kept(s.place.import, t)))
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
    let mut rows: BTreeMap<String, u128> = BTreeMap::new();
    for import in store::imports::all(reader)? {
        let weight = if import.kind == SourceKind::Duties { 1 << 40 } else { 1 };
        *rows.entry(import.zone).or_default() += u128::from(import.rows) * weight;
    }
    let most = rows.into_iter().max_by_key(|(_, rows)| *rows).map(|(zone, _)| zone);
    Ok(most.unwrap_or_else(|| model::time::DEFAULT_ZONE.to_owned()))
}

/// An analysis, and what it was made with.
struct Done {
    analysis: Analysis,
    people: People,
    zone: String,
}

/// Readers for some threads, and what stands between the segments and an analysis.
fn lend(
    session: &Session,
    progress: &Progress,
    threads: usize,
    aside: Vec<(ImportId, u32)>,
) -> Result<Lent, Error> {
    let readers = (0..=threads).map(|_| session.new_reader()).collect::<Result<Vec<_>, _>>()?;
    let linked = Linked::load(&*session.reader(), progress)?;
    Ok(Lent { readers: Mutex::new(readers), linked, aside })
}

/// The rolling share of office days of one officer.
pub(crate) fn office_share(
    session: &Session,
    officer: Pseudonym,
    card: &Card,
) -> Result<Vec<(i32, i64)>, Error> {
    let (index, zone, aside) = {
        let reader = session.reader();
        let zone = model::time::zone(&zone(&*reader)?).unwrap_or(jiff::tz::TimeZone::UTC);
        (store::officers::index_of(&*reader, officer)?, zone, store::set_aside::all(&*reader)?)
    };
    let lent = lend(session, &Progress::quiet(), 0, aside)?;
    detect::office_share(&lent, index, &zone, card)
        .map_err(|e| Error::new(ErrorCode::Internal, crate::error::sentence(e), "Open the lead again."))
}

/// Runs every indicator with these cards; nothing is written.
fn measure(session: &Session, progress: &Progress, cards: &Cards) -> Result<Done, Error> {
    progress.step("Building profiles");
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let (people, zone, aside) = {
        let reader = session.reader();
        if store::imports::next_id(&*reader)?.0 == 1 {
            return Err(Error::new(
                ErrorCode::NotFound,
                "Nothing has been imported yet.",
                "Import a source first.",
            ));
        }
        (people(&*reader)?, zone(&*reader)?, store::set_aside::all(&*reader)?)
    };
    let lent = lend(session, progress, threads, aside)?;
    let options = detect::Options {
        zone: zone.clone(),
        threads,
        seed: seed(session.id()),
        previous_runs: previous_runs(&*session.reader(), cards)?,
        context_bytes: detect::CONTEXT_BYTES,
        cancel: progress.cancel_flag(),
        progress: &|done, total| progress.report(u64::from(done), u64::from(total), 0),
    };
    let analysis = detect::analyse(&lent, &people, cards, &options).map_err(|e| {
        progress.check().err().unwrap_or_else(|| {
            Error::new(ErrorCode::Internal, crate::error::sentence(e), "No lead was changed.")
        })
    })?;
    progress.check()?;
    Ok(Done { analysis, people, zone })
}

/// How many officers, groups or units an indicator lists under other cards; nothing is kept.
pub(crate) fn attempt(
    session: &Session,
    progress: &Progress,
    cards: &Cards,
    indicator: &str,
) -> Result<u32, Error> {
    let done = measure(session, progress, cards)?;
    Ok(done.analysis.counts.iter().find(|c| c.indicator == indicator).map_or(0, |c| c.findings))
}

/// What the indicators say of the rows the store holds now; nothing is written.
pub(crate) fn drafts(session: &Session) -> Result<Vec<detect::LeadDraft>, Error> {
    let cards = indicators::cards(&*session.reader())?;
    Ok(measure(session, &Progress::quiet(), &cards)?.analysis.leads)
}

/// Runs every indicator and stores the leads. Returns the run's number.
pub(crate) fn run(session: &Session, progress: &Progress) -> Result<u32, Error> {
    let started = Instant::now();
    // What is over is settled first, so that this run does not renew it without news.
    retention::expire(session)?;
    let cards = indicators::cards(&*session.reader())?;
    let Done { mut analysis, people, zone } = measure(session, progress, &cards)?;
    progress.step("Writing leads");
    let leads = std::mem::take(&mut analysis.leads);
    let measures = std::mem::take(&mut analysis.measures);
    let kept = Kept { analysis, seconds: format!("{:.1}", started.elapsed().as_secs_f64()), zone };
    book::record(session, |tx| {
        let hash = hex_bytes(&kept.analysis.cards);
        let run = store::runs::insert(tx, session.clock.now(), &hash, &serde_json::to_string(&kept)?)?;
        store::measures::clear(tx)?;
        for one in &measures {
            store::measures::put(tx, run, &one.indicator, &one.to_bytes())?;
        }
        let counts = merge::leads(tx, session, run, &people, leads)?;
        let entry = Entry::new(Kind::Analysis)
            .with("run", run)
            .with("cards", kept.analysis.cards.clone())
            .with("rows", kept.analysis.rows)
            .with("new", counts.new)
            .with("renewed", counts.renewed)
            .with("changed", counts.changed)
            .with("withdrawn", counts.withdrawn);
        Ok((run, vec![entry]))
    })
}

/// Settings tried on the same data before these: a repeated run with settings already tried counts as the first with them.
pub(crate) fn previous_runs<R: Read>(reader: &R, cards: &Cards) -> Result<u32, Error> {
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
pub(crate) fn seed(store: &str) -> u64 {
    store.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

fn hex_bytes(hex: &str) -> Vec<u8> {
    let pair = |at: usize| hex.get(at..at + 2).and_then(|p| u8::from_str_radix(p, 16).ok());
    (0..hex.len() / 2).map_while(|i| pair(i * 2)).collect()
}

/// The newest run and what is kept of it.
pub(crate) fn last_kept<R: Read>(reader: &R) -> Result<Option<(store::runs::Run, Kept)>, Error> {
    let Some(run) = store::runs::latest(reader)? else { return Ok(None) };
    let kept = serde_json::from_str(&run.report_json)?;
    Ok(Some((run, kept)))
}

/// What a run says about one indicator.
fn messages<'a>(said: &'a [Skipped], indicator: &str) -> Vec<&'a str> {
    said.iter().filter(|s| s.indicator == indicator).map(|s| s.message.as_str()).collect()
}

/// The newest run, in words.
pub(crate) fn last<R: Read>(reader: &R) -> Result<Option<RunView>, Error> {
    let Some((run, kept)) = last_kept(reader)? else { return Ok(None) };
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
            skipped: messages(&a.skipped, &card.id).join(" "),
            limits: messages(&a.limited, &card.id).join(" "),
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
