//! Reading: only the columns asked for are decompressed.

use super::{OFFICER, ROW, SegmentError, words_of};
use bytes::Bytes;
use model::{Column, NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, SourceKind, SourceSchema, Table, Words};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};

/// The table of a segment.
pub fn decode(bytes: &[u8], kind: SourceKind) -> Result<Table, SegmentError> {
    read(bytes, kind, &|_| true)
}

/// Officers, ordinals and the wanted columns of a segment; the other columns stay empty.
pub fn decode_columns(bytes: &[u8], kind: SourceKind, wanted: &[&str]) -> Result<Table, SegmentError> {
    read(bytes, kind, &|name| wanted.contains(&name))
}

fn read(bytes: &[u8], kind: SourceKind, wanted: &dyn Fn(&str) -> bool) -> Result<Table, SegmentError> {
    let file = SerializedFileReader::new(Bytes::copy_from_slice(bytes))?;
    let mut table = Table::new(kind);
    for number in 0..file.num_row_groups() {
        let group = Group::new(file.get_row_group(number)?)?;
        table.officers.extend(group.bits32(OFFICER)?.ok_or(SegmentError::Length)?);
        table.rows.extend(group.bits32(ROW)?.ok_or(SegmentError::Length)?);
        for (field, column) in SourceSchema::of(kind).stored().zip(&mut table.columns) {
            if wanted(&field.name) {
                group.read_column(&field.name, column)?;
            }
        }
    }
    Ok(table)
}

/// The present values of a column, and a level per row that says which rows have one; no levels where all have.
struct Present<V> {
    levels: Vec<i16>,
    values: Vec<V>,
}

/// One row group. Segments have one; a file merged by another tool may have more.
struct Group<'a> {
    reader: Box<dyn RowGroupReader + 'a>,
    rows: usize,
}

impl<'a> Group<'a> {
    fn new(reader: Box<dyn RowGroupReader + 'a>) -> Result<Self, SegmentError> {
        let rows = usize::try_from(reader.metadata().num_rows()).map_err(|_| SegmentError::Length)?;
        Ok(Self { reader, rows })
    }

    fn read_column(&self, name: &str, column: &mut Column) -> Result<(), SegmentError> {
        match column {
            Column::Instant(v) => extend(v, self.int64(name, NO_INSTANT)?, self.rows, NO_INSTANT),
            Column::Number(v) => extend(v, self.int64(name, NO_NUMBER)?, self.rows, NO_NUMBER),
            Column::Date(v) => extend(v, self.int32(name, NO_DATE)?, self.rows, NO_DATE),
            Column::Token(v) => {
                let bits = self.int64(name, 0)?.map(|b| b.into_iter().map(|t| t as u64).collect());
                extend(v, bits, self.rows, 0);
            }
            Column::Person(v) => {
                let bits = self.int32(name, NO_OFFICER as i32)?;
                extend(v, bits.map(|b| b.into_iter().map(|o| o as u32).collect()), self.rows, NO_OFFICER);
            }
            Column::Words(words) => self.read_words(name, words)?,
        }
        Ok(())
    }

    fn read_words(&self, name: &str, into: &mut Words) -> Result<(), SegmentError> {
        let Some(mut codes) = self.bits32(name)? else {
            into.codes.resize(into.codes.len() + self.rows, 0);
            return Ok(());
        };
        let base = into.words.len() as u32 - 1;
        let found = self.present::<ByteArrayType>(&words_of(name))?.ok_or(SegmentError::Dictionary)?;
        for word in found.values {
            into.words.push(String::from_utf8(word.data().to_vec()).map_err(|_| SegmentError::Dictionary)?);
        }
        let words = into.words.len() as u32;
        for code in codes.iter_mut().filter(|code| **code != 0) {
            *code = code.checked_add(base).filter(|c| *c < words).ok_or(SegmentError::Dictionary)?;
        }
        into.codes.append(&mut codes);
        Ok(())
    }

    fn bits32(&self, name: &str) -> Result<Option<Vec<u32>>, SegmentError> {
        Ok(self.int32(name, 0)?.map(|v| v.into_iter().map(|bits| bits as u32).collect()))
    }

    fn int32(&self, name: &str, absent: i32) -> Result<Option<Vec<i32>>, SegmentError> {
        self.present::<Int32Type>(name)?.map(|found| spread(found, absent)).transpose()
    }

    fn int64(&self, name: &str, absent: i64) -> Result<Option<Vec<i64>>, SegmentError> {
        self.present::<Int64Type>(name)?.map(|found| spread(found, absent)).transpose()
    }

    /// The levels and present values of a column, or `None` where the segment was written before the column existed.
    fn present<T: DataType>(&self, name: &str) -> Result<Option<Present<T::T>>, SegmentError> {
        let columns = self.reader.metadata().columns();
        let Some(at) = columns.iter().position(|c| c.column_path().parts() == [name]) else {
            return Ok(None);
        };
        let description = columns[at].column_descr();
        if columns[at].column_type() != T::get_physical_type() || description.max_rep_level() > 0 {
            return Err(SegmentError::Column(name.to_owned()));
        }
        let optional = description.max_def_level() == 1;
        let mut reader = get_typed_column_reader::<T>(self.reader.get_column_reader(at)?);
        let (mut levels, mut values) = (Vec::new(), Vec::with_capacity(self.rows));
        let mut records = 0;
        while records < self.rows {
            let wanted = self.rows - records;
            let (read, ..) =
                reader.read_records(wanted, optional.then_some(&mut levels), None, &mut values)?;
            if read == 0 {
                return Err(SegmentError::Length);
            }
            records += read;
        }
        Ok(Some(Present { levels, values }))
    }
}

/// Puts the absent value where a level says so; no levels means every row has a value.
fn spread<T: Copy>(Present { levels, values }: Present<T>, absent: T) -> Result<Vec<T>, SegmentError> {
    if levels.is_empty() {
        return Ok(values);
    }
    let mut present = values.into_iter();
    let rows = levels.into_iter().map(|level| if level == 0 { Some(absent) } else { present.next() });
    rows.collect::<Option<Vec<T>>>().ok_or(SegmentError::Length)
}

fn extend<T: Copy>(into: &mut Vec<T>, found: Option<Vec<T>>, rows: usize, absent: T) {
    match found {
        Some(mut values) => into.append(&mut values),
        None => into.resize(into.len() + rows, absent),
    }
}
