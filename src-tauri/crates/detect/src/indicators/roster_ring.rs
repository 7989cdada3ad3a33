//! Groups of two to six who edit each other's duties for gain.
//!
//! A tie is an edit of somebody else's duty that adds paid or premium minutes, by somebody without the role of roster
//! editor, that nobody outside the group approved. A group is strongly connected by such ties, and everybody in it gives
//! and gets. Whether it is more than chance is asked of a null that keeps, inside their units, how often each person
//! edits and how often each is edited: there, the edits of the members fall on colleagues as all other edits do.

mod groups;

use super::{Indicator, Test};
use crate::card::Card;
use crate::context::Edge;
use crate::measure::{Hit, capped, columns, left_out, line};
use crate::span::Span;
use crate::together::{Everyone, Judged, Judgement, Together};
use crate::wording::{self, count, hours_minutes};
use groups::{Chance, Ties};
use model::{ArithmeticLine, EvidenceRow, NO_DATE, NO_OFFICER, OfficerIndex, SourceKind, Subject, time};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub const INDICATOR: Indicator = Indicator {
    id: "roster-ring",
    needs: &[SourceKind::RosterEdits, SourceKind::Authorities],
    needs_any: &[],
    exposure: None,
    counts: "groups",
    test: Test::Force(Together { take: |_, _, _| Vec::new(), judge }),
};

/// A group that is more than chance.
struct Ring<'a> {
    members: Vec<u32>,
    edges: Vec<&'a Edge>,
    expected: f64,
    made: u32,
}

/// The edges in terms of numbers given to people in order of their codes, so that the store's numbering does not show.
struct Graph<'a> {
    officers: Vec<OfficerIndex>,
    edges: Vec<(u32, u32, &'a Edge)>,
}

fn judge(seen: &Everyone<'_>, card: &Card) -> Judgement {
    let graph = graph(seen);
    let ties = ties(&graph);
    let rings = rings(&graph, &ties, seen, card);
    let chance: f64 = rings.iter().map(|r| r.expected).sum();
    let pairs = ties.keys().filter(|(from, to)| from < to && ties.contains_key(&(*to, *from))).count();
    let listed = count(rings.len(), "group", "groups");
    let found = rings.iter().filter_map(|ring| judged(ring, &graph, seen, card)).collect();
    Judgement {
        found,
        compared: graph.officers.len() as u32,
        expected_false: Some(format!(
            "{listed} listed; by chance, {} groups as tight would be expected in the whole force.",
            wording::decimal(chance)
        )),
        baseline: Some((
            pairs as u32,
            format!(
                "A plain rule, two people who each lengthened a duty of the other, would list {}.",
                count(pairs, "pair", "pairs")
            ),
        )),
        skipped: None,
    }
}

/// Edges nobody outside approved: an approval counts unless it comes from the same strongly connected group.
fn graph<'a>(seen: &Everyone<'a>) -> Graph<'a> {
    let known = seen.context.edges.iter().filter_map(|edge| {
        let code = |who| seen.context.people.pseudonym(who);
        Some((code(edge.editor)?, code(edge.officer)?, edge))
    });
    let known: Vec<_> = known.collect();
    let ends = known.iter().flat_map(|(a, b, edge)| [(*a, edge.editor), (*b, edge.officer)]);
    let officers: Vec<OfficerIndex> = ends.collect::<BTreeMap<_, _>>().into_values().collect();
    let numbers: HashMap<OfficerIndex, u32> =
        officers.iter().enumerate().map(|(number, officer)| (*officer, number as u32)).collect();
    let mut edges: Vec<(u32, u32, &Edge)> =
        known.iter().map(|(_, _, edge)| (numbers[&edge.editor], numbers[&edge.officer], *edge)).collect();
    loop {
        let mut group: HashMap<u32, usize> = HashMap::new();
        let components = groups::components(edges.iter().map(|(from, to, _)| (*from, *to)));
        for (number, members) in components.iter().enumerate() {
            group.extend(members.iter().map(|member| (*member, number)));
        }
        let before = edges.len();
        edges.retain(|(from, to, edge)| {
            let Some(of) = group.get(from).filter(|of| group.get(to) == Some(of)) else { return false };
            let approver = numbers.get(&edge.approver).and_then(|approver| group.get(approver));
            edge.approver == NO_OFFICER || approver == Some(of)
        });
        if edges.len() == before {
            return Graph { officers, edges };
        }
    }
}

fn ties(graph: &Graph<'_>) -> Ties {
    let mut ties = Ties::new();
    graph.edges.iter().for_each(|(from, to, _)| *ties.entry((*from, *to)).or_default() += 1);
    ties
}

/// Candidates that are more than chance, the largest first; nobody is in two.
fn rings<'a>(graph: &Graph<'a>, ties: &Ties, seen: &Everyone<'_>, card: &Card) -> Vec<Ring<'a>> {
    let units = Units::new(seen);
    let mut gains: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    for (from, to, edge) in &graph.edges {
        *gains.entry((*from, *to)).or_default() += i64::from(edge.minutes);
    }
    let least = u32::try_from(card.value("min_edits_each")).unwrap_or(1);
    let candidates = groups::candidates(ties, least);
    let limit = 1.0 / card.value("chance_one_in").max(1) as f64;
    let mut rings: Vec<Ring<'_>> = Vec::new();
    for members in candidates {
        let inside = groups::among(ties, &members);
        let minutes: i64 = inside.keys().filter_map(|pair| gains.get(pair)).sum();
        let officers: Vec<OfficerIndex> = members.iter().map(|m| graph.officers[*m as usize]).collect();
        let chance = units.chance(&officers, inside.values().sum(), seen);
        let expected = chance.expected();
        if minutes >= card.value("min_minutes") && expected <= limit {
            rings.push(Ring { members, edges: Vec::new(), expected, made: chance.made });
        }
    }
    rings.sort_by(|a, b| {
        let size = b.members.len().cmp(&a.members.len());
        size.then(a.expected.total_cmp(&b.expected)).then_with(|| a.members.cmp(&b.members))
    });
    let mut taken: BTreeSet<u32> = BTreeSet::new();
    rings.retain(|ring| {
        let free = ring.members.iter().all(|member| !taken.contains(member));
        taken.extend(ring.members.iter().filter(|_| free));
        free
    });
    rings.sort_by(|a, b| a.members.cmp(&b.members));
    for ring in &mut rings {
        let inside = |who: &u32| ring.members.binary_search(who).is_ok();
        let edges = graph.edges.iter().filter(|(from, to, _)| inside(from) && inside(to));
        ring.edges = edges.map(|(.., edge)| *edge).collect();
        ring.edges.sort_unstable_by_key(|edge| (edge.at, *edge));
    }
    rings
}

/// Units by number: their people, and how often those are edited.
struct Units {
    of: HashMap<OfficerIndex, u32>,
    people: HashMap<u32, (usize, u64)>,
    made: HashMap<OfficerIndex, u32>,
}

impl Units {
    fn new(seen: &Everyone<'_>) -> Units {
        let context = seen.context;
        let mut units = Units { of: HashMap::new(), people: HashMap::new(), made: HashMap::new() };
        for officer in 0..context.people.pseudonyms.len() as OfficerIndex {
            let unit = context.unit_on(officer, seen.day);
            units.of.insert(officer, unit);
            let (people, edited) = units.people.entry(unit).or_default();
            *people += 1;
            *edited += weight(officer, seen);
        }
        context.edges.iter().for_each(|edge| *units.made.entry(edge.editor).or_default() += 1);
        units
    }

    fn chance(&self, officers: &[OfficerIndex], inside: u32, seen: &Everyone<'_>) -> Chance {
        let units: BTreeSet<u32> = officers.iter().filter_map(|o| self.of.get(o)).copied().collect();
        let (mut people, mut edited) = (0, 0);
        for unit in &units {
            let (number, weight) = self.people.get(unit).copied().unwrap_or_default();
            (people, edited) = (people + number, edited + weight);
        }
        let own: u64 = officers.iter().map(|o| weight(*o, seen)).sum();
        let share = |officer: &OfficerIndex| {
            let self_weight = weight(*officer, seen);
            (own - self_weight) as f64 / (edited - self_weight).max(1) as f64
        };
        let made = officers.iter().map(|o| self.made.get(o).copied().unwrap_or(0)).sum();
        Chance {
            made,
            inside,
            share: officers.iter().map(share).fold(0.0, f64::max),
            people,
            size: officers.len(),
            units: self.people.len(),
        }
    }
}

/// How often somebody's duties are edited, and once more: anybody's may be.
fn weight(officer: OfficerIndex, seen: &Everyone<'_>) -> u64 {
    u64::from(seen.context.edited(officer)) + 1
}

fn judged(ring: &Ring<'_>, graph: &Graph<'_>, seen: &Everyone<'_>, card: &Card) -> Option<Judged> {
    let officers = ring.members.iter().map(|m| graph.officers[*m as usize]);
    let codes = officers.filter_map(|o| seen.context.people.pseudonym(o));
    let minutes: i64 = ring.edges.iter().map(|e| i64::from(e.minutes)).sum();
    let values = [
        ("people", count(ring.members.len(), "person", "people")),
        ("changes", count(ring.edges.len(), "change", "changes")),
        ("gained", hours_minutes(minutes)),
        ("chance", wording::probability(ring.expected)),
    ];
    let hit = Hit {
        sentence: wording::fill(card.words("finding"), &values),
        arithmetic: arithmetic(ring, minutes, seen),
        sources: vec![SourceKind::RosterEdits, SourceKind::Authorities],
        evidence_columns: columns(&["Changed", "By", "Duty of", "Duty", "Gain", "Approved by"]),
        evidence: capped(&ring.edges).iter().map(|edge| row(edge, seen)).collect(),
        counter_evidence: counter_evidence(ring, seen),
        strength: minutes * 1000 / 60,
    };
    Some(Judged { subject: Subject::group(codes.collect())?, hit, peers: None, tail: None })
}

/// Sums by pair, `edge: A > B`, changes, minutes; then those of the group.
fn arithmetic(ring: &Ring<'_>, minutes: i64, seen: &Everyone<'_>) -> Vec<ArithmeticLine> {
    let code = |who| seen.context.code(who);
    let mut pairs: BTreeMap<(String, String), (usize, i64)> = BTreeMap::new();
    for edge in &ring.edges {
        let (changes, gained) = pairs.entry((code(edge.editor), code(edge.officer))).or_default();
        (*changes, *gained) = (*changes + 1, *gained + i64::from(edge.minutes));
    }
    let edges = pairs.iter().map(|((from, to), (changes, gained))| {
        line(&format!("edge: {from} > {to}"), count(*changes, "change", "changes"), hours_minutes(*gained))
    });
    let number = |n: usize| wording::thousands(n as i64);
    let outside = ring.made as usize - ring.edges.len();
    let lines = [
        line("changes for gain inside the group", number(ring.edges.len()), hours_minutes(minutes)),
        line("changes for gain that the group made of others' duties", number(outside), ""),
        line(
            "groups as tight expected by chance in the whole force",
            wording::probability(ring.expected),
            "changes of the members dealt out within their units as all other changes fall",
        ),
    ];
    edges.chain(lines).chain(left_out(ring.edges.len())).collect()
}

fn counter_evidence(ring: &Ring<'_>, seen: &Everyone<'_>) -> Vec<String> {
    let mut found: Vec<String> = super::roster_self_edit::no_approvers(seen.context).into_iter().collect();
    let approved = ring.edges.iter().filter(|e| e.approver != NO_OFFICER).count();
    let word = "cited change names an approver from inside the group";
    found.extend(crate::measure::counter(
        approved,
        word,
        "cited changes name an approver from inside the group",
    ));
    found
}

fn row(edge: &Edge, seen: &Everyone<'_>) -> EvidenceRow {
    let cells = vec![
        seen.context.moment(edge.at),
        seen.context.code(edge.editor),
        seen.context.code(edge.officer),
        if edge.duty_date == NO_DATE { String::new() } else { time::show_day(edge.duty_date) },
        hours_minutes(i64::from(edge.minutes)),
        if edge.approver == NO_OFFICER { String::new() } else { seen.context.code(edge.approver) },
    ];
    edge.origin.cite(SourceKind::RosterEdits, Span { start: edge.at, end: edge.at }, cells)
}

#[cfg(test)]
mod tests;
