//! Made-up forces of `demo`, analysed in memory by the same function the product calls.

use demo::{Force, Label};
use detect::{Analysis, Cards, LeadDraft, LoadError, Options, People, Segments, analyse};
use model::{Column, Finding, ImportId, OfficerIndex, Pseudonym, SourceKind, Subject, Table, Words};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::AtomicBool;

/// Rows left out of a run, by kind and row number.
pub type Without = BTreeMap<SourceKind, BTreeSet<u32>>;

struct Rows<'a> {
    force: &'a Force,
    without: &'a Without,
}

impl Segments for Rows<'_> {
    fn partitions(&self) -> u32 {
        self.force.partitions()
    }

    fn load(&self, kind: SourceKind, partition: u32) -> Result<Vec<(ImportId, Table)>, LoadError> {
        let mut table = self.force.table(kind, partition);
        if let Some(gone) = self.without.get(&kind) {
            table = kept(&table, |row| !gone.contains(&row));
        }
        // Imported in the order of the kinds, as a force is told to: presence after the claims it is held against.
        Ok(vec![(ImportId(kind as u32 + 1), table)])
    }
}

/// A table without some of its rows.
fn kept(table: &Table, keep: impl Fn(u32) -> bool) -> Table {
    let places: Vec<usize> = (0..table.len()).filter(|at| keep(table.rows[*at])).collect();
    fn pick<T: Copy>(from: &[T], places: &[usize]) -> Vec<T> {
        places.iter().map(|at| from[*at]).collect()
    }
    let column = |column: &Column| match column {
        Column::Instant(v) => Column::Instant(pick(v, &places)),
        Column::Date(v) => Column::Date(pick(v, &places)),
        Column::Number(v) => Column::Number(pick(v, &places)),
        Column::Token(v) => Column::Token(pick(v, &places)),
        Column::Person(v) => Column::Person(pick(v, &places)),
        Column::Words(w) => Column::Words(Words { codes: pick(&w.codes, &places), words: w.words.clone() }),
    };
    Table {
        kind: table.kind,
        officers: pick(&table.officers, &places),
        rows: pick(&table.rows, &places),
        columns: table.columns.iter().map(column).collect(),
    }
}

/// One analysed force.
pub struct Analysed {
    pub force: Force,
    pub analysis: Analysis,
    codes: HashMap<Pseudonym, OfficerIndex>,
    seed: u64,
}

/// Analyses a force, some rows left out.
pub fn run(force: &Force, without: &Without, seed: u64) -> Analysis {
    let pseudonyms = force.pseudonyms();
    let people = People { provisional: vec![false; pseudonyms.len()], pseudonyms };
    let cancel = AtomicBool::new(false);
    let options = Options {
        zone: model::time::DEFAULT_ZONE.to_owned(),
        threads: 0,
        seed,
        previous_runs: 0,
        context_bytes: detect::CONTEXT_BYTES,
        cancel: &cancel,
        progress: &|_, _| {},
    };
    analyse(&Rows { force, without }, &people, &Cards::shipped(), &options)
        .expect("a made-up force has no segment that cannot be read, and nobody cancels")
}

impl Analysed {
    pub fn new(force: Force, seed: u64) -> Analysed {
        let analysis = run(&force, &Without::new(), seed);
        let codes = force.pseudonyms().into_iter().enumerate().map(|(at, p)| (p, at as u32)).collect();
        Analysed { force, analysis, codes, seed }
    }

    /// Officers a lead is about; nobody for a unit.
    pub fn members(&self, lead: &LeadDraft) -> Vec<OfficerIndex> {
        lead.subject.members().iter().filter_map(|p| self.codes.get(p).copied()).collect()
    }

    /// Whether a lead is about the officer or the unit of a label.
    pub fn is_about(&self, lead: &LeadDraft, label: &Label) -> bool {
        match (&lead.subject, label.officer, &label.unit) {
            (Subject::Unit(code), _, Some(unit)) => {
                // A code is lengthened where two units would share it.
                detect::unit_codes([unit.as_str()].into_iter(), self.seed)
                    .values()
                    .any(|own| code.starts_with(own))
            }
            (_, Some(officer), _) => self.members(lead).contains(&officer),
            _ => false,
        }
    }

    /// Labels of what was planted, or of what only looks like it.
    pub fn labels(&self, planted: bool) -> impl Iterator<Item = &Label> {
        self.force.labels().iter().filter(move |l| l.planted == planted)
    }

    /// What was planted in those a lead is about.
    pub fn planted_in(&self, lead: &LeadDraft) -> impl Iterator<Item = &Label> {
        self.labels(true).filter(move |label| self.is_about(lead, label))
    }
}

/// The rows a finding cites.
pub fn cited<'a>(findings: impl Iterator<Item = &'a Finding>) -> Without {
    let mut rows = Without::new();
    for row in findings.flat_map(|f| &f.evidence) {
        rows.entry(row.kind).or_default().insert(row.row);
    }
    rows
}
