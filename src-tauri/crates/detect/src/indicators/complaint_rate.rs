//! Complaints above peers for the same duty hours. Allegations, not facts: low priority alone.
//!
//! A matter counts once however many allegations it holds, and only if it was received while duties are on file:
//! older complaints have no exposure to set them against.

use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::commended::commended;
use crate::context::Context;
use crate::measure::{Hit, Measure, capped, columns, counter, left_out, line};
use crate::profile::{Complaint, Profile};
use crate::span::Span;
use crate::wording::{self, count};
use model::{EvidenceRow, SourceKind, Token, time};
use std::collections::BTreeSet;

pub const INDICATOR: Indicator = Indicator {
    id: "complaint-rate",
    needs: &[SourceKind::Complaints],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "complaints",
    test: Test::Officer(measure),
};

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    // Without any duties in the store everything is counted, and nothing is compared.
    let period = context.duty_period.unwrap_or((i32::MIN, i32::MAX));
    let inside = |c: &&Complaint| period.0 <= c.received && c.received <= period.1;
    let rows: Vec<&Complaint> = profile.complaints.iter().filter(inside).collect();
    let (matters, unnamed) = matters(&rows);
    let value = matters + unnamed;
    let hit = (value > 0 && value as i64 >= card.value("min_matters")).then(|| Hit {
        sentence: wording::fill(
            card.words("finding"),
            &[("matters", count(value, "complaint", "complaints"))],
        ),
        arithmetic: [
            line("complaints, each matter once", wording::thousands(value as i64), ""),
            line("allegations in them", wording::thousands(rows.len() as i64), "rows of the source"),
            line(
                "received outside the period of the duties, not counted",
                wording::thousands((profile.complaints.len() - rows.len()) as i64),
                "",
            ),
        ]
        .into_iter()
        .chain(left_out(rows.len()))
        .collect(),
        sources: vec![SourceKind::Complaints, SourceKind::Duties],
        evidence_columns: columns(&["Received", "Matter", "Origin", "Category", "Outcome"]),
        evidence: capped(&rows).iter().map(|c| row(c, context)).collect(),
        counter_evidence: counter_evidence(profile, &rows),
        strength: 0,
    });
    Measure { value: value as u32, exposure: profile.duty_hours(), hit, ..Measure::default() }
}

/// Distinct matters, and rows without a matter number.
fn matters(rows: &[&Complaint]) -> (usize, usize) {
    let named: BTreeSet<u64> = rows.iter().map(|c| c.matter).filter(|m| *m != 0).collect();
    (named.len(), rows.iter().filter(|c| c.matter == 0).count())
}

/// What speaks for the officer, in the cited rows and beside them.
pub fn counter_evidence(profile: &Profile, rows: &[&Complaint]) -> Vec<String> {
    let cleared = |c: &&&Complaint| {
        let outcome = c.outcome.to_lowercase();
        ["not sustained", "unfounded", "exonerated", "no case", "not upheld", "service acceptable"]
            .iter()
            .any(|word| outcome.contains(word))
    };
    let cleared = rows.iter().filter(cleared).count();
    let internal = rows.iter().filter(|c| &*c.origin_kind == "internal").count();
    let cleared = counter(
        cleared,
        "allegation ended without a case to answer",
        "allegations ended without a case to answer",
    );
    let internal =
        counter(internal, "allegation came from inside the force", "allegations came from inside the force");
    cleared.into_iter().chain(internal).chain(commended(profile)).collect()
}

fn row(complaint: &Complaint, context: &Context<'_>) -> EvidenceRow {
    let start = time::start_of_day(complaint.received, &context.calendar.zone);
    let cells = vec![
        time::show_day(complaint.received),
        if complaint.matter == 0 { String::new() } else { Token(complaint.matter).to_string() },
        complaint.origin_kind.to_string(),
        complaint.category.to_string(),
        if complaint.outcome.is_empty() { "unknown".to_owned() } else { complaint.outcome.to_string() },
    ];
    complaint.origin.cite(SourceKind::Complaints, Span { start, end: start }, cells)
}

#[cfg(test)]
mod tests {
    use crate::tests::example::Force;
    use model::{Priority, SourceKind};

    const WHO: u32 = 11;

    fn force(hours: bool) -> Force {
        let mut force = Force::of(60);
        for officer in 0..60 {
            for day in 1..=12 {
                if hours {
                    force.duty(
                        officer,
                        &format!("2026-03-{day:02} 07:00"),
                        &format!("2026-03-{day:02} 15:00"),
                        "early",
                    );
                }
            }
            if officer % 4 == 0 {
                force.complaint(officer, u64::from(officer) + 1000, "2026-03-05");
            }
        }
        for matter in 0..14 {
            force.complaint(WHO, 5000 + matter, "2026-03-11");
        }
        force
    }

    #[test]
    fn complaints_far_above_peers_make_a_lead_of_low_priority() {
        let analysis = force(true).analyse();
        let lead = analysis.leads.iter().find(|l| l.subject.to_string() == Force::code(WHO)).expect("a lead");
        assert_eq!(lead.priority, Priority::Low);
        let finding = &lead.findings[0];
        assert!(finding.sentence.starts_with("14 complaints"), "{}", finding.sentence);
        assert_eq!(analysis.leads.len(), 1);
        assert_eq!(analysis.expected_false.len(), 1, "{:?}", analysis.expected_false);
    }

    #[test]
    fn many_allegations_of_one_matter_count_once() {
        let mut force = force(true);
        force.drop_last(SourceKind::Complaints, 14);
        (0..14).for_each(|_| force.complaint(WHO, 5000, "2026-03-11"));
        assert!(force.none("complaint-rate", WHO));
    }

    #[test]
    fn complaints_from_before_the_duties_have_no_exposure_and_do_not_count() {
        let mut force = force(true);
        force.drop_last(SourceKind::Complaints, 14);
        (0..14).for_each(|matter| force.complaint(WHO, 5000 + matter, "2019-03-11"));
        assert!(force.none("complaint-rate", WHO));
    }

    #[test]
    fn without_duties_there_is_no_comparison_only_plain_counts() {
        let analysis = force(false).analyse();
        assert!(analysis.leads.is_empty());
        let skipped = analysis.skipped.iter().find(|s| s.indicator == "complaint-rate").expect("skipped");
        assert_eq!(skipped.reason, "no_exposure");
        let plain =
            analysis.plain_counts.iter().find(|p| p.indicator == "complaint-rate").expect("plain counts");
        assert_eq!((plain.total, plain.highest, plain.officers_with_any), (29, 14, 16));
    }
}
