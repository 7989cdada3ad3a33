//! Parquet: row groups in batches, every column as text, so that one parser judges all formats.

use super::{Format, OpenError, Opened, SAMPLE_ROWS, SheetInfo};
use crate::header;
use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

pub(crate) const KIND: &str = "Parquet file";
/// Rows decoded at a time.
const BATCH: usize = 8192;

pub(super) fn open(path: &Path) -> Result<Opened, OpenError> {
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(File::open(path)?).map_err(|_| OpenError::Corrupt(KIND))?;
    let headers: Vec<String> = builder.schema().fields().iter().map(|f| header::tidy(f.name())).collect();
    if headers.is_empty() {
        return Err(OpenError::NoHeader);
    }
    let mut reader = builder.with_batch_size(SAMPLE_ROWS).build().map_err(|_| OpenError::Corrupt(KIND))?;
    let mut sample = Vec::new();
    if let Some(batch) = reader.next() {
        let columns = texts(&batch.map_err(|_| OpenError::Corrupt(KIND))?);
        let rows = columns.iter().flatten().map(|c| c.len()).max().unwrap_or(0);
        sample = (0..rows).map(|row| columns.iter().map(|c| cell(c, row).to_owned()).collect()).collect();
    }
    let duplicates = header::duplicates(&headers);
    let sheet = SheetInfo { name: String::new(), headers, header_row: 1, duplicates, sample };
    Ok((Format::Parquet, vec![sheet], Vec::new()))
}

/// Reads only the wanted columns; they come in the order of the file.
pub(crate) fn reader(path: &Path, wanted: &[usize]) -> Result<ParquetRecordBatchReader, OpenError> {
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(File::open(path)?).map_err(|_| OpenError::Corrupt(KIND))?;
    let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.iter().copied());
    builder.with_projection(mask).with_batch_size(BATCH).build().map_err(|_| OpenError::Corrupt(KIND))
}

/// Each column as text, or nothing where it is nested.
pub(crate) fn texts(batch: &RecordBatch) -> Vec<Option<Arc<StringArray>>> {
    let text = |array: &Arc<dyn Array>| -> Result<Arc<StringArray>, ArrowError> {
        let text = arrow_cast::cast(array, &DataType::Utf8)?;
        Ok(Arc::new(text.as_string::<i32>().clone()))
    };
    batch.columns().iter().map(|c| if c.data_type().is_nested() { None } else { text(c).ok() }).collect()
}

/// One cell; empty where the value is null or the column nested.
pub(crate) fn cell(column: &Option<Arc<StringArray>>, row: usize) -> &str {
    match column {
        Some(values) if row < values.len() && !values.is_null(row) => values.value(row),
        _ => "",
    }
}
