//! Incidents a member was sent to: what explains most look-ups of those who carry no cases.

use crate::calendar::Calendar;
use crate::cases::Record;
use crate::cell::{Cell, Code};
use crate::duty::Life;
use crate::roll::{Member, UnitKind};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// One incident of one member.
#[derive(Debug, Clone, Copy)]
pub struct Incident {
    pub number: Code,
    pub start: i64,
    pub end: i64,
    pub record: Record,
}

/// Incidents in a duty, on average.
fn per_duty(kind: UnitKind) -> f64 {
    match kind {
        UnitKind::ControlRoom => 2.4,
        UnitKind::Response => 1.3,
        UnitKind::Custody => 1.0,
        UnitKind::Neighbourhood => 0.6,
        UnitKind::Cid => 0.15,
        UnitKind::Staff => 0.12,
    }
}

/// Sends a member to incidents, in order of duty.
pub fn add(life: &mut Life, member: &Member, world: &World) {
    let rng = &mut world.rng("incident", member.index);
    let mean = per_duty(world.roll.unit_of(member).kind);
    let mut next = member.index as u64 * 10_000;
    for duty in life.duties.iter().filter(|duty| !matches!(duty.kind, "court" | "training")) {
        for _ in 0..rng.poisson(mean) {
            next += 1;
            let length = rng.between(15, 150);
            let start = rng.between(duty.start + 5, (duty.end - length - 5).max(duty.start + 6));
            let end = (start + length).min(duty.end);
            // Other letters than the records of cases have.
            let (letter, kind) = match rng.below(10) {
                0..6 => (b'Q', "person"),
                6..8 => (b'B', "address"),
                _ => (b'W', "vehicle"),
            };
            let record = Record { number: Code::new(letter, next), kind };
            life.incidents.push(Incident { number: Code::new(b'I', next), start, end, record });
        }
    }
}

/// Writes a member's incidents.
pub fn write(life: &Life, member: &Member, calendar: &Calendar, rows: &mut Rows) {
    for incident in life.incidents.iter().filter(|incident| calendar.covers(incident.start)) {
        let cells = [
            Cell::Code(incident.number),
            Cell::Staff(member.index as u32),
            Cell::Minute(incident.start),
            Cell::Minute(incident.end),
            Cell::Blank,
            Cell::Code(incident.record.number),
        ];
        rows.push(SourceKind::Incidents, incident.start, &cells);
    }
}
