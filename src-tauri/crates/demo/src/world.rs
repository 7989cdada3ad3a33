//! The force as it stands before anything happens in it: period, people, and who was chosen for what.

use crate::Plan;
use crate::calendar::Calendar;
use crate::cast::{Cast, Rate};
use crate::rng::Rng;
use crate::roll::{Member, Roll};

/// Share of a unit that leaves for each time the usual rate of a unit that loses people.
const LEAVERS_PER_FACTOR: f64 = 0.04;

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
        let mut world = World { plan: plan.clone(), calendar, roll, cast };
        world.lose_leavers();
        world
    }

    /// The stream of one topic of one member or unit.
    pub fn rng(&self, topic: &str, index: usize) -> Rng {
        Rng::of(self.plan.seed, topic, index)
    }

    /// Times the usual rate in a member's unit.
    pub fn factor(&self, member: &Member, rate: Rate) -> f64 {
        self.cast.factor(member.unit, rate)
    }

    /// People leave units with a culture problem.
    fn lose_leavers(&mut self) {
        for number in 0..self.roll.units.len() {
            let factor = self.cast.factor(number, Rate::Leavers);
            if factor <= 1.0 {
                continue;
            }
            let rng = &mut self.rng("leavers", number);
            let members = &self.roll.members[self.roll.units[number].members.clone()];
            let free =
                |m: &&Member| m.is_settled() && self.cast.part(m).is_none() && !m.approver && !m.editor;
            let mut free: Vec<usize> = members.iter().filter(free).map(|m| m.index).collect();
            rng.shuffle(&mut free);
            let wanted = (members.len() as f64 * LEAVERS_PER_FACTOR * factor).round() as usize;
            let (from, until) = (i64::from(self.calendar.first), i64::from(self.calendar.last));
            for index in free.into_iter().take(wanted) {
                self.roll.lose(index, rng.between(from + (until - from) / 4, until - 1) as i32);
            }
        }
    }
}
