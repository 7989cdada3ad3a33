//! The run: context, partitions in parallel, then `conclude` over everyone.

use crate::card::{Card, Cards};
use crate::conclude::Run;
use crate::context::{self, Context, SizeError, Sizes};
use crate::explain::{self, Reason, Rules, Tally};
use crate::indicators::{ALL, Indicator, Test};
use crate::input::{LoadError, Options, People, Segments};
use crate::kept;
use crate::load;
use crate::measure::Hit;
use crate::overlap::Periods;
use crate::profile::Profile;
use crate::result::{Analysis, Explained};
use model::time::{self, Calendar};
use model::{OfficerIndex, SourceKind};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

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
    #[error(transparent)]
    Size(#[from] SizeError),
}

/// One officer's measures: value and exposure of each indicator in the order of `ALL`, and the hits among them.
pub(crate) struct Measured {
    pub officer: OfficerIndex,
    pub counts: Vec<(u32, i64)>,
    pub hits: Vec<(usize, Hit)>,
    /// Numbers for the tests of everyone at once.
    pub taken: Vec<(usize, Vec<i64>)>,
    /// Why indicators could not judge the officer, by wordings of their cards.
    pub unjudged: Vec<(usize, &'static str)>,
    /// Up to which value of each threshold of a card the officer would be found, as it is kept.
    pub holds: Vec<(usize, Vec<u32>)>,
}

impl Measured {
    fn of(officer: OfficerIndex) -> Self {
        Self {
            officer,
            counts: Vec::new(),
            hits: Vec::new(),
            taken: Vec::new(),
            unjudged: Vec::new(),
            holds: Vec::new(),
        }
    }

    fn take(
        &mut self,
        at: usize,
        indicator: &Indicator,
        profile: &Profile,
        context: &Context<'_>,
        card: &Card,
    ) {
        match &indicator.test {
            Test::Officer(measure) => {
                let measure = measure(profile, context, card);
                let holds = kept::holds(&measure, card);
                self.holds.extend(holds.iter().any(|up_to| *up_to > 0).then_some((at, holds)));
                self.counts.push((measure.value, measure.exposure));
                self.hits.extend(measure.hit.map(|hit| (at, hit)));
                self.unjudged.extend(measure.unjudged.map(|why| (at, why)));
            }
            Test::Force(together) | Test::Raise(together) => {
                let taken = (together.take)(profile, context, card);
                self.counts.push((0, 0));
                self.taken.extend((!taken.is_empty()).then_some((at, taken)));
            }
        }
    }
}

/// Measures, compares and joins: the same input and cards give the same bytes, locators apart.
pub fn analyse(
    segments: &dyn Segments,
    people: &People,
    cards: &Cards,
    options: &Options<'_>,
) -> Result<Analysis, AnalyseError> {
    let calendar = Calendar::new(time::zone(&options.zone).ok_or(AnalyseError::Zone)?);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let pool = pool.map_err(|_| AnalyseError::Threads)?;
    let steps = Steps { done: AtomicU32::new(0), all: segments.partitions() * 2 + 1, options };
    let context = pool.install(|| gather(segments, people, calendar, &steps))?;
    let Read { mut measured, rows, periods, tally } =
        pool.install(|| measure(segments, &context, cards, &steps))?;
    // The store's numbering of officers must not show in any sum or order.
    measured.sort_by_key(|m| people.pseudonym(m.officer));
    let run = Run { context: &context, rows, periods, day: last_day(&measured, &context), cards };
    let analysis = pool.install(|| run.conclude(measured, options));
    steps.one()?;
    Ok(Analysis { explained: explained(&tally), ..analysis })
}

/// All look-ups by reason, those without one last.
fn explained(tally: &Tally) -> Vec<Explained> {
    let reasons = Reason::EXPLAINING.into_iter().chain([Reason::NothingNamed, Reason::None]);
    let each = reasons.map(|reason| Explained { reason, look_ups: tally.count(reason) });
    each.filter(|e| e.look_ups > 0).collect()
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
    calendar: Calendar,
    steps: &Steps<'_>,
) -> Result<Context<'a>, AnalyseError> {
    let (sizes, limit) = (Mutex::new(Sizes::default()), steps.options.context_bytes);
    let part = |number: u32| {
        let part = context::part(segments, number, &calendar)?;
        let mut all = sizes.lock().unwrap_or_else(PoisonError::into_inner);
        all.add(part.sizes());
        all.check(limit)?;
        drop(all);
        steps.one()?;
        Ok(part)
    };
    let parts: Result<Vec<_>, AnalyseError> = (0..segments.partitions()).into_par_iter().map(part).collect();
    let context = Context::join(parts?, people, calendar);
    context.sizes().check(limit)?;
    Ok(context)
}

pub(crate) type Rows = BTreeMap<SourceKind, u64>;

/// What the pass over the partitions leaves.
#[derive(Default)]
struct Read {
    measured: Vec<Measured>,
    rows: Rows,
    periods: Periods,
    tally: Tally,
}

fn measure(
    segments: &dyn Segments,
    context: &Context<'_>,
    cards: &Cards,
    steps: &Steps<'_>,
) -> Result<Read, AnalyseError> {
    let rules =
        Rules::of(cards.get(explain::CARD).expect("the card that holds the rules is shipped: tested"));
    let cards: Vec<&Card> = ALL.iter().map(|i| card(cards, i)).collect();
    let partition = |number: u32| {
        let mut partition = load::partition(segments, number)?;
        let mut tally = Tally::default();
        let (rows, periods) = (std::mem::take(&mut partition.rows), std::mem::take(&mut partition.periods));
        for profile in partition.profiles.values_mut() {
            profile.reasons = explain::reasons(profile, context, &rules);
            tally.add(&Tally::of(profile));
        }
        let known = partition.profiles.values().filter(|p| context.people.pseudonym(p.officer).is_some());
        let measured = known.map(|profile| {
            let mut one = Measured::of(profile.officer);
            for (at, (indicator, card)) in ALL.iter().zip(&cards).enumerate() {
                one.take(at, indicator, profile, context, card);
            }
            one
        });
        let measured: Vec<Measured> = measured.collect();
        steps.one()?;
        Ok(Read { measured, rows, periods, tally })
    };
    let parts: Result<Vec<_>, AnalyseError> =
        (0..segments.partitions()).into_par_iter().map(partition).collect();
    let mut all = Read::default();
    for kind in [SourceKind::Officers, SourceKind::Authorities] {
        all.rows.insert(kind, context.rows.get(&kind).copied().unwrap_or(0));
    }
    for part in parts? {
        all.measured.extend(part.measured);
        all.tally.add(&part.tally);
        all.periods.join(&part.periods);
        part.rows.into_iter().for_each(|(kind, n)| *all.rows.entry(kind).or_default() += n);
    }
    Ok(all)
}

pub(crate) fn card<'a>(cards: &'a Cards, indicator: &Indicator) -> &'a Card {
    cards.get(indicator.id).expect("every indicator has a shipped card: tested")
}

/// The day on which attributes are taken for peers: the last of any duty, else of anything cited.
fn last_day(measured: &[Measured], context: &Context<'_>) -> i32 {
    let cited =
        measured.iter().flat_map(|m| &m.hits).flat_map(|(_, hit)| &hit.evidence).map(|row| row.at).max();
    let duties = context.duty_period.map(|(_, last)| last);
    duties.or(cited.map(|at| context.day(at))).unwrap_or(0)
}
