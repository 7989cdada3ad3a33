//! The import wizard and the imports taken so far.

use crate::contract;
use model::Gate;

contract! {
    pub struct InspectFile {
        pub path: String,
        /// Chosen kind, overriding the guess.
        pub kind: Option<String>,
        /// Path of a mapping file; without one the columns are recognised or guessed.
        pub mapping: Option<String>,
    }

    /// What the program makes of a file, with ten sample rows under throw-away codes.
    pub struct ImportProposal {
        pub path: String,
        pub file_name: String,
        /// `CSV, semicolon, Windows-1252`.
        pub format: String,
        pub sheets: Vec<String>,
        pub kind: String,
        pub confidence: u32,
        /// Kinds to choose from.
        pub kinds: Vec<KindView>,
        pub columns: Vec<ColumnView>,
        /// The mapping as TOML, to edit, save and share.
        pub mapping_toml: String,
        /// Whether a saved mapping recognised the file's shape, and its name.
        pub recognised: Option<String>,
        /// Fields the kind needs that no column fills.
        pub missing: Vec<String>,
        pub problems: Vec<String>,
        pub special_category: bool,
        pub already_imported: bool,
    }

    pub struct KindView {
        pub kind: String,
        pub title: String,
        pub description: String,
        pub fields: Vec<FieldView>,
    }

    pub struct FieldView {
        pub name: String,
        pub description: String,
        pub required: bool,
    }

    pub struct ColumnView {
        pub header: String,
        /// The field it fills; `None` when it is dropped.
        pub target: Option<String>,
        /// Why it is dropped, in words.
        pub dropped: Option<String>,
        pub samples: Vec<String>,
    }

    /// Changes one column of a mapping; the proposal is made again.
    pub struct RemapColumn {
        pub path: String,
        pub mapping_toml: String,
        pub header: String,
        pub target: Option<String>,
    }

    /// Changes the zone of a mapping.
    pub struct RezoneMapping {
        pub path: String,
        pub mapping_toml: String,
        pub zone: String,
    }

    /// Writes a mapping as a file to share; the store keeps the one each import was made with.
    pub struct SaveMapping {
        pub mapping_toml: String,
        pub path: String,
    }

    pub struct StartImport {
        pub path: String,
        pub mapping_toml: String,
        #[ts(type = "Gate")]
        pub gate: Gate,
    }

    pub struct ImportRef {
        pub import: u32,
    }

    pub struct SaveReport {
        pub import: u32,
        pub path: String,
    }

    pub struct ImportView {
        pub import: u32,
        pub kind: String,
        pub title: String,
        pub at: String,
        pub by: String,
        pub rows: u32,
        pub rejected: u32,
        pub first_day: Option<String>,
        pub last_day: Option<String>,
        pub lawful_basis: String,
        pub mapping: String,
        pub zone: String,
    }

    /// The whole import report, in words and numbers.
    pub struct ImportReportView {
        pub import: ImportView,
        pub rows_read: u32,
        pub rows_accepted: u32,
        pub facts: Vec<Fact>,
        pub rejected: Vec<RejectedView>,
        pub dropped_columns: Vec<Fact>,
        pub sheets: Vec<Fact>,
        pub gaps: Vec<String>,
        pub remarks: Vec<String>,
    }

    /// What the command line says of the files it was given: the reports of those that are in, and where it stopped.
    pub struct Imported {
        pub imported: Vec<ImportReportView>,
        pub failed: Option<FailedImport>,
    }

    /// The file that was not taken in, as it was named, and why; files after it were not looked at.
    pub struct FailedImport {
        pub file: String,
        pub failure: crate::Failure,
    }

    pub struct Fact {
        pub label: String,
        pub value: String,
    }

    pub struct RejectedView {
        pub reason: String,
        pub column: String,
        pub count: u32,
        /// `2019 row 412, 2019 row 900`.
        pub places: String,
    }
}
