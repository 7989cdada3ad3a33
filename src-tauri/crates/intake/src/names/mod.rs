//! Names in text. The roll is known, so matching beats guessing; what cannot be judged is flagged, not guessed.

mod build;
mod common;
mod filter;
mod find;
mod fold;
mod patterns;

pub use filter::{NameFilter, ROUNDS};
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use model::Pseudonym;
pub(crate) use patterns::is_postcode;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use zeroize::{Zeroize, ZeroizeOnDrop};

#[cfg(test)]
mod narratives;
#[cfg(test)]
mod tests;

/// Longest piece of a text judged at once, in bytes, and what two pieces share so that no name falls between them.
const PIECE: usize = 400;
const SHARED: usize = 80;

/// A long text in overlapping pieces, cut between words.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let gap = |from: usize| {
        let from = (0..=from).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text[..from].rfind(char::is_whitespace)
    };
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let end = if text.len() - start <= PIECE { text.len() } else { gap(start + PIECE).unwrap_or(0) };
        // A word longer than a piece is judged as it is.
        let end = if end <= start { text.len() } else { end };
        next = (end < text.len()).then(|| gap(end - SHARED.min(end)).filter(|at| *at > start).unwrap_or(end));
        Some(&text[start..end])
    })
}

/// A text after scrubbing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scrubbed {
    pub text: String,
    /// Names, ids and personal details replaced.
    pub replaced: u32,
    /// Something might be a name and could not be judged.
    pub flagged: bool,
}

/// One officer's names and ids as the set keeps them, folded.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[zeroize(skip)]
    officer: Pseudonym,
    forename: String,
    surname: String,
    ids: Vec<String>,
}

/// What a matched phrase stands for.
#[derive(Debug, Clone, Default)]
struct Meaning {
    /// Officers with this surname, by entry.
    surname_of: Vec<u32>,
    /// Officers with this first forename.
    forename_of: Vec<u32>,
    id_of: Vec<u32>,
    /// The surname is also an ordinary word.
    common: bool,
}

/// Every known name, id, login and e-mail, ready to be found in text. Kept sealed by whoever stores it.
pub struct NameSet {
    entries: Vec<Entry>,
    /// Made when the first text is judged: most imports have few texts, or none.
    phrases: OnceLock<Phrases>,
}

/// Bytes that are not a saved name set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are not a set of names")]
pub struct NameSetError;

/// Every phrase looked for, by its folded text. A phrase counts only between word boundaries, so the few stretches of a
/// short text are looked up; an automaton over a whole roll took longer to build than an import to read.
#[derive(Default)]
struct Phrases {
    meanings: HashMap<String, Meaning, RandomState>,
    /// Bytes of the longest one.
    longest: usize,
}

impl NameSet {
    /// A set that knows nobody and still finds telephone numbers and the like.
    pub fn empty() -> Self {
        Self::from_entries(Vec::new())
    }

    /// Whether the set knows anybody.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The set as bytes, to be sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&self.entries).expect("entries hold only texts")
    }

    /// A set saved by `to_bytes`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NameSetError> {
        serde_json::from_slice(bytes).map(Self::from_entries).map_err(|_| NameSetError)
    }

    /// Both sets as one. An officer in both keeps the names and ids of both.
    pub fn merge(self, other: Self) -> Self {
        let mut entries = self.entries;
        entries.extend(other.entries);
        Self::from_entries(entries)
    }

    /// The set without one officer's names and ids.
    pub fn without(self, officer: Pseudonym) -> Self {
        Self::from_entries(self.entries.into_iter().filter(|e| e.officer != officer).collect())
    }

    /// Replaces known names and ids by pseudonyms and personal details by typed placeholders.
    pub fn scrub(&self, text: &str) -> Scrubbed {
        find::scrub(self, text, true)
    }

    /// As `scrub`, for words of a list: capitals alone raise no doubt there.
    pub fn scrub_word(&self, text: &str) -> Scrubbed {
        find::scrub(self, text, false)
    }

    /// Whether a typed text, a file name or a sheet name may hold a name or a personal detail.
    pub fn may_name(&self, text: &str) -> bool {
        pieces(text).any(|piece| {
            let found = self.scrub(piece);
            found.replaced > 0 || found.flagged
        })
    }

    /// Whether a text surely holds a name or a personal detail: unlike `may_name`, no doubt counts, so that the program's
    /// own words and the names of laws and bodies pass.
    pub fn names_somebody(&self, text: &str) -> bool {
        pieces(text).any(|piece| self.scrub_word(piece).replaced > 0)
    }
}
