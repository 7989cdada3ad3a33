//! Shift patterns, absences, and the duties that remain.

use crate::absence;
use crate::calendar::{Calendar, DAY, day_of, weekday};
use crate::incident::Incident;
use crate::innocent::Innocent;
use crate::rng::Rng;
use crate::roll::{Member, Pattern};
use crate::world::World;

/// A duty that was worked.
#[derive(Debug, Clone)]
pub struct Duty {
    pub day: i32,
    pub start: i64,
    pub end: i64,
    pub kind: &'static str,
    pub remote: bool,
    /// Whether the roster knows that the day is remote.
    pub agreed: bool,
    /// False where the member was not in the building they claimed.
    pub swiped: bool,
}

/// Whole days away, both ends included.
#[derive(Debug, Clone)]
pub struct Absence {
    pub from: i32,
    pub until: i32,
    pub kind: &'static str,
    pub certified: &'static str,
    pub reason: &'static str,
}

/// A day claimed as office or remote.
#[derive(Debug, Clone)]
pub struct OfficeClaim {
    pub day: i32,
    pub office: bool,
}

/// One overtime claim.
#[derive(Debug, Clone)]
pub struct Claim {
    pub start: i64,
    pub end: i64,
    pub paid_minutes: i64,
    pub category: &'static str,
    pub claimed_at: i64,
    /// False where the member was not there.
    pub there: bool,
}

/// One member's period.
#[derive(Debug, Default)]
pub struct Life {
    pub duties: Vec<Duty>,
    pub absences: Vec<Absence>,
    pub claims: Vec<Claim>,
    pub attendance: Vec<OfficeClaim>,
    pub incidents: Vec<Incident>,
}

impl Life {
    /// Whether the member was away on a day.
    pub fn away(&self, day: i32) -> bool {
        self.absences.iter().any(|a| (a.from..=a.until).contains(&day))
    }

    /// The duties, which are in order, that may touch an interval.
    fn near(&self, start: i64, end: i64) -> &[Duty] {
        let from = self.duties.partition_point(|duty| duty.end <= start);
        let until = self.duties.partition_point(|duty| duty.start < end);
        &self.duties[from..until.max(from)]
    }

    /// The duties of some days.
    pub fn duties_in(&self, from: i32, until: i32) -> &[Duty] {
        let first = self.duties.partition_point(|duty| duty.day < from);
        let last = self.duties.partition_point(|duty| duty.day <= until);
        &self.duties[first..last.max(first)]
    }

    /// Whether an interval touches an absence, a duty or another claim.
    pub fn taken(&self, start: i64, end: i64) -> bool {
        let overlaps = |s: i64, e: i64| start < e && s < end;
        (day_of(start)..=day_of(end - 1)).any(|day| self.away(day))
            || self.near(start, end).iter().any(|d| overlaps(d.start, d.end))
            || self.claims.iter().any(|c| overlaps(c.start, c.end))
    }
}

/// Where a member's team stands in the rotation on a day.
pub fn position(member: &Member, day: i32) -> i32 {
    match member.pattern {
        Pattern::Rotating => (day + member.offset).rem_euclid(10),
        Pattern::Twelve => (day + member.offset).rem_euclid(8),
        Pattern::Days => weekday(day),
    }
}

/// What the pattern plans for a day: minute of the day it starts, minutes, kind.
pub fn planned(member: &Member, day: i32) -> Option<(i64, i64, &'static str)> {
    if !member.serves(day) {
        return None;
    }
    let dropped: &[i32] = match (member.part_time, member.pattern) {
        (false, _) => &[],
        (true, Pattern::Rotating) => &[3, 5],
        (true, Pattern::Twelve) => &[1, 3],
        (true, Pattern::Days) => &[0, 4],
    };
    let position = position(member, day);
    if dropped.contains(&position) {
        return None;
    }
    match (member.pattern, position) {
        (Pattern::Rotating, 0 | 1) => Some((7 * 60, 9 * 60, "early")),
        (Pattern::Rotating, 2 | 3) => Some((15 * 60, 9 * 60, "late")),
        (Pattern::Rotating, 4 | 5) => Some((22 * 60, 9 * 60, "night")),
        (Pattern::Twelve, 0 | 1) => Some((7 * 60, 12 * 60, "early")),
        (Pattern::Twelve, 2 | 3) => Some((19 * 60, 12 * 60, "night")),
        (Pattern::Days, 0..=4) => Some((9 * 60, 8 * 60, "other")),
        _ => None,
    }
}

/// A day off whose eve ended early enough for eleven hours' rest before a morning start.
pub fn free_day(member: &Member, day: i32) -> bool {
    let late_eve = planned(member, day - 1).is_some_and(|(start, minutes, _)| start + minutes > 21 * 60);
    planned(member, day).is_none() && !late_eve && member.serves(day) && member.serves(day + 1)
}

/// Share of early duties spent on training, and of any spent at court.
const TRAINING: f64 = 0.02;
const COURT: f64 = 0.006;

/// Makes the absences, then the duties that remain.
pub fn make(member: &Member, world: &World) -> Life {
    let mut life = Life::default();
    absence::add(&mut life, member, world);
    add_duties(&mut life, member, &mut world.rng("duty", member.index), &world.calendar);
    if world.cast.innocent(member, Innocent::QuickChangeover) {
        change_over_quickly(&mut life, &mut world.rng("changeover", member.index));
    }
    life
}

fn add_duties(life: &mut Life, member: &Member, rng: &mut Rng, calendar: &Calendar) {
    for day in calendar.first..=calendar.last {
        let Some((offset, minutes, kind)) = planned(member, day) else { continue };
        let start = i64::from(day) * DAY + offset;
        let end = start + minutes;
        if life.away(day) || life.away(day_of(end - 1)) {
            continue;
        }
        let kind = match kind {
            "early" if rng.chance(TRAINING) => "training",
            "early" if rng.chance(COURT) => "court",
            kind => kind,
        };
        life.duties.push(Duty { day, start, end, kind, remote: false, agreed: true, swiped: true });
    }
}

/// Turns one second late duty into an early one: seven hours' rest, once.
fn change_over_quickly(life: &mut Life, rng: &mut Rng) {
    let second_late =
        |pair: &[Duty]| pair[0].kind == "late" && pair[1].kind == "late" && pair[1].day == pair[0].day + 1;
    let places: Vec<usize> = life
        .duties
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| second_late(pair))
        .map(|(i, _)| i + 1)
        .collect();
    if let Some(place) = rng.pick(&places) {
        let duty = &mut life.duties[*place];
        duty.start -= 8 * 60;
        duty.end -= 8 * 60;
        duty.kind = "early";
    }
}
