//! Planted look-ups, and the honest ones that resemble them.

use crate::access::Terminal;
use crate::cases::{self, Case, Cases, Record};
use crate::cast::{Deed, Part};
use crate::cell::{Cell, Code};
use crate::duty::{Duty, Life};
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour, Intensity};
use crate::rows::Rows;
use crate::world::World;

/// Days after its closure on which a case is still looked at for the handover.
const HANDOVER_DAYS: i32 = 10;
/// Prints and exports in a duty of an authorised exporter.
const DESK_PER_DUTY: f64 = 1.5;

/// Writes what a member was chosen for.
pub fn write(terminal: &mut Terminal<'_>, life: &Life, cases: &Cases, world: &World, rows: &mut Rows) {
    let member = terminal.member;
    match world.cast.part(member) {
        Some(Part::Planted(deed)) => {
            let duties = life.duties_in(deed.from, deed.until);
            match deed.behaviour {
                Behaviour::AccessUnexplained => {
                    let mean =
                        deed.intensity.draw(&mut terminal.rng, plant::UNEXPLAINED_PER_DUTY) as f64 / 100.0;
                    without_reason(terminal, duties, mean, deed.intensity, world, rows);
                }
                Behaviour::AccessSubject => {
                    let number = Code::new(b'P', 999_000_000 + member.index as u64);
                    let times = deed.intensity.draw(&mut terminal.rng, plant::SUBJECT_LOOKUPS) as usize;
                    repeat(terminal, duties, times, Record { number, kind: "person" }, Cell::Blank, "", rows);
                }
                Behaviour::AccessAfterClose => after_close(terminal, life, cases, deed, rows),
                Behaviour::AccessBulk => {
                    let mean = deed.intensity.draw(&mut terminal.rng, plant::BULK_PER_DUTY) as f64 / 100.0;
                    take_away(terminal, duties, cases, mean, rows);
                }
                _ => {}
            }
        }
        Some(Part::Innocent(innocent)) => look_alike(terminal, life, cases, innocent, rows),
        None => {}
    }
}

/// People nobody has a case on; the careful give the number of somebody else's case.
fn without_reason(
    terminal: &mut Terminal<'_>,
    duties: &[Duty],
    mean: f64,
    intensity: Intensity,
    world: &World,
    rows: &mut Rows,
) {
    let elsewhere = cases::any_of_unit(world.roll.sibling(terminal.member.unit), &mut terminal.rng);
    for duty in duties {
        for _ in 0..terminal.rng.poisson(mean) {
            let (record, minute) = (terminal.stranger(), terminal.within(duty));
            let careful = intensity == Intensity::Subtle && terminal.rng.chance(0.3);
            let case = if careful { Cell::Code(elsewhere) } else { Cell::Blank };
            let reason = terminal.rng.word(&["intelligence check", "stop check", "", ""]);
            terminal.at(rows, minute, record, case, reason);
        }
    }
}

/// The same record again and again, on duties spread evenly.
fn repeat(
    terminal: &mut Terminal<'_>,
    duties: &[Duty],
    times: usize,
    record: Record,
    case: Cell,
    reason: &'static str,
    rows: &mut Rows,
) {
    for time in 0..times {
        if let Some(duty) = duties.get(time * duties.len() / times) {
            let minute = terminal.within(duty);
            terminal.at(rows, minute, record, case, reason);
        }
    }
}

/// The people of own cases that closed long ago, partly after the shift.
fn after_close(terminal: &mut Terminal<'_>, life: &Life, cases: &Cases, deed: Deed, rows: &mut Rows) {
    let times = deed.intensity.draw(&mut terminal.rng, plant::CLOSED_LOOKUPS);
    let tenths = deed.intensity.draw(&mut terminal.rng, plant::OFF_SHIFT_TENTHS);
    let led = cases.led_by(terminal.member.index);
    let closed = |case: &Case, duty: &Duty| case.until + plant::CLOSED_DAYS < duty.day;
    let late: Vec<&Duty> = life.duties.iter().filter(|duty| led.iter().any(|c| closed(c, duty))).collect();
    for _ in 0..times {
        let Some(duty) = terminal.rng.pick(&late).copied() else { return };
        let old: Vec<&Case> = led.iter().filter(|case| closed(case, duty)).collect();
        let Some(record) = terminal.rng.pick(&old).map(|case| case.records[1]) else { return };
        let off = (terminal.rng.below(10) as i64) < tenths;
        let after = duty.end + terminal.rng.between(120, 360);
        let minute = if off && !life.taken(after - 90, after + 90) { after } else { terminal.within(duty) };
        terminal.at(rows, minute, record, Cell::Blank, "");
    }
}

/// Prints and exports of records of own cases.
fn take_away(terminal: &mut Terminal<'_>, duties: &[Duty], cases: &Cases, mean: f64, rows: &mut Rows) {
    for duty in duties {
        for _ in 0..terminal.rng.poisson(mean) {
            let Some(case) = cases.own(terminal.member.index, duty.day, &mut terminal.rng) else { continue };
            let Some(record) = terminal.rng.pick(&case.records).copied() else { continue };
            let action = if terminal.rng.chance(0.7) { "print" } else { "export" };
            let minute = terminal.within(duty);
            terminal.act(rows, minute, record, action, Cell::Code(case.number), "file build");
        }
    }
}

fn look_alike(terminal: &mut Terminal<'_>, life: &Life, cases: &Cases, innocent: Innocent, rows: &mut Rows) {
    let member = terminal.member.index;
    match innocent {
        Innocent::OwnCase | Innocent::TeamCase => {
            let Some(case) = cases.inquiry_of(member) else { return };
            let number = if case.lead == member { Cell::Code(case.number) } else { Cell::Blank };
            let times = terminal.rng.between(15, 30) as usize;
            repeat(terminal, &life.duties, times, case.records[1], number, "investigation", rows);
        }
        Innocent::Handover => {
            for case in cases.led_by(member).iter().take(3) {
                let days = life.duties_in(case.until + 1, case.until + HANDOVER_DAYS);
                repeat(terminal, days, 4, case.records[1], Cell::Code(case.number), "review", rows);
            }
        }
        Innocent::Reopened => {
            for case in cases.led_by(member) {
                let Some(day) = case.reopened else { continue };
                let days = life.duties_in(day, day + 60);
                repeat(terminal, days, 8, case.records[1], Cell::Code(case.number), "investigation", rows);
            }
        }
        Innocent::TrialBundle => {
            let from = life.duties.len() * 2 / 3;
            let days = &life.duties[from..(from + 3).min(life.duties.len())];
            take_away(terminal, days, cases, 5.0, rows);
        }
        Innocent::ExportDesk => take_away(terminal, &life.duties, cases, DESK_PER_DUTY, rows),
        _ => {}
    }
}
