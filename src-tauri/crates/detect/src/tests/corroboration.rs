//! Two sources that each fall short, together; and what tests and runs leave of the false-discovery rate.

use super::example::Force;
use crate::Analysis;
use model::Priority;

const WHO: u32 = 7;

/// Three hundred people with a complaint in three and one stranger looked up twice in three; one of them has `complaints`
/// complaints and looked one record up `lookups` times.
fn force(complaints: u64, lookups: u32) -> Force {
    let mut force = Force::of(300);
    for who in 0..300_u32 {
        for d in 1..=12_u32 {
            force.duty(who, &format!("2026-03-{d:02} 07:00"), &format!("2026-03-{d:02} 15:00"), "early");
            force.access(who, &format!("2026-03-{d:02} 09:00"), u64::from(who) << 40 | u64::from(d), 77);
        }
        (0..who * 7 % 3 / 2 + who % 11 / 10).for_each(|n| {
            force.complaint(who, u64::from(1000 * (n + 1) + who), "2026-03-05");
        });
        (0..who * 5 % 3).for_each(|n| {
            force.access(who, &format!("2026-03-{:02} 12:00", 5 + n), 1 << 60 | u64::from(who), 0);
        });
    }
    (0..complaints).for_each(|matter| force.complaint(WHO, 9000 + matter, "2026-03-11"));
    (0..lookups).for_each(|t| {
        force.access(WHO, &format!("2026-03-{:02} 14:00", 1 + t), 0xABCD_EF01_2345_6789, 0);
    });
    force
}

/// What makes the lead; what only raises it is not listed.
fn listed(analysis: &Analysis) -> Vec<&str> {
    let code = Force::code(WHO);
    let leads = analysis.leads.iter().filter(|l| l.subject.to_string() == code);
    let findings = leads.flat_map(|l| &l.findings).map(|f| f.indicator.as_str());
    findings.filter(|indicator| *indicator != "profile-unusual").collect()
}

#[test]
fn two_sources_that_each_fall_short_list_together_and_one_alone_does_not() {
    let (complaints, lookups) = (4, 7);
    assert!(listed(&force(complaints, 0).analyse()).is_empty());
    assert!(listed(&force(0, lookups).analyse()).is_empty());
    let both = force(complaints, lookups).analyse();
    assert_eq!(listed(&both), ["access-subject", "complaint-rate"]);
    let lead = &both.leads[0];
    assert_eq!(lead.priority, Priority::Normal, "{:?}", lead.priority_reasons);
    for finding in lead.findings.iter().filter(|f| f.indicator != "profile-unusual") {
        let why = finding.arithmetic.last().expect("a line");
        assert!(why.label.starts_with("adjusted tail with the other sources"), "{why:?}");
        assert!(why.note.contains("10 % shared by 4 tests; half of it for the first run"), "{why:?}");
    }
}

#[test]
fn each_further_run_with_other_settings_lists_less() {
    let mut force = force(9, 0);
    assert_eq!(listed(&force.analyse()), ["complaint-rate"]);
    force.previous_runs = 3000;
    let later = force.analyse();
    assert!(listed(&later).is_empty());
    let text = &later.expected_false[0].1;
    assert!(text.contains("for run 3001 on these data"), "{text}");
}
