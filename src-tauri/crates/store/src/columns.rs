//! Tables as columns: sorted, joined and scattered to partitions.

use hashbrown::HashTable;
use model::{Column, OfficerIndex, PARTITIONS, Table, Words};
use std::hash::BuildHasher;

/// Marks a dictionary entry that was not carried over yet.
const UNSEEN: u32 = u32::MAX;

/// Orders rows by officer, then time, then row ordinal.
pub fn sort_by_officer_time(table: &mut Table) {
    let times = table.sort_times();
    let sorted = (1..table.len()).all(|i| key(table, &times, i - 1) <= key(table, &times, i));
    if sorted {
        return;
    }
    let mut order = order_by_officer(&table.officers);
    let mut start = 0;
    while start < order.len() {
        let officer = table.officers[order[start] as usize];
        let length = order[start..].iter().take_while(|at| table.officers[**at as usize] == officer).count();
        let run = &mut order[start..start + length];
        let place = |at: &u32| (times[*at as usize], table.rows[*at as usize], *at);
        if !run.is_sorted_by_key(place) {
            run.sort_unstable_by_key(place);
        }
        start += length;
    }
    *table = gather(table, &order);
}

fn key(table: &Table, times: &[i64], at: usize) -> (OfficerIndex, i64, u32) {
    (table.officers[at], times[at], table.rows[at])
}

/// Row positions by officer, stable. Officers of a partition are dense enough to be counted instead of compared.
fn order_by_officer(officers: &[OfficerIndex]) -> Vec<u32> {
    let (Some(low), Some(high)) = (officers.iter().min(), officers.iter().max()) else { return Vec::new() };
    let span = (high - low) as usize + 1;
    if span > officers.len() * 4 + 65_536 {
        let mut order: Vec<u32> = (0..officers.len() as u32).collect();
        order.sort_by_key(|at| officers[*at as usize]);
        return order;
    }
    let mut next = vec![0_u32; span];
    for officer in officers {
        next[(officer - low) as usize] += 1;
    }
    let mut sum = 0;
    for slot in &mut next {
        (*slot, sum) = (sum, sum + *slot);
    }
    let mut order = vec![0; officers.len()];
    for (at, officer) in officers.iter().enumerate() {
        let slot = &mut next[(officer - low) as usize];
        order[*slot as usize] = at as u32;
        *slot += 1;
    }
    order
}

fn pick<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    // A column that was not decoded is empty and stays so.
    if values.is_empty() { Vec::new() } else { order.iter().map(|at| values[*at as usize]).collect() }
}

/// The rows at some positions, in that order, with the same dictionaries.
fn gather(table: &Table, order: &[u32]) -> Table {
    let columns = table.columns.iter().map(|column| match column {
        Column::Instant(v) => Column::Instant(pick(v, order)),
        Column::Number(v) => Column::Number(pick(v, order)),
        Column::Date(v) => Column::Date(pick(v, order)),
        Column::Token(v) => Column::Token(pick(v, order)),
        Column::Person(v) => Column::Person(pick(v, order)),
        Column::Words(w) => Column::Words(Words { codes: pick(&w.codes, order), words: w.words.clone() }),
    });
    Table {
        kind: table.kind,
        officers: pick(&table.officers, order),
        rows: pick(&table.rows, order),
        columns: columns.collect(),
    }
}

/// Rows by partition (`officer % PARTITIONS`), in their order, without empty partitions; dictionaries hold what is used.
pub fn scatter(table: &Table) -> Vec<(u32, Table)> {
    let mut positions: Vec<Vec<u32>> = vec![Vec::new(); PARTITIONS as usize];
    for (at, officer) in table.officers.iter().enumerate() {
        positions[(officer % PARTITIONS) as usize].push(at as u32);
    }
    let mut parts = Vec::new();
    for (partition, order) in positions.iter().enumerate().filter(|(_, order)| !order.is_empty()) {
        let mut appender = Appender::new(table.kind);
        appender.push_rows(table, order);
        parts.push((partition as u32, appender.finish()));
    }
    parts
}

/// Adds the rows of one table to another of the same kind.
pub fn append(into: &mut Table, from: &Table) {
    let mut appender = Appender::from(std::mem::replace(into, Table::new(from.kind)));
    appender.push(from);
    *into = appender.finish();
}

/// Joins many tables of one kind, keeping the dictionaries' look-ups between them.
#[derive(Debug)]
pub struct Appender {
    table: Table,
    /// Per column: codes by word; empty for columns without words.
    known: Vec<HashTable<u32>>,
    hasher: foldhash::fast::FixedState,
}

impl From<Table> for Appender {
    fn from(table: Table) -> Self {
        let hasher = foldhash::fast::FixedState::default();
        let known = table.columns.iter().map(|column| match column {
            Column::Words(w) => look_up(w, &hasher),
            _ => HashTable::new(),
        });
        Self { known: known.collect(), table, hasher }
    }
}

fn look_up(words: &Words, hasher: &foldhash::fast::FixedState) -> HashTable<u32> {
    let mut known = HashTable::with_capacity(words.words.len());
    for (code, word) in words.words.iter().enumerate() {
        known.insert_unique(hasher.hash_one(word.as_str()), code as u32, |c| {
            hasher.hash_one(words.words[*c as usize].as_str())
        });
    }
    known
}

impl Appender {
    pub fn new(kind: model::SourceKind) -> Self {
        Self::from(Table::new(kind))
    }
    pub fn len(&self) -> usize {
        self.table.len()
    }
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }
    /// The joined table.
    pub fn finish(self) -> Table {
        self.table
    }

    /// Adds every row of a table of the same kind.
    pub fn push(&mut self, from: &Table) {
        self.take(from, Chosen::All);
    }

    /// Adds the rows at some positions.
    pub fn push_rows(&mut self, from: &Table, positions: &[u32]) {
        self.take(from, Chosen::Rows(positions));
    }

    fn take(&mut self, from: &Table, rows: Chosen<'_>) {
        rows.copy(&from.officers, &mut self.table.officers);
        rows.copy(&from.rows, &mut self.table.rows);
        for ((into, from), known) in self.table.columns.iter_mut().zip(&from.columns).zip(&mut self.known) {
            match (into, from) {
                (Column::Instant(into), Column::Instant(from))
                | (Column::Number(into), Column::Number(from)) => {
                    rows.copy(from, into);
                }
                (Column::Date(into), Column::Date(from)) => rows.copy(from, into),
                (Column::Token(into), Column::Token(from)) => rows.copy(from, into),
                (Column::Person(into), Column::Person(from)) => rows.copy(from, into),
                (Column::Words(into), Column::Words(from)) => {
                    take_words(into, from, rows, known, &self.hasher)
                }
                _ => unreachable!("tables of one kind have the same columns"),
            }
        }
    }
}

/// Which rows of a table are meant.
#[derive(Clone, Copy)]
enum Chosen<'a> {
    All,
    Rows(&'a [u32]),
}

impl Chosen<'_> {
    fn copy<T: Copy>(self, from: &[T], into: &mut Vec<T>) {
        match self {
            Chosen::All => into.extend_from_slice(from),
            // A column that was not decoded is empty and stays so.
            Chosen::Rows(_) if from.is_empty() => {}
            Chosen::Rows(positions) => into.extend(positions.iter().map(|at| from[*at as usize])),
        }
    }
}

/// Copies codes, carrying over each word when it is first met.
fn take_words(
    into: &mut Words,
    from: &Words,
    rows: Chosen<'_>,
    known: &mut HashTable<u32>,
    hasher: &foldhash::fast::FixedState,
) {
    let mut renumbered = vec![UNSEEN; from.words.len()];
    let start = into.codes.len();
    rows.copy(&from.codes, &mut into.codes);
    for code in &mut into.codes[start..] {
        let new = &mut renumbered[*code as usize];
        if *new == UNSEEN {
            *new = intern(&mut into.words, &from.words[*code as usize], known, hasher);
        }
        *code = *new;
    }
}

fn intern(
    words: &mut Vec<String>,
    word: &str,
    known: &mut HashTable<u32>,
    hasher: &foldhash::fast::FixedState,
) -> u32 {
    let hash = hasher.hash_one(word);
    if let Some(code) = known.find(hash, |code| words[*code as usize] == word) {
        return *code;
    }
    let code = words.len() as u32;
    words.push(word.to_owned());
    known.insert_unique(hash, code, |c| hasher.hash_one(words[*c as usize].as_str()));
    code
}
