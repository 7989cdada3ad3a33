//! How long things stay, and how they end.

use crate::{LabelledText, contract};

contract! {
    /// A lead and when its time is up.
    pub struct DueLead {
        pub lead: String,
        pub class: String,
        pub state: String,
        /// `2027-07-18`.
        pub due: String,
        pub overdue: bool,
        pub held: bool,
    }

    pub struct HoldView {
        pub lead: String,
        pub since: String,
        pub by: String,
        pub reason: String,
    }

    /// A lead on its way out.
    pub struct DeletionView {
        pub lead: String,
        pub proposed: String,
        pub by: String,
        pub reason: String,
        /// Empty until another member confirms.
        pub confirmed_by: String,
        /// The day until which it can be taken back; empty before it is confirmed.
        pub final_on: String,
    }

    /// The receipt of an erasure: counts and rule, no content.
    pub struct ErasureView {
        pub receipt: u32,
        pub at: String,
        pub by: String,
        pub rule: String,
        /// JSON of counts.
        pub counts: String,
    }

    pub struct RetentionView {
        /// Last day of the store.
        pub ends: String,
        pub rules: Vec<LabelledText>,
        pub due: Vec<DueLead>,
        pub holds: Vec<HoldView>,
        pub deletions: Vec<DeletionView>,
        pub erasures: Vec<ErasureView>,
    }

    /// A hold, or the next step of a deletion.
    pub struct HoldLead {
        pub lead: String,
        pub reason: String,
    }

    /// How a deletion went on, in words.
    pub struct DeletionStep {
        pub words: String,
    }

    pub struct ExpiredLeads {
        pub leads: u32,
    }

    pub struct EraseOfficer {
        /// `OFC-XXXX-XXXX`.
        pub officer: String,
        /// `right to erasure`, `retention` or `court order`.
        pub rule: String,
    }

    pub struct EndStore {
        pub passphrase: String,
        /// Needed before the store's last day.
        pub reason: String,
    }

    /// What is left of a store.
    pub struct EndedStore {
        pub ledger: String,
        pub policy: String,
        pub entries: u32,
        /// What is still missing, where nothing was destroyed yet; else empty.
        pub waiting: String,
    }

    pub struct SubjectAccess {
        pub officer: String,
        pub path: String,
        /// File of the member card it is sealed to; empty for one's own.
        pub to: String,
    }
}
