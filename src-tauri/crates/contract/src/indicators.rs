//! Indicators in plain words, their settings, and what a change would do.

use crate::contract;

contract! {
    pub struct IndicatorView {
        pub id: String,
        pub title: String,
        pub looks_for: String,
        /// `factual` or `statistical`.
        pub nature: String,
        pub route: String,
        pub category: String,
        pub sources: Vec<String>,
        pub exclusions: Vec<String>,
        pub innocent_explanations: Vec<String>,
        pub what_would_clear_it: String,
        pub cannot_see: String,
        pub references: Vec<String>,
        pub parameters: Vec<ParameterView>,
        /// Findings of the last run; `None` before the first.
        pub found: Option<u32>,
        pub expected_false: String,
        pub baseline: String,
        /// Why it did not run; empty when it did.
        pub skipped: String,
        /// How often its findings were agreed with.
        pub base_rate: String,
        /// Newest first.
        pub changes: Vec<ChangeView>,
    }

    pub struct ParameterView {
        pub name: String,
        pub about: String,
        pub unit: String,
        pub value: i32,
        pub default: i32,
        pub min: i32,
        pub max: i32,
        /// Whether a change can be previewed at once; else trying it takes a run.
        pub instant: bool,
    }

    pub struct ChangeView {
        pub at: String,
        pub by: String,
        pub name: String,
        pub before: i32,
        pub after: i32,
    }

    pub struct ParameterRef {
        pub indicator: String,
        pub name: String,
        pub value: i32,
    }

    /// What a changed setting would list.
    #[derive(Default)]
    pub struct Preview {
        /// The kept measures cannot tell: `try_parameter` runs the change in the background.
        pub needs_run: bool,
        pub officers_now: u32,
        pub officers_then: u32,
        /// Leads of this route that would come and go.
        pub leads_gained: u32,
        pub leads_lost: u32,
    }
}
