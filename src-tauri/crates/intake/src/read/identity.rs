//! Identities of the roll: gathered while its rows are read, handed out once each, the latest.

use super::plan::{FieldPlan, Plan};
use super::{RawIdentity, Shared, Sink, SinkError};
use crate::mapping::NameSplit;
use crate::split::Cells;
use crate::value::is_missing;
use model::time::parse_day;
use model::{FieldRole, OfficerIndex};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

/// First day and ordinal of the row an identity comes from: the greater is the later.
type Age = (i32, u32);

#[derive(Default)]
struct Gathered {
    latest: BTreeMap<OfficerIndex, (Age, RawIdentity)>,
    conflicts: u64,
}

/// What the roll says about everybody, until the import ends.
#[derive(Default)]
pub(super) struct Identities(Mutex<Gathered>);

impl Identities {
    fn lock(&self) -> MutexGuard<'_, Gathered> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes the identity of one row and registers its further ids.
    pub(super) fn add(
        &self,
        shared: &Shared<'_>,
        plan: &Plan,
        officer: OfficerIndex,
        age: Age,
        cells: Cells<'_>,
    ) {
        let mut raw = RawIdentity::default();
        raw.officer_id = text(&plan.officer, cells);
        for field in &plan.fields {
            match (field.role, field.name) {
                (FieldRole::Identity, "surname") => take_name(&mut raw, field, &text(field, cells)),
                (FieldRole::Identity, "forenames") => raw.forenames = text(field, cells),
                (FieldRole::Identity, _) => raw.contact = text(field, cells),
                (FieldRole::Category, "unit") => raw.unit = text(field, cells),
                (FieldRole::Category, "rank") => raw.rank = text(field, cells),
                (FieldRole::OtherIds, _) => raw.other_ids = other_ids(field, cells),
                _ => {}
            }
        }
        let mut gathered = self.lock();
        for id in &mut raw.other_ids {
            let (bare, from, until) = lifetime(id);
            let normalised = shared.mapping.id.apply(bare);
            if !normalised.is_empty() && !shared.roll.add_id(&normalised, officer, from, until) {
                gathered.conflicts += 1;
            }
            *id = bare.to_owned();
        }
        match gathered.latest.get_mut(&officer) {
            Some(known) if known.0 > age => {}
            Some(known) => *known = (age, raw),
            None => {
                gathered.latest.insert(officer, (age, raw));
            }
        }
    }

    /// Hands every identity to the sink; returns the further ids that were not free.
    pub(super) fn emit(&self, sink: &dyn Sink) -> Result<u64, SinkError> {
        let gathered = std::mem::take(&mut *self.lock());
        for (officer, (_, identity)) in gathered.latest {
            sink.identity(officer, identity)?;
        }
        Ok(gathered.conflicts)
    }
}

fn text(field: &FieldPlan, cells: Cells<'_>) -> String {
    let bytes = if field.columns.len() > 1 {
        super::parse::joined(field, cells)
    } else {
        super::parse::cell(field, cells).to_vec()
    };
    if is_missing(&bytes) { String::new() } else { crate::header::tidy(&String::from_utf8_lossy(&bytes)) }
}

/// A combined name taken apart as the mapping says; its forenames give way to a column of their own.
fn take_name(raw: &mut RawIdentity, field: &FieldPlan, name: &str) {
    let parts = match field.split {
        NameSplit::None => None,
        NameSplit::Comma => name.split_once(','),
        NameSplit::LastWord => name.rsplit_once(' ').map(|(first, last)| (last, first)),
    };
    match parts {
        Some((surname, forenames)) => {
            raw.surname = surname.trim().to_owned();
            if raw.forenames.is_empty() {
                raw.forenames = forenames.trim().to_owned();
            }
        }
        None => raw.surname = name.to_owned(),
    }
}

fn other_ids(field: &FieldPlan, cells: Cells<'_>) -> Vec<String> {
    let given = field.columns.iter().map(|c| String::from_utf8_lossy(cells.get(*c)).into_owned());
    let each = given.flat_map(|c| c.split(';').map(|i| i.trim().to_owned()).collect::<Vec<_>>());
    each.filter(|i| !is_missing(i.as_bytes())).collect()
}

/// `id@2024-01-01..2024-06-30`: the id and the days it holds; either day may be left out.
fn lifetime(id: &str) -> (&str, i32, i32) {
    let parts = id.rsplit_once('@').and_then(|(bare, days)| Some((bare, days.split_once("..")?)));
    let Some((bare, (from, until))) = parts else { return (id, i32::MIN, i32::MAX) };
    let day = |text: &str, open: i32| if text.trim().is_empty() { Some(open) } else { parse_day(text) };
    match (day(from, i32::MIN), day(until, i32::MAX)) {
        (Some(from), Some(until)) => (bare.trim(), from, until),
        _ => (id, i32::MIN, i32::MAX),
    }
}
