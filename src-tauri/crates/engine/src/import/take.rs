//! One import: a file becomes segments, officers, sealed identities, a report and a ledger entry, in one transaction.

use super::hashed;
use crate::book;
use crate::jobs::Progress;
use crate::rows::{Scatter, Segment};
use crate::session::{PseudonymKeys, Session};
use crate::{Error, name_index, steps};
use contract::{ErrorCode, StartImport};
use crossbeam_channel::Receiver;
use intake::{Mapping, NameSet, PresenceWindows, PseudonymKey, RawIdentity, Roll, SinkError, SourceFile};
use model::{Gate, ImportId, ImportReport, OfficerIndex, SourceKind, SourceSchema, Table};
use std::path::Path;
use std::sync::Mutex;
use store::Tx;
use store::segments::Place;

/// Rows of a table between parsing and scattering.
const BATCH_ROWS: usize = 64 * 1024;
/// Finished segments waiting to be written.
const QUEUE: usize = 8;

/// Everything decided before a row is read.
pub(super) struct Plan<'a> {
    pub(super) session: &'a Session,
    pub(super) file: SourceFile,
    pub(super) mapping: Mapping,
    pub(super) gate: Gate,
    pub(super) period: (i32, i32),
    pub(super) sha: [u8; 32],
    pub(super) keys: PseudonymKeys,
    pub(super) progress: &'a Progress,
}

/// Imports one file. Returns the import's number. Whatever fails, the store stays as it was.
pub(crate) fn take(session: &Session, request: &StartImport, progress: &Progress) -> Result<u32, Error> {
    progress.step("Checking the file");
    let mapping = Mapping::parse(&request.mapping_toml)?;
    let schema = SourceSchema::of(mapping.kind);
    let period = request.gate.check(schema.special_category)?;
    let file = intake::open(Path::new(&request.path))?;
    let sha = hashed::sha256(session, &file.path, &|done| {
        progress.report(done, file.bytes, 0);
        progress.check().is_ok()
    })?;
    progress.check()?;
    if store::imports::find_file(&*session.reader(), &sha)?.is_some() {
        return Err(Error::new(
            ErrorCode::AlreadyImported,
            "This very file was imported before. Nothing was read.",
            "A corrected export is a new file; rows it shares with the old one are counted and skipped.",
        ));
    }
    let keys = session.pseudonym_keys()?;
    let plan = Plan { session, file, mapping, gate: request.gate.clone(), period, sha, keys, progress };
    if schema.audit_only { plan.run_apart() } else { plan.run() }
}

/// What the roll says about officers, held only until it is sealed at the end of reading.
pub(super) type Identities = Mutex<Vec<(OfficerIndex, RawIdentity)>>;

struct Intake<'a> {
    scatter: &'a Scatter,
    identities: &'a Identities,
}

impl intake::Sink for Intake<'_> {
    fn rows(&self, table: Table) -> Result<(), SinkError> {
        self.scatter.take(&table).map_err(|e| SinkError(Box::new(e)))
    }

    fn identity(&self, officer: OfficerIndex, who: RawIdentity) -> Result<(), SinkError> {
        self.identities.lock().map_err(|_| SinkError("a thread stopped".into()))?.push((officer, who));
        Ok(())
    }
}

impl Plan<'_> {
    fn run(self) -> Result<u32, Error> {
        let session = self.session;
        let names = name_index::load(&*session.reader(), &self.keys, session.id())?;
        let roll = self.roll()?;
        let windows = match self.mapping.kind {
            SourceKind::Presence => Some(self.presence_windows()?),
            _ => None,
        };
        let remarks = self.presence_remarks()?;
        let overlapping = self.overlapping()?;
        let (out, segments) = crossbeam_channel::bounded(QUEUE);
        let scatter = Scatter::new(self.mapping.kind, out, !overlapping.is_empty());
        self.remember(&scatter, &overlapping)?;
        let identities = Identities::default();
        self.progress.step("Reading rows");
        let mut store = session.store()?;
        let (id, head) = store.write(|tx| {
            let id = store::imports::next_id(tx)?;
            let read = std::thread::scope(|scope| {
                let reading =
                    scope.spawn(|| self.read(&roll, scatter, &identities, windows.as_ref(), &names));
                let written = write_segments(tx, id, self.mapping.kind, &segments);
                // A failed write must not leave the reader waiting for room in the queue.
                drop(segments);
                let read = reading.join().map_err(|_| {
                    Error::new(ErrorCode::Internal, "The import stopped.", "Nothing was kept.")
                })?;
                written.and(read)
            });
            let mut report = read?;
            report.remarks.extend(remarks);
            self.progress.step("Writing");
            steps::reached("import-segments");
            let head = self.keep(tx, id, report, roll, identities, None)?;
            steps::reached("import-kept");
            self.progress.check()?;
            Ok::<_, Error>((id, head))
        })?;
        drop(store);
        book::save_heads(session, &head)?;
        Ok(id.0)
    }

    pub(super) fn roll(&self) -> Result<Roll, Error> {
        let reader = self.session.reader();
        let officers =
            store::officers::all(&*reader)?.into_iter().map(|o| (o.pseudonym, o.provisional)).collect();
        let ids = store::officers::all_ids(&*reader)?
            .into_iter()
            .map(|i| intake::IdRow {
                id: intake::IdHash(i.id_hash),
                officer: i.officer,
                from_day: i.from_day,
                until_day: i.until_day,
            })
            .collect();
        Ok(Roll::new(&PseudonymKey::new(*self.keys.key), officers, ids))
    }

    /// Reads the whole file. Owns the scatter: when it returns, for whatever reason, the writer's queue ends.
    fn read(
        &self,
        roll: &Roll,
        scatter: Scatter,
        identities: &Identities,
        windows: Option<&PresenceWindows>,
        names: &NameSet,
    ) -> Result<ImportReport, Error> {
        let mut report = self.read_into(&Intake { scatter: &scatter, identities }, roll, windows, names)?;
        std::thread::scope(|scope| {
            let other = scope.spawn(|| scatter.finish());
            let mine = scatter.finish();
            other.join().map_err(|_| Error::cancelled())?.and(mine)
        })?;
        report.duplicate_rows = scatter.duplicates.load(std::sync::atomic::Ordering::Relaxed);
        report.rows_accepted -= report.duplicate_rows;
        Ok(report)
    }

    /// Hands every row of the file to a sink.
    pub(super) fn read_into(
        &self,
        sink: &dyn intake::Sink,
        roll: &Roll,
        windows: Option<&PresenceWindows>,
        names: &NameSet,
    ) -> Result<ImportReport, Error> {
        let options = intake::Options {
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            period: self.period,
            batch_rows: BATCH_ROWS,
            cancel: self.progress.cancel_flag(),
            progress: &|done, total, rows| self.progress.report(done, total, rows),
            presence: windows,
            names: Some(names),
            import_hash: self.sha,
        };
        intake::read(&self.file, &self.mapping, roll, &options, sink).map_err(|e| self.explain(e))
    }

    fn explain(&self, e: intake::ReadError) -> Error {
        self.progress.check().err().unwrap_or_else(|| e.into())
    }

    /// Imports of this kind whose rows may be the same rows again.
    fn overlapping(&self) -> Result<Vec<ImportId>, Error> {
        let all = store::imports::all(&*self.session.reader())?;
        let timeless =
            SourceSchema::of(self.mapping.kind).time.is_none() || self.mapping.kind == SourceKind::Officers;
        let same = all.into_iter().filter(|i| i.kind == self.mapping.kind);
        Ok(same
            .filter(|i| timeless || (i.first_day <= self.period.1 && i.last_day >= self.period.0))
            .map(|i| i.id)
            .collect())
    }

    fn remember(&self, scatter: &Scatter, imports: &[ImportId]) -> Result<(), Error> {
        let reader = self.session.reader();
        for import in imports {
            for partition in 0..model::PARTITIONS {
                self.progress.check()?;
                for segment in store::segments::of_import(&*reader, *import, self.mapping.kind, partition)? {
                    scatter.know(partition, &store::segment::decode(&segment.bytes, self.mapping.kind)?);
                }
            }
        }
        Ok(())
    }
}

fn write_segments(
    tx: &Tx<'_>,
    import: ImportId,
    kind: SourceKind,
    segments: &Receiver<Segment>,
) -> Result<(), Error> {
    let mut next = [0u32; model::PARTITIONS as usize];
    for segment in segments {
        let seq = &mut next[segment.partition as usize];
        let place = Place {
            import,
            kind,
            partition: segment.partition,
            seq: *seq,
            rows: segment.rows as u32,
            first_time: segment.first_time,
            last_time: segment.last_time,
        };
        store::segments::insert(tx, &place, &segment.bytes)?;
        *seq += 1;
    }
    Ok(())
}

impl From<intake::ReadError> for Error {
    fn from(e: intake::ReadError) -> Self {
        use intake::ReadError as E;
        let message = crate::error::sentence(&e);
        let kept = "Nothing of this file was kept; the store is as it was.";
        match e {
            E::NoPresenceWindows => Self::new(
                ErrorCode::PresenceFirst,
                message,
                "Import duties, overtime or office-day claims first.",
            ),
            E::Open(e) => e.into(),
            E::Mapping(e) => e.into(),
            E::Refused(_) => Self::new(
                ErrorCode::RefusedColumn,
                message,
                "Nothing was imported. Take the column out of the mapping.",
            ),
            E::LineTooLong { .. } => Self::new(ErrorCode::LineTooLong, message, kept),
            E::TooManyRows => Self::new(ErrorCode::Limit, message, kept),
            E::Cancelled => Self::cancelled(),
            E::Sink(e) => match e.0.downcast::<Error>() {
                Ok(inner) => *inner,
                Err(_) => Self::new(ErrorCode::Internal, message, kept),
            },
        }
    }
}
