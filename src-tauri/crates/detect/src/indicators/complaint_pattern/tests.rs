use crate::tests::example::Force;
use model::Priority;

const WHO: u32 = 5;

fn force(matters: u64, category: &str, days_apart: i32) -> Force {
    let mut force = Force::of(20);
    let first = model::time::parse_day("2025-03-01").expect("a day");
    for matter in 0..matters {
        let day = model::time::iso_day(first + days_apart * matter as i32);
        force.complaint(WHO, 100 + matter, &day);
        force.also("category", category);
    }
    force
}

#[test]
fn several_matters_of_one_category_within_a_year_are_found() {
    let finding = force(4, "Incivility", 30).only("complaint-pattern", WHO);
    assert!(
        finding
            .sentence
            .starts_with("4 complaints of the category Incivility were received, 1 Mar to 30 May 2025."),
        "{}",
        finding.sentence
    );
    assert!(finding.sentence.ends_with("These are allegations, not findings of fact."));
    assert_eq!(finding.evidence.len(), 4);
}

#[test]
fn three_matters_many_rows_of_one_matter_and_matters_years_apart_are_not() {
    assert!(force(3, "Incivility", 30).none("complaint-pattern", WHO));
    assert!(force(4, "Incivility", 130).none("complaint-pattern", WHO));
    let mut one = Force::of(20);
    for _ in 0..9 {
        one.complaint(WHO, 100, "2025-03-01");
    }
    assert!(one.none("complaint-pattern", WHO));
    let mut mixed = Force::of(20);
    (0..7).for_each(|matter| mixed.complaint(WHO, 100 + matter, "2025-03-01"));
    assert!(mixed.none("complaint-pattern", WHO), "seven categories");
}

#[test]
fn matters_from_vulnerable_people_are_found_and_unknown_is_not_vulnerable() {
    let vulnerable = |word: &str| {
        let mut force = Force::of(20);
        for matter in 0..3 {
            force.complaint(WHO, 100 + matter, "2025-03-01");
            force.also("vulnerable", word);
        }
        force
    };
    let finding = vulnerable("yes").only("complaint-pattern", WHO);
    assert!(
        finding.sentence.contains("3 complaints came from people recorded as vulnerable"),
        "{}",
        finding.sentence
    );
    assert!(vulnerable("unknown").none("complaint-pattern", WHO));
    assert!(vulnerable("no").none("complaint-pattern", WHO));
}

#[test]
fn the_case_of_a_category_and_rows_without_a_matter_do_not_matter() {
    let mut force = force(2, "Incivility", 10);
    for _ in 0..2 {
        force.complaint(WHO, 0, "2025-03-15");
        force.also("category", "INCIVILITY");
    }
    let finding = force.only("complaint-pattern", WHO);
    assert!(finding.sentence.starts_with("4 complaints"), "{}", finding.sentence);
}

#[test]
fn a_count_makes_a_normal_lead_without_any_duties_on_file() {
    let analysis = force(5, "Incivility", 20).analyse();
    assert_eq!(analysis.leads[0].priority, Priority::Normal);
    assert!(analysis.leads[0].findings[0].peers.is_none());
}
