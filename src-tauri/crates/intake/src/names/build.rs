//! From the roll's identities to phrases.

use super::{Entry, Meaning, NameSet, Phrases, common, fold};
use crate::read::RawIdentity;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use model::Pseudonym;
use std::sync::OnceLock;

/// Shortest id searched for, in characters: below it, ordinary numbers would be taken for officers.
const MIN_ID: usize = 4;
/// Shortest name searched for.
const MIN_NAME: usize = 2;

impl NameSet {
    /// Builds the set from the identities of the roll.
    pub fn build<'a>(identities: impl IntoIterator<Item = (Pseudonym, &'a RawIdentity)>) -> Self {
        Self::from_entries(identities.into_iter().map(|(officer, raw)| entry(officer, raw)).collect())
    }

    pub(super) fn from_entries(entries: Vec<Entry>) -> Self {
        Self { entries: unite(entries), phrases: OnceLock::new() }
    }

    pub(super) fn phrases(&self) -> &Phrases {
        self.phrases.get_or_init(|| Phrases::of(&self.entries))
    }
}

impl Phrases {
    fn of(entries: &[Entry]) -> Self {
        let mut phrases = Self::default();
        for (at, entry) in (0..).zip(entries) {
            if entry.surname.chars().count() >= MIN_NAME {
                let meaning = phrases.meaning(&entry.surname);
                meaning.surname_of.push(at);
                meaning.common = common::is_word(&entry.surname);
            }
            if entry.forename.chars().count() >= MIN_NAME {
                phrases.meaning(&entry.forename).forename_of.push(at);
            }
            for id in entry.ids.iter().filter(|i| i.chars().count() >= MIN_ID) {
                phrases.meaning(id).id_of.push(at);
            }
        }
        phrases
    }

    fn meaning(&mut self, phrase: &str) -> &mut Meaning {
        self.longest = self.longest.max(phrase.len());
        self.meanings.entry_ref(phrase).or_default()
    }
}

fn entry(officer: Pseudonym, raw: &RawIdentity) -> Entry {
    let forename = fold::pattern(&raw.forenames);
    let forename = forename.split(' ').next().unwrap_or("").trim_matches('.').to_owned();
    let contacts = raw.contact.split([';', ',']).filter(|c| c.contains('@'));
    let ids = raw.other_ids.iter().map(String::as_str).chain([raw.officer_id.as_str()]).chain(contacts);
    let mut ids: Vec<String> = ids.map(fold::pattern).filter(|i| !i.is_empty()).collect();
    ids.sort_unstable();
    ids.dedup();
    Entry { officer, forename, surname: fold::pattern(raw.surname.trim_matches([',', ' '])), ids }
}

/// Equal entries once; entries of one officer under one name with their ids together.
fn unite(entries: Vec<Entry>) -> Vec<Entry> {
    let mut at: HashMap<(u64, String, String), usize, RandomState> = HashMap::default();
    let mut out: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let who = (entry.officer.bits(), entry.surname.clone(), entry.forename.clone());
        match at.get(&who) {
            Some(found) => {
                let ids = &mut out[*found].ids;
                ids.extend(entry.ids.iter().cloned());
                ids.sort_unstable();
                ids.dedup();
            }
            None => {
                at.insert(who, out.len());
                out.push(entry);
            }
        }
    }
    out
}
