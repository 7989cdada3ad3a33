//! Repeated allegations of one category, or from vulnerable people, within a year.
//!
//! A matter counts once for a category however many rows it has, and once towards vulnerable people. Two tests, each on
//! the busiest window of days: enough matters of one category, or enough matters with a vulnerable complainant. This is a
//! count, not a comparison: whether a posting draws such complaints is for `complaint-rate` and for the reader.

use super::{Exposure, Indicator, Test, complaint_rate};
use crate::card::Card;
use crate::context::Context;
use crate::measure::{Hit, Measure, capped, columns, left_out, line, reached_or};
use crate::profile::{Complaint, Profile};
use crate::span::Span;
use crate::wording::{self, count};
use model::{ArithmeticLine, EvidenceRow, SourceKind, Token, time};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "complaint-pattern",
    needs: &[SourceKind::Complaints],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "matters of one kind",
    test: Test::Officer(measure),
};

/// Matters of one kind inside the busiest window.
struct Pattern<'a> {
    /// Category in lower case; empty for matters with a vulnerable complainant.
    category: &'a str,
    matters: usize,
    rows: &'a [&'a Complaint],
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let window = card.value("window_days") as i32;
    let mut kinds: BTreeMap<String, Vec<&Complaint>> = BTreeMap::new();
    for complaint in profile.complaints.iter().filter(|c| !c.category.is_empty()) {
        kinds.entry(complaint.category.to_lowercase()).or_default().push(complaint);
    }
    let categories = kinds.iter().map(|(category, rows)| busiest(category, rows, window));
    let mut patterns: Vec<Pattern<'_>> = categories.collect();
    let most = patterns.iter().map(|p| p.matters).max().unwrap_or(0);
    patterns.retain(|p| p.matters as i64 >= card.value("min_matters"));
    let vulnerable: Vec<&Complaint> = profile.complaints.iter().filter(|c| &*c.vulnerable == "yes").collect();
    let vulnerable = busiest("", &vulnerable, window);
    let (alike, towards) = (!patterns.is_empty(), vulnerable.matters as i64);
    let holds = vec![
        ("min_matters", reached_or(towards >= card.value("min_vulnerable"), most as i64)),
        ("min_vulnerable", reached_or(alike, towards)),
    ];
    if towards >= card.value("min_vulnerable") {
        patterns.push(vulnerable);
    }
    patterns.sort_by(|a, b| (b.matters, a.category).cmp(&(a.matters, b.category)));
    let hit = (!patterns.is_empty()).then(|| hit(profile, &patterns, context, card));
    Measure { value: most as u32, exposure: profile.duty_hours(), hit, holds, ..Measure::default() }
}

/// The window of days with most matters; the earliest of equals. Rows are in order of the day received.
fn busiest<'a>(category: &'a str, rows: &'a [&'a Complaint], days: i32) -> Pattern<'a> {
    let mut best = Pattern { category, matters: 0, rows: &[] };
    let (mut first, mut inside) = (0, Matters::default());
    for (last, row) in rows.iter().enumerate() {
        inside.add(row);
        while rows[first].received <= row.received.saturating_sub(days) {
            inside.remove(rows[first]);
            first += 1;
        }
        if inside.number() > best.matters {
            (best.matters, best.rows) = (inside.number(), &rows[first..=last]);
        }
    }
    best
}

/// Matters of a window; a row without a matter number is one of its own.
#[derive(Default)]
struct Matters {
    named: BTreeMap<u64, usize>,
    unnamed: usize,
}

impl Matters {
    fn add(&mut self, row: &Complaint) {
        match row.matter {
            0 => self.unnamed += 1,
            matter => *self.named.entry(matter).or_default() += 1,
        }
    }

    fn remove(&mut self, row: &Complaint) {
        match row.matter {
            0 => self.unnamed -= 1,
            matter => {
                let rows = self.named.get_mut(&matter).map_or(0, |rows| {
                    *rows -= 1;
                    *rows
                });
                if rows == 0 {
                    self.named.remove(&matter);
                }
            }
        }
    }

    fn number(&self) -> usize {
        self.named.len() + self.unnamed
    }
}

fn hit(profile: &Profile, patterns: &[Pattern<'_>], context: &Context<'_>, card: &Card) -> Hit {
    let all: BTreeSet<&Complaint> = patterns.iter().flat_map(|p| p.rows.iter().copied()).collect();
    let rows: Vec<&Complaint> = all.into_iter().collect();
    let sentences: Vec<String> = patterns.iter().map(|p| sentence(p, card)).collect();
    Hit {
        sentence: wording::join(&[sentences.join(" "), card.words("caution").to_owned()], " "),
        arithmetic: arithmetic(profile, patterns, rows.len(), card),
        sources: vec![SourceKind::Complaints],
        evidence_columns: columns(&["Received", "Matter", "Origin", "Category", "Vulnerable", "Outcome"]),
        evidence: capped(&rows).iter().map(|c| row(c, context)).collect(),
        counter_evidence: complaint_rate::counter_evidence(profile, &rows),
        strength: patterns.iter().map(|p| p.matters as i64).sum::<i64>() * 1000,
    }
}

fn sentence(pattern: &Pattern<'_>, card: &Card) -> String {
    let days = pattern.rows.iter().map(|c| c.received);
    let period = wording::period(days.clone().min().unwrap_or(0), days.max().unwrap_or(0));
    let category = pattern.rows.first().map(|c| c.category.to_string()).unwrap_or_default();
    let values = [
        ("matters", count(pattern.matters, "complaint", "complaints")),
        ("category", category),
        ("period", period),
    ];
    let words = if pattern.category.is_empty() { "vulnerable" } else { "category" };
    wording::fill(card.words(words), &values)
}

fn arithmetic(profile: &Profile, patterns: &[Pattern<'_>], rows: usize, card: &Card) -> Vec<ArithmeticLine> {
    let window = card.value("window_days");
    let each = patterns.iter().map(|p| {
        let what = match p.category {
            "" => "matters with a vulnerable complainant".to_owned(),
            category => format!("matters of the category {category}"),
        };
        let note = format!("{}, each matter once", count(p.rows.len(), "row", "rows"));
        line(&format!("{what}, most in {window} days"), wording::thousands(p.matters as i64), note)
    });
    let all = wording::thousands(profile.complaints.len() as i64);
    let vulnerable = |word: &str| profile.complaints.iter().filter(|c| &*c.vulnerable == word).count();
    let note = format!("vulnerable: {} yes, {} unknown", vulnerable("yes"), vulnerable("unknown"));
    let all = line("all allegations about this person", all, note);
    each.chain([all]).chain(left_out(rows)).collect()
}

fn row(complaint: &Complaint, context: &Context<'_>) -> EvidenceRow {
    let start = time::start_of_day(complaint.received, &context.calendar.zone);
    let or_unknown = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
    let cells = vec![
        time::show_day(complaint.received),
        if complaint.matter == 0 { String::new() } else { Token(complaint.matter).to_string() },
        complaint.origin_kind.to_string(),
        complaint.category.to_string(),
        or_unknown(&complaint.vulnerable),
        or_unknown(&complaint.outcome),
    ];
    complaint.origin.cite(SourceKind::Complaints, Span { start, end: start }, cells)
}

#[cfg(test)]
mod tests;
