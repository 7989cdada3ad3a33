//! What a run spends of the false-discovery rate, and whom it therefore lists.

use crate::card::Card;
use crate::corroborate;
use crate::measure::line;
use crate::peers::Comparison;
use crate::proportion;
use crate::stats::discovery::Budget;
use crate::wording;
use model::{ArithmeticLine, OfficerIndex, Route};
use std::collections::BTreeMap;

/// What a run spends of the false-discovery rate, and whom it lists for several sources together.
pub struct Spent {
    pub budget: Budget,
    /// Adjusted joint tails.
    pub together: BTreeMap<Route, BTreeMap<OfficerIndex, f64>>,
}

impl Spent {
    /// Why a statistical hit is listed: by its own comparison, or by several sources together; `None` where it is not.
    pub fn lists(
        &self,
        officer: OfficerIndex,
        comparison: &Comparison,
        card: &Card,
    ) -> Option<ArithmeticLine> {
        let nominal = card.false_discovery();
        let level = self.budget.level(nominal);
        let (own, note) = (comparison.adjusted(officer), proportion::shared(nominal, self.budget));
        let shown = |tail: f64| format!("{} of {}", wording::probability(tail), wording::probability(level));
        if own <= level {
            return Some(line("adjusted tail, of what is allowed", shown(own), note));
        }
        let joint = self.joint(officer, comparison, card)?;
        let label = "adjusted tail with the other sources, of what is allowed";
        Some(line(label, shown(joint), format!("by itself {}; {note}", wording::probability(own))))
    }

    /// The adjusted joint tail of an officer whom several sources list together, if this one is notable among them.
    pub fn joint(&self, officer: OfficerIndex, comparison: &Comparison, card: &Card) -> Option<f64> {
        let joint = *self.together.get(&card.route)?.get(&officer)?;
        comparison.tail(officer).is_some_and(|t| t <= corroborate::NOTABLE).then_some(joint)
    }
}
