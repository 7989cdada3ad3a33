//! Which sites' readers worked on which day: how many people left a trace there.

use crate::profile::Word;
use model::{ImportId, OfficerIndex};
use std::collections::{BTreeSet, HashMap};

/// People seen at a place on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    pub officers: u32,
    /// The newest import that holds a trace of the place and day. Presence is kept only inside what was imported before
    /// it, so a claim that came in later proves nothing by a missing trace.
    pub import: u32,
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.officers += other.officers;
        self.import = self.import.max(other.import);
    }
}

/// Traces inside buildings, by site and day, and anywhere by day.
#[derive(Debug, Default)]
pub struct Readers {
    sites: HashMap<(Word, i32), Seen>,
    anywhere: HashMap<i32, Seen>,
}

/// Who was where, before it is counted: each officer, site and day once.
#[derive(Default)]
pub struct Stays {
    stays: BTreeSet<(OfficerIndex, Word, i32)>,
    imports: HashMap<(Word, i32), u32>,
}

impl Stays {
    pub fn add(&mut self, officer: OfficerIndex, site: Word, day: i32, import: ImportId) {
        let newest = self.imports.entry((site.clone(), day)).or_default();
        *newest = (*newest).max(import.0);
        self.stays.insert((officer, site, day));
    }

    /// Counts the people of one partition.
    pub fn count(self) -> Readers {
        let mut readers = Readers::default();
        let mut out: BTreeSet<(OfficerIndex, i32)> = BTreeSet::new();
        for (officer, site, day) in self.stays {
            let import = self.imports.get(&(site.clone(), day)).copied().unwrap_or(0);
            let first = out.insert((officer, day));
            let anywhere = Seen { officers: u32::from(first), import };
            readers.anywhere.entry(day).or_default().add(anywhere);
            if !site.is_empty() {
                readers.sites.entry((site, day)).or_default().add(Seen { officers: 1, import });
            }
        }
        readers
    }
}

impl Readers {
    pub fn add(&mut self, other: Readers) {
        other.sites.into_iter().for_each(|(key, seen)| self.sites.entry(key).or_default().add(seen));
        other.anywhere.into_iter().for_each(|(day, seen)| self.anywhere.entry(day).or_default().add(seen));
    }

    /// What a site's readers recorded on a day; without a site, any reader anywhere.
    pub fn seen(&self, site: Option<&Word>, day: i32) -> Seen {
        let seen = match site {
            Some(site) => self.sites.get(&(site.clone(), day)),
            None => self.anywhere.get(&day),
        };
        seen.copied().unwrap_or_default()
    }

    pub fn bytes(&self) -> u64 {
        (self.sites.len() * 48 + self.anywhere.len() * 16) as u64
    }
}
