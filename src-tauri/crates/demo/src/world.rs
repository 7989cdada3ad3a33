//! The force as it stands before anything happens in it: period, people, and who was chosen for what.

use crate::Plan;
use crate::calendar::Calendar;
use crate::cast::Cast;
use crate::rng::Rng;
use crate::roll::Roll;

/// Everything a unit's rows are made from.
pub struct World {
    pub plan: Plan,
    pub calendar: Calendar,
    pub roll: Roll,
    pub cast: Cast,
}

impl World {
    pub fn make(plan: &Plan) -> World {
        let calendar = Calendar::new(plan.first_day, plan.days);
        let roll = Roll::make(plan.officers as usize, plan.seed, &calendar);
        let cast = Cast::choose(plan, &roll, &calendar);
        World { plan: plan.clone(), calendar, roll, cast }
    }

    /// The stream of one topic of one member or unit.
    pub fn rng(&self, topic: &str, index: usize) -> Rng {
        Rng::of(self.plan.seed, topic, index)
    }
}
