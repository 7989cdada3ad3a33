//! The ledger as a person reads it.

use crate::contract;

contract! {
    #[derive(Default)]
    pub struct LedgerQuery {
        /// Kind prefix such as `unmask`; empty for all.
        pub kind: String,
        pub by: String,
        /// Pseudonym, lead or free text in the details.
        pub search: String,
        /// First and last ISO day, by UTC as the entries say; empty for no bound.
        pub from: String,
        pub until: String,
        pub offset: u32,
        /// At most 200. Newest first.
        pub limit: u32,
    }

    pub struct LedgerPage {
        pub total: u32,
        pub all: u32,
        pub entries: Vec<EntryView>,
        pub people: Vec<String>,
    }

    pub struct EntryView {
        pub seq: u32,
        pub at: String,
        pub by: String,
        pub kind: String,
        /// The kind in words.
        pub what: String,
        /// Pseudonym, lead or source.
        pub about: String,
        pub outcome: String,
        /// The leaf's exact bytes.
        pub leaf: String,
        /// The justification text, where the store holds one.
        pub text: Vec<crate::Fact>,
    }

    /// One thing that was checked, in words.
    pub struct CheckView {
        pub what: String,
        pub detail: String,
        /// `proved`, `look` or `failed`.
        pub outcome: String,
    }

    pub struct Verification {
        pub checks: Vec<CheckView>,
        pub proved: bool,
        pub entries: u32,
    }

    pub struct ProofRequest {
        pub seq: u32,
        pub path: String,
    }
}
