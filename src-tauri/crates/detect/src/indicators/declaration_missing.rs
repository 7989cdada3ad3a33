//! A declaration that never came back, or work on after the clearance lapsed. First of all: the register is out of date.
//!
//! There is no clock here, so a clearance counts as lapsed only where the officer's own duties, overtime or look-ups go on
//! after its last day. A form that a later one of the same register answers is not missing.

use super::Indicator;
use crate::card::Card;
use crate::civil::{has_left, latest_day, span_of};
use crate::context::Context;
use crate::measure::{Hit, Measure, columns, line};
use crate::profile::{Declaration, Profile, Vetting};
use crate::wording::{self, count, thousands};
use model::{ArithmeticLine, EvidenceRow, NO_DATE, SourceKind, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "declaration-missing",
    needs: &[],
    needs_any: &[SourceKind::Declarations, SourceKind::Vetting],
    exposure: None,
    counts: "declarations and clearances",
    test: super::Test::Officer(measure),
};

/// A clearance that ran out, and the days of work after it.
struct Lapse<'a> {
    vetting: &'a Vetting,
    /// Days worked after the last day and the grace, in order.
    days: BTreeSet<i32>,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    if has_left(profile, context) {
        return Measure::default();
    }
    let missing = missing(profile);
    let lapse = lapse(profile, context, card);
    let value = (missing.len() + usize::from(lapse.is_some())) as u32;
    let hit = (value > 0).then(|| Hit {
        sentence: sentence(&missing, lapse.as_ref(), card),
        arithmetic: arithmetic(&missing, lapse.as_ref()),
        sources: sources(&missing, lapse.as_ref()),
        evidence_columns: columns(&["Record", "What", "Date", "State"]),
        evidence: evidence(profile, &missing, lapse.as_ref(), context),
        counter_evidence: counter_evidence(profile, &missing),
        strength: i64::from(value) * 1000,
    });
    Measure { value, exposure: 0, hit, ..Measure::default() }
}

/// `business interests`, for `business_interest`.
pub(super) fn register_name(register: &str) -> String {
    match register {
        "business_interest" => "business interests".to_owned(),
        "notifiable_association" => "notifiable associations".to_owned(),
        "gift" => "gifts".to_owned(),
        other => other.replace('_', " "),
    }
}

/// Forms not returned that no later answer replaces, one per register.
fn missing(profile: &Profile) -> Vec<&Declaration> {
    let returned = |d: &&Declaration| matches!(&*d.answer, "yes" | "no");
    let replaces = |open: &Declaration, answer: &Declaration| {
        answer.register == open.register
            && match (open.declared, answer.declared) {
                // Without days, a register that also holds an answer is taken to be the older of the two.
                (NO_DATE, _) | (_, NO_DATE) => answer.origin.import >= open.origin.import,
                (asked, answered) => answered >= asked,
            }
    };
    let mut found: BTreeMap<&str, &Declaration> = BTreeMap::new();
    for open in profile.declarations.iter().filter(|d| &*d.answer == "not_returned") {
        if !profile.declarations.iter().filter(returned).any(|answer| replaces(open, answer)) {
            found.entry(&open.register).or_insert(open);
        }
    }
    found.into_values().collect()
}

/// The clearance that holds longest, if work went on after it.
fn lapse<'a>(profile: &'a Profile, context: &Context<'_>, card: &Card) -> Option<Lapse<'a>> {
    if profile.vetting.iter().any(|v| v.expires == NO_DATE) {
        return None;
    }
    let vetting = profile.vetting.iter().max_by_key(|v| v.expires)?;
    let until = vetting.expires.saturating_add(card.value("grace_days") as i32);
    let duties = profile.duties.iter().filter(|d| d.is_worked()).map(|d| d.span.start);
    let others = profile.overtime.iter().map(|o| o.worked.start).chain(profile.accesses.iter().map(|a| a.at));
    let days = duties.chain(others).map(|at| context.day(at)).filter(|day| *day > until).collect();
    let lapse = Lapse { vetting, days };
    (lapse.days.len() as i64 >= card.value("min_days")).then_some(lapse)
}

fn sentence(missing: &[&Declaration], lapse: Option<&Lapse<'_>>, card: &Card) -> String {
    let forms = if missing.is_empty() {
        String::new()
    } else {
        let names: Vec<String> = missing.iter().map(|d| register_name(&d.register)).collect();
        wording::fill(card.words("missing"), &[("registers", names.join(", "))])
    };
    let lapsed = lapse.map_or_else(String::new, |lapse| {
        let values = [
            ("level", lapse.vetting.level.to_string()),
            ("day", time::show_day(lapse.vetting.expires)),
            ("days", count(lapse.days.len(), "day", "days")),
            ("last", time::show_day(lapse.days.last().copied().unwrap_or(lapse.vetting.expires))),
        ];
        wording::fill(card.words("lapsed"), &values)
    });
    wording::join(&[card.words("first").to_owned(), forms, lapsed], " ")
}

fn arithmetic(missing: &[&Declaration], lapse: Option<&Lapse<'_>>) -> Vec<ArithmeticLine> {
    let forms = (!missing.is_empty())
        .then(|| line("declarations not returned, none since", thousands(missing.len() as i64), ""));
    let days = lapse.map(|lapse| {
        let last = format!("last day of the clearance {}", time::show_day(lapse.vetting.expires));
        line("days of work after the clearance lapsed", thousands(lapse.days.len() as i64), last)
    });
    forms.into_iter().chain(days).collect()
}

fn sources(missing: &[&Declaration], lapse: Option<&Lapse<'_>>) -> Vec<SourceKind> {
    let declarations = (!missing.is_empty()).then_some(SourceKind::Declarations);
    declarations.into_iter().chain(lapse.map(|_| SourceKind::Vetting)).collect()
}

fn evidence(
    profile: &Profile,
    missing: &[&Declaration],
    lapse: Option<&Lapse<'_>>,
    context: &Context<'_>,
) -> Vec<EvidenceRow> {
    let latest = latest_day(profile, context);
    let form = |form: &&Declaration| {
        let (day, shown) = match form.declared {
            NO_DATE => (latest, "not given".to_owned()),
            day => (day, time::show_day(day)),
        };
        let cells =
            vec!["declaration".to_owned(), register_name(&form.register), shown, "not returned".to_owned()];
        form.origin.cite(SourceKind::Declarations, span_of(day, day, context), cells)
    };
    let clearance = lapse.map(|lapse| {
        let day = lapse.vetting.expires;
        let cells = vec![
            "vetting".to_owned(),
            lapse.vetting.level.to_string(),
            time::show_day(day),
            "lapsed".to_owned(),
        ];
        lapse.vetting.origin.cite(SourceKind::Vetting, span_of(day, day, context), cells)
    });
    missing.iter().map(form).chain(clearance).collect()
}

fn counter_evidence(profile: &Profile, missing: &[&Declaration]) -> Vec<String> {
    let undated = missing.iter().filter(|d| d.declared == NO_DATE).count();
    let undated = (undated > 0).then(|| "The register does not say by when the form was due.".to_owned());
    let others: BTreeSet<&str> = profile
        .declarations
        .iter()
        .filter(|d| matches!(&*d.answer, "yes" | "no"))
        .map(|d| &*d.register)
        .collect();
    let others = (!others.is_empty() && !missing.is_empty()).then(|| {
        format!("{} on other registers.", count(others.len(), "declaration is", "declarations are"))
    });
    undated.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests;
