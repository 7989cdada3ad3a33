use crate::tests::example::Force;

const WHO: u32 = 7;
const SITE: &str = "Site 01";

/// Twenty people with twelve early duties, in and out through the readers each day, and two claims of the officer
/// after duty. `outage` days have no traces of anybody.
fn force(outage: &[u32], out: &str) -> Force {
    let mut force = Force::of(20);
    for officer in 0..20 {
        for day in 2..=13 {
            let date = format!("2026-03-{day:02}");
            force.duty(officer, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
            if !outage.contains(&day) {
                force.swipe(officer, &format!("{date} 06:50"), SITE);
                let claimed = officer == WHO && (5..=6).contains(&day);
                force.swipe_out(officer, &format!("{date} {}", if claimed { out } else { "15:05" }), SITE);
            }
        }
    }
    force.overtime(WHO, 1, "2026-03-05 15:00", "2026-03-05 18:00");
    force.overtime(WHO, 2, "2026-03-06 15:00", "2026-03-06 18:00");
    force
}

#[test]
fn claims_after_the_officer_had_left_are_found_with_the_time_they_left() {
    let finding = force(&[], "15:05").only("overtime-absent", WHO);
    assert!(
        finding.sentence.starts_with("2 claims of worked overtime disagree with the readers, 5 h 50 min"),
        "{}",
        finding.sentence
    );
    assert!(finding.sentence.contains("In 2 claims the person had left"), "{}", finding.sentence);
    assert_eq!(finding.evidence.len(), 4, "each claim and its last trace");
}

#[test]
fn others_seen_are_other_people() {
    let mut force = force(&[], "15:05");
    let finding = force.only("overtime-absent", WHO);
    assert_eq!(
        (finding.evidence_columns[5].as_str(), finding.evidence[0].cells[5].as_str()),
        ("Others seen", "19")
    );
    force.cards = force.cards.with_parameter("overtime-absent", "min_others", 20).expect("in range");
    assert!(force.none("overtime-absent", WHO), "nineteen others are not twenty");
}

#[test]
fn whoever_stays_comes_back_or_connects_from_home_is_not() {
    assert!(force(&[], "18:04").none("overtime-absent", WHO), "left when the claim ended");
    let mut back = force(&[], "15:05");
    back.swipe(WHO, "2026-03-05 18:20", SITE);
    assert!(back.none("overtime-absent", WHO), "one claim is not two");
    let mut home = force(&[], "15:05");
    home.swipe(WHO, "2026-03-05 15:30", "");
    home.also("kind", "vpn_on");
    assert!(home.none("overtime-absent", WHO));
    let mut forgot = force(&[5, 6], "15:05");
    for day in [5, 6] {
        (0..20).for_each(|officer| forgot.swipe(officer, &format!("2026-03-{day:02} 06:50"), SITE));
    }
    assert!(forgot.none("overtime-absent", WHO), "a missing swipe out leaves them inside");
}

#[test]
fn a_reader_outage_is_unknown_and_never_absence() {
    let none = force(&[5, 6], "15:05");
    assert!(none.none("overtime-absent", WHO));
}

#[test]
fn a_rest_day_claim_without_any_trace_is_found_where_the_readers_worked() {
    let mut force = force(&[], "18:05");
    for day in [16, 17] {
        let date = format!("2026-03-{day}");
        (0..20).filter(|o| *o != WHO).for_each(|o| force.swipe(o, &format!("{date} 07:00"), SITE));
        force.overtime(WHO, u64::from(day as u32), &format!("{date} 08:00"), &format!("{date} 12:00"));
    }
    let finding = force.only("overtime-absent", WHO);
    assert!(finding.sentence.contains("For 2 claims there is no trace"), "{}", finding.sentence);
    assert!(finding.counter_evidence.iter().any(|c| c == "2 claims are borne out by traces"));
}

#[test]
fn presence_that_came_in_before_the_claim_proves_nothing() {
    let mut force = force(&[], "15:05");
    force.presence_first = true;
    let analysis = force.analyse();
    assert!(analysis.leads.iter().all(|l| l.findings.iter().all(|f| f.indicator != "overtime-absent")));
    let skipped = analysis.skipped.iter().find(|s| s.indicator == "overtime-absent").expect("named");
    assert_eq!(skipped.reason, "presence_first");
}

/// Four of sixteen duties without a trace.
fn rarely_swiped() -> Force {
    let mut force = force(&[], "15:05");
    for day in 16..=19 {
        let date = format!("2026-03-{day:02}");
        force.duty(WHO, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
        (0..20).filter(|o| *o != WHO).for_each(|o| force.swipe(o, &format!("{date} 06:50"), SITE));
    }
    force
}

#[test]
fn somebody_who_rarely_swipes_is_unknown() {
    assert!(rarely_swiped().none("overtime-absent", WHO));
}

#[test]
fn an_early_start_is_measured_to_the_first_trace_and_over_the_clock_change() {
    let mut force = force(&[], "18:05");
    for day in [28, 29] {
        let date = format!("2026-03-{day}");
        (0..20).filter(|o| *o != WHO).for_each(|o| force.swipe(o, &format!("{date} 00:10"), SITE));
        // Clocks go forward at 01:00 on the 29th: from 00:00 to 05:00 are four hours.
        force.overtime(WHO, u64::from(day as u32), &format!("{date} 00:00"), &format!("{date} 05:00"));
        force.swipe(WHO, &format!("{date} 04:00"), SITE);
    }
    let finding = force.only("overtime-absent", WHO);
    assert!(
        finding.sentence.contains("7 h in all") && finding.sentence.contains("came in only later"),
        "{}",
        finding.sentence
    );
}

#[test]
fn a_claim_for_court_is_unknown_because_courts_have_no_readers_of_the_force() {
    let mut at_court = force(&[], "15:05");
    at_court.overtime(WHO, 3, "2026-03-09 15:10", "2026-03-09 18:00");
    at_court.also("category", "Court attendance");
    at_court.overtime(WHO, 4, "2026-03-10 15:10", "2026-03-10 18:00");
    at_court.also("category", "Court attendance");
    let finding = at_court.only("overtime-absent", WHO);
    assert!(finding.sentence.starts_with("2 claims"), "{}", finding.sentence);
}

/// What the run says it could not judge, and of whom.
fn limits(force: &Force) -> Vec<(String, String)> {
    let limited = force.analyse().limited.into_iter().filter(|s| s.indicator == "overtime-absent");
    limited.map(|s| (s.reason, s.message)).collect()
}

#[test]
fn too_few_duties_and_too_few_traces_are_named_in_the_run_and_not_counted_as_nothing_found() {
    assert_eq!(limits(&force(&[], "15:05")), [], "twelve duties are enough, and others claim nothing");
    let outage: Vec<u32> = (2..=4).collect();
    let few = force(&outage, "15:05");
    assert!(few.none("overtime-absent", WHO), "nine duties with readers working");
    let [(reason, message)] = &limits(&few)[..] else { panic!("{:?}", limits(&few)) };
    assert_eq!(reason, "few_duties");
    assert!(message.contains("of 1 person with fewer than ten duties"), "{message}");
    assert_eq!(limits(&force(&outage[1..], "15:05")), [], "ten are enough");
    let rarely = limits(&rarely_swiped());
    let [(reason, message)] = &rarely[..] else { panic!("{rarely:?}") };
    assert_eq!(reason, "few_traces");
    assert!(message.ends_with("without a trace on 90 % of their duties on site."), "{message}");
}

#[test]
fn a_claim_that_follows_a_duty_at_court_is_unknown_and_one_an_hour_later_is_not() {
    let with = |start: &str| {
        let mut force = force(&[], "18:05");
        for day in [16, 17] {
            let date = format!("2026-03-{day}");
            (0..20).filter(|o| *o != WHO).for_each(|o| force.swipe(o, &format!("{date} 07:00"), SITE));
            force.duty(WHO, &format!("{date} 09:00"), &format!("{date} 15:00"), "court");
            force.overtime(WHO, u64::from(day as u32), &format!("{date} {start}"), &format!("{date} 18:30"));
        }
        force
    };
    assert!(with("15:00").none("overtime-absent", WHO));
    assert_eq!(with("16:00").only("overtime-absent", WHO).evidence.len(), 2, "time enough to come back");
}
