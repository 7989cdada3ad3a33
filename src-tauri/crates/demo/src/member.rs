//! One member of the made-up workforce.

use crate::calendar::Calendar;
use crate::names;
use crate::rng::Rng;
use crate::roll::UnitKind;

/// Share of the roll on a shorter week.
const PART_TIME: f64 = 0.12;
/// Shares of the roll that leave and join in a year.
const LEAVERS: f64 = 0.03;
const JOINERS: f64 = 0.03;
/// Members between two sergeants.
const SPAN: usize = 8;

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

/// How a member's time in the period is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Posting {
    /// Full time in one post.
    Settled,
    PartTime,
    /// From one unit or rank to another.
    OnTheMove,
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

    pub fn posting(&self) -> Posting {
        match (self.change, self.part_time) {
            (Some(_), _) => Posting::OnTheMove,
            (None, true) => Posting::PartTime,
            (None, false) => Posting::Settled,
        }
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

/// A member at a place in a unit of a size.
pub fn make(
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

/// The next rank.
pub fn above(rank: &'static str) -> &'static str {
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
