//! Writing: per column the encoding that measured best, absent values as Parquet nulls.

use super::{Level, OFFICER, ROW, SegmentError, words_of};
use model::{Column, NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, SourceSchema, Table, Words};
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};
use std::collections::HashSet;
use std::sync::Arc;

/// Values in one page: a segment is read whole, so pages are large.
const PAGE_ROWS: usize = 1 << 20;
const PAGE_BYTES: usize = 4 << 20;
/// Values looked at to choose an encoding, in this many runs.
const SAMPLE: usize = 4_096;
const SAMPLE_RUNS: usize = 8;

/// The physical values of one Parquet column: present ones only, and which rows have one (`None`: all).
enum Values {
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Text(Vec<ByteArray>),
}

#[derive(Clone, Copy, PartialEq)]
enum Coding {
    Dictionary,
    Delta,
    Plain,
}

struct Chunk {
    name: String,
    values: Values,
    /// 1 where a row has a value.
    present: Option<Vec<i16>>,
    logical: Option<LogicalType>,
    coding: Coding,
}

/// A table as Parquet bytes: one row group, no statistics, no indexes.
pub fn encode(table: &Table, level: Level) -> Result<Vec<u8>, SegmentError> {
    let chunks = chunks(table)?;
    let fields = chunks.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    let root = Type::group_type_builder(table.kind.as_str()).with_fields(fields).build()?;
    let mut writer =
        SerializedFileWriter::new(Vec::new(), Arc::new(root), Arc::new(properties(&chunks, level)))?;
    let mut group = writer.next_row_group()?;
    for chunk in &chunks {
        write_chunk(&mut group, chunk)?;
    }
    group.close()?;
    Ok(writer.into_inner()?)
}

fn chunks(table: &Table) -> Result<Vec<Chunk>, SegmentError> {
    let rows = table.officers.len();
    if table.rows.len() != rows || table.columns.iter().any(|c| c.len() != rows) {
        return Err(SegmentError::Length);
    }
    let mut all = vec![
        Chunk::full(OFFICER, bits32(&table.officers), unsigned(32), Coding::Dictionary),
        Chunk::full(ROW, bits32(&table.rows), unsigned(32), Coding::Delta),
    ];
    for (field, column) in SourceSchema::of(table.kind).stored().zip(&table.columns) {
        push_column(&mut all, &field.name, column)?;
    }
    Ok(all)
}

fn unsigned(bits: i8) -> Option<LogicalType> {
    Some(LogicalType::integer(bits, false))
}

fn bits32(values: &[u32]) -> Values {
    Values::Int32(values.iter().map(|v| *v as i32).collect())
}

impl Chunk {
    fn full(name: &str, values: Values, logical: Option<LogicalType>, coding: Coding) -> Self {
        Self { name: name.to_owned(), values, present: None, logical, coding }
    }

    fn sparse64(
        name: &str,
        column: &[i64],
        absent: i64,
        logical: Option<LogicalType>,
        other: Coding,
    ) -> Self {
        let (present, values) = without(column, absent);
        let coding = choose(&values, other);
        Self { name: name.to_owned(), values: Values::Int64(values), present, logical, coding }
    }

    fn sparse32(name: &str, column: &[i32], absent: i32, logical: Option<LogicalType>) -> Self {
        let (present, values) = without(column, absent);
        let coding = choose(&values, Coding::Delta);
        Self { name: name.to_owned(), values: Values::Int32(values), present, logical, coding }
    }
}

fn push_column(all: &mut Vec<Chunk>, name: &str, column: &Column) -> Result<(), SegmentError> {
    all.push(match column {
        Column::Instant(v) => {
            let (present, values) = without(v, NO_INSTANT);
            Chunk {
                name: name.to_owned(),
                values: Values::Int64(values),
                present,
                logical: None,
                coding: Coding::Delta,
            }
        }
        Column::Number(v) => Chunk::sparse64(name, v, NO_NUMBER, None, Coding::Delta),
        Column::Date(v) => Chunk::sparse32(name, v, NO_DATE, Some(LogicalType::Date)),
        Column::Token(v) => {
            let bits: Vec<i64> = v.iter().map(|t| *t as i64).collect();
            // Tokens are random: the difference of two is as long as either.
            Chunk::sparse64(name, &bits, 0, unsigned(64), Coding::Plain)
        }
        Column::Person(v) => {
            let bits: Vec<i32> = v.iter().map(|o| *o as i32).collect();
            Chunk::sparse32(name, &bits, NO_OFFICER as i32, unsigned(32))
        }
        Column::Words(words) => return push_words(all, name, words),
    });
    Ok(())
}

/// Codes, and beside them the words they count into: word `k` stands in row `k - 1`, code 0 is "not given".
fn push_words(all: &mut Vec<Chunk>, name: &str, words: &Words) -> Result<(), SegmentError> {
    let mut used = vec![false; words.words.len()];
    for code in &words.codes {
        *used.get_mut(*code as usize).ok_or(SegmentError::Dictionary)? = true;
    }
    let mut renumbered = vec![0_i32; words.words.len()];
    let mut kept = Vec::new();
    for (code, word) in words.words.iter().enumerate().skip(1).filter(|(code, _)| used[*code]) {
        kept.push(ByteArray::from(word.as_bytes().to_vec()));
        renumbered[code] = kept.len() as i32;
    }
    // Every kept word is used in at least one row, so there are never more words than rows.
    let present = (0..words.codes.len()).map(|row| i16::from(row < kept.len())).collect();
    let codes = words.codes.iter().map(|code| renumbered[*code as usize]).collect();
    all.push(Chunk::full(name, Values::Int32(codes), None, Coding::Dictionary));
    all.push(Chunk {
        name: words_of(name),
        values: Values::Text(kept),
        present: Some(present),
        logical: Some(LogicalType::String),
        coding: Coding::Plain,
    });
    Ok(())
}

/// Present values, and a level per row where any is absent.
fn without<T: Copy + PartialEq>(column: &[T], absent: T) -> (Option<Vec<i16>>, Vec<T>) {
    if !column.contains(&absent) {
        return (None, column.to_vec());
    }
    let present = column.iter().map(|v| i16::from(*v != absent)).collect();
    (Some(present), column.iter().copied().filter(|v| *v != absent).collect())
}

/// A dictionary where a sample repeats itself enough, otherwise `other`.
fn choose<T: Copy + Eq + std::hash::Hash>(values: &[T], other: Coding) -> Coding {
    let run = SAMPLE / SAMPLE_RUNS;
    let step = (values.len() / SAMPLE_RUNS).max(run);
    let sample: Vec<T> = values
        .chunks(step)
        .take(SAMPLE_RUNS)
        .flat_map(|chunk| &chunk[..run.min(chunk.len())])
        .copied()
        .collect();
    let distinct: HashSet<T> = sample.iter().copied().collect();
    let limit = if other == Coding::Plain { sample.len() * 3 / 4 } else { sample.len() / 8 };
    if distinct.len() <= limit { Coding::Dictionary } else { other }
}

fn field(chunk: &Chunk) -> Result<Arc<Type>, SegmentError> {
    let physical = match chunk.values {
        Values::Int32(_) => Physical::INT32,
        Values::Int64(_) => Physical::INT64,
        Values::Text(_) => Physical::BYTE_ARRAY,
    };
    let repetition = if chunk.present.is_some() { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let builder = Type::primitive_type_builder(&chunk.name, physical);
    let built = builder.with_repetition(repetition).with_logical_type(chunk.logical.clone()).build();
    Ok(Arc::new(built?))
}

fn properties(chunks: &[Chunk], level: Level) -> WriterProperties {
    let compression = match level {
        Level::Fast => Compression::LZ4_RAW,
        Level::Small => Compression::ZSTD(ZstdLevel::default()),
    };
    let mut builder = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_created_by("countersign".to_owned())
        .set_compression(compression)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_data_page_size_limit(PAGE_BYTES)
        .set_dictionary_page_size_limit(PAGE_BYTES)
        .set_write_batch_size(8_192);
    for chunk in chunks {
        let path = ColumnPath::from(vec![chunk.name.clone()]);
        builder = builder.set_column_dictionary_enabled(path.clone(), chunk.coding == Coding::Dictionary);
        let encoding =
            if chunk.coding == Coding::Delta { Encoding::DELTA_BINARY_PACKED } else { Encoding::PLAIN };
        builder = builder.set_column_encoding(path.clone(), encoding);
        if chunk.coding == Coding::Plain && matches!(chunk.values, Values::Int64(_)) {
            builder = builder.set_column_compression(path, Compression::UNCOMPRESSED);
        }
    }
    builder.build()
}

fn write_chunk(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, chunk: &Chunk) -> Result<(), SegmentError> {
    let mut writer = group.next_column()?.ok_or(SegmentError::Parquet)?;
    let present = chunk.present.as_deref();
    match &chunk.values {
        Values::Int32(v) => write_values::<Int32Type>(writer.typed(), v, present)?,
        Values::Int64(v) => write_values::<Int64Type>(writer.typed(), v, present)?,
        Values::Text(v) => write_values::<ByteArrayType>(writer.typed(), v, present)?,
    }
    Ok(writer.close()?)
}

fn write_values<T: DataType>(
    writer: &mut ColumnWriterImpl<'_, T>,
    values: &[T::T],
    present: Option<&[i16]>,
) -> Result<(), SegmentError> {
    writer.write_batch(values, present, None)?;
    Ok(())
}
