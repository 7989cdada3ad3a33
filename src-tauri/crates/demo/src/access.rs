//! Look-ups on systems: for an own case, a colleague's, an incident; now and then for nothing on file.

use crate::calendar::{Calendar, DAY};
use crate::cases::{Cases, Record};
use crate::cell::{Cell, Code};
use crate::duty::{Duty, Life};
use crate::incident::Incident;
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::{Member, UnitKind};
use crate::rows::Rows;
use crate::snoop;
use crate::world::World;
use model::SourceKind;

/// Share of the look-ups of those with cases that are for an own one, and for the team's.
const OWN: f64 = 0.55;
const TEAM: f64 = 0.18;
/// Share of look-ups for nothing on file.
const NO_REASON: f64 = 0.03;
/// Share of look-ups for a case whose number was not typed in.
const CASE_LEFT_OUT: f64 = 0.12;
/// Times the usual number of a look-alike who looks up much.
const HEAVY: f64 = 2.2;
/// People in the made-up records system whom nobody has a case on.
const STRANGERS: u64 = 900_000;
const SYSTEMS: &[&str] = &["Crime", "Crime", "Crime", "Intel", "Custody", "Vehicles"];
const REASONS: &[&str] =
    &["investigation", "file build", "statement", "review", "bail check", "victim update"];
const OTHER_REASONS: &[&str] =
    &["stop check", "call for service", "lost property", "briefing", "licensing", ""];

fn lookups_per_duty(kind: UnitKind) -> f64 {
    match kind {
        UnitKind::ControlRoom => 12.0,
        UnitKind::Cid => 10.0,
        UnitKind::Response => 8.5,
        UnitKind::Neighbourhood => 6.5,
        UnitKind::Custody => 6.0,
        UnitKind::Staff => 0.3,
    }
}

/// One member at the systems.
pub struct Terminal<'a> {
    pub member: &'a Member,
    pub calendar: &'a Calendar,
    pub rng: Rng,
}

impl Terminal<'_> {
    /// Writes one look-up at a minute; searches and views mostly.
    pub fn at(&mut self, rows: &mut Rows, minute: i64, record: Record, case: Cell, reason: &'static str) {
        let action = match self.rng.below(100) {
            0..35 => "search",
            35..93 => "view",
            93..95 => "print",
            95 => "export",
            _ => "amend",
        };
        self.act(rows, minute, record, action, case, reason);
    }

    /// Writes one act of a kind at a minute.
    pub fn act(
        &mut self,
        rows: &mut Rows,
        minute: i64,
        record: Record,
        action: &'static str,
        case: Cell,
        reason: &'static str,
    ) {
        if !self.calendar.covers(minute) {
            return;
        }
        let system = if record.kind == "vehicle" { "Vehicles" } else { self.rng.word(SYSTEMS) };
        let cells = [
            Cell::Second(minute, self.rng.below(60) as u8),
            Cell::Login(self.member.index as u32),
            Cell::Word(system),
            Cell::Word(action),
            Cell::Code(record.number),
            Cell::Word(record.kind),
            case,
            Cell::Word(reason),
        ];
        rows.push(SourceKind::Accesses, self.calendar.settle(minute), &cells);
    }

    /// A minute within a duty.
    pub fn within(&mut self, duty: &Duty) -> i64 {
        self.rng.between(duty.start + 2, duty.end - 2)
    }

    /// Somebody nobody has a case on.
    pub fn stranger(&mut self) -> Record {
        Record { number: Code::new(b'S', self.rng.below(STRANGERS)), kind: "person" }
    }

    fn ordinary(&mut self, rows: &mut Rows, duty: &Duty, sent: &[Incident], cases: &Cases, explained: bool) {
        let draw = self.rng.unit();
        let moved = self
            .member
            .change
            .is_some_and(|change| change.unit != self.member.unit && duty.day >= change.day);
        let case = match (cases.kind.has_cases(), draw < OWN, draw < OWN + TEAM && !moved) {
            (true, true, _) => cases.own(self.member.index, duty.day, &mut self.rng),
            (true, false, true) => cases.of_team(duty.day, &mut self.rng),
            _ => None,
        };
        if let Some(case) = case {
            let number = if self.rng.chance(CASE_LEFT_OUT) { Cell::Blank } else { Cell::Code(case.number) };
            let (reason, minute) = (self.rng.word(REASONS), self.within(duty));
            if let Some(record) = self.rng.pick(&case.records).copied() {
                self.at(rows, minute, record, number, reason);
            }
            return;
        }
        let reason = self.rng.word(OTHER_REASONS);
        let incident = self.rng.pick(sent).copied();
        match incident.filter(|_| explained || draw < 1.0 - NO_REASON) {
            Some(incident) => {
                let number = if self.rng.chance(0.4) { Cell::Code(incident.number) } else { Cell::Blank };
                let minute = self.rng.between(incident.start, incident.end.max(incident.start + 1));
                self.at(rows, minute, incident.record, number, reason);
            }
            // Without an incident there is mostly nothing to look up either.
            None if !explained && draw >= 1.0 - NO_REASON => {
                let (record, minute) = (self.stranger(), self.within(duty));
                self.at(rows, minute, record, Cell::Blank, reason);
            }
            None => {}
        }
    }
}

/// Writes a member's look-ups, under their login.
pub fn write(life: &Life, member: &Member, cases: &Cases, world: &World, rows: &mut Rows) {
    let rng = world.rng("access", member.index);
    let mut terminal = Terminal { member, calendar: &world.calendar, rng };
    let heavy = world.cast.innocent(member, Innocent::HeavyUser);
    let mut mean = lookups_per_duty(cases.kind) * world.plan.look_ups;
    if heavy {
        mean *= HEAVY;
    } else if let Some(deed) = world.cast.deed(member, Behaviour::ProfileUnusual) {
        mean *= deed.intensity.draw(&mut terminal.rng, plant::UNUSUAL_TENTHS) as f64 / 10.0;
    }
    let mut sent = life.incidents.as_slice();
    for duty in &life.duties {
        let past = sent.iter().take_while(|incident| incident.end <= duty.start).count();
        sent = &sent[past..];
        let now = sent.iter().take_while(|incident| incident.start < duty.end).count();
        for _ in 0..terminal.rng.poisson(mean) {
            terminal.ordinary(rows, duty, &sent[..now], cases, heavy);
        }
    }
    snoop::write(&mut terminal, life, cases, world, rows);
}

/// Login of somebody whom the roll no longer lists.
pub const UNKNOWN_LOGIN: &str = "leaver0001";

/// A few look-ups by that login.
pub fn write_unknown(calendar: &Calendar, rows: &mut Rows) {
    for day in 0..3 {
        let minute = i64::from(calendar.first + day) * DAY + 11 * 60;
        let record = Cell::Code(Code::new(b'S', 1));
        let [login, system, action] = [UNKNOWN_LOGIN, "Crime", "view"].map(Cell::Word);
        let [kind, reason] = ["person", "briefing"].map(Cell::Word);
        let cells = [Cell::Second(minute, 0), login, system, action, record, kind, Cell::Blank, reason];
        rows.push(SourceKind::Accesses, minute, &cells);
    }
}
