//! Words of one column: each distinct text is judged once per thread, then it is a number.

use super::plan::FieldPlan;
use crate::cache::ShortCache;
use crate::header::{key, tidy};
use crate::names::NameSet;
use crate::vocabulary::canonical;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use model::{FieldRole, Words};

/// Distinct words a thread remembers of one column.
const LIMIT: usize = 65_536;
const UNUSED: u32 = u32::MAX;

/// What a text became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Judged {
    /// Number of the word within this thread.
    pub(super) word: u32,
    pub(super) replaced: bool,
    pub(super) flagged: bool,
    /// Not in the field's list.
    pub(super) unlisted: bool,
}

impl Judged {
    fn pack(self) -> u64 {
        u64::from(self.word)
            | u64::from(self.replaced) << 32
            | u64::from(self.flagged) << 33
            | u64::from(self.unlisted) << 34
    }
    fn unpack(packed: u64) -> Self {
        Self {
            word: packed as u32,
            replaced: packed >> 32 & 1 == 1,
            flagged: packed >> 33 & 1 == 1,
            unlisted: packed >> 34 & 1 == 1,
        }
    }
}

pub(super) struct WordColumn {
    cache: ShortCache,
    by_text: HashMap<String, u32, RandomState>,
    words: Vec<String>,
    /// Code of each word in the batch under way.
    codes: Vec<u32>,
}

impl WordColumn {
    pub(super) fn new() -> Self {
        let mut column = Self {
            cache: ShortCache::new(12, 4),
            by_text: HashMap::default(),
            words: Vec::new(),
            codes: Vec::new(),
        };
        column.reset();
        column
    }

    fn reset(&mut self) {
        self.cache.clear();
        self.by_text.clear();
        self.words = vec![String::new()];
        self.codes = vec![0];
        self.by_text.insert(String::new(), 0);
    }

    #[inline]
    pub(super) fn judge(&mut self, field: &FieldPlan, names: &NameSet, cell: &[u8]) -> Judged {
        if let Some(packed) = self.cache.get(cell) {
            return Judged::unpack(packed);
        }
        let judged = self.judge_new(field, names, &String::from_utf8_lossy(cell));
        self.cache.put(cell, judged.pack());
        judged
    }

    fn judge_new(&mut self, field: &FieldPlan, names: &NameSet, cell: &str) -> Judged {
        let text = tidy(cell);
        let text = field.values.get(&key(&text)).unwrap_or(&text);
        let mut judged = Judged { word: 0, replaced: false, flagged: false, unlisted: false };
        if !field.allowed.is_empty() {
            match canonical(field.allowed, text) {
                Some(word) => judged.word = self.intern(word),
                None => judged.unlisted = true,
            }
            return judged;
        }
        let scrubbed = if field.role == FieldRole::Text { names.scrub(text) } else { names.scrub_word(text) };
        judged.replaced = scrubbed.replaced > 0;
        judged.flagged = scrubbed.flagged;
        judged.word = self.intern(&scrubbed.text);
        judged
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(known) = self.by_text.get(word) {
            return *known;
        }
        let number = self.words.len() as u32;
        self.words.push(word.to_owned());
        self.codes.push(UNUSED);
        self.by_text.insert(word.to_owned(), number);
        number
    }

    /// Appends a word to the batch.
    #[inline]
    pub(super) fn push(&mut self, word: u32, out: &mut Words) {
        let code = &mut self.codes[word as usize];
        if *code == UNUSED {
            *code = out.words.len() as u32;
            out.words.push(self.words[word as usize].clone());
        }
        out.codes.push(*code);
    }

    /// To be called after each batch: its codes are void.
    pub(super) fn end_batch(&mut self) {
        if self.words.len() > LIMIT {
            self.reset();
        } else {
            self.codes[1..].fill(UNUSED);
        }
    }
}
