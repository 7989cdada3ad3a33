//! "Try it": a made-up force in a store of its own.

use crate::jobs::Progress;
use crate::{App, Error, analyse, import};
use contract::{CreateProfile, CreateStore, ErrorCode, InspectFile, RunView, StartImport, TryDemo};
use demo::{Made, Plan};
use std::path::Path;

/// The job behind the window's button: files in the profile folder, then all the rest. Returns the run.
pub(crate) fn make(app: &App, request: TryDemo, progress: &Progress) -> Result<u32, Error> {
    progress.step("Making files");
    let now = app.clock().now();
    let folder = app.home().folder().join("made-up").join(now.to_string());
    let made = files(&Plan { officers: request.officers, ..Plan::default() }, &folder)?;
    progress.check()?;
    let store = app.home().stores().join(format!("made-up-{now}"));
    fill(app, &made, &store, request.passphrase, progress)
}

/// Writes the made-up force's exports, gate and labels into a folder.
fn files(plan: &Plan, folder: &Path) -> Result<Made, Error> {
    std::fs::create_dir_all(folder)?;
    demo::write(plan, folder)
        .map_err(|e| Error::new(ErrorCode::Io, crate::error::sentence(e), "Nothing was imported."))
}

/// Makes a profile where there is none, makes the store, imports every file and analyses.
fn fill(app: &App, made: &Made, store: &Path, passphrase: String, progress: &Progress) -> Result<u32, Error> {
    let today = model::time::day_of(app.clock().now(), &jiff::tz::TimeZone::UTC);
    if !app.home().has_profile() {
        let profile = CreateProfile {
            name: "reviewer-1".into(),
            role: "reviewer".into(),
            passphrase: passphrase.clone(),
        };
        app.create_profile(profile)?;
    }
    app.create_store_beside(CreateStore {
        path: store.display().to_string(),
        name: format!("Made-up force, {}", model::time::iso_day(today)),
        purpose: "Trying the program".into(),
        policy: "recorded".into(),
        ends: model::time::iso_day(today + 365),
        members: Vec::new(),
        recovery: false,
        passphrase,
    })?;
    let session = app.session()?;
    for (n, (kind, path, _)) in made.files.iter().enumerate() {
        let inspect =
            InspectFile { path: path.display().to_string(), kind: Some(kind.to_string()), mapping: None };
        let proposal = import::inspect(&session, &inspect)?;
        let start =
            StartImport { path: proposal.path, mapping_toml: proposal.mapping_toml, gate: made.gate.clone() };
        match import::take(&session, &start, progress) {
            // A small force has files with so few people in them that the rule against telling codes apart leaves them out.
            Err(few) if few.code() == ErrorCode::NeedsCustodian => {}
            taken => drop(taken?),
        }
        progress.report(n as u64 + 1, made.files.len() as u64, 0);
    }
    analyse::run(&session, progress)
}

impl App {
    /// Writes a made-up force's files.
    pub fn make_force(&self, plan: &Plan, folder: &Path) -> Result<Made, Error> {
        files(plan, folder)
    }
    /// Imports and analyses such files in a new store, in the foreground.
    pub fn try_force(&self, made: &Made, store: &Path, passphrase: String) -> Result<Option<RunView>, Error> {
        fill(self, made, store, passphrase, &Progress::quiet())?;
        self.last_run()
    }
}
