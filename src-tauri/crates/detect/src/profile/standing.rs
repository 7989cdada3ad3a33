//! Rows that stand for a time: clearances, declarations, interests, reviews and support.

use super::{Origin, Validity, Word};
use model::OfficerIndex;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vetting {
    pub granted: i32,
    /// Last day it holds, or `NO_DATE` where the source does not say.
    pub expires: i32,
    pub level: Word,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Declaration {
    /// Day it was returned, or `NO_DATE`.
    pub declared: i32,
    /// `freemasonry`, `business_interest`, `notifiable_association` or `gift`.
    pub register: Word,
    /// `yes`, `no` or `not_returned`.
    pub answer: Word,
    /// Thousandths of hours a week, or `NO_NUMBER`.
    pub hours: i64,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownInterest {
    pub valid: Validity,
    /// The words of `Declaration::register`.
    pub register: Word,
    /// Where it is known from.
    pub source: Word,
    /// Thousandths of hours a week, or `NO_NUMBER`.
    pub hours: i64,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Performance {
    /// First and last day of the period.
    pub valid: Validity,
    /// `outstanding`, `good`, `meets`, `below` or `unsatisfactory`.
    pub grade: Word,
    /// 4 for outstanding down to 0 for unsatisfactory; `None` for a word that is no grade.
    pub level: Option<u8>,
    pub supervisor: OfficerIndex,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Support {
    /// Day it began.
    pub day: i32,
    /// `occupational_health`, `action_plan` or `reflective_practice`; empty where the source does not say.
    pub kind: Word,
    pub outcome: Word,
    pub origin: Origin,
}
