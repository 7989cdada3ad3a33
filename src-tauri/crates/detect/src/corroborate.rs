//! What independent sources say together: two comparisons that each fall short may be unusual side by side.

use crate::peers::Comparison;
use crate::stats::discovery::{adjusted, joint};
use model::{OfficerIndex, Route, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// A tail above this adds nothing to what another source says.
pub const NOTABLE: f64 = 0.05;

/// One statistical indicator that compared, and the officers of whom it could make a finding.
pub struct Voice<'a> {
    pub route: Route,
    /// The source it primarily rests on: comparisons of one source are one voice.
    pub source: SourceKind,
    pub comparison: &'a Comparison,
    pub hits: BTreeSet<OfficerIndex>,
}

/// Routes in which two independent sources compare: each is one more test.
pub fn routes(voices: &[Voice<'_>]) -> Vec<Route> {
    let mut sources: BTreeMap<Route, BTreeSet<SourceKind>> = BTreeMap::new();
    voices.iter().for_each(|v| {
        sources.entry(v.route).or_default().insert(v.source);
    });
    sources.into_iter().filter(|(_, sources)| sources.len() > 1).map(|(route, _)| route).collect()
}

/// Adjusted joint tails of the officers of whom two or more sources each have a notable finding; those above `level` are
/// left out.
pub fn listed(voices: &[Voice<'_>], route: Route, level: f64) -> BTreeMap<OfficerIndex, f64> {
    let voices: Vec<&Voice<'_>> = voices.iter().filter(|v| v.route == route).collect();
    let everyone: BTreeSet<OfficerIndex> = voices.iter().flat_map(|v| v.comparison.officers()).collect();
    let tested: Vec<(OfficerIndex, f64)> =
        everyone.into_iter().filter_map(|o| Some((o, tail(&voices, o)?))).collect();
    let tails: Vec<f64> = tested.iter().map(|(_, tail)| *tail).collect();
    let listed = tested.iter().zip(adjusted(&tails)).filter(|(_, q)| *q <= level);
    listed.map(|((officer, _), q)| (*officer, q)).collect()
}

/// The joint tail of one officer: the smallest of each source times its comparisons, over all sources that compare them;
/// 1 where fewer than two have a notable finding, and `None` where fewer than two compare them.
fn tail(voices: &[&Voice<'_>], officer: OfficerIndex) -> Option<f64> {
    let mut by_source: BTreeMap<SourceKind, (f64, f64, bool)> = BTreeMap::new();
    for voice in voices {
        let Some(tail) = voice.comparison.tail(officer) else { continue };
        let one = by_source.entry(voice.source).or_insert((1.0, 0.0, false));
        *one = (one.0.min(tail), one.1 + 1.0, one.2 || notable(voice, officer));
    }
    if by_source.len() < 2 {
        return None;
    }
    let agreeing = by_source.values().filter(|(_, _, notable)| *notable).count();
    let tails: Vec<f64> = by_source.values().map(|(tail, times, _)| (tail * times).min(1.0)).collect();
    Some(if agreeing < 2 { 1.0 } else { joint(&tails) })
}

/// Whether an indicator has a finding about the officer that is unusual on its own.
fn notable(voice: &Voice<'_>, officer: OfficerIndex) -> bool {
    voice.hits.contains(&officer) && voice.comparison.tail(officer).is_some_and(|t| t <= NOTABLE)
}
