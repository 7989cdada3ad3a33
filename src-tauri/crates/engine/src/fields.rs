//! What an unmasking shows: the fields its scope allows, and nothing else of the identity. Wiped when dropped.

use crate::{Error, lead::word};
use contract::{ErrorCode, RevealedField};
use model::Scope;
use seal::IdentityFields;
use zeroize::{Zeroize, Zeroizing};

/// Lengths are rounded up to this many bytes, so that a grant's size does not tell a name's length.
const BLOCK_BYTES: usize = 1024;

/// The labels each scope adds.
const LABELS: [(Scope, &[&str]); 3] = [
    (Scope::Name, &["Name", "Officer id", "Rank"]),
    (Scope::Unit, &["Unit"]),
    (Scope::Contact, &["Contact"]),
];

/// Labelled values.
#[derive(Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Drop for Fields {
    fn drop(&mut self) {
        for (_, value) in &mut self.0 {
            value.zeroize();
        }
    }
}

impl Fields {
    /// The part of an identity a scope allows.
    pub fn of(who: &IdentityFields, scope: &[Scope]) -> Self {
        let mut fields = Self::default();
        if scope.contains(&Scope::Name) {
            fields.add("Name", &format!("{} {}", who.forenames, who.surname));
            fields.add("Officer id", &who.officer_id);
            fields.add("Rank", &who.rank);
        }
        if scope.contains(&Scope::Unit) {
            fields.add("Unit", &who.unit);
        }
        if scope.contains(&Scope::Contact) {
            fields.add("Contact", &who.contact);
        }
        fields
    }

    fn add(&mut self, label: &str, value: &str) {
        if !value.trim().is_empty() {
            self.0.push((label.to_owned(), value.trim().to_owned()));
        }
    }

    /// Adds what is not part of the identity, such as where rows came from.
    pub fn extend(&mut self, more: Vec<(String, String)>) {
        self.0.extend(more);
    }

    /// JSON, filled up with spaces to whole blocks; for sealing only.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        // Large enough from the start: a growing buffer would leave copies of the name behind.
        let text: usize = self.0.iter().map(|(label, value)| 6 * (label.len() + value.len()) + 8).sum();
        let mut json = Zeroizing::new(Vec::with_capacity((text + 2).next_multiple_of(BLOCK_BYTES)));
        serde_json::to_writer(&mut *json, &self.0)?;
        let padded = json.len().next_multiple_of(BLOCK_BYTES);
        json.resize(padded, b' ');
        Ok(json)
    }

    /// Reads what [`Fields::to_bytes`] wrote, and refuses what the scope does not allow.
    pub fn from_bytes(bytes: &[u8], scope: &[Scope]) -> Result<Self, Error> {
        let fields = Self(serde_json::from_slice(bytes)?);
        let allowed: Vec<&str> = LABELS
            .iter()
            .filter(|(s, _)| scope.contains(s))
            .flat_map(|(_, labels)| labels.iter().copied())
            .collect();
        if fields.0.iter().all(|(label, _)| allowed.contains(&label.as_str())) {
            return Ok(fields);
        }
        Err(Error::new(
            ErrorCode::IdentityMismatch,
            "The grant holds more than was asked for. Nothing was shown.",
            "Tell the data protection officer.",
        ))
    }

    /// The fields, for the name window or the terminal.
    pub fn show(&self) -> Vec<RevealedField> {
        // EXPOSE: to the name window or the terminal, which is what the entry was written for.
        let shown =
            |(label, value): &(String, String)| RevealedField { label: label.clone(), value: value.clone() };
        self.0.iter().map(shown).collect()
    }
}

/// A scope as the ledger and the store write it.
pub(crate) fn scope_words(scope: &[Scope]) -> Vec<String> {
    scope.iter().map(word).collect()
}

/// Reads words back into a scope.
pub(crate) fn parse_scope(words: &[String]) -> Result<Vec<Scope>, Error> {
    words.iter().map(|w| crate::lead::parse_word(w, "scope")).collect()
}
