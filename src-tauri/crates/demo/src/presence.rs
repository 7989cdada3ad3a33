//! Office and remote days of hybrid staff, and the traces everyone leaves at doors and over the remote connection.

use crate::calendar::{Calendar, DAY, day_of};
use crate::cell::Cell;
use crate::duty::{Life, OfficeClaim, free_day};
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::{Member, Roll};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// Share of hybrid days spent in the office.
const OFFICE: f64 = 0.85;
/// Share of duties with one of the two swipes missing.
const ONE_SWIPE_MISSING: f64 = 0.02;
/// Share of rest days on which a member comes in for something private; import must drop these.
const OFF_DUTY: f64 = 0.01;

/// Decides where each day of a hybrid member was claimed and where it was spent.
pub fn attend(life: &mut Life, member: &Member, world: &World) {
    if !member.hybrid {
        return;
    }
    let rng = &mut world.rng("attendance", member.index);
    let planted = world.cast.deed(member, Behaviour::AttendanceClaim);
    let pretending = planted.map(|deed| deed.intensity.draw(rng, plant::ABSENT_OFFICE_PERCENT));
    for duty in &mut life.duties {
        let outage = world.roll.outage(world.roll.units[member.unit_on(duty.day)].site, duty.day);
        let office = rng.chance(OFFICE) || (outage && world.cast.innocent(member, Innocent::OutageDay));
        let draw = rng.below(100) as i64;
        let shows = planted.is_some_and(|deed| deed.on(duty.day)) && !outage;
        let pretended = shows && pretending.is_some_and(|percent| draw < percent);
        duty.swiped = !pretended;
        duty.remote = !office && !pretended;
        life.attendance.push(OfficeClaim { day: duty.day, office: !duty.remote });
    }
}

struct Doors<'a> {
    member: &'a Member,
    roll: &'a Roll,
    calendar: &'a Calendar,
    rng: Rng,
}

impl Doors<'_> {
    fn trace(&mut self, rows: &mut Rows, minute: i64, kind: &'static str, at_site: bool) {
        let site = self.roll.units[self.member.unit_on(day_of(minute))].site;
        let outage = at_site && self.roll.outage(site, day_of(minute));
        if outage || !self.calendar.covers(minute) {
            return;
        }
        let cells = [
            Cell::Second(minute, self.rng.below(60) as u8),
            Cell::Staff(self.member.index as u32),
            Cell::Word(kind),
            if at_site { Cell::Site(site as u32) } else { Cell::Blank },
        ];
        rows.push(SourceKind::Presence, self.calendar.settle(minute), &cells);
    }

    fn stay(&mut self, rows: &mut Rows, start: i64, end: i64) {
        let missing = self.rng.chance(ONE_SWIPE_MISSING);
        let forgot_first = self.rng.chance(0.5);
        if !(missing && forgot_first) {
            let early = self.rng.between(2, 20);
            self.trace(rows, start - early, "swipe_in", true);
        }
        if !missing || forgot_first {
            let late = self.rng.between(1, 15);
            self.trace(rows, end + late, "swipe_out", true);
        }
    }
}

/// The name of a building.
pub fn site_name(site: usize) -> String {
    format!("Site {:02}", site + 1)
}

/// Writes a member's door and connection traces.
pub fn write(life: &Life, member: &Member, world: &World, rows: &mut Rows) {
    let (roll, calendar) = (&world.roll, &world.calendar);
    let mut doors = Doors { member, roll, calendar, rng: world.rng("presence", member.index) };
    for duty in life.duties.iter().filter(|duty| duty.swiped) {
        let until = life.claims.iter().find(|c| c.start == duty.end).map_or(duty.end, |claim| claim.end);
        if duty.remote {
            doors.trace(rows, duty.start + 1, "vpn_on", false);
            doors.trace(rows, until, "vpn_off", false);
        } else {
            doors.stay(rows, duty.start, until);
        }
    }
    for claim in life.claims.iter().filter(|claim| claim.category == "rest day") {
        doors.stay(rows, claim.start, claim.end);
    }
    // What is done off duty never gets past import, so only exports hold it.
    let raw = rows.raw;
    for day in (calendar.first..=calendar.last).filter(|_| raw) {
        let evening = i64::from(day) * DAY + 19 * 60;
        let idle = free_day(member, day) && !life.taken(evening - 180, evening + 240);
        if doors.rng.chance(OFF_DUTY) && idle {
            doors.stay(rows, evening, evening + 75);
        }
    }
}
