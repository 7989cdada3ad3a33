//! Who lengthened whose duties: the edges of the edit graph.
//!
//! Only edits of somebody else's duty that add paid or premium minutes are kept, by somebody who held no
//! `roster_editor` authority on the day: authorised editors and swaps without gain make no edge.

use model::OfficerIndex;

/// One edit for gain of somebody else's duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub editor: OfficerIndex,
    pub officer: OfficerIndex,
    /// Civil day on which the edit was made.
    pub day: i32,
    pub minutes: u32,
    /// Who approved it, or `NO_OFFICER`.
    pub approver: OfficerIndex,
}
