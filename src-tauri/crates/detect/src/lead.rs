//! Findings of one officer and route, joined into a lead with its priority and coarse attributes.

use crate::context::Context;
use crate::profile::Word;
use crate::rank::rank_band;
use crate::result::LeadDraft;
use crate::roll::{self, MIN_SHARED};
use crate::wording::count;
use model::{Finding, Nature, OfficerIndex, Priority, Pseudonym, Route, SourceKind, SourceSchema, Subject};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many people share each coarse attribute, and the codes of units.
pub struct Sharing {
    day: i32,
    bands: HashMap<&'static str, usize>,
    units: HashMap<String, usize>,
    services: HashMap<&'static str, usize>,
    patterns: HashMap<Word, usize>,
    codes: BTreeMap<String, String>,
}

impl Sharing {
    /// Counts the roll as it stands on a day.
    pub fn new(context: &Context<'_>, day: i32, seed: u64) -> Sharing {
        let mut sharing = Sharing {
            day,
            bands: HashMap::new(),
            units: HashMap::new(),
            services: HashMap::new(),
            patterns: HashMap::new(),
            codes: BTreeMap::new(),
        };
        for (_, attributes) in context.everyone_on(day) {
            *sharing.bands.entry(rank_band(&attributes.rank)).or_default() += 1;
            *sharing.units.entry(roll::squeeze(&attributes.unit)).or_default() += 1;
            *sharing.services.entry(roll::service_band(attributes.joined, day)).or_default() += 1;
            *sharing.patterns.entry(attributes.shift_pattern.clone()).or_default() += 1;
        }
        sharing.codes = roll::unit_codes(sharing.units.keys().map(String::as_str), seed);
        sharing
    }

    /// Rank band, unit, service band and shift pattern of an officer: empty where fewer than ten people share them.
    fn of(&self, officer: OfficerIndex, context: &Context<'_>) -> [String; 4] {
        let Some(attributes) = context.attributes_on(officer, self.day) else { return Default::default() };
        let guard = |shared: Option<&usize>, text: &str| match shared {
            Some(n) if *n >= MIN_SHARED => text.to_owned(),
            _ => String::new(),
        };
        let band = rank_band(&attributes.rank);
        let service = roll::service_band(attributes.joined, self.day);
        let unit = roll::squeeze(&attributes.unit);
        let people = self.units.get(&unit);
        let code = self.codes.get(&unit).map(String::as_str).unwrap_or("");
        let unit = match people {
            Some(n) if !code.is_empty() => {
                guard(people, &format!("{code} ({})", count(*n, "person", "people")))
            }
            _ => String::new(),
        };
        let pattern = &attributes.shift_pattern;
        [
            guard(self.bands.get(band), band),
            unit,
            guard(self.services.get(service), service),
            guard(self.patterns.get(pattern), pattern),
        ]
    }

    /// The same of several people: what they all share. Nobody shares nothing.
    fn of_all(&self, officers: &[OfficerIndex], context: &Context<'_>) -> [String; 4] {
        let each = officers.iter().map(|officer| self.of(*officer, context));
        each.reduce(|mut all, one| {
            all.iter_mut()
                .zip(&one)
                .filter(|(shared, own)| shared != own)
                .for_each(|(shared, _)| shared.clear());
            all
        })
        .unwrap_or_default()
    }

    /// The code of a unit and how many people it has, however few: a caller shows it only to ten or more.
    pub fn unit(&self, squeezed: &str) -> Option<(&str, usize)> {
        Some((self.codes.get(squeezed)?.as_str(), *self.units.get(squeezed)?))
    }
}

/// Whether a finding may stand: sickness and the like alone never make a conduct lead.
fn may_stand(finding: &Finding) -> bool {
    let special = |kind: &SourceKind| SourceSchema::of(*kind).special_category;
    finding.route != Route::Conduct || finding.sources.is_empty() || !finding.sources.iter().all(special)
}

/// The strengths of each indicator's findings, the weakest first.
struct Strengths<'a>(HashMap<&'a str, Vec<i64>>);

impl<'a> Strengths<'a> {
    fn of(findings: impl Iterator<Item = &'a Finding>) -> Strengths<'a> {
        let mut strengths: HashMap<&str, Vec<i64>> = HashMap::new();
        findings.for_each(|f| strengths.entry(&f.indicator).or_default().push(f.strength));
        strengths.values_mut().for_each(|own| own.sort_unstable());
        Strengths(strengths)
    }

    /// How many findings of the same indicator are at least as strong, itself among them: what many share ranks low.
    fn place(&self, finding: &Finding) -> usize {
        self.0.get(finding.indicator.as_str()).map_or(usize::MAX, |own| {
            own.len() - own.partition_point(|strength| *strength < finding.strength)
        })
    }
}

/// Joins findings of one subject and route into leads, in the order in which they are best read. `raising` findings only
/// add to leads that stand.
///
/// A higher priority comes first. Inside a priority the indicators take turns: the strongest finding of every indicator,
/// then the second of every one, and so on, because hours, look-ups and ratios do not compare and an indicator that lists
/// many would crowd the others out. In one turn, facts come before comparisons and more findings before fewer.
pub fn join(
    findings: Vec<Finding>,
    raising: Vec<Finding>,
    context: &Context<'_>,
    sharing: &Sharing,
) -> Vec<LeadDraft> {
    let mut grouped: BTreeMap<(Subject, Route), Vec<(usize, Finding)>> = BTreeMap::new();
    let findings: Vec<Finding> = findings.into_iter().filter(may_stand).collect();
    let strengths = Strengths::of(findings.iter());
    let places: Vec<usize> = findings.iter().map(|f| strengths.place(f)).collect();
    for (place, finding) in places.into_iter().zip(findings) {
        grouped.entry((finding.subject.clone(), finding.route)).or_default().push((place, finding));
    }
    let people = context.people.pseudonyms.iter().enumerate();
    let indices: HashMap<Pseudonym, OfficerIndex> = people.map(|(at, p)| (*p, at as OfficerIndex)).collect();
    let draft = |((subject, route), mut own): ((Subject, Route), Vec<(usize, Finding)>)| {
        own.sort_by_key(|(place, finding)| (*place, finding.nature != Nature::Factual));
        let turn = own.first().map_or(usize::MAX, |(place, _)| *place);
        let findings: Vec<Finding> = own.into_iter().map(|(_, finding)| finding).collect();
        let raises = |f: &&Finding| f.subject == subject && f.route == route;
        let raised: Vec<Finding> = raising.iter().filter(raises).cloned().collect();
        let (priority, priority_reasons) = weigh(&findings, &raised);
        let members: Vec<OfficerIndex> =
            subject.members().iter().filter_map(|p| indices.get(p).copied()).collect();
        let [rank_band, unit, service_band, shift_pattern] = sharing.of_all(&members, context);
        let first_day = findings.iter().map(|f| f.first_day).min().unwrap_or(0);
        let last_day = findings.iter().map(|f| f.last_day).max().unwrap_or(0);
        let facts = findings.iter().filter(|f| f.nature == Nature::Factual).count();
        let order = (Reverse(priority), turn, Reverse(facts), Reverse(findings.len()));
        let draft = LeadDraft {
            subject,
            route,
            priority,
            priority_reasons,
            findings: findings.into_iter().chain(raised).collect(),
            first_day,
            last_day,
            rank_band,
            unit,
            service_band,
            shift_pattern,
        };
        (order, draft)
    };
    let mut leads: Vec<_> = grouped.into_iter().map(draft).collect();
    // Stable: leads of one turn stay in order of subject and route.
    leads.sort_by_key(|(order, _)| *order);
    leads.into_iter().map(|(_, draft)| draft).collect()
}

/// The source a finding primarily rests on; two findings on one source are one voice.
fn primary<'a>(findings: impl Iterator<Item = &'a Finding>) -> BTreeSet<SourceKind> {
    findings.filter_map(|f| f.sources.first().copied()).collect()
}

fn names(kinds: &BTreeSet<SourceKind>) -> String {
    let names: Vec<String> = kinds.iter().map(|k| SourceSchema::of(*k).title.to_lowercase()).collect();
    names.join(", ")
}

/// A statistical finding alone is low; one factual or two independent ones are normal; two independent facts are high.
fn weigh(findings: &[Finding], raised: &[Finding]) -> (Priority, Vec<String>) {
    let factual = findings.iter().filter(|f| f.nature == Nature::Factual);
    let facts = factual.clone().count();
    let factual = primary(factual);
    let all = primary(findings.iter());
    let mut reasons = Vec::new();
    if facts > 0 {
        let rows = if facts == 1 { "its rows can be checked" } else { "their rows can be checked" };
        reasons.push(format!("{}: {rows}.", count(facts, "factual finding", "factual findings")));
    }
    if all.len() > 1 {
        let sources = count(all.len(), "independent source", "independent sources");
        reasons.push(format!("{sources}: {}.", names(&all)));
    }
    let priority = if factual.len() > 1 {
        Priority::High
    } else if facts > 0 || all.len() > 1 {
        Priority::Normal
    } else {
        reasons.push("A statistical finding alone stays low until a second source agrees.".to_owned());
        Priority::Low
    };
    match (priority, raised) {
        (Priority::Low, [first, ..]) => {
            reasons.push("The whole profile stands out among peers, which raises it by one step.".to_owned());
            reasons.push(first.sentence.clone());
            (Priority::Normal, reasons)
        }
        _ => (priority, reasons),
    }
}

#[cfg(test)]
mod tests {
    use super::may_stand;
    use crate::Cards;
    use crate::tests::example::Force;
    use model::{Route, SourceKind, SourceSchema};

    #[test]
    fn sickness_alone_never_stands_on_the_conduct_route_whatever_an_indicator_says() {
        let mut force = Force::of(12);
        force.overtime(3, 11, "2026-03-03 10:00", "2026-03-03 12:00");
        force.overtime(3, 12, "2026-03-03 10:00", "2026-03-03 12:00");
        let mut finding = force.only("overtime-clash", 3);
        assert!(finding.route == Route::Conduct && may_stand(&finding));
        finding.sources = vec![SourceKind::Absences];
        assert!(!may_stand(&finding));
        finding.sources = vec![SourceKind::Absences, SourceKind::Support];
        assert!(!may_stand(&finding));
        finding.route = Route::Welfare;
        assert!(may_stand(&finding));
    }

    #[test]
    fn no_shipped_card_of_the_conduct_route_reads_nothing_but_sickness_and_the_like() {
        let cards = Cards::shipped();
        let conduct: Vec<_> = cards.all().filter(|c| c.route == Route::Conduct).collect();
        let special = |kind: &SourceKind| SourceSchema::of(*kind).special_category;
        assert!(conduct.len() > 5 && conduct.iter().all(|c| !c.sources.iter().all(special)));
    }
}
