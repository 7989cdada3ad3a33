//! Office and remote days of hybrid staff, and the traces everyone leaves at doors and over the remote connection.

use crate::calendar::{Calendar, DAY, day_of, weekday};
use crate::cell::Cell;
use crate::duty::{Claim, Life, OfficeClaim, free_day};
use crate::innocent::Innocent;
use crate::overtime::OPERATION;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::{Member, Roll};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// Share of duties with one of the two swipes missing.
const ONE_SWIPE_MISSING: f64 = 0.02;
/// Share of rest days on which a member comes in for something private; import must drop these.
const OFF_DUTY: f64 = 0.01;

/// Decides where each day of a hybrid member was claimed and where it was spent.
///
/// Most spend every other Friday, or another weekday, at home; some have every week's, which is exactly the required share.
pub fn attend(life: &mut Life, member: &Member, world: &World) {
    if !member.hybrid {
        return;
    }
    let rng = &mut world.rng("attendance", member.index);
    let home = rng.between(if member.part_time { 1 } else { 0 }, if member.part_time { 3 } else { 4 }) as i32;
    let parity = rng.below(2) as i32;
    let weekly = world.cast.innocent(member, Innocent::ExactShare);
    let pretended = world.cast.deed(member, Behaviour::AttendanceClaim);
    let pretending = pretended.map_or(0, |deed| deed.intensity.draw(rng, plant::ABSENT_OFFICE_PERCENT));
    let stays_home = world.cast.deed(member, Behaviour::AttendanceShare);
    let share = stays_home.map_or(100, |deed| deed.intensity.draw(rng, plant::OFFICE_PERCENT));
    for duty in &mut life.duties {
        let draw = rng.below(100) as i64;
        let outage = world.roll.outage(world.roll.units[member.unit_on(duty.day)].site, duty.day);
        let turn = weekday(duty.day) == home && (weekly || (duty.day + 3).div_euclid(7) % 2 == parity);
        let own = stays_home.is_some_and(|deed| deed.on(duty.day)) && draw >= share;
        duty.remote = turn && !(outage && world.cast.innocent(member, Innocent::OutageDay));
        if own {
            (duty.remote, duty.agreed) = (true, false);
        }
        let shows = pretended.is_some_and(|deed| deed.on(duty.day)) && !outage;
        if shows && draw < pretending {
            (duty.remote, duty.swiped) = (false, false);
        }
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
    fn own_site(&self, minute: i64) -> usize {
        self.roll.units[self.member.unit_on(day_of(minute))].site
    }

    fn trace(&mut self, rows: &mut Rows, minute: i64, kind: &'static str, site: Option<usize>) {
        let outage = site.is_some_and(|site| self.roll.outage(site, day_of(minute)));
        if outage || !self.calendar.covers(minute) {
            return;
        }
        let cells = [
            Cell::Second(minute, self.rng.below(60) as u8),
            Cell::Staff(self.member.index as u32),
            Cell::Word(kind),
            site.map_or(Cell::Blank, |site| Cell::Site(site as u32)),
        ];
        rows.push(SourceKind::Presence, self.calendar.settle(minute), &cells);
    }

    fn stay(&mut self, rows: &mut Rows, start: i64, end: i64, site: usize) {
        let missing = self.rng.chance(ONE_SWIPE_MISSING);
        let forgot_first = self.rng.chance(0.5);
        if !(missing && forgot_first) {
            let early = self.rng.between(2, 20);
            self.trace(rows, start - early, "swipe_in", Some(site));
        }
        if !missing || forgot_first {
            let late = self.rng.between(1, 15);
            self.trace(rows, end + late, "swipe_out", Some(site));
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
    for duty in life.duties.iter().filter(|duty| duty.swiped && duty.kind != "court") {
        let late = |claim: &&Claim| claim.start == duty.end && claim.there;
        let until = life.claims.iter().find(late).map_or(duty.end, |claim| claim.end);
        if duty.remote {
            doors.trace(rows, duty.start + 1, "vpn_on", None);
            doors.trace(rows, until, "vpn_off", None);
        } else {
            let site = doors.own_site(duty.start);
            doors.stay(rows, duty.start, until, site);
        }
    }
    let sites = roll.units.last().map_or(1, |unit| unit.site + 1);
    for claim in life.claims.iter().filter(|claim| claim.there) {
        let site = doors.own_site(claim.start);
        match claim.category {
            "rest day" => doors.stay(rows, claim.start, claim.end, site),
            OPERATION => doors.stay(rows, claim.start, claim.end, (site + 1) % sites),
            _ => {}
        }
    }
    // What is done off duty never gets past import, so only exports hold it.
    let raw = rows.raw;
    for day in (calendar.first..=calendar.last).filter(|_| raw) {
        let evening = i64::from(day) * DAY + 19 * 60;
        let idle = free_day(member, day) && !life.taken(evening - 180, evening + 240);
        if doors.rng.chance(OFF_DUTY) && idle {
            let site = doors.own_site(evening);
            doors.stay(rows, evening, evening + 75, site);
        }
    }
}
