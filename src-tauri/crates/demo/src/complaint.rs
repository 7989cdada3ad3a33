//! Complaints: over-dispersed counts by exposure, as real ones are.

use crate::calendar::{Calendar, day_of};
use crate::duty::Life;
use crate::plant::{self, Behaviour, Innocent, Part, Plan};
use crate::rng::Rng;
use crate::roll::{Member, Roll, UnitKind};
use crate::rows::Rows;
use model::SourceKind;

/// Variance added for each complaint expected: the gamma-Poisson variance is 2.5 times its mean.
const OVERDISPERSION: f64 = 1.5;
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
pub fn write(
    life: &Life,
    member: &Member,
    plan: &Plan,
    roll: &Roll,
    seed: u64,
    calendar: &Calendar,
    rows: &mut Rows,
) {
    let rng = &mut Rng::of(seed, "complaint", member.index);
    let mean = expected(roll.unit_of(member).kind) * life.duties.len() as f64 / 100.0;
    let rate = OVERDISPERSION * rng.gamma((mean / OVERDISPERSION).max(1e-6));
    let ordinary = rng.poisson(rate).min(6);
    let strong =
        rng.between(*plant::COMPLAINTS.start(), *plant::COMPLAINTS.end()) * i64::from(calendar.days()) / 181;
    let count = match plan.part(member) {
        Some(Part::Planted(Behaviour::ComplaintRate)) => strong.max(8) as u32,
        Some(Part::Innocent(Innocent::BusyOfficer)) => 4,
        _ => ordinary,
    };
    for number in 0..count {
        let Some(duty) = rng.pick(&life.duties) else { return };
        let occurred = day_of(duty.start);
        let received = (occurred + rng.between(0, 25) as i32).min(calendar.last);
        let finalised = received + rng.between(20, 90) as i32;
        let done = finalised <= calendar.last;
        let matter = format!("CM/{:05}/{:02}", member.index, number + 1);
        let vulnerable = rng.word(&["no", "no", "no", "yes", "unknown"]);
        let origin = if rng.chance(0.93) { "public" } else { "internal" };
        let (category, outcome) = (rng.word(CATEGORIES), rng.word(OUTCOMES));
        let cells = [
            matter.as_str(),
            &member.id,
            calendar.uk(received),
            calendar.uk(occurred),
            vulnerable,
            origin,
            category,
            if done { outcome } else { "" },
            if done { calendar.uk(finalised) } else { "" },
            "on duty",
        ];
        rows.push(SourceKind::Complaints, i64::from(received), &cells);
    }
}
