//! One unit from roll to rows: the piece that is held in memory at a time.

use crate::access;
use crate::calendar::{Calendar, DAY, day_of};
use crate::cases::Cases;
use crate::cell::Cell;
use crate::duty::{self, Life, planned};
use crate::innocent::Innocent;
use crate::roll::{Member, Pattern};
use crate::rows::Rows;
use crate::world::World;
use crate::{complaint, declaration, incident, overtime, presence, protected, review, roster};
use model::SourceKind;

/// Everything about one unit; `raw` for exports, which hold what import will drop.
pub fn make(number: usize, world: &World, raw: bool) -> Rows {
    let mut rows = Rows::new(raw);
    let unit = &world.roll.units[number];
    let cases = Cases::open(number, world, &mut rows);
    for member in &world.roll.members[unit.members.clone()] {
        write_roll(member, world, &mut rows);
        let mut life = duty::make(member, world);
        overtime::add(&mut life, member, world);
        incident::add(&mut life, member, world);
        presence::attend(&mut life, member, world);
        roster::write(&mut life, member, world, &mut rows);
        presence::write(&life, member, world, &mut rows);
        access::write(&life, member, &cases, world, &mut rows);
        complaint::write(&life, member, world, &mut rows);
        overtime::write(&life, member, world, &mut rows);
        write_duties(&life, member, &world.calendar, &mut rows);
        write_absences(&life, member, &mut rows);
        write_attendance(&life, member, &mut rows);
        incident::write(&life, member, &world.calendar, &mut rows);
        declaration::write(member, &life, world, &mut rows);
        review::write(&life, member, world, &mut rows);
        protected::write(member, world, &mut rows);
    }
    if number == 0 && raw {
        access::write_unknown(&world.calendar, &mut rows);
        write_unknown_duties(&world.calendar, &mut rows);
    }
    rows
}

fn write_roll(member: &Member, world: &World, rows: &mut Rows) {
    let (roll, first) = (&world.roll, world.calendar.first.max(member.joined));
    let own = member.index as u32;
    let (hours, share) = match (member.part_time, member.pattern) {
        (true, _) => (24, 600),
        (false, Pattern::Days) => (37, 1_000),
        (false, _) => (40, 1_000),
    };
    let mut row = |from: i32, until: Option<i32>, rank: &'static str, number: usize| {
        let unit = &roll.units[number];
        let supervisor = if number == member.unit { member.supervisor } else { roll.supervisor_in(number) };
        let cells = [
            Cell::Staff(own),
            Cell::Login(own),
            Cell::Forename(own),
            Cell::Surname(own),
            Cell::Contact(own),
            Cell::Word(rank),
            Cell::Word(if member.editor { "Duties planner" } else { unit.kind.as_str() }),
            Cell::Unit(number as u32),
            Cell::Word(unit.kind.as_str()),
            Cell::staff(supervisor),
            Cell::Word(member.pattern.as_str()),
            Cell::whole(hours),
            Cell::Milli(share),
            Cell::Day(from),
            Cell::day(until),
            Cell::Day(member.joined),
            Cell::day(member.left),
            Cell::Word(member.category),
        ];
        rows.push(SourceKind::Officers, i64::from(own), &cells);
    };
    match member.change {
        Some(change) => {
            row(first, Some(change.day - 1), member.rank, member.unit);
            row(change.day, None, change.rank, change.unit);
        }
        None => row(first, member.left, member.rank, member.unit),
    }
    let exporter = world.cast.innocent(member, Innocent::ExportDesk);
    for (kind, held) in
        [("roster_editor", member.editor), ("approver", member.approver), ("exporter", exporter)]
    {
        if held {
            let cells = [Cell::Staff(own), Cell::Word(kind), Cell::Day(first), Cell::Blank];
            rows.push(SourceKind::Authorities, i64::from(own), &cells);
        }
    }
}

fn write_duties(life: &Life, member: &Member, calendar: &Calendar, rows: &mut Rows) {
    let mut push = |day: i32, start: i64, end: i64, kind: &'static str, place: Cell| {
        let unit = Cell::Unit(member.unit_on(day) as u32);
        let officer = Cell::Staff(member.index as u32);
        let cells = [officer, Cell::Minute(start), Cell::Minute(end), Cell::Word(kind), place, unit];
        rows.push(SourceKind::Duties, start, &cells);
    };
    for duty in &life.duties {
        let place = Cell::Word(if duty.remote && duty.agreed { "remote" } else { "site" });
        push(duty.day, duty.start, duty.end, duty.kind, place);
    }
    let taken = taken_days(life, calendar);
    for day in calendar.first..=calendar.last {
        let midnight = i64::from(day) * DAY;
        let on_leave = |a: &duty::Absence| a.kind == "annual" && (a.from..=a.until).contains(&day);
        let off = planned(member, day).is_none();
        if off && member.serves(day) && !taken[(day - calendar.first) as usize] {
            push(day, midnight, midnight + DAY, "rest", Cell::Blank);
        } else if !off && life.absences.iter().any(on_leave) {
            push(day, midnight + 9 * 60, midnight + 17 * 60, "leave", Cell::Blank);
        }
    }
}

/// The days of the period that an absence, a duty or a claim touches.
fn taken_days(life: &Life, calendar: &Calendar) -> Vec<bool> {
    let mut taken = vec![false; calendar.days() as usize];
    let away = life.absences.iter().map(|a| (a.from, a.until));
    let duties = life.duties.iter().map(|d| (day_of(d.start), day_of(d.end - 1)));
    let claims = life.claims.iter().map(|c| (day_of(c.start), day_of(c.end - 1)));
    for (from, until) in away.chain(duties).chain(claims) {
        for day in from.max(calendar.first)..=until.min(calendar.last) {
            taken[(day - calendar.first) as usize] = true;
        }
    }
    taken
}

fn write_absences(life: &Life, member: &Member, rows: &mut Rows) {
    for absence in &life.absences {
        let cells = [
            Cell::Staff(member.index as u32),
            Cell::Day(absence.from),
            Cell::Day(absence.until),
            Cell::Word(absence.kind),
            Cell::Word(absence.certified),
            Cell::Word(absence.reason),
        ];
        rows.push(SourceKind::Absences, i64::from(absence.from), &cells);
    }
}

fn write_attendance(life: &Life, member: &Member, rows: &mut Rows) {
    for claim in &life.attendance {
        let place = Cell::Word(if claim.office { "office" } else { "remote" });
        let cells = [Cell::Staff(member.index as u32), Cell::Day(claim.day), place, Cell::Milli(7_400)];
        rows.push(SourceKind::AttendanceClaims, i64::from(claim.day), &cells);
    }
}

/// Staff number of somebody whom the roll no longer lists; below every number given out.
pub const UNKNOWN_ID: &str = "400001";

fn write_unknown_duties(calendar: &Calendar, rows: &mut Rows) {
    for day in 0..2 {
        let start = i64::from(calendar.first + day) * DAY + 7 * 60;
        let [id, kind, place] = [UNKNOWN_ID, "early", "site"].map(Cell::Word);
        let cells = [id, Cell::Minute(start), Cell::Minute(start + 540), kind, place, Cell::Unit(0)];
        rows.push(SourceKind::Duties, start, &cells);
    }
}
