use crate::indicators::{ALL, Test};
use crate::{CardError, Cards};
use model::{Nature, Route, SourceSchema};

const CARD: &str = include_str!("../../../../../schemas/indicators/overtime-clash.toml");

#[test]
fn every_indicator_has_a_card_and_every_card_an_indicator() {
    let cards = Cards::shipped();
    let mut named: Vec<&str> = ALL.iter().map(|i| i.id).collect();
    named.sort_unstable();
    assert_eq!(cards.all().map(|c| c.id.as_str()).collect::<Vec<_>>(), named);
}

#[test]
fn every_card_says_what_would_clear_it_and_what_explains_it_innocently() {
    for card in Cards::shipped().all() {
        assert!(card.innocent_explanations.len() >= 3, "{}", card.id);
        for text in
            [&card.title, &card.looks_for, &card.what_would_clear_it, &card.known_failure, &card.category]
        {
            assert!(text.len() > 10, "{}: {text}", card.id);
            assert!(!text.to_lowercase().contains("guilty"), "{}", card.id);
        }
        assert!(!card.exclusions.is_empty() && !card.references.is_empty(), "{}", card.id);
        let special = |k: &model::SourceKind| SourceSchema::of(*k).special_category;
        assert!(card.route != Route::Conduct || !special(&card.sources[0]), "{}", card.id);
        let controlled = card.parameters.contains_key("false_discovery_percent");
        // What only raises leads that others made lists nobody, so it has nothing to control.
        let raises = |i: &crate::indicators::Indicator| i.id == card.id && matches!(i.test, Test::Raise(_));
        let lists = !ALL.iter().any(raises);
        assert_eq!(controlled, card.nature == Nature::Statistical && lists, "{}", card.id);
    }
}

#[test]
fn a_card_that_reads_protected_characteristics_is_refused() {
    let greedy = CARD.replacen("sources = [", "sources = [\"protected\", ", 1);
    assert!(matches!(Cards::parse(&[&greedy]), Err(CardError::AuditOnly(_, _))));
}

#[test]
fn a_card_with_an_unknown_key_is_refused() {
    assert!(Cards::parse(&[CARD]).is_ok());
    let unknown = format!("colour = \"red\"\n{CARD}");
    assert!(matches!(Cards::parse(&[&unknown]), Err(CardError::Form(_))));
    let unknown = CARD.replacen("unit = \"minutes\"", "unit = \"minutes\"\nsecret = 1", 1);
    assert!(matches!(Cards::parse(&[&unknown]), Err(CardError::Form(_))));
    assert!(matches!(Cards::parse(&[CARD, CARD]), Err(CardError::Twice(_))));
    let outside = CARD.replacen("default = 15", "default = 500", 1);
    assert!(matches!(Cards::parse(&[&outside]), Err(CardError::Default(..))));
}

#[test]
fn a_card_in_an_unknown_unit_or_with_an_impossible_window_is_refused() {
    let parsecs = CARD.replacen("unit = \"minutes\"", "unit = \"parsecs\"", 1);
    assert!(matches!(Cards::parse(&[&parsecs]), Err(CardError::Unit(_, unit)) if unit == "parsecs"));
    let share = include_str!("../../../../../schemas/indicators/attendance-share.toml");
    let short = share.replacen("default = 91", "default = 28", 1).replacen("default = 20", "default = 29", 1);
    assert!(matches!(Cards::parse(&[&short]), Err(CardError::Window(_, 28, 29))));
    let set = |days| Cards::shipped().with_parameter("attendance-share", "min_days", days);
    assert!(set(91).is_ok());
    assert!(matches!(set(92), Err(CardError::Window(_, 91, 92))));
}

#[test]
fn a_setting_outside_its_range_is_refused_and_one_inside_changes_the_hash() {
    let cards = Cards::shipped();
    let hash = cards.hash();
    assert_eq!(hash.len(), 64);
    let changed =
        cards.clone().with_parameter("overtime-clash", "min_overlap_minutes", 30).expect("in range");
    assert_ne!(changed.hash(), hash);
    let back = changed.with_parameter("overtime-clash", "min_overlap_minutes", 15).expect("in range");
    assert_eq!(back.hash(), hash);
    let out = cards.clone().with_parameter("overtime-clash", "min_overlap_minutes", 0);
    assert!(matches!(out, Err(CardError::Range { min: 1, .. })));
    let unknown = cards.clone().with_parameter("overtime-clash", "colour", 1);
    assert!(matches!(unknown, Err(CardError::Parameter(..))));
    assert!(matches!(cards.with_parameter("colour", "x", 1), Err(CardError::Indicator(_))));
}

#[test]
fn a_changed_setting_changes_what_is_found() {
    let mut force = super::example::Force::of(12);
    force.duty(2, "2026-03-10 07:00", "2026-03-10 15:00", "early");
    force.overtime(2, 11, "2026-03-10 14:30", "2026-03-10 17:00");
    force.only("overtime-clash", 2);
    force.cards = force.cards.with_parameter("overtime-clash", "min_overlap_minutes", 60).expect("in range");
    assert!(force.none("overtime-clash", 2));
}
