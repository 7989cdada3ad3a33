//! Overtime: after duties, on rest days, at court for a flat minimum; and the planted claims.

use crate::calendar::{Calendar, DAY, day_of};
use crate::cast::Deed;
use crate::cell::{Cell, Code};
use crate::duty::{Claim, Life, free_day, position};
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::{Member, Pattern};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// Rest the roster leaves between an honest claim and the next duty, in minutes.
const REST: i64 = 11 * 60;
/// Minutes paid for any court attendance, however short.
const COURT_MINIMUM: i64 = 240;
/// Chance of overtime after a duty, of a worked rest day, and of court on a rest day.
const AFTER_DUTY: f64 = 0.08;
const REST_DAY: f64 = 0.03;
const COURT: f64 = 0.02;

struct Clerk<'a> {
    member: &'a Member,
    calendar: &'a Calendar,
    rng: Rng,
}

impl Clerk<'_> {
    fn claim(
        &mut self,
        life: &mut Life,
        start: i64,
        minutes: i64,
        paid_minutes: i64,
        category: &'static str,
    ) {
        let end = start + minutes;
        if !self.calendar.covers(start) {
            return;
        }
        let late = (i64::from(self.calendar.last) * DAY + 23 * 60).max(end);
        let claimed_at = (end + self.rng.between(10, 6 * DAY)).min(late);
        let (start, end) = (self.calendar.settle(start), self.calendar.settle(end));
        life.claims.push(Claim { start, end, paid_minutes, category, claimed_at });
    }

    fn worked(&mut self, life: &mut Life, start: i64, minutes: i64, category: &'static str) {
        self.claim(life, start, minutes, minutes, category);
    }
}

/// Adds a member's claims to their period.
pub fn add(life: &mut Life, member: &Member, world: &World) {
    let cast = &world.cast;
    let mut clerk = Clerk { member, calendar: &world.calendar, rng: world.rng("overtime", member.index) };
    if let Some(deed) = cast.deed(member, Behaviour::WorkingTime) {
        return work_long_weeks(life, deed, &mut clerk);
    }
    let eager = cast.innocent(member, Innocent::Adjoining);
    after_duties(life, &mut clerk, if eager { 0.3 } else { AFTER_DUTY });
    on_rest_days(life, &mut clerk, cast.innocent(member, Innocent::PaidMinimum));
    if let Some(deed) = cast.deed(member, Behaviour::OvertimeClash) {
        clash(life, deed, &mut clerk);
    }
}

/// Writes a member's claims.
pub fn write(life: &Life, member: &Member, world: &World, rows: &mut Rows) {
    let authoriser = Cell::Staff(world.roll.signatory(member).index as u32);
    for (number, claim) in life.claims.iter().enumerate() {
        let cells = [
            Cell::Code(Code::new(b'O', member.index as u64 * 10_000 + number as u64 + 1)),
            Cell::Staff(member.index as u32),
            Cell::Minute(claim.start),
            Cell::Minute(claim.end),
            Cell::Milli(claim.paid_minutes * 1_000 / 60),
            Cell::Milli(if claim.category == "rest day" { 1_500 } else { 1_330 }),
            Cell::Word(claim.category),
            Cell::Minute(claim.claimed_at),
            authoriser,
        ];
        rows.push(SourceKind::Overtime, claim.start, &cells);
    }
}

fn after_duties(life: &mut Life, clerk: &mut Clerk<'_>, chance: f64) {
    for place in 0..life.duties.len() {
        let duty = &life.duties[place];
        let longest = match (clerk.member.pattern, duty.kind) {
            (Pattern::Twelve, _) => 4,
            (_, "late") => 8,
            _ => 12,
        };
        let (end, next) = (duty.end, life.duties.get(place + 1).map_or(i64::MAX, |next| next.start));
        let minutes = clerk.rng.between(2, longest) * 15;
        let honest = next - (end + minutes) >= REST && !life.taken(end, end + minutes);
        if clerk.rng.chance(chance) && honest {
            clerk.worked(life, end, minutes, "after duty");
        }
    }
}

fn on_rest_days(life: &mut Life, clerk: &mut Clerk<'_>, twice_in_a_minimum: bool) {
    let mut twice = if twice_in_a_minimum { 3 } else { 0 };
    for day in clerk.calendar.first + 1..clerk.calendar.last {
        let morning = i64::from(day) * DAY + 8 * 60;
        let free = free_day(clerk.member, day) && !life.taken(morning, morning + 10 * 60);
        let (draw, length) = (clerk.rng.unit(), clerk.rng.between(12, 32) * 15);
        if !free {
            continue;
        }
        if twice > 0 && draw < 0.3 {
            twice -= 1;
            clerk.claim(life, morning + 90, 60, COURT_MINIMUM, "court");
            clerk.claim(life, morning + 200, 75, COURT_MINIMUM, "court");
        } else if draw < COURT {
            clerk.claim(life, morning + 90, length / 4, COURT_MINIMUM, "court");
        } else if draw < COURT + REST_DAY {
            clerk.worked(life, morning, length, "rest day");
        }
    }
}

fn work_long_weeks(life: &mut Life, deed: Deed, clerk: &mut Clerk<'_>) {
    let extra = deed.intensity.draw(&mut clerk.rng, plant::LONG_WEEK_EXTRA);
    let rest_duty = deed.intensity.draw(&mut clerk.rng, plant::LONG_WEEK_REST_DUTY);
    for duty in life.duties.clone().into_iter().filter(|duty| deed.on(duty.day)) {
        clerk.worked(life, duty.end, extra, "after duty");
    }
    for day in deed.from..=deed.until {
        if matches!(position(clerk.member, day), 7 | 8) {
            clerk.worked(life, i64::from(day) * DAY + 8 * 60, rest_duty, "rest day");
        }
    }
}

fn clash(life: &mut Life, deed: Deed, clerk: &mut Clerk<'_>) {
    let mut away: Vec<i32> = life.absences.iter().flat_map(|a| a.from..=a.until).collect();
    clerk.rng.shuffle(&mut away);
    let wanted = deed.intensity.draw(&mut clerk.rng, plant::CLASHES_ABSENT) as usize;
    for day in away.into_iter().take(wanted) {
        clerk.worked(life, i64::from(day) * DAY + 18 * 60, 180, "after duty");
    }
    let on = |start: &i64| deed.on(day_of(*start));
    let mut starts: Vec<i64> = life.duties.iter().map(|duty| duty.start).filter(on).collect();
    clerk.rng.shuffle(&mut starts);
    let wanted = deed.intensity.draw(&mut clerk.rng, plant::CLASHES_ON_DUTY) as usize;
    for start in starts.into_iter().take(wanted) {
        clerk.worked(life, start + 120, 180, "detail");
    }
}
