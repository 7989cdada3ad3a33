//! Grades, commendations, and the support that was given: what speaks for a member, or asks for help.

use crate::calendar::Calendar;
use crate::cast::Part;
use crate::cell::Cell;
use crate::duty::Life;
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::Member;
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// Days of one review.
const REVIEW_DAYS: i32 = 60;
const GRADES: [&str; 5] = ["outstanding", "good", "meets", "below", "unsatisfactory"];
/// Commendations, and reflective practice, of one member in a year.
const COMMENDATIONS: f64 = 0.08;
const REFLECTIVE: f64 = 0.02;
/// Days of sickness from which most are seen by occupational health, and share who are; after four weeks all are.
const SEEN_FROM: i32 = 10;
const SEEN: f64 = 0.7;
const ALL_SEEN_FROM: i32 = 26;

/// First day of the last review of the period.
pub fn last(calendar: &Calendar) -> i32 {
    let length = REVIEW_DAYS.min(calendar.days());
    calendar.first + (calendar.days() / length - 1) * length
}

/// Writes a member's grades, commendations and support.
pub fn write(life: &Life, member: &Member, world: &World, rows: &mut Rows) {
    let rng = &mut world.rng("review", member.index);
    write_grades(member, world, rng, rows);
    let (calendar, year) = (&world.calendar, f64::from(world.calendar.days()) / 365.0);
    let officer = Cell::Staff(member.index as u32);
    let serving = |day: i32| member.serves(day).then_some(day);
    for _ in 0..rng.poisson(COMMENDATIONS * year) {
        let day = calendar.first + rng.below(calendar.days() as u64) as i32;
        let kind = rng.word(&["letter of thanks", "commendation", "long service award", "good work minute"]);
        if let Some(day) = serving(day) {
            rows.push(
                SourceKind::Commendations,
                i64::from(day),
                &[officer, Cell::Day(day), Cell::Word(kind)],
            );
        }
    }
    let mut support = |day: i32, kind: &'static str, outcome: &'static str| {
        if day <= calendar.last && member.serves(day) {
            let cells = [officer, Cell::Day(day), Cell::Word(kind), Cell::Word(outcome)];
            rows.push(SourceKind::Support, i64::from(day), &cells);
        }
    };
    for absence in life.absences.iter().filter(|a| a.kind == "sick") {
        let days = absence.until - absence.from + 1;
        let seen = rng.chance(SEEN);
        if days >= ALL_SEEN_FROM || (days >= SEEN_FROM && seen) {
            let outcome = rng.word(&["phased return", "adjusted duties", "fit for work", ""]);
            support(absence.from + rng.between(7, 20) as i32, "occupational_health", outcome);
        }
    }
    if world.cast.innocent(member, Innocent::Disability) {
        support(calendar.first + rng.between(2, 20) as i32, "occupational_health", "adjusted duties");
    }
    if rng.chance(REFLECTIVE * year) {
        let day = calendar.first + rng.below(calendar.days() as u64) as i32;
        support(day, "reflective_practice", "completed");
    }
}

fn write_grades(member: &Member, world: &World, rng: &mut Rng, rows: &mut Rows) {
    let calendar = &world.calendar;
    let length = REVIEW_DAYS.min(calendar.days());
    let reviews = calendar.days() / length;
    let usual = *rng.pick(&[1_i64, 1, 2, 2, 2]).unwrap_or(&2);
    let low = world.cast.innocent(member, Innocent::OneLowGrade).then(|| rng.below(reviews as u64) as i32);
    for review in 0..reviews {
        let (from, until) = (calendar.first + review * length, calendar.first + (review + 1) * length - 1);
        let noise = match rng.below(20) {
            0 => -1,
            1 => 1,
            _ => 0,
        };
        let grade = match world.cast.part(member) {
            Some(Part::Planted(deed)) if deed.behaviour == Behaviour::PerformanceSupport => {
                let steps = deed.intensity.draw(rng, plant::GRADE_STEPS);
                let start = (4 - steps).min(1);
                start + steps * i64::from(review) / i64::from((reviews - 1).max(1))
            }
            _ if low == Some(review) => 3,
            _ => (usual + noise).clamp(0, 2),
        };
        if !member.serves(from) || !member.serves(until) {
            continue;
        }
        let cells = [
            Cell::Staff(member.index as u32),
            Cell::Day(from),
            Cell::Day(until),
            Cell::Word(GRADES[grade.clamp(0, 4) as usize]),
            Cell::Staff(world.roll.signatory(member).index as u32),
        ];
        rows.push(SourceKind::Performance, i64::from(from), &cells);
    }
}
