//! The line of packs of one kind that one sender makes for one set of people: numbers from 1, each naming the one before.

use crate::{Manifest, PackError};
use ledger::Hash;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many packs back a line remembers; older ones count as taken.
const REMEMBERED: usize = 500;

/// What is known of a line, on either end of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    last: u64,
    hashes: BTreeMap<u64, Hash>,
}

/// Whether a pack is seen for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    New,
    /// The very same pack was taken before: it may be read again, never acted on again.
    Again,
}

/// Whether a number may be left out: after a pack was lost on the way, and somebody said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps {
    Refused,
    Accepted,
}

impl Chain {
    /// Number and `previous` of the next pack.
    pub fn next(&self) -> (u64, Option<Hash>) {
        (self.last + 1, self.hashes.get(&self.last).copied())
    }

    /// How many packs the line has.
    pub fn len(&self) -> u64 {
        self.last
    }

    pub fn is_empty(&self) -> bool {
        self.last == 0
    }

    /// Whether a pack may come now.
    pub fn judge(&self, manifest: &Manifest, hash: Hash, gaps: Gaps) -> Result<Arrival, PackError> {
        let found = manifest.sequence;
        if found <= self.last {
            return match self.hashes.get(&found) {
                Some(known) if *known == hash => Ok(Arrival::Again),
                Some(_) => Err(PackError::NumberReused),
                // A gap that was accepted, or too long ago.
                None => Err(PackError::Replayed),
            };
        }
        let expected = self.last + 1;
        if found > expected {
            return match gaps {
                Gaps::Refused if !manifest.kind.stands_alone() => {
                    Err(PackError::OutOfOrder { expected, found })
                }
                _ => Ok(Arrival::New),
            };
        }
        let follows = manifest.previous == self.hashes.get(&self.last).copied();
        if follows { Ok(Arrival::New) } else { Err(PackError::OtherPast) }
    }

    /// Remembers a pack as the last of the line.
    pub fn add(&mut self, sequence: u64, hash: Hash) {
        self.last = self.last.max(sequence);
        self.hashes.insert(sequence, hash);
        while self.hashes.len() > REMEMBERED {
            self.hashes.pop_first();
        }
    }
}
