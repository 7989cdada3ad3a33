//! Falling grades together with overload or absence: somebody who is struggling, not somebody who misbehaves. Welfare.
//!
//! The latest review is set against the best of the three before it. A fall alone says nothing here; it has to come with
//! long hours or with much sickness in the period of the latest review. Hours are the union of duties and overtime, per
//! week not absent, and are compared with the legal week or with the person's own contract, whichever is less: for a
//! part-timer 32 hours are many.

use super::Indicator;
use crate::card::Card;
use crate::civil::{days_of, has_left, span_of};
use crate::commended::commended;
use crate::context::Context;
use crate::hours::{average_week, tenths};
use crate::measure::{Hit, Measure, columns, line};
use crate::profile::{Performance, Profile};
use crate::sickness::spells;
use crate::wording::{self, count, thousands};
use model::{ArithmeticLine, EvidenceRow, NO_NUMBER, NO_OFFICER, SourceKind, time};

pub const INDICATOR: Indicator = Indicator {
    id: "performance-support",
    needs: &[SourceKind::Performance],
    needs_any: &[SourceKind::Duties, SourceKind::Absences],
    exposure: None,
    counts: "grades",
    test: super::Test::Officer(measure),
};

/// Reviews that the latest is set against.
const LOOK_BACK: usize = 3;

/// A fall, and what came with it.
struct Fall<'a> {
    best: &'a Performance,
    latest: &'a Performance,
    grades: u32,
    /// Tenths of hours in the average week, and the limit they are over.
    overload: Option<(i64, i64)>,
    /// Days off sick in the period, if there are many.
    sick: Option<i32>,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let Some(fall) = fall(profile, context, card) else { return Measure::default() };
    let listed = (fall.overload.is_some() || fall.sick.is_some()) && !has_left(profile, context);
    let hit = listed.then(|| Hit {
        sentence: fall.sentence(card),
        arithmetic: fall.arithmetic(),
        sources: fall.sources(profile),
        evidence_columns: columns(&["From", "To", "Record", "Grade or days"]),
        evidence: fall.evidence(profile, context),
        counter_evidence: fall.counter_evidence(profile),
        strength: i64::from(fall.grades) * 1000,
    });
    Measure { value: fall.grades, exposure: 0, hit, ..Measure::default() }
}

fn fall<'a>(profile: &'a Profile, context: &Context<'_>, card: &Card) -> Option<Fall<'a>> {
    let mut graded: Vec<&Performance> = profile.performance.iter().filter(|p| p.level.is_some()).collect();
    graded.sort_by_key(|p| (p.valid.until, p.valid.from));
    let (latest, before) = graded.split_last()?;
    // Of equal grades the later: it is the one people remember.
    let best = before.iter().rev().take(LOOK_BACK).rev().max_by_key(|p| p.level)?;
    let grades = u32::from(best.level?.saturating_sub(latest.level?));
    // A grade that has begun to rise again is not falling.
    let rising = before.last().is_some_and(|p| p.level < latest.level);
    if rising || i64::from(grades) < card.value("min_grades") {
        return None;
    }
    let (first, last) = (latest.valid.from, latest.valid.until);
    let sick = spells(profile, context);
    let sick: i32 = sick.iter().map(|s| (s.last.min(last) - s.first.max(first) + 1).max(0)).sum();
    let sick = (i64::from(sick) >= card.value("min_sick_days")).then_some(sick);
    let overload = overload(profile, latest, context, card);
    Some(Fall { best, latest, grades, overload, sick })
}

/// The average week in the period of a review, in tenths of hours, and the limit, if it is over.
fn overload(
    profile: &Profile,
    review: &Performance,
    context: &Context<'_>,
    card: &Card,
) -> Option<(i64, i64)> {
    let average = average_week(profile, review.valid.from, review.valid.until, context)?;
    let attributes = context.attributes_on(profile.officer, review.valid.until);
    let contract = attributes.map(|a| a.contract_hours).filter(|h| *h != NO_NUMBER && *h > 0);
    // Thousandths of an hour times percent, in tenths of an hour.
    let own = contract.map(|hours| hours * card.value("contract_percent") / 10_000);
    let limit = own.unwrap_or(i64::MAX).min(card.value("weekly_hours") * 10);
    (average > limit).then_some((average, limit))
}

impl Fall<'_> {
    fn sentence(&self, card: &Card) -> String {
        let fell = [
            ("best", self.best.grade.to_string()),
            ("latest", self.latest.grade.to_string()),
            ("period", wording::period(self.latest.valid.from, self.latest.valid.until)),
        ];
        let overload = self.overload.map_or_else(String::new, |(average, limit)| {
            wording::fill(card.words("overload"), &[("average", tenths(average)), ("limit", tenths(limit))])
        });
        let sick = self.sick.map_or_else(String::new, |days| {
            wording::fill(card.words("sick"), &[("days", count(days as usize, "day", "days"))])
        });
        wording::join(&[wording::fill(card.words("fell"), &fell), overload, sick], " ")
    }

    fn arithmetic(&self) -> Vec<ArithmeticLine> {
        let steps = format!("from {} to {}", self.best.grade, self.latest.grade);
        let overload = self.overload.map(|(average, limit)| {
            line("average week at work", tenths(average), format!("limit {}", tenths(limit)))
        });
        let sick = self.sick.map(|days| line("days off sick in the period", thousands(i64::from(days)), ""));
        let fell = line("grades lost against the best of the three before", self.grades.to_string(), steps);
        [Some(fell), overload, sick].into_iter().flatten().collect()
    }

    fn sources(&self, profile: &Profile) -> Vec<SourceKind> {
        let overtime = self.overload.is_some() && !profile.overtime.is_empty();
        let kinds = [
            Some(SourceKind::Performance),
            self.overload.map(|_| SourceKind::Duties),
            overtime.then_some(SourceKind::Overtime),
            self.sick.map(|_| SourceKind::Absences),
        ];
        kinds.into_iter().flatten().collect()
    }

    /// The two reviews, and the sickness that is counted; the hours are in the arithmetic.
    fn evidence(&self, profile: &Profile, context: &Context<'_>) -> Vec<EvidenceRow> {
        let cells = |first: i32, last: i32, what: &str, value: String| {
            vec![time::show_day(first), time::show_day(last), what.to_owned(), value]
        };
        let review = |review: &Performance| {
            let (first, last) = (review.valid.from, review.valid.until);
            let cells = cells(first, last, "review", review.grade.to_string());
            review.origin.cite(SourceKind::Performance, span_of(first, last, context), cells)
        };
        let mut rows = vec![review(self.best), review(self.latest)];
        let (from, until) = (self.latest.valid.from, self.latest.valid.until);
        let spells = if self.sick.is_some() { spells(profile, context) } else { Vec::new() };
        for absence in spells.iter().filter(|s| s.first <= until && from <= s.last).flat_map(|s| &s.rows) {
            let (first, last) = days_of(absence.span, context);
            let days = count((last - first + 1) as usize, "day", "days");
            rows.push(absence.origin.cite(
                SourceKind::Absences,
                absence.span,
                cells(first, last, "sick", days),
            ));
        }
        rows
    }

    fn counter_evidence(&self, profile: &Profile) -> Vec<String> {
        let others = ![self.best.supervisor, self.latest.supervisor].contains(&NO_OFFICER)
            && self.best.supervisor != self.latest.supervisor;
        let others = others.then(|| "The two grades were given by different supervisors.".to_owned());
        let helped = profile.support.iter().filter(|s| s.day >= self.latest.valid.from);
        let helped = helped.map(|s| {
            let kind = if s.kind.is_empty() { "Support".to_owned() } else { s.kind.replace('_', " ") };
            format!("On file since the review began: {kind}, {}.", time::show_day(s.day))
        });
        others.into_iter().chain(helped).chain(commended(profile)).collect()
    }
}

#[cfg(test)]
mod tests;
