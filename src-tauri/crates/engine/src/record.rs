//! What a use case wants written in the ledger, before it has a number and a time.

use ledger::{Hash, Kind};
use model::{LeadId, Pseudonym, Subject};
use serde_json::Value;
use std::collections::BTreeMap;

/// An entry to be.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub kind: Kind,
    pub lead: Option<LeadId>,
    pub officer: Option<Pseudonym>,
    pub text_hash: Option<String>,
    pub details: BTreeMap<String, Value>,
}

impl Entry {
    pub fn new(kind: Kind) -> Self {
        Self { kind, lead: None, officer: None, text_hash: None, details: BTreeMap::new() }
    }
    pub fn lead(mut self, lead: LeadId) -> Self {
        self.lead = Some(lead);
        self
    }
    pub fn officer(mut self, officer: Pseudonym) -> Self {
        self.officer = Some(officer);
        self
    }
    /// Names whom a lead is about: the officer in their own field, a group or a unit in the details.
    pub fn about(mut self, subject: &Subject) -> Self {
        match subject {
            Subject::Officer(officer) => self.officer = Some(*officer),
            Subject::Group(members) => {
                let codes: Vec<String> = members.iter().map(ToString::to_string).collect();
                self.details.insert("group".to_owned(), codes.into());
            }
            Subject::Unit(code) => _ = self.details.insert("unit".to_owned(), code.as_str().into()),
        }
        self
    }
    pub fn text_hash(mut self, hash: String) -> Self {
        self.text_hash = Some(hash);
        self
    }
    /// Names the pack it came in, if it came in one.
    pub fn pack(self, pack: Option<Hash>) -> Self {
        match pack {
            Some(hash) => self.with("pack", hash.to_string()),
            None => self,
        }
    }
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.details.insert(key.to_owned(), value.into());
        self
    }
}
