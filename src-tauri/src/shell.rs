//! What the commands act on: the core, and the two acts that need a window, picking a file and showing a name.

use crate::{watch::Watch, windows};
use contract::{ErrorCode, Failure, PickFile, PickedFile, RevealGranted, Unmask, UnmaskView};
use engine::Event;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};

/// The core and the window system; commands named alike here come before those of the core.
#[derive(Clone)]
pub struct Shell {
    core: Arc<engine::App>,
    given: Arc<Mutex<Option<PathBuf>>>,
    pub handle: AppHandle,
}

impl Deref for Shell {
    type Target = Arc<engine::App>;
    fn deref(&self) -> &Arc<engine::App> {
        &self.core
    }
}

impl Shell {
    pub fn new(core: engine::App, handle: AppHandle, given: Option<PathBuf>) -> Self {
        Self { core: Arc::new(core), given: Arc::new(Mutex::new(given)), handle }
    }

    /// The file the program was started with, told once: a page loaded anew after a lock must not ask about it again.
    pub fn given_pack(&self) -> Result<PickedFile, Failure> {
        let given = self.given.lock().unwrap_or_else(|held| held.into_inner()).take();
        Ok(PickedFile { path: given.map(|path| path.display().to_string()) })
    }

    /// Asks with the system's own dialog; the page never sees more of the disk than the path that was chosen.
    pub fn pick_file(&self, request: PickFile) -> Result<PickedFile, Failure> {
        let mut dialog = self.handle.dialog().file().set_title(&request.title);
        if !request.suggest.is_empty() {
            dialog = dialog.set_file_name(&request.suggest);
        }
        if !request.endings.is_empty() {
            let endings: Vec<&str> = request.endings.iter().map(String::as_str).collect();
            dialog = dialog.add_filter(endings.join(", "), &endings);
        }
        let picked = match request.how.as_str() {
            "save" => dialog.blocking_save_file(),
            "folder" => dialog.blocking_pick_folder(),
            _ => dialog.blocking_pick_file(),
        };
        let path = picked.and_then(|p: FilePath| p.into_path().ok());
        Ok(PickedFile { path: path.map(|p| p.display().to_string()) })
    }

    /// Records first; only then is there a window, and only that window may fetch the name.
    pub fn unmask(&self, request: Unmask) -> Result<UnmaskView, Failure> {
        let shown = self.core.unmask(request)?;
        self.show_name(shown)
    }

    /// The same for a name that the data protection officer granted.
    pub fn reveal_granted(&self, request: RevealGranted) -> Result<UnmaskView, Failure> {
        let shown = self.core.reveal_granted(request)?;
        self.show_name(shown)
    }

    fn show_name(&self, shown: UnmaskView) -> Result<UnmaskView, Failure> {
        if windows::open_name(self, &shown).is_err() {
            // Without a window nobody may be left able to fetch the name.
            let _ = self.core.remask_all();
            return Err(Failure::new(
                ErrorCode::Internal,
                "The window for the name could not be opened. The entry was written; no name was shown.",
                "Lock the store, open it again and repeat the unmasking.",
            ));
        }
        Ok(shown)
    }
}

/// Lets names expire and idle stores lock, once a second; locks when the machine has slept.
pub fn keep_time(shell: &Shell) -> std::io::Result<()> {
    let shell = shell.clone();
    let mut watch = Watch::new(Instant::now(), SystemTime::now());
    std::thread::Builder::new().name("time".into()).spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            if watch.has_slept(Instant::now(), SystemTime::now()) {
                // Nothing can be shown to a person who is away; the next tick tries again.
                let _ = shell.lock();
            }
            shell.tick();
        }
    })?;
    Ok(())
}

/// Closes name windows and throws the page away when the core says so.
pub fn follow_events(shell: &Shell) -> std::io::Result<()> {
    let shell = shell.clone();
    let events = shell.events();
    std::thread::Builder::new().name("events".into()).spawn(move || {
        for event in events {
            match event {
                Event::Locked => windows::locked(&shell.handle),
                Event::Remasked { seq } => windows::remasked(&shell.handle, seq),
            }
        }
    })?;
    Ok(())
}
