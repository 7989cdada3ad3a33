//! A force written down row by row: the three-line examples of the indicators are made of it.

mod rows;

use crate::load;
use crate::profile::Profile;
use crate::{AnalyseError, Analysis, Cards, LoadError, Options, People, Segments, analyse};
use jiff::civil::DateTime;
use model::{Column, Finding, ImportId, OfficerIndex, Pseudonym, SourceKind, Subject, Table, time};
use std::sync::atomic::AtomicBool;

pub const LONDON: &str = "Europe/London";

/// One cell of a row.
#[derive(Debug, Clone)]
pub enum Cell {
    Instant(i64),
    Date(i32),
    Number(i64),
    Token(u64),
    Person(OfficerIndex),
    Word(String),
}

#[derive(Debug, Clone)]
struct Row {
    kind: SourceKind,
    officer: OfficerIndex,
    cells: Vec<(&'static str, Cell)>,
}

/// Officers and rows; every officer is a constable of one unit unless a test says otherwise.
#[derive(Debug, Clone)]
pub struct Force {
    units: Vec<String>,
    rows: Vec<Row>,
    /// Index under which the store knows each officer.
    numbering: Vec<OfficerIndex>,
    pub cards: Cards,
    pub threads: usize,
    pub previous_runs: u32,
    pub context_bytes: u64,
    /// Imports presence before everything else, against the advice.
    pub presence_first: bool,
}

fn moment(text: &str) -> i64 {
    let civil: DateTime = text.parse().expect("a civil time");
    civil.to_zoned(time::zone(LONDON).expect("bundled")).expect("a moment").timestamp().as_second()
}

fn day(text: &str) -> Cell {
    Cell::Date(time::parse_day(text).unwrap_or(model::NO_DATE))
}

fn at(text: &str) -> Cell {
    Cell::Instant(moment(text))
}

fn word(text: &str) -> Cell {
    Cell::Word(text.to_owned())
}

impl Force {
    pub fn of(officers: u32) -> Force {
        let numbering = (0..officers).collect();
        let units = vec!["Response 0".to_owned(); officers as usize];
        Force {
            units,
            rows: Vec::new(),
            numbering,
            cards: Cards::shipped(),
            threads: 2,
            previous_runs: 0,
            context_bytes: crate::CONTEXT_BYTES,
            presence_first: false,
        }
    }

    /// The code of an officer, whatever the store's numbering.
    pub fn code(officer: OfficerIndex) -> String {
        Force::pseudonym(officer).to_string()
    }

    fn pseudonym(officer: OfficerIndex) -> Pseudonym {
        let bits = (u64::from(officer) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Pseudonym::from_bits(bits ^ bits >> 29)
    }

    fn row(&mut self, kind: SourceKind, officer: OfficerIndex, cells: Vec<(&'static str, Cell)>) {
        self.rows.push(Row { kind, officer, cells });
    }

    pub fn unit(&mut self, who: OfficerIndex, unit: &str) {
        self.units[who as usize] = unit.to_owned();
    }

    /// Drops the last rows of a kind.
    pub fn drop_last(&mut self, kind: SourceKind, number: usize) {
        for _ in 0..number {
            let last = self.rows.iter().rposition(|r| r.kind == kind).expect("a row to drop");
            self.rows.remove(last);
        }
    }

    /// Reverses and interleaves the rows of the files.
    pub fn shuffle(&mut self) {
        self.rows.reverse();
        let (mut even, mut odd) = (Vec::new(), Vec::new());
        for (place, row) in self.rows.drain(..).enumerate() {
            if place % 3 == 0 { &mut even } else { &mut odd }.push(row);
        }
        even.append(&mut odd);
        self.rows = even;
    }

    /// Gives every officer another index in the store.
    pub fn renumber(&mut self) {
        self.numbering.reverse();
    }

    /// Leaves out the rows a finding cites, by kind and ordinal.
    pub fn without(&mut self, finding: &Finding) {
        let mut ordinal = std::collections::BTreeMap::new();
        let cited = |kind, row| finding.evidence.iter().any(|e| e.kind == kind && e.row == row);
        self.rows.retain(|row| {
            let next = ordinal.entry(row.kind).or_insert(0);
            *next += 1;
            !cited(row.kind, *next - 1)
        });
    }

    fn people(&self) -> People {
        let mut pseudonyms = vec![Pseudonym::from_bits(0); self.numbering.len()];
        for (officer, index) in self.numbering.iter().enumerate() {
            pseudonyms[*index as usize] = Force::pseudonym(officer as u32);
        }
        People { provisional: vec![false; pseudonyms.len()], pseudonyms }
    }

    fn run(&self) -> Result<Analysis, AnalyseError> {
        let cancel = AtomicBool::new(false);
        let progress = |_: u32, _: u32| {};
        let options = Options {
            zone: LONDON.to_owned(),
            threads: self.threads,
            seed: 7,
            previous_runs: self.previous_runs,
            context_bytes: self.context_bytes,
            cancel: &cancel,
            progress: &progress,
        };
        analyse(self, &self.people(), &self.cards, &options)
    }

    pub fn analyse(&self) -> Analysis {
        self.run().expect("an analysis")
    }

    /// Why the analysis did not run.
    pub fn refused(&self) -> AnalyseError {
        self.run().expect_err("no analysis")
    }

    /// The one finding of an indicator, which must be this officer's.
    pub fn only(&self, indicator: &str, who: OfficerIndex) -> Finding {
        let analysis = self.analyse();
        let findings = analysis.leads.iter().flat_map(|l| &l.findings).filter(|f| f.indicator == indicator);
        let mut findings: Vec<&Finding> = findings.collect();
        assert_eq!(findings.len(), 1, "{:?} {findings:#?}", analysis.skipped);
        assert_eq!(findings[0].subject, Subject::Officer(Force::pseudonym(who)));
        findings.remove(0).clone()
    }

    /// Whether an indicator ran and found nothing about the officer.
    pub fn none(&self, indicator: &str, who: OfficerIndex) -> bool {
        let analysis = self.analyse();
        assert!(!analysis.skipped.iter().any(|s| s.indicator == indicator), "{:?}", analysis.skipped);
        let mut findings = analysis.leads.iter().flat_map(|l| &l.findings);
        !findings.any(|f| f.indicator == indicator && f.subject == Subject::Officer(Force::pseudonym(who)))
    }

    /// One officer's profile as it is read.
    pub fn profile(&self, who: OfficerIndex) -> Profile {
        let index = self.numbering[who as usize];
        let partition = load::partition(self, index % self.partitions()).expect("read");
        partition.profiles.get(&index).expect("a profile").clone()
    }

    /// A line of the roll for every officer who has none of their own.
    fn roll(&self, table: &mut Table, index: OfficerIndex, row: u32) {
        let officer = self.numbering.iter().position(|i| *i == index).expect("numbered");
        if self.rows.iter().any(|r| r.kind == SourceKind::Officers && r.officer as usize == officer) {
            return;
        }
        let cells = [
            ("rank", word("Constable")),
            ("unit", word(&self.units[officer])),
            ("shift_pattern", word("Rotating")),
        ];
        push(table, index, row, &cells, &self.numbering);
    }
}

fn push(
    table: &mut Table,
    index: OfficerIndex,
    row: u32,
    cells: &[(&str, Cell)],
    numbering: &[OfficerIndex],
) {
    table.officers.push(index);
    table.rows.push(row);
    table.columns.iter_mut().for_each(Column::push_absent);
    let last = table.len() - 1;
    for (name, cell) in cells {
        let at = table.position(name).expect("a column of the kind");
        match (&mut table.columns[at], cell) {
            (Column::Instant(v), Cell::Instant(c)) => v[last] = *c,
            (Column::Date(v), Cell::Date(c)) => v[last] = *c,
            (Column::Number(v), Cell::Number(c)) => v[last] = *c,
            (Column::Token(v), Cell::Token(c)) => v[last] = *c,
            (Column::Person(v), Cell::Person(c)) => {
                v[last] = numbering.get(*c as usize).copied().unwrap_or(*c)
            }
            (Column::Words(w), Cell::Word(c)) => w.codes[last] = w.intern(c),
            (column, cell) => panic!("{name}: {cell:?} in {column:?}"),
        }
    }
}

impl Segments for Force {
    fn partitions(&self) -> u32 {
        4
    }

    /// Two segments per partition, as two imports would leave them.
    fn load(&self, kind: SourceKind, partition: u32) -> Result<Vec<(ImportId, Table)>, LoadError> {
        let mut tables = [Table::new(kind), Table::new(kind)];
        if kind == SourceKind::Officers {
            for index in (0..self.numbering.len() as u32).filter(|i| i % self.partitions() == partition) {
                self.roll(&mut tables[0], index, index);
            }
        }
        for (ordinal, row) in self.rows.iter().filter(|r| r.kind == kind).enumerate() {
            let index = self.numbering[row.officer as usize];
            if index % self.partitions() == partition {
                push(&mut tables[ordinal % 2], index, ordinal as u32, &row.cells, &self.numbering);
            }
        }
        let [first, second] = tables;
        let before = SourceKind::ALL.iter().position(|k| *k == kind).expect("listed") as u32 * 2;
        let before = if self.presence_first && kind == SourceKind::Presence { 0 } else { before };
        Ok(vec![(ImportId(before + 1), first), (ImportId(before + 2), second)])
    }
}
