//! The last look at what leaves the store in the clear: texts that people typed, or that came with their files, are held
//! against the names of the store once more, because some were written before the roll was known.
//!
//! Only what surely names somebody counts: a doubt was the business of whoever typed it. The answer says where, never whom.

use crate::session::Session;
use crate::{Error, exchange, name_index};
use contract::ErrorCode;
use ledger::{Hash, Leaf};
use model::{Gate, LeadId, Pseudonym};
use serde_json::Value;
use std::collections::BTreeMap;
use store::Read;

/// Texts to look at, each once, with the first place it stands in.
#[derive(Default)]
pub(crate) struct Texts(BTreeMap<String, String>);

/// Nothing a person wrote: hashes, keys, moments and the program's own codes.
fn is_code(text: &str) -> bool {
    let hex = text.len() >= 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    hex || is_drawn(text)
        || text.starts_with("age1")
        || text.parse::<Hash>().is_ok()
        || text.parse::<Pseudonym>().is_ok()
        || text.parse::<LeadId>().is_ok()
        || text.parse::<jiff::Timestamp>().is_ok()
}

/// `K-2CV8AB` of a pack or `C-7K2M0X` of a question: random letters that may look like a vehicle's.
fn is_drawn(text: &str) -> bool {
    text.split_once('-').is_some_and(|(kind, rest)| {
        matches!(kind, "K" | "C" | "E" | "R")
            && rest.len() == 6
            && rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    })
}

impl Texts {
    pub fn add(&mut self, place: impl Into<String>, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() && !is_code(text.trim()) {
            self.0.entry(text).or_insert_with(|| place.into());
        }
    }

    fn value(&mut self, place: &str, value: &Value) {
        match value {
            Value::String(text) => self.add(place, text.as_str()),
            Value::Array(all) => all.iter().for_each(|v| self.value(place, v)),
            Value::Object(all) => all.values().for_each(|v| self.value(place, v)),
            _ => {}
        }
    }

    /// What an entry says besides its codes.
    pub fn leaf(&mut self, leaf: &Leaf) {
        let place = format!("entry {}", leaf.seq);
        leaf.details.values().for_each(|v| self.value(&place, v));
    }

    /// Every entry of the ledger.
    pub fn ledger<R: Read>(&mut self, reader: &R) -> Result<(), Error> {
        crate::entries::all_leaves(reader)?.iter().try_for_each(|bytes| {
            self.leaf(&Leaf::parse(bytes)?);
            Ok(())
        })
    }

    /// What the store is for, and why each file was taken in.
    pub fn reasons<R: Read>(&mut self, session: &Session, reader: &R) -> Result<(), Error> {
        self.add("the purpose of the store", session.facts.purpose.as_str());
        for import in store::imports::all(reader)? {
            let gate: Gate = serde_json::from_str(&import.gate_json)?;
            self.gate(&gate, &format!(" of import {}", import.id.0));
        }
        Ok(())
    }

    fn gate(&mut self, gate: &Gate, whose: &str) {
        let said = [
            ("the lawful basis", &gate.lawful_basis),
            ("the special category condition", &gate.special_category_condition),
            ("the necessity", &gate.necessity),
            ("the less intrusive alternative", &gate.less_intrusive_alternative),
            ("the DPIA reference", &gate.dpia_reference),
        ];
        said.into_iter().for_each(|(what, text)| self.add(format!("{what}{whose}"), text.as_str()));
    }

    fn first(&self, names_somebody: &dyn Fn(&str) -> bool) -> Option<&str> {
        self.0.iter().find(|(text, _)| names_somebody(text)).map(|(_, place)| place.as_str())
    }

    /// Refuses, and writes into the ledger that it did, where a text names somebody. Members may be named.
    pub fn refuse_names(mut self, session: &Session, what: &str) -> Result<(), Error> {
        let facts = &session.facts;
        self.0.retain(|text, _| facts.members.iter().chain(&facts.removed).all(|m| m.name() != text));
        let names = name_index::for_typed_text(session)?;
        let Some(place) = self.first(&|text| names.names_somebody(text)) else { return Ok(()) };
        let why = Error::new(
            ErrorCode::NameInText,
            format!("Something in {place} may name somebody. Nothing was written."),
            "What is in the ledger or in an import stays there: give it sealed, as a ledger pack, or without that part.",
        );
        Err(exchange::log_refused(session, what, why))
    }
}

/// Refuses an import whose reasons name somebody of the roll, the one just read included.
pub(crate) fn refuse_names_in_gate(gate: &Gate, names: &intake::NameSet) -> Result<(), Error> {
    let mut texts = Texts::default();
    texts.gate(gate, "");
    let Some(place) = texts.first(&|text| names.names_somebody(text)) else { return Ok(()) };
    Err(Error::new(
        ErrorCode::NameInText,
        format!("Something in {place} given for this import may name somebody. Nothing was kept."),
        "Say it without names: these words go into the ledger, where they stay.",
    ))
}

#[cfg(test)]
mod tests {
    use super::{Texts, is_code};
    use intake::NameSet;

    #[test]
    fn codes_the_program_draws_are_no_personal_details_whatever_they_look_like() {
        for code in ["K-A12BCD", "C-AB12CD", "K-AB12CD", "R-7K2M0X", "OFC-AB12-CDEF", "L-0001"] {
            assert!(is_code(code), "{code}");
        }
        let mut texts = Texts::default();
        texts.add("a code", "K-AB12CD");
        assert_eq!(texts.first(&|t| NameSet::empty().names_somebody(t)), None);
        texts.add("a note", "the car AB12 CDE");
        assert!(texts.first(&|t| NameSet::empty().names_somebody(t)).is_some());
    }
}
