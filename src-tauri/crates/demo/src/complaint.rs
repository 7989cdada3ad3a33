//! Complaints: over-dispersed counts by exposure, as real ones are.

use crate::calendar::day_of;
use crate::cast::{Deed, Part, Rate};
use crate::cell::{Cell, Code};
use crate::duty::{Duty, Life};
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::{Member, UnitKind};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// How far people of one posting differ: squared deviation of their rates, as a share of the squared mean, whatever the length of
/// the period. The Chicago records give 0.7 to 0.9 fitted within postings and 1.4 to 1.8 over everybody, for half a year as for
/// three.
const BETWEEN_PEOPLE: f64 = 1.2;
/// Units differ by posting: shape of the gamma that multiplies a whole unit's rate.
const POSTING_SHAPE: f64 = 12.0;
const CATEGORIES: &[&str] = &[
    "Incivility",
    "Delay in service",
    "Use of force",
    "Stop and search",
    "Handling of property",
    "Lack of information",
    "Detention",
    "Decision making",
    "Breach of privacy",
    "Discriminatory behaviour",
    "Arrest",
    "Follow-up",
    "Driving",
    "Search of premises",
    "Record keeping",
    "Information given out",
];
/// What a complaint says of the complainant: one in sixteen is recorded as vulnerable.
const VULNERABLE: &[&str] = &[
    "yes", "no", "no", "no", "no", "no", "no", "no", "no", "no", "no", "no", "no", "no", "unknown", "unknown",
];
const OUTCOMES: &[&str] =
    &["No case to answer", "Service acceptable", "Service not acceptable", "Case to answer"];

/// Complaints expected in 100 duties.
fn expected(kind: UnitKind) -> f64 {
    match kind {
        UnitKind::Response => 0.60,
        UnitKind::Neighbourhood | UnitKind::Custody => 0.40,
        UnitKind::Cid => 0.20,
        UnitKind::ControlRoom => 0.12,
        UnitKind::Staff => 0.01,
    }
}

/// The complaints about one member, before they are written.
struct Desk<'a> {
    member: &'a Member,
    world: &'a World,
    rng: Rng,
    matters: u64,
}

impl Desk<'_> {
    fn open_matter(&mut self) -> Code {
        self.matters += 1;
        Code::new(b'M', self.member.index as u64 * 1_000 + self.matters)
    }

    fn write(&mut self, duty: &Duty, matter: Code, kind: (&'static str, &'static str), rows: &mut Rows) {
        let (category, vulnerable) = kind;
        let last = self.world.calendar.last;
        let occurred = day_of(duty.start);
        let received = (occurred + self.rng.between(0, 25) as i32).min(last);
        let finalised = received + self.rng.between(20, 90) as i32;
        let origin = if self.rng.chance(0.93) { "public" } else { "internal" };
        let outcome = self.rng.word(OUTCOMES);
        let done = finalised <= last;
        let cells = [
            Cell::Code(matter),
            Cell::Staff(self.member.index as u32),
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

    fn any_kind(&mut self) -> (&'static str, &'static str) {
        (self.rng.word(CATEGORIES), self.rng.word(VULNERABLE))
    }
}

/// Writes the complaints about a member.
pub fn write(life: &Life, member: &Member, world: &World, rows: &mut Rows) {
    let mut desk = Desk { member, world, rng: world.rng("complaint", member.index), matters: 0 };
    let posting = world.rng("posting", member.unit).gamma(POSTING_SHAPE) / POSTING_SHAPE;
    let factor = posting * world.factor(member, Rate::Complaints);
    let mean = factor * expected(world.roll.unit_of(member).kind) * life.duties.len() as f64 / 100.0;
    let rate = mean * BETWEEN_PEOPLE * desk.rng.gamma(1.0 / BETWEEN_PEOPLE);
    let mut count = desk.rng.poisson(rate);
    let (mut from, mut until) = (world.calendar.first, world.calendar.last);
    match world.cast.part(member) {
        Some(Part::Planted(deed)) => match deed.behaviour {
            Behaviour::ComplaintRate => {
                let strong = deed.intensity.draw(&mut desk.rng, plant::COMPLAINTS);
                count = (strong * i64::from(world.calendar.days()) / 181).max(6) as u32;
                (from, until) = (deed.from, deed.until);
            }
            Behaviour::ProfileUnusual => count += deed.intensity as u32 + 1,
            Behaviour::ComplaintPattern => of_one_kind(&mut desk, life, deed, rows),
            _ => {}
        },
        Some(Part::Innocent(Innocent::BusyOfficer)) => count = 4,
        Some(Part::Innocent(Innocent::OneIncident)) => {
            let (matter, kind) = (desk.open_matter(), (desk.rng.word(CATEGORIES), "no"));
            if let Some(duty) = desk.rng.pick(&life.duties) {
                (0..4).for_each(|_| desk.write(duty, matter, kind, rows));
            }
        }
        _ => {}
    }
    let duties = life.duties_in(from, until);
    for _ in 0..count {
        let Some(duty) = desk.rng.pick(duties) else { return };
        let (matter, kind) = (desk.open_matter(), desk.any_kind());
        desk.write(duty, matter, kind, rows);
    }
}

/// Separate matters of one category, or from vulnerable people.
fn of_one_kind(desk: &mut Desk<'_>, life: &Life, deed: Deed, rows: &mut Rows) {
    let category = desk.rng.word(CATEGORIES);
    let vulnerable = desk.member.index % 2 == 1;
    for _ in 0..deed.intensity.draw(&mut desk.rng, plant::PATTERN_COMPLAINTS) {
        let Some(duty) = desk.rng.pick(life.duties_in(deed.from, deed.until)) else { return };
        let any = desk.any_kind();
        let kind = if vulnerable { (any.0, "yes") } else { (category, any.1) };
        let matter = desk.open_matter();
        desk.write(duty, matter, kind, rows);
    }
}
