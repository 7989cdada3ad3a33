//! Rows about time: duties, changes to them, overtime, absence and attendance.

use super::{Origin, Word};
use crate::span::Span;
use model::OfficerIndex;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty {
    pub span: Span,
    pub kind: Word,
    pub place: Word,
    pub unit: Word,
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
    /// Thousandths of the pay multiplier, or `NO_NUMBER`.
    pub rate: i64,
    /// When it was claimed, or `NO_INSTANT`.
    pub claimed_at: i64,
    pub authoriser: OfficerIndex,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absence {
    pub span: Span,
    pub kind: Word,
    /// `yes`, `no` or `self`; empty where the source does not say.
    pub certified: Word,
    pub reason_group: Word,
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
