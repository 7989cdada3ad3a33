//! A pattern of sickness that suggests help is needed: many spells within a year, or one long one. Welfare, nothing else.
//!
//! Spells are counted as `sickness` says: disability, pregnancy and parental absence are left out before anything is
//! counted. Where occupational health came in during or after the pattern, help is on its way and nothing is said.

use super::Indicator;
use crate::card::Card;
use crate::civil::has_left;
use crate::context::Context;
use crate::measure::{Hit, Measure, NEVER, columns, line, reached_if, reached_or};
use crate::profile::{Profile, Support};
use crate::sickness::{Spell, spells};
use crate::wording::{self, count, thousands};
use model::{ArithmeticLine, EvidenceRow, SourceKind, time};

pub const INDICATOR: Indicator = Indicator {
    id: "sickness-support",
    needs: &[SourceKind::Absences],
    needs_any: &[],
    exposure: None,
    counts: "spells",
    test: super::Test::Officer(measure),
};

/// What suggests that help is needed.
struct Pattern<'a> {
    /// The most spells that began within one window, if they are enough.
    many: Vec<Spell<'a>>,
    long: Vec<Spell<'a>>,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    if has_left(profile, context) {
        return Measure::default();
    }
    let all = spells(profile, context);
    let most = most_within(&all, card.value("window_weeks") as i32 * 7);
    let value = most.len() as u32;
    let many = if i64::from(value) >= card.value("min_spells") { most.to_vec() } else { Vec::new() };
    let holds = holds(profile, &all, most, card);
    let long = all.iter().filter(|s| i64::from(s.days()) >= card.value("long_days")).cloned().collect();
    let pattern = Pattern { many, long };
    let helped = pattern.cited().last().is_some_and(|last| helped_from(profile, last.first).is_some());
    let listed = !helped && !pattern.cited().is_empty();
    let hit = listed.then(|| Hit {
        sentence: pattern.sentence(card),
        arithmetic: pattern.arithmetic(card),
        sources: vec![SourceKind::Absences],
        evidence_columns: columns(&["From", "To", "Days", "What"]),
        evidence: pattern.cited().iter().flat_map(|spell| rows(spell, context)).collect(),
        counter_evidence: counter_evidence(profile),
        strength: pattern.cited().iter().map(|s| i64::from(s.days())).sum::<i64>() * 1000,
    });
    Measure { value, exposure: 0, hit, holds, ..Measure::default() }
}

/// A spell after whose first day no help came lists the officer, whatever else is cited with it.
fn holds(profile: &Profile, all: &[Spell<'_>], most: &[Spell<'_>], card: &Card) -> Vec<(&'static str, i64)> {
    let unhelped = |spell: &&Spell<'_>| helped_from(profile, spell.first).is_none();
    let longest = all.iter().filter(unhelped).map(|s| i64::from(s.days())).max().unwrap_or(NEVER);
    let (many, alone) = (most.len() as i64, most.last().is_some_and(|last| unhelped(&last)));
    vec![
        ("min_spells", reached_or(longest >= card.value("long_days"), reached_if(alone, many))),
        ("long_days", reached_or(alone && many >= card.value("min_spells"), longest)),
    ]
}

/// The largest set of spells that began within `days` of the first of them; the earliest of equals.
fn most_within<'a, 'b>(all: &'b [Spell<'a>], days: i32) -> &'b [Spell<'a>] {
    let within = |from: usize| {
        let length = all[from..].iter().take_while(|s| s.first < all[from].first + days).count();
        &all[from..from + length]
    };
    (0..all.len()).map(within).rev().max_by_key(|window| window.len()).unwrap_or(&[])
}

fn is_occupational_health(support: &&Support) -> bool {
    &*support.kind == "occupational_health"
}

/// The first day on or after `day` on which occupational health came in.
fn helped_from(profile: &Profile, day: i32) -> Option<i32> {
    profile.support.iter().filter(is_occupational_health).map(|s| s.day).find(|from| *from >= day)
}

impl<'a> Pattern<'a> {
    /// Each spell once, in order of time.
    fn cited(&self) -> Vec<&Spell<'a>> {
        let mut cited: Vec<&Spell<'a>> = self.many.iter().chain(&self.long).collect();
        cited.sort_by_key(|s| s.first);
        cited.dedup_by_key(|s| s.first);
        cited
    }

    fn sentence(&self, card: &Card) -> String {
        let many = self.many.first().zip(self.many.last()).map_or_else(String::new, |(first, last)| {
            let days: i32 = self.many.iter().map(Spell::days).sum();
            let values = [
                ("spells", count(self.many.len(), "separate spell", "separate spells")),
                ("weeks", card.value("window_weeks").to_string()),
                ("days", count(days as usize, "day", "days")),
                ("period", wording::period(first.first, last.last)),
            ];
            wording::fill(card.words("many"), &values)
        });
        let longest = self.long.iter().max_by_key(|s| (s.days(), -s.first));
        let long = longest.map_or_else(String::new, |spell| {
            let days = count(spell.days() as usize, "day", "days");
            let values = [("days", days), ("period", wording::period(spell.first, spell.last))];
            wording::fill(card.words("long"), &values)
        });
        wording::join(&[many, long, card.words("help").to_owned()], " ")
    }

    fn arithmetic(&self, card: &Card) -> Vec<ArithmeticLine> {
        let weeks = format!("spells that began within {} weeks", card.value("window_weeks"));
        let many = (!self.many.is_empty()).then(|| {
            let days = wording::sum_of(self.many.iter().map(|s| i64::from(s.days())));
            let note = if days.is_empty() { String::new() } else { format!("days: {days}") };
            line(&weeks, thousands(self.many.len() as i64), note)
        });
        let long = self.long.iter().map(|spell| {
            let period = wording::period(spell.first, spell.last);
            line("days of one spell in a row", thousands(i64::from(spell.days())), period)
        });
        many.into_iter().chain(long).collect()
    }
}

fn counter_evidence(profile: &Profile) -> Vec<String> {
    let earlier = profile.support.iter().filter(is_occupational_health);
    earlier.map(|s| format!("Occupational health came in on {}.", time::show_day(s.day))).collect()
}

fn rows(spell: &Spell<'_>, context: &Context<'_>) -> Vec<EvidenceRow> {
    let part = if spell.rows.len() > 1 { "sick, part of one spell" } else { "sick" };
    let row = |absence: &&crate::profile::Absence| {
        let (first, last) = crate::civil::days_of(absence.span, context);
        let cells = vec![
            time::show_day(first),
            time::show_day(last),
            thousands(i64::from(last - first + 1)),
            part.to_owned(),
        ];
        absence.origin.cite(SourceKind::Absences, absence.span, cells)
    };
    spell.rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests;
