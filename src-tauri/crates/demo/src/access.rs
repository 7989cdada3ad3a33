//! Cases, who works on them, and look-ups on systems: mostly for an own case, some for a colleague's, some for none.

use crate::calendar::{Calendar, DAY};
use crate::cell::{Cell, Code};
use crate::duty::{Duty, Life};
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::{Member, Roll, Unit, UnitKind};
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// A case of a unit.
struct Case {
    number: Code,
    lead: usize,
    /// The look-alike for whom this long inquiry was made.
    look_alike: Option<usize>,
    from: i32,
    until: i32,
    records: Vec<Record>,
}

#[derive(Clone, Copy)]
struct Record {
    number: Code,
    kind: &'static str,
}

/// Days between two new cases of one member.
const DAYS_PER_CASE: i32 = 9;
/// Share of look-ups for an own case, and for the team's.
const OWN: f64 = 0.62;
const TEAM: f64 = 0.22;
/// Share of look-ups for a case whose number was not typed in.
const CASE_LEFT_OUT: f64 = 0.12;
/// People in the made-up records system whom nobody has a case on.
const STRANGERS: u64 = 900_000;
const SYSTEMS: &[&str] = &["Crime", "Crime", "Crime", "Intel", "Custody", "Vehicles"];
const REASONS: &[&str] =
    &["investigation", "file build", "statement", "review", "bail check", "victim update"];
const OTHER_REASONS: &[&str] =
    &["stop check", "call for service", "lost property", "briefing", "licensing", ""];

/// The cases of one unit.
pub struct Cases {
    kind: UnitKind,
    open: Vec<Case>,
}

fn lookups_per_duty(kind: UnitKind) -> f64 {
    match kind {
        UnitKind::ControlRoom => 6.0,
        UnitKind::Cid => 4.0,
        UnitKind::Response => 3.0,
        UnitKind::Neighbourhood | UnitKind::Custody => 2.0,
        UnitKind::Staff => 0.2,
    }
}

fn records(rng: &mut Rng, case: u64) -> Vec<Record> {
    let mut all = vec![Record { number: Code::new(b'R', case), kind: "crime" }];
    for place in 1..=rng.between(1, 3) as u64 {
        let kind = rng.word(&["person", "person", "person", "vehicle", "address"]);
        let letter = kind.as_bytes()[0].to_ascii_uppercase();
        all.push(Record { number: Code::new(letter, case * 10 + place), kind });
    }
    all
}

impl Cases {
    /// Opens the unit's cases and writes who was assigned to what.
    pub fn open(number: usize, world: &World, rows: &mut Rows) -> Cases {
        let (roll, cal) = (&world.roll, &world.calendar);
        let unit = &roll.units[number];
        let mut open = Vec::new();
        let rng = &mut world.rng("cases", number);
        let next = |open: &Vec<Case>| number as u64 * 100_000 + open.len() as u64;
        let leads = if unit.kind.has_cases() { unit.members.clone() } else { 0..0 };
        for member in &roll.members[leads] {
            for slot in (cal.first..=cal.last).step_by(DAYS_PER_CASE as usize) {
                let from = (slot + rng.between(0, i64::from(DAYS_PER_CASE) - 1) as i32).min(cal.last);
                let case = next(&open);
                let (until, records) = (from + rng.between(12, 60) as i32, records(rng, case));
                let (lead, number) = (member.index, Code::new(b'C', case));
                open.push(Case { number, lead, look_alike: None, from, until, records });
            }
            let case = next(&open);
            open.extend(inquiry(member, unit, case, world, rng));
        }
        for case in &open {
            assign(case, unit, roll, cal, rng, rows);
        }
        Cases { kind: unit.kind, open }
    }

    fn pick(&self, member: Option<usize>, day: i32, rng: &mut Rng) -> Option<&Case> {
        let active =
            |case: &&Case| case.from <= day && day <= case.until && member.is_none_or(|m| m == case.lead);
        match member {
            Some(_) => {
                let own: Vec<&Case> = self.open.iter().filter(active).collect();
                rng.pick(&own).copied()
            }
            None => (0..6).find_map(|_| rng.pick(&self.open).filter(|case| active(case))),
        }
    }
}

/// One long inquiry for a look-alike: their own, or a colleague's.
fn inquiry(member: &Member, unit: &Unit, case: u64, world: &World, rng: &mut Rng) -> Option<Case> {
    let own = world.cast.innocent(member, Innocent::OwnCase);
    if !own && !world.cast.innocent(member, Innocent::TeamCase) {
        return None;
    }
    let next = member.index + 1;
    let colleague = if unit.members.contains(&next) { next } else { unit.members.start };
    Some(Case {
        records: records(rng, case),
        number: Code::new(b'C', case),
        lead: if own { member.index } else { colleague },
        look_alike: Some(member.index),
        from: world.calendar.first,
        until: world.calendar.last + 30,
    })
}

fn assign(case: &Case, unit: &Unit, roll: &Roll, cal: &Calendar, rng: &mut Rng, rows: &mut Rows) {
    let until = if case.until <= cal.last { Cell::Day(case.until) } else { Cell::Blank };
    let size = unit.members.len() as u64;
    let second = unit.members.start + rng.below(size) as usize;
    let with_second = rng.chance(0.3) && second != case.lead;
    let mut officers = vec![(case.lead, "lead")];
    officers.extend(with_second.then_some((second, "assisting")));
    for (officer, role) in officers {
        for record in &case.records {
            let cells = [
                Cell::Staff(officer as u32),
                Cell::Code(case.number),
                Cell::Code(record.number),
                Cell::Word(role),
                Cell::Day(case.from),
                until,
                Cell::Unit(roll.members[officer].unit_on(case.from) as u32),
            ];
            rows.push(SourceKind::Assignments, i64::from(case.from), &cells);
        }
    }
}

struct Terminal<'a> {
    login: Cell,
    calendar: &'a Calendar,
    rng: Rng,
}

impl Terminal<'_> {
    fn look_up(&mut self, rows: &mut Rows, duty: &Duty, record: Record, case: Cell, reason: &'static str) {
        let minute = self.calendar.settle(self.rng.between(duty.start + 2, duty.end - 2));
        if !self.calendar.covers(minute) {
            return;
        }
        let at = Cell::Second(minute, self.rng.below(60) as u8);
        let system = if record.kind == "vehicle" { "Vehicles" } else { self.rng.word(SYSTEMS) };
        let action = match self.rng.below(100) {
            0..35 => "search",
            35..90 => "view",
            90..95 => "print",
            95..96 => "export",
            _ => "amend",
        };
        let reason = if reason.is_empty() { Cell::Blank } else { Cell::Word(reason) };
        let (system, action, kind) = (Cell::Word(system), Cell::Word(action), Cell::Word(record.kind));
        let cells = [at, self.login, system, action, Cell::Code(record.number), kind, case, reason];
        rows.push(SourceKind::Accesses, minute, &cells);
    }

    fn ordinary(&mut self, rows: &mut Rows, duty: &Duty, member: &Member, cases: &Cases) {
        let kind = cases.kind;
        let draw = self.rng.unit();
        let case = if !kind.has_cases() || draw >= OWN + TEAM {
            None
        } else {
            cases.pick((draw < OWN).then_some(member.index), duty.day, &mut self.rng)
        };
        if let Some(case) = case {
            let number = if self.rng.chance(CASE_LEFT_OUT) { Cell::Blank } else { Cell::Code(case.number) };
            let reason = self.rng.word(REASONS);
            if let Some(record) = self.rng.pick(&case.records).copied() {
                self.look_up(rows, duty, record, number, reason);
            }
            return;
        }
        let stranger =
            Record { number: Code::new(b'P', 90_000_000 + self.rng.below(STRANGERS)), kind: "person" };
        // Control room and custody work from incidents, which are not cases of a unit.
        let incident = !kind.has_cases() && self.rng.chance(0.9);
        let number =
            if incident { Cell::Code(Code::new(b'I', self.rng.below(9_000_000))) } else { Cell::Blank };
        let reason = self.rng.word(OTHER_REASONS);
        self.look_up(rows, duty, stranger, number, reason);
    }

    /// The same record again and again, on duties spread evenly over the period.
    fn repeat(
        &mut self,
        rows: &mut Rows,
        duties: &[Duty],
        times: usize,
        record: Record,
        case: Cell,
        reason: &'static str,
    ) {
        for time in 0..times {
            if let Some(duty) = duties.get(time * duties.len() / times) {
                self.look_up(rows, duty, record, case, reason);
            }
        }
    }
}

/// Writes a member's look-ups, under their login.
pub fn write(life: &Life, member: &Member, cases: &Cases, world: &World, rows: &mut Rows) {
    let rng = world.rng("access", member.index);
    let mut terminal = Terminal { login: Cell::Login(member.index as u32), calendar: &world.calendar, rng };
    for duty in &life.duties {
        for _ in 0..terminal.rng.poisson(lookups_per_duty(cases.kind) * world.plan.look_ups) {
            terminal.ordinary(rows, duty, member, cases);
        }
    }
    if let Some(deed) = world.cast.deed(member, Behaviour::AccessSubject) {
        let subject = Record { number: Code::new(b'P', 80_000_000 + member.index as u64), kind: "person" };
        let duties: Vec<Duty> = life.duties.iter().filter(|duty| deed.on(duty.day)).cloned().collect();
        let times = deed.intensity.draw(&mut terminal.rng, plant::SUBJECT_LOOKUPS) as usize;
        terminal.repeat(rows, &duties, times, subject, Cell::Blank, "");
    }
    for case in cases.open.iter().filter(|case| case.look_alike == Some(member.index)) {
        let number = if case.lead == member.index { Cell::Code(case.number) } else { Cell::Blank };
        let times = terminal.rng.between(15, 30) as usize;
        if let Some(record) = case.records.get(1).copied() {
            terminal.repeat(rows, &life.duties, times, record, number, "investigation");
        }
    }
}

/// Login of somebody whom the roll no longer lists.
pub const UNKNOWN_LOGIN: &str = "leaver0001";

/// A few look-ups by that login.
pub fn write_unknown(calendar: &Calendar, rows: &mut Rows) {
    for day in 0..3 {
        let minute = i64::from(calendar.first + day) * DAY + 11 * 60;
        let record = Cell::Code(Code::new(b'P', 90_000_001));
        let [login, system, action] = [UNKNOWN_LOGIN, "Crime", "view"].map(Cell::Word);
        let [kind, reason] = ["person", "briefing"].map(Cell::Word);
        let cells = [Cell::Second(minute, 0), login, system, action, record, kind, Cell::Blank, reason];
        rows.push(SourceKind::Accesses, minute, &cells);
    }
}
