//! Codes that may be one officer.

use crate::contract;

contract! {
    /// A code that is not on the roll and the officer it may be. No id crosses, only why they are alike.
    pub struct LinkProposalView {
        pub proposal: u32,
        /// The provisional code.
        pub provisional: String,
        /// The officer on the roll.
        pub officer: String,
        /// A plain sentence.
        pub why: String,
        /// 1 to 100.
        pub confidence: u32,
        /// `Duties, import 3`.
        pub first_seen: String,
        /// `open`, `linked` or `refused`.
        pub state: String,
        /// When, by whom and why, where it was decided.
        pub decided: Option<String>,
    }

    pub struct DecideLink {
        pub proposal: u32,
        /// False refuses the proposal, or undoes a link.
        pub link: bool,
        pub reason: String,
    }
}
