//! The cases of one unit: who leads them, who assists, when they close, and the long inquiries of look-alikes.

use crate::calendar::Calendar;
use crate::cell::{Cell, Code};
use crate::innocent::Innocent;
use crate::rng::Rng;
use crate::roll::{Member, UnitKind};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;
use std::ops::Range;

/// Days between two new cases of one member.
const DAYS_PER_CASE: i32 = 9;
/// Days for which a case is open.
const OPEN_DAYS: (i64, i64) = (12, 60);
/// Share of cases with a second officer.
const ASSISTED: f64 = 0.25;
/// Days after its closure on which a look-alike's case is opened again.
const REOPENED_AFTER: i32 = 65;

/// A person, vehicle, address or crime that can be looked up.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    pub number: Code,
    pub kind: &'static str,
}

/// A case of a unit.
pub struct Case {
    pub number: Code,
    pub lead: usize,
    pub from: i32,
    pub until: i32,
    pub records: Vec<Record>,
    /// First day of a second life.
    pub reopened: Option<i32>,
}

/// The cases of one unit.
pub struct Cases {
    pub kind: UnitKind,
    members: Range<usize>,
    first: i32,
    /// By place of the lead in the unit, in order of opening: one for each slot of days.
    led: Vec<Vec<Case>>,
    /// The long inquiry made for a look-alike, by their place in the unit.
    inquiries: Vec<Option<Case>>,
}

/// Numbers kept for the cases of one unit.
const NUMBERS_PER_UNIT: u64 = 10_000;

/// The number of some early case of a unit.
pub fn any_of_unit(unit: usize, rng: &mut Rng) -> Code {
    Code::new(b'C', unit as u64 * NUMBERS_PER_UNIT + 1 + rng.below(60))
}

fn records(rng: &mut Rng, case: u64) -> Vec<Record> {
    let mut all = vec![Record { number: Code::new(b'R', case), kind: "crime" }];
    for place in 1..=rng.between(1, 3) as u64 {
        let kind = rng.word(&["person", "person", "person", "vehicle", "address"]);
        let letter = kind.as_bytes()[0].to_ascii_uppercase();
        all.push(Record { number: Code::new(letter, case * 10 + place), kind });
    }
    // Everyone has a person in it.
    all[1].kind = "person";
    all
}

impl Cases {
    /// Opens the unit's cases and writes who was assigned to what.
    pub fn open(number: usize, world: &World, rows: &mut Rows) -> Cases {
        let (unit, cal) = (&world.roll.units[number], &world.calendar);
        let mut cases = Cases {
            kind: unit.kind,
            members: unit.members.clone(),
            first: cal.first,
            led: Vec::new(),
            inquiries: Vec::new(),
        };
        if !unit.kind.has_cases() {
            return cases;
        }
        let rng = &mut world.rng("cases", number);
        let mut next = number as u64 * NUMBERS_PER_UNIT;
        for member in &world.roll.members[unit.members.clone()] {
            let mut led = Vec::new();
            for slot in (cal.first..=cal.last).step_by(DAYS_PER_CASE as usize) {
                let from = (slot + rng.between(0, i64::from(DAYS_PER_CASE) - 1) as i32).min(cal.last);
                let until = from + rng.between(OPEN_DAYS.0, OPEN_DAYS.1) as i32;
                next += 1;
                let (number, records) = (Code::new(b'C', next), records(rng, next));
                led.push(Case { number, lead: member.index, from, until, records, reopened: None });
            }
            if world.cast.innocent(member, Innocent::Reopened) {
                reopen(&mut led, cal);
            }
            next += 1;
            cases.inquiries.push(cases.inquiry(member, next, world, rng));
            cases.led.push(led);
        }
        for case in cases.led.iter().flatten().chain(cases.inquiries.iter().flatten()) {
            cases.assign(case, world, rng, rows);
        }
        cases
    }

    /// One long inquiry for a look-alike: their own, or a colleague's.
    fn inquiry(&self, member: &Member, case: u64, world: &World, rng: &mut Rng) -> Option<Case> {
        let own = world.cast.innocent(member, Innocent::OwnCase);
        if !own && !world.cast.innocent(member, Innocent::TeamCase) {
            return None;
        }
        let next = member.index + 1;
        let colleague = if self.members.contains(&next) { next } else { self.members.start };
        Some(Case {
            records: records(rng, case),
            number: Code::new(b'C', case),
            lead: if own { member.index } else { colleague },
            from: world.calendar.first,
            until: world.calendar.last + 30,
            reopened: None,
        })
    }

    fn assign(&self, case: &Case, world: &World, rng: &mut Rng, rows: &mut Rows) {
        let cal = &world.calendar;
        let second = self.members.start + rng.below(self.members.len() as u64) as usize;
        let assisted = rng.chance(ASSISTED) && second != case.lead;
        let lead = &world.roll.members[case.lead];
        let mut assigned = vec![(case.lead, "lead", case.from, Some(case.until))];
        assigned.extend(assisted.then_some((second, "assisting", case.from, Some(case.until))));
        assigned.extend(case.reopened.map(|day| (case.lead, "lead", day, None)));
        for (officer, role, from, until) in assigned {
            for record in &case.records {
                let cells = [
                    Cell::Staff(officer as u32),
                    Cell::Code(case.number),
                    Cell::Code(record.number),
                    Cell::Word(role),
                    Cell::Day(from),
                    Cell::day(until.filter(|until| *until <= cal.last)),
                    Cell::Unit(lead.unit_on(from) as u32),
                ];
                rows.push(SourceKind::Assignments, i64::from(from), &cells);
            }
        }
    }

    /// Cases a member leads.
    pub fn led_by(&self, member: usize) -> &[Case] {
        self.led.get(member - self.members.start).map_or(&[], Vec::as_slice)
    }

    /// The inquiry made for a look-alike.
    pub fn inquiry_of(&self, member: usize) -> Option<&Case> {
        self.inquiries.get(member - self.members.start)?.as_ref()
    }

    /// An open case of a member on a day.
    pub fn own(&self, member: usize, day: i32, rng: &mut Rng) -> Option<&Case> {
        let led = self.led_by(member);
        let slot = ((day - self.first) / DAYS_PER_CASE) as usize;
        let oldest = slot.saturating_sub(OPEN_DAYS.1 as usize / DAYS_PER_CASE as usize);
        let recent = led.get(oldest..(slot + 1).min(led.len()))?;
        (0..6).find_map(|_| rng.pick(recent).filter(|case| (case.from..=case.until).contains(&day)))
    }

    /// An open case of the unit on a day.
    pub fn of_team(&self, day: i32, rng: &mut Rng) -> Option<&Case> {
        let leads = self.led.len() as u64;
        (0..3).find_map(|_| self.own(self.members.start + rng.below(leads) as usize, day, rng))
    }
}

/// The first case that has been closed for long enough comes back.
fn reopen(led: &mut [Case], cal: &Calendar) {
    if let Some(case) = led.iter_mut().find(|case| case.until + REOPENED_AFTER < cal.last - 14) {
        case.reopened = Some(case.until + REOPENED_AFTER);
    }
}
