//! Who lengthened whose duties: the edges of the edit graph, and how often anybody's duties are edited at all.
//!
//! An edge is an edit of somebody else's duty that adds paid or premium minutes, by somebody who held no
//! `roster_editor` authority on the day: authorised editors and swaps without gain make none. How often an officer's
//! duties are edited by others, for whatever reason, says where such an edit would fall by chance.

use crate::profile::Origin;
use model::OfficerIndex;

/// One edit for gain of somebody else's duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub editor: OfficerIndex,
    pub officer: OfficerIndex,
    pub at: i64,
    /// Civil day on which it was made, and of the duty.
    pub day: i32,
    pub duty_date: i32,
    pub minutes: u32,
    /// Who approved it, or `NO_OFFICER`.
    pub approver: OfficerIndex,
    pub origin: Origin,
}
