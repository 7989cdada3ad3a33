//! The indicators, one file each. Adding one: its file, its card, a line in `ALL` and a line in `card::SHIPPED`.

mod access_after_close;
mod access_bulk;
mod access_subject;
mod access_unexplained;
mod attendance_claim;
mod attendance_share;
mod complaint_pattern;
mod complaint_rate;
mod culture_unit;
mod declaration_contradicted;
mod declaration_missing;
mod overtime_absent;
mod overtime_clash;
mod overtime_rate;
mod performance_support;
mod profile_unusual;
mod roster_late_edit;
mod roster_ring;
mod roster_self_edit;
mod secondary_work_clash;
mod sickness_support;
mod working_time;

pub use attendance_share::share_line as office_share;

use crate::card::Card;
use crate::context::Context;
use crate::measure::Measure;
use crate::profile::Profile;
use crate::together::Together;
use model::SourceKind;

/// What a rate is a rate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    DutyHours,
    Accesses,
}

impl Exposure {
    /// The source it is taken from.
    pub fn source(self) -> SourceKind {
        match self {
            Exposure::DutyHours => SourceKind::Duties,
            Exposure::Accesses => SourceKind::Accesses,
        }
    }
    /// `duty hours`.
    pub fn unit(self) -> &'static str {
        match self {
            Exposure::DutyHours => "duty hours",
            Exposure::Accesses => "look-ups",
        }
    }
}

/// One documented test.
pub struct Indicator {
    pub id: &'static str,
    /// Sources without which it says nothing.
    pub needs: &'static [SourceKind],
    /// Sources of which one is enough; empty where `needs` says it all.
    pub needs_any: &'static [SourceKind],
    /// What peers are compared by, where they are.
    pub exposure: Option<Exposure>,
    /// What is counted, in the plural.
    pub counts: &'static str,
    pub test: Test,
}

/// How an indicator looks at the force.
pub enum Test {
    /// One officer at a time, from what is on file about them.
    Officer(fn(&Profile, &Context<'_>, &Card) -> Measure),
    /// Everyone at once: groups, units, or officers against the whole.
    Force(Together),
    /// Everyone at once; a finding raises the priority of a lead that others made, and never makes one.
    Raise(Together),
}

/// Every indicator, in the order of findings inside a lead.
pub const ALL: &[Indicator] = &[
    roster_self_edit::INDICATOR,
    roster_late_edit::INDICATOR,
    roster_ring::INDICATOR,
    overtime_clash::INDICATOR,
    overtime_absent::INDICATOR,
    overtime_rate::INDICATOR,
    attendance_share::INDICATOR,
    attendance_claim::INDICATOR,
    access_unexplained::INDICATOR,
    access_subject::INDICATOR,
    access_after_close::INDICATOR,
    access_bulk::INDICATOR,
    complaint_rate::INDICATOR,
    complaint_pattern::INDICATOR,
    working_time::INDICATOR,
    sickness_support::INDICATOR,
    performance_support::INDICATOR,
    declaration_missing::INDICATOR,
    declaration_contradicted::INDICATOR,
    secondary_work_clash::INDICATOR,
    culture_unit::INDICATOR,
    profile_unusual::INDICATOR,
];
