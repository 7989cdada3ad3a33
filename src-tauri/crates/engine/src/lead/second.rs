//! The second look: decisions drawn by lot are judged again by somebody who does not see the first one.

use super::{row, word};
use crate::record::Entry;
use crate::session::Session;
use crate::{Error, book};
use ledger::Kind;
use model::{Decision, LeadId, Outcome};

/// One decision in this many is looked at again, dismissed and accepted leads alike.
const ONE_IN: u64 = 5;

/// Whether a decision is drawn. Fixed by the store, the decision's number and whether it dismissed the lead, so that a
/// later look at the ledger can draw again and find the same.
pub(super) fn is_drawn(store: &str, decision: u32, outcome: Outcome) -> bool {
    let dismissed = u64::from(outcome == Outcome::NoFurtherAction);
    // SplitMix64's last step: neighbouring numbers must not be drawn together.
    let mut mixed = crate::analyse::seed(store) ^ (u64::from(decision) << 1 | dismissed);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ mixed >> 31).is_multiple_of(ONE_IN)
}

/// Records a second look. The first decision stands whatever it says; how far the two agree is an oversight figure.
pub(super) fn take(session: &Session, lead: LeadId, first: u32, decision: &Decision) -> Result<(), Error> {
    let now = session.clock.now();
    book::record(session, |tx| {
        let found = row(tx, lead)?;
        store::second_reviews::take(tx, first, now, session.by(), decision)?;
        let entry = Entry::new(Kind::Decision)
            .lead(lead)
            .about(&found.subject)
            .with("second_look", true)
            .with("outcome", word(&decision.outcome));
        Ok(((), vec![entry]))
    })
}

#[cfg(test)]
mod tests {
    use super::is_drawn;
    use model::Outcome;

    #[test]
    fn about_a_fifth_of_dismissed_and_of_accepted_decisions_is_drawn_and_always_the_same() {
        for outcome in [Outcome::NoFurtherAction, Outcome::SeverityAssessment] {
            let drawn: Vec<u32> = (1..=1000).filter(|n| is_drawn("0123456789ABCDEF", *n, outcome)).collect();
            assert!((150..250).contains(&drawn.len()), "{outcome:?} {}", drawn.len());
            assert!(drawn.iter().all(|n| is_drawn("0123456789ABCDEF", *n, outcome)));
            assert!(drawn.windows(2).any(|w| w[1] - w[0] > 8), "spread, not in step");
        }
    }
}
