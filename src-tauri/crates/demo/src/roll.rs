//! The nominal roll: units, sites, ranks, supervisors, and who may edit or approve a roster.

use crate::calendar::{Calendar, weekday};
use crate::member;
pub use crate::member::{Change, Member, Pattern, Posting};
use crate::rng::Rng;
use std::ops::Range;

/// What a unit does, which decides its shifts and its use of systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    Response,
    Staff,
    Cid,
    Neighbourhood,
    Custody,
    ControlRoom,
}

/// The order in which units are set up, so that a small force has every kind too.
const ORDER: &[UnitKind] = &[
    UnitKind::Response,
    UnitKind::Staff,
    UnitKind::Cid,
    UnitKind::Neighbourhood,
    UnitKind::Custody,
    UnitKind::Response,
    UnitKind::ControlRoom,
    UnitKind::Response,
];

impl UnitKind {
    /// As the roll writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            UnitKind::Response => "Response",
            UnitKind::Staff => "Business support",
            UnitKind::Cid => "CID",
            UnitKind::Neighbourhood => "Neighbourhood",
            UnitKind::Custody => "Custody",
            UnitKind::ControlRoom => "Control room",
        }
    }

    /// Whether its members carry cases of their own.
    pub fn has_cases(self) -> bool {
        matches!(self, UnitKind::Response | UnitKind::Cid | UnitKind::Neighbourhood)
    }

    pub fn pattern(self) -> Pattern {
        match self {
            UnitKind::Response | UnitKind::Neighbourhood => Pattern::Rotating,
            UnitKind::Custody | UnitKind::ControlRoom => Pattern::Twelve,
            UnitKind::Staff | UnitKind::Cid => Pattern::Days,
        }
    }
}

/// One unit and its members.
#[derive(Debug, Clone)]
pub struct Unit {
    pub name: String,
    pub kind: UnitKind,
    pub site: usize,
    pub members: Range<usize>,
}

/// Everyone, and where they sit.
pub struct Roll {
    pub units: Vec<Unit>,
    pub members: Vec<Member>,
    /// Days on which a site's readers recorded nobody.
    outages: Vec<Vec<i32>>,
}

/// Units that share a building.
const UNITS_PER_SITE: usize = 3;
/// Reader outages of one site for each 60 days.
const OUTAGE_EVERY_DAYS: i32 = 60;
/// Shares of the roll that move and are promoted in a year.
const MOVERS: f64 = 0.03;
const PROMOTED: f64 = 0.01;
const SMALLEST_UNIT: usize = 12;
const LARGEST_UNIT: usize = 40;

impl Roll {
    /// Sets up the units and everyone in them.
    pub fn make(officers: usize, seed: u64, calendar: &Calendar) -> Roll {
        let sizes = unit_sizes(officers, &mut Rng::of(seed, "units", 0));
        let mut roll = Roll { units: Vec::new(), members: Vec::with_capacity(officers), outages: Vec::new() };
        for (number, size) in sizes.into_iter().enumerate() {
            let kind = ORDER[number % ORDER.len()];
            let first = roll.members.len();
            let name = format!("{} {}", kind.as_str(), number + 1);
            let site = number / UNITS_PER_SITE;
            roll.units.push(Unit { name, kind, site, members: first..first + size });
            for place in 0..size {
                let index = first + place;
                roll.members.push(member::make(index, place, size, number, kind, seed, calendar));
            }
        }
        roll.change_posts(seed, calendar);
        let sites = roll.units.last().map_or(0, |unit| unit.site + 1);
        roll.outages =
            (0..sites).map(|site| outage_days(&mut Rng::of(seed, "outage", site), calendar)).collect();
        roll
    }

    /// Moves some members to the next unit of the same sort, and promotes some.
    fn change_posts(&mut self, seed: u64, calendar: &Calendar) {
        let year = f64::from(calendar.days()) / 365.0;
        for index in 0..self.members.len() {
            let rng = &mut Rng::of(seed, "career", index);
            let (moves, rises) = (rng.chance(MOVERS * year), rng.chance(PROMOTED * year));
            let share = i64::from(calendar.days());
            let day = calendar.first + rng.between(share / 5, share * 4 / 5) as i32;
            let member = &self.members[index];
            let ordinary = !member.approver && !member.editor && !member.joins && member.left.is_none();
            if !ordinary || !(moves || rises) {
                continue;
            }
            let unit = if moves { self.sibling(member.unit) } else { member.unit };
            let rank = if moves { member.rank } else { member::above(member.rank) };
            self.members[index].change = Some(Change { day, unit, rank });
        }
    }

    /// The next unit of the same sort, around the force.
    pub fn sibling(&self, unit: usize) -> usize {
        let kind = self.units[unit].kind;
        let others = (unit + 1..self.units.len()).chain(0..unit);
        others.into_iter().find(|other| self.units[*other].kind == kind).unwrap_or(unit)
    }

    /// Lets a member leave on a day.
    pub fn lose(&mut self, index: usize, day: i32) {
        self.members[index].left = Some(day);
    }

    /// Whether the readers of a site were down on a day.
    pub fn outage(&self, site: usize, day: i32) -> bool {
        self.outages[site].contains(&day)
    }

    /// The unit a member belongs to.
    pub fn unit_of(&self, member: &Member) -> &Unit {
        &self.units[member.unit]
    }

    /// A supervisor in a unit a member moved to.
    pub fn supervisor_in(&self, unit: usize) -> Option<usize> {
        Some(self.units[unit].members.start + 1)
    }

    /// Who signs for a member: the supervisor, or for the head of a unit the next in line.
    pub fn signatory(&self, member: &Member) -> &Member {
        let own = &self.unit_of(member).members;
        &self.members[member.supervisor.unwrap_or(own.start + 1)]
    }
}

fn unit_sizes(officers: usize, rng: &mut Rng) -> Vec<usize> {
    let largest = (officers / 10).clamp(SMALLEST_UNIT, LARGEST_UNIT);
    let (mut left, mut sizes) = (officers, Vec::new());
    while left > 0 {
        let mut size = rng.between(SMALLEST_UNIT as i64, largest as i64) as usize;
        if left < size + SMALLEST_UNIT {
            size = if left <= LARGEST_UNIT { left } else { left / 2 };
        }
        sizes.push(size);
        left -= size;
    }
    sizes
}

fn outage_days(rng: &mut Rng, calendar: &Calendar) -> Vec<i32> {
    let wanted = calendar.days() / OUTAGE_EVERY_DAYS + 1;
    let mut days = Vec::new();
    for _ in 0..wanted {
        let mut day = rng.between(i64::from(calendar.first), i64::from(calendar.last)) as i32;
        while weekday(day) > 4 && day > calendar.first {
            day -= 1;
        }
        days.push(day);
    }
    days
}
