//! A declared "no" on a register, although another source knows an interest that belongs on it.
//!
//! What counts is the latest answer of each register. It is contradicted by an interest that held on the day of the
//! answer, or that began later and has gone on longer than there was time to say so. Freemasonry and associations may
//! reveal belief: this is a matter of vetting and never of conduct.

use super::Indicator;
use super::declaration_missing::register_name;
use crate::card::Card;
use crate::civil::{has_left, latest_day, span_of};
use crate::context::Context;
use crate::measure::{Hit, Measure, columns, line};
use crate::profile::{Declaration, KnownInterest, Profile};
use crate::wording::{self, count};
use model::{ArithmeticLine, EvidenceRow, NO_DATE, SourceKind, time};
use std::collections::BTreeMap;

pub const INDICATOR: Indicator = Indicator {
    id: "declaration-contradicted",
    needs: &[SourceKind::Declarations, SourceKind::KnownInterests],
    needs_any: &[],
    exposure: None,
    counts: "declarations",
    test: super::Test::Officer(measure),
};

/// An answer, and what another source knows.
struct Contradiction<'a> {
    answer: &'a Declaration,
    known: Vec<&'a KnownInterest>,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    if has_left(profile, context) {
        return Measure::default();
    }
    let found = contradictions(profile, context, card);
    let hit = (!found.is_empty()).then(|| Hit {
        sentence: sentence(&found, card),
        arithmetic: arithmetic(&found),
        sources: vec![SourceKind::Declarations, SourceKind::KnownInterests],
        evidence_columns: columns(&["Record", "Register", "From", "To", "Says"]),
        evidence: found.iter().flat_map(|c| evidence(c, profile, context)).collect(),
        counter_evidence: counter_evidence(&found),
        strength: found.len() as i64 * 1000,
    });
    Measure { value: found.len() as u32, exposure: 0, hit, ..Measure::default() }
}

fn contradictions<'a>(profile: &'a Profile, context: &Context<'_>, card: &Card) -> Vec<Contradiction<'a>> {
    let mut latest: BTreeMap<&str, &Declaration> = BTreeMap::new();
    // In order of day: the last of each register stays. A form not returned replaces no answer.
    for answer in profile.declarations.iter().filter(|d| matches!(&*d.answer, "yes" | "no")) {
        latest.insert(&answer.register, answer);
    }
    let end = latest_day(profile, context);
    let update = card.value("update_days") as i32;
    let against = |answer: &Declaration, known: &KnownInterest| {
        let since = known.valid.from.max(answer.declared);
        let until = known.valid.until.min(end);
        let at_the_time = answer.declared != NO_DATE && known.valid.holds_on(answer.declared);
        known.register == answer.register && (at_the_time || until.saturating_sub(since) >= update)
    };
    let contradiction = |answer: &'a Declaration| {
        let known = profile.known_interests.iter().filter(|k| against(answer, k)).collect();
        Contradiction { answer, known }
    };
    let noes = latest.into_values().filter(|answer| &*answer.answer == "no");
    noes.map(contradiction).filter(|c| !c.known.is_empty()).collect()
}

/// `on 3 Mar 2026`, or nothing where the register does not say.
fn on_day(day: i32) -> String {
    if day == NO_DATE { String::new() } else { format!(" on {}", time::show_day(day)) }
}

fn sentence(found: &[Contradiction<'_>], card: &Card) -> String {
    let one = |c: &Contradiction<'_>| {
        let mut sources: Vec<&str> = c.known.iter().map(|k| &*k.source).filter(|s| !s.is_empty()).collect();
        sources.sort_unstable();
        sources.dedup();
        let source = if sources.is_empty() { "another source".to_owned() } else { sources.join(", ") };
        let values = [
            ("register", register_name(&c.answer.register)),
            ("day", on_day(c.answer.declared)),
            ("source", source),
        ];
        wording::fill(card.words("finding"), &values)
    };
    wording::join(&found.iter().map(one).collect::<Vec<_>>(), " ")
}

fn arithmetic(found: &[Contradiction<'_>]) -> Vec<ArithmeticLine> {
    let one = |c: &Contradiction<'_>| {
        let label = format!("known interests against the \"no\" on {}", register_name(&c.answer.register));
        let before = c.known.iter().filter(|k| k.valid.holds_on(c.answer.declared)).count();
        let note = match c.answer.declared {
            NO_DATE => "the answer has no date".to_owned(),
            _ => format!("{before} held on the day of the answer"),
        };
        line(&label, c.known.len().to_string(), note)
    };
    found.iter().map(one).collect()
}

fn shown(day: i32) -> String {
    if day == NO_DATE || day == i32::MAX { "open".to_owned() } else { time::show_day(day) }
}

fn evidence(found: &Contradiction<'_>, profile: &Profile, context: &Context<'_>) -> Vec<EvidenceRow> {
    let end = latest_day(profile, context);
    let register = register_name(&found.answer.register);
    let declared = if found.answer.declared == NO_DATE { end } else { found.answer.declared };
    let cells = vec![
        "declaration".to_owned(),
        register.clone(),
        shown(found.answer.declared),
        String::new(),
        "no".to_owned(),
    ];
    let answer =
        found.answer.origin.cite(SourceKind::Declarations, span_of(declared, declared, context), cells);
    let known = found.known.iter().map(|known| {
        let first = if known.valid.from == NO_DATE { declared } else { known.valid.from };
        let last = known.valid.until.min(end).max(first);
        let cells = vec![
            "known interest".to_owned(),
            register.clone(),
            shown(known.valid.from),
            shown(known.valid.until),
            known.source.to_string(),
        ];
        known.origin.cite(SourceKind::KnownInterests, span_of(first, last, context), cells)
    });
    [answer].into_iter().chain(known).collect()
}

fn counter_evidence(found: &[Contradiction<'_>]) -> Vec<String> {
    let known = || found.iter().flat_map(|c| c.known.iter().map(move |k| (c, k)));
    let after = |c: &Contradiction<'_>, k: &KnownInterest| {
        c.answer.declared != NO_DATE && k.valid.from > c.answer.declared
    };
    let later = known().filter(|(c, k)| after(c, k)).count();
    let later = (later > 0)
        .then(|| format!("{} after the answer.", count(later, "interest began", "interests began")));
    let open = known().filter(|(_, k)| k.valid.from == NO_DATE).count();
    let open = (open > 0)
        .then(|| format!("For {} the source does not say since when.", count(open, "interest", "interests")));
    let undated = found.iter().filter(|c| c.answer.declared == NO_DATE).count();
    let undated = (undated > 0).then(|| {
        let answers = count(undated, "answer has no date", "answers have no date");
        format!("{answers}: whether it was true when it was given is not known.")
    });
    later.into_iter().chain(open).chain(undated).collect()
}

#[cfg(test)]
mod tests;
