//! Units whose rates of complaints, sickness, leavers or roster edits stand out from units of their kind. About how a unit
//! is led and loaded, never about a person: only units of ten or more, no row is cited, nobody is named.
//!
//! Every event counts for the unit its person belonged to at that time, and nobody counts for more than three of a kind,
//! so one person alone cannot make a unit stand out. Units are compared per duty hour with the Gamma-Poisson fit of
//! the officers, by unit type; all rates of all units share one false-discovery control.

use super::{Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::measure::{Hit, line};
use crate::peers::{limits, sample};
use crate::profile::Profile;
use crate::roll::{self, MIN_SHARED};
use crate::sickness::spells;
use crate::stats::discovery::adjusted;
use crate::stats::fit::{Fit, LEVELS, Observation};
use crate::together::{Everyone, Judged, Judgement, Together};
use crate::wording::{self, count, decimal, thousands};
use model::{NO_DATE, PeerPoint, Peers, SourceKind, Subject};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "culture-unit",
    needs: &[SourceKind::Officers, SourceKind::Duties],
    needs_any: &[],
    exposure: None,
    counts: "units",
    test: Test::Force(Together { take, judge }),
};

/// What is counted of a unit: its name, in words and as a source.
const RATES: [(&str, SourceKind); 4] = [
    ("complaints", SourceKind::Complaints),
    ("spells of sickness", SourceKind::Absences),
    ("leavers", SourceKind::Officers),
    ("roster edits that add paid time", SourceKind::RosterEdits),
];
/// Numbers per interval of the roll: its first day, thousandths of duty hours, and one count per rate.
const NUMBERS: usize = 2 + RATES.len();
/// Nobody counts for more than this many events of a kind.
const MOST_OF_ONE: i64 = 3;
/// Fewer units than this are no comparison.
const MIN_UNITS: usize = 10;

/// One officer's numbers, interval by interval of the roll.
fn take(profile: &Profile, context: &Context<'_>, _card: &Card) -> Vec<i64> {
    let mut held: BTreeMap<i32, [i64; 1 + RATES.len()]> = BTreeMap::new();
    let mut add = |day: i32, place: usize, number: i64| {
        if let Some(attributes) = context.attributes_on(profile.officer, day) {
            held.entry(attributes.valid.from).or_default()[place] += number;
        }
    };
    for duty in profile.duties.iter().filter(|d| d.is_worked()) {
        add(context.day(duty.span.start), 0, duty.span.seconds() * 1000 / 3600);
    }
    let Some((first, last)) = context.duty_period else { return Vec::new() };
    let mut event = |day: i32, rate: usize| {
        if (first..=last).contains(&day) {
            add(day, 1 + rate, 1);
        }
    };
    let mut matters: BTreeSet<u64> = BTreeSet::new();
    for complaint in &profile.complaints {
        if complaint.matter == 0 || matters.insert(complaint.matter) {
            event(complaint.received, 0);
        }
    }
    spells(profile, context).iter().for_each(|spell| event(spell.first, 1));
    let left = context.attributes_on(profile.officer, last).map_or(NO_DATE, |a| a.left);
    event(left, 2);
    profile.roster_edits.iter().filter(|e| e.gained > 0).for_each(|edit| event(edit.duty_date, 3));
    held.into_iter().flat_map(|(from, numbers)| [i64::from(from)].into_iter().chain(numbers)).collect()
}

/// One unit's sums.
#[derive(Default)]
struct Unit {
    code: String,
    kind: String,
    people: u32,
    /// Thousandths of duty hours.
    hours: i64,
    counts: [i64; RATES.len()],
}

/// One rate of one unit that stands out.
struct Listed {
    rate: usize,
    tail: f64,
    expected: f64,
    ratio: f64,
}

fn least(card: &Card) -> usize {
    (card.value("min_people") as usize).max(MIN_SHARED)
}

/// Units too small to be compared, as a sentence; empty where there are none.
fn left_out(everyone: &Everyone<'_>, card: &Card) -> String {
    let mut small: BTreeSet<String> = BTreeSet::new();
    for (officer, numbers) in everyone.taken {
        for interval in numbers.chunks_exact(NUMBERS) {
            let attributes = everyone.context.attributes_on(*officer, interval[0] as i32);
            let name = attributes.map(|a| roll::squeeze(&a.unit)).unwrap_or_default();
            let large = |(_, people): (_, usize)| people >= least(card);
            if !name.is_empty() && !everyone.sharing.unit(&name).is_some_and(large) {
                small.insert(name);
            }
        }
    }
    match small.len() {
        0 => String::new(),
        1 => format!(" 1 unit of fewer than {} people is not compared.", least(card)),
        n => format!(" {n} units of fewer than {} people are not compared.", least(card)),
    }
}

fn judge(everyone: &Everyone<'_>, card: &Card) -> Judgement {
    let units = units(everyone, card);
    if units.len() < MIN_UNITS {
        let text = format!(
            "{} of ten or more people with duty hours; {MIN_UNITS} are needed for a comparison.",
            count(units.len(), "unit", "units")
        );
        return Judgement { skipped: Some(("too_few_units", text)), ..Judgement::default() };
    }
    let fits: Vec<Option<(Vec<Observation>, Fit)>> = (0..RATES.len()).map(|rate| fit(&units, rate)).collect();
    // One control over all rates of all units; a rate of which nothing was counted is no test.
    let tails: Vec<(usize, usize, f64)> = fits
        .iter()
        .enumerate()
        .filter_map(|(rate, fit)| Some((rate, fit.as_ref()?.1.tails())))
        .flat_map(|(rate, tails)| tails.into_iter().enumerate().map(move |(unit, tail)| (rate, unit, tail)))
        .collect();
    let shared = adjusted(&tails.iter().map(|(.., tail)| *tail).collect::<Vec<_>>());
    let level = everyone.level(card);
    let mut listed: BTreeMap<usize, Vec<Listed>> = BTreeMap::new();
    for ((rate, unit, _), tail) in tails.iter().zip(shared).filter(|(_, tail)| *tail <= level) {
        let Some((seen, fit)) = &fits[*rate] else { continue };
        let expected = fit.expect(*unit);
        let ratio = expected.predictive(seen[*unit].exposure).rate_ratio(seen[*unit].value).0;
        listed.entry(*unit).or_default().push(Listed { rate: *rate, tail, expected: expected.mean, ratio });
    }
    let found: Vec<Judged> =
        listed.into_iter().map(|(at, listed)| finding(&units, at, listed, &fits, card)).collect();
    Judgement {
        compared: units.len() as u32,
        expected_false: Some(
            everyone.expected_false(found.len(), units.len(), card) + &left_out(everyone, card),
        ),
        baseline: Some(plain_rule(&units)),
        found,
        skipped: None,
    }
}

/// Units that are large enough, in order of code.
fn units(everyone: &Everyone<'_>, card: &Card) -> Vec<Unit> {
    let least = least(card);
    let mut units: BTreeMap<String, Unit> = BTreeMap::new();
    for (officer, numbers) in everyone.taken {
        let mut own: BTreeMap<String, (String, [i64; 1 + RATES.len()])> = BTreeMap::new();
        for interval in numbers.chunks_exact(NUMBERS) {
            let Some(attributes) = everyone.context.attributes_on(*officer, interval[0] as i32) else {
                continue;
            };
            let name = roll::squeeze(&attributes.unit);
            let known = everyone.sharing.unit(&name).filter(|(_, people)| *people >= least);
            let Some((code, _)) = known else { continue };
            let kind = roll::squeeze(&attributes.unit_type);
            let sums = &mut own.entry(code.to_owned()).or_insert((kind, Default::default())).1;
            sums.iter_mut().zip(&interval[1..]).for_each(|(sum, number)| *sum += number);
        }
        for (code, (kind, sums)) in own.into_iter().filter(|(_, (_, sums))| sums[0] > 0) {
            let unit = units.entry(code.clone()).or_insert(Unit { code, kind, ..Unit::default() });
            unit.people += 1;
            unit.hours += sums[0];
            unit.counts
                .iter_mut()
                .zip(&sums[1..])
                .for_each(|(sum, number)| *sum += (*number).min(MOST_OF_ONE));
        }
    }
    units.into_values().filter(|unit| unit.people as usize >= least).collect()
}

/// The fit of one rate over the units; `None` where nothing was counted.
fn fit(units: &[Unit], rate: usize) -> Option<(Vec<Observation>, Fit)> {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let observation = |unit| {
        let unit: &Unit = unit;
        let next = kinds.len() as u32;
        let kind = *kinds.entry(&unit.kind).or_insert(next);
        let mut groups = [kind; LEVELS];
        groups[0] = 0;
        let exposure = unit.hours as f64 / 1000.0;
        Observation { value: unit.counts[rate] as u32, exposure, groups }
    };
    let seen: Vec<Observation> = units.iter().map(observation).collect();
    let fit = Fit::new(&seen)?;
    Some((seen, fit))
}

fn finding(
    units: &[Unit],
    at: usize,
    mut listed: Vec<Listed>,
    fits: &[Option<(Vec<Observation>, Fit)>],
    card: &Card,
) -> Judged {
    let unit = &units[at];
    listed.sort_by(|a, b| a.tail.total_cmp(&b.tail).then(a.rate.cmp(&b.rate)));
    let hours = format!("{} duty hours", thousands((unit.hours + 500) / 1000));
    let clause = |one: &Listed| {
        let values = [
            ("count", thousands(unit.counts[one.rate])),
            ("what", RATES[one.rate].0.to_owned()),
            ("expected", decimal(one.expected)),
        ];
        wording::fill(card.words("rate"), &values)
    };
    let rates: Vec<String> = listed.iter().map(clause).collect();
    let values = [
        ("people", thousands(i64::from(unit.people))),
        ("exposure", hours.clone()),
        ("rates", wording::join(&rates, "; ")),
    ];
    let arithmetic = listed.iter().map(|one| {
        let ratio = format!("{} times what units of its kind lead one to expect, shrunk", decimal(one.ratio));
        line(RATES[one.rate].0, thousands(unit.counts[one.rate]), ratio)
    });
    let people = line("people with duty hours in the unit", thousands(i64::from(unit.people)), hours);
    let tail = listed.first().map(|one| wording::probability(one.tail));
    let peers = listed.first().and_then(|one| peers(units, at, one, fits[one.rate].as_ref()?));
    let hit = Hit {
        sentence: wording::fill(card.words("finding"), &values),
        arithmetic: arithmetic.chain([people]).collect(),
        sources: listed.iter().map(|one| RATES[one.rate].1).chain([SourceKind::Duties]).collect(),
        evidence_columns: Vec::new(),
        evidence: Vec::new(),
        counter_evidence: vec![format!("Nobody counts for more than {MOST_OF_ONE} events of a kind.")],
        strength: (listed.iter().map(|one| one.ratio).fold(0.0, f64::max) * 1000.0).round() as i64,
    };
    Judged { subject: Subject::Unit(unit.code.clone()), hit, peers, tail }
}

/// The strongest rate among the other units.
fn peers(units: &[Unit], at: usize, one: &Listed, fit: &(Vec<Observation>, Fit)) -> Option<Peers> {
    let point = |unit: &Unit| PeerPoint { exposure: unit.hours, value: unit.counts[one.rate] * 1000 };
    let others = units.iter().enumerate().filter(|(other, _)| *other != at);
    let mut points: Vec<PeerPoint> = others.map(|(_, unit)| point(unit)).collect();
    points.sort_unstable_by_key(|p| (p.value, p.exposure));
    let shown = |p: Option<&PeerPoint>| p.map_or_else(String::new, |p| thousands(p.value / 1000));
    let expected = fit.1.expect(at);
    let predictive = |exposure: f64| expected.predictive(exposure);
    let widest = units.iter().map(|u| u.hours).max()?;
    let (ratio, low, high) = predictive(fit.0[at].exposure).rate_ratio(fit.0[at].value);
    Some(Peers {
        group: "units of ten or more people".to_owned(),
        size: points.len() as u32,
        exposure_unit: "duty hours".to_owned(),
        value_unit: RATES[one.rate].0.to_owned(),
        this: point(&units[at]),
        median: shown(points.get(points.len().saturating_sub(1) / 2)),
        highest: shown(points.last()),
        limits: limits(widest, &predictive),
        points: sample(points),
        expected: decimal(one.expected),
        ratio: format!("{} times (90 % interval {} to {})", decimal(ratio), decimal(low), decimal(high)),
    })
}

/// Units that mean and two standard deviations of any rate would list.
fn plain_rule(units: &[Unit]) -> (u32, String) {
    let above = |rate: usize| {
        let rates: Vec<f64> = units.iter().map(|u| u.counts[rate] as f64 / u.hours as f64).collect();
        let n = rates.len() as f64;
        let mean = rates.iter().sum::<f64>() / n;
        let limit = mean + 2.0 * (rates.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n).sqrt();
        rates.into_iter().enumerate().filter(move |(_, r)| *r > limit).map(|(at, _)| at)
    };
    let listed: BTreeSet<usize> = (0..RATES.len()).flat_map(above).collect();
    let text = format!(
        "A plain rule, any rate above mean and two standard deviations, would list {}.",
        count(listed.len(), "unit", "units")
    );
    (listed.len() as u32, text)
}

#[cfg(test)]
mod tests;
