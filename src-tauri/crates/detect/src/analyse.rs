//! The run: context, partitions in parallel, then peers and leads over everyone.

use crate::card::{Card, Cards};
use crate::context::{self, Context};
use crate::indicators::{ALL, Indicator};
use crate::input::{LoadError, Options, People, Segments};
use crate::lead::{self, Sharing};
use crate::load;
use crate::measure::Hit;
use crate::peers::{Comparison, Counted, Standing};
use crate::result::{Analysis, Baseline, IndicatorCount, PlainCounts, SourceRows};
use crate::wording::{self, decimal, thousands};
use jiff::tz::TimeZone;
use model::{Finding, Nature, OfficerIndex, Skipped, SourceKind, SourceSchema, time};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

/// Why an analysis did not finish.
#[derive(Debug, thiserror::Error)]
pub enum AnalyseError {
    #[error("the analysis was cancelled; nothing was changed")]
    Cancelled,
    #[error("the time zone is not known")]
    Zone,
    #[error("no threads could be started")]
    Threads,
    #[error(transparent)]
    Load(#[from] LoadError),
}

/// One officer's measures: value and exposure of each indicator in the order of `ALL`, and the hits among them.
struct Measured {
    officer: OfficerIndex,
    counts: Vec<(u32, i64)>,
    hits: Vec<(usize, Hit)>,
}

/// Measures, compares and joins: the same input and cards give the same bytes, locators apart.
pub fn analyse(
    segments: &dyn Segments,
    people: &People,
    cards: &Cards,
    options: &Options<'_>,
) -> Result<Analysis, AnalyseError> {
    let zone = time::zone(&options.zone).ok_or(AnalyseError::Zone)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let pool = pool.map_err(|_| AnalyseError::Threads)?;
    let steps = Steps { done: AtomicU32::new(0), all: segments.partitions() * 2 + 1, options };
    let context = pool.install(|| gather(segments, people, &zone, &steps))?;
    let (mut measured, rows) = pool.install(|| measure(segments, &context, cards, &steps))?;
    // The store's numbering of officers must not show in any sum or order.
    measured.sort_by_key(|m| people.pseudonym(m.officer));
    let analysis = Run { context: &context, rows, day: last_day(&measured, &context), cards }
        .conclude(measured, options);
    steps.one()?;
    Ok(analysis)
}

struct Steps<'a> {
    done: AtomicU32,
    all: u32,
    options: &'a Options<'a>,
}

impl Steps<'_> {
    /// One step done; stops where the caller asked for it.
    fn one(&self) -> Result<(), AnalyseError> {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.options.progress)(done, self.all);
        if self.options.cancel.load(Ordering::Relaxed) { Err(AnalyseError::Cancelled) } else { Ok(()) }
    }
}

fn gather<'a>(
    segments: &dyn Segments,
    people: &'a People,
    zone: &TimeZone,
    steps: &Steps<'_>,
) -> Result<Context<'a>, AnalyseError> {
    let part = |number: u32| {
        let part = context::part(segments, number, zone)?;
        steps.one()?;
        Ok(part)
    };
    let parts: Result<Vec<_>, AnalyseError> = (0..segments.partitions()).into_par_iter().map(part).collect();
    Ok(Context::join(parts?, people, zone.clone()))
}

type Rows = BTreeMap<SourceKind, u64>;

fn measure(
    segments: &dyn Segments,
    context: &Context<'_>,
    cards: &Cards,
    steps: &Steps<'_>,
) -> Result<(Vec<Measured>, Rows), AnalyseError> {
    let cards: Vec<&Card> = ALL.iter().map(|i| card(cards, i)).collect();
    let partition = |number: u32| {
        let partition = load::partition(segments, number)?;
        let known = partition.profiles.values().filter(|p| context.people.pseudonym(p.officer).is_some());
        let measured = known.map(|profile| {
            let mut one = Measured { officer: profile.officer, counts: Vec::new(), hits: Vec::new() };
            for (at, (indicator, card)) in ALL.iter().zip(&cards).enumerate() {
                let measure = (indicator.measure)(profile, context, card);
                one.counts.push((measure.value, measure.exposure));
                one.hits.extend(measure.hit.map(|hit| (at, hit)));
            }
            one
        });
        let measured: Vec<Measured> = measured.collect();
        steps.one()?;
        Ok((measured, partition.rows))
    };
    let parts: Result<Vec<_>, AnalyseError> =
        (0..segments.partitions()).into_par_iter().map(partition).collect();
    let (mut all, mut rows) = (Vec::new(), Rows::new());
    for kind in [SourceKind::Officers, SourceKind::Authorities] {
        rows.insert(kind, context.rows.get(&kind).copied().unwrap_or(0));
    }
    for (measured, part_rows) in parts? {
        all.extend(measured);
        part_rows.into_iter().for_each(|(kind, n)| *rows.entry(kind).or_default() += n);
    }
    Ok((all, rows))
}

fn card<'a>(cards: &'a Cards, indicator: &Indicator) -> &'a Card {
    cards.get(indicator.id).expect("every indicator has a shipped card: tested")
}

/// The day on which attributes are taken for peers: the last of any duty, else of anything cited.
fn last_day(measured: &[Measured], context: &Context<'_>) -> i32 {
    let cited =
        measured.iter().flat_map(|m| &m.hits).flat_map(|(_, hit)| &hit.evidence).map(|row| row.at).max();
    let duties = context.duty_period.map(|(_, last)| last);
    duties.or(cited.map(|at| context.day(at))).unwrap_or(0)
}

/// Everything the last pass needs.
struct Run<'a> {
    context: &'a Context<'a>,
    rows: Rows,
    day: i32,
    cards: &'a Cards,
}

impl Run<'_> {
    fn conclude(&self, measured: Vec<Measured>, options: &Options<'_>) -> Analysis {
        let mut analysis = Analysis {
            leads: Vec::new(),
            skipped: Vec::new(),
            expected_false: Vec::new(),
            baselines: Vec::new(),
            counts: Vec::new(),
            plain_counts: Vec::new(),
            officers: measured.len() as u32,
            rows: self.rows.values().sum(),
            sources: self.rows.iter().map(|(kind, rows)| SourceRows { kind: *kind, rows: *rows }).collect(),
            cards: self.cards.hash(),
        };
        let mut hits: Vec<Vec<(OfficerIndex, Hit)>> = ALL.iter().map(|_| Vec::new()).collect();
        let mut counted: Vec<Vec<Counted>> = ALL.iter().map(|_| Vec::new()).collect();
        for one in measured {
            for (at, (value, exposure)) in one.counts.into_iter().enumerate() {
                counted[at].push(Counted { officer: one.officer, value, exposure });
            }
            one.hits.into_iter().for_each(|(at, hit)| hits[at].push((one.officer, hit)));
        }
        let mut findings = Vec::new();
        for ((indicator, hits), counted) in ALL.iter().zip(hits).zip(&counted) {
            findings.extend(self.indicator(indicator, hits, counted, &mut analysis));
        }
        let sharing = Sharing::new(self.context, self.day, options.seed);
        analysis.leads = lead::join(findings, self.context, &sharing);
        analysis
    }

    fn has(&self, kind: SourceKind) -> bool {
        self.rows.get(&kind).is_some_and(|rows| *rows > 0)
    }

    /// Why an indicator says nothing at all, if it does not.
    fn without_source(&self, indicator: &Indicator) -> Option<Skipped> {
        let missing: Vec<SourceKind> = indicator.needs.iter().copied().filter(|k| !self.has(*k)).collect();
        let none_of = !indicator.needs_any.is_empty() && !indicator.needs_any.iter().any(|k| self.has(*k));
        if missing.is_empty() && !none_of {
            return None;
        }
        let missing = if missing.is_empty() { indicator.needs_any } else { &missing };
        let titles: Vec<String> = missing.iter().map(|k| SourceSchema::of(*k).title.to_lowercase()).collect();
        let message = format!("No {} imported.", titles.join(if none_of { " or " } else { " and no " }));
        Some(Skipped { indicator: indicator.id.to_owned(), reason: "no_source".to_owned(), message })
    }

    fn indicator(
        &self,
        indicator: &Indicator,
        hits: Vec<(OfficerIndex, Hit)>,
        counted: &[Counted],
        analysis: &mut Analysis,
    ) -> Vec<(OfficerIndex, Finding)> {
        let card = card(self.cards, indicator);
        if let Some(skipped) = self.without_source(indicator) {
            analysis.skipped.push(skipped);
            return Vec::new();
        }
        let comparison = indicator
            .exposure
            .filter(|e| self.has(e.source()))
            .and_then(|e| Comparison::new(counted, e, indicator.counts, self.context, self.day));
        let statistical = card.nature == Nature::Statistical;
        if let (true, Some(exposure)) = (statistical, indicator.exposure) {
            let exposed = self.has(exposure.source()) && counted.iter().any(|c| c.exposure > 0);
            if !exposed {
                let message =
                    format!("No exposure: no {} to compare by. Plain counts are shown.", exposure.unit());
                let (indicator_id, reason) = (indicator.id.to_owned(), "no_exposure".to_owned());
                analysis.skipped.push(Skipped { indicator: indicator_id, reason, message });
                analysis.plain_counts.push(plain_counts(indicator, counted));
                return Vec::new();
            }
        }
        let listed: Vec<(OfficerIndex, Finding)> = hits
            .into_iter()
            .filter(|(officer, _)| !statistical || borne_out(comparison.as_ref(), *officer, card))
            .filter_map(|(officer, hit)| {
                let standing = comparison.as_ref().and_then(|c| c.standing(officer));
                Some((officer, self.finding(officer, hit, standing, card)?))
            })
            .collect();
        let measured = counted.iter().filter(|c| indicator.exposure.is_none() || c.exposure > 0).count();
        let (id, findings) = (indicator.id.to_owned(), listed.len() as u32);
        analysis.counts.push(IndicatorCount { indicator: id, officers: measured as u32, findings });
        if statistical {
            proportion(indicator, card, comparison.as_ref(), listed.len(), analysis);
        }
        listed
    }

    /// A finding with everything needed to recompute it; `None` for an officer the store does not know.
    fn finding(
        &self,
        officer: OfficerIndex,
        hit: Hit,
        standing: Option<Standing>,
        card: &Card,
    ) -> Option<Finding> {
        let statistical = card.nature == Nature::Statistical;
        let mut evidence = hit.evidence;
        evidence.sort_by(|a, b| {
            let by_content = (a.at, a.kind, a.until, &a.cells).cmp(&(b.at, b.kind, b.until, &b.cells));
            by_content.then((a.import, a.row).cmp(&(b.import, b.row)))
        });
        let days = evidence
            .iter()
            .flat_map(|row| [row.at, (row.until - 1).max(row.at)])
            .map(|at| self.context.day(at));
        let (first_day, last_day) = (days.clone().min().unwrap_or(0), days.max().unwrap_or(0));
        let (sentence, mut arithmetic) = (filled(&hit.sentence, standing.as_ref()), hit.arithmetic);
        arithmetic.extend(standing.iter().flat_map(|s| s.arithmetic.clone()));
        let tail = standing.as_ref().filter(|_| statistical).map(|s| wording::probability(s.adjusted));
        let strength = standing.as_ref().filter(|_| statistical).map_or(hit.strength, |s| s.strength);
        Some(Finding {
            indicator: card.id.clone(),
            title: card.title.clone(),
            officer: self.context.people.pseudonym(officer)?,
            nature: card.nature,
            route: card.route,
            sources: hit.sources,
            sentence,
            arithmetic,
            peers: standing.map(|s| s.peers),
            evidence_columns: hit.evidence_columns,
            evidence,
            innocent_explanations: card.innocent_explanations.clone(),
            what_would_clear_it: card.what_would_clear_it.clone(),
            counter_evidence: hit.counter_evidence,
            first_day,
            last_day,
            strength,
            tail,
        })
    }
}

/// Whether the peers bear out a statistical hit at the card's false-discovery rate.
fn borne_out(comparison: Option<&Comparison>, officer: OfficerIndex, card: &Card) -> bool {
    let limit = card.value("false_discovery_percent") as f64 / 100.0;
    comparison.is_some_and(|c| c.adjusted(officer) <= limit)
}

fn filled(sentence: &str, standing: Option<&Standing>) -> String {
    let Some(standing) = standing else { return sentence.to_owned() };
    let values = [
        ("exposure", standing.exposure.clone()),
        ("expected", standing.peers.expected.clone()),
        ("ratio", standing.peers.ratio.clone()),
        ("group", standing.peers.group.clone()),
    ];
    wording::fill(sentence, &values)
}

/// What a reader needs beside the findings of a statistical indicator.
fn proportion(
    indicator: &Indicator,
    card: &Card,
    comparison: Option<&Comparison>,
    listed: usize,
    analysis: &mut Analysis,
) {
    let percent = card.value("false_discovery_percent");
    let compared = comparison.map_or(0, Comparison::size);
    let expected = decimal(listed as f64 * percent as f64 / 100.0);
    let text = format!(
        "{} listed of {} compared; at a false-discovery rate of {percent} % about {expected} of them may be chance.",
        thousands(listed as i64),
        thousands(compared as i64),
    );
    analysis.expected_false.push((indicator.id.to_owned(), text));
    if let Some((officers, limit)) = comparison.map(Comparison::plain_rule) {
        let text = format!(
            "A plain rule, more than {} {} (mean and two standard deviations), would list {}.",
            decimal(limit),
            indicator.counts,
            thousands(i64::from(officers))
        );
        analysis.baselines.push(Baseline { indicator: indicator.id.to_owned(), officers, text });
    }
}

fn plain_counts(indicator: &Indicator, counted: &[Counted]) -> PlainCounts {
    let mut spread: BTreeMap<u32, u32> = BTreeMap::new();
    for one in counted.iter().filter(|c| c.value > 0) {
        *spread.entry(one.value).or_default() += 1;
    }
    PlainCounts {
        indicator: indicator.id.to_owned(),
        unit: indicator.counts.to_owned(),
        total: counted.iter().map(|c| u64::from(c.value)).sum(),
        officers_with_any: spread.values().sum(),
        highest: spread.keys().next_back().copied().unwrap_or(0),
        spread: spread.into_iter().collect(),
    }
}
