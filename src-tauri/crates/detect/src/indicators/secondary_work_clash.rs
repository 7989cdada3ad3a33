//! Declared second work that stood during sick leave, or that leaves no room beside the duties.
//!
//! The register gives hours a week, never times. So this cites what can be said without them: days off sick on which the
//! declared work stood and no source says that it paused, and weeks that would be too long for one person. Sick leave and
//! declarations are special-category data; it is a question of vetting, and never one of conduct.

use super::Indicator;
use crate::card::Card;
use crate::civil::{days_of, has_left, latest_day, span_of};
use crate::context::Context;
use crate::hours::{average_week, tenths};
use crate::measure::{Hit, Measure, columns, line};
use crate::profile::{Declaration, KnownInterest, Profile};
use crate::sickness::{Spell, spells};
use crate::wording::{self, count, thousands};
use model::{ArithmeticLine, EvidenceRow, NO_DATE, NO_NUMBER, SourceKind, time};

pub const INDICATOR: Indicator = Indicator {
    id: "secondary-work-clash",
    needs: &[SourceKind::Declarations],
    needs_any: &[SourceKind::Absences, SourceKind::Duties],
    exposure: None,
    counts: "days off sick with second work",
    test: super::Test::Officer(measure),
};

const REGISTER: &str = "business_interest";

/// Declared work, and what it clashes with.
struct Clash<'a> {
    work: &'a Declaration,
    /// Tenths of hours a week during the spells, or now where there are none.
    hours: i64,
    spells: Vec<Spell<'a>>,
    /// What other sources know of the work that stood then.
    known: Vec<&'a KnownInterest>,
    week: Option<Week>,
}

/// An average week of duties and the second work that still stands beside it, in tenths of hours: together too much.
struct Week {
    duties: i64,
    work: i64,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let Some(clash) = clash(profile, context, card) else { return Measure::default() };
    let listed = (!clash.spells.is_empty() || clash.week.is_some()) && !has_left(profile, context);
    let hit = listed.then(|| Hit {
        sentence: clash.sentence(card),
        arithmetic: clash.arithmetic(card),
        sources: clash.sources(),
        evidence_columns: columns(&["Record", "From", "To", "What"]),
        evidence: clash.evidence(profile, context),
        counter_evidence: clash.counter_evidence(),
        strength: i64::from(clash.sick_days()) * 1000 + clash.week.as_ref().map_or(0, Week::total),
    });
    Measure { value: clash.sick_days() as u32, exposure: 0, hit, ..Measure::default() }
}

/// The latest answer of the register on or before a day, if it is a yes; an answer without a day is the oldest.
fn declared_on(profile: &Profile, day: i32) -> Option<&Declaration> {
    let mut answers = profile.declarations.iter().filter(|d| &*d.register == REGISTER && d.declared <= day);
    let latest = answers.rfind(|d| matches!(&*d.answer, "yes" | "no"))?;
    (&*latest.answer == "yes").then_some(latest)
}

/// Tenths of hours a week, as declared or known, whichever is more.
fn stated(work: &Declaration, known: &[&KnownInterest]) -> Option<i64> {
    let hours = known.iter().map(|k| k.hours).chain([work.hours]).filter(|h| *h != NO_NUMBER);
    Some(hours.max()? / 100)
}

fn clash<'a>(profile: &'a Profile, context: &Context<'_>, card: &Card) -> Option<Clash<'a>> {
    let known: Vec<&KnownInterest> =
        profile.known_interests.iter().filter(|k| &*k.register == REGISTER).collect();
    // Where other sources know the work, they also know when it paused or ended.
    let within = |first: i32, last: i32| -> Option<Vec<&'a KnownInterest>> {
        let then = known.iter().copied().filter(|k| k.valid.from <= last && first <= k.valid.until);
        let then: Vec<&KnownInterest> = then.collect();
        (known.is_empty() || !then.is_empty()).then_some(then)
    };
    let stood = |spell: &Spell<'_>| {
        declared_on(profile, spell.first).is_some() && within(spell.first, spell.last).is_some()
    };
    let long = |spell: &Spell<'_>| i64::from(spell.days()) >= card.value("min_sick_days");
    let spells: Vec<Spell<'a>> =
        spells(profile, context).into_iter().filter(|s| long(s) && stood(s)).collect();
    let end = latest_day(profile, context);
    let (first, last) = spells.first().zip(spells.last()).map_or((end, end), |(a, b)| (a.first, b.last));
    let work = declared_on(profile, spells.last().map_or(end, |spell| spell.first))?;
    let hours = stated(work, &within(first, last).unwrap_or_default())?;
    let spells = if hours < card.value("min_hours") * 10 { Vec::new() } else { spells };
    let week = declared_on(profile, end).zip(within(end, end));
    let week = week.and_then(|(work, known)| week_beside(work, &known, profile, end, context, card));
    let known = within(first, if week.is_some() { end } else { last }).unwrap_or_default();
    Some(Clash { work, hours, spells, known, week })
}

/// The week of duties since the declaration, if it leaves no room for the work.
fn week_beside(
    work: &Declaration,
    known: &[&KnownInterest],
    profile: &Profile,
    end: i32,
    context: &Context<'_>,
    card: &Card,
) -> Option<Week> {
    let hours = stated(work, known).filter(|hours| *hours >= card.value("min_hours") * 10)?;
    let first = if work.declared == NO_DATE { i32::MIN } else { work.declared };
    let week = Week { duties: average_week(profile, first, end, context)?, work: hours };
    (week.total() > card.value("total_hours") * 10).then_some(week)
}

impl Week {
    fn total(&self) -> i64 {
        self.duties + self.work
    }
}

impl Clash<'_> {
    fn sick_days(&self) -> i32 {
        self.spells.iter().map(Spell::days).sum()
    }

    fn sentence(&self, card: &Card) -> String {
        let sick = self.spells.first().zip(self.spells.last()).map_or_else(String::new, |(first, last)| {
            let values = [
                ("hours", tenths(self.hours)),
                ("days", count(self.sick_days() as usize, "day", "days")),
                ("period", wording::period(first.first, last.last)),
            ];
            wording::fill(card.words("sick"), &values)
        });
        let week = self.week.as_ref().map_or_else(String::new, |week| {
            let values = [
                ("hours", tenths(week.work)),
                ("week", tenths(week.duties)),
                ("total", tenths(week.total())),
            ];
            wording::fill(card.words("week"), &values)
        });
        wording::join(&[sick, week], " ")
    }

    fn arithmetic(&self, card: &Card) -> Vec<ArithmeticLine> {
        let sick = (!self.spells.is_empty()).then(|| {
            let days = wording::sum_of(self.spells.iter().map(|s| i64::from(s.days())));
            line("days off sick while the work stood declared", thousands(i64::from(self.sick_days())), days)
        });
        let week = self.week.as_ref().map(|week| {
            let sum = format!(
                "{} of duties + {} declared, limit {} h",
                tenths(week.duties),
                tenths(week.work),
                card.value("total_hours")
            );
            line("hours a week together", tenths(week.total()), sum)
        });
        let hours = line("hours a week of second work", tenths(self.hours), "as declared or known");
        sick.into_iter().chain(week).chain([hours]).collect()
    }

    fn sources(&self) -> Vec<SourceKind> {
        let kinds = [
            Some(SourceKind::Declarations),
            (!self.spells.is_empty()).then_some(SourceKind::Absences),
            (!self.known.is_empty()).then_some(SourceKind::KnownInterests),
            self.week.as_ref().map(|_| SourceKind::Duties),
        ];
        kinds.into_iter().flatten().collect()
    }

    fn evidence(&self, profile: &Profile, context: &Context<'_>) -> Vec<EvidenceRow> {
        let end = latest_day(profile, context);
        let shown = |day: i32| {
            if day == NO_DATE || day == i32::MAX { "open".to_owned() } else { time::show_day(day) }
        };
        let declared = if self.work.declared == NO_DATE { end } else { self.work.declared };
        let what = format!("declared, {} a week", tenths(self.hours));
        let cells = vec!["declaration".to_owned(), shown(self.work.declared), "open".to_owned(), what];
        let work =
            self.work.origin.cite(SourceKind::Declarations, span_of(declared, declared, context), cells);
        let sick = self.spells.iter().flat_map(|s| &s.rows).map(|absence| {
            let (first, last) = days_of(absence.span, context);
            let cells = vec!["absence".to_owned(), shown(first), shown(last), "sick".to_owned()];
            absence.origin.cite(SourceKind::Absences, absence.span, cells)
        });
        let known = self.known.iter().map(|known| {
            let first = if known.valid.from == NO_DATE { declared } else { known.valid.from };
            let last = known.valid.until.min(end).max(first);
            let cells = vec![
                "known interest".to_owned(),
                shown(known.valid.from),
                shown(known.valid.until),
                known.source.to_string(),
            ];
            known.origin.cite(SourceKind::KnownInterests, span_of(first, last, context), cells)
        });
        [work].into_iter().chain(sick).chain(known).collect()
    }

    fn counter_evidence(&self) -> Vec<String> {
        let declared = "The work was declared: the register is where it belongs.".to_owned();
        let unseen = (!self.spells.is_empty() && self.known.is_empty())
            .then(|| "No other source says whether the work went on during the sick leave.".to_owned());
        [declared].into_iter().chain(unseen).collect()
    }
}

#[cfg(test)]
mod tests;
