//! Columns between intake, store and detect: pseudonymous, typed, one table per source kind.

use crate::schema::{FieldRole, SourceKind, SourceSchema};
use crate::{NO_OFFICER, OfficerIndex};

/// Segments are scattered to this many partitions by `officer index % PARTITIONS`.
pub const PARTITIONS: u32 = 64;

/// Absent moment.
pub const NO_INSTANT: i64 = i64::MIN;
/// Absent day.
pub const NO_DATE: i32 = i32::MIN;
/// Absent number.
pub const NO_NUMBER: i64 = i64::MIN;

/// Dictionary-coded words: `codes[i]` indexes `words`; word 0 is always the empty text ("not given").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub codes: Vec<u32>,
    pub words: Vec<String>,
}

impl Default for Words {
    fn default() -> Self {
        Self { codes: Vec::new(), words: vec![String::new()] }
    }
}

impl Words {
    pub fn get(&self, row: usize) -> &str {
        &self.words[self.codes[row] as usize]
    }
    /// Code of a word, added to the dictionary when new. Linear: keep a map beside it where many are added.
    pub fn intern(&mut self, word: &str) -> u32 {
        match self.words.iter().position(|w| w == word) {
            Some(at) => at as u32,
            None => {
                self.words.push(word.to_owned());
                self.words.len() as u32 - 1
            }
        }
    }
}

/// One typed column. Absent values are `NO_INSTANT`, `NO_DATE`, `NO_NUMBER`, token 0, `NO_OFFICER`, word 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// UTC seconds since 1970.
    Instant(Vec<i64>),
    /// Civil days since 1970-01-01.
    Date(Vec<i32>),
    /// Thousandths of the unit.
    Number(Vec<i64>),
    /// Keyed tokens of records.
    Token(Vec<u64>),
    /// Other officers.
    Person(Vec<OfficerIndex>),
    /// Categories and scrubbed short texts.
    Words(Words),
}

impl Column {
    /// An empty column for a field, or `None` where the field is not stored.
    pub fn for_role(role: FieldRole) -> Option<Column> {
        Some(match role {
            FieldRole::Instant => Column::Instant(Vec::new()),
            FieldRole::Date => Column::Date(Vec::new()),
            FieldRole::Number => Column::Number(Vec::new()),
            FieldRole::Record => Column::Token(Vec::new()),
            FieldRole::Person => Column::Person(Vec::new()),
            FieldRole::Category | FieldRole::Text => Column::Words(Words::default()),
            FieldRole::Officer | FieldRole::OtherIds | FieldRole::Identity => return None,
        })
    }

    pub fn len(&self) -> usize {
        match self {
            Column::Instant(v) | Column::Number(v) => v.len(),
            Column::Date(v) => v.len(),
            Column::Token(v) => v.len(),
            Column::Person(v) => v.len(),
            Column::Words(w) => w.codes.len(),
        }
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends "not given".
    pub fn push_absent(&mut self) {
        match self {
            Column::Instant(v) => v.push(NO_INSTANT),
            Column::Number(v) => v.push(NO_NUMBER),
            Column::Date(v) => v.push(NO_DATE),
            Column::Token(v) => v.push(0),
            Column::Person(v) => v.push(NO_OFFICER),
            Column::Words(w) => w.codes.push(0),
        }
    }
}

/// Rows of one kind: the officer each is about, its ordinal in the import, and one column per stored field.
///
/// `rows[i]` counts data rows over all sheets of the import from 0; `ImportReport::sheets` turns it into sheet and row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub kind: SourceKind,
    pub officers: Vec<OfficerIndex>,
    pub rows: Vec<u32>,
    /// In the order of `SourceSchema::stored`.
    pub columns: Vec<Column>,
}

impl Table {
    /// An empty table with every stored column of the kind.
    pub fn new(kind: SourceKind) -> Self {
        let columns = SourceSchema::of(kind).stored().filter_map(|f| Column::for_role(f.role)).collect();
        Self { kind, officers: Vec::new(), rows: Vec::new(), columns }
    }
    pub fn len(&self) -> usize {
        self.officers.len()
    }
    pub fn is_empty(&self) -> bool {
        self.officers.is_empty()
    }

    /// Position of a stored column by field name.
    pub fn position(&self, name: &str) -> Option<usize> {
        SourceSchema::of(self.kind).stored().position(|f| f.name == name)
    }
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.position(name).map(|at| &self.columns[at])
    }
    pub fn instants(&self, name: &str) -> &[i64] {
        match self.column(name) {
            Some(Column::Instant(v)) => v,
            _ => &[],
        }
    }
    pub fn dates(&self, name: &str) -> &[i32] {
        match self.column(name) {
            Some(Column::Date(v)) => v,
            _ => &[],
        }
    }
    pub fn numbers(&self, name: &str) -> &[i64] {
        match self.column(name) {
            Some(Column::Number(v)) => v,
            _ => &[],
        }
    }
    pub fn tokens(&self, name: &str) -> &[u64] {
        match self.column(name) {
            Some(Column::Token(v)) => v,
            _ => &[],
        }
    }
    pub fn people(&self, name: &str) -> &[OfficerIndex] {
        match self.column(name) {
            Some(Column::Person(v)) => v,
            _ => &[],
        }
    }
    pub fn words(&self, name: &str) -> Option<&Words> {
        match self.column(name) {
            Some(Column::Words(w)) => Some(w),
            _ => None,
        }
    }
    /// Seconds that order the rows: the schema's time field as UTC seconds (days count from midnight UTC), else 0.
    pub fn sort_times(&self) -> Vec<i64> {
        let name = SourceSchema::of(self.kind).time.as_deref().unwrap_or("");
        match self.column(name) {
            Some(Column::Instant(v)) => v.clone(),
            Some(Column::Date(v)) => {
                v.iter().map(|d| if *d == NO_DATE { NO_INSTANT } else { i64::from(*d) * 86_400 }).collect()
            }
            _ => vec![0; self.len()],
        }
    }
}
