//! Cases, who works on them, and look-ups on systems: mostly for an own case, some for a colleague's, some for none.

use crate::calendar::{Calendar, DAY};
use crate::duty::{Duty, Life};
use crate::plant::{self, Behaviour, Innocent, Plan};
use crate::rng::Rng;
use crate::roll::{Member, Roll, Unit, UnitKind};
use crate::rows::Rows;
use model::SourceKind;

/// A case of a unit.
struct Case {
    number: String,
    lead: usize,
    /// The look-alike for whom this long inquiry was made.
    look_alike: Option<usize>,
    from: i32,
    until: i32,
    records: Vec<Record>,
}

#[derive(Clone)]
struct Record {
    number: String,
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

fn records(rng: &mut Rng, case: &str) -> Vec<Record> {
    let mut all = vec![Record { number: format!("R{case}"), kind: "crime" }];
    for place in 1..=rng.between(1, 3) {
        let kind = rng.word(&["person", "person", "person", "vehicle", "address"]);
        let letter = kind.chars().next().map_or('p', |c| c).to_ascii_uppercase();
        all.push(Record { number: format!("{letter}{case}{place}"), kind });
    }
    all
}

impl Cases {
    /// Opens the unit's cases and writes who was assigned to what.
    pub fn open(
        number: usize,
        roll: &Roll,
        plan: &Plan,
        seed: u64,
        cal: &Calendar,
        rows: &mut Rows,
    ) -> Cases {
        let unit = &roll.units[number];
        let mut open = Vec::new();
        let rng = &mut Rng::of(seed, "cases", number);
        let leads = if unit.kind.has_cases() { unit.members.clone() } else { 0..0 };
        for member in &roll.members[leads] {
            for slot in (cal.first..=cal.last).step_by(DAYS_PER_CASE as usize) {
                let from = (slot + rng.between(0, i64::from(DAYS_PER_CASE) - 1) as i32).min(cal.last);
                let case = format!("{number:03}{:05}", open.len());
                let (until, records) = (from + rng.between(12, 60) as i32, records(rng, &case));
                let (lead, number) = (member.index, format!("C{case}"));
                open.push(Case { number, lead, look_alike: None, from, until, records });
            }
            open.extend(inquiry(member, unit, format!("{number:03}{:05}", open.len()), plan, cal, rng));
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
fn inquiry(
    member: &Member,
    unit: &Unit,
    case: String,
    plan: &Plan,
    cal: &Calendar,
    rng: &mut Rng,
) -> Option<Case> {
    let own = plan.innocent(member, Innocent::OwnCase);
    if !own && !plan.innocent(member, Innocent::TeamCase) {
        return None;
    }
    let next = member.index + 1;
    let colleague = if unit.members.contains(&next) { next } else { unit.members.start };
    Some(Case {
        records: records(rng, &case),
        number: format!("C{case}"),
        lead: if own { member.index } else { colleague },
        look_alike: Some(member.index),
        from: cal.first,
        until: cal.last + 30,
    })
}

fn assign(case: &Case, unit: &Unit, roll: &Roll, cal: &Calendar, rng: &mut Rng, rows: &mut Rows) {
    let until = if case.until <= cal.last { cal.iso(case.until) } else { "" };
    let size = unit.members.len() as u64;
    let second = unit.members.start + rng.below(size) as usize;
    let with_second = rng.chance(0.3) && second != case.lead;
    let mut officers = vec![(case.lead, "lead")];
    officers.extend(with_second.then_some((second, "assisting")));
    for (officer, role) in officers {
        for record in &case.records {
            let id = &roll.members[officer].id;
            let cells = [id, &case.number, &record.number, role, cal.iso(case.from), until, &unit.name];
            rows.push(SourceKind::Assignments, i64::from(case.from), &cells);
        }
    }
}

struct Terminal<'a> {
    login: &'a str,
    calendar: &'a Calendar,
    rng: Rng,
}

impl Terminal<'_> {
    fn look_up(&mut self, rows: &mut Rows, duty: &Duty, record: &Record, case: &str, reason: &str) {
        let minute = self.calendar.settle(self.rng.between(duty.start + 2, duty.end - 2));
        if !self.calendar.covers(minute) {
            return;
        }
        let at = self.calendar.iso_second(minute, self.rng.below(60));
        let system = if record.kind == "vehicle" { "Vehicles" } else { self.rng.word(SYSTEMS) };
        let action = match self.rng.below(100) {
            0..35 => "search",
            35..90 => "view",
            90..95 => "print",
            95..96 => "export",
            _ => "amend",
        };
        let cells = [at.as_str(), self.login, system, action, &record.number, record.kind, case, reason];
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
            let number = if self.rng.chance(CASE_LEFT_OUT) { "" } else { &case.number };
            let reason = self.rng.word(REASONS);
            if let Some(record) = self.rng.pick(&case.records) {
                self.look_up(rows, duty, record, number, reason);
            }
            return;
        }
        let stranger = Record { number: format!("P9{:06}", self.rng.below(STRANGERS)), kind: "person" };
        // Control room and custody work from incidents, which are not cases of a unit.
        let incident = !kind.has_cases() && self.rng.chance(0.9);
        let number = if incident { format!("I{:07}", self.rng.below(9_000_000)) } else { String::new() };
        let reason = self.rng.word(OTHER_REASONS);
        self.look_up(rows, duty, &stranger, &number, reason);
    }

    /// The same record again and again, on duties spread evenly over the period.
    fn repeat(&mut self, rows: &mut Rows, life: &Life, record: &Record, case: &str, reason: &str) {
        let times = self.rng.between(*plant::SUBJECT_LOOKUPS.start(), *plant::SUBJECT_LOOKUPS.end()) as usize;
        for time in 0..times {
            if let Some(duty) = life.duties.get(time * life.duties.len() / times) {
                self.look_up(rows, duty, record, case, reason);
            }
        }
    }
}

/// Writes a member's look-ups, under their login.
pub fn write(
    life: &Life,
    member: &Member,
    cases: &Cases,
    plan: &Plan,
    seed: u64,
    calendar: &Calendar,
    rows: &mut Rows,
) {
    let rng = Rng::of(seed, "access", member.index);
    let mut terminal = Terminal { login: &member.login, calendar, rng };
    for duty in &life.duties {
        for _ in 0..terminal.rng.poisson(lookups_per_duty(cases.kind)) {
            terminal.ordinary(rows, duty, member, cases);
        }
    }
    if plan.planted(member, Behaviour::AccessSubject) {
        let subject = Record { number: format!("P8{:06}", member.index), kind: "person" };
        terminal.repeat(rows, life, &subject, "", "");
    }
    for case in cases.open.iter().filter(|case| case.look_alike == Some(member.index)) {
        let number = if case.lead == member.index { case.number.as_str() } else { "" };
        if let Some(record) = case.records.get(1) {
            terminal.repeat(rows, life, record, number, "investigation");
        }
    }
}

/// Login of somebody whom the roll no longer lists.
pub const UNKNOWN_LOGIN: &str = "leaver0001";

/// A few look-ups by that login.
pub fn write_unknown(calendar: &Calendar, rows: &mut Rows) {
    for day in 0..3 {
        let minute = i64::from(calendar.first + day) * DAY + 11 * 60;
        let at = calendar.iso_second(minute, 0);
        let cells = [&at, UNKNOWN_LOGIN, "Crime", "view", "P9000001", "person", "", "briefing"];
        rows.push(SourceKind::Accesses, minute, &cells);
    }
}
