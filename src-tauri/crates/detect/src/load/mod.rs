//! Segments of one partition -> one profile per officer.

mod events;
mod standing;
mod work;

use crate::input::{LoadError, Segments};
use crate::overlap::Periods;
use crate::profile::{Origin, Profile, Word};
use crate::span::Span;
use model::{Column, ImportId, NO_INSTANT, NO_OFFICER, OfficerIndex, SourceKind, Table, Words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The kinds a profile is made of; never one that is for the audit only.
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
    SourceKind::Vetting,
    SourceKind::Incidents,
    SourceKind::Commendations,
    SourceKind::Declarations,
    SourceKind::KnownInterests,
    SourceKind::Performance,
    SourceKind::Support,
];

/// One table's columns by name; a cell that is not there reads as absent.
pub struct Cells<'a> {
    pub table: &'a Table,
    pub import: ImportId,
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
    pub fn origin(&self, row: usize) -> Origin {
        Origin { import: self.import, row: self.table.rows.get(row).copied().unwrap_or(row as u32) }
    }
}

fn at<T: Copy>(column: &[T], row: usize, absent: T) -> T {
    column.get(row).copied().unwrap_or(absent)
}

/// An interval whose ends are both given and in order.
pub fn span(starts: &[i64], ends: &[i64], row: usize) -> Option<Span> {
    let (start, end) = (at(starts, row, NO_INSTANT), at(ends, row, NO_INSTANT));
    (start != NO_INSTANT && end != NO_INSTANT && start < end).then_some(Span { start, end })
}

/// Profiles of one partition, by officer, and the rows and periods read of each kind.
#[derive(Default)]
pub struct Partition {
    pub profiles: BTreeMap<OfficerIndex, Profile>,
    pub rows: BTreeMap<SourceKind, u64>,
    pub periods: Periods,
}

/// Reads and merges every segment of a partition.
pub fn partition(segments: &dyn Segments, number: u32) -> Result<Partition, LoadError> {
    let mut partition = Partition::default();
    for kind in PROFILE_KINDS {
        for (import, table) in segments.load(*kind, number)? {
            *partition.rows.entry(*kind).or_default() += table.len() as u64;
            partition.periods.see(import, &table);
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

    /// Gives everybody named a profile.
    fn officers(&mut self, cells: &Cells<'_>) {
        for officer in cells.table.officers.iter().filter(|o| **o != NO_OFFICER) {
            self.profiles.entry(*officer).or_default().officer = *officer;
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
            SourceKind::Complaints => self.complaints(cells),
            SourceKind::Vetting => self.vetting(cells),
            // The context reads what they say.
            SourceKind::Assignments | SourceKind::Incidents => self.officers(cells),
            SourceKind::Commendations => self.commendations(cells),
            SourceKind::Declarations => self.declarations(cells),
            SourceKind::KnownInterests => self.known_interests(cells),
            SourceKind::Performance => self.performance(cells),
            SourceKind::Support => self.support(cells),
            SourceKind::Officers | SourceKind::Authorities | SourceKind::Protected => {}
        }
    }
}

/// An interval that is a moment where its end is not given.
pub fn stay(starts: &[i64], ends: &[i64], row: usize) -> Option<Span> {
    let (start, end) = (at(starts, row, NO_INSTANT), at(ends, row, NO_INSTANT));
    (start != NO_INSTANT).then_some(Span { start, end: end.max(start) })
}

/// A trace is a moment, or a stay; whichever the source gave.
pub fn trace_span(ats: &[i64], starts: &[i64], ends: &[i64], row: usize) -> Option<Span> {
    let starts = if at(ats, row, NO_INSTANT) == NO_INSTANT { starts } else { ats };
    stay(starts, ends, row)
}
