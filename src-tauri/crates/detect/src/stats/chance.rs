//! How often lots alone set people as far apart as a count does: Fisher's exact test, each against the rest.

use statrs::distribution::{DiscreteCDF, Hypergeometric};

/// How often, dealt out by lot, somebody's share would stick out upwards as far as the farthest does; `(marked, all)` for
/// each person. `None` where there is nothing to compare: fewer than two people, or all or none of it marked.
pub fn apart(people: &[(u64, u64)]) -> Option<f64> {
    let people: Vec<_> = people.iter().filter(|(_, all)| *all > 0).collect();
    let marked: u64 = people.iter().map(|(marked, _)| marked).sum();
    let all: u64 = people.iter().map(|(_, all)| all).sum();
    if people.len() < 2 || marked == 0 || marked >= all {
        return None;
    }
    let tail = |(marked_here, here): &&(u64, u64)| {
        let lots = Hypergeometric::new(all, marked, *here).ok()?;
        Some(marked_here.checked_sub(1).map_or(1.0, |below| lots.sf(below)))
    };
    let farthest = people.iter().filter_map(tail).fold(1.0, f64::min);
    // Bonferroni: as many people, as many chances to stick out.
    Some((farthest * people.len() as f64).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn a_tail_is_the_exact_one_of_the_hypergeometric_distribution() {
        // 6 of 9 against 1 of 5: (C(7,6)C(7,3) + C(7,7)C(7,2)) / C(14,9) = 266 / 2002, twice.
        let found = apart(&[(6, 9), (1, 5)]).expect("two people");
        assert!((found - 2.0 * 266.0 / 2002.0).abs() < 1e-9, "{found}");
    }

    #[test]
    fn one_person_or_one_kind_of_end_is_compared_with_nothing() {
        for nothing in [&[(3, 9)][..], &[(3, 9), (0, 0)], &[(0, 9), (0, 5)], &[(9, 9), (5, 5)], &[]] {
            assert_eq!(apart(nothing), None, "{nothing:?}");
        }
    }
}
