//! The nominal roll: units, sites, ranks, supervisors, and who may edit or approve a roster.

use crate::calendar::{Calendar, weekday};
use crate::names;
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

    fn pattern(self) -> Pattern {
        match self {
            UnitKind::Response | UnitKind::Neighbourhood => Pattern::Rotating,
            UnitKind::Custody | UnitKind::ControlRoom => Pattern::Twelve,
            UnitKind::Staff | UnitKind::Cid => Pattern::Days,
        }
    }
}

/// A named rotation of duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Two early, two late, two night, four off; nine hours each.
    Rotating,
    /// Two days, two nights, four off; twelve hours each.
    Twelve,
    /// Monday to Friday, eight hours.
    Days,
}

impl Pattern {
    /// As the roll writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Pattern::Rotating => "2-2-2-4",
            Pattern::Twelve => "4 on 4 off",
            Pattern::Days => "Days",
        }
    }
}

/// One member of the made-up workforce.
#[derive(Debug, Clone)]
pub struct Member {
    pub index: usize,
    pub id: String,
    pub login: String,
    pub forename: &'static str,
    pub surname: String,
    pub rank: &'static str,
    pub category: &'static str,
    pub unit: usize,
    pub supervisor: Option<usize>,
    pub pattern: Pattern,
    /// Where in the rotation the member's team stands.
    pub offset: i32,
    pub part_time: bool,
    pub joined: i32,
    pub left: Option<i32>,
    /// Joins within the period.
    pub joins: bool,
    pub change: Option<Change>,
    pub editor: bool,
    pub approver: bool,
    /// Claims each day as office or remote.
    pub hybrid: bool,
}

/// A move to another unit of the same sort, or a promotion, in the middle of the period.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// First day in the new post.
    pub day: i32,
    pub unit: usize,
    pub rank: &'static str,
}

impl Member {
    /// Full time in one post from the first day to the last.
    pub fn is_settled(&self) -> bool {
        !self.part_time && self.left.is_none() && self.change.is_none() && !self.joins
    }

    /// Whether a member belongs to the force on a day.
    pub fn serves(&self, day: i32) -> bool {
        day >= self.joined && self.left.is_none_or(|left| day <= left)
    }

    /// The unit a member belongs to on a day.
    pub fn unit_on(&self, day: i32) -> usize {
        self.change.filter(|change| day >= change.day).map_or(self.unit, |change| change.unit)
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
/// Share of the roll on a shorter week.
const PART_TIME: f64 = 0.12;
/// Shares of the roll that leave, join, move and are promoted in a year.
const LEAVERS: f64 = 0.03;
const JOINERS: f64 = 0.03;
const MOVERS: f64 = 0.03;
const PROMOTED: f64 = 0.01;
const SMALLEST_UNIT: usize = 12;
const LARGEST_UNIT: usize = 40;
/// Members between two sergeants.
const SPAN: usize = 8;

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
                roll.members.push(member(index, place, size, number, kind, seed, calendar));
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
            let rank = if moves { member.rank } else { above(member.rank) };
            self.members[index].change = Some(Change { day, unit, rank });
        }
    }

    /// The next unit of the same sort, around the force.
    fn sibling(&self, unit: usize) -> usize {
        let kind = self.units[unit].kind;
        let others = (unit + 1..self.units.len()).chain(0..unit);
        others.into_iter().find(|other| self.units[*other].kind == kind).unwrap_or(unit)
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

fn member(
    index: usize,
    place: usize,
    size: usize,
    unit: usize,
    kind: UnitKind,
    seed: u64,
    calendar: &Calendar,
) -> Member {
    let rng = &mut Rng::of(seed, "member", index);
    let sergeants = size.div_ceil(SPAN);
    let first = index - place;
    let supervisor = match place {
        0 => None,
        p if p <= sergeants => Some(first),
        p => Some(first + 1 + p % sergeants),
    };
    let surname = names::surname(rng);
    let forename = names::forename(rng);
    let prefix: String = names::ascii(&surname).chars().take(6).collect();
    let editor = place == sergeants + 1 || place == sergeants + 2;
    let approver = place <= sergeants;
    let plain = place > sergeants + 2;
    let days = i64::from(calendar.days());
    let year = days as f64 / 365.0;
    let (joins, leaves) = (plain && rng.chance(JOINERS * year), plain && rng.chance(LEAVERS * year));
    let first_day = calendar.first + rng.between(days / 6, days / 2) as i32;
    let last_day = calendar.first + rng.between(days / 2, days - 1) as i32;
    let pattern = kind.pattern();
    Member {
        index,
        id: (410_000 + index as u64 * 3 + rng.below(3)).to_string(),
        login: format!("{prefix}{index:04}"),
        forename,
        surname,
        rank: rank(kind, place, sergeants),
        category: category(kind, place, rng),
        unit,
        supervisor,
        pattern,
        offset: if pattern == Pattern::Twelve { (place % 4) as i32 * 2 } else { (place % 5) as i32 * 2 },
        part_time: !approver && !editor && rng.chance(PART_TIME),
        joined: if joins { first_day } else { calendar.first - rng.between(120, 9_000) as i32 },
        left: (leaves && !joins).then_some(last_day),
        joins,
        change: None,
        editor,
        approver,
        hybrid: kind == UnitKind::Staff,
    }
}

fn above(rank: &'static str) -> &'static str {
    match rank {
        "Constable" => "Sergeant",
        "Detective Constable" => "Detective Sergeant",
        "Staff" => "Team leader",
        other => other,
    }
}

fn rank(kind: UnitKind, place: usize, sergeants: usize) -> &'static str {
    match (kind, place) {
        (UnitKind::Staff, 0) => "Head of team",
        (UnitKind::Staff, p) if p <= sergeants => "Team leader",
        (UnitKind::Staff, _) => "Staff",
        (UnitKind::Cid, 0) => "Detective Inspector",
        (UnitKind::Cid, p) if p <= sergeants => "Detective Sergeant",
        (UnitKind::Cid, _) => "Detective Constable",
        (_, 0) => "Inspector",
        (_, p) if p <= sergeants => "Sergeant",
        _ => "Constable",
    }
}

fn category(kind: UnitKind, place: usize, rng: &mut Rng) -> &'static str {
    match kind {
        UnitKind::Staff => "staff",
        UnitKind::ControlRoom if place > 4 => "staff",
        UnitKind::Neighbourhood if place > 6 && rng.chance(0.4) => "pcso",
        UnitKind::Response if place > 8 && rng.chance(0.03) => "special",
        _ => "officer",
    }
}
