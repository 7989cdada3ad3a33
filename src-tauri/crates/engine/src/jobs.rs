//! Long pieces of work on their own threads: progress to ask for, and a flag that stops them.

use crate::Error;
use contract::JobView;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Instant;

/// What a running job says about itself.
pub struct Progress {
    cancel: AtomicBool,
    state: Mutex<JobView>,
    started: Mutex<Instant>,
}

impl Progress {
    fn new(job: u32, title: &str) -> Self {
        let state = JobView {
            job,
            title: title.to_owned(),
            state: "running".into(),
            step: String::new(),
            percent: None,
            rate: String::new(),
            failure: None,
            result: None,
        };
        Self { cancel: AtomicBool::new(false), state: Mutex::new(state), started: Mutex::new(Instant::now()) }
    }
    /// A progress nobody watches, for work done in the foreground.
    pub fn quiet() -> Self {
        Self::new(0, "")
    }
    pub fn cancel_flag(&self) -> &AtomicBool {
        &self.cancel
    }
    pub fn check(&self) -> Result<(), Error> {
        if self.cancel.load(Ordering::Relaxed) { Err(Error::cancelled()) } else { Ok(()) }
    }
    fn with(&self, change: impl FnOnce(&mut JobView)) {
        if let Ok(mut state) = self.state.lock() {
            change(&mut state);
        }
    }
    /// Begins a step; its own time left is counted from here.
    pub fn step(&self, name: &str) {
        if let Ok(mut started) = self.started.lock() {
            *started = Instant::now();
        }
        self.with(|s| {
            s.step = name.to_owned();
            s.percent = None;
            s.rate = String::new();
        });
    }
    /// Reports `done` of `total` units and the rows behind them.
    pub fn report(&self, done: u64, total: u64, rows: u64) {
        let seconds = self.started.lock().map(|s| s.elapsed().as_secs_f64()).unwrap_or(0.0).max(0.001);
        let left =
            if done == 0 { None } else { Some(seconds * (total.saturating_sub(done)) as f64 / done as f64) };
        self.with(|s| {
            s.percent = Some((done * 100).checked_div(total).unwrap_or(100).min(100) as u32);
            s.rate = match left {
                Some(left) if rows > 0 => {
                    format!("{} rows a second, {left:.0} s left", thousands(rows as f64 / seconds))
                }
                Some(left) => format!("{left:.0} s left"),
                None => String::new(),
            };
        });
    }
}

fn thousands(rate: f64) -> String {
    match rate {
        r if r >= 1e6 => format!("{:.1} million", r / 1e6),
        r if r >= 1e3 => format!("{:.0} thousand", r / 1e3),
        r => format!("{r:.0}"),
    }
}

struct Running {
    progress: Arc<Progress>,
    thread: Option<JoinHandle<()>>,
}

/// The jobs of this process.
#[derive(Default)]
pub struct Jobs {
    next: AtomicU32,
    all: Mutex<BTreeMap<u32, Running>>,
}

impl Jobs {
    /// Starts work on its own thread. What it returns becomes `JobView::result`.
    pub fn start(
        &self,
        title: &str,
        work: impl FnOnce(&Progress) -> Result<u32, Error> + Send + 'static,
    ) -> Result<u32, Error> {
        let job = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let progress = Arc::new(Progress::new(job, title));
        let theirs = Arc::clone(&progress);
        let thread = std::thread::Builder::new().name(format!("job-{job}")).spawn(move || {
            let outcome = work(&theirs);
            theirs.with(|s| match outcome {
                Ok(result) => {
                    s.state = "done".into();
                    s.percent = Some(100);
                    s.result = Some(result);
                }
                Err(e) if e.code() == contract::ErrorCode::Cancelled => {
                    s.state = "cancelled".into();
                    s.failure = Some(e.into());
                }
                Err(e) => {
                    s.state = "failed".into();
                    s.failure = Some(e.into());
                }
            });
        })?;
        if let Ok(mut all) = self.all.lock() {
            all.insert(job, Running { progress, thread: Some(thread) });
        }
        Ok(job)
    }

    pub fn view(&self, job: u32) -> Result<JobView, Error> {
        let all = self.all.lock().map_err(|_| Error::not_found("job"))?;
        let running = all.get(&job).ok_or_else(|| Error::not_found("job"))?;
        running.progress.state.lock().map(|s| s.clone()).map_err(|_| Error::not_found("job"))
    }

    pub fn list(&self) -> Vec<JobView> {
        let Ok(all) = self.all.lock() else { return Vec::new() };
        all.values().filter_map(|r| r.progress.state.lock().ok().map(|s| s.clone())).collect()
    }

    pub fn is_running(&self) -> bool {
        self.list().iter().any(|j| j.state == "running")
    }

    pub fn cancel(&self, job: u32) -> Result<(), Error> {
        let all = self.all.lock().map_err(|_| Error::not_found("job"))?;
        let running = all.get(&job).ok_or_else(|| Error::not_found("job"))?;
        running.progress.cancel.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Cancels everything, waits for it and forgets it: what a lock does before keys are dropped.
    pub fn stop_all(&self) {
        let taken = self.all.lock().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default();
        for running in taken.values() {
            running.progress.cancel.store(true, Ordering::Relaxed);
        }
        for running in taken.into_values() {
            if let Some(thread) = running.thread {
                let _ = thread.join();
            }
        }
    }
}
