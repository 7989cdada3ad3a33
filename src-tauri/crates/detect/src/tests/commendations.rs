use super::example::Force;
use model::Finding;

const WHO: u32 = 5;

/// Enough for all three indicators that show commendations.
fn force() -> Force {
    let mut force = Force::of(60);
    for officer in 0..60 {
        for day in 1..=12 {
            let (start, end) = (format!("2026-03-{day:02} 07:00"), format!("2026-03-{day:02} 15:00"));
            force.duty(officer, &start, &end, "early");
        }
        force.complaint(officer, u64::from(officer) + 1000, "2026-03-05");
    }
    for matter in 0..14 {
        force.complaint(WHO, 5000 + matter, "2026-03-11");
        force.also("category", "Incivility");
    }
    force.performance(WHO, "2025-10-01", "2025-12-31", "good");
    force.performance(WHO, "2026-01-01", "2026-03-31", "below");
    force.absence(WHO, "2026-02-01 00:00", "2026-02-25 00:00", "sick");
    force
}

fn findings(force: &Force) -> Vec<Finding> {
    let shows = ["complaint-rate", "complaint-pattern", "performance-support"];
    shows.map(|indicator| force.only(indicator, WHO)).into()
}

#[test]
fn commendations_are_shown_in_the_officers_favour_and_change_nothing_else() {
    let plain = force();
    let mut praised = plain.clone();
    praised.commendation(WHO, "2026-03-10", "letter of thanks");
    praised.commendation(WHO, "2025-06-01", "good work minute");
    praised.commendation(WHO + 1, "2026-03-12", "commendation");
    for (before, after) in findings(&plain).into_iter().zip(findings(&praised)) {
        let said = "2 commendations are on file, the latest of 10 Mar 2026: letter of thanks";
        assert_eq!(after.counter_evidence.last().map(String::as_str), Some(said), "{}", after.indicator);
        let shown = Finding { counter_evidence: before.counter_evidence.clone(), ..after };
        assert_eq!(shown, before);
        assert!(!before.counter_evidence.iter().any(|c| c.contains("commendation")));
    }
}

#[test]
fn a_commendation_of_no_stated_kind_is_shown_without_one() {
    let mut force = force();
    force.commendation(WHO, "2026-03-10", "");
    let finding = force.only("complaint-pattern", WHO);
    let said = "1 commendation is on file, the latest of 10 Mar 2026";
    assert_eq!(finding.counter_evidence.last().map(String::as_str), Some(said));
}
