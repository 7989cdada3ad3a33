use crate::tests::example::Force;
use crate::{Analysis, LeadDraft};
use model::{Route, SourceKind, Subject, time};

const ID: &str = "culture-unit";

/// Fourteen units of twelve people with eight-hour duties on twenty days; every fourth person draws one complaint.
fn force() -> Force {
    let mut force = Force::of(14 * 12);
    for who in 0..14 * 12 {
        force.unit(who, &format!("Unit {}", who / 12));
        for day in 0..20 {
            let date = time::iso_day(time::parse_day("2026-03-02").expect("a day") + day);
            force.duty(who, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
        }
        if who % 4 == 0 {
            force.complaint(who, u64::from(who) + 1000, "2026-03-05");
        }
    }
    force
}

/// Two more complaints for everybody of the first unit.
fn troubled() -> Force {
    let mut force = force();
    (0..12).for_each(|who| complain(&mut force, who, 2));
    force
}

fn complain(force: &mut Force, who: u32, times: u64) {
    (0..times).for_each(|n| force.complaint(who, 5000 + u64::from(who) * 100 + n, "2026-03-11"));
}

fn culture(analysis: &Analysis) -> Vec<&LeadDraft> {
    analysis.leads.iter().filter(|l| l.route == Route::Culture).collect()
}

fn skipped(force: &Force) -> Option<(String, String)> {
    let analysis = force.analyse();
    assert!(culture(&analysis).is_empty());
    let skipped = analysis.skipped.iter().find(|s| s.indicator == ID)?;
    Some((skipped.reason.clone(), skipped.message.clone()))
}

#[test]
fn a_unit_that_draws_far_more_complaints_is_listed_without_naming_anybody() {
    let analysis = troubled().analyse();
    let leads = culture(&analysis);
    assert_eq!(leads.len(), 1);
    let finding = &leads[0].findings[0];
    assert!(
        matches!(&finding.subject, Subject::Unit(code) if code.starts_with("UNIT-")),
        "{}",
        finding.subject
    );
    assert!(
        finding.sentence.contains("12 people") && finding.sentence.contains("27 complaints"),
        "{}",
        finding.sentence
    );
    assert!(finding.evidence.is_empty() && finding.sources[0] == SourceKind::Complaints);
    let shown = serde_json::to_string(finding).expect("serialises");
    assert!(!shown.contains("OFC-") && !shown.contains("Unit 0") && !shown.contains("NaN"), "{shown}");
    assert_eq!(finding.peers.as_ref().expect("peers").size, 13);
    assert!(analysis.baselines.iter().any(|b| b.indicator == ID));
}

#[test]
fn units_that_differ_by_chance_are_not_listed_and_say_how_many_were_compared() {
    let analysis = force().analyse();
    assert!(culture(&analysis).is_empty());
    let count = analysis.counts.iter().find(|c| c.indicator == ID).expect("it ran");
    assert_eq!((count.officers, count.findings), (14, 0));
}

#[test]
fn a_unit_of_one_is_said_to_be_left_out() {
    let said = |force: Force| {
        let all = force.analyse().expected_false;
        all.into_iter().find(|(id, _)| id == ID).expect("it ran").1
    };
    assert!(!said(force()).contains("not compared"));
    let mut force = force();
    force.unit(5, "Unit of one");
    let said = said(force);
    assert!(said.ends_with("1 unit of fewer than 10 people is not compared."), "{said}");
}

#[test]
fn one_person_alone_does_not_make_a_unit_stand_out() {
    let mut force = force();
    complain(&mut force, 3, 24);
    assert!(culture(&force.analyse()).is_empty());
}

#[test]
fn a_unit_of_nine_is_never_compared() {
    let mut force = troubled();
    (0..3).for_each(|who| force.unit(who, "Unit 1"));
    let analysis = force.analyse();
    assert!(culture(&analysis).is_empty());
    let count = analysis.counts.iter().find(|c| c.indicator == ID).expect("it ran");
    assert_eq!(count.officers, 13);
}

#[test]
fn events_count_for_the_unit_of_their_day() {
    let listed = |force: &Force| {
        let Subject::Unit(code) = culture(&force.analyse())[0].subject.clone() else { panic!("a unit") };
        code
    };
    // The troubled unit and the second one change places, early or late; the duties end on 21 March, the complaints
    // are of 5 and 11 March.
    let moved = |last: &str, first: &str| {
        let mut force = troubled();
        for (who, units) in
            (0..24).map(|who| (who, if who < 12 { ["Unit 0", "Unit 1"] } else { ["Unit 1", "Unit 0"] }))
        {
            force.on_roll(who, "2020-01-01", last, "Constable", units[0]);
            force.on_roll(who, first, "", "Constable", units[1]);
        }
        listed(&force)
    };
    let (stayed, early, late) =
        (listed(&troubled()), moved("2026-03-03", "2026-03-04"), moved("2026-03-12", "2026-03-13"));
    assert_eq!(late, stayed, "before the move");
    assert_ne!(early, stayed, "after the move");
}

#[test]
fn too_few_units_and_a_force_without_unit_names_are_named_reasons() {
    let mut one = Force::of(40);
    (0..40).for_each(|who| one.duty(who, "2026-03-02 07:00", "2026-03-02 15:00", "early"));
    let (reason, message) = skipped(&one).expect("skipped");
    assert_eq!(reason, "too_few_units");
    assert!(message.starts_with("1 unit of ten or more"), "{message}");
    (0..40).for_each(|who| one.unit(who, ""));
    assert_eq!(skipped(&one).expect("skipped").0, "too_few_units");
    let mut idle = Force::of(40);
    idle.complaint(1, 7, "2026-03-02");
    assert_eq!(skipped(&idle).expect("skipped").0, "no_source");
    let mut rest = Force::of(40);
    rest.duty(1, "2026-03-02 00:00", "2026-03-03 00:00", "rest");
    assert_eq!(skipped(&rest).expect("skipped").0, "too_few_units");
}

#[test]
fn all_units_equal_and_nothing_counted_at_all_list_nobody() {
    let mut equal = force();
    equal.drop_last(SourceKind::Complaints, 14 * 3);
    let analysis = equal.analyse();
    assert!(culture(&analysis).is_empty());
    assert_eq!(analysis.counts.iter().find(|c| c.indicator == ID).map(|c| c.officers), Some(14));
}
