//! Small groups inside the edit graph, and how likely chance would make them.

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;
use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::ln_gamma;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest and most people in a group.
pub const SIZES: std::ops::RangeInclusive<usize> = 2..=6;
/// Somebody who edits more people than this is an editor by habit; triangles through them are not searched.
const MAX_PARTNERS: usize = 60;

/// Edits by one person of another, by the numbers of both.
pub type Ties = BTreeMap<(u32, u32), u32>;

/// Strongly connected components of two and more, each sorted.
pub fn components(ties: impl Iterator<Item = (u32, u32)>) -> Vec<Vec<u32>> {
    let graph: DiGraphMap<u32, ()> = DiGraphMap::from_edges(ties);
    let mut found = kosaraju_scc(&graph);
    found.retain(|component| component.len() > 1);
    found.iter_mut().for_each(|component| component.sort_unstable());
    found.sort_unstable();
    found
}

/// Groups in which everybody edits and is edited by the others at least `least` times, from loose to tight: components
/// of the whole graph, of ever heavier ties inside each, and inside large ones also pairs and triangles.
pub fn candidates(ties: &Ties, least: u32) -> BTreeSet<Vec<u32>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<(Vec<u32>, u32)> =
        components(ties.keys().copied()).into_iter().map(|members| (members, 1)).collect();
    while let Some((members, weight)) = open.pop() {
        let inside = among(ties, &members);
        if members.len() > *SIZES.end() {
            found.extend(motifs(&inside, least));
        }
        for group in trimmed(&inside, least) {
            found.extend(SIZES.contains(&group.len()).then_some(group));
        }
        let Some(heavier) = inside.values().copied().filter(|n| *n > weight).min() else { continue };
        let heavy = inside.iter().filter(|(_, n)| **n >= heavier).map(|(pair, _)| *pair);
        open.extend(components(heavy).into_iter().map(|members| (members, heavier)));
    }
    found
}

/// The ties inside a group.
pub fn among(ties: &Ties, members: &[u32]) -> Ties {
    let member = |who: &u32| members.binary_search(who).is_ok();
    let from = |who: &u32| ties.range((*who, 0)..=(*who, u32::MAX));
    let inside = members.iter().flat_map(from).filter(|((_, to), _)| member(to));
    inside.map(|(pair, n)| (*pair, *n)).collect()
}

/// What is left when everybody who gives or gets too little is taken out, again and again.
fn trimmed(ties: &Ties, least: u32) -> Vec<Vec<u32>> {
    let (mut done, mut open) = (Vec::new(), components(ties.keys().copied()));
    while let Some(members) = open.pop() {
        let inside = among(ties, &members);
        let (mut given, mut got) = (BTreeMap::new(), BTreeMap::new());
        for ((from, to), n) in &inside {
            *given.entry(*from).or_insert(0) += n;
            *got.entry(*to).or_insert(0) += n;
        }
        let enough = |sums: &BTreeMap<u32, u32>, who: &u32| sums.get(who).is_some_and(|n| *n >= least);
        let keep: Vec<u32> =
            members.iter().copied().filter(|m| enough(&given, m) && enough(&got, m)).collect();
        if keep.len() == members.len() {
            done.push(members);
        } else {
            open.extend(components(among(&inside, &keep).into_keys()));
        }
    }
    done
}

/// Pairs that edit each other and triangles that close, each tie heavy enough by itself.
fn motifs(ties: &Ties, least: u32) -> BTreeSet<Vec<u32>> {
    let mut partners: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for ((from, to), _) in ties.iter().filter(|(_, n)| **n >= least) {
        partners.entry(*from).or_default().push(*to);
    }
    partners.retain(|_, to| to.len() <= MAX_PARTNERS);
    let of = |who: &u32| partners.get(who).map_or(&[][..], Vec::as_slice);
    let mut found = BTreeSet::new();
    for (first, seconds) in &partners {
        for second in seconds {
            for third in of(second) {
                if third == first {
                    found.insert(sorted([*first, *second].to_vec()));
                } else if of(third).contains(first) {
                    found.insert(sorted([*first, *second, *third].to_vec()));
                }
            }
        }
    }
    found
}

fn sorted(mut members: Vec<u32>) -> Vec<u32> {
    members.sort_unstable();
    members
}

/// What chance has to work with around one group.
#[derive(Debug, Clone, Copy)]
pub struct Chance {
    /// Edits that the members made of anybody.
    pub made: u32,
    /// Of those, edits inside the group.
    pub inside: u32,
    /// Greatest share of a member's edits that would fall inside if each fell on colleagues as other edits do.
    pub share: f64,
    /// People among whom the group was found, and its size.
    pub people: usize,
    pub size: usize,
    /// Units in which such a group could have been found.
    pub units: usize,
}

impl Chance {
    /// Groups as tight as this one that the whole force would hold by chance: a binomial tail for edits that keep how
    /// often each person edits and is edited, times the number of such groups there are. May exceed 1.
    pub fn expected(&self) -> f64 {
        if self.inside == 0 || self.share >= 1.0 {
            return f64::from(u32::MAX);
        }
        let (n, made) = (f64::from(self.inside), f64::from(self.made));
        let tail = checked_beta_reg(n, made - n + 1.0, self.share.max(0.0)).unwrap_or(1.0);
        let (people, size) = (self.people.max(self.size) as f64, self.size as f64);
        let groups = ln_gamma(people + 1.0) - ln_gamma(size + 1.0) - ln_gamma(people - size + 1.0);
        let expected = tail * groups.exp() * self.units.max(1) as f64;
        if expected.is_finite() { expected } else { f64::from(u32::MAX) }
    }
}
