use super::cases::{Cases, Held};
use super::incidents::{Attended, Incidents};
use super::tokens::Tokens;
use super::{SizeError, Sizes};
use crate::profile::Validity;

#[test]
fn a_token_is_found_whether_tokens_are_spread_or_crowded() {
    for step in [1, 3, 0x0123_4567_89AB_CDEF, u64::MAX / 1000] {
        let pairs: Vec<(u64, u32)> = (0..900).map(|n| (step.wrapping_mul(n + 1), n as u32 % 7)).collect();
        let table = Tokens::new(pairs.iter().rev().chain(&pairs).copied().collect());
        for (token, value) in &pairs {
            assert_eq!(table.all(*token), [(*token, *value)], "{step}");
        }
        assert!(table.all(step.wrapping_mul(901)).is_empty() || step == u64::MAX / 1000);
    }
    assert!(Tokens::<u32>::default().all(7).is_empty());
    assert!(Tokens::new(vec![(u64::MAX, 1)]).first(0).is_none());
    assert_eq!(Tokens::new(vec![(u64::MAX, 1), (0, 2)]).first(u64::MAX), Some(1));
}

#[test]
fn everybody_on_a_case_has_every_record_of_it_and_repeats_take_no_room() {
    let held = |officer, from| Held { case: 50, officer, valid: Validity::new(from, from + 10), unit: 3 };
    let cases =
        Cases::new(vec![(7, 50), (8, 50), (9, 51), (7, 50)], vec![held(2, 0), held(1, 5), held(2, 0)]);
    assert_eq!(cases.of_record(7).chain(cases.of_record(8)).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(cases.of_record(9).count(), 0, "a case that nobody holds");
    assert_eq!(cases.holdings(0).iter().map(|h| h.officer).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((cases.own(0, 2).len(), cases.own(0, 3).len()), (1, 0));
}

#[test]
fn days_after_an_incident_count_from_its_end_and_before_it_from_its_start() {
    let attended = Attended::new(4, 20_000, 20_003);
    let days: Vec<i32> = [19_998, 20_000, 20_002, 20_003, 20_005].map(|day| attended.days_after(day)).into();
    assert_eq!(days, [-2, 0, 0, 0, 2]);
    let incidents = Incidents::new(vec![(9, attended), (9, Attended::new(5, 1, 1))]);
    assert_eq!(
        (incidents.own(9, 4).count(), incidents.own(9, 6).count(), incidents.team(9).count()),
        (1, 0, 2)
    );
    assert_eq!(Attended::new(1, i32::MIN, i32::MAX).days_after(90_000), 90_000 - 65_535);
}

#[test]
fn the_largest_part_is_named_when_the_whole_does_not_fit() {
    let sizes = Sizes { roll: 1 << 20, cases: 3 << 20, incidents: 2 << 20, edits: 0, readers: 5 };
    assert_eq!(sizes.check(7 << 20), Ok(()));
    let error = sizes.check(6 << 20).expect_err("too big");
    assert_eq!(error, SizeError { part: "case assignments", needed_mb: 3, limit_mb: 6 });
}
