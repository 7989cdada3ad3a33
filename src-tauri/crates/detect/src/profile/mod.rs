//! A profile: the unified record of one officer, one time-ordered slice per source.

mod events;
mod standing;
mod work;

pub use events::{Access, Commendation, Complaint};
pub use standing::{Declaration, KnownInterest, Performance, Support, Vetting};
pub use work::{Absence, AttendanceClaim, Duty, Overtime, RosterEdit, Trace};

use crate::explain::Reason;
use crate::span::Span;
use model::{EvidenceRow, ImportId, NO_DATE, OfficerIndex, SourceKind};
use std::sync::Arc;

/// A category or short text, shared by the rows of a table.
pub type Word = Arc<str>;

/// Where a row came from. Compared last, so that it never decides an order that content decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    pub import: ImportId,
    pub row: u32,
}

impl Origin {
    /// Cites the row.
    pub fn cite(self, kind: SourceKind, span: Span, cells: Vec<String>) -> EvidenceRow {
        EvidenceRow { import: self.import, row: self.row, kind, at: span.start, until: span.end, cells }
    }
}

/// Day limits of an attribute, an authority or an assignment; absent means open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Validity {
    pub from: i32,
    pub until: i32,
}

impl Validity {
    pub fn new(from: i32, until: i32) -> Self {
        Self { from, until: if until == NO_DATE { i32::MAX } else { until } }
    }
    pub fn holds_on(self, day: i32) -> bool {
        self.from <= day && day <= self.until
    }
}

/// Everything about one officer that an indicator may look at.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub officer: OfficerIndex,
    pub duties: Vec<Duty>,
    /// Edits to this officer's duties, by whomever.
    pub roster_edits: Vec<RosterEdit>,
    pub overtime: Vec<Overtime>,
    pub absences: Vec<Absence>,
    pub presence: Vec<Trace>,
    pub attendance_claims: Vec<AttendanceClaim>,
    pub accesses: Vec<Access>,
    /// Why each of them is explained, in their order; filled in from the context before the indicators run.
    pub reasons: Vec<Reason>,
    pub complaints: Vec<Complaint>,
    pub vetting: Vec<Vetting>,
    pub commendations: Vec<Commendation>,
    pub declarations: Vec<Declaration>,
    pub known_interests: Vec<KnownInterest>,
    pub performance: Vec<Performance>,
    pub support: Vec<Support>,
}

impl Profile {
    /// Puts every slice in order of time, then content, then place in its file.
    pub fn sort(&mut self) {
        self.duties.sort_unstable();
        self.roster_edits.sort_unstable();
        self.overtime.sort_unstable();
        self.absences.sort_unstable();
        self.presence.sort_unstable();
        self.attendance_claims.sort_unstable();
        self.accesses.sort_unstable();
        self.complaints.sort_unstable();
        self.vetting.sort_unstable();
        self.commendations.sort_unstable();
        self.declarations.sort_unstable();
        self.known_interests.sort_unstable();
        self.performance.sort_unstable();
        self.support.sort_unstable();
    }

    /// Thousandths of hours of duties worked.
    pub fn duty_hours(&self) -> i64 {
        let seconds: i64 = self.duties.iter().filter(|d| d.is_worked()).map(|d| d.span.seconds()).sum();
        seconds * 1000 / 3600
    }
}
