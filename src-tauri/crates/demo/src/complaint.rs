//! Complaints: over-dispersed counts by exposure, as real ones are.

use crate::calendar::day_of;
use crate::cast::Part;
use crate::cell::{Cell, Code};
use crate::duty::{Duty, Life};
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::roll::{Member, UnitKind};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// Variance added for each complaint expected: the gamma-Poisson variance is three times its mean, as in real data.
const OVERDISPERSION: f64 = 2.0;
const CATEGORIES: &[&str] = &[
    "Incivility",
    "Delay in service",
    "Use of force",
    "Stop and search",
    "Handling of property",
    "Lack of information",
];
const OUTCOMES: &[&str] =
    &["No case to answer", "Service acceptable", "Service not acceptable", "Case to answer"];

/// Complaints expected in 100 duties.
fn expected(kind: UnitKind) -> f64 {
    match kind {
        UnitKind::Response => 0.40,
        UnitKind::Neighbourhood | UnitKind::Custody => 0.30,
        UnitKind::Cid => 0.15,
        UnitKind::ControlRoom => 0.10,
        UnitKind::Staff => 0.01,
    }
}

/// Writes the complaints about a member.
pub fn write(life: &Life, member: &Member, world: &World, rows: &mut Rows) {
    let (calendar, rng) = (&world.calendar, &mut world.rng("complaint", member.index));
    let mean = expected(world.roll.unit_of(member).kind) * life.duties.len() as f64 / 100.0;
    let rate = OVERDISPERSION * rng.gamma((mean / OVERDISPERSION).max(1e-6));
    let mut count = rng.poisson(rate);
    let (mut from, mut until) = (calendar.first, calendar.last);
    match world.cast.part(member) {
        Some(Part::Planted(deed)) if deed.behaviour == Behaviour::ComplaintRate => {
            let strong = deed.intensity.draw(rng, plant::COMPLAINTS) * i64::from(calendar.days()) / 181;
            count = strong.max(6) as u32;
            (from, until) = (deed.from, deed.until);
        }
        Some(Part::Innocent(Innocent::BusyOfficer)) => count = 4,
        _ => {}
    }
    let duties: Vec<&Duty> = life.duties.iter().filter(|duty| (from..=until).contains(&duty.day)).collect();
    for number in 0..u64::from(count) {
        let Some(duty) = rng.pick(&duties) else { return };
        let occurred = day_of(duty.start);
        let received = (occurred + rng.between(0, 25) as i32).min(calendar.last);
        let finalised = received + rng.between(20, 90) as i32;
        let done = finalised <= calendar.last;
        let vulnerable = rng.word(&["no", "no", "no", "yes", "unknown"]);
        let origin = if rng.chance(0.93) { "public" } else { "internal" };
        let (category, outcome) = (rng.word(CATEGORIES), rng.word(OUTCOMES));
        let cells = [
            Cell::Code(Code::new(b'M', member.index as u64 * 1_000 + number + 1)),
            Cell::Staff(member.index as u32),
            Cell::Day(received),
            Cell::Day(occurred),
            Cell::Word(vulnerable),
            Cell::Word(origin),
            Cell::Word(category),
            if done { Cell::Word(outcome) } else { Cell::Blank },
            if done { Cell::Day(finalised) } else { Cell::Blank },
            Cell::Word("on duty"),
        ];
        rows.push(SourceKind::Complaints, i64::from(received), &cells);
    }
}
