//! Office and remote days of hybrid staff, and the traces everyone leaves at doors and over the remote connection.

use crate::calendar::{Calendar, DAY, day_of};
use crate::duty::{Life, OfficeClaim, free_day};
use crate::plant::{self, Behaviour, Innocent, Plan};
use crate::rng::Rng;
use crate::roll::{Member, Roll};
use crate::rows::Rows;
use model::SourceKind;

/// Share of hybrid days spent in the office.
const OFFICE: f64 = 0.85;
/// Share of duties with one of the two swipes missing.
const ONE_SWIPE_MISSING: f64 = 0.02;
/// Share of rest days on which a member comes in for something private; import must drop these.
const OFF_DUTY: f64 = 0.01;

/// Decides where each day of a hybrid member was claimed and where it was spent.
pub fn attend(life: &mut Life, member: &Member, plan: &Plan, roll: &Roll, seed: u64) {
    if !member.hybrid {
        return;
    }
    let rng = &mut Rng::of(seed, "attendance", member.index);
    let site = roll.unit_of(member).site;
    let planted = plan.planted(member, Behaviour::AttendanceClaim);
    for duty in &mut life.duties {
        let outage = roll.outage(site, duty.day);
        let office = rng.chance(OFFICE) || (outage && plan.innocent(member, Innocent::OutageDay));
        let pretended = rng.chance(plant::ABSENT_OFFICE_DAYS) && planted && !outage;
        duty.swiped = !pretended;
        duty.remote = !office && !pretended;
        life.attendance.push(OfficeClaim { day: duty.day, office: !duty.remote });
    }
}

struct Doors<'a> {
    id: &'a str,
    site: usize,
    roll: &'a Roll,
    calendar: &'a Calendar,
    rng: Rng,
}

impl Doors<'_> {
    fn trace(&mut self, rows: &mut Rows, minute: i64, kind: &str, at_site: bool) {
        let outage = at_site && self.roll.outage(self.site, day_of(minute));
        if outage || !self.calendar.covers(minute) {
            return;
        }
        let at = self.calendar.iso_second(minute, self.rng.below(60));
        let site = if at_site { site_name(self.site) } else { String::new() };
        rows.push(SourceKind::Presence, self.calendar.settle(minute), &[&at, self.id, kind, &site]);
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
pub fn write(life: &Life, member: &Member, roll: &Roll, seed: u64, calendar: &Calendar, rows: &mut Rows) {
    let site = roll.unit_of(member).site;
    let rng = Rng::of(seed, "presence", member.index);
    let mut doors = Doors { id: &member.id, site, roll, calendar, rng };
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
    for day in calendar.first..=calendar.last {
        let evening = i64::from(day) * DAY + 19 * 60;
        let idle = free_day(member, day) && !life.taken(evening - 180, evening + 240);
        if doors.rng.chance(OFF_DUTY) && idle {
            doors.stay(rows, evening, evening + 75);
        }
    }
}
