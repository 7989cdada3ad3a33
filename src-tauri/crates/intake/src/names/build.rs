//! From the roll's identities to patterns.

use super::{Entry, NameSet, Phrases, common, fold};
use crate::read::RawIdentity;
use aho_corasick::AhoCorasick;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use model::Pseudonym;

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
        let mut set = Self { entries: unite(entries), meanings: Vec::new(), finder: None };
        let mut phrases = Phrases::default();
        for (at, entry) in set.entries.iter().enumerate() {
            let at = at as u32;
            if entry.surname.chars().count() >= MIN_NAME {
                let meaning = phrases.entry(entry.surname.clone()).or_default();
                meaning.surname_of.push(at);
                meaning.common = common::is_word(&entry.surname);
            }
            if entry.forename.chars().count() >= MIN_NAME {
                phrases.entry(entry.forename.clone()).or_default().forename_of.push(at);
            }
            for id in entry.ids.iter().filter(|i| i.chars().count() >= MIN_ID) {
                phrases.entry(id.clone()).or_default().id_of.push(at);
            }
        }
        let (patterns, meanings): (Vec<String>, Vec<_>) = phrases.into_iter().unzip();
        set.meanings = meanings;
        // Patterns are short texts of the roll; the automaton is built once per import or unlocking.
        set.finder = (!patterns.is_empty()).then(|| AhoCorasick::new(&patterns).ok()).flatten();
        set
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
