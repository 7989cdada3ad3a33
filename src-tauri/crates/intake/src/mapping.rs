//! A mapping: how the columns of one export become the fields of a source kind. A TOML file forces can share.

use model::time::{DEFAULT_ZONE, zone};
use model::{FieldRole, SourceKind, SourceSchema};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which part of a date comes first where the year does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    #[default]
    Dmy,
    Mdy,
    Ymd,
}

/// What happens to the letters of an officer id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseRule {
    Keep,
    #[default]
    Upper,
    Lower,
}

/// What happens to the zeros an officer id begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadingZeros {
    #[default]
    Keep,
    Strip,
}

/// How officer ids are made comparable; they are always text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdRule {
    pub case: CaseRule,
    pub leading_zeros: LeadingZeros,
    /// Removes a final `.0` that a spreadsheet or data frame left behind.
    pub strip_decimal: bool,
}

impl IdRule {
    /// The normalised id: trimmed, then by the rule.
    pub fn apply(&self, raw: &str) -> String {
        let mut id = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
        if self.strip_decimal
            && let Some(whole) = id.strip_suffix(".0")
            && !whole.is_empty()
            && whole.bytes().all(|b| b.is_ascii_digit())
        {
            id = whole;
        }
        if self.leading_zeros == LeadingZeros::Strip {
            let rest = id.trim_start_matches('0');
            id = if rest.is_empty() && !id.is_empty() { "0" } else { rest };
        }
        match self.case {
            CaseRule::Keep => id.to_owned(),
            CaseRule::Upper => id.to_uppercase(),
            CaseRule::Lower => id.to_lowercase(),
        }
    }
}

/// How a combined name is taken apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameSplit {
    /// The whole text is the surname.
    #[default]
    None,
    /// `Surname,First M`.
    Comma,
    /// `First M Surname`.
    LastWord,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberFormat {
    #[default]
    Decimal,
    DecimalComma,
    /// A length of time: `0830` is eight and a half hours.
    Hhmm,
}

/// Where one field comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnRule {
    /// Headers. Two for a moment are its date and its time of day; several for a text or list of ids are joined.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Stands for every row instead of a column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Stands where the cell is blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The file's words and ours, compared without case.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "is_default")]
    pub number: NumberFormat,
    #[serde(skip_serializing_if = "is_default")]
    pub split: NameSplit,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl ColumnRule {
    /// A field taken from one header.
    pub fn from_header(header: &str) -> Self {
        Self { from: vec![header.to_owned()], ..Self::default() }
    }
}

/// The saved description of one export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    pub name: String,
    pub kind: SourceKind,
    /// IANA name of the zone of times without an offset.
    #[serde(default = "default_zone")]
    pub zone: String,
    #[serde(default)]
    pub dates: DateOrder,
    #[serde(default)]
    pub id: IdRule,
    /// By field name of the kind's schema.
    pub columns: BTreeMap<String, ColumnRule>,
}

fn default_zone() -> String {
    DEFAULT_ZONE.to_owned()
}

/// What is wrong with a mapping. Names are those of the mapping and the schema, never values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    #[error("the mapping is not readable: {0}")]
    Syntax(String),
    #[error("the mapping names the zone {0:?}, which is not in the IANA list")]
    Zone(String),
    #[error("{kind} has no field {field:?}")]
    UnknownField { kind: SourceKind, field: String },
    #[error("{kind} needs the field {field:?}, which the mapping does not fill")]
    Unfilled { kind: SourceKind, field: String },
    #[error("the field {0:?} cannot be made of several columns")]
    TooManyColumns(String),
    #[error("the field {0:?} needs a column or a constant")]
    NoSource(String),
    #[error("the constant of {0:?} is not a value of its list")]
    Constant(String),
    #[error("a sheet named for import lacks a column of the mapping: {0}")]
    NoSheet(String),
}

impl Mapping {
    /// Reads and checks a mapping file.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(text).map_err(|e| MappingError::Syntax(e.message().to_owned()))?;
        mapping.check()?;
        Ok(mapping)
    }

    /// The mapping as a TOML file.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("a mapping has only text keys and values")
    }

    /// Checks the mapping against its kind's schema.
    pub fn check(&self) -> Result<(), MappingError> {
        if zone(&self.zone).is_none() {
            return Err(MappingError::Zone(self.zone.clone()));
        }
        let schema = SourceSchema::of(self.kind);
        for (name, rule) in &self.columns {
            let Some(field) = schema.field(name) else {
                return Err(MappingError::UnknownField { kind: self.kind, field: name.clone() });
            };
            let most = match field.role {
                FieldRole::Instant => 2,
                FieldRole::Identity | FieldRole::OtherIds | FieldRole::Category | FieldRole::Text => {
                    usize::MAX
                }
                _ => 1,
            };
            if rule.from.len() > most {
                return Err(MappingError::TooManyColumns(name.clone()));
            }
            if rule.from.is_empty() && rule.constant.is_none() {
                return Err(MappingError::NoSource(name.clone()));
            }
            for word in rule.constant.iter().chain(&rule.default) {
                if !field.allowed.is_empty() && crate::vocabulary::canonical(&field.allowed, word).is_none() {
                    return Err(MappingError::Constant(name.clone()));
                }
            }
        }
        let fills = |field: &str| self.columns.contains_key(field);
        // A claim the source does not number is the row itself.
        let unfilled = schema.fields.iter().find(|f| f.required && f.name != "claim" && !fills(&f.name));
        let unfilled = unfilled.map(|f| f.name.clone());
        let timeless = self.kind == SourceKind::Presence && !fills("at") && !fills("start");
        match unfilled.or_else(|| timeless.then(|| "at".to_owned())) {
            Some(field) => Err(MappingError::Unfilled { kind: self.kind, field }),
            None => Ok(()),
        }
    }
}
