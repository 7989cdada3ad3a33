//! Segments of one partition -> one profile per officer.

use crate::input::{LoadError, Segments};
use crate::profile::{
    Absence, Access, Assignment, AttendanceClaim, Complaint, Duty, Origin, Overtime, Profile, RosterEdit,
    Trace, Validity, Word,
};
use crate::span::Span;
use model::{
    Column, ImportId, NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, OfficerIndex, SourceKind, Table, Words,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The kinds a profile is made of.
pub const PROFILE_KINDS: &[SourceKind] = &[
    SourceKind::Duties,
    SourceKind::RosterEdits,
    SourceKind::Overtime,
    SourceKind::Absences,
    SourceKind::Presence,
    SourceKind::AttendanceClaims,
    SourceKind::Accesses,
    SourceKind::Assignments,
    SourceKind::Complaints,
];

/// One table's columns by name; a cell that is not there reads as absent.
pub struct Cells<'a> {
    pub table: &'a Table,
    import: ImportId,
}

/// The shared words of one column.
pub struct WordColumn<'a> {
    codes: &'a [u32],
    words: Vec<Word>,
}

impl WordColumn<'_> {
    pub fn at(&self, row: usize) -> Word {
        self.codes
            .get(row)
            .and_then(|c| self.words.get(*c as usize))
            .cloned()
            .unwrap_or_else(|| Arc::from(""))
    }
}

impl<'a> Cells<'a> {
    pub fn new(import: ImportId, table: &'a Table) -> Self {
        Self { table, import }
    }
    pub fn words(&self, name: &str) -> WordColumn<'a> {
        match self.table.column(name) {
            Some(Column::Words(Words { codes, words })) => {
                WordColumn { codes, words: words.iter().map(|w| Arc::from(w.trim())).collect() }
            }
            _ => WordColumn { codes: &[], words: Vec::new() },
        }
    }
    fn origin(&self, row: usize) -> Origin {
        Origin { import: self.import, row: self.table.rows.get(row).copied().unwrap_or(row as u32) }
    }
}

fn at<T: Copy>(column: &[T], row: usize, absent: T) -> T {
    column.get(row).copied().unwrap_or(absent)
}

/// An interval whose ends are both given and in order.
fn span(starts: &[i64], ends: &[i64], row: usize) -> Option<Span> {
    let (start, end) = (at(starts, row, NO_INSTANT), at(ends, row, NO_INSTANT));
    (start != NO_INSTANT && end != NO_INSTANT && start < end).then_some(Span { start, end })
}

/// Profiles of one partition, by officer, and the rows read of each kind.
#[derive(Default)]
pub struct Partition {
    pub profiles: BTreeMap<OfficerIndex, Profile>,
    pub rows: BTreeMap<SourceKind, u64>,
}

/// Reads and merges every segment of a partition.
pub fn partition(segments: &dyn Segments, number: u32) -> Result<Partition, LoadError> {
    let mut partition = Partition::default();
    for kind in PROFILE_KINDS {
        for (import, table) in segments.load(*kind, number)? {
            *partition.rows.entry(*kind).or_default() += table.len() as u64;
            partition.take(&Cells::new(import, &table));
        }
    }
    partition.profiles.values_mut().for_each(Profile::sort);
    Ok(partition)
}

impl Partition {
    fn each<T>(
        &mut self,
        cells: &Cells<'_>,
        mut read: impl FnMut(usize, Origin) -> Option<T>,
        slice: fn(&mut Profile) -> &mut Vec<T>,
    ) {
        for (row, officer) in cells.table.officers.iter().enumerate().filter(|(_, o)| **o != NO_OFFICER) {
            let Some(value) = read(row, cells.origin(row)) else { continue };
            let profile = self.profiles.entry(*officer).or_default();
            profile.officer = *officer;
            slice(profile).push(value);
        }
    }

    fn take(&mut self, cells: &Cells<'_>) {
        match cells.table.kind {
            SourceKind::Duties => self.duties(cells),
            SourceKind::RosterEdits => self.roster_edits(cells),
            SourceKind::Overtime => self.overtime(cells),
            SourceKind::Absences => self.absences(cells),
            SourceKind::Presence => self.presence(cells),
            SourceKind::AttendanceClaims => self.attendance_claims(cells),
            SourceKind::Accesses => self.accesses(cells),
            SourceKind::Assignments => self.assignments(cells),
            SourceKind::Complaints => self.complaints(cells),
            SourceKind::Officers | SourceKind::Authorities => {}
        }
    }

    fn duties(&mut self, cells: &Cells<'_>) {
        let (starts, ends) = (cells.table.instants("start"), cells.table.instants("end"));
        let (kinds, places) = (cells.words("kind"), cells.words("place"));
        let read = |row, origin| {
            Some(Duty { span: span(starts, ends, row)?, kind: kinds.at(row), place: places.at(row), origin })
        };
        self.each(cells, read, |p| &mut p.duties);
    }

    fn roster_edits(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (ats, dates) = (table.instants("at"), table.dates("duty_date"));
        let (editors, approvers) = (table.people("editor"), table.people("approver"));
        let gains = table.numbers("minutes_gained");
        let (fields, reasons) = (cells.words("field"), cells.words("reason"));
        let (befores, afters) = (cells.words("before"), cells.words("after"));
        let read = |row, origin| {
            let (when, duty_date) = (at(ats, row, NO_INSTANT), at(dates, row, NO_DATE));
            let gained = at(gains, row, NO_NUMBER);
            (when != NO_INSTANT && duty_date != NO_DATE).then(|| RosterEdit {
                at: when,
                editor: at(editors, row, NO_OFFICER),
                duty_date,
                field: fields.at(row),
                before: befores.at(row),
                after: afters.at(row),
                reason: reasons.at(row),
                gained: if gained == NO_NUMBER { 0 } else { gained },
                approver: at(approvers, row, NO_OFFICER),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.roster_edits);
    }

    fn overtime(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (starts, ends) = (table.instants("worked_start"), table.instants("worked_end"));
        let (claims, paid) = (table.tokens("claim"), table.numbers("paid_hours"));
        let (categories, authorisers) = (cells.words("category"), table.people("authoriser"));
        let read = |row, origin| {
            Some(Overtime {
                worked: span(starts, ends, row)?,
                claim: at(claims, row, 0),
                category: categories.at(row),
                paid: at(paid, row, NO_NUMBER),
                authoriser: at(authorisers, row, NO_OFFICER),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.overtime);
    }

    fn absences(&mut self, cells: &Cells<'_>) {
        let (starts, ends) = (cells.table.instants("start"), cells.table.instants("end"));
        let kinds = cells.words("kind");
        let read =
            |row, origin| Some(Absence { span: span(starts, ends, row)?, kind: kinds.at(row), origin });
        self.each(cells, read, |p| &mut p.absences);
    }

    fn presence(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (ats, starts, ends) = (table.instants("at"), table.instants("start"), table.instants("end"));
        let (kinds, sites) = (cells.words("kind"), cells.words("site"));
        let read = |row, origin| {
            let span = trace_span(ats, starts, ends, row)?;
            Some(Trace { span, kind: kinds.at(row), site: sites.at(row), origin })
        };
        self.each(cells, read, |p| &mut p.presence);
    }

    fn attendance_claims(&mut self, cells: &Cells<'_>) {
        let (days, hours) = (cells.table.dates("date"), cells.table.numbers("hours"));
        let places = cells.words("place");
        let read = |row, origin| {
            let day = at(days, row, NO_DATE);
            let hours = at(hours, row, NO_NUMBER);
            (day != NO_DATE).then(|| AttendanceClaim { day, place: places.at(row), hours, origin })
        };
        self.each(cells, read, |p| &mut p.attendance_claims);
    }

    fn accesses(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (ats, records, cases) = (table.instants("at"), table.tokens("record"), table.tokens("case"));
        let (kinds, systems) = (cells.words("record_kind"), cells.words("system"));
        let (actions, reasons) = (cells.words("action"), cells.words("reason"));
        let read = |row, origin| {
            let when = at(ats, row, NO_INSTANT);
            (when != NO_INSTANT).then(|| Access {
                at: when,
                record: at(records, row, 0),
                case: at(cases, row, 0),
                record_kind: kinds.at(row),
                system: systems.at(row),
                action: actions.at(row),
                reason: reasons.at(row),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.accesses);
    }

    fn assignments(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (froms, untils) = (table.dates("from"), table.dates("until"));
        let (cases, records) = (table.tokens("case"), table.tokens("record"));
        let read = |row, origin| {
            let valid = Validity::new(at(froms, row, NO_DATE), at(untils, row, NO_DATE));
            Some(Assignment { valid, case: at(cases, row, 0), record: at(records, row, 0), origin })
        };
        self.each(cells, read, |p| &mut p.assignments);
    }

    fn complaints(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (received, matters) = (table.dates("received"), table.tokens("matter"));
        let categories = cells.words("category");
        let (origins, outcomes) = (cells.words("origin"), cells.words("outcome"));
        let read = |row, origin| {
            let day = at(received, row, NO_DATE);
            (day != NO_DATE).then(|| Complaint {
                received: day,
                matter: at(matters, row, 0),
                category: categories.at(row),
                origin_kind: origins.at(row),
                outcome: outcomes.at(row),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.complaints);
    }
}

/// A trace is a moment, or a stay; whichever the source gave.
pub fn trace_span(ats: &[i64], starts: &[i64], ends: &[i64], row: usize) -> Option<Span> {
    let moment = at(ats, row, NO_INSTANT);
    let start = if moment == NO_INSTANT { at(starts, row, NO_INSTANT) } else { moment };
    let end = at(ends, row, NO_INSTANT);
    (start != NO_INSTANT).then_some(Span { start, end: end.max(start) })
}
