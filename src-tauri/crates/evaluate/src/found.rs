//! What the whole analysis finds of what was planted in one made-up force.

use crate::force::{Analysed, Without, cited, run};
use demo::{Force, Label, Mode, Plan};
use detect::{Analysis, Cards, LeadDraft, Reason};
use model::{Nature, OfficerIndex, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// The indicator that only raises leads of others.
const RAISES_ONLY: &str = "profile-unusual";

/// Leads a force looks at: one for a hundred members of staff.
const BUDGET: usize = 100;

/// Planted and found officers, by behaviour.
pub type Recall = BTreeMap<String, (u32, u32)>;

/// What one planted force showed.
pub struct Planted {
    pub recall: Recall,
    /// The same among all leads, however far down.
    pub anywhere: Recall,
    /// Leads looked at that are about nobody with anything planted, by the indicators that made them.
    pub wrong: BTreeMap<String, u32>,
    /// Of the leads looked at first, those about somebody with something planted: `(looked at, right)`.
    pub first: (u32, u32),
    pub within_budget: (u32, u32),
    /// Leads about those with something planted, and of them those that state it among the first three findings.
    pub cause: (u32, u32),
    /// Findings whose cited rows were left out, and of them those that were gone.
    pub cleared: (u32, u32),
    /// Leads among the first hundred with another analysis seed.
    pub same: (u32, u32),
    /// Rings planted, listed and right.
    pub rings: (u32, u32, u32),
}

/// A force of this size and mode.
pub fn force(officers: u32, days: u32, seed: u64, mode: Mode, one_in: u32, look_ups: f64) -> Force {
    let plan = Plan { officers, days, seed, mode, one_in, look_ups, ..Plan::default() };
    Force::make(&plan).expect("a size and a period that a made-up force may have")
}

/// Findings of a run of one nature, by indicator; what only raises leads that others made is left out.
pub fn of_nature<'a>(nature: Nature, leads: impl Iterator<Item = &'a LeadDraft>) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    for finding in
        leads.flat_map(|l| &l.findings).filter(|f| f.nature == nature && f.indicator != RAISES_ONLY)
    {
        *found.entry(finding.indicator.clone()).or_default() += 1;
    }
    found
}

/// Look-ups for which no reason was found.
pub fn unexplained(analysis: &Analysis) -> u64 {
    analysis.explained.iter().filter(|e| e.reason == Reason::None).map(|e| e.look_ups).sum()
}

fn is_ring(lead: &LeadDraft) -> bool {
    lead.findings.iter().any(|f| f.indicator == "roster-ring")
}

/// Rings that a run lists.
pub fn rings_listed(analysis: &Analysis) -> u32 {
    analysis.leads.iter().filter(|l| is_ring(l)).count() as u32
}

/// Whether an indicator compares.
pub fn is_statistical(indicator: &str) -> bool {
    Cards::shipped().get(indicator).is_some_and(|card| card.nature == Nature::Statistical)
}

/// Everything about one planted force; with `again`, what two more analyses of it say as well.
pub fn measure(force: Force, seed: u64, again: bool) -> Planted {
    let one = Analysed::new(force, seed);
    let budget = one.force.officers() as usize / BUDGET;
    let leads = &one.analysis.leads;
    Planted {
        recall: recall(&one, budget),
        anywhere: recall(&one, leads.len()),
        wrong: wrong(&one, budget),
        first: right(&one, one.force.officers() as usize * 100 / 46_000),
        within_budget: right(&one, budget),
        cause: cause(&one),
        cleared: if again { cleared(&one, seed) } else { (0, 0) },
        same: if again { again_with(&one, seed ^ 0xABCD) } else { (0, 0) },
        rings: rings(&one),
    }
}

/// Whether a lead states what a label says.
pub fn names(lead: &LeadDraft, label: &Label) -> bool {
    lead.findings.iter().any(|f| f.indicator == label.behaviour)
}

/// Of what was planted, how much the first leads state. What only raises other leads is never a lead, so it is left out.
fn recall(one: &Analysed, first: usize) -> Recall {
    let mut recall = Recall::new();
    for label in one.labels(true).filter(|l| l.behaviour != RAISES_ONLY) {
        let first = one.analysis.leads.iter().take(first);
        let found = first.clone().any(|lead| names(lead, label) && one.is_about(lead, label));
        let counts = recall.entry(label.behaviour.clone()).or_default();
        *counts = (counts.0 + 1, counts.1 + u32::from(found));
    }
    recall
}

fn right(one: &Analysed, first: usize) -> (u32, u32) {
    let about = |lead: &&LeadDraft| one.planted_in(lead).next().is_some();
    let looked_at = one.analysis.leads.iter().take(first);
    (looked_at.clone().count() as u32, looked_at.filter(about).count() as u32)
}

fn wrong(one: &Analysed, first: usize) -> BTreeMap<String, u32> {
    let mut wrong = BTreeMap::new();
    for lead in one.analysis.leads.iter().take(first) {
        if one.planted_in(lead).next().is_none() {
            let by: BTreeSet<&str> = lead.findings.iter().map(|f| f.indicator.as_str()).collect();
            *wrong.entry(by.into_iter().collect::<Vec<_>>().join(" and ")).or_default() += 1;
        }
    }
    wrong
}

fn cause(one: &Analysed) -> (u32, u32) {
    let (mut all, mut right) = (0, 0);
    for lead in &one.analysis.leads {
        let causes: BTreeSet<&str> = one.planted_in(lead).map(|l| l.behaviour.as_str()).collect();
        let named = lead.findings.iter().take(3).any(|f| causes.contains(f.indicator.as_str()));
        all += u32::from(!causes.is_empty());
        right += u32::from(named);
    }
    (all, right)
}

/// Leaves out every row that a planted officer's finding of the planted behaviour cites, all at once.
fn cleared(one: &Analysed, seed: u64) -> (u32, u32) {
    let of = |lead: &LeadDraft| -> Vec<(String, String)> {
        // What is said of a unit cites no row, so nothing could be left out.
        let own = one.planted_in(lead).filter(|l| l.unit.is_none());
        let own: BTreeSet<&str> = own.map(|l| l.behaviour.as_str()).collect();
        let findings = lead.findings.iter().filter(|f| own.contains(f.indicator.as_str()));
        findings.map(|f| (lead.subject.to_string(), f.indicator.clone())).collect()
    };
    let leads = &one.analysis.leads;
    let before: BTreeSet<(String, String)> = leads.iter().flat_map(of).collect();
    let named = |f: &&model::Finding| before.contains(&(f.subject.to_string(), f.indicator.clone()));
    let rows = cited(leads.iter().flat_map(|l| &l.findings).filter(named));
    let after: BTreeSet<(String, String)> = run(&one.force, &rows, seed).leads.iter().flat_map(of).collect();
    let gone = before.iter().filter(|b| !after.contains(*b)).count();
    (before.len() as u32, gone as u32)
}

/// Leads among the first hundred, and of them those that another analysis seed lists as well.
pub fn again_with(one: &Analysed, seed: u64) -> (u32, u32) {
    let (first, second) = (&one.analysis.leads, run(&one.force, &Without::new(), seed).leads);
    // The code of a unit is drawn with the seed; what is said of it is not.
    let key = |l: &LeadDraft| match &l.subject {
        Subject::Unit(_) => (l.findings[0].sentence.clone(), l.route),
        people => (people.to_string(), l.route),
    };
    let again: BTreeSet<_> = second.iter().take(100).map(key).collect();
    let looked_at = first.iter().take(100);
    (looked_at.clone().count() as u32, looked_at.filter(|l| again.contains(&key(l))).count() as u32)
}

/// A listed ring is right if half of its people and half of a planted ring's people are the same.
fn rings(one: &Analysed) -> (u32, u32, u32) {
    let mut planted: BTreeMap<u32, BTreeSet<OfficerIndex>> = BTreeMap::new();
    for label in one.labels(true) {
        if let (Some(ring), Some(officer)) = (label.ring, label.officer) {
            planted.entry(ring).or_default().insert(officer);
        }
    }
    let listed: Vec<BTreeSet<OfficerIndex>> = one
        .analysis
        .leads
        .iter()
        .filter(|l| is_ring(l))
        .map(|l| one.members(l).into_iter().collect())
        .collect();
    let matches = |a: &BTreeSet<OfficerIndex>, b: &BTreeSet<OfficerIndex>| {
        let shared = a.intersection(b).count() * 2;
        shared >= a.len() && shared >= b.len()
    };
    let right = planted.values().filter(|p| listed.iter().any(|l| matches(p, l))).count();
    (planted.len() as u32, listed.len() as u32, right as u32)
}
