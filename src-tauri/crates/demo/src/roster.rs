//! Changes made in the roster system: by editors for others, by members for themselves, before and after the duty.

use crate::calendar::{Calendar, DAY, clock};
use crate::duty::{Duty, Life};
use crate::plant::{self, Behaviour, Innocent, Part, Plan};
use crate::rng::Rng;
use crate::roll::{Member, Roll};
use crate::rows::Rows;
use model::SourceKind;
use std::ops::RangeInclusive;

/// Share of duties an editor changes beforehand.
const CHANGED: f64 = 0.04;

/// One change, before it is written.
struct Edit<'a> {
    at: i64,
    editor: &'a Member,
    day: i32,
    field: &'static str,
    before: String,
    after: String,
    reason: String,
    minutes: i64,
    approver: Option<&'a Member>,
}

struct Desk<'a> {
    member: &'a Member,
    plan: &'a Plan,
    roll: &'a Roll,
    calendar: &'a Calendar,
    rng: Rng,
}

impl<'a> Desk<'a> {
    fn write(&self, edit: &Edit<'_>, rows: &mut Rows) {
        let at = self.calendar.uk_minute(edit.at);
        let minutes = edit.minutes.to_string();
        let cells = [
            at.as_str(),
            &edit.editor.id,
            &self.member.id,
            self.calendar.uk(edit.day),
            edit.field,
            &edit.before,
            &edit.after,
            &edit.reason,
            &minutes,
            edit.approver.map_or("", |approver| &approver.id),
        ];
        rows.push(SourceKind::RosterEdits, self.calendar.settle(edit.at), &cells);
    }

    /// An editor of the unit other than the member.
    fn editor(&mut self) -> Option<&'a Member> {
        let unit = self.roll.unit_of(self.member).members.clone();
        let others = self.roll.members[unit].iter().filter(|m| m.editor && m.index != self.member.index);
        let others: Vec<&Member> = others.collect();
        self.rng.pick(&others).copied()
    }

    fn office_hours(&mut self, day: i32) -> i64 {
        i64::from(day) * DAY + self.rng.between(8 * 60, 17 * 60)
    }

    fn before_duty(&mut self, duty: &Duty) -> i64 {
        let day = duty.day - self.rng.between(1, 9) as i32;
        self.office_hours(day)
    }

    fn after_duty(&mut self, duty: &Duty, days: RangeInclusive<i64>) -> i64 {
        let day = duty.day + 1 + self.rng.between(*days.start(), *days.end()) as i32;
        self.office_hours(day)
    }

    /// A swap keeps the length of the duty and gains nothing.
    fn swap(&mut self, at: i64, editor: &'a Member, duty: &Duty) -> Edit<'a> {
        let earlier = duty.start - if duty.kind == "early" { -8 * 60 } else { 8 * 60 };
        let unit = self.roll.unit_of(self.member).members.clone();
        let partner = self.rng.pick(&self.roll.members[unit]).unwrap_or(self.member);
        let reason = match self.rng.below(3) {
            0 => format!("swap with {} {}", partner.forename, partner.surname),
            1 => "swap agreed".to_owned(),
            _ => "cover".to_owned(),
        };
        let (before, after) = (clock(earlier), clock(duty.start));
        Edit { at, editor, day: duty.day, field: "start", before, after, reason, minutes: 0, approver: None }
    }

    /// A longer duty; the duty on file carries the end after the change.
    fn lengthen(
        &mut self,
        at: i64,
        editor: &'a Member,
        duty: &Duty,
        minutes: i64,
        approver: Option<&'a Member>,
    ) -> Edit<'a> {
        let reason = self.rng.word(&["minimum cover", "operation", "late finish", ""]).to_owned();
        let (before, after) = (clock(duty.end - minutes), clock(duty.end));
        Edit { at, editor, day: duty.day, field: "end", before, after, reason, minutes, approver }
    }
}

/// Writes the changes to one member's duties; planted late edits also change the duty on file.
pub fn write(
    life: &mut Life,
    member: &Member,
    plan: &Plan,
    roll: &Roll,
    seed: u64,
    calendar: &Calendar,
    rows: &mut Rows,
) {
    let mut desk = Desk { member, plan, roll, calendar, rng: Rng::of(seed, "roster", member.index) };
    ordinary(life, &mut desk, rows);
    let mut candidates: Vec<usize> = (0..life.duties.len()).collect();
    desk.rng.shuffle(&mut candidates);
    match desk.plan.part(member) {
        Some(Part::Planted(Behaviour::RosterLateEdit)) => {
            turn_into_nights(life, &candidates, &mut desk, rows)
        }
        Some(part) => chosen(life, &candidates, part, &mut desk, rows),
        None => {}
    }
}

fn ordinary(life: &Life, desk: &mut Desk<'_>, rows: &mut Rows) {
    for duty in &life.duties {
        if !desk.rng.chance(CHANGED) {
            continue;
        }
        let at = desk.before_duty(duty);
        let Some(editor) = desk.editor() else { return };
        let edit = if desk.rng.chance(0.7) {
            desk.swap(at, editor, duty)
        } else {
            let minutes = desk.rng.between(2, 4) * 15;
            let approver = desk.roll.signatory(desk.member);
            desk.lengthen(at, editor, duty, minutes, Some(approver))
        };
        if desk.calendar.covers(at) {
            desk.write(&edit, rows);
        }
    }
}

/// Edits of the member's own duties, and approved late corrections, up to the number the part asks for.
fn chosen(life: &Life, candidates: &[usize], part: Part, desk: &mut Desk<'_>, rows: &mut Rows) {
    let wanted = match part {
        Part::Planted(Behaviour::RosterSelfEdit) => {
            desk.rng.between(*plant::SELF_EDITS.start(), *plant::SELF_EDITS.end())
        }
        Part::Innocent(Innocent::EditorWithApprover | Innocent::OwnSwap | Innocent::LateCorrection) => {
            desk.rng.between(2, 5)
        }
        _ => return,
    };
    let (member, approver) = (desk.member, desk.roll.signatory(desk.member));
    let mut done = 0;
    for duty in candidates.iter().map(|place| &life.duties[*place]) {
        let quarters = desk.rng.between(2, 4) * 15;
        let (earlier, later) = (desk.before_duty(duty), desk.after_duty(duty, 0..=2));
        let edit = match part {
            Part::Planted(_) => {
                let minutes =
                    desk.rng.between(*plant::SELF_EDIT_MINUTES.start(), *plant::SELF_EDIT_MINUTES.end());
                desk.lengthen(earlier, member, duty, minutes * 15, None)
            }
            Part::Innocent(Innocent::EditorWithApprover) => {
                desk.lengthen(earlier, member, duty, quarters, Some(approver))
            }
            Part::Innocent(Innocent::OwnSwap) => desk.swap(earlier, member, duty),
            Part::Innocent(_) => {
                let Some(editor) = desk.editor() else { return };
                let edit = desk.lengthen(later, editor, duty, quarters, Some(approver));
                Edit { reason: "late finish confirmed".to_owned(), ..edit }
            }
        };
        if done < wanted && desk.calendar.covers(edit.at) {
            done += 1;
            desk.write(&edit, rows);
        }
    }
}

fn turn_into_nights(life: &mut Life, candidates: &[usize], desk: &mut Desk<'_>, rows: &mut Rows) {
    let mut left = desk.rng.between(*plant::LATE_EDITS.start(), *plant::LATE_EDITS.end());
    let member = desk.member;
    for place in candidates {
        let duty = &mut life.duties[*place];
        let at = desk.after_duty(duty, plant::LATE_EDIT_DAYS);
        if left == 0 || !matches!(duty.kind, "early" | "late") || !desk.calendar.covers(at) {
            continue;
        }
        left -= 1;
        let before = duty.kind.to_owned();
        duty.kind = "night";
        let minutes =
            desk.rng.between(*plant::LATE_EDIT_MINUTES.start(), *plant::LATE_EDIT_MINUTES.end()) * 15;
        let (after, reason) = ("night".to_owned(), "correction".to_owned());
        let edit = Edit {
            at,
            editor: member,
            day: duty.day,
            field: "kind",
            before,
            after,
            reason,
            minutes,
            approver: None,
        };
        desk.write(&edit, rows);
    }
}
