//! Guessing what a file is and how its columns map, shown with samples that give nobody away.

mod columns;
mod evidence;
mod sample;

pub(crate) use sample::drop_reason;

use crate::file::{SheetInfo, SourceFile};
use crate::header::tidy;
use crate::mapping::{ColumnRule, DateOrder, IdRule, LeadingZeros, Mapping};
use crate::value::date::ambiguous_parts;
use columns::Assignment;
use model::time::DEFAULT_ZONE;
use model::{FieldRole, SourceKind, SourceSchema};
use serde::Serialize;
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

/// One column of the file and what would become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnProposal {
    pub header: String,
    /// Field of the kind it would fill.
    pub target: Option<String>,
    /// Why it would be dropped: a code of `DroppedColumn`.
    pub dropped: Option<String>,
    /// Ten cells, under throw-away codes where they name anybody; none of a dropped column.
    pub samples: Vec<String>,
}

/// A guess, to be confirmed by a person.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    pub kind: SourceKind,
    /// 0 to 100.
    pub confidence: u8,
    pub mapping: Mapping,
    /// Other kinds it might be, likeliest first.
    pub alternatives: Vec<(SourceKind, u8)>,
    pub columns: Vec<ColumnProposal>,
    /// Plain sentences about what is missing or assumed.
    pub problems: Vec<String>,
}

/// Guesses kind and mapping from headers and sample rows.
pub fn guess(file: &SourceFile) -> Proposal {
    let order = date_order(file).unwrap_or_default();
    let mut ranked: Vec<Assignment> =
        SourceKind::ALL.iter().map(|k| columns::assign(file, *k, order)).collect();
    // A stable sort: of equal kinds the earlier in import order wins.
    ranked.sort_by_key(|a| std::cmp::Reverse(a.confidence));
    let alternatives = ranked.iter().skip(1).filter(|a| a.confidence >= 30).take(3);
    let alternatives = alternatives.map(|a| (a.kind, a.confidence)).collect();
    propose(file, &ranked[0], alternatives)
}

/// Guesses the mapping for a kind the user named.
pub fn guess_as(file: &SourceFile, kind: SourceKind) -> Proposal {
    propose(file, &columns::assign(file, kind, date_order(file).unwrap_or_default()), Vec::new())
}

/// Shows what a mapping that is already there makes of a file.
pub fn with_mapping(file: &SourceFile, mapping: Mapping) -> Proposal {
    let refused = crate::refuse::refuse(&mapping, file);
    let problem =
        |r: crate::Refused| format!("The column {:?} holds {}: it must not be imported.", r.header, r.why);
    let columns = sample::columns(file, &mapping);
    let dated = mapping.columns.keys().filter_map(|name| SourceSchema::of(mapping.kind).field(name));
    let dated = dated.into_iter().any(|f| matches!(f.role, FieldRole::Instant | FieldRole::Date));
    let doubt = date_doubt(file, mapping.dates).filter(|_| dated);
    let problems = refused.into_iter().map(problem).chain(doubt).collect();
    Proposal { kind: mapping.kind, confidence: 100, mapping, alternatives: Vec::new(), columns, problems }
}

fn propose(file: &SourceFile, found: &Assignment, alternatives: Vec<(SourceKind, u8)>) -> Proposal {
    let schema = SourceSchema::of(found.kind);
    let order = date_order(file);
    let mut problems = found.problems.clone();
    if found.has_dates {
        problems.extend(date_doubt(file, order.unwrap_or_default()));
    }
    let mapping = Mapping {
        name: tidy(&format!("{} from {} columns", schema.title, file.main_sheet().headers.len())),
        kind: found.kind,
        zone: DEFAULT_ZONE.into(),
        dates: order.unwrap_or_default(),
        id: id_rule(file, found.columns.get("officer")),
        columns: found.columns.clone(),
    };
    for refused in crate::refuse::refuse(&mapping, file) {
        problems
            .push(format!("The column {:?} holds {}: it must not be imported.", refused.header, refused.why));
    }
    let columns = sample::columns(file, &mapping);
    Proposal { kind: found.kind, confidence: found.confidence, mapping, alternatives, columns, problems }
}

/// Which part of a date comes first, if the samples tell.
fn date_order(file: &SourceFile) -> Option<DateOrder> {
    let cells = file.sheets.iter().flat_map(|s| s.sample.iter().flatten());
    let (mut first, mut second) = (0, 0);
    for (a, b) in cells.filter_map(|c| ambiguous_parts(c)) {
        first += u32::from(a > 12 && a <= 31 && b <= 12);
        second += u32::from(b > 12 && b <= 31 && a <= 12);
    }
    match (first, second) {
        (0, 0) => None,
        (f, s) if f >= s => Some(DateOrder::Dmy),
        _ => Some(DateOrder::Mdy),
    }
}

/// What is doubtful about reading the sampled dates in an order: a plain sentence.
pub(crate) fn date_doubt(file: &SourceFile, order: DateOrder) -> Option<String> {
    let (read, other) = match order {
        DateOrder::Dmy => ("day", "month"),
        DateOrder::Mdy => ("month", "day"),
        DateOrder::Ymd => return None,
    };
    match date_order(file) {
        None if file.sheets.iter().any(leaves_order_open) => {
            Some(format!("Dates are read {read} first; no sample shows whether the {other} comes first."))
        }
        Some(seen) if seen != order => {
            Some(format!("Dates are read {read} first, but the samples show the {other} first."))
        }
        _ => None,
    }
}

/// Whether a sampled date could be read either way: `2026-03-09` and a spreadsheet's own dates cannot.
fn leaves_order_open(sheet: &SheetInfo) -> bool {
    sheet.sample.iter().flatten().any(|cell| ambiguous_parts(cell).is_some())
}

/// Ids are compared in capitals; a final `.0` goes where the sample shows one. Zeros stay, as they may matter.
fn id_rule(file: &SourceFile, officer: Option<&ColumnRule>) -> IdRule {
    let header = officer.and_then(|r| r.from.first());
    let decimal =
        |cell: &String| cell.strip_suffix(".0").is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    let seen = header.is_some_and(|h| {
        let found = file.sheets.iter().filter_map(|s| s.position(h).map(|at| (s, at)));
        found.flat_map(|(s, at)| s.sample.iter().filter_map(move |r| r.get(at))).any(decimal)
    });
    IdRule { strip_decimal: seen, leading_zeros: LeadingZeros::Keep, ..IdRule::default() }
}

/// Rules by field name.
type Rules = BTreeMap<String, ColumnRule>;
