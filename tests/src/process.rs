//! Programs started by a test, ended with everything they started when the test ends.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A running program at the head of its own process group.
#[derive(Debug)]
pub struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts it; its words go to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let out = File::create(log).expect("the log folder is writable");
        let err = out.try_clone().expect("an open file can be shared");
        let child = command.process_group(0).stdin(Stdio::null()).stdout(out).stderr(err).spawn();
        let child = child.unwrap_or_else(|e| panic!("{name} could not be started: {e}"));
        Self { child, log: log.to_owned() }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, once it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// What it said last.
    pub fn last_words(&self) -> String {
        let text =
            std::fs::read(&self.log).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    /// Waits until it ends; panics with its last words after `limit`.
    pub fn wait(&mut self, limit: Duration) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(start.elapsed() < limit, "still running after {limit:?}:\n{}", self.last_words());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Sends a signal to the whole group.
    pub fn signal(&self, name: &str) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args([&format!("-{name}"), "--", &group]).stderr(Stdio::null()).status();
    }
}

impl Running {
    /// Whether a process of the group still runs; one that ended and that nobody asked after does not count.
    fn group_lives(&self) -> bool {
        let group = self.child.id().to_string();
        let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        processes.filter_map(|p| std::fs::read_to_string(p.path().join("stat")).ok()).any(|stat| {
            // Behind the name, which may hold anything: state, parent, group.
            let behind = stat.rsplit(") ").next().unwrap_or_default();
            let words: Vec<&str> = behind.split(' ').take(3).collect();
            words.first() != Some(&"Z") && words.get(2) == Some(&group.as_str())
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.signal("TERM");
        let patience = Instant::now();
        while self.ended().is_none() && patience.elapsed() < Duration::from_secs(2) {
            std::thread::sleep(Duration::from_millis(20));
        }
        // Whatever of the group is left, its head gone or not; what is being ended still holds its locks.
        self.signal("KILL");
        let _ = self.child.wait();
        while self.group_lives() && patience.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
