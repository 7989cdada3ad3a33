//! One unit from roll to rows: the piece that is held in memory at a time.

use crate::access::{self, Cases};
use crate::calendar::{Calendar, DAY};
use crate::duty::{self, Life, planned};
use crate::plant::Plan;
use crate::roll::{Member, Pattern, Roll};
use crate::rows::Rows;
use crate::{complaint, overtime, presence, roster};
use model::SourceKind;

/// Everything about one unit.
pub fn make(number: usize, roll: &Roll, plan: &Plan, seed: u64, calendar: &Calendar) -> Rows {
    let mut rows = Rows::default();
    let unit = &roll.units[number];
    let cases = Cases::open(number, roll, plan, seed, calendar, &mut rows);
    for member in &roll.members[unit.members.clone()] {
        write_roll(member, roll, calendar, &mut rows);
        let mut life = duty::make(member, plan, seed, calendar);
        overtime::add(&mut life, member, plan, roll, seed, calendar);
        presence::attend(&mut life, member, plan, roll, seed);
        roster::write(&mut life, member, plan, roll, seed, calendar, &mut rows);
        presence::write(&life, member, roll, seed, calendar, &mut rows);
        access::write(&life, member, &cases, plan, seed, calendar, &mut rows);
        complaint::write(&life, member, plan, roll, seed, calendar, &mut rows);
        write_duties(&life, member, roll, calendar, &mut rows);
        write_absences(&life, member, calendar, &mut rows);
        write_attendance(&life, member, calendar, &mut rows);
        rows.claims.append(&mut life.claims);
    }
    if number == 0 {
        access::write_unknown(calendar, &mut rows);
        write_unknown_duties(calendar, &mut rows);
    }
    rows.claims.sort_by_key(|claim| claim.start);
    rows
}

fn write_roll(member: &Member, roll: &Roll, calendar: &Calendar, rows: &mut Rows) {
    let unit = roll.unit_of(member);
    let contact = format!("{}@force.example", member.login);
    let left = member.left.map_or("", |day| calendar.uk(day));
    let joined = model::time::date(member.joined).strftime("%d/%m/%Y").to_string();
    let (hours, share) = match (member.part_time, member.pattern) {
        (true, _) => ("24", "0.6"),
        (false, Pattern::Days) => ("37", "1"),
        (false, _) => ("40", "1"),
    };
    let post = if member.editor { "Duties planner" } else { unit.kind.as_str() };
    let supervisor = member.supervisor.map_or("", |index| &roll.members[index].id);
    let cells = [
        member.id.as_str(),
        &member.login,
        member.forename,
        &member.surname,
        &contact,
        member.rank,
        post,
        &unit.name,
        unit.kind.as_str(),
        supervisor,
        member.pattern.as_str(),
        hours,
        share,
        calendar.uk(calendar.first),
        &joined,
        left,
        member.category,
    ];
    rows.push(SourceKind::Officers, member.index as i64, &cells);
    for (kind, held) in [("roster_editor", member.editor), ("approver", member.approver)] {
        if held {
            let cells = [&member.id, kind, calendar.iso(calendar.first), ""];
            rows.push(SourceKind::Authorities, member.index as i64, &cells);
        }
    }
}

fn write_duties(life: &Life, member: &Member, roll: &Roll, calendar: &Calendar, rows: &mut Rows) {
    let unit = &roll.unit_of(member).name;
    let mut push = |start: i64, end: i64, kind: &str, place: &str| {
        let (from, to) = (calendar.iso_minute(start), calendar.iso_minute(end));
        rows.push(SourceKind::Duties, start, &[&member.id, &from, &to, kind, place, unit]);
    };
    for duty in &life.duties {
        push(duty.start, duty.end, duty.kind, if duty.remote { "remote" } else { "site" });
    }
    for day in calendar.first..=calendar.last {
        let midnight = i64::from(day) * DAY;
        let on_leave = |a: &duty::Absence| a.kind == "annual" && (a.from..=a.until).contains(&day);
        if planned(member, day).is_some() && life.absences.iter().any(on_leave) {
            push(midnight + 9 * 60, midnight + 17 * 60, "leave", "");
        } else if planned(member, day).is_none()
            && member.left.is_none_or(|left| day <= left)
            && !life.taken(midnight, midnight + DAY)
        {
            push(midnight, midnight + DAY, "rest", "");
        }
    }
}

fn write_absences(life: &Life, member: &Member, calendar: &Calendar, rows: &mut Rows) {
    for absence in &life.absences {
        let (from, until) = (calendar.iso(absence.from), calendar.iso(absence.until));
        let cells = [&member.id, from, until, absence.kind, absence.certified, absence.reason];
        rows.push(SourceKind::Absences, i64::from(absence.from), &cells);
    }
}

fn write_attendance(life: &Life, member: &Member, calendar: &Calendar, rows: &mut Rows) {
    for claim in &life.attendance {
        let place = if claim.office { "office" } else { "remote" };
        let cells = [&member.id, calendar.iso(claim.day), place, "7.4"];
        rows.push(SourceKind::AttendanceClaims, i64::from(claim.day), &cells);
    }
}

/// Staff number of somebody whom the roll no longer lists; below every number given out.
pub const UNKNOWN_ID: &str = "400001";

fn write_unknown_duties(calendar: &Calendar, rows: &mut Rows) {
    for day in 0..2 {
        let start = i64::from(calendar.first + day) * DAY + 7 * 60;
        let (from, to) = (calendar.iso_minute(start), calendar.iso_minute(start + 540));
        rows.push(SourceKind::Duties, start, &[UNKNOWN_ID, &from, &to, "early", "site", "Response 1"]);
    }
}
