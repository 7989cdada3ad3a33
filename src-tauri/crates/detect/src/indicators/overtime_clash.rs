//! Worked overtime that another record contradicts: an absence, another claim, or a duty that was paid anyway.
//!
//! Only the time worked is compared, never the hours paid: a flat minimum makes paid hours overlap honestly. A claim
//! that begins before an absence starts and runs into its first day is the end of the evening before, not a clash.
//! Claims under one reference are one claim; the same time under two references is a repeat, counted on its own.

use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::Context;
use crate::measure::{Hit, MAX_CITED, Measure, columns, counter, left_out, line};
use crate::profile::{Absence, Duty, Overtime, Profile};
use crate::span::{Span, meeting, meeting_each_other};
use crate::wording::{self, count, hours_minutes};
use model::{ArithmeticLine, EvidenceRow, NO_NUMBER, SourceKind, Token};
use std::collections::{BTreeMap, BTreeSet};

pub const INDICATOR: Indicator = Indicator {
    id: "overtime-clash",
    needs: &[SourceKind::Overtime],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "claims",
    test: Test::Officer(measure),
};

/// What contradicts a claim: positions in the profile's slices, and the seconds shared.
#[derive(Default)]
struct Clashes {
    absences: Vec<(usize, usize, i64)>,
    duties: Vec<(usize, usize, i64)>,
    /// First position is the earlier claim.
    claims: Vec<(usize, usize, i64)>,
    repeats: Vec<(usize, usize, i64)>,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let clashes = find(profile, card.value("min_overlap_minutes") * 60);
    let cited = clashes.claims_cited();
    let enough = !cited.is_empty() && cited.len() as i64 >= card.value("min_clashes");
    let hit = enough.then(|| Hit {
        sentence: sentence(&clashes, card),
        arithmetic: arithmetic(profile, &clashes),
        sources: sources(&clashes),
        evidence_columns: columns(&["Record", "From", "To", "What", "Reference", "Contradicted by"]),
        evidence: evidence(profile, &clashes, context),
        counter_evidence: counter_evidence(profile, &clashes),
        strength: clashes.seconds() * 1000 / 3600,
    });
    Measure { value: cited.len() as u32, exposure: profile.duty_hours(), hit, ..Measure::default() }
}

fn find(profile: &Profile, least: i64) -> Clashes {
    let claims: Vec<Span> = profile.overtime.iter().map(|o| o.worked).collect();
    let absences: Vec<Span> = profile.absences.iter().map(|a| a.span).collect();
    let worked = profile.duties.iter().enumerate().filter(|(_, d)| d.is_worked());
    let (places, duties): (Vec<usize>, Vec<Span>) = worked.map(|(at, d)| (at, d.span)).unzip();
    let mut found = Clashes { absences: meeting(&claims, &absences, least), ..Clashes::default() };
    found.absences.retain(|(claim, absence, _)| absences[*absence].start <= claims[*claim].start);
    found.duties = meeting(&claims, &duties, least);
    found.duties.iter_mut().for_each(|(_, duty, _)| *duty = places[*duty]);
    let reference = |at: usize| profile.overtime[at].claim;
    let pairs = meeting_each_other(&claims, least).into_iter();
    let pairs = pairs.filter(|(earlier, later, _)| reference(*earlier) != reference(*later));
    (found.repeats, found.claims) = pairs.partition(|(earlier, later, _)| claims[*earlier] == claims[*later]);
    found
}

impl Clashes {
    /// Every claim that something contradicts.
    fn claims_cited(&self) -> BTreeSet<usize> {
        let single = self.absences.iter().chain(&self.duties).map(|(claim, ..)| *claim);
        let double = self.claims.iter().chain(&self.repeats).map(|(_, later, _)| *later);
        single.chain(double).collect()
    }

    fn seconds(&self) -> i64 {
        let all = self.absences.iter().chain(&self.duties).chain(&self.claims).chain(&self.repeats);
        all.map(|(.., shared)| shared).sum()
    }
}

/// Distinct claims and shared minutes of one kind of clash.
fn totals(pairs: &[(usize, usize, i64)], claim: fn(&(usize, usize, i64)) -> usize) -> (usize, i64) {
    let distinct: BTreeSet<usize> = pairs.iter().map(claim).collect();
    (distinct.len(), pairs.iter().map(|(.., shared)| shared).sum::<i64>() / 60)
}

fn sentence(clashes: &Clashes, card: &Card) -> String {
    let part = |name: &str, pairs: &[(usize, usize, i64)], claim: fn(&(usize, usize, i64)) -> usize| {
        let (claims, minutes) = totals(pairs, claim);
        let claims = count(claims, "claim", "claims");
        let values = [("claims", claims), ("shared", hours_minutes(minutes))];
        if pairs.is_empty() { String::new() } else { wording::fill(card.words(name), &values) }
    };
    let parts = [
        part("absence", &clashes.absences, |p| p.0),
        part("duty", &clashes.duties, |p| p.0),
        part("claim", &clashes.claims, |p| p.1),
        part("repeat", &clashes.repeats, |p| p.1),
    ];
    wording::join(&parts, " ")
}

fn arithmetic(profile: &Profile, clashes: &Clashes) -> Vec<ArithmeticLine> {
    let row = |label: &str, pairs: &[(usize, usize, i64)], claim: fn(&(usize, usize, i64)) -> usize| {
        let (claims, minutes) = totals(pairs, claim);
        let shared = format!("{} min in common: {}", wording::thousands(minutes), minutes_of(pairs));
        (!pairs.is_empty()).then(|| line(label, wording::thousands(claims as i64), shared))
    };
    let lines = [
        row("claims worked during recorded leave or absence", &clashes.absences, |p| p.0),
        row("claims worked during a duty already paid", &clashes.duties, |p| p.0),
        row("claims that overlap another claim", &clashes.claims, |p| p.1),
        row("claims that repeat the time of another claim", &clashes.repeats, |p| p.1),
    ];
    let all = line("all claims of this person", wording::thousands(profile.overtime.len() as i64), "");
    let cited = left_out(clashes.claims_cited().len());
    lines.into_iter().flatten().chain([all]).chain(cited).collect()
}

fn minutes_of(pairs: &[(usize, usize, i64)]) -> String {
    let parts = wording::sum_of(pairs.iter().map(|(.., shared)| shared / 60));
    if parts.is_empty() { "sum over the pairs below".to_owned() } else { parts }
}

fn sources(clashes: &Clashes) -> Vec<SourceKind> {
    let mut sources = vec![SourceKind::Overtime];
    sources.extend((!clashes.absences.is_empty()).then_some(SourceKind::Absences));
    sources.extend((!clashes.duties.is_empty()).then_some(SourceKind::Duties));
    sources
}

/// A duty with exactly the claimed times is more often the same work recorded twice than two works.
fn counter_evidence(profile: &Profile, clashes: &Clashes) -> Vec<String> {
    let equal = |p: &&(usize, usize, i64)| profile.overtime[p.0].worked == profile.duties[p.1].span;
    let equal = clashes.duties.iter().filter(equal).count();
    let same = counter(
        equal,
        "claim has exactly the times of a duty: it may be the same work recorded in both places",
        "claims have exactly the times of a duty: they may be the same work recorded in both places",
    );
    let authorised = clashes.claims_cited();
    let authorised =
        authorised.iter().filter(|at| profile.overtime[**at].authoriser != model::NO_OFFICER).count();
    let authorised =
        counter(authorised, "of the claims names an authoriser", "of the claims name an authoriser");
    same.into_iter().chain(authorised).collect()
}

fn evidence(profile: &Profile, clashes: &Clashes, context: &Context<'_>) -> Vec<EvidenceRow> {
    let mut against: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let mut cite = |claim: usize, word| against.entry(claim).or_default().insert(word);
    clashes.absences.iter().for_each(|p| _ = cite(p.0, "absence"));
    clashes.duties.iter().for_each(|p| _ = cite(p.0, "duty"));
    for pair in clashes.claims.iter().chain(&clashes.repeats) {
        cite(pair.0, "another claim");
        cite(pair.1, "another claim");
    }
    let claims = against.iter().map(|(at, words)| {
        let words: Vec<&str> = words.iter().copied().collect();
        claim_row(&profile.overtime[*at], words.join(", "), context)
    });
    let absences: BTreeSet<usize> = clashes.absences.iter().map(|p| p.1).collect();
    let duties: BTreeSet<usize> = clashes.duties.iter().map(|p| p.1).collect();
    let absences = absences.iter().map(|at| absence_row(&profile.absences[*at], context));
    let duties = duties.iter().map(|at| duty_row(&profile.duties[*at], context));
    claims.take(MAX_CITED).chain(absences.take(MAX_CITED)).chain(duties.take(MAX_CITED)).collect()
}

fn claim_row(claim: &Overtime, against: String, context: &Context<'_>) -> EvidenceRow {
    let paid = match claim.paid {
        NO_NUMBER => String::new(),
        hours => format!(", paid {}", hours_minutes(hours * 60 / 1000)),
    };
    let worked = hours_minutes(claim.worked.seconds() / 60);
    let cells = vec![
        "overtime".to_owned(),
        context.moment(claim.worked.start),
        context.moment(claim.worked.end),
        wording::join(&[claim.category.to_string(), format!("worked {worked}{paid}")], ": "),
        if claim.claim == 0 { String::new() } else { Token(claim.claim).to_string() },
        against,
    ];
    claim.origin.cite(SourceKind::Overtime, claim.worked, cells)
}

/// Leave and sickness are named because they are what contradicts the claim; anything more private is not.
fn absence_row(absence: &Absence, context: &Context<'_>) -> EvidenceRow {
    let kind = match &*absence.kind {
        "annual" => "annual leave",
        "toil" => "time off in lieu",
        "sick" => "sick",
        _ => "absent",
    };
    let (from, to) = (context.moment(absence.span.start), context.moment(absence.span.end));
    let cells = vec!["absence".to_owned(), from, to, kind.to_owned(), String::new(), String::new()];
    absence.origin.cite(SourceKind::Absences, absence.span, cells)
}

fn duty_row(duty: &Duty, context: &Context<'_>) -> EvidenceRow {
    let (from, to) = (context.moment(duty.span.start), context.moment(duty.span.end));
    let cells = vec!["duty".to_owned(), from, to, duty.kind.to_string(), String::new(), String::new()];
    duty.origin.cite(SourceKind::Duties, duty.span, cells)
}

#[cfg(test)]
mod tests {
    use crate::tests::example::Force;
    use model::SourceKind;

    const WHO: u32 = 2;

    #[test]
    fn overtime_during_annual_leave_and_during_a_paid_duty_is_found_with_both_rows() {
        let mut force = Force::of(12);
        force.absence(WHO, "2026-03-02 00:00", "2026-03-07 00:00", "annual");
        force.duty(WHO, "2026-03-10 07:00", "2026-03-10 15:00", "early");
        force.overtime(WHO, 11, "2026-03-03 18:00", "2026-03-03 21:00");
        force.overtime(WHO, 12, "2026-03-10 13:00", "2026-03-10 16:30");
        let finding = force.only("overtime-clash", WHO);
        assert!(finding.sentence.contains("1 claim, 3 h"), "{}", finding.sentence);
        assert!(finding.sentence.contains("1 claim, 2 h"), "{}", finding.sentence);
        assert_eq!(finding.evidence.len(), 4);
        assert_eq!(finding.sources, [SourceKind::Overtime, SourceKind::Absences, SourceKind::Duties]);
    }

    #[test]
    fn overtime_that_touches_a_duty_or_overlaps_under_a_quarter_of_an_hour_is_not() {
        let mut force = Force::of(12);
        force.duty(WHO, "2026-03-10 07:00", "2026-03-10 15:00", "early");
        force.overtime(WHO, 11, "2026-03-10 15:00", "2026-03-10 17:00");
        force.overtime(WHO, 12, "2026-03-10 16:46", "2026-03-10 19:00");
        assert!(force.none("overtime-clash", WHO));
    }

    #[test]
    fn a_flat_paid_minimum_is_never_compared_only_the_time_worked() {
        let mut force = Force::of(12);
        force.overtime_paid(WHO, 11, "2026-03-10 09:00", "2026-03-10 09:40", 4000, "court");
        force.overtime_paid(WHO, 12, "2026-03-10 10:00", "2026-03-10 12:30", 4000, "detail");
        assert!(force.none("overtime-clash", WHO));
    }

    #[test]
    fn rest_days_and_rostered_leave_are_not_paid_duties() {
        let mut force = Force::of(12);
        force.duty(WHO, "2026-03-10 00:00", "2026-03-11 00:00", "rest");
        force.duty(WHO, "2026-03-11 00:00", "2026-03-12 00:00", "leave");
        force.overtime(WHO, 11, "2026-03-10 09:00", "2026-03-11 03:00");
        assert!(force.none("overtime-clash", WHO));
    }

    #[test]
    fn the_end_of_a_late_shift_may_run_into_the_first_hours_of_leave_but_not_into_its_middle() {
        let mut force = Force::of(12);
        force.absence(WHO, "2026-03-11 00:00", "2026-03-13 00:00", "annual");
        force.overtime(WHO, 11, "2026-03-10 22:00", "2026-03-11 02:00");
        force.overtime(WHO, 12, "2026-03-13 00:00", "2026-03-13 04:00");
        assert!(force.none("overtime-clash", WHO));
        force.overtime(WHO, 13, "2026-03-12 22:00", "2026-03-13 02:00");
        force.only("overtime-clash", WHO);
    }

    #[test]
    fn a_night_over_the_clock_change_ends_where_its_overtime_begins() {
        let mut force = Force::of(12);
        // 29 March 2026: 01:00 becomes 02:00, the night is an hour shorter.
        force.duty(WHO, "2026-03-28 22:00", "2026-03-29 07:00", "night");
        force.overtime(WHO, 11, "2026-03-29 07:00", "2026-03-29 09:00");
        assert!(force.none("overtime-clash", WHO));
    }

    #[test]
    fn the_same_time_under_two_references_is_a_repeat_and_under_one_it_is_one_claim() {
        let mut force = Force::of(12);
        force.overtime(WHO, 11, "2026-03-10 09:00", "2026-03-10 12:00");
        force.overtime(WHO, 11, "2026-03-10 09:00", "2026-03-10 12:00");
        assert!(force.none("overtime-clash", WHO));
        force.overtime(WHO, 12, "2026-03-10 09:00", "2026-03-10 12:00");
        let finding = force.only("overtime-clash", WHO);
        assert!(finding.sentence.contains("exactly the time of another claim"), "{}", finding.sentence);
        assert!(!finding.sentence.contains("leave"), "{}", finding.sentence);
    }

    #[test]
    fn private_kinds_of_absence_are_not_named_in_a_conduct_lead() {
        let mut force = Force::of(12);
        force.absence(WHO, "2026-03-02 00:00", "2026-03-07 00:00", "disability");
        force.overtime(WHO, 11, "2026-03-03 18:00", "2026-03-03 21:00");
        let shown = format!("{:?}", force.only("overtime-clash", WHO));
        assert!(!shown.contains("disability"), "{shown}");
    }
}
