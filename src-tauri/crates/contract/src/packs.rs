//! Packs and the people they come from.

use crate::{Fact, MemberView, contract};

contract! {
    /// Unlocks the profile without a store: what a data protection officer or a representative needs.
    pub struct OpenDesk {
        pub passphrase: String,
    }

    /// A file on its way in.
    pub struct PackRef {
        pub path: String,
        /// Take it although an earlier pack of the same sender has not arrived and will not.
        pub without_earlier: bool,
    }

    /// A pack as far as its signature says; what it holds is shown only when `problem` is empty.
    pub struct PackView {
        /// `ledger`, `request`, `grant` and so on.
        pub kind: String,
        /// `a ledger pack`.
        pub what: String,
        pub store: String,
        pub sender: MemberView,
        pub to: Vec<String>,
        pub purpose: String,
        pub at: String,
        pub sequence: u32,
        pub hash: String,
        /// Whether it was taken before.
        pub taken: bool,
        /// Why it is not taken, in words; empty when nothing stands against it.
        pub problem: String,
        pub facts: Vec<Fact>,
    }
}
