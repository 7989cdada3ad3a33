//! One entry of the ledger and its one byte form.

use crate::{Hash, Kind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The version of the leaf format this crate writes and reads.
pub const LEAF_VERSION: u32 = 1;
/// The longest canonical leaf, in bytes.
pub const MAX_LEAF_BYTES: usize = 4096;
/// The largest whole number, either side of zero, that every JSON reader keeps exactly (RFC 7493 2.2).
pub const MAX_INTEGER: u64 = (1 << 53) - 1;
/// The longest store id, author or lead code, in bytes.
const MAX_NAME_BYTES: usize = 128;
/// The deepest nesting inside `details`.
const MAX_DEPTH: usize = 8;

/// One entry: what happened, when, by whom, on which lead and which pseudonym; never an identity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Format version, [`LEAF_VERSION`].
    pub v: u32,
    /// Position in the ledger, from 0. Order comes from here, never from `at`.
    pub seq: u64,
    /// When, by the machine's clock: UTC to the second, `2026-11-21T09:30:00Z` (RFC 3339).
    pub at: String,
    /// The store's id.
    pub store: String,
    /// The member who acted.
    pub by: String,
    /// What happened.
    pub kind: Kind,
    /// The lead's code, if one is concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The officer's pseudonym, `OFC-XXXX-XXXX`, if one is concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    /// [`crate::text_hash`] of a text kept in the store, such as a justification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_hash: Option<String>,
    /// What else the kind needs: text, whole numbers, yes or no, and lists and objects of these.
    pub details: BTreeMap<String, Value>,
}

/// Why an entry is not one this ledger accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// Longer than [`MAX_LEAF_BYTES`].
    #[error("the entry is longer than {MAX_LEAF_BYTES} bytes")]
    TooLong,
    /// Not JSON, a key is missing, unknown or twice, or a value has the wrong type.
    #[error("the entry is not a JSON object of the ledger's form")]
    Form,
    /// A later format version.
    #[error("the entry has a format version this program does not know")]
    Version,
    /// The same data in other bytes (RFC 8785): spaces, key order, escapes.
    #[error("the entry is not in canonical form")]
    NotCanonical,
    /// A number with a fraction or exponent.
    #[error("the entry holds a number that is not whole")]
    Fraction,
    /// A whole number that some readers would round.
    #[error("the entry holds a whole number beyond 2^53 - 1")]
    Integer,
    /// `null` has no meaning here: the key is left out instead.
    #[error("the entry holds a null")]
    Null,
    /// `details` nests too deeply.
    #[error("the entry is nested more than {MAX_DEPTH} levels deep")]
    Depth,
    /// `at` is not a UTC time to the second.
    #[error("the entry's time is not of the form 2026-11-21T09:30:00Z")]
    Time,
    /// `store`, `by` or `lead` is empty, too long or has control characters.
    #[error("the entry's store, author or lead is empty, too long or has control characters")]
    Name,
    /// `officer` is not a pseudonym.
    #[error("the entry's officer is not a pseudonym")]
    Officer,
    /// `text_hash` is not a SHA-256 hash.
    #[error("the entry's text hash is not a SHA-256 hash in base64")]
    TextHash,
}

impl Leaf {
    /// The canonical bytes (RFC 8785) that the tree hashes; refuses whatever [`Leaf::parse`] would refuse.
    pub fn to_bytes(&self) -> Result<Vec<u8>, LeafError> {
        self.check()?;
        let bytes = serde_json_canonicalizer::to_vec(self).map_err(|_| LeafError::Form)?;
        if bytes.len() > MAX_LEAF_BYTES { Err(LeafError::TooLong) } else { Ok(bytes) }
    }

    /// Reads an entry and insists that these are its only possible bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        #[derive(Deserialize)]
        struct Versioned {
            v: u32,
        }
        if bytes.len() > MAX_LEAF_BYTES {
            return Err(LeafError::TooLong);
        }
        let leaf: Self = serde_json::from_slice(bytes).map_err(|_| match serde_json::from_slice(bytes) {
            Ok(Versioned { v }) if v != LEAF_VERSION => LeafError::Version,
            _ => LeafError::Form,
        })?;
        if leaf.to_bytes()? == bytes { Ok(leaf) } else { Err(LeafError::NotCanonical) }
    }

    fn check(&self) -> Result<(), LeafError> {
        if self.v != LEAF_VERSION {
            return Err(LeafError::Version);
        }
        if self.seq > MAX_INTEGER {
            return Err(LeafError::Integer);
        }
        if !is_utc_second(&self.at) {
            return Err(LeafError::Time);
        }
        let names = [Some(&self.store), Some(&self.by), self.lead.as_ref()];
        if !names.into_iter().flatten().all(|name| is_name(name)) {
            return Err(LeafError::Name);
        }
        if !self.officer.as_deref().is_none_or(is_pseudonym) {
            return Err(LeafError::Officer);
        }
        if self.text_hash.as_deref().is_some_and(|text| text.parse::<Hash>().is_err()) {
            return Err(LeafError::TextHash);
        }
        self.details.values().try_for_each(|value| check_value(value, MAX_DEPTH))
    }
}

fn check_value(value: &Value, depth: usize) -> Result<(), LeafError> {
    let depth = depth.checked_sub(1).ok_or(LeafError::Depth)?;
    match value {
        Value::Null => Err(LeafError::Null),
        Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Number(number) => {
            let size = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            match size {
                None => Err(LeafError::Fraction),
                Some(size) if size > MAX_INTEGER => Err(LeafError::Integer),
                Some(_) => Ok(()),
            }
        }
        Value::Array(items) => items.iter().try_for_each(|item| check_value(item, depth)),
        Value::Object(items) => items.values().try_for_each(|item| check_value(item, depth)),
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_NAME_BYTES && !text.chars().any(char::is_control)
}

/// `OFC-XXXX-XXXX` in Crockford's alphabet, upper case.
fn is_pseudonym(text: &str) -> bool {
    let Some((left, right)) = text.strip_prefix("OFC-").and_then(|code| code.split_once('-')) else {
        return false;
    };
    let crockford =
        |b: u8| b.is_ascii_digit() || (b.is_ascii_uppercase() && !matches!(b, b'I' | b'L' | b'O' | b'U'));
    [left, right].iter().all(|part| part.len() == 4 && part.bytes().all(crockford))
}

fn is_utc_second(text: &str) -> bool {
    const FORM: &[u8; 20] = b"0000-00-00T00:00:00Z";
    let bytes = text.as_bytes();
    let same_form = bytes.len() == FORM.len()
        && bytes.iter().zip(FORM).all(|(b, f)| if *f == b'0' { b.is_ascii_digit() } else { b == f });
    if !same_form {
        return false;
    }
    let number =
        |from: usize, to: usize| bytes[from..to].iter().fold(0u32, |n, b| n * 10 + u32::from(b - b'0'));
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day) && number(11, 13) < 24 && number(14, 16) < 60 && number(17, 19) < 60
}
