//! Overtime: after duties, on rest days, at court for a flat minimum; and the planted claims.

use crate::calendar::{Calendar, DAY};
use crate::duty::{Life, free_day, position};
use crate::plant::{self, Behaviour, Innocent, Plan};
use crate::rng::Rng;
use crate::roll::{Member, Pattern, Roll};
use crate::rows::Claim;

/// Rest the roster leaves between an honest claim and the next duty, in minutes.
const REST: i64 = 11 * 60;
/// Hours paid for any court attendance, however short.
const COURT_MINIMUM: f64 = 4.0;
/// Chance of overtime after a duty, of a worked rest day, and of court on a rest day.
const AFTER_DUTY: f64 = 0.08;
const REST_DAY: f64 = 0.03;
const COURT: f64 = 0.02;

struct Clerk<'a> {
    member: &'a Member,
    authoriser: &'a str,
    calendar: &'a Calendar,
    rng: Rng,
}

impl Clerk<'_> {
    fn claim(&mut self, life: &mut Life, start: i64, minutes: i64, paid_hours: f64, category: &'static str) {
        let end = start + minutes;
        if !self.calendar.covers(start) {
            return;
        }
        let late = (i64::from(self.calendar.last) * DAY + 23 * 60).max(end);
        let claimed_at = (end + self.rng.between(10, 6 * DAY)).min(late);
        life.claims.push(Claim {
            reference: format!("OT{:05}-{:03}", self.member.index, life.claims.len() + 1),
            officer: self.member.id.clone(),
            start: self.calendar.settle(start),
            end: self.calendar.settle(end),
            paid_hours,
            rate: if category == "rest day" { 1.5 } else { 1.33 },
            category,
            claimed_at: self.calendar.settle(claimed_at),
            authoriser: self.authoriser.to_owned(),
        });
    }

    fn worked(&mut self, life: &mut Life, start: i64, minutes: i64, category: &'static str) {
        self.claim(life, start, minutes, minutes as f64 / 60.0, category);
    }
}

/// Adds a member's claims to their period.
pub fn add(life: &mut Life, member: &Member, plan: &Plan, roll: &Roll, seed: u64, calendar: &Calendar) {
    let authoriser = &roll.signatory(member).id;
    let mut clerk = Clerk { member, authoriser, calendar, rng: Rng::of(seed, "overtime", member.index) };
    if plan.planted(member, Behaviour::WorkingTime) {
        return work_long_weeks(life, &mut clerk);
    }
    let eager = plan.innocent(member, Innocent::Adjoining);
    after_duties(life, &mut clerk, if eager { 0.3 } else { AFTER_DUTY });
    on_rest_days(life, &mut clerk, plan.innocent(member, Innocent::PaidMinimum));
    if plan.planted(member, Behaviour::OvertimeClash) {
        clash(life, &mut clerk);
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

fn work_long_weeks(life: &mut Life, clerk: &mut Clerk<'_>) {
    for duty in life.duties.clone() {
        clerk.worked(life, duty.end, plant::LONG_WEEK_EXTRA, "after duty");
    }
    for day in clerk.calendar.first..=clerk.calendar.last {
        if matches!(position(clerk.member, day), 7 | 8) {
            clerk.worked(life, i64::from(day) * DAY + 8 * 60, plant::LONG_WEEK_REST_DUTY, "rest day");
        }
    }
}

fn clash(life: &mut Life, clerk: &mut Clerk<'_>) {
    let mut away: Vec<i32> = life.absences.iter().flat_map(|a| a.from..=a.until).collect();
    clerk.rng.shuffle(&mut away);
    let wanted = clerk.rng.between(*plant::CLASHES_ABSENT.start(), *plant::CLASHES_ABSENT.end()) as usize;
    for day in away.into_iter().take(wanted) {
        clerk.worked(life, i64::from(day) * DAY + 18 * 60, 180, "after duty");
    }
    let mut starts: Vec<i64> = life.duties.iter().map(|duty| duty.start).collect();
    clerk.rng.shuffle(&mut starts);
    let wanted = clerk.rng.between(*plant::CLASHES_ON_DUTY.start(), *plant::CLASHES_ON_DUTY.end()) as usize;
    for start in starts.into_iter().take(wanted) {
        clerk.worked(life, start + 120, 180, "detail");
    }
}
