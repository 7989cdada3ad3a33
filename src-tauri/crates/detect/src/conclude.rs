//! The last pass: peers, false discovery and leads over everyone.

use crate::analyse::{Measured, Rows, card};
use crate::card::{Card, Cards};
use crate::context::Context;
use crate::corroborate::{self, Voice};
use crate::indicators::{ALL, Exposure, Indicator, Test};
use crate::input::Options;
use crate::kept::{self, DUTY_HOURS, Kept, Marks};
use crate::lead::{self, Sharing};
use crate::measure::Hit;
use crate::overlap::Periods;
use crate::peers::{Comparison, Counted, Standing};
use crate::proportion;
use crate::result::{Analysis, Baseline, IndicatorCount, SourceRows};
use crate::spent::Spent;
use crate::stats::discovery::Budget;
use crate::together::{Everyone, Judged, Measures, Together};
use crate::wording;
use model::{Finding, Nature, OfficerIndex, Peers, Pseudonym, Skipped, SourceKind, SourceSchema, Subject};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// Why claims are not held against presence that came before them.
const PRESENCE_FIRST: &str = "Presence was imported before the claims: what lay outside duties was dropped then, so a claim \
    without a trace is unknown, not absent. A new export of presence, imported now, can be held against them.";

/// Why roster edits that say nothing of gains are not counted as edits without gain.
const NO_GAINS: &str = "No roster edit says how many minutes it gained: the column is missing or empty, so that edits for \
    gain cannot be told from others.";

/// Everything the last pass needs.
pub(crate) struct Run<'a> {
    pub context: &'a Context<'a>,
    pub rows: Rows,
    pub periods: Periods,
    pub day: i32,
    pub cards: &'a Cards,
}

impl Run<'_> {
    /// Judges what was measured, and joins the findings into leads.
    pub fn conclude(&self, measured: Vec<Measured>, options: &Options<'_>) -> Analysis {
        let mut analysis = Analysis {
            leads: Vec::new(),
            skipped: Vec::new(),
            limited: self.limited(&measured),
            expected_false: Vec::new(),
            baselines: Vec::new(),
            counts: Vec::new(),
            plain_counts: Vec::new(),
            explained: Vec::new(),
            officers: measured.len() as u32,
            rows: self.rows.values().sum(),
            sources: self.rows.iter().map(|(kind, rows)| SourceRows { kind: *kind, rows: *rows }).collect(),
            cards: self.cards.hash(),
            tests: 0,
            measures: Vec::new(),
        };
        let mut hits: Vec<Vec<(OfficerIndex, Hit)>> = ALL.iter().map(|_| Vec::new()).collect();
        let mut counted: Vec<Vec<Counted>> = ALL.iter().map(|_| Vec::new()).collect();
        let mut taken: Vec<Vec<(OfficerIndex, Vec<i64>)>> = ALL.iter().map(|_| Vec::new()).collect();
        let mut holds: Vec<Holds> = ALL.iter().map(|_| Holds::new()).collect();
        for one in measured {
            one.holds.into_iter().for_each(|(at, up_to)| drop(holds[at].insert(one.officer, up_to)));
            for (at, (value, exposure)) in one.counts.into_iter().enumerate() {
                counted[at].push(Counted { officer: one.officer, value, exposure });
            }
            one.hits.into_iter().for_each(|(at, hit)| hits[at].push((one.officer, hit)));
            one.taken.into_iter().for_each(|(at, numbers)| taken[at].push((one.officer, numbers)));
        }
        let sharing = Sharing::new(self.context, self.day, options.seed);
        let comparisons: Vec<Option<Comparison>> = ALL
            .par_iter()
            .zip(&counted)
            .map(|(indicator, counted)| self.compare(indicator, counted))
            .collect();
        let spent = self.spend(&comparisons, &hits, options.previous_runs);
        let measures = self.measures(&counted, &comparisons);
        analysis.tests = spent.budget.tests;
        let (mut findings, mut raising) = (Vec::new(), Vec::new());
        for (at, (indicator, hits)) in ALL.iter().zip(hits).enumerate() {
            let seen = Everyone {
                context: self.context,
                sharing: &sharing,
                day: self.day,
                seed: options.seed,
                budget: spent.budget,
                taken: &taken[at],
                measures: &measures,
            };
            match &indicator.test {
                Test::Officer(_) => {
                    let compared = Compared {
                        comparison: comparisons[at].as_ref(),
                        counted: &counted[at],
                        holds: &holds[at],
                    };
                    findings.extend(self.indicator(indicator, hits, compared, &spent, &mut analysis));
                }
                Test::Force(test) => findings.extend(self.together(indicator, test, &seen, &mut analysis)),
                Test::Raise(test) => raising.extend(self.together(indicator, test, &seen, &mut analysis)),
            }
        }
        let hours = ALL.iter().position(|i| i.exposure == Some(Exposure::DutyHours));
        analysis.measures.extend(hours.map(|at| self.hours(&counted[at])));
        analysis.leads = lead::join(findings, raising, self.context, &sharing);
        analysis
    }

    /// The measures of every indicator that looks at one officer at a time and has what it needs.
    fn measures<'a>(
        &'a self,
        counted: &'a [Vec<Counted>],
        comparisons: &'a [Option<Comparison>],
    ) -> Vec<Measures<'a>> {
        let each = ALL.iter().zip(counted).zip(comparisons);
        each.filter(|((i, _), _)| matches!(i.test, Test::Officer(_)) && self.without_source(i).is_none())
            .map(|((indicator, counted), comparison)| Measures {
                card: card(self.cards, indicator),
                counts: indicator.counts,
                counted,
                comparison: comparison.as_ref(),
            })
            .collect()
    }

    /// The comparison of an indicator that has what it needs, and an exposure.
    fn compare(&self, indicator: &Indicator, counted: &[Counted]) -> Option<Comparison> {
        let exposure = indicator.exposure.filter(|e| self.has(e.source()))?;
        if self.without_source(indicator).is_some() {
            return None;
        }
        Comparison::new(counted, exposure, indicator.counts, self.context, self.day)
    }

    /// How many tests share the false-discovery rate, and whom independent sources list together.
    fn spend(
        &self,
        comparisons: &[Option<Comparison>],
        hits: &[Vec<(OfficerIndex, Hit)>],
        previous_runs: u32,
    ) -> Spent {
        let (mut voices, mut tests, mut rates) = (Vec::new(), 0, BTreeMap::new());
        for ((indicator, comparison), hits) in ALL.iter().zip(comparisons).zip(hits) {
            let card = card(self.cards, indicator);
            if card.nature != Nature::Statistical {
                continue;
            }
            if matches!(indicator.test, Test::Force(_)) && self.without_source(indicator).is_none() {
                tests += 1;
            }
            if let Some(comparison) = comparison {
                tests += 1;
                let hits = hits.iter().map(|(officer, _)| *officer).collect();
                voices.push(Voice { route: card.route, source: card.sources[0], comparison, hits });
                let rate: &mut f64 = rates.entry(card.route).or_insert(1.0);
                *rate = rate.min(card.false_discovery());
            }
        }
        let joint = corroborate::routes(&voices);
        let budget = Budget { tests: tests + joint.len() as u32, previous_runs };
        let listed = |route| (route, corroborate::listed(&voices, route, budget.level(rates[&route])));
        let together = joint.into_iter().map(listed).collect();
        Spent { budget, together }
    }

    /// A test of everyone at once, and what a reader needs beside it.
    fn together(
        &self,
        indicator: &Indicator,
        test: &Together,
        seen: &Everyone<'_>,
        analysis: &mut Analysis,
    ) -> Vec<Finding> {
        if let Some(skipped) = self.without_source(indicator) {
            analysis.skipped.push(skipped);
            return Vec::new();
        }
        let card = card(self.cards, indicator);
        let said = (test.judge)(seen, card);
        let id = || indicator.id.to_owned();
        if let Some((reason, message)) = said.skipped {
            analysis.skipped.push(Skipped { indicator: id(), reason: reason.to_owned(), message });
            return Vec::new();
        }
        let findings = said.found.len() as u32;
        analysis.counts.push(IndicatorCount { indicator: id(), officers: said.compared, findings });
        analysis.expected_false.extend(said.expected_false.map(|text| (id(), text)));
        let baseline = said.baseline.map(|(officers, text)| Baseline { indicator: id(), officers, text });
        analysis.baselines.extend(baseline);
        let finding = |j: Judged| {
            let strength = j.hit.strength;
            self.cite(j.subject, j.hit, card, Weight { peers: j.peers, tail: j.tail, strength })
        };
        said.found.into_iter().map(finding).collect()
    }

    fn has(&self, kind: SourceKind) -> bool {
        self.rows.get(&kind).is_some_and(|rows| *rows > 0)
    }

    /// Why an indicator says nothing at all, if it does not.
    fn without_source(&self, indicator: &Indicator) -> Option<Skipped> {
        let missing: Vec<SourceKind> = indicator.needs.iter().copied().filter(|k| !self.has(*k)).collect();
        let none_of = !indicator.needs_any.is_empty() && !indicator.needs_any.iter().any(|k| self.has(*k));
        let skipped = |reason: &str, message: String| {
            Some(Skipped { indicator: indicator.id.to_owned(), reason: reason.to_owned(), message })
        };
        if missing.is_empty() && !none_of {
            let nature = card(self.cards, indicator).nature;
            if let Some(apart) = self.periods.without_overlap(indicator, nature) {
                return skipped("no_overlap", self.periods.sentence(apart, &self.context.calendar.zone));
            }
            if indicator.needs.contains(&SourceKind::RosterEdits) && !self.context.gains_named {
                return skipped("no_gains", NO_GAINS.to_owned());
            }
            let first = self.periods.presence_first(indicator).then_some(PRESENCE_FIRST)?;
            return skipped("presence_first", first.to_owned());
        }
        let missing = if missing.is_empty() { indicator.needs_any } else { &missing };
        let titles: Vec<String> = missing.iter().map(|k| SourceSchema::of(*k).title.to_lowercase()).collect();
        let message = format!("No {} imported.", titles.join(if none_of { " or " } else { " and no " }));
        skipped("no_source", message)
    }

    /// What indicators that ran could not judge, and of how many people.
    fn limited(&self, measured: &[Measured]) -> Vec<Skipped> {
        let mut people: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (at, why) in measured.iter().flat_map(|one| &one.unjudged) {
            *people.entry((*at, *why)).or_default() += 1;
        }
        let ran = people.into_iter().filter(|((at, _), _)| self.without_source(&ALL[*at]).is_none());
        let limit = |((at, why), people): ((usize, &str), usize)| {
            let card = card(self.cards, &ALL[at]);
            let message = card.filled(why, &[("people", wording::count(people, "person", "people"))]);
            Skipped { indicator: card.id.clone(), reason: why.to_owned(), message }
        };
        ran.map(limit).collect()
    }

    fn indicator(
        &self,
        indicator: &Indicator,
        hits: Vec<(OfficerIndex, Hit)>,
        compared: Compared<'_>,
        spent: &Spent,
        analysis: &mut Analysis,
    ) -> Vec<Finding> {
        let card = card(self.cards, indicator);
        if let Some(skipped) = self.without_source(indicator) {
            analysis.skipped.push(skipped);
            return Vec::new();
        }
        let Compared { comparison, counted, holds } = compared;
        let statistical = card.nature == Nature::Statistical;
        if let (true, Some(exposure)) = (statistical, indicator.exposure) {
            let exposed = self.has(exposure.source()) && counted.iter().any(|c| c.exposure > 0);
            if !exposed {
                let message =
                    format!("No exposure: no {} to compare by. Plain counts are shown.", exposure.unit());
                let (indicator_id, reason) = (indicator.id.to_owned(), "no_exposure".to_owned());
                analysis.skipped.push(Skipped { indicator: indicator_id, reason, message });
                analysis.plain_counts.push(proportion::plain_counts(indicator, counted));
                return Vec::new();
            }
        }
        let hit: HashSet<OfficerIndex> = hits.iter().map(|(officer, _)| *officer).collect();
        let listed: Vec<Finding> = hits
            .into_iter()
            .filter_map(|(officer, hit)| {
                let mut standing = comparison.and_then(|c| c.standing(officer));
                if statistical {
                    let listed = spent.lists(officer, comparison?, card)?;
                    standing.iter_mut().for_each(|s| s.arithmetic.push(listed.clone()));
                }
                self.finding(officer, hit, standing, card)
            })
            .collect();
        let names: HashSet<Pseudonym> = listed.iter().filter_map(|f| f.subject.officer()).collect();
        let keep = |c: &Counted| {
            let officer = self.context.people.pseudonym(c.officer)?;
            let own = comparison.filter(|_| statistical);
            let joint = own.is_some_and(|own| spent.joint(c.officer, own, card).is_some());
            let marks = Marks { hit: hit.contains(&c.officer), listed: names.contains(&officer), joint };
            let holds = holds.get(&c.officer).cloned().unwrap_or_else(|| vec![0; card.thresholds().count()]);
            Some(Kept::new(officer, c.value, own.map(|own| own.adjusted(c.officer)), marks).up_to(holds))
        };
        let anything = |c: &&Counted| c.value > 0 || holds.contains_key(&c.officer);
        let kept = counted.iter().filter(anything).filter_map(keep).collect();
        analysis.measures.push(kept::Measures { indicator: indicator.id.to_owned(), kept });
        let measured = counted.iter().filter(|c| indicator.exposure.is_none() || c.exposure > 0).count();
        let (id, findings) = (indicator.id.to_owned(), listed.len() as u32);
        analysis.counts.push(IndicatorCount { indicator: id, officers: measured as u32, findings });
        if let (true, Some(comparison)) = (statistical, comparison) {
            let (listed, compared) = (listed.len(), comparison.size());
            let mut chance =
                proportion::expected_false(listed, compared, card.false_discovery(), spent.budget);
            chance += &proportion::left_out(indicator, counted);
            analysis.expected_false.push((indicator.id.to_owned(), chance));
            analysis.baselines.push(proportion::baseline(indicator, comparison));
        }
        listed
    }

    /// Whole duty hours of everyone who has any, for the audit of leads against exposure.
    fn hours(&self, counted: &[Counted]) -> kept::Measures {
        let hours = |c: &Counted| u32::try_from(c.exposure / 1000).unwrap_or(u32::MAX);
        let kept = counted.iter().filter(|c| hours(c) > 0).filter_map(|c| {
            Some(Kept::new(self.context.people.pseudonym(c.officer)?, hours(c), None, Marks::default()))
        });
        kept::Measures { indicator: DUTY_HOURS.to_owned(), kept: kept.collect() }
    }

    /// An officer's finding beside their peers; `None` for an officer the store does not know.
    fn finding(
        &self,
        officer: OfficerIndex,
        mut hit: Hit,
        standing: Option<Standing>,
        card: &Card,
    ) -> Option<Finding> {
        let subject = Subject::Officer(self.context.people.pseudonym(officer)?);
        let compared = standing.as_ref().filter(|_| card.nature == Nature::Statistical);
        let tail = compared.map(|s| wording::probability(s.adjusted));
        let strength = compared.map_or(hit.strength, |s| s.strength);
        hit.sentence = filled(&hit.sentence, standing.as_ref());
        hit.arithmetic.extend(standing.iter().flat_map(|s| s.arithmetic.clone()));
        Some(self.cite(subject, hit, card, Weight { peers: standing.map(|s| s.peers), tail, strength }))
    }

    /// A finding with everything needed to recompute it.
    fn cite(&self, subject: Subject, hit: Hit, card: &Card, weight: Weight) -> Finding {
        let mut evidence = hit.evidence;
        evidence.sort_by(|a, b| {
            let by_content = (a.at, a.kind, a.until, &a.cells).cmp(&(b.at, b.kind, b.until, &b.cells));
            by_content.then((a.import, a.row).cmp(&(b.import, b.row)))
        });
        let days = evidence
            .iter()
            .flat_map(|row| [row.at, (row.until - 1).max(row.at)])
            .map(|at| self.context.day(at));
        // What cites no row, such as a rate of a unit, is about the whole period.
        let period = self.context.duty_period.unwrap_or((self.day, self.day));
        let (first_day, last_day) = (days.clone().min().unwrap_or(period.0), days.max().unwrap_or(period.1));
        Finding {
            indicator: card.id.clone(),
            title: card.title.clone(),
            subject,
            nature: card.nature,
            route: card.route,
            sources: hit.sources,
            sentence: hit.sentence,
            arithmetic: hit.arithmetic,
            peers: weight.peers,
            evidence_columns: hit.evidence_columns,
            evidence,
            innocent_explanations: card.innocent_explanations.clone(),
            what_would_clear_it: card.what_would_clear_it.clone(),
            counter_evidence: hit.counter_evidence,
            first_day,
            last_day,
            strength: weight.strength,
            tail: weight.tail,
        }
    }
}

/// What a comparison adds to a finding.
struct Weight {
    peers: Option<Peers>,
    tail: Option<String>,
    strength: i64,
}

/// What was compared, and what was counted where nothing could be.
struct Compared<'a> {
    comparison: Option<&'a Comparison>,
    counted: &'a [Counted],
    holds: &'a Holds,
}

/// Up to which values of the thresholds each officer would be found.
type Holds = BTreeMap<OfficerIndex, Vec<u32>>;

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
