//! The last pass: peers, false discovery and leads over everyone.

use crate::analyse::{Measured, Rows, card};
use crate::card::{Card, Cards};
use crate::context::Context;
use crate::indicators::{ALL, Indicator, Test};
use crate::input::Options;
use crate::lead::{self, Sharing};
use crate::measure::Hit;
use crate::peers::{Comparison, Counted, Standing};
use crate::result::{Analysis, Baseline, IndicatorCount, PlainCounts, SourceRows};
use crate::together::{Everyone, Judged, Together};
use crate::wording::{self, decimal, thousands};
use model::{Finding, Nature, OfficerIndex, Peers, Skipped, SourceKind, SourceSchema, Subject};
use std::collections::BTreeMap;

/// Everything the last pass needs.
pub(crate) struct Run<'a> {
    pub context: &'a Context<'a>,
    pub rows: Rows,
    pub day: i32,
    pub cards: &'a Cards,
}

impl Run<'_> {
    /// Judges what was measured, and joins the findings into leads.
    pub fn conclude(&self, measured: Vec<Measured>, options: &Options<'_>) -> Analysis {
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
        let mut taken: Vec<Vec<(OfficerIndex, Vec<i64>)>> = ALL.iter().map(|_| Vec::new()).collect();
        for one in measured {
            for (at, (value, exposure)) in one.counts.into_iter().enumerate() {
                counted[at].push(Counted { officer: one.officer, value, exposure });
            }
            one.hits.into_iter().for_each(|(at, hit)| hits[at].push((one.officer, hit)));
            one.taken.into_iter().for_each(|(at, numbers)| taken[at].push((one.officer, numbers)));
        }
        let sharing = Sharing::new(self.context, self.day, options.seed);
        let (mut findings, mut raising) = (Vec::new(), Vec::new());
        for (at, (indicator, hits)) in ALL.iter().zip(hits).enumerate() {
            let seen = Everyone {
                context: self.context,
                sharing: &sharing,
                day: self.day,
                seed: options.seed,
                taken: &taken[at],
            };
            match &indicator.test {
                Test::Officer(_) => {
                    findings.extend(self.indicator(indicator, hits, &counted[at], &mut analysis))
                }
                Test::Force(test) => findings.extend(self.together(indicator, test, &seen, &mut analysis)),
                Test::Raise(test) => raising.extend(self.together(indicator, test, &seen, &mut analysis)),
            }
        }
        analysis.leads = lead::join(findings, raising, self.context, &sharing);
        analysis
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
    ) -> Vec<Finding> {
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
        let listed: Vec<Finding> = hits
            .into_iter()
            .filter(|(officer, _)| !statistical || borne_out(comparison.as_ref(), *officer, card))
            .filter_map(|(officer, hit)| {
                let standing = comparison.as_ref().and_then(|c| c.standing(officer));
                self.finding(officer, hit, standing, card)
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
