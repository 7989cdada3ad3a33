//! Columns that must not come in, whatever a mapping says: judged by name and by content.

use crate::file::{SheetInfo, SourceFile};
use crate::header::key;
use crate::mapping::Mapping;
use crate::names::is_postcode;
use model::{FieldRole, SourceSchema};

/// Mean length, in characters, from which a column is a narrative rather than a short text.
const LONG_TEXT: usize = 120;
/// Decimals from which a number under 180 is taken for a coordinate.
const COORDINATE_DECIMALS: usize = 4;

/// A mapped column the allow-list does not permit.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    pub header: String,
    /// The field the mapping points it at.
    pub field: String,
    /// A plain phrase: `coordinates`, `home address`.
    pub why: &'static str,
}

/// (what it is, words of a header, each a whole word or a run of words).
const NAMES: &[(&str, &[&str])] = &[
    (
        "coordinates",
        &[
            "latitude",
            "longitude",
            "lat",
            "lon",
            "lng",
            "long lat",
            "gps",
            "easting",
            "northing",
            "coordinates",
            "geolocation",
            "geo",
            "geohash",
            "what3words",
            "w3w",
            "grid reference",
            "grid ref",
        ],
    ),
    (
        "device position",
        &["device position", "device location", "cell site", "mast", "airwave position", "tracker", "avl"],
    ),
    (
        "message or mail content",
        &[
            "message",
            "message text",
            "message body",
            "email body",
            "mail body",
            "body",
            "sms",
            "chat",
            "subject line",
            "transcript",
        ],
    ),
    ("browsing", &["url", "browsing", "browser", "web history", "website", "visited", "search history"]),
    (
        "home address",
        &[
            "home address",
            "address line",
            "home",
            "postcode",
            "post code",
            "postal",
            "postal code",
            "zip",
            "zip code",
            "zipcode",
            "residence",
            "home phone",
        ],
    ),
    (
        "union or Federation membership",
        &["union", "federation", "unison", "trade union", "polfed", "subs deduction"],
    ),
    (
        "biometric data",
        &["biometric", "fingerprint", "faceprint", "face template", "iris", "retina", "dna", "voiceprint"],
    ),
];

/// What a header's name says it is, if that may not come in.
pub(crate) fn by_name(header: &str) -> Option<&'static str> {
    let padded = format!(" {} ", key(header));
    let named = |words: &&str| padded.contains(&format!(" {words} "));
    NAMES.iter().find(|(_, words)| words.iter().any(named)).map(|(what, _)| *what)
}

fn is_coordinate(cell: &str) -> bool {
    let degree = |text: &str| {
        let text = text.trim();
        let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
        let number: Option<f64> = text.parse().ok();
        decimals >= COORDINATE_DECIMALS && number.is_some_and(|n| n.abs() <= 180.0)
    };
    match cell.split_once([',', ';', ' ']) {
        Some((a, b)) => degree(a) && degree(b),
        None => degree(cell),
    }
}

/// What a column's sample says it is, if that may not come in.
pub(crate) fn by_content(sheet: &SheetInfo, column: usize, role: FieldRole) -> Option<&'static str> {
    if matches!(role, FieldRole::Identity | FieldRole::OtherIds) {
        return None;
    }
    let cells: Vec<&str> = sheet.sample.iter().filter_map(|r| r.get(column)).map(|c| c.trim()).collect();
    let given: Vec<&str> = cells.into_iter().filter(|c| !c.is_empty()).collect();
    if given.is_empty() {
        return None;
    }
    let most = |test: fn(&str) -> bool| given.iter().filter(|c| test(c)).count() * 2 > given.len();
    if most(is_coordinate) {
        return Some("coordinates");
    }
    if most(is_postcode) {
        return Some("postcodes");
    }
    let characters: usize = given.iter().map(|c| c.chars().count()).sum();
    (characters / given.len() > LONG_TEXT).then_some("long free text")
}

/// The mapped columns that are refused. Empty means the mapping may be used.
pub fn refuse(mapping: &Mapping, file: &SourceFile) -> Vec<Refused> {
    let schema = SourceSchema::of(mapping.kind);
    let mut out: Vec<Refused> = Vec::new();
    for (name, rule) in &mapping.columns {
        let Some(field) = schema.field(name) else { continue };
        for header in &rule.from {
            // An identity field is sealed; its own words (home phone apart) are judged by name only.
            let why = by_name(header).or_else(|| {
                let found = file.sheets.iter().filter_map(|s| s.position(header).map(|at| (s, at)));
                found.filter_map(|(s, at)| by_content(s, at, field.role)).next()
            });
            if let Some(why) = why {
                out.push(Refused { header: header.clone(), field: name.clone(), why });
            }
        }
    }
    out
}
