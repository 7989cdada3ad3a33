//! A profile: the unified record of one officer, one time-ordered slice per source.

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

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty {
    pub span: Span,
    pub kind: Word,
    pub place: Word,
    pub origin: Origin,
}

impl Duty {
    /// Rest days and leave are on the roster, but nobody works them.
    pub fn is_worked(&self) -> bool {
        !matches!(&*self.kind, "rest" | "leave" | "")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RosterEdit {
    pub at: i64,
    pub editor: OfficerIndex,
    pub duty_date: i32,
    pub field: Word,
    pub before: Word,
    pub after: Word,
    pub reason: Word,
    /// Thousandths of a minute; absent counts as 0.
    pub gained: i64,
    pub approver: OfficerIndex,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overtime {
    /// The time worked, never the time paid.
    pub worked: Span,
    pub claim: u64,
    pub category: Word,
    /// Thousandths of an hour, or `NO_NUMBER`.
    pub paid: i64,
    pub authoriser: OfficerIndex,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absence {
    pub span: Span,
    pub kind: Word,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    pub span: Span,
    pub kind: Word,
    pub site: Word,
    pub origin: Origin,
}

impl Trace {
    /// Whether it was left inside a building rather than over a remote connection.
    pub fn is_on_site(&self) -> bool {
        matches!(&*self.kind, "swipe_in" | "swipe_out" | "desk")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttendanceClaim {
    pub day: i32,
    pub place: Word,
    /// Thousandths of an hour, or `NO_NUMBER`.
    pub hours: i64,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    pub at: i64,
    pub record: u64,
    pub case: u64,
    pub record_kind: Word,
    pub system: Word,
    pub action: Word,
    pub reason: Word,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assignment {
    pub valid: Validity,
    pub case: u64,
    pub record: u64,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    pub received: i32,
    pub matter: u64,
    pub category: Word,
    pub origin_kind: Word,
    pub outcome: Word,
    pub origin: Origin,
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
    pub assignments: Vec<Assignment>,
    pub complaints: Vec<Complaint>,
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
        self.assignments.sort_unstable();
        self.complaints.sort_unstable();
    }

    /// Thousandths of hours of duties worked.
    pub fn duty_hours(&self) -> i64 {
        let seconds: i64 = self.duties.iter().filter(|d| d.is_worked()).map(|d| d.span.seconds()).sum();
        seconds * 1000 / 3600
    }
}
