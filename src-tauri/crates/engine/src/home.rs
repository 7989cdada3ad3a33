//! The profile folder: the member's keys, the heads last seen, recent stores, settings and failed attempts.
//!
//! Nothing here names an officer. Heads live here because a store folder put back whole cannot betray itself.

use crate::Error;
use contract::{ErrorCode, RecentStore, Settings};
use directories::ProjectDirs;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use store::folder::{create_folder, read_limited, write_atomic};

/// Largest small file read from the folder, in bytes.
const MAX_FILE: u64 = 256 * 1024;
/// Largest file of what is remembered about one store, in bytes.
const MAX_MEMORY: u64 = 64 << 20;

/// Wrong passphrases without a wait; each further one doubles the wait, up to a minute.
const FREE_ATTEMPTS: u32 = 3;
const LONGEST_WAIT_SECONDS: i64 = 60;

/// The size and root of a ledger as this profile last saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub store: String,
    pub size: u64,
    pub root: ledger::Hash,
}

/// A store opened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Recent {
    path: String,
    name: String,
    opened: i64,
}

/// Failed unlocks, kept here because a locked store cannot be written; unproven until they reach the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    pub in_a_row: u32,
    pub last: i64,
    /// Moments per store id, not yet in that store's ledger.
    pub queued: std::collections::BTreeMap<String, Vec<i64>>,
}

/// The profile folder.
#[derive(Debug, Clone)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }
    /// The profile of this account: where `COUNTERSIGN_PROFILE` says, or, while that is unset or empty, in the
    /// platform's folder for a program's own data.
    pub fn of_this_account() -> Result<Self, Error> {
        Self::named_by(std::env::var_os("COUNTERSIGN_PROFILE"))
    }
    fn named_by(variable: Option<OsString>) -> Result<Self, Error> {
        if let Some(folder) = variable.filter(|folder| !folder.is_empty()) {
            return Ok(Self::at(folder));
        }
        let own = ProjectDirs::from("", "", "countersign").ok_or_else(|| {
            let message = "This account has no home folder.";
            Error::new(
                ErrorCode::Io,
                message,
                "Set COUNTERSIGN_PROFILE to the folder that shall hold your keys.",
            )
        })?;
        Ok(Self::at(own.data_local_dir()))
    }
    pub fn folder(&self) -> &Path {
        &self.folder
    }
    pub fn has_profile(&self) -> bool {
        seal::profile::exists(&self.folder)
    }
    /// Where new stores go unless a path is given.
    pub fn stores(&self) -> PathBuf {
        self.folder.join("stores")
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_slice(&read_limited(&self.folder.join(name), MAX_FILE).ok()?).ok()
    }
    fn write<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Error> {
        create_folder(&self.folder)?;
        Ok(write_atomic(&self.folder.join(name), &serde_json::to_vec_pretty(value)?)?)
    }
    /// What is kept about a store under a name, such as `mail`; what is there and cannot be read is an error, because
    /// it must not pass for "never seen".
    pub(crate) fn recall<T: DeserializeOwned>(&self, what: &str, store: &str) -> Result<Option<T>, Error> {
        let path = self.folder.join(what).join(format!("{store}.json"));
        if !path.exists() {
            return Ok(None);
        }
        let unreadable = |_| {
            let message = format!("What your profile remembers of this store ({what}) cannot be read.");
            Error::new(ErrorCode::Io, message, "Nothing was done. Restore the profile folder from a copy.")
        };
        let bytes = read_limited(&path, MAX_MEMORY)?;
        serde_json::from_slice(&bytes).map(Some).map_err(unreadable)
    }
    /// The stores about which something of a name is kept.
    pub(crate) fn recalled(&self, what: &str) -> Result<Vec<String>, Error> {
        let Ok(folder) = std::fs::read_dir(self.folder.join(what)) else { return Ok(Vec::new()) };
        let name = |e: std::fs::DirEntry| e.file_name().to_str()?.strip_suffix(".json").map(str::to_owned);
        let mut all: Vec<String> = folder.flatten().filter_map(name).collect();
        all.retain(|id| id.parse::<model::StoreId>().is_ok());
        all.sort_unstable();
        Ok(all)
    }
    /// Keeps something about a store, replaced as a whole and synced.
    pub(crate) fn keep<T: Serialize>(&self, what: &str, store: &str, value: &T) -> Result<(), Error> {
        create_folder(&self.folder.join(what))?;
        let path = self.folder.join(what).join(format!("{store}.json"));
        Ok(write_atomic(&path, &serde_json::to_vec(value)?)?)
    }

    /// The settings, or the defaults where there are none yet.
    pub fn settings(&self) -> Settings {
        self.read("settings.json").unwrap_or(Settings { lock_minutes: 10, theme: "system".into(), zoom: 100 })
    }
    /// Keeps settings, brought into their ranges.
    pub fn save_settings(&self, wanted: Settings) -> Result<Settings, Error> {
        let theme = ["light", "dark"].into_iter().find(|t| *t == wanted.theme).unwrap_or("system");
        let settings = Settings {
            lock_minutes: wanted.lock_minutes.clamp(1, 60),
            theme: theme.into(),
            zoom: wanted.zoom.clamp(80, 200),
        };
        self.write("settings.json", &settings)?;
        Ok(settings)
    }

    /// Stores opened before, newest first.
    pub fn recent(&self) -> Vec<RecentStore> {
        let all: Vec<Recent> = self.read("recent.json").unwrap_or_default();
        let zone = jiff::tz::TimeZone::UTC;
        all.into_iter()
            .map(|r| RecentStore {
                present: Path::new(&r.path).join("store.db").exists(),
                opened: model::time::show_moment(r.opened, &zone),
                path: r.path,
                name: r.name,
            })
            .collect()
    }
    pub(crate) fn remember(&self, path: &Path, name: &str, now: i64) -> Result<(), Error> {
        let path = path.display().to_string();
        let mut all: Vec<Recent> = self.read("recent.json").unwrap_or_default();
        all.retain(|r| r.path != path);
        all.insert(0, Recent { path, name: name.to_owned(), opened: now });
        all.truncate(10);
        self.write("recent.json", &all)
    }

    /// The head of a store's ledger as last seen here.
    pub fn head(&self, store: &str) -> Result<Option<Head>, Error> {
        self.recall("heads", store)
    }
    pub(crate) fn save_head(&self, head: &Head) -> Result<(), Error> {
        self.keep("heads", &head.store, head)
    }

    fn attempts(&self) -> Attempts {
        self.read("attempts.json").unwrap_or_default()
    }

    /// Seconds until the next passphrase may be tried.
    pub fn wait_seconds(&self, now: i64) -> u32 {
        let attempts = self.attempts();
        if attempts.in_a_row < FREE_ATTEMPTS {
            return 0;
        }
        let wait = (1i64 << (attempts.in_a_row - FREE_ATTEMPTS).min(6)).min(LONGEST_WAIT_SECONDS);
        // A clock set back must not lengthen the wait beyond its own measure.
        (attempts.last + wait - now).clamp(0, wait) as u32
    }

    pub(crate) fn note_failure(&self, store: Option<&str>, now: i64) -> Result<(), Error> {
        let mut attempts = self.attempts();
        attempts.in_a_row += 1;
        attempts.last = now;
        if let Some(store) = store {
            let queue = attempts.queued.entry(store.to_owned()).or_default();
            // The count stays true; beyond this many, single moments no longer matter.
            if queue.len() < 1_000 {
                queue.push(now);
            }
        }
        self.write("attempts.json", &attempts)
    }
    pub(crate) fn clear_waits(&self) -> Result<(), Error> {
        let mut attempts = self.attempts();
        if attempts.in_a_row == 0 {
            return Ok(());
        }
        attempts.in_a_row = 0;
        self.write("attempts.json", &attempts)
    }
    pub(crate) fn queued_failures(&self, store: &str) -> Vec<i64> {
        self.attempts().queued.remove(store).unwrap_or_default()
    }
    pub(crate) fn clear_queued(&self, store: &str) -> Result<(), Error> {
        let mut attempts = self.attempts();
        match attempts.queued.remove(store) {
            Some(_) => self.write("attempts.json", &attempts),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_names_no_profile_folder() {
        let own = Home::named_by(None).expect("this account has a home");
        assert!(own.folder().is_absolute());
        assert_eq!(Home::named_by(Some("".into())).expect("the same").folder(), own.folder());
        assert_eq!(Home::named_by(Some("keys".into())).expect("named").folder(), Path::new("keys"));
    }
}
