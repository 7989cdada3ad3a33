//! The import report: what was read, kept, dropped and why, without a single value.

use serde::{Deserialize, Serialize};

/// Rejected rows of one reason and column. Row numbers count the header as row 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Stable code such as `missing_required`.
    pub reason: String,
    pub column: String,
    pub count: u64,
    /// The first places, at most 50: sheet (empty for text files) and row.
    pub places: Vec<(String, u64)>,
}

/// A column of the file that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedColumn {
    pub header: String,
    /// `not_in_schema`, `refused`, `not_mapped`, `duplicate_header`.
    pub reason: String,
}

/// Data rows of one sheet. A text file has one, with an empty name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRows {
    pub name: String,
    /// Ordinal (over the whole import) of the sheet's first data row.
    pub first_ordinal: u32,
    /// Row number in the file of that first data row; the header above it counts.
    pub first_row: u64,
    pub rows: u64,
}

/// Accepted rows in one ISO week, for the gap view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekCount {
    /// Day number of the week's Monday.
    pub monday: i32,
    pub rows: u64,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    pub rows_read: u64,
    pub rows_accepted: u64,
    pub rejected: Vec<Rejected>,
    pub dropped_columns: Vec<DroppedColumn>,
    /// Presence outside duties, overtime and office days; not stored, counts as unknown.
    pub dropped_off_duty: u64,
    pub outside_period: u64,
    /// Distinct ids not on the roll, kept under provisional pseudonyms, and the rows they cover.
    pub unknown_officers: u64,
    pub unknown_officer_rows: u64,
    /// Rows already imported from another file, skipped.
    pub duplicate_rows: u64,
    /// Texts in which a name or a personal detail was replaced.
    pub scrubbed_texts: u64,
    /// Local times that occurred twice or never at a clock change.
    pub ambiguous_times: u64,
    pub skipped_times: u64,
    /// Texts that might hold a name and could not be judged.
    pub flagged_texts: u64,
    pub officers: u64,
    pub first_day: Option<i32>,
    pub last_day: Option<i32>,
    pub weeks: Vec<WeekCount>,
    pub sheets: Vec<SheetRows>,
    /// Plain sentences a person should read.
    pub remarks: Vec<String>,
}

impl ImportReport {
    pub fn rows_rejected(&self) -> u64 {
        self.rejected.iter().map(|r| r.count).sum()
    }

    /// Sheet name and file row of a data-row ordinal; rows count the header as row 1.
    pub fn place_of(&self, ordinal: u32) -> Option<(&str, u64)> {
        let sheet = self.sheets.iter().rev().find(|s| s.first_ordinal <= ordinal)?;
        Some((&sheet.name, sheet.first_row + u64::from(ordinal - sheet.first_ordinal)))
    }

    /// Weeks between the first and last day in which nothing was accepted.
    pub fn gap_weeks(&self) -> Vec<i32> {
        self.weeks.windows(2).flat_map(|w| (w[0].monday + 7..w[1].monday).step_by(7)).collect()
    }
}
