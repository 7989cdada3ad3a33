//! Comparison of one indicator over all officers: fitted peers, tails, false discovery, and what is shown of it.

use crate::context::Context;
use crate::indicators::Exposure;
use crate::measure::line;
use crate::rank::rank_band;
use crate::roll;
use crate::stats::discovery::adjusted;
use crate::stats::fit::{Fit, LEVELS, Observation};
use crate::wording::{decimal, thousands};
use model::{ArithmeticLine, OfficerIndex, PeerPoint, Peers};
use std::collections::{BTreeMap, HashMap};

/// A group is shown only from this size on; fitting has no such limit.
const MIN_SHOWN: usize = 30;
const MAX_POINTS: usize = 600;
/// Exposures at which the limits of the funnel are drawn.
const LIMIT_STEPS: i64 = 24;

/// What was counted for one officer; callers keep these in order of pseudonym.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    pub officer: OfficerIndex,
    pub value: u32,
    /// Thousandths.
    pub exposure: i64,
}

/// One indicator's counts over everyone with exposure.
pub struct Comparison {
    exposure: Exposure,
    counts: &'static str,
    all: Vec<Counted>,
    observations: Vec<Observation>,
    names: Vec<[String; LEVELS]>,
    sizes: [Vec<u32>; LEVELS],
    fit: Fit,
    tails: Vec<f64>,
    adjusted: Vec<f64>,
    places: HashMap<OfficerIndex, usize>,
}

/// One officer among their peers.
pub struct Standing {
    /// Tail adjusted for false discovery.
    pub adjusted: f64,
    pub peers: Peers,
    pub arithmetic: Vec<ArithmeticLine>,
    /// `1,034 duty hours`.
    pub exposure: String,
    /// Lower end of the 90 % interval of the rate ratio, thousandths.
    pub strength: i64,
}

/// Numbers groups in the order in which they first appear.
#[derive(Default)]
struct Groups(BTreeMap<String, u32>);

impl Groups {
    fn number(&mut self, key: String) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(key).or_insert(next)
    }
}

/// The officer's group key at each level, and its name: only attributes the roll gives are named.
fn groups(officer: OfficerIndex, day: i32, context: &Context<'_>) -> ([String; LEVELS], [String; LEVELS]) {
    let Some(attributes) = context.attributes_mostly(officer, day) else {
        return (Default::default(), std::array::from_fn(|_| "everyone compared".to_owned()));
    };
    let band = if attributes.rank.is_empty() { "" } else { rank_band(&attributes.rank) };
    let parts = [
        ("unit type", roll::squeeze(&attributes.unit_type)),
        ("shift pattern", roll::squeeze(&attributes.shift_pattern)),
        ("rank band", band.to_owned()),
        ("role", roll::squeeze(&attributes.role)),
    ];
    let key =
        |level: usize| parts[..level].iter().map(|(_, v)| v.as_str()).collect::<Vec<_>>().join("\u{1f}");
    let name = |level: usize| {
        let given = parts[..level].iter().filter(|(_, v)| !v.is_empty());
        let given: Vec<&str> = given.map(|(n, _)| *n).collect();
        match given.split_last() {
            None => "everyone compared".to_owned(),
            Some((last, [])) => format!("same {last}"),
            Some((last, rest)) => format!("same {} and {last}", rest.join(", ")),
        }
    };
    (std::array::from_fn(key), std::array::from_fn(name))
}

impl Comparison {
    /// Fits everyone with exposure; `None` where there is nobody or nothing to compare.
    pub fn new(
        counted: &[Counted],
        exposure: Exposure,
        counts: &'static str,
        context: &Context<'_>,
        day: i32,
    ) -> Option<Comparison> {
        let all: Vec<Counted> = counted.iter().copied().filter(|c| c.exposure > 0).collect();
        let mut numbers: [Groups; LEVELS] = Default::default();
        let (mut observations, mut names) = (Vec::with_capacity(all.len()), Vec::with_capacity(all.len()));
        let mut sizes: [Vec<u32>; LEVELS] = Default::default();
        for one in &all {
            let (keys, name) = groups(one.officer, day, context);
            let mut own = [0; LEVELS];
            for (level, key) in keys.into_iter().enumerate() {
                own[level] = numbers[level].number(key);
                let at = own[level] as usize;
                let size = sizes[level].len().max(at + 1);
                sizes[level].resize(size, 0);
                sizes[level][at] += 1;
            }
            names.push(name);
            observations.push(Observation {
                value: one.value,
                exposure: thousandth(one.exposure),
                groups: own,
            });
        }
        let fit = Fit::new(&observations)?;
        let tails = fit.tails();
        let adjusted = adjusted(&tails);
        let places = all.iter().enumerate().map(|(at, one)| (one.officer, at)).collect();
        Some(Comparison { exposure, counts, all, observations, names, sizes, fit, tails, adjusted, places })
    }

    /// Officers compared.
    pub fn size(&self) -> usize {
        self.all.len()
    }

    /// How many a plain rule, mean and two standard deviations of the counts, would list.
    pub fn plain_rule(&self) -> (u32, f64) {
        let n = self.all.len() as f64;
        let mean = self.all.iter().map(|c| f64::from(c.value)).sum::<f64>() / n;
        let square = |c: &Counted| (f64::from(c.value) - mean).powi(2);
        let limit = mean + 2.0 * (self.all.iter().map(square).sum::<f64>() / n).sqrt();
        (self.all.iter().filter(|c| f64::from(c.value) > limit).count() as u32, limit)
    }

    /// How far an officer's rate lies above their peers', shrunk: the logarithm of the ratio, 0 where it does not.
    pub fn excess(&self, officer: OfficerIndex) -> f64 {
        let Some(at) = self.places.get(&officer) else { return 0.0 };
        let own = &self.observations[*at];
        let predictive = self.fit.expect(*at).predictive(own.exposure);
        predictive.ratio(own.value).max(1.0).ln()
    }

    /// Everyone compared.
    pub fn officers(&self) -> impl Iterator<Item = OfficerIndex> {
        self.all.iter().map(|one| one.officer)
    }

    /// An officer's own tail, not adjusted; `None` where they are not compared.
    pub fn tail(&self, officer: OfficerIndex) -> Option<f64> {
        self.places.get(&officer).map(|at| self.tails[*at])
    }

    /// An officer's tail adjusted for false discovery; 1 where they are not compared.
    pub fn adjusted(&self, officer: OfficerIndex) -> f64 {
        self.places.get(&officer).map_or(1.0, |at| self.adjusted[*at])
    }

    /// One officer among their peers; `None` where they have no exposure.
    pub fn standing(&self, officer: OfficerIndex) -> Option<Standing> {
        let at = *self.places.get(&officer)?;
        let own = &self.observations[at];
        let expected = self.fit.expect(at);
        let predictive = expected.predictive(own.exposure);
        let (ratio, low, high) = predictive.rate_ratio(own.value);
        let level = (0..LEVELS).rev().find(|l| self.sizes[*l][own.groups[*l] as usize] as usize >= MIN_SHOWN);
        let peers = self.show(at, level, &|exposure| expected.predictive(exposure));
        let unit = self.exposure.unit();
        let exposure = format!("{} {unit}", thousands((self.all[at].exposure + 500) / 1000));
        let interval =
            format!("90 % interval {} to {}", predictive.quantile(0.05), predictive.quantile(0.95));
        let mean = decimal(expected.mean);
        let ratio_text = format!("{} times", decimal(ratio));
        let ratio_note = format!("90 % interval {} to {}", decimal(low), decimal(high));
        let spread = match level {
            Some(_) => format!("median {}, highest {}", peers.median, peers.highest),
            None => String::new(),
        };
        let arithmetic = vec![
            line(&format!("peers, {}", peers.group), thousands(i64::from(peers.size)), spread),
            line(&format!("expected for {exposure}"), mean.clone(), interval),
            line("own rate against peers, shrunk", ratio_text.clone(), ratio_note.clone()),
        ];
        let peers = Peers { expected: mean, ratio: format!("{ratio_text} ({ratio_note})"), ..peers };
        let strength = (low * 1000.0).round() as i64;
        Some(Standing { adjusted: self.adjusted[at], peers, arithmetic, exposure, strength })
    }

    fn show(
        &self,
        at: usize,
        level: Option<usize>,
        predictive: &dyn Fn(f64) -> crate::stats::negbin::NegBin,
    ) -> Peers {
        let own = &self.observations[at];
        let this = self.point(at);
        let others: Vec<usize> = match level {
            Some(l) => {
                let same = |i: &usize| *i != at && self.observations[*i].groups[l] == own.groups[l];
                (0..self.all.len()).filter(same).collect()
            }
            None => Vec::new(),
        };
        let mut points: Vec<PeerPoint> = others.iter().map(|i| self.point(*i)).collect();
        points.sort_unstable_by_key(|p| (p.value, p.exposure));
        let value = |p: Option<&PeerPoint>| p.map_or_else(String::new, |p| thousands(p.value / 1000));
        let widest = points.iter().map(|p| p.exposure).chain([this.exposure]).max().unwrap_or(0);
        let group = match level {
            Some(l) => self.names[at][l].clone(),
            None => format!("fewer than {MIN_SHOWN} comparable people, so none are shown"),
        };
        Peers {
            group,
            size: if level.is_some() { points.len() } else { self.all.len().saturating_sub(1) } as u32,
            exposure_unit: self.exposure.unit().to_owned(),
            value_unit: self.counts.to_owned(),
            this,
            median: value(points.get(points.len().saturating_sub(1) / 2)),
            highest: value(points.last()),
            limits: limits(widest, predictive),
            points: sample(points),
            expected: String::new(),
            ratio: String::new(),
        }
    }

    fn point(&self, at: usize) -> PeerPoint {
        PeerPoint { exposure: self.all[at].exposure, value: i64::from(self.all[at].value) * 1000 }
    }
}

fn thousandth(value: i64) -> f64 {
    value as f64 / 1000.0
}

/// At most 600 evenly by rank, the first and the last always among them.
pub fn sample(points: Vec<PeerPoint>) -> Vec<PeerPoint> {
    if points.len() <= MAX_POINTS {
        return points;
    }
    (0..MAX_POINTS).map(|i| points[i * (points.len() - 1) / (MAX_POINTS - 1)]).collect()
}

/// Exposures up to the widest, each with the lower and upper limits at 90 and 99 %, thousandths.
pub fn limits(widest: i64, predictive: &dyn Fn(f64) -> crate::stats::negbin::NegBin) -> Vec<[i64; 5]> {
    let at = |step: i64| {
        let exposure = widest * step / LIMIT_STEPS;
        let counts = predictive(thousandth(exposure));
        let limit = |q: f64| i64::from(counts.quantile(q)) * 1000;
        [exposure, limit(0.05), limit(0.95), limit(0.005), limit(0.995)]
    };
    (1..=LIMIT_STEPS).filter(|step| widest * step / LIMIT_STEPS > 0).map(at).collect()
}
