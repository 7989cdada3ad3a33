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

    /// What the entries show once they are counted.
    pub struct LedgerPatterns {
        /// Most unmaskings first.
        pub reviewers: Vec<UnmaskingsBy>,
        /// How often lots alone would set people's unmaskings that led nowhere as far apart; `None` where there is nothing
        /// to compare.
        pub by_chance: Option<f64>,
        /// Unmaskings by week, from the first entry's to the last one's.
        pub weeks: Vec<u32>,
        pub reused: Vec<ReusedText>,
        pub nowhere: Vec<LedNowhere>,
        /// Settings changed, things given out, failed attempts: the newest of them.
        pub watched: Vec<EntryView>,
        pub watched_in_all: u32,
    }

    pub struct UnmaskingsBy {
        pub by: String,
        pub unmaskings: u32,
        /// Those whose lead is decided, and those of them whose decision was to do nothing.
        pub decided: u32,
        pub nowhere: u32,
    }

    /// A wording that several justifications share.
    pub struct ReusedText {
        pub text: String,
        pub entries: Vec<u32>,
    }

    /// An unmasking whose lead ended without any action.
    pub struct LedNowhere {
        pub entry: u32,
        pub lead: String,
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
