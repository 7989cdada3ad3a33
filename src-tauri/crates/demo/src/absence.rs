//! Days away: leave, sickness in spells short and long, parental leave, and the planted patterns among them.

use crate::calendar::Calendar;
use crate::cast::{Part, Rate};
use crate::duty::{Absence, Life};
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::review;
use crate::rng::Rng;
use crate::roll::Member;
use crate::world::World;

/// Sickness spells of one member in a day, on average.
const SICKNESS_PER_DAY: f64 = 0.0017;
/// Share of spells that last for weeks.
const LONG_SPELL: f64 = 0.04;
/// Share of the roll on parental leave, and with absences recorded as disability, in a year.
const PARENTAL: f64 = 0.012;
const DISABILITY: f64 = 0.008;
/// How often one piece of leave is asked for.
const LEAVE_ASKED: u32 = 4;
/// Days for which whoever has just joined takes no leave.
const FIRST_LEAVE: i32 = 84;
const REASONS: &[&str] = &["respiratory", "digestive", "injury", "musculoskeletal", "migraine"];

/// Days off that somebody takes.
struct Holidays {
    kind: &'static str,
    from: i32,
    /// Most days of one piece.
    longest: i64,
}

impl Holidays {
    /// Nothing for those planted without leave; honest people take it in their own ways.
    fn of(member: &Member, world: &World) -> Option<Holidays> {
        let usual = Holidays { kind: "annual", from: world.calendar.first, longest: 10 };
        match world.cast.part(member) {
            Some(Part::Planted(deed)) if deed.behaviour == Behaviour::WorkingTime => None,
            Some(Part::Innocent(Innocent::SingleDays)) => Some(Holidays { longest: 1, ..usual }),
            Some(Part::Innocent(Innocent::TimeInLieu)) => Some(Holidays { kind: "toil", ..usual }),
            Some(Part::Innocent(Innocent::RecentJoiner)) => {
                Some(Holidays { from: member.joined + FIRST_LEAVE, ..usual })
            }
            _ => Some(usual),
        }
    }
}

struct Diary<'a> {
    life: &'a mut Life,
    member: &'a Member,
    calendar: &'a Calendar,
    rng: Rng,
}

impl Diary<'_> {
    /// Adds days away where there is room before, between and after the others; false where there is none.
    fn add(
        &mut self,
        from: i32,
        length: i64,
        kind: &'static str,
        certified: &'static str,
        reason: &'static str,
    ) -> bool {
        let last = self.member.left.unwrap_or(self.calendar.last).min(self.calendar.last);
        let until = (from + length as i32 - 1).min(last);
        let free = (from - 1..=until + 1).all(|day| !self.life.away(day));
        let fits = from <= until && from >= self.calendar.first && self.member.serves(from) && free;
        if fits {
            self.life.absences.push(Absence { from, until, kind, certified, reason });
        }
        fits
    }

    /// A day so far into the period.
    fn at(&mut self, low: f64, high: f64) -> i32 {
        let days = f64::from(self.calendar.days());
        self.calendar.first + self.rng.between((days * low) as i64, (days * high) as i64) as i32
    }

    fn sick(&mut self, from: i32, length: i64) {
        let reason = self.rng.word(REASONS);
        self.add(from, length, "sick", if length > 7 { "yes" } else { "self" }, reason);
    }

    fn leave(&mut self, holidays: &Holidays) {
        let longest = (i64::from(self.calendar.days()) / 6).min(holidays.longest);
        // About 28 days off a year, in pieces.
        for piece in 0..(self.calendar.days() / 90).max(1) * 2 {
            let pieces = f64::from((self.calendar.days() / 90).max(1) * 2);
            let (low, high) = (f64::from(piece) / pieces + 0.02, f64::from(piece + 1) / pieces - 0.05);
            let length = self.rng.between(4, 10).min(longest).max(1);
            // Somebody who is away at the time takes it a little later or earlier.
            for _ in 0..LEAVE_ASKED {
                let from = self.at(low, high);
                if from < holidays.from || self.add(from, length, holidays.kind, "", "") {
                    break;
                }
            }
        }
    }

    fn spells(&mut self, mean: f64) {
        for _ in 0..self.rng.poisson(mean) {
            let long = self.rng.chance(LONG_SPELL);
            let most = i64::from(self.calendar.days()) / 3;
            let short = 1 + self.rng.between(0, 3) * self.rng.between(0, 2);
            let length = if long { self.rng.between(20, 40).min(most) } else { short };
            let from = self.at(0.0, 1.0);
            self.sick(from, length);
        }
    }

    /// Short spells spread over a part of the period.
    fn short_spells(&mut self, count: i64, from: i32, until: i32) {
        let step = (i64::from(until - from) / count.max(1)).max(4);
        for spell in 0..count {
            let day = from + (spell * step + self.rng.between(0, step / 2)) as i32;
            let length = self.rng.between(1, 3);
            self.sick(day, length);
        }
    }
}

/// Makes a member's absences; nobody who works long weeks has any.
pub fn add(life: &mut Life, member: &Member, world: &World) {
    let rng = world.rng("absence", member.index);
    let mut diary = Diary { life, member, calendar: &world.calendar, rng };
    let year = f64::from(world.calendar.days()) / 365.0;
    let mut sickness =
        SICKNESS_PER_DAY * f64::from(world.calendar.days()) * world.factor(member, Rate::Sickness);
    match world.cast.part(member) {
        Some(Part::Planted(deed)) => match deed.behaviour {
            Behaviour::WorkingTime if plant::works_long(member.index) => return,
            Behaviour::OvertimeClash => {
                let (from, length) = (diary.at(0.34, 0.4), diary.rng.between(6, 9));
                diary.sick(from, length);
            }
            Behaviour::SicknessSupport => {
                let yearly = deed.intensity.draw(&mut diary.rng, plant::SICK_SPELLS);
                let count = yearly * i64::from(deed.until - deed.from + 1) / 181;
                diary.short_spells(count.max(4), deed.from, deed.until);
            }
            Behaviour::PerformanceSupport => {
                let count = deed.intensity.draw(&mut diary.rng, plant::FALLING_SPELLS);
                let last = review::last(&world.calendar);
                diary.short_spells(count, deed.from + (last - deed.from) / 3, last - 4);
                let days = deed.intensity.draw(&mut diary.rng, plant::FALLING_SICK_DAYS);
                diary.sick(last + 2, days);
            }
            Behaviour::SecondaryWorkClash => {
                let length = deed.intensity.draw(&mut diary.rng, plant::SECOND_WORK_SICK_DAYS);
                let from = diary.at(0.4, 0.45);
                diary.sick(from, length);
            }
            Behaviour::ProfileUnusual => {
                sickness *= deed.intensity.draw(&mut diary.rng, plant::UNUSUAL_TENTHS) as f64 / 10.0
            }
            _ => {}
        },
        Some(Part::Innocent(Innocent::LongIllness)) => {
            let (from, length) = (diary.at(0.2, 0.5), diary.rng.between(25, 60));
            diary.sick(from, length);
            sickness = 0.0;
        }
        Some(Part::Innocent(Innocent::Disability)) => {
            for _ in 0..diary.rng.between(4, 7) {
                let (from, length) = (diary.at(0.0, 0.97), diary.rng.between(1, 2));
                diary.add(from, length, "disability", "yes", "");
            }
        }
        Some(Part::Innocent(Innocent::FreeTimeWork)) => sickness = 0.0,
        _ => {}
    }
    if member.is_settled() && world.cast.part(member).is_none() && diary.rng.chance(PARENTAL * year) {
        let (from, length) = (diary.at(0.1, 0.6), diary.rng.between(60, 180));
        diary.add(from, length, "parental", "yes", "");
    }
    if world.cast.part(member).is_none() && diary.rng.chance(DISABILITY * year) {
        let (from, length) = (diary.at(0.1, 0.9), diary.rng.between(1, 5));
        diary.add(from, length, "disability", "yes", "");
    }
    diary.spells(sickness);
    let Some(holidays) = Holidays::of(member, world) else { return };
    diary.leave(&holidays);
    if diary.rng.chance(0.3) {
        let from = diary.at(0.0, 0.99);
        diary.add(from, 1, "toil", "", "");
    }
}
