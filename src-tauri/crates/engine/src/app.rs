//! The program behind both faces: one method per command of the contract.

use crate::jobs::{Jobs, Progress};
use crate::session::{Session, member_view, parse_role};
use crate::unmask::Shown;
use crate::{
    Clock, Error, Home, analyse, create, end, entries, import, lead, life, links, members, overview,
    patterns, restore,
};
use contract::*;
use crossbeam_channel::{Receiver, Sender};
use ledger::Kind;
use model::{ImportId, LeadId};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

mod access;
mod handover;
mod names;
mod packs;
mod review;

/// What the faces must react to without having asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Keys are gone: pages must be reloaded.
    Locked,
    /// A shown name must go.
    Remasked { seq: u64 },
}

/// The running program: at most one open store, its jobs, and the names being shown.
pub struct App {
    home: Home,
    clock: Arc<dyn Clock>,
    session: Mutex<Option<Arc<Session>>>,
    /// The profile unlocked without a store.
    desk: Mutex<Option<Arc<seal::Member>>>,
    shown: Mutex<Vec<Shown>>,
    /// Masked, and the entry that says so not yet written.
    masked: Mutex<Vec<(Shown, Kind, String)>>,
    jobs: Jobs,
    touched: AtomicI64,
    out: Sender<Event>,
    events: Receiver<Event>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl App {
    pub fn start(home: Home, clock: Arc<dyn Clock>) -> Self {
        let (out, events) = crossbeam_channel::unbounded();
        let touched = AtomicI64::new(clock.now());
        Self {
            home,
            clock,
            session: Mutex::default(),
            desk: Mutex::default(),
            shown: Mutex::default(),
            masked: Mutex::default(),
            jobs: Jobs::default(),
            touched,
            out,
            events,
        }
    }

    /// Where locks and re-maskings are announced.
    pub fn events(&self) -> Receiver<Event> {
        self.events.clone()
    }

    pub(crate) fn home(&self) -> &Home {
        &self.home
    }
    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    pub(crate) fn session(&self) -> Result<Arc<Session>, Error> {
        held(&self.session)
            .clone()
            .ok_or_else(|| Error::new(ErrorCode::Locked, "No store is open.", "Open one first."))
    }

    fn install(&self, session: Session) -> Arc<Session> {
        let session = Arc::new(session);
        self.touched.store(self.clock.now(), Ordering::Relaxed);
        *held(&self.session) = Some(Arc::clone(&session));
        session
    }

    /// To be called every second: masks names whose time is up, locks after idle minutes.
    pub fn tick(&self) {
        let now = self.clock.now();
        let _ = self.mask(|shown| shown.until <= now, Kind::UnmaskExpired, "time");
        let idle = now - self.touched.load(Ordering::Relaxed);
        let limit = i64::from(self.home.settings().lock_minutes) * 60;
        // A running job is not idleness; a clock set back must not keep the store open for ever.
        let open = held(&self.session).is_some() || held(&self.desk).is_some();
        if open && !self.jobs.is_running() && !(0..limit).contains(&idle) {
            let _ = self.lock();
        }
    }

    pub fn status(&self) -> Result<Status, Error> {
        let member = seal::profile::card(self.home.folder()).ok().map(|card| member_view(&card));
        let store = match &*held(&self.session) {
            Some(session) => Some(life::view(session)?),
            None => None,
        };
        Ok(Status {
            version: env!("CARGO_PKG_VERSION").into(),
            member,
            desk: held(&self.desk).is_some(),
            store,
            recent: self.home.recent(),
            settings: self.home.settings(),
            wait_seconds: self.home.wait_seconds(self.clock.now()),
            stores_folder: self.home.stores().display().to_string(),
        })
    }

    pub fn create_profile(&self, r: CreateProfile) -> Result<MemberView, Error> {
        let passphrase = seal::Passphrase::chosen(r.passphrase).map_err(|e| {
            Error::new(ErrorCode::WeakPassphrase, crate::error::sentence(e), "Nothing was written.")
        })?;
        let member =
            seal::profile::create(self.home.folder(), r.name.trim(), parse_role(&r.role)?, &passphrase)?;
        Ok(member_view(member.card()))
    }

    pub fn save_card(&self, r: SavePath) -> Result<(), Error> {
        let text = match &*held(&self.session) {
            Some(session) => session.member.card().to_text(),
            None => seal::profile::card(self.home.folder())
                .map_err(|e| {
                    Error::new(ErrorCode::NoProfile, crate::error::sentence(e), "Make a profile first.")
                })?
                .to_text(),
        };
        Ok(store::folder::write_atomic(Path::new(&r.path), text.as_bytes())?)
    }

    pub fn create_store(&self, r: CreateStore) -> Result<CreatedStore, Error> {
        self.jobs.stop_all();
        self.create_store_beside(r)
    }

    /// The same from inside a job, which must not wait for itself.
    pub(crate) fn create_store_beside(&self, mut r: CreateStore) -> Result<CreatedStore, Error> {
        self.close()?;
        let member = life::unlock(&self.home, &*self.clock, None, std::mem::take(&mut r.passphrase))?;
        let (session, created) = create::create(&self.home, Arc::clone(&self.clock), member, &r)?;
        self.install(session);
        Ok(created)
    }

    pub fn open_store(&self, mut r: OpenStore) -> Result<StoreView, Error> {
        self.lock()?;
        let path = PathBuf::from(&r.path);
        store::rekey::settle(&path)?;
        let id = life::store_id(&path)?;
        let member = life::unlock(&self.home, &*self.clock, Some(&id), std::mem::take(&mut r.passphrase))?;
        self.open_as(member, &path)
    }

    /// Opens a store for a member, unless its time is over; where somebody left, under a new key.
    fn open_as(&self, member: Arc<seal::Member>, path: &Path) -> Result<StoreView, Error> {
        let open = || life::open(&self.home, Arc::clone(&self.clock), Arc::clone(&member), path);
        let session = open()?;
        if let Some(ending) = end::overdue(&session)? {
            session.close()?;
            end::destroy(&ending.secrets)?;
            return Err(Error::new(
                ErrorCode::PolicyForbids,
                "The end date of this store has long passed: its keys were destroyed, as it said they would be.",
                format!("Its ledger can still be verified: {}", ending.ended.ledger),
            ));
        }
        let session = self.install(members::settled(session, open)?);
        life::view(&session)
    }

    pub fn restore_store(&self, mut r: RestoreStore) -> Result<StoreView, Error> {
        self.lock()?;
        let member = life::unlock(&self.home, &*self.clock, None, std::mem::take(&mut r.passphrase))?;
        let (backup, target) = (Path::new(&r.backup), Path::new(&r.path));
        let restored = restore::restore(&self.home, Arc::clone(&self.clock), member, backup, target)?;
        let session = self.install(restored);
        life::view(&session)
    }

    /// Stops jobs, masks names, drops keys and closes the store.
    pub fn lock(&self) -> Result<(), Error> {
        if held(&self.desk).take().is_some() {
            let _ = self.out.send(Event::Locked);
        }
        if held(&self.session).is_none() {
            return Ok(());
        }
        self.jobs.stop_all();
        self.close()
    }

    fn close(&self) -> Result<(), Error> {
        // Without an open store nothing was lost, and a page that is making one must not be thrown away.
        if held(&self.session).is_some() {
            let _ = self.out.send(Event::Locked);
        }
        self.put_away()
    }

    /// Closes the store without telling the window.
    fn put_away(&self) -> Result<(), Error> {
        let _ = self.mask(|_| true, Kind::UnmaskRemasked, "lock");
        // What could not be written is found when the store is opened next.
        held(&self.masked).clear();
        let session = held(&self.session).take();
        let Some(mut session) = session else { return Ok(()) };
        for _ in 0..100 {
            match Arc::try_unwrap(session) {
                Ok(session) => return session.close(),
                // Another command still reads.
                Err(shared) => session = shared,
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        // The last one to let go closes the store.
        Ok(())
    }

    pub fn touch(&self) -> Result<(), Error> {
        self.touched.store(self.clock.now(), Ordering::Relaxed);
        Ok(())
    }

    pub fn try_demo(self: &Arc<Self>, r: TryDemo) -> Result<Job, Error> {
        let app = Arc::clone(self);
        let job = self
            .jobs
            .start("Making a made-up force", move |progress| crate::trial::make(&app, r, progress))?;
        Ok(Job { job })
    }

    pub fn job(&self, r: Job) -> Result<JobView, Error> {
        self.jobs.view(r.job)
    }
    pub fn jobs(&self) -> Result<Vec<JobView>, Error> {
        Ok(self.jobs.list())
    }
    pub fn cancel_job(&self, r: Job) -> Result<(), Error> {
        self.jobs.cancel(r.job)
    }

    pub fn save_settings(&self, r: Settings) -> Result<Settings, Error> {
        self.home.save_settings(r)
    }
    pub fn overview(&self) -> Result<Overview, Error> {
        overview::get(&*self.session()?)
    }
    pub fn backup_store(&self, r: SavePath) -> Result<(), Error> {
        life::backup(&*self.session()?, Path::new(&r.path))
    }

    pub fn inspect_file(&self, r: InspectFile) -> Result<ImportProposal, Error> {
        import::inspect(&*self.importing()?, &r)
    }
    pub fn remap_column(&self, r: RemapColumn) -> Result<ImportProposal, Error> {
        import::remap(&*self.importing()?, &r)
    }
    pub fn rezone_mapping(&self, r: RezoneMapping) -> Result<ImportProposal, Error> {
        import::rezone(&*self.importing()?, &r)
    }
    pub fn save_mapping(&self, r: SaveMapping) -> Result<(), Error> {
        import::save_mapping(&r.mapping_toml, &r.path)
    }
    pub fn start_import(&self, r: StartImport) -> Result<Job, Error> {
        let session = self.importing()?;
        let job = self.jobs.start("Importing", move |progress| import::take(&session, &r, progress))?;
        Ok(Job { job })
    }
    /// The same import in the foreground, for the command line.
    pub fn import_now(&self, r: &StartImport) -> Result<u32, Error> {
        import::take(&*self.importing()?, r, &Progress::quiet())
    }
    pub fn imports(&self) -> Result<Vec<ImportView>, Error> {
        import::list(&*self.session()?)
    }
    pub fn import_report(&self, r: ImportRef) -> Result<ImportReportView, Error> {
        import::report_view(&*self.session()?, ImportId(r.import))
    }
    pub fn save_report(&self, r: SaveReport) -> Result<(), Error> {
        let text = import::report_text(&*self.session()?, ImportId(r.import))?;
        Ok(store::folder::write_atomic(Path::new(&r.path), text.as_bytes())?)
    }

    pub fn link_proposals(&self) -> Result<Vec<LinkProposalView>, Error> {
        links::list(&*self.session()?)
    }
    pub fn decide_link(&self, r: DecideLink) -> Result<Vec<LinkProposalView>, Error> {
        links::decide(&*self.session()?, &r)
    }

    pub fn start_analysis(&self) -> Result<Job, Error> {
        let session = self.session()?;
        let job = self.jobs.start("Analysing", move |progress| analyse::run(&session, progress))?;
        Ok(Job { job })
    }
    /// The same analysis in the foreground, for the command line.
    pub fn analyse_now(&self) -> Result<u32, Error> {
        analyse::run(&*self.session()?, &Progress::quiet())
    }
    pub fn last_run(&self) -> Result<Option<RunView>, Error> {
        analyse::last(&*self.session()?.reader())
    }

    pub fn leads(&self, r: LeadsQuery) -> Result<LeadPage, Error> {
        lead::page(&*self.reviewing()?, &r)
    }
    pub fn lead(&self, r: LeadRef) -> Result<LeadView, Error> {
        lead::get(&*self.reviewing()?, r.lead.parse()?)
    }
    pub fn evidence(&self, r: EvidenceQuery) -> Result<EvidencePage, Error> {
        lead::evidence(&*self.reviewing()?, &r)
    }
    fn after(&self, done: impl FnOnce(&Session) -> Result<LeadId, Error>) -> Result<LeadView, Error> {
        let session = self.reviewing()?;
        let id = done(&session)?;
        lead::get(&session, id)
    }
    pub fn decide(&self, r: Decide) -> Result<LeadView, Error> {
        self.after(|s| lead::decide(s, &r))
    }
    pub fn undo_decision(&self, r: LeadRef) -> Result<LeadView, Error> {
        self.after(|s| lead::undo(s, &r.lead))
    }
    pub fn add_note(&self, r: AddNote) -> Result<LeadView, Error> {
        self.after(|s| lead::add_note(s, &r))
    }

    pub fn ledger(&self, r: LedgerQuery) -> Result<LedgerPage, Error> {
        entries::page(&*self.reviewing()?, &r)
    }
    pub fn ledger_patterns(&self) -> Result<LedgerPatterns, Error> {
        patterns::get(&*self.reviewing()?)
    }
    pub fn verify_ledger(&self) -> Result<Verification, Error> {
        entries::verify(&*self.session()?)
    }
    pub fn export_ledger(&self, r: SavePath) -> Result<(), Error> {
        Ok(store::folder::write_atomic(Path::new(&r.path), self.ledger_document()?.as_bytes())?)
    }
    /// The whole ledger as one document, for the command line to print.
    pub fn ledger_document(&self) -> Result<String, Error> {
        entries::export(&*self.reviewing()?)
    }
    pub fn export_proof(&self, r: ProofRequest) -> Result<(), Error> {
        self.export_proof_beside(r, None)
    }
    /// The proof, and beside it the entry's exact bytes, for tools that take them apart.
    pub fn export_proof_beside(&self, r: ProofRequest, leaf: Option<&Path>) -> Result<(), Error> {
        entries::proof(&*self.reviewing()?, u64::from(r.seq), Path::new(&r.path), leaf)
    }
    /// The policy file: whose signatures count for this ledger.
    pub fn ledger_keys(&self) -> Result<String, Error> {
        Ok(entries::policy(&*self.session()?)?.to_string())
    }
    pub fn export_keys(&self, r: SavePath) -> Result<(), Error> {
        Ok(store::folder::write_atomic(Path::new(&r.path), self.ledger_keys()?.as_bytes())?)
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.lock();
    }
}
