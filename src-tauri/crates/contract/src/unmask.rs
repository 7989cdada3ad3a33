//! The act: what is typed, what will be written, and what the name window receives once.

use crate::contract;
use model::RawJustification;

contract! {
    pub struct UnmaskRequest {
        pub lead: String,
        /// Whose identity; may be empty where the lead is about one officer.
        #[serde(default)]
        pub officer: String,
        #[ts(type = "RawJustification")]
        pub justification: RawJustification,
    }

    /// The exact entry that would be written, and what speaks against it.
    pub struct UnmaskPreview {
        pub seq: u32,
        /// The canonical JSON of the leaf; its time is set when it is written.
        pub entry: String,
        pub max_minutes: u32,
        /// `3 of 10 unmaskings used this month.`
        pub budget: String,
        pub over_budget: bool,
        /// The first thing to mend, in words; `None` when it may be recorded.
        pub refused: Option<String>,
    }

    pub struct Unmask {
        pub lead: String,
        /// Whose identity; may be empty where the lead is about one officer.
        #[serde(default)]
        pub officer: String,
        #[ts(type = "RawJustification")]
        pub justification: RawJustification,
        pub passphrase: String,
    }

    /// A recorded unmasking. The name itself goes only to the name window.
    pub struct UnmaskView {
        pub seq: u32,
        pub officer: String,
        pub lead: String,
        pub seconds: u32,
    }

    /// What the name window shows; handed out once.
    pub struct Revealed {
        pub seq: u32,
        pub officer: String,
        pub seconds_left: u32,
        pub fields: Vec<RevealedField>,
    }

    pub struct RevealedField {
        /// `Name`, `Unit`, `Contact`, or a locator code.
        pub label: String,
        pub value: String,
    }

    pub struct OpenUnmasking {
        pub seq: u32,
        pub officer: String,
        pub lead: String,
        pub seconds_left: u32,
    }
}
