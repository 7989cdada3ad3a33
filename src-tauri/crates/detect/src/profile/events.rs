//! Rows about records, cases and people: look-ups, complaints and commendations.

use super::{Origin, Word};

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
pub struct Complaint {
    pub received: i32,
    pub matter: u64,
    pub category: Word,
    pub origin_kind: Word,
    pub outcome: Word,
    /// `yes`, `no` or `unknown`; empty where the source does not say.
    pub vulnerable: Word,
    pub duty_status: Word,
    /// Day it is said to have happened, or `NO_DATE`.
    pub occurred: i32,
    /// Day it was finalised, or `NO_DATE`.
    pub finalised: i32,
    pub origin: Origin,
}

/// An award or a letter of thanks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Commendation {
    pub day: i32,
    pub kind: Word,
    pub origin: Origin,
}
