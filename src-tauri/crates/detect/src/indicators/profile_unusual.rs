//! The whole profile is unusual among everyone's: it raises a lead that other findings made, and never makes one.
//!
//! What the other indicators of the conduct route measured becomes one row per officer: how far the rate lies above the
//! peers', shrunk, or the logarithm of the count where nothing is compared. Nothing below the peers counts, nothing of
//! welfare, vetting or health is among the columns. The rows are scored by isolation forest, nearest peers and tail
//! terms (`outlier::Unusual`); the stated reasons are the measures whose ordinary values would clear the profile.

use super::{Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::measure::{Hit, line};
use crate::profile::Profile;
use crate::stats::outlier::{Reason, Unusual};
use crate::together::{Everyone, Judged, Judgement, Measures, Together};
use crate::wording::{self, decimal, thousands};
use model::{ArithmeticLine, OfficerIndex, Route, SourceKind, SourceSchema, Subject};

pub const INDICATOR: Indicator = Indicator {
    id: "profile-unusual",
    needs: &[],
    needs_any: &[
        SourceKind::RosterEdits,
        SourceKind::Overtime,
        SourceKind::AttendanceClaims,
        SourceKind::Accesses,
        SourceKind::Complaints,
    ],
    exposure: None,
    counts: "profiles",
    test: Test::Raise(Together { take, judge }),
};

/// Fewer people than this have no usual profile.
const MIN_PEOPLE: usize = 30;

/// Everything it looks at was measured by the others.
fn take(_: &Profile, _: &Context<'_>, _: &Card) -> Vec<i64> {
    Vec::new()
}

fn judge(everyone: &Everyone<'_>, card: &Card) -> Judgement {
    let measures: Vec<&Measures<'_>> = everyone.measures.iter().filter(|m| counts(m)).collect();
    let people: Vec<OfficerIndex> =
        measures.first().map_or_else(Vec::new, |m| m.counted.iter().map(|c| c.officer).collect());
    if people.len() < MIN_PEOPLE {
        let text =
            format!("{MIN_PEOPLE} people are needed to say what is usual; there are {}.", people.len());
        return Judgement { skipped: Some(("too_few_people", text)), ..Judgement::default() };
    }
    let columns: Vec<Vec<f64>> = measures.iter().map(|m| column(m)).collect();
    let rows: Vec<Vec<f64>> =
        (0..people.len()).map(|at| columns.iter().map(|column| column[at]).collect()).collect();
    let Some(fit) = Unusual::fit(&rows, everyone.seed) else {
        let text = "No measure of conduct differs between people, so no profile is unusual.".to_owned();
        return Judgement { skipped: Some(("nothing_varies", text)), ..Judgement::default() };
    };
    let limit = fit.limit(card.value("most_unusual_permille") as f64 / 1000.0);
    let unusual = (0..people.len()).filter(|at| fit.scores()[*at] > limit);
    let found: Vec<Judged> = unusual
        .filter_map(|at| {
            let subject = Subject::Officer(everyone.context.people.pseudonym(people[at])?);
            Some(Judged { subject, hit: hit(&fit, at, limit, &measures, card)?, peers: None, tail: None })
        })
        .collect();
    Judgement { compared: people.len() as u32, found, ..Judgement::default() }
}

/// Whether a measure may enter: of conduct, and not resting on special-category data.
fn counts(measures: &Measures<'_>) -> bool {
    let primary = measures.card.sources.first();
    let special = primary.is_none_or(|kind| SourceSchema::of(*kind).special_category);
    measures.card.route == Route::Conduct && !special
}

/// One value per person, 0 for whoever has no more than their peers.
fn column(measures: &Measures<'_>) -> Vec<f64> {
    let value = |one: &crate::peers::Counted| match measures.comparison {
        Some(comparison) => comparison.excess(one.officer),
        None => f64::from(one.value).ln_1p(),
    };
    measures.counted.iter().map(value).collect()
}

/// The reasons in words and the arithmetic; `None` where no measure lies above the peers.
fn hit(fit: &Unusual, at: usize, limit: f64, measures: &[&Measures<'_>], card: &Card) -> Option<Hit> {
    let reasons = fit.reasons(at, limit);
    let stated: Vec<&Reason> = reasons.iter().filter(|r| r.contribution > 0.0).collect();
    if stated.is_empty() {
        return None;
    }
    let words =
        |reason: &&Reason| format!("{} ({})", measures[reason.column].card.title, own(reason, at, measures));
    let words: Vec<String> = stated.iter().map(words).collect();
    let values = [
        ("people", thousands(fit.scores().len() as i64)),
        ("share", decimal(card.value("most_unusual_permille") as f64 / 10.0)),
        ("reasons", words.join("; ")),
    ];
    let mut sources: Vec<SourceKind> = stated.iter().map(|r| measures[r.column].card.sources[0]).collect();
    sources.dedup();
    Some(Hit {
        sentence: wording::fill(card.words("finding"), &values),
        arithmetic: arithmetic(fit, at, limit, &stated, measures),
        sources,
        evidence_columns: Vec::new(),
        evidence: Vec::new(),
        counter_evidence: Vec::new(),
        // It raises by a step; inside a priority the findings with rows decide the order.
        strength: 0,
    })
}

/// `12 claims`.
fn own(reason: &Reason, at: usize, measures: &[&Measures<'_>]) -> String {
    let measures = measures[reason.column];
    format!("{} {}", thousands(i64::from(measures.counted[at].value)), measures.counts)
}

/// The stated contributions, everything else, and their sum, which is the score.
fn arithmetic(
    fit: &Unusual,
    at: usize,
    limit: f64,
    stated: &[&Reason],
    measures: &[&Measures<'_>],
) -> Vec<ArithmeticLine> {
    let shown = |score: f64| format!("{score:.2}");
    let score = fit.scores()[at];
    let sum: f64 = stated.iter().map(|r| r.contribution).sum();
    let columns: Vec<usize> = stated.iter().map(|r| r.column).collect();
    let each = stated.iter().map(|reason| {
        line(&measures[reason.column].card.title, shown(reason.contribution), own(reason, at, measures))
    });
    let cleared = format!("{} with ordinary values in these", shown(fit.neutralised(at, &columns)));
    let rest = line("all other measures", shown(score - sum), "");
    let total =
        line("score of the whole profile", shown(score), format!("limit {}, {cleared}", shown(limit)));
    each.chain([rest, total]).collect()
}

#[cfg(test)]
mod tests;
