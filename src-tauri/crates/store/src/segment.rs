//! A table as Parquet bytes and back. Any Parquet reader can open a segment; `schemas/store/segments.md` says what it finds.

mod read;
mod write;

pub use read::{decode, decode_columns};
pub use write::encode;

/// How hard a segment is compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Level {
    /// LZ4, the default: keyed tokens are random, so trying harder buys little.
    #[default]
    Fast,
    /// Zstandard level 1.
    Small,
}

/// Why bytes are no segment, or a table cannot become one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    #[error("the segment is not readable Parquet")]
    Parquet,
    #[error("the segment holds another type in column {0}")]
    Column(String),
    #[error("the segment's columns have different lengths")]
    Length,
    #[error("the segment refers to a word that its dictionary does not have")]
    Dictionary,
}

impl From<parquet::errors::ParquetError> for SegmentError {
    fn from(_: parquet::errors::ParquetError) -> Self {
        Self::Parquet
    }
}

/// Column of the officer's number.
const OFFICER: &str = "_officer";
/// Column of the row's ordinal in its import.
const ROW: &str = "_row";

/// The column beside `name` whose first values are the dictionary that `name` counts into.
fn words_of(name: &str) -> String {
    format!("{name}_words")
}
