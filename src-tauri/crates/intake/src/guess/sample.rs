//! Ten sample rows under throw-away codes. Never the store's pseudonyms: a one-row file would reveal one.

use super::ColumnProposal;
use crate::file::{SheetInfo, SourceFile};
use crate::mapping::Mapping;
use crate::names::NameSet;
use crate::refuse;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use model::{FieldRole, SourceSchema};

const ROWS: usize = 10;
/// A list of words of which more than this share of cells is different, in percent, is no list.
const DISTINCT: usize = 50;

/// Codes drawn afresh for each call.
struct Codes {
    given: HashMap<(char, String), String, RandomState>,
    taken: Vec<u32>,
}

impl Codes {
    fn code(&mut self, letter: char, raw: &str) -> String {
        let known = (letter, raw.to_owned());
        if let Some(code) = self.given.get(&known) {
            return code.clone();
        }
        let number = loop {
            let drawn = getrandom::u32().unwrap_or(self.taken.len() as u32) % 9000 + 1000;
            if !self.taken.contains(&drawn) {
                break drawn;
            }
        };
        self.taken.push(number);
        let code = format!("{letter}{number}");
        self.given.insert(known, code.clone());
        code
    }
}

pub(super) fn columns(file: &SourceFile, mapping: &Mapping) -> Vec<ColumnProposal> {
    let sheet = file.main_sheet();
    let schema = SourceSchema::of(mapping.kind);
    let mut codes = Codes { given: HashMap::default(), taken: Vec::new() };
    let targets = |header: &str| {
        mapping.columns.iter().find(|(_, r)| r.from.iter().any(|h| h == header)).map(|(f, _)| f)
    };
    let mut out = Vec::new();
    for (column, header) in sheet.headers.iter().enumerate() {
        let target = targets(header).filter(|_| !sheet.duplicates.contains(&column));
        let role = target.and_then(|t| schema.field(t)).map(|f| f.role);
        let samples = role.map_or_else(Vec::new, |role| samples(sheet, column, role, mapping, &mut codes));
        let dropped = target.is_none().then(|| drop_reason(sheet, column, mapping).to_owned());
        out.push(ColumnProposal { header: header.clone(), target: target.cloned(), dropped, samples });
    }
    out
}

/// The code under which the report names a column that is not taken.
pub(crate) fn drop_reason(sheet: &SheetInfo, column: usize, mapping: &Mapping) -> &'static str {
    let header = &sheet.headers[column];
    let named = |s: &String| crate::header::key(s) == crate::header::key(header);
    let in_schema =
        SourceSchema::of(mapping.kind).fields.iter().any(|f| named(&f.name) || f.synonyms.iter().any(named));
    if sheet.duplicates.contains(&column) {
        "duplicate_header"
    } else if refuse::by_name(header).is_some() {
        "refused"
    } else if in_schema {
        "not_mapped"
    } else {
        "not_in_schema"
    }
}

fn samples(
    sheet: &SheetInfo,
    column: usize,
    role: FieldRole,
    mapping: &Mapping,
    codes: &mut Codes,
) -> Vec<String> {
    let cells: Vec<&str> = sheet.sample.iter().map(|r| r.get(column).map_or("", |c| c.trim())).collect();
    let given: Vec<&&str> = cells.iter().filter(|c| !c.is_empty()).collect();
    let mut different = given.clone();
    different.sort_unstable();
    different.dedup();
    let many = given.len() >= 10 && different.len() * 100 > given.len() * DISTINCT;
    let nobody = NameSet::empty();
    let mut show = |cell: &&str| match role {
        _ if cell.is_empty() => String::new(),
        FieldRole::Officer | FieldRole::Person => codes.code('P', &mapping.id.apply(cell)),
        FieldRole::Record => codes.code('R', cell),
        FieldRole::Identity | FieldRole::OtherIds => "sealed".to_owned(),
        FieldRole::Text => masked(cell),
        FieldRole::Category if many || nobody.may_name(cell) || cell.contains(',') => masked(cell),
        // A date or number column that holds something else is not shown either.
        FieldRole::Instant | FieldRole::Date | FieldRole::Number if cell.chars().any(char::is_alphabetic) => {
            let date = crate::value::date::parse(cell, mapping.dates).is_some();
            if date { (*cell).to_owned() } else { masked(cell) }
        }
        FieldRole::Instant | FieldRole::Date | FieldRole::Number | FieldRole::Category => (*cell).to_owned(),
    };
    cells.iter().take(ROWS).map(&mut show).collect()
}

fn masked(cell: &str) -> String {
    format!("text of {} characters", cell.chars().count())
}
