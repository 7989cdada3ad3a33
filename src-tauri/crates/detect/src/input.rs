//! What the engine hands in: segments, the people they are about, and how to run.

use model::{ImportId, OfficerIndex, Pseudonym, SourceKind, Table};
use std::sync::atomic::AtomicBool;

/// Why a partition's segments could not be read.
#[derive(Debug, thiserror::Error)]
#[error("partition {partition} of {kind} could not be read: {message}")]
pub struct LoadError {
    pub kind: SourceKind,
    pub partition: u32,
    /// What the store said, without user data.
    pub message: String,
}

/// Where the columns come from; the engine implements it over the store.
pub trait Segments: Sync {
    /// Number of partitions; an officer's rows are all in partition `index % partitions`.
    fn partitions(&self) -> u32;
    /// Every table of one kind in one partition, each with the import it came from.
    fn load(&self, kind: SourceKind, partition: u32) -> Result<Vec<(ImportId, Table)>, LoadError>;
}

/// Everyone in the store, by officer index.
#[derive(Debug, Clone, Default)]
pub struct People {
    pub pseudonyms: Vec<Pseudonym>,
    /// True where the officer is known only from rows, not from the roll.
    pub provisional: Vec<bool>,
}

impl People {
    /// The code of an officer, or `None` for nobody and for an index the store does not know.
    pub fn pseudonym(&self, officer: OfficerIndex) -> Option<Pseudonym> {
        self.pseudonyms.get(officer as usize).copied()
    }
}

/// How to run an analysis.
pub struct Options<'a> {
    /// IANA name of the zone whose civil days count.
    pub zone: String,
    /// Threads; 0 lets the pool decide. The result does not depend on it.
    pub threads: usize,
    /// Keys the unit codes; the same seed gives the same codes in every run.
    pub seed: u64,
    /// Earlier runs on the same data with other settings; each leaves less of the false-discovery budget to the next.
    pub previous_runs: u32,
    /// Memory for what crosses officers, in bytes; `CONTEXT_BYTES` suits a force.
    pub context_bytes: u64,
    /// Set to stop at the next partition.
    pub cancel: &'a AtomicBool,
    /// Called with steps done and steps in all.
    pub progress: &'a (dyn Fn(u32, u32) + Sync),
}
