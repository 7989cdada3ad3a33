//! Reading: blocks of a file are parsed by several threads into tables; the report says what became of every row.

mod blocks;
mod identity;
mod parse;
mod plan;
mod tally;
mod words;
mod worker;

use crate::file::{OpenError, SourceFile};
use crate::mapping::{Mapping, MappingError};
use crate::names::NameSet;
use crate::presence::PresenceWindows;
use crate::refuse::{Refused, refuse};
use crate::roll::Roll;
use blocks::{Block, Stop};
use crossbeam_channel::bounded;
use identity::Identities;
use model::{ImportReport, OfficerIndex, SourceKind, Table};
use plan::Plan;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use tally::Tally;
use worker::Worker;
use zeroize::{Zeroize, ZeroizeOnDrop};

#[cfg(test)]
pub(crate) use parse::record as normal_record;

/// What the roll says about one officer, raw; to be sealed at once, wiped on drop.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct RawIdentity {
    pub officer_id: String,
    pub forenames: String,
    pub surname: String,
    pub contact: String,
    pub unit: String,
    pub rank: String,
    pub other_ids: Vec<String>,
}

/// The receiver's own error, passed through.
#[derive(Debug, thiserror::Error)]
#[error("what was read could not be stored")]
pub struct SinkError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Takes what an import yields; called from its threads.
pub trait Sink: Sync {
    /// Rows of the import in no order of batches; `Table::rows` says which they are.
    fn rows(&self, table: Table) -> Result<(), SinkError>;
    /// Once per officer of a roll, after all its rows: the latest identity.
    fn identity(&self, officer: OfficerIndex, identity: RawIdentity) -> Result<(), SinkError>;
}

/// How to read.
pub struct Options<'a> {
    /// Parsing threads; a roll is always read by one.
    pub threads: usize,
    /// First and last day of the gate's period; rows outside it are counted and left.
    pub period: (i32, i32),
    /// Rows of a table handed to the sink.
    pub batch_rows: usize,
    pub cancel: &'a AtomicBool,
    /// Hears bytes done, bytes in all, rows done.
    pub progress: &'a (dyn Fn(u64, u64, u64) + Sync),
    /// Needed for presence, ignored otherwise.
    pub presence: Option<&'a PresenceWindows>,
    /// Names to be found in texts.
    pub names: Option<&'a NameSet>,
    /// SHA-256 of the file: rows without a claim number are told apart by it.
    pub import_hash: [u8; 32],
}

/// Why an import stopped. What the sink got until then must be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Mapping(#[from] MappingError),
    #[error("{}", refusal(.0))]
    Refused(Vec<Refused>),
    #[error(
        "presence is kept only inside duties, claimed overtime and claimed office days: import those first"
    )]
    NoPresenceWindows,
    #[error("row {row} is longer than 1 MiB: a quotation mark may be missing")]
    LineTooLong { row: u64 },
    #[error("the file has more rows than one import can hold (4,294,967,294)")]
    TooManyRows,
    #[error("the import was cancelled")]
    Cancelled,
    #[error(transparent)]
    Sink(#[from] SinkError),
}

fn refusal(refused: &[Refused]) -> String {
    let each: Vec<String> = refused.iter().map(|r| format!("{:?} holds {}", r.header, r.why)).collect();
    format!("the mapping takes columns that may not be imported: {}", each.join("; "))
}

/// What all threads of one import share.
struct Shared<'a> {
    roll: &'a Roll,
    options: &'a Options<'a>,
    names: &'a NameSet,
    plans: &'a [Option<Plan>],
    mapping: &'a Mapping,
    sink: &'a dyn Sink,
    identities: &'a Identities,
    bytes: u64,
    done: AtomicU64,
    rows: AtomicU64,
    stopped: AtomicBool,
}

/// Reads every sheet the mapping fits and hands its rows to the sink.
pub fn read(
    file: &SourceFile,
    mapping: &Mapping,
    roll: &Roll,
    options: &Options<'_>,
    sink: &dyn Sink,
) -> Result<ImportReport, ReadError> {
    mapping.check()?;
    let refused = refuse(mapping, file);
    if !refused.is_empty() {
        return Err(ReadError::Refused(refused));
    }
    if mapping.kind == SourceKind::Presence && options.presence.is_none_or(PresenceWindows::is_empty) {
        return Err(ReadError::NoPresenceWindows);
    }
    let plans: Vec<Option<Plan>> = file.sheets.iter().map(|s| Plan::of(mapping, s)).collect();
    if plans.iter().all(Option::is_none) {
        return Err(MappingError::NoSheet(plan::first_absent(mapping, file.main_sheet())).into());
    }
    let (nobody, identities) = (NameSet::empty(), Identities::default());
    let shared = Shared {
        roll,
        options,
        names: options.names.unwrap_or(&nobody),
        plans: &plans,
        mapping,
        sink,
        identities: &identities,
        bytes: file.bytes,
        done: AtomicU64::new(0),
        rows: AtomicU64::new(0),
        stopped: AtomicBool::new(false),
    };
    let (starts, tally) = pool(file, &shared)?;
    let conflicts = identities.emit(sink)?;
    let mut report = tally.report(file, &shared, &starts);
    if conflicts > 0 {
        let sentence =
            format!("{conflicts} further ids of the roll already belong to another officer on those days.");
        report.remarks.push(sentence);
    }
    Ok(report)
}

/// Runs the reader on this thread and the parsers on others; returns the first ordinal of each sheet.
fn pool(file: &SourceFile, shared: &Shared<'_>) -> Result<(Vec<Option<u32>>, Tally), ReadError> {
    // A roll changes what ids mean as it is read: one thread keeps its order.
    let threads = if shared.mapping.kind == SourceKind::Officers { 1 } else { shared.options.threads.max(1) };
    let (send, receive) = bounded::<Block>(threads);
    let (give_back, spare) = bounded::<Vec<u8>>(threads * 2 + 2);
    let failure: Mutex<Option<ReadError>> = Mutex::new(None);
    let (produced, tallies) = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let (receive, give_back, failure) = (receive.clone(), give_back.clone(), &failure);
                scope.spawn(move || {
                    let mut worker = Worker::new(shared);
                    let outcome = worker.run(&receive, &give_back);
                    if let Err(error) = outcome {
                        shared.stopped.store(true, Ordering::Relaxed);
                        failure.lock().unwrap_or_else(|p| p.into_inner()).get_or_insert(error);
                    }
                    worker.into_tally()
                })
            })
            .collect();
        // Only the workers receive: when all have stopped, sending fails.
        drop(receive);
        let produced = blocks::produce(file, shared, &spare, &mut |block| {
            if shared.options.cancel.load(Ordering::Relaxed) || shared.stopped.load(Ordering::Relaxed) {
                return Err(Stop);
            }
            send.send(block).map_err(|_| Stop)
        });
        if produced.is_err() {
            shared.stopped.store(true, Ordering::Relaxed);
        }
        drop(send);
        let tallies: Vec<Tally> = workers
            .into_iter()
            .map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect();
        (produced, tallies)
    });
    if let Some(error) = failure.into_inner().unwrap_or_else(|p| p.into_inner()) {
        return Err(error);
    }
    if shared.options.cancel.load(Ordering::Relaxed) {
        return Err(ReadError::Cancelled);
    }
    let starts = produced?;
    (shared.options.progress)(shared.bytes, shared.bytes, shared.rows.load(Ordering::Relaxed));
    Ok((starts, tallies.into_iter().fold(Tally::new(shared.plans.len()), Tally::merge)))
}
