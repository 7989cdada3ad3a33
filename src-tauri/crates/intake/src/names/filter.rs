//! The name set for those who may not hold it: slow keyed hashes, whose only answer is "may contain a name".
//!
//! Names lead to no pseudonym here, and each guess at one costs [`ROUNDS`] keyed hashes. Somebody who has the store's key
//! and a list of names can still find out who is on the roll, which a staff directory says too.

use super::{NameSet, common, fold};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::collections::BTreeSet;

/// HMAC-SHA-256 rounds per phrase (PBKDF2, RFC 8018 5.2, one block).
pub const ROUNDS: u32 = 1_000;
/// Most words of a surname that are put together.
const MOST_WORDS: usize = 3;

/// Hashed names, full names and ids, sorted.
pub struct NameFilter {
    mac: Hmac<Sha256>,
    hashes: Vec<u64>,
}

/// One word of a text: folded, and how it stood there.
struct Word {
    folded: String,
    capital: bool,
    titled: bool,
}

impl NameFilter {
    /// Hashes every name and id of the set, on all cores.
    pub fn build(set: &NameSet, key: &[u8; 32]) -> Self {
        let mut filter = Self::from_bytes(&[], key);
        let phrases: Vec<String> = phrases(set).into_iter().collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let part = phrases.len().div_ceil(threads).max(1);
        filter.hashes = std::thread::scope(|scope| {
            let filter = &filter;
            let work = |part: &'_ [String]| part.iter().map(|p| filter.hash(p)).collect::<Vec<u64>>();
            let started: Vec<_> = phrases.chunks(part).map(|part| scope.spawn(move || work(part))).collect();
            started.into_iter().flat_map(|done| done.join().expect("hashing does not panic")).collect()
        });
        filter.hashes.sort_unstable();
        filter.hashes.dedup();
        filter
    }

    /// A filter saved by `to_bytes`, or several after one another.
    pub fn from_bytes(bytes: &[u8], key: &[u8; 32]) -> Self {
        let mac = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
        let read = |chunk: &[u8]| u64::from_le_bytes(chunk.try_into().expect("chunks of eight"));
        let mut hashes: Vec<u64> = bytes.chunks_exact(8).map(read).collect();
        hashes.sort_unstable();
        Self { mac, hashes }
    }

    /// The hashes as bytes, eight each.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }

    /// Whether a typed text may hold a name, an id or a personal detail.
    pub fn may_name(&self, text: &str) -> bool {
        NameSet::empty().may_name(text) || self.knows(text, true)
    }

    /// As [`NameSet::names_somebody`]: full names, ids and names after a title; a name alone could be a word.
    pub fn names_somebody(&self, text: &str) -> bool {
        NameSet::empty().names_somebody(text) || self.knows(text, false)
    }

    fn hash(&self, phrase: &str) -> u64 {
        let round = |bytes: &[u8]| -> [u8; 32] {
            let mut mac = self.mac.clone();
            mac.update(bytes);
            mac.finalize().into_bytes().into()
        };
        let mut last = round(phrase.as_bytes());
        let mut all = last;
        for _ in 1..ROUNDS {
            last = round(&last);
            all.iter_mut().zip(last).for_each(|(a, b)| *a ^= b);
        }
        u64::from_le_bytes(all[..8].try_into().expect("a digest has 32 bytes"))
    }

    fn has(&self, kind: char, phrase: &str) -> bool {
        self.hashes.binary_search(&self.hash(&format!("{kind}{phrase}"))).is_ok()
    }

    /// `alone`: a capitalised name by itself counts too.
    fn knows(&self, text: &str, alone: bool) -> bool {
        if self.hashes.is_empty() {
            return false;
        }
        let words = words(text);
        let joined = |words: &[Word]| words.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
        // "van der Berghe" has its capital late.
        let shown = |words: &[Word]| words[0].titled || (alone && words.iter().any(|w| w.capital));
        let name = |at: usize| {
            let mut some = (1..=MOST_WORDS).filter_map(|n| words.get(at..at + n));
            some.any(|w| shown(w) && self.has('n', &joined(w)))
        };
        let full = |at: usize| {
            // An initial may stand between forename and surname.
            let next = at + 1 + usize::from(words.get(at + 1).is_some_and(|w| w.folded.chars().count() == 1));
            let forename = &words[at].folded;
            let mut surnames = (1..=MOST_WORDS).filter_map(|n| words.get(next..next + n));
            surnames.any(|w| self.has('p', &format!("{forename} {}", joined(w))))
                || words.get(next).is_some_and(|w| self.has('p', &format!("{} {forename}", w.folded)))
        };
        (0..words.len()).any(|at| name(at) || full(at)) || ids(text).any(|id| self.has('i', &id))
    }
}

/// What is looked for: names alone, full names and ids, each under its letter.
fn phrases(set: &NameSet) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for entry in &set.entries {
        let names = [&entry.surname, &entry.forename];
        all.extend(names.iter().filter(|n| n.chars().count() > 1).map(|n| format!("n{n}")));
        if names.iter().all(|n| !n.is_empty()) {
            all.insert(format!("p{} {}", entry.forename, entry.surname));
        }
        all.extend(entry.ids.iter().filter(|id| id.chars().count() > 3).map(|id| format!("i{id}")));
    }
    all
}

fn words(text: &str) -> Vec<Word> {
    let mut all: Vec<Word> = Vec::new();
    let apart = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-' | '\u{2019}' | '\u{2018}'));
    for word in text.split(apart).map(|w| w.trim_matches(['\'', '-'])).filter(|w| !w.is_empty()) {
        let titled =
            all.last().is_some_and(|w| common::is_title(&w.folded) || (w.titled && w.folded.len() == 1));
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        all.push(Word { folded: fold::pattern(word), capital, titled });
    }
    all
}

/// What may be an id: a whole word, or a piece of one that has letters. Pieces of dates and times are none.
fn ids(text: &str) -> impl Iterator<Item = String> {
    let whole = text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().any(char::is_alphabetic));
    let all: BTreeSet<String> = whole.chain(pieces).map(fold::pattern).filter(|w| w.len() > 3).collect();
    all.into_iter()
}
