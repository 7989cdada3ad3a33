//! A mapping laid over one sheet: for every field the columns it comes from and how its cells are read.

use crate::file::SheetInfo;
use crate::header::key;
use crate::mapping::{ColumnRule, Mapping, NameSplit, NumberFormat};
use crate::split::Cells;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use model::{Field, FieldRole, NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, SourceKind, SourceSchema};

pub(super) struct FieldPlan {
    pub(super) name: &'static str,
    pub(super) role: FieldRole,
    pub(super) required: bool,
    pub(super) allowed: &'static [String],
    /// What a report calls the column.
    pub(super) header: String,
    pub(super) columns: Vec<usize>,
    pub(super) constant: Option<String>,
    pub(super) default: Option<String>,
    /// The mapping's own words, by compared form.
    pub(super) values: HashMap<String, String, RandomState>,
    pub(super) number: NumberFormat,
    pub(super) split: NameSplit,
    /// Position among the stored columns.
    pub(super) out: Option<usize>,
    /// Position of the start, where this field ends an interval.
    pub(super) ends: Option<usize>,
    /// Shares its date with the start: an end before it is on the next day.
    pub(super) rolls: bool,
    /// A date without a time is precise enough.
    pub(super) bare_date: bool,
}

pub(super) struct Plan {
    pub(super) kind: SourceKind,
    pub(super) officer: FieldPlan,
    /// All other mapped fields in schema order; persons, ids and identities included.
    pub(super) fields: Vec<FieldPlan>,
    /// "Not given" for every stored column.
    pub(super) absent: Vec<i64>,
    pub(super) time: Option<Slot>,
    pub(super) end: Option<Slot>,
    /// The claim that a row may stand for itself.
    pub(super) own_claim: Option<usize>,
    /// Where a roll without dates puts the first day of the import's period: it is how things stood then.
    pub(super) snapshot: Option<usize>,
    /// Where a stay without a moment of its own begins, and the moment's place: (start, at).
    pub(super) stay: Option<(usize, usize)>,
    pub(super) headers: Vec<String>,
    pub(super) width: usize,
}

/// A stored column that places a row in time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) at: usize,
    pub(super) is_date: bool,
}

/// The first header of the mapping that a sheet lacks.
pub(super) fn first_absent(mapping: &Mapping, sheet: &SheetInfo) -> String {
    let headers = mapping.columns.values().flat_map(|r| &r.from);
    headers.into_iter().find(|h| sheet.position(h).is_none()).cloned().unwrap_or_default()
}

impl Plan {
    /// The plan for a sheet, or nothing where it lacks a column the mapping names.
    pub(super) fn of(mapping: &Mapping, sheet: &SheetInfo) -> Option<Plan> {
        let schema = SourceSchema::of(mapping.kind);
        let stored: Vec<&'static Field> = schema.stored().collect();
        let at = |name: &str| stored.iter().position(|f| f.name == name);
        let mut fields = Vec::new();
        for field in &schema.fields {
            if let Some(rule) = mapping.columns.get(&field.name) {
                fields.push(FieldPlan::of(mapping.kind, field, rule, sheet, at(&field.name))?);
            }
        }
        let start =
            schema.time.as_deref().map(|t| if mapping.kind == SourceKind::Presence { "start" } else { t });
        let start_columns =
            start.and_then(|s| fields.iter().find(|f| f.name == s)).map(|f| f.columns.clone());
        if let Some(end) = fields.iter_mut().find(|f| Some(f.name) == schema.end.as_deref()) {
            end.ends = start.and_then(at);
            let both = |s: &Vec<usize>| s.len() == 2 && end.columns.len() == 2 && s[0] == end.columns[0];
            end.rolls = start_columns.as_ref().is_some_and(both);
        }
        let officer = fields.iter().position(|f| f.role == FieldRole::Officer).map(|at| fields.remove(at))?;
        let slot = |name: Option<&str>| {
            let at = at(name?)?;
            Some(Slot { at, is_date: stored[at].role == FieldRole::Date })
        };
        Some(Plan {
            kind: mapping.kind,
            officer,
            fields,
            absent: stored.iter().map(|f| absent(f.role)).collect(),
            time: slot(schema.time.as_deref()),
            end: slot(schema.end.as_deref()),
            own_claim: at("claim").filter(|_| mapping.kind == SourceKind::Overtime),
            snapshot: at("from").filter(|_| is_snapshot(mapping)),
            stay: (mapping.kind == SourceKind::Presence).then(|| at("start").zip(at("at"))).flatten(),
            headers: sheet.headers.iter().map(|h| key(h)).collect(),
            width: sheet.headers.len(),
        })
    }

    /// Whether a row repeats the header, as exports joined end to end do.
    pub(super) fn is_header(&self, cells: Cells<'_>) -> bool {
        let same = |(at, header): (usize, &String)| {
            let cell = cells.get(at);
            cell.len() <= 200 && key(&String::from_utf8_lossy(cell)) == *header
        };
        self.headers.iter().filter(|h| !h.is_empty()).count() > 1 && self.headers.iter().enumerate().all(same)
    }

    /// Positions of all columns read, ascending.
    pub(super) fn wanted(&self) -> Vec<usize> {
        let mut all: Vec<usize> =
            self.fields.iter().chain([&self.officer]).flat_map(|f| f.columns.clone()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Whether a mapping reads a roll that gives no dates.
pub(super) fn is_snapshot(mapping: &Mapping) -> bool {
    let dated = ["from", "until"].iter().any(|name| mapping.columns.contains_key(*name));
    mapping.kind == SourceKind::Officers && !dated
}

fn absent(role: FieldRole) -> i64 {
    match role {
        FieldRole::Instant => NO_INSTANT,
        FieldRole::Number => NO_NUMBER,
        FieldRole::Date => i64::from(NO_DATE),
        FieldRole::Person => i64::from(NO_OFFICER),
        _ => 0,
    }
}

impl FieldPlan {
    fn of(
        kind: SourceKind,
        field: &'static Field,
        rule: &ColumnRule,
        sheet: &SheetInfo,
        out: Option<usize>,
    ) -> Option<Self> {
        let columns: Option<Vec<usize>> = rule.from.iter().map(|h| sheet.position(h)).collect();
        let bare = matches!(kind, SourceKind::Absences | SourceKind::Duties) || !field.required;
        let values = rule.values.iter().map(|(theirs, ours)| (key(theirs), ours.clone())).collect();
        Some(Self {
            name: &field.name,
            role: field.role,
            required: field.required,
            allowed: &field.allowed,
            header: rule.from.last().unwrap_or(&field.name).clone(),
            columns: columns?,
            constant: rule.constant.clone(),
            default: rule.default.clone(),
            values,
            number: rule.number,
            split: rule.split,
            out,
            ends: None,
            rolls: false,
            bare_date: bare && kind != SourceKind::Presence,
        })
    }
}
