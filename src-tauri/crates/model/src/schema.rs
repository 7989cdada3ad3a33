//! Source kinds and their Table Schemas (`schemas/sources/*.json`), the one description of what a source may hold.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

macro_rules! kinds {
    ($($variant:ident = $text:literal),* $(,)?) => {
        /// A kind of record a force can export.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum SourceKind { $($variant),* }

        impl SourceKind {
            pub const ALL: &[SourceKind] = &[$(SourceKind::$variant),*];
            pub fn as_str(self) -> &'static str {
                match self { $(SourceKind::$variant => $text),* }
            }
            fn json(self) -> &'static str {
                match self { $(SourceKind::$variant => include_str!(concat!("../../../../schemas/sources/", $text, ".json"))),* }
            }
        }
    };
}

// In the order in which they are best imported: the roll first, presence after what it may be kept inside.
kinds! {
    Officers = "officers",
    Authorities = "authorities",
    Duties = "duties",
    RosterEdits = "roster_edits",
    Overtime = "overtime",
    Absences = "absences",
    AttendanceClaims = "attendance_claims",
    Presence = "presence",
    Assignments = "assignments",
    Accesses = "accesses",
    Complaints = "complaints",
    Vetting = "vetting",
    Incidents = "incidents",
    Commendations = "commendations",
    Declarations = "declarations",
    KnownInterests = "known_interests",
    Performance = "performance",
    Support = "support",
    Protected = "protected",
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SourceKind {
    type Err = crate::ParseIdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|k| k.as_str() == text).ok_or(crate::ParseIdError)
    }
}

/// What a field is for, which decides how its values are treated on the way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldRole {
    /// The member the row is about: replaced by the pseudonym.
    Officer,
    /// Another member (editor, approver): replaced by their pseudonym.
    Person,
    /// A record, case or claim number: replaced by a keyed token.
    Record,
    /// A list of further identifiers of the member; indexed under the key, sealed, never stored in clear.
    OtherIds,
    /// Names and contact: sealed in the vault and nowhere else.
    Identity,
    /// A moment: UTC seconds.
    Instant,
    /// A civil day.
    Date,
    /// A decimal number: thousandths.
    Number,
    /// A short word from a list or a small set.
    Category,
    /// Short free text: scrubbed before it is stored.
    Text,
}

#[derive(Debug, Clone, Deserialize)]
struct Constraints {
    #[serde(default)]
    required: bool,
    #[serde(default, rename = "enum")]
    allowed: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct FieldExtra {
    role: FieldRole,
    #[serde(default)]
    synonyms: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct RawField {
    name: String,
    description: String,
    #[serde(default)]
    constraints: Option<Constraints>,
    countersign: FieldExtra,
}

#[derive(Debug, Clone, Deserialize)]
struct SchemaExtra {
    special_category: bool,
    #[serde(default)]
    audit_only: bool,
    #[serde(default)]
    time: Option<String>,
    #[serde(default)]
    end: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct RawSchema {
    title: String,
    description: String,
    fields: Vec<RawField>,
    countersign: SchemaExtra,
}

/// One column a source kind may carry.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub description: String,
    pub role: FieldRole,
    pub required: bool,
    /// Allowed values; empty means any.
    pub allowed: Vec<String>,
    /// Lower-case headers seen in real exports.
    pub synonyms: Vec<String>,
}

impl Field {
    /// Whether the field becomes a column of the stored table.
    pub fn is_stored(&self) -> bool {
        !matches!(self.role, FieldRole::Officer | FieldRole::Identity | FieldRole::OtherIds)
    }
}

/// The Table Schema of one source kind.
#[derive(Debug, Clone)]
pub struct SourceSchema {
    pub kind: SourceKind,
    pub title: String,
    pub description: String,
    pub fields: Vec<Field>,
    /// Health data and the like: the gate asks for its own condition.
    pub special_category: bool,
    /// Sealed apart for the fairness audit: never kept as segments, never read by an indicator.
    pub audit_only: bool,
    /// The field that places a row in time, if the kind has one.
    pub time: Option<String>,
    /// The field that ends the row's interval, if it has one.
    pub end: Option<String>,
}

impl SourceSchema {
    /// The schema of a kind, parsed once from the file shipped with the program.
    pub fn of(kind: SourceKind) -> &'static SourceSchema {
        static ALL: OnceLock<Vec<SourceSchema>> = OnceLock::new();
        let all = ALL.get_or_init(|| SourceKind::ALL.iter().map(|k| Self::parse(*k)).collect());
        all.iter()
            .find(|s| s.kind == kind)
            .expect("every kind has a schema: ALL is built from SourceKind::ALL")
    }

    fn parse(kind: SourceKind) -> SourceSchema {
        let raw: RawSchema =
            serde_json::from_str(kind.json()).expect("schemas/sources is embedded and tested");
        let fields = raw.fields.into_iter().map(|f| {
            let constraints = f.constraints.unwrap_or(Constraints { required: false, allowed: Vec::new() });
            Field {
                name: f.name,
                description: f.description,
                role: f.countersign.role,
                required: constraints.required,
                allowed: constraints.allowed,
                synonyms: f.countersign.synonyms,
            }
        });
        SourceSchema {
            kind,
            title: raw.title,
            description: raw.description,
            fields: fields.collect(),
            special_category: raw.countersign.special_category,
            audit_only: raw.countersign.audit_only,
            time: raw.countersign.time,
            end: raw.countersign.end,
        }
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The fields that become columns, in schema order.
    pub fn stored(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| f.is_stored())
    }
}
