use crate::tests::example::Force;
use model::{Priority, Route};

const WHO: u32 = 11;

/// Sixty people with twenty duties and a few hours of overtime; the officer claims four hours after every duty.
fn force(duties: bool) -> Force {
    let mut force = Force::of(60);
    for officer in 0..60 {
        for day in 1..=20 {
            let date = format!("2026-03-{day:02}");
            if duties {
                force.duty(officer, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
            }
            if officer == WHO || day % 7 == officer % 7 {
                let end = if officer == WHO { "19:00" } else { "16:00" };
                let claim = u64::from(officer) << 16 | day as u64;
                force.overtime(officer, claim, &format!("{date} 15:00"), &format!("{date} {end}"));
            }
        }
    }
    force
}

#[test]
fn overtime_far_above_peers_is_a_welfare_lead_of_low_priority() {
    let analysis = force(true).analyse();
    let lead = analysis
        .leads
        .iter()
        .find(|l| l.route == Route::Welfare && l.subject.to_string() == Force::code(WHO));
    let lead = lead.expect("a lead");
    let finding = lead.findings.iter().find(|f| f.indicator == "overtime-rate").expect("a finding");
    assert!(
        finding.sentence.starts_with("80 h of overtime were worked in 20 claims"),
        "{}",
        finding.sentence
    );
    assert!(finding.peers.is_some() && finding.tail.is_some());
    assert!(lead.findings.len() > 1 || lead.priority == Priority::Low);
}

#[test]
fn paid_minima_are_never_compared() {
    let mut force = Force::of(60);
    for officer in 0..60 {
        for day in 1..=20 {
            let date = format!("2026-03-{day:02}");
            force.duty(officer, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
            // Half an hour at court, paid four hours each time.
            let paid = if officer == WHO { 4_000 } else { 500 };
            let (start, end) = (format!("{date} 16:00"), format!("{date} 16:30"));
            force.overtime_paid(officer, u64::from(officer) << 16 | day, &start, &end, paid, "court");
        }
    }
    assert!(force.none("overtime-rate", WHO));
}

#[test]
fn a_time_claimed_twice_counts_once_and_part_time_is_a_smaller_exposure() {
    let mut force = force(true);
    for day in 1..=20 {
        let date = format!("2026-03-{day:02}");
        force.overtime(12, 9000 + day, &format!("{date} 15:00"), &format!("{date} 16:00"));
        force.overtime(12, 9100 + day, &format!("{date} 15:00"), &format!("{date} 16:00"));
        force.overtime(12, 9200 + day, &format!("{date} 15:00"), &format!("{date} 16:00"));
    }
    assert!(force.none("overtime-rate", 12), "20 h, not 60");
    let analysis = force.analyse();
    let findings = analysis.leads.iter().flat_map(|l| &l.findings).filter(|f| f.indicator == "overtime-rate");
    assert_eq!(findings.map(|f| f.subject.to_string()).collect::<Vec<_>>(), [Force::code(WHO)]);
}

#[test]
fn without_duties_there_are_plain_counts_and_no_comparison() {
    let analysis = force(false).analyse();
    let skipped = analysis.skipped.iter().find(|s| s.indicator == "overtime-rate").expect("skipped");
    assert_eq!(skipped.reason, "no_exposure");
    let plain = analysis.plain_counts.iter().find(|p| p.indicator == "overtime-rate").expect("plain counts");
    assert_eq!(plain.highest, 80);
}

#[test]
fn somebody_without_duty_hours_is_not_compared() {
    let mut extra = Force::of(61);
    for day in 1..=20 {
        extra.overtime(60, day, &format!("2026-03-{day:02} 15:00"), &format!("2026-03-{day:02} 19:00"));
    }
    extra.duty(1, "2026-03-01 07:00", "2026-03-25 15:00", "early");
    assert!(extra.none("overtime-rate", 60));
}
