//! Identifiers. None of them can be turned back into a person without the vault.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Crockford Base32: no I, L, O, U, so a code can be read out over a telephone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Dense number of an officer inside one store; never leaves the process.
pub type OfficerIndex = u32;

/// Stands in a person column for "nobody named".
pub const NO_OFFICER: OfficerIndex = u32::MAX;

/// A text that is not the identifier it was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a valid code")]
pub struct ParseIdError;

fn encode(value: u64, digits: u32) -> String {
    (0..digits).rev().map(|d| ALPHABET[(value >> (5 * d)) as usize & 31] as char).collect()
}

fn decode(text: &str, digits: usize) -> Result<u64, ParseIdError> {
    let mut value = 0;
    let mut seen = 0;
    for byte in text.bytes().filter(|b| *b != b'-') {
        // Crockford: read the look-alikes as what was meant.
        let byte = match byte.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let digit = ALPHABET.iter().position(|a| *a == byte).ok_or(ParseIdError)?;
        value = value << 5 | digit as u64;
        seen += 1;
        if seen > digits {
            return Err(ParseIdError);
        }
    }
    if seen == digits { Ok(value) } else { Err(ParseIdError) }
}

macro_rules! serde_as_text {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// An officer's code in one store, `OFC-XXXX-XXXX`: 40 bits of a keyed hash of the officer id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pseudonym(u64);

impl Pseudonym {
    /// Takes the lowest 40 bits.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits & 0xFF_FFFF_FFFF)
    }
    pub fn bits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = encode(self.0, 8);
        write!(f, "OFC-{}-{}", &code[..4], &code[4..])
    }
}

impl FromStr for Pseudonym {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let rest = text.trim().to_ascii_uppercase();
        decode(rest.strip_prefix("OFC-").ok_or(ParseIdError)?, 8).map(Self)
    }
}
serde_as_text!(Pseudonym);

/// Keyed 64-bit stand-in for a record, case or claim number; 0 means "none given".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Token(pub u64);

impl fmt::Display for Token {
    /// Shows `R-XXXXXX`: 30 bits, enough to tell records of one lead apart.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R-{}", encode(self.0 >> 34, 6))
    }
}

/// Opaque address of one source row, `E-XXXXXX`; resolving it is an unmask scope of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator(u32);

impl Locator {
    /// Takes the lowest 30 bits of a random number.
    pub fn from_bits(bits: u32) -> Self {
        Self(bits & 0x3FFF_FFFF)
    }
    pub fn bits(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E-{}", encode(u64::from(self.0), 6))
    }
}

impl FromStr for Locator {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let rest = text.trim().to_ascii_uppercase();
        decode(rest.strip_prefix("E-").ok_or(ParseIdError)?, 6).map(|v| Self(v as u32))
    }
}
serde_as_text!(Locator);

/// Number of an import in its store, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ImportId(pub u32);

/// Number of a lead in its store, shown as `L-0137`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeadId(pub u32);

impl fmt::Display for LeadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L-{:04}", self.0)
    }
}

impl FromStr for LeadId {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let text = text.trim();
        let digits = text.strip_prefix("L-").or_else(|| text.strip_prefix("l-")).unwrap_or(text);
        digits.parse().map(Self).map_err(|_| ParseIdError)
    }
}
serde_as_text!(LeadId);

/// Random name of a store, 16 Crockford digits; part of every ledger origin and sealed file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StoreId(String);

impl StoreId {
    /// Names a store by ten random bytes.
    pub fn from_bytes(random: [u8; 10]) -> Self {
        let value = random.iter().fold(0u128, |v, b| v << 8 | u128::from(*b));
        Self(encode((value >> 40) as u64, 8) + &encode(value as u64 & 0xFF_FFFF_FFFF, 8))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StoreId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for StoreId {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let valid = text.len() == 16 && text.bytes().all(|b| ALPHABET.contains(&b));
        if valid { Ok(Self(text.to_owned())) } else { Err(ParseIdError) }
    }
}
serde_as_text!(StoreId);
