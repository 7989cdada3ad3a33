use crate::tests::example::Force;
use crate::{Analysis, LeadDraft};
use model::{Priority, SourceKind};

const ID: &str = "profile-unusual";
const WHO: u32 = 7;
const SUBJECT: u64 = 0xABCD_EF01_2345_6789;

/// A hundred and twenty people with twelve duties, twelve look-ups for a case and here and there a complaint.
fn force() -> Force {
    let mut force = Force::of(120);
    for who in 0..120_u32 {
        for d in 1..=12 {
            let date = format!("2026-03-{d:02}");
            force.duty(who, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
            force.access(who, &format!("{date} 09:00"), u64::from(who) << 40 | d, 77);
        }
        if who % 5 == 0 {
            force.complaint(who, u64::from(who) + 1000, "2026-03-05");
        }
    }
    force
}

/// One officer draws fourteen complaints: a lead of low priority by itself.
fn complaints() -> Force {
    let mut force = force();
    (0..14).for_each(|matter| force.complaint(WHO, 5000 + matter, "2026-03-11"));
    force
}

fn lead(analysis: &Analysis) -> Option<&LeadDraft> {
    analysis.leads.iter().find(|l| l.subject.to_string() == Force::code(WHO))
}

#[test]
fn an_unusual_profile_raises_a_low_lead_by_one_step_and_says_why_in_words() {
    let analysis = complaints().analyse();
    let lead = lead(&analysis).expect("a lead");
    assert_eq!(lead.priority, Priority::Normal);
    assert!(
        lead.priority_reasons.iter().any(|r| r.contains("raises it by one step")),
        "{:?}",
        lead.priority_reasons
    );
    let raised = lead.findings.iter().find(|f| f.indicator == ID).expect("the finding");
    assert!(raised.sentence.contains("14 complaints"), "{}", raised.sentence);
    assert!(lead.priority_reasons.contains(&raised.sentence));
    assert!(!raised.sentence.contains(['{', '}']) && raised.evidence.is_empty());
}

#[test]
fn the_contributions_sum_to_the_score_and_ordinary_values_would_clear_it() {
    let analysis = complaints().analyse();
    let raised =
        lead(&analysis).expect("a lead").findings.iter().find(|f| f.indicator == ID).expect("the finding");
    let (total, parts) = raised.arithmetic.split_last().expect("lines");
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let sum: f64 = parts.iter().map(|l| number(&l.value)).sum();
    assert!((sum - number(&total.value)).abs() < 0.02 * parts.len() as f64, "{:?}", raised.arithmetic);
    let words: Vec<f64> =
        total.note.split(' ').filter_map(|w| w.trim_end_matches(',').parse().ok()).collect();
    assert!(words[1] <= words[0] && number(&total.value) > words[0], "{}", total.note);
}

#[test]
fn it_never_makes_a_lead() {
    let mut force = force();
    // Somewhat more of several things, none of which is a finding.
    for turn in 0..4 {
        force.access(WHO, &format!("2026-03-{:02} 15:00", 1 + 2 * turn), SUBJECT, 0);
    }
    force.complaint(WHO, 5000, "2026-03-11");
    let analysis = force.analyse();
    let count = analysis.counts.iter().find(|c| c.indicator == ID).expect("it ran");
    assert_eq!((count.officers, count.findings), (120, 1));
    assert!(analysis.leads.is_empty(), "{:?}", analysis.leads);
}

#[test]
fn sickness_and_long_hours_never_raise_a_lead_of_conduct() {
    let mut force = force();
    for month in 1..=9 {
        force.absence(
            WHO,
            &format!("2025-{month:02}-03 00:00"),
            &format!("2025-{month:02}-05 00:00"),
            "sick",
        );
    }
    force.complaint(3, 5000, "2026-03-11");
    force.complaint(3, 5001, "2026-03-11");
    let analysis = force.analyse();
    let welfare = lead(&analysis).expect("a lead of welfare");
    assert!(welfare.findings.iter().all(|f| f.indicator != ID), "{:?}", welfare.findings);
}

#[test]
fn few_people_equal_people_and_nobody_are_named_reasons() {
    let reason = |force: &Force| {
        let analysis = force.analyse();
        analysis.skipped.iter().find(|s| s.indicator == ID).map(|s| s.reason.clone())
    };
    let mut few = Force::of(29);
    (0..29).for_each(|who| few.complaint(who, u64::from(who), "2026-03-05"));
    assert_eq!(reason(&few).as_deref(), Some("too_few_people"));
    let mut equal = Force::of(40);
    (0..40).for_each(|who| equal.complaint(who, 100 + u64::from(who), "2026-03-05"));
    assert_eq!(reason(&equal).as_deref(), Some("nothing_varies"));
    assert_eq!(reason(&Force::of(0)).as_deref(), Some("no_source"));
    let mut sick = Force::of(40);
    sick.absence(WHO, "2026-03-05 00:00", "2026-03-06 00:00", "sick");
    assert_eq!(reason(&sick).as_deref(), Some("no_source"));
}

#[test]
fn the_order_of_rows_officers_and_threads_changes_nothing() {
    let shown = |force: &Force| {
        let analysis = force.analyse();
        let mut findings = analysis.leads.iter().flat_map(|l| &l.findings).filter(|f| f.indicator == ID);
        serde_json::to_string(&findings.next().expect("raised")).expect("serialises")
    };
    let mut other = complaints();
    let first = shown(&other);
    other.shuffle();
    other.renumber();
    other.threads = 1;
    assert_eq!(shown(&other), first);
    other.drop_last(SourceKind::Complaints, 1);
    assert_ne!(shown(&other), first);
}
