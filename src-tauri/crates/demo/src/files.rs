//! The exports themselves: two threads make units and their text, one writes them in the order of the units.

use crate::MakeError;
use crate::cell::Cell;
use crate::layout::Layout;
use crate::rows::Lot;
use crate::text::Text;
use crate::unit;
use crate::workbook::Workbooks;
use crate::world::World;
use model::SourceKind;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Forces above this size have their overtime in a delimited file: a workbook of a million rows helps nobody.
const WORKBOOK_OFFICERS: usize = 5_000;
/// Threads that make units.
const MAKERS: usize = 2;
/// Units each of them may be ahead.
const AHEAD: usize = 4;

/// One unit's share of every file.
struct Share {
    /// Bytes and rows by kind.
    delimited: Vec<(Vec<u8>, u64)>,
    /// Overtime for the workbook.
    claims: Vec<Vec<Cell>>,
}

struct Delimited {
    kind: SourceKind,
    path: PathBuf,
    file: File,
    rows: u64,
}

impl Delimited {
    fn create(kind: SourceKind, dir: &Path, world: &World) -> Result<Delimited, MakeError> {
        let layout = Layout::of(kind);
        let path = dir.join(layout.name);
        let mut file = File::create(&path)?;
        let mut header = Vec::new();
        Text { layout, roll: &world.roll, calendar: &world.calendar }.header(&mut header);
        file.write_all(&header)?;
        Ok(Delimited { kind, path, file, rows: 0 })
    }
}

/// Writes every export: kind, path and rows, in the order in which kinds are best imported.
pub fn write(world: &World, dir: &Path) -> Result<Vec<(SourceKind, PathBuf, u64)>, MakeError> {
    let in_workbook = world.roll.members.len() <= WORKBOOK_OFFICERS;
    let kinds = SourceKind::ALL.iter().filter(|kind| !in_workbook || **kind != SourceKind::Overtime);
    let mut files =
        kinds.map(|kind| Delimited::create(*kind, dir, world)).collect::<Result<Vec<_>, MakeError>>()?;
    let mut books = if in_workbook { Some(Workbooks::create(dir, world)?) } else { None };
    std::thread::scope(|scope| {
        let lanes: Vec<Receiver<Share>> = (0..MAKERS)
            .map(|lane| {
                let (out, lane_end) = sync_channel(AHEAD);
                scope.spawn(move || make_units(world, lane, in_workbook, &out));
                lane_end
            })
            .collect();
        for number in 0..world.roll.units.len() {
            // A maker ends early only when nobody listens any more.
            let Ok(share) = lanes[number % MAKERS].recv() else { break };
            for file in &mut files {
                let (bytes, rows) = &share.delimited[file.kind as usize];
                file.file.write_all(bytes)?;
                file.rows += rows;
            }
            if let Some(books) = &mut books {
                books.write(&share.claims)?;
            }
        }
        Ok::<(), MakeError>(())
    })?;
    let mut written = Vec::new();
    for file in files {
        // A file without a row is no export.
        if file.rows == 0 {
            std::fs::remove_file(&file.path)?;
        } else {
            written.push((file.kind, file.path, file.rows));
        }
    }
    if let Some(books) = books {
        written.extend(books.finish()?.into_iter().map(|(path, rows)| (SourceKind::Overtime, path, rows)));
    }
    written.sort_by_key(|(kind, _, _)| *kind as usize); // stable
    Ok(written)
}

fn make_units(world: &World, lane: usize, in_workbook: bool, out: &SyncSender<Share>) {
    for number in (lane..world.roll.units.len()).step_by(MAKERS) {
        let rows = unit::make(number, world, true);
        let delimited = |kind: &SourceKind| {
            let lot = rows.lot(*kind);
            if in_workbook && *kind == SourceKind::Overtime {
                (Vec::new(), 0)
            } else {
                text(*kind, lot, world)
            }
        };
        let claims = if in_workbook {
            rows.lot(SourceKind::Overtime).sorted().map(<[Cell]>::to_vec).collect()
        } else {
            Vec::new()
        };
        let share = Share { delimited: SourceKind::ALL.iter().map(delimited).collect(), claims };
        if out.send(share).is_err() {
            return;
        }
    }
}

fn text(kind: SourceKind, lot: &Lot, world: &World) -> (Vec<u8>, u64) {
    let text = Text { layout: Layout::of(kind), roll: &world.roll, calendar: &world.calendar };
    let mut bytes = Vec::with_capacity(lot.len() * 72);
    lot.sorted().for_each(|cells| text.row(&mut bytes, cells));
    (bytes, lot.len() as u64)
}
