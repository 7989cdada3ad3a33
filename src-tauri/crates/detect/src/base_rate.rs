//! How often findings of an indicator were agreed with before: the first thing to know about the next one.

use crate::stats::interval::share;
use crate::wording::{decimal, thousands};

/// Decisions below which a rate would say more than is known.
const MIN_DECIDED: u32 = 10;

/// `Of 40 decided findings 9 were agreed with: 0.23, 90 % interval 0.14 to 0.35.`
pub fn base_rate(agreed: u32, disagreed: u32) -> String {
    let decided = agreed + disagreed;
    let [all, part] = [decided, agreed].map(|n| thousands(i64::from(n)));
    match decided {
        0 => "No finding of this indicator has been decided yet.".to_owned(),
        1 => format!(
            "One finding has been decided; {}.",
            if agreed == 1 { "it was agreed with" } else { "it was not agreed with" }
        ),
        n if n < MIN_DECIDED => {
            format!("Of {all} decided findings {part} were agreed with: too few for a rate.")
        }
        _ => {
            let (rate, low, high) = share(agreed, decided);
            let [rate, low, high] = [rate, low, high].map(decimal);
            format!(
                "Of {all} decided findings {part} were agreed with: {rate}, 90 % interval {low} to {high}."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::base_rate;

    #[test]
    fn a_base_rate_comes_with_its_interval_and_small_numbers_without_a_rate() {
        let text = base_rate(9, 31);
        assert_eq!(text, "Of 40 decided findings 9 were agreed with: 0.23, 90 % interval 0.14 to 0.35.");
        assert!(base_rate(2, 5).ends_with("too few for a rate."));
        assert_eq!(base_rate(0, 1), "One finding has been decided; it was not agreed with.");
        assert!(base_rate(0, 0).starts_with("No finding"));
        assert!(base_rate(0, 40).ends_with("0.00, 90 % interval 0.00 to 0.06."));
    }
}
