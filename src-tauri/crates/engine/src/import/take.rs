//! One import: a file becomes segments, officers, sealed identities, a report and a ledger entry, in one transaction.

use crate::book;
use crate::jobs::Progress;
use crate::record::Entry;
use crate::rows::{Scatter, Segment};
use crate::session::{PseudonymKeys, Session};
use crate::{Error, name_index, steps};
use contract::{ErrorCode, StartImport};
use crossbeam_channel::Receiver;
use intake::{Mapping, NameSet, PresenceBuilder, PresenceWindows, PseudonymKey, RawIdentity, Roll, SinkError, SourceFile};
use ledger::Kind;
use rayon::prelude::*;
use model::{Gate, ImportId, ImportReport, OfficerIndex, SourceKind, SourceSchema, Table};
use std::path::Path;
use std::sync::Mutex;
use store::identities::SealedIdentity;
use store::imports::Import;
use store::segments::Place;
use store::Tx;

/// An import that touches fewer officers needs the custodian: a one-row file would tell whose code is whose.
const FEWEST_OFFICERS: u64 = 10;
/// Rows of a table between parsing and scattering.
const BATCH_ROWS: usize = 64 * 1024;
/// Finished segments waiting to be written.
const QUEUE: usize = 8;

/// Everything decided before a row is read.
struct Plan<'a> {
    session: &'a Session,
    file: SourceFile,
    mapping: Mapping,
    gate: Gate,
    period: (i32, i32),
    sha: [u8; 32],
    keys: PseudonymKeys,
    progress: &'a Progress,
}

/// Imports one file. Returns the import's number. Whatever fails, the store stays as it was.
pub(crate) fn take(session: &Session, request: &StartImport, progress: &Progress) -> Result<u32, Error> {
    progress.step("Checking the file");
    let mapping = Mapping::parse(&request.mapping_toml)?;
    let schema = SourceSchema::of(mapping.kind);
    let period = request.gate.check(schema.special_category)?;
    let file = intake::open(Path::new(&request.path))?;
    let sha = intake::sha256(&file.path, &|done| {
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
    plan.run()
}

/// What the roll says about officers, held only until it is sealed at the end of reading.
type Identities = Mutex<Vec<(OfficerIndex, RawIdentity)>>;

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
                let reading = scope.spawn(|| self.read(&roll, scatter, &identities, windows.as_ref(), &names));
                let written = write_segments(tx, id, self.mapping.kind, &segments);
                // A failed write must not leave the reader waiting for room in the queue.
                drop(segments);
                let read = reading.join().map_err(|_| Error::new(ErrorCode::Internal, "The import stopped.", "Nothing was kept."))?;
                written.and(read)
            });
            let report = read?;
            self.progress.step("Writing");
            steps::reached("import-segments");
            let head = self.keep(tx, id, report, roll, identities)?;
            steps::reached("import-kept");
            self.progress.check()?;
            Ok::<_, Error>((id, head))
        })?;
        drop(store);
        book::save_heads(session, &head)?;
        Ok(id.0)
    }

    fn roll(&self) -> Result<Roll, Error> {
        let reader = self.session.reader();
        let officers = store::officers::all(&*reader)?.into_iter().map(|o| (o.pseudonym, o.provisional)).collect();
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
        let sink = Intake { scatter: &scatter, identities };
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
        let report = intake::read(&self.file, &self.mapping, roll, &options, &sink);
        let mut report = report.map_err(|e| self.explain(e))?;
        std::thread::scope(|scope| {
            let other = scope.spawn(|| scatter.finish());
            let mine = scatter.finish();
            other.join().map_err(|_| Error::cancelled())?.and(mine)
        })?;
        report.duplicate_rows = scatter.duplicates.load(std::sync::atomic::Ordering::Relaxed);
        report.rows_accepted -= report.duplicate_rows;
        Ok(report)
    }

    fn explain(&self, e: intake::ReadError) -> Error {
        self.progress.check().err().unwrap_or_else(|| e.into())
    }

    /// Imports of this kind whose rows may be the same rows again.
    fn overlapping(&self) -> Result<Vec<ImportId>, Error> {
        let all = store::imports::all(&*self.session.reader())?;
        let timeless = SourceSchema::of(self.mapping.kind).time.is_none() || self.mapping.kind == SourceKind::Officers;
        let same = all.into_iter().filter(|i| i.kind == self.mapping.kind);
        Ok(same.filter(|i| timeless || (i.first_day <= self.period.1 && i.last_day >= self.period.0)).map(|i| i.id).collect())
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

    /// Duties, claimed overtime and claimed office days: the only moments presence may be kept for.
    fn presence_windows(&self) -> Result<PresenceWindows, Error> {
        self.progress.step("Looking up duties, overtime and office days");
        let reader = self.session.reader();
        let zone = model::time::zone(&self.mapping.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let mut windows = PresenceBuilder::default();
        for partition in 0..model::PARTITIONS {
            self.progress.check()?;
            for (kind, start, end) in [(SourceKind::Duties, "start", "end"), (SourceKind::Overtime, "worked_start", "worked_end")] {
                for segment in store::segments::of_partition(&*reader, kind, partition)? {
                    let table = store::segment::decode(&segment.bytes, kind)?;
                    let kinds = table.words("kind");
                    for row in 0..table.len() {
                        let off = kind == SourceKind::Duties && kinds.is_some_and(|k| matches!(k.get(row), "rest" | "leave"));
                        if !off {
                            windows.add(table.officers[row], table.instants(start)[row], table.instants(end)[row]);
                        }
                    }
                }
            }
            for segment in store::segments::of_partition(&*reader, SourceKind::AttendanceClaims, partition)? {
                let table = store::segment::decode(&segment.bytes, SourceKind::AttendanceClaims)?;
                let places = table.words("place");
                for row in 0..table.len() {
                    if places.is_some_and(|p| p.get(row) == "office") {
                        let day = table.dates("date")[row];
                        let (start, end) = (model::time::start_of_day(day, &zone), model::time::start_of_day(day + 1, &zone));
                        windows.add(table.officers[row], start, end);
                    }
                }
            }
        }
        Ok(windows.build())
    }

    /// The rest of the transaction: officers, ids, identities, name index, mapping, report, ledger entry.
    fn keep(&self, tx: &Tx<'_>, id: ImportId, report: ImportReport, roll: Roll, identities: Identities) -> Result<crate::home::Head, Error> {
        if report.rows_accepted == 0 && report.duplicate_rows == 0 {
            return Err(Error::new(
                ErrorCode::NothingAccepted,
                format!("None of the {} rows could be accepted. Nothing was kept.", report.rows_read),
                first_reason(&report),
            ));
        }
        let custodian = self.session.member.role() == seal::Role::Custodian;
        if report.officers < FEWEST_OFFICERS && !custodian {
            return Err(Error::new(
                ErrorCode::NeedsCustodian,
                format!("This file holds rows of {} officers: with fewer than {FEWEST_OFFICERS}, its codes could be told apart. Nothing was kept.", report.officers),
                "Let the data custodian import it, or import it together with others.",
            ));
        }
        let sealed = self.seal(&roll, identities)?;
        let changes = roll.into_changes();
        let new: Vec<_> = changes
            .officers
            .iter()
            .map(|o| store::officers::Officer { index: o.index, pseudonym: o.pseudonym, provisional: o.provisional, first_import: id })
            .collect();
        store::officers::insert(tx, &new)?;
        store::officers::confirm(tx, &changes.confirmed)?;
        let ids: Vec<_> = changes
            .ids
            .iter()
            .map(|i| store::officers::OfficerId { id_hash: i.id.0, officer: i.officer, from_day: i.from_day, until_day: i.until_day })
            .collect();
        store::officers::put_ids(tx, &ids)?;
        let root = match sealed {
            Some((identities, names)) => {
                name_index::save(tx, &self.keys, self.session.id(), id, &names)?;
                Some(keep_identities(tx, id, identities)?)
            }
            None => None,
        };
        self.keep_import(tx, id, &report)?;
        let entry = self.entry(id, &report, root);
        let (seqs, head) = book::append(self.session, tx, vec![entry])?;
        store::meta::put(tx, &entry_key(id), seqs[0].to_string().as_bytes())?;
        Ok(head)
    }

    /// Seals every identity to the vault, on all cores, and gathers their names for the index.
    fn seal(&self, roll: &Roll, identities: Identities) -> Result<Option<(Vec<(OfficerIndex, Vec<u8>)>, NameSet)>, Error> {
        let mut all = identities.into_inner().unwrap_or_else(|held| held.into_inner());
        if all.is_empty() {
            return Ok(None);
        }
        self.progress.step("Sealing identities");
        all.sort_unstable_by_key(|(officer, _)| *officer);
        let code = |officer| roll.pseudonym(officer).ok_or_else(|| Error::not_found("officer"));
        let (vault, store) = (&self.session.facts.vault, self.session.id());
        let seal = |(officer, who): &(OfficerIndex, RawIdentity)| -> Result<(OfficerIndex, Vec<u8>), Error> {
            self.progress.check()?;
            let mut fields = seal::IdentityFields::default();
            fields.officer_id.clone_from(&who.officer_id);
            fields.forenames.clone_from(&who.forenames);
            fields.surname.clone_from(&who.surname);
            fields.unit.clone_from(&who.unit);
            fields.rank.clone_from(&who.rank);
            fields.contact.clone_from(&who.contact);
            fields.other_ids.clone_from(&who.other_ids);
            Ok((*officer, vault.seal_identity(store, &code(*officer)?.to_string(), &fields)?))
        };
        let sealed = all.par_iter().map(seal).collect::<Result<Vec<_>, Error>>()?;
        let coded = all.iter().map(|(officer, who)| Ok((code(*officer)?, who))).collect::<Result<Vec<_>, Error>>()?;
        Ok(Some((sealed, NameSet::build(coded))))
    }

    fn keep_import(&self, tx: &Tx<'_>, id: ImportId, report: &ImportReport) -> Result<(), Error> {
        let names = name_index::load(tx, &self.keys, self.session.id())?;
        let shape = intake::shape_hash(&self.file.main_sheet().headers);
        let toml = self.mapping.to_toml();
        let name = names.scrub(&self.mapping.name).text;
        store::mappings::put(tx, &store::mappings::SavedMapping { shape: shape.to_vec(), name, toml: toml.clone() })?;
        let file_name = self.file.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let import = Import {
            id,
            kind: self.mapping.kind,
            file: names.scrub(&file_name).text,
            sha256: self.sha,
            mapping_toml: toml,
            gate_json: serde_json::to_string(&self.gate)?,
            report_json: serde_json::to_string(report)?,
            at: self.session.clock.now(),
            by: self.session.by().to_owned(),
            first_day: report.first_day.unwrap_or(self.period.0),
            last_day: report.last_day.unwrap_or(self.period.1),
            rows: report.rows_accepted,
            zone: self.mapping.zone.clone(),
        };
        Ok(store::imports::insert(tx, &import)?)
    }

    fn entry(&self, id: ImportId, report: &ImportReport, root: Option<ledger::Hash>) -> Entry {
        let cut = |text: &str| text.chars().take(200).collect::<String>();
        let dropped: Vec<String> = report.dropped_columns.iter().take(20).map(|c| cut(&c.header).chars().take(40).collect()).collect();
        let mut entry = Entry::new(Kind::Collection)
            .with("import", id.0)
            .with("source", self.mapping.kind.as_str())
            .with("sha256", ledger::Hash(self.sha).hex())
            .with("rows_read", report.rows_read)
            .with("rows_accepted", report.rows_accepted)
            .with("rows_rejected", report.rows_rejected())
            .with("dropped_columns", report.dropped_columns.len() as u64)
            .with("dropped_names", dropped)
            .with("lawful_basis", cut(&self.gate.lawful_basis))
            .with("necessity", cut(&self.gate.necessity))
            .with("alternative", cut(&self.gate.less_intrusive_alternative))
            .with("dpia", cut(&self.gate.dpia_reference))
            .with("regime", match self.gate.regime { model::Regime::UkGdpr => "uk_gdpr", model::Regime::Part3 => "part3" })
            .with("from", model::time::iso_day(self.period.0))
            .with("until", model::time::iso_day(self.period.1));
        if !self.gate.special_category_condition.trim().is_empty() {
            entry = entry.with("condition", cut(&self.gate.special_category_condition));
        }
        if let Some(root) = root {
            entry = entry.with("identities_root", root.to_string());
        }
        entry
    }
}

/// Where `meta` keeps the number of an import's ledger entry; a hint, checked against the entry itself.
pub(crate) fn entry_key(id: ImportId) -> String {
    format!("collection:{}", id.0)
}

fn first_reason(report: &ImportReport) -> String {
    match report.rejected.iter().max_by_key(|r| r.count) {
        Some(r) => format!("Most rows: {} in column {}. Check kind, mapping and period.", r.reason, r.column),
        None if report.outside_period > 0 => "All rows lie outside the period of the gate.".into(),
        None => "Check kind, mapping and period.".into(),
    }
}

fn write_segments(tx: &Tx<'_>, import: ImportId, kind: SourceKind, segments: &Receiver<Segment>) -> Result<(), Error> {
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

/// Stores the sealed identities in officer order and returns the root over them.
fn keep_identities(tx: &Tx<'_>, import: ImportId, sealed: Vec<(OfficerIndex, Vec<u8>)>) -> Result<ledger::Hash, Error> {
    let rows = sealed.into_iter().enumerate().map(|(leaf, (officer, sealed))| {
        let hash = ledger::leaf_hash(&sealed).0;
        SealedIdentity { officer, import, leaf: leaf as u32, hash, sealed }
    });
    let rows: Vec<SealedIdentity> = rows.collect();
    let leaves: Vec<ledger::Hash> = rows.iter().map(|r| ledger::Hash(r.hash)).collect();
    store::identities::insert(tx, &rows)?;
    Ok(ledger::identities_root(&leaves))
}

impl From<intake::ReadError> for Error {
    fn from(e: intake::ReadError) -> Self {
        use intake::ReadError as E;
        let message = crate::error::sentence(&e);
        let kept = "Nothing of this file was kept; the store is as it was.";
        match e {
            E::NoPresenceWindows => {
                Self::new(ErrorCode::PresenceFirst, message, "Import duties, overtime or office-day claims first.")
            }
            E::Open(e) => e.into(),
            E::Mapping(e) => e.into(),
            E::Refused(_) => Self::new(ErrorCode::RefusedColumn, message, "Nothing was imported. Take the column out of the mapping."),
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
