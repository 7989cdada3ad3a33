//! Changes made in the roster system: by editors for others, by members for themselves, before and after the duty.

use crate::calendar::DAY;
use crate::cast::{Deed, Part, Rate};
use crate::cell::Cell;
use crate::duty::{Duty, Life};
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour};
use crate::rng::Rng;
use crate::roll::Member;
use crate::rows::Rows;
use crate::world::World;
use model::SourceKind;

/// Share of duties an editor changes beforehand.
const CHANGED: f64 = 0.04;

/// One change, before it is written.
struct Edit<'a> {
    at: i64,
    editor: &'a Member,
    day: i32,
    field: &'static str,
    before: Cell,
    after: Cell,
    reason: Cell,
    minutes: i64,
    approver: Option<&'a Member>,
}

struct Desk<'a> {
    member: &'a Member,
    world: &'a World,
    rng: Rng,
}

impl<'a> Desk<'a> {
    /// Writes a change made within the period; false if it was not.
    fn write(&self, edit: &Edit<'_>, rows: &mut Rows) -> bool {
        if !self.world.calendar.covers(edit.at) {
            return false;
        }
        let cells = [
            Cell::Minute(edit.at),
            Cell::Staff(edit.editor.index as u32),
            Cell::Staff(self.member.index as u32),
            Cell::Day(edit.day),
            Cell::Word(edit.field),
            edit.before,
            edit.after,
            edit.reason,
            Cell::whole(edit.minutes),
            Cell::staff(edit.approver.map(|approver| approver.index)),
        ];
        rows.push(SourceKind::RosterEdits, self.world.calendar.settle(edit.at), &cells);
        true
    }

    fn draw(&mut self, deed: Deed, levels: plant::Levels) -> i64 {
        deed.intensity.draw(&mut self.rng, levels)
    }

    /// An editor of the unit other than the member.
    fn editor(&mut self) -> Option<&'a Member> {
        let unit = self.world.roll.unit_of(self.member).members.clone();
        let others =
            self.world.roll.members[unit].iter().filter(|m| m.editor && m.index != self.member.index);
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

    fn after_duty(&mut self, duty: &Duty, low: i64, high: i64) -> i64 {
        let day = duty.day + 1 + self.rng.between(low, high) as i32;
        self.office_hours(day)
    }

    /// A swap keeps the length of the duty and gains nothing.
    fn swap(&mut self, at: i64, editor: &'a Member, duty: &Duty) -> Edit<'a> {
        let earlier = duty.start - if duty.kind == "early" { -8 * 60 } else { 8 * 60 };
        let unit = self.world.roll.unit_of(self.member).members.clone();
        let partner = self.rng.pick(&self.world.roll.members[unit]).unwrap_or(self.member);
        let reason = match self.rng.below(3) {
            0 => Cell::SwapWith(partner.index as u32),
            1 => Cell::Word("swap agreed"),
            _ => Cell::Word("cover"),
        };
        let (before, after) = (Cell::Clock(earlier), Cell::Clock(duty.start));
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
        let reason = Cell::Word(self.rng.word(&["minimum cover", "operation", "late finish", ""]));
        let (before, after) = (Cell::Clock(duty.end - minutes), Cell::Clock(duty.end));
        Edit { at, editor, day: duty.day, field: "end", before, after, reason, minutes, approver }
    }
}

/// Writes the changes to one member's duties; planted late edits also change the duty on file.
pub fn write(life: &mut Life, member: &Member, world: &World, rows: &mut Rows) {
    let mut desk = Desk { member, world, rng: world.rng("roster", member.index) };
    ordinary(life, &mut desk, rows);
    let mut candidates: Vec<usize> = (0..life.duties.len()).collect();
    desk.rng.shuffle(&mut candidates);
    match world.cast.part(member) {
        Some(Part::Planted(deed)) => {
            candidates.retain(|place| deed.on(life.duties[*place].day));
            match deed.behaviour {
                Behaviour::RosterSelfEdit => lengthen_own(life, &candidates, deed, &mut desk, rows),
                Behaviour::RosterLateEdit => turn_into_nights(life, &candidates, deed, &mut desk, rows),
                Behaviour::RosterRing => gain_from_others(life, &candidates, deed, &mut desk, rows),
                _ => {}
            }
        }
        Some(Part::Innocent(innocent)) => look_alike(life, &candidates, innocent, &mut desk, rows),
        None => {}
    }
}

fn ordinary(life: &Life, desk: &mut Desk<'_>, rows: &mut Rows) {
    let mut changed = CHANGED * desk.world.factor(desk.member, Rate::RosterChanges);
    if let Some(deed) = desk.world.cast.deed(desk.member, Behaviour::ProfileUnusual) {
        changed *= desk.draw(deed, plant::UNUSUAL_TENTHS) as f64 / 10.0;
    }
    for duty in &life.duties {
        if !desk.rng.chance(changed) {
            continue;
        }
        let at = desk.before_duty(duty);
        let Some(editor) = desk.editor() else { return };
        let edit = if desk.rng.chance(0.7) {
            desk.swap(at, editor, duty)
        } else {
            let minutes = desk.rng.between(2, 4) * 15;
            let approver = desk.world.roll.signatory(desk.member);
            desk.lengthen(at, editor, duty, minutes, Some(approver))
        };
        desk.write(&edit, rows);
    }
}

fn lengthen_own(life: &Life, candidates: &[usize], deed: Deed, desk: &mut Desk<'_>, rows: &mut Rows) {
    let mut left = desk.draw(deed, plant::SELF_EDITS);
    for duty in candidates.iter().map(|place| &life.duties[*place]) {
        let at = desk.before_duty(duty);
        let minutes = desk.draw(deed, plant::SELF_EDIT_QUARTERS) * 15;
        let edit = desk.lengthen(at, desk.member, duty, minutes, None);
        if left > 0 && desk.write(&edit, rows) {
            left -= 1;
        }
    }
}

/// The others of the ring lengthen the member's duties, as the member does theirs.
fn gain_from_others(life: &Life, candidates: &[usize], deed: Deed, desk: &mut Desk<'_>, rows: &mut Rows) {
    let ring = desk.world.cast.ring(deed.ring.unwrap_or_default());
    let others: Vec<usize> = ring.iter().copied().filter(|index| *index != desk.member.index).collect();
    let mut left = desk.draw(deed, plant::RING_EDITS);
    for duty in candidates.iter().map(|place| &life.duties[*place]) {
        let at = desk.before_duty(duty);
        let minutes = desk.draw(deed, plant::RING_QUARTERS) * 15;
        let Some(editor) = desk.rng.pick(&others).map(|index| &desk.world.roll.members[*index]) else {
            return;
        };
        let edit = desk.lengthen(at, editor, duty, minutes, None);
        if left > 0 && desk.write(&edit, rows) {
            left -= 1;
        }
    }
}

fn turn_into_nights(life: &mut Life, candidates: &[usize], deed: Deed, desk: &mut Desk<'_>, rows: &mut Rows) {
    let mut left = desk.draw(deed, plant::LATE_EDITS);
    for place in candidates {
        let duty = &mut life.duties[*place];
        let days = desk.draw(deed, plant::LATE_EDIT_DAYS);
        let edit = Edit {
            at: desk.after_duty(duty, days, days),
            editor: desk.member,
            day: duty.day,
            field: "kind",
            before: Cell::Word(duty.kind),
            after: Cell::Word("night"),
            reason: Cell::Word("correction"),
            minutes: desk.draw(deed, plant::LATE_EDIT_QUARTERS) * 15,
            approver: None,
        };
        if left > 0 && matches!(duty.kind, "early" | "late") && desk.write(&edit, rows) {
            duty.kind = "night";
            left -= 1;
        }
    }
}

/// A few honest changes of a sort that a crude rule would flag.
fn look_alike(life: &Life, candidates: &[usize], innocent: Innocent, desk: &mut Desk<'_>, rows: &mut Rows) {
    let mut left = desk.rng.between(2, 5);
    let approver = desk.world.roll.signatory(desk.member);
    for duty in candidates.iter().map(|place| &life.duties[*place]) {
        let minutes = desk.rng.between(2, 4) * 15;
        let (earlier, later) = (desk.before_duty(duty), desk.after_duty(duty, 0, 2));
        let edit = match innocent {
            Innocent::EditorWithApprover => {
                desk.lengthen(earlier, desk.member, duty, minutes, Some(approver))
            }
            Innocent::OwnSwap => desk.swap(earlier, desk.member, duty),
            Innocent::PlannerPair => {
                let Some(editor) = desk.editor() else { return };
                desk.lengthen(earlier, editor, duty, minutes, Some(approver))
            }
            Innocent::SwapCircle => {
                let unit = desk.world.roll.unit_of(desk.member).members.clone();
                let colleague =
                    desk.world.roll.members[unit].iter().find(|m| m.index == desk.member.index ^ 1);
                let Some(colleague) = colleague else { return };
                desk.swap(earlier, colleague, duty)
            }
            Innocent::LateCorrection => {
                let Some(editor) = desk.editor() else { return };
                let edit = desk.lengthen(later, editor, duty, minutes, Some(approver));
                Edit { reason: Cell::Word("late finish confirmed"), ..edit }
            }
            _ => return,
        };
        if left > 0 && desk.write(&edit, rows) {
            left -= 1;
        }
    }
}
