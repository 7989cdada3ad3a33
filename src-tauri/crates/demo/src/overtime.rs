//! Overtime: after duties, on rest days, at court for a flat minimum; and the planted claims.

use crate::calendar::{Calendar, DAY, day_of};
use crate::cast::{Deed, Part};
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
/// Share of those chances on a day off of somebody on a shorter week.
const PART_TIME: f64 = 0.35;

/// Overtime at another site than the member's own.
pub const OPERATION: &str = "operation";

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
        life.claims.push(Claim { start, end, paid_minutes, category, claimed_at, there: true });
    }

    /// The same without having been there.
    fn pretended(&mut self, life: &mut Life, start: i64, minutes: i64, category: &'static str) {
        self.worked(life, start, minutes, category);
        if let Some(claim) = life.claims.last_mut().filter(|claim| claim.start == self.calendar.settle(start))
        {
            claim.there = false;
        }
    }

    fn worked(&mut self, life: &mut Life, start: i64, minutes: i64, category: &'static str) {
        self.claim(life, start, minutes, minutes, category);
    }
}

/// Adds a member's claims to their period.
pub fn add(life: &mut Life, member: &Member, world: &World) {
    let cast = &world.cast;
    let mut clerk = Clerk { member, calendar: &world.calendar, rng: world.rng("overtime", member.index) };
    let mut chance = AFTER_DUTY;
    let mut twice = false;
    match cast.part(member) {
        Some(Part::Planted(deed)) => match deed.behaviour {
            Behaviour::WorkingTime if plant::works_long(member.index) => {
                return work_long_weeks(life, deed, &mut clerk);
            }
            Behaviour::OvertimeClash => clash(life, deed, &mut clerk),
            Behaviour::OvertimeAbsent => pretend(life, deed, &mut clerk),
            Behaviour::OvertimeRate => {
                let tenths = deed.intensity.draw(&mut clerk.rng, plant::OVERTIME_TENTHS);
                much(life, deed.from, deed.until, tenths * 6, &mut clerk);
            }
            Behaviour::ProfileUnusual => {
                chance *= deed.intensity.draw(&mut clerk.rng, plant::UNUSUAL_TENTHS) as f64 / 10.0;
            }
            _ => {}
        },
        Some(Part::Innocent(Innocent::Adjoining)) => chance = 0.3,
        Some(Part::Innocent(Innocent::PaidMinimum)) => twice = true,
        Some(Part::Innocent(Innocent::BusyMonth)) => {
            let days = i64::from(world.calendar.days());
            let from = world.calendar.first + clerk.rng.between(0, days - 28) as i32;
            much(life, from, from + 27, 10 * 60, &mut clerk);
        }
        Some(Part::Innocent(Innocent::OutageOvertime)) => in_outages(life, world, &mut clerk),
        Some(Part::Innocent(Innocent::OtherSite)) => elsewhere(life, &mut clerk),
        _ => {}
    }
    after_duties(life, &mut clerk, chance);
    on_rest_days(life, &mut clerk, twice);
    life.claims.sort_by_key(|claim| claim.start);
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
    // Whoever works a shorter week has more days off, but is not called in on more of them.
    let share = if clerk.member.part_time { PART_TIME } else { 1.0 };
    let mut last = clerk.calendar.first;
    for day in clerk.calendar.first + 1..clerk.calendar.last {
        let morning = i64::from(day) * DAY + 8 * 60;
        let free = free_day(clerk.member, day) && !life.taken(morning, morning + 10 * 60);
        let (draw, length) = (clerk.rng.unit(), clerk.rng.between(12, 32) * 15);
        // Nobody is called in on two days off in a row.
        if !free || day == last + 1 {
            continue;
        }
        let before = life.claims.len();
        if twice > 0 && draw < 0.3 {
            twice -= 1;
            clerk.claim(life, morning + 90, 60, COURT_MINIMUM, "court");
            clerk.claim(life, morning + 200, 75, COURT_MINIMUM, "court");
        } else if draw < COURT * share {
            clerk.claim(life, morning + 90, length / 4, COURT_MINIMUM, "court");
        } else if draw < (COURT + REST_DAY) * share {
            clerk.worked(life, morning, length, "rest day");
        }
        if life.claims.len() > before {
            last = day;
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

/// Rest days spent elsewhere, and duties left at their end.
fn pretend(life: &mut Life, deed: Deed, clerk: &mut Clerk<'_>) {
    let mut free = free_mornings(life, clerk, deed.from, deed.until);
    clerk.rng.shuffle(&mut free);
    let wanted = deed.intensity.draw(&mut clerk.rng, plant::ABSENT_REST_DAYS) as usize;
    for morning in free.into_iter().take(wanted) {
        let minutes = clerk.rng.between(16, 32) * 15;
        clerk.pretended(life, morning, minutes, "rest day");
    }
    let mut ends: Vec<i64> = life.duties_in(deed.from, deed.until).iter().map(|duty| duty.end).collect();
    clerk.rng.shuffle(&mut ends);
    let wanted = deed.intensity.draw(&mut clerk.rng, plant::ABSENT_AFTER_DUTY) as usize;
    let minutes = clerk.rng.between(6, 10) * 15;
    let fits = |end: &i64| !life.taken(*end, end + minutes);
    let ends: Vec<i64> = ends.into_iter().filter(fits).take(wanted).collect();
    for end in ends {
        clerk.pretended(life, end, minutes, "after duty");
    }
}

/// Eight o'clock of the days off on which nothing else is planned.
fn free_mornings(life: &Life, clerk: &Clerk<'_>, from: i32, until: i32) -> Vec<i64> {
    let days = (from + 1)..until;
    let free = |day: &i32| free_day(clerk.member, *day);
    let mornings = days.filter(free).map(|day| i64::from(day) * DAY + 8 * 60);
    mornings.filter(|morning| !life.taken(*morning, morning + 10 * 60)).collect()
}

/// So many minutes a week: a rest day where one is free, the rest after duties.
fn much(life: &mut Life, from: i32, until: i32, weekly: i64, clerk: &mut Clerk<'_>) {
    for week in (from..=until).step_by(7) {
        let mut left = weekly;
        let free = free_mornings(life, clerk, week - 1, (week + 7).min(until + 1));
        if let Some(morning) = clerk.rng.pick(&free).copied().filter(|_| left >= 240) {
            let minutes = (left / 15 * 15).min(clerk.rng.between(24, 32) * 15);
            clerk.worked(life, morning, minutes, "rest day");
            left -= minutes;
        }
        for duty in life.duties_in(week, (week + 6).min(until)).to_vec() {
            let minutes = left.min(clerk.rng.between(5, 8) * 15) / 15 * 15;
            if minutes >= 30 && !life.taken(duty.end, duty.end + minutes + REST) {
                clerk.worked(life, duty.end, minutes, "after duty");
                left -= minutes;
            }
        }
    }
}

/// Rest days on which the site's readers were down, and a few ordinary ones.
fn in_outages(life: &mut Life, world: &World, clerk: &mut Clerk<'_>) {
    let site = world.roll.unit_of(clerk.member).site;
    let (first, last) = (world.calendar.first, world.calendar.last);
    for morning in free_mornings(life, clerk, first, last) {
        if world.roll.outage(site, day_of(morning)) {
            clerk.worked(life, morning, 420, "rest day");
        }
    }
}

/// Rest days at another site, where its readers see the member.
fn elsewhere(life: &mut Life, clerk: &mut Clerk<'_>) {
    let mut free = free_mornings(life, clerk, clerk.calendar.first, clerk.calendar.last);
    clerk.rng.shuffle(&mut free);
    for morning in free.into_iter().take(4) {
        clerk.worked(life, morning, 360, OPERATION);
    }
}
