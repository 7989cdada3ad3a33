//! One partition's share of the context, read in parallel with the others.

use super::cases::Held;
use super::edits::Edge;
use super::incidents::Attended;
use super::leave::Leave;
use super::readers::{Readers, Stays};
use super::size::Sizes;
use crate::input::{LoadError, Segments};
use crate::load::{Cells, span, stay, trace_span};
use crate::profile::{Validity, Word};
use crate::roll::Attributes;
use model::time::Calendar;
use model::{NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, OfficerIndex, SourceKind, Table};
use std::collections::{BTreeMap, HashMap};

/// The kinds the context is made of.
pub const CONTEXT_KINDS: &[SourceKind] = &[
    SourceKind::Officers,
    SourceKind::Authorities,
    SourceKind::Duties,
    SourceKind::RosterEdits,
    SourceKind::Absences,
    SourceKind::Presence,
    SourceKind::Assignments,
    SourceKind::Incidents,
];

/// One partition's share of the context.
#[derive(Default)]
pub struct Part {
    pub attributes: Vec<(OfficerIndex, Attributes)>,
    pub authorities: Vec<(OfficerIndex, Word, Validity)>,
    /// Records and their cases, and who held the cases, by the numbers of `units`.
    pub records: Vec<(u64, u64)>,
    pub held: Vec<Held>,
    pub units: Vec<Word>,
    pub attended: Vec<(u64, Attended)>,
    /// Edits for gain of somebody else's duty, by anybody.
    pub edges: Vec<Edge>,
    /// Officer and the number of edits of their duties by others.
    pub edited: Vec<(OfficerIndex, u32)>,
    pub readers: Readers,
    pub leave: Leave,
    pub days: Option<(i32, i32)>,
    pub approvers_named: bool,
    pub gains_named: bool,
    pub rows: BTreeMap<SourceKind, u64>,
}

/// Reads one partition's share.
pub fn part(segments: &dyn Segments, number: u32, calendar: &Calendar) -> Result<Part, LoadError> {
    let mut part = Part::default();
    let mut stays = Stays::default();
    let mut units = Units::default();
    for kind in CONTEXT_KINDS {
        for (import, table) in segments.load(*kind, number)? {
            *part.rows.entry(*kind).or_default() += table.len() as u64;
            let cells = Cells::new(import, &table);
            match kind {
                SourceKind::Presence => presence(&cells, calendar, &mut stays),
                SourceKind::Assignments => part.assignments(&cells, &mut units),
                _ => part.take(&cells, &table, calendar),
            }
        }
    }
    part.readers = stays.count();
    part.units = units.names;
    part.shrink();
    Ok(part)
}

/// Numbers unit names inside one partition.
#[derive(Default)]
struct Units {
    names: Vec<Word>,
    numbers: HashMap<Word, u32>,
}

impl Units {
    fn number(&mut self, unit: Word) -> u32 {
        *self.numbers.entry(unit).or_insert_with_key(|unit| {
            self.names.push(unit.clone());
            self.names.len() as u32 - 1
        })
    }
}

impl Part {
    fn take(&mut self, cells: &Cells<'_>, table: &Table, calendar: &Calendar) {
        match table.kind {
            SourceKind::Officers => self.roll(cells),
            SourceKind::Authorities => self.authorities(cells),
            SourceKind::Duties => {
                self.duties(cells, calendar);
                self.leave(cells, "leave", calendar);
            }
            SourceKind::RosterEdits => self.edits(cells, calendar),
            SourceKind::Absences => self.leave(cells, "annual", calendar),
            SourceKind::Incidents => self.incidents(table, calendar),
            _ => {}
        }
    }

    /// Drops repeats: an assignment has a row for each record, an incident one for each of its numbers.
    fn shrink(&mut self) {
        self.records.sort_unstable();
        self.records.dedup();
        self.records.shrink_to_fit();
        self.held.sort_unstable();
        self.held.dedup();
        self.held.shrink_to_fit();
        self.attended.sort_unstable();
        self.attended.dedup();
        self.attended.shrink_to_fit();
    }

    /// Bytes that stay until the parts are joined.
    pub fn sizes(&self) -> Sizes {
        let of = |count: usize, each: usize| (count * each) as u64;
        Sizes {
            roll: of(self.attributes.len(), size_of::<(OfficerIndex, Attributes)>()),
            cases: of(self.records.len(), 16) + of(self.held.len(), size_of::<Held>()),
            incidents: of(self.attended.len(), size_of::<(u64, Attended)>()),
            edits: of(self.edges.len(), size_of::<Edge>()),
            readers: self.readers.bytes(),
        }
    }

    fn roll(&mut self, cells: &Cells<'_>) {
        let [rank, role, unit] = ["rank", "role", "unit"].map(|n| cells.words(n));
        let [unit_type, pattern, category] =
            ["unit_type", "shift_pattern", "category"].map(|n| cells.words(n));
        let [froms, untils, joined, left] = ["from", "until", "joined", "left"].map(|n| cells.table.dates(n));
        let [ftes, hours] = ["fte", "contract_hours"].map(|n| cells.table.numbers(n));
        let supervisors = cells.table.people("supervisor");
        for (row, officer) in cells.table.officers.iter().enumerate() {
            let attributes = Attributes {
                valid: Validity::new(at(froms, row, NO_DATE), at(untils, row, NO_DATE)),
                import: cells.import,
                rank: rank.at(row),
                role: role.at(row),
                unit: unit.at(row),
                unit_type: unit_type.at(row),
                shift_pattern: pattern.at(row),
                category: category.at(row),
                supervisor: at(supervisors, row, NO_OFFICER),
                fte: at(ftes, row, NO_NUMBER),
                contract_hours: at(hours, row, NO_NUMBER),
                joined: at(joined, row, NO_DATE),
                left: at(left, row, NO_DATE),
            };
            self.attributes.push((*officer, attributes));
        }
    }

    fn authorities(&mut self, cells: &Cells<'_>) {
        let kinds = cells.words("kind");
        let [froms, untils] = ["from", "until"].map(|n| cells.table.dates(n));
        for (row, officer) in cells.table.officers.iter().enumerate() {
            let valid = Validity::new(at(froms, row, NO_DATE), at(untils, row, NO_DATE));
            self.authorities.push((*officer, kinds.at(row), valid));
        }
    }

    fn duties(&mut self, cells: &Cells<'_>, calendar: &Calendar) {
        let kinds = cells.words("kind");
        let worked = |row: usize| !matches!(&*kinds.at(row), "rest" | "leave" | "");
        let starts = cells.table.instants("start").iter().enumerate();
        let starts = starts.filter(|(row, at)| **at != NO_INSTANT && worked(*row)).map(|(_, at)| *at);
        let Some((first, last)) = starts.fold(None, |ends: Option<(i64, i64)>, at| {
            Some(ends.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
        }) else {
            return;
        };
        let (first, last) = (calendar.day(first), calendar.day(last));
        self.days = Some(self.days.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
    }

    /// Rows of the kind that stands for leave.
    fn leave(&mut self, cells: &Cells<'_>, wanted: &str, calendar: &Calendar) {
        let kinds = cells.words("kind");
        let (starts, ends) = (cells.table.instants("start"), cells.table.instants("end"));
        let rows = (0..cells.table.len()).filter(|row| &*kinds.at(*row) == wanted);
        let spans = rows.filter_map(|row| span(starts, ends, row));
        self.leave.see(spans.map(|span| (calendar.day(span.start), calendar.day(span.end - 1))));
    }

    fn edits(&mut self, cells: &Cells<'_>, calendar: &Calendar) {
        let table = cells.table;
        let (dates, mut edited) = (table.dates("duty_date"), BTreeMap::new());
        let (ats, gains) = (table.instants("at"), table.numbers("minutes_gained"));
        let (editors, approvers) = (table.people("editor"), table.people("approver"));
        self.approvers_named |= approvers.iter().any(|a| *a != NO_OFFICER);
        self.gains_named |= gains.iter().any(|g| *g != NO_NUMBER);
        for (row, officer) in table.officers.iter().enumerate() {
            let (editor, when) = (at(editors, row, NO_OFFICER), at(ats, row, NO_INSTANT));
            let minutes = at(gains, row, 0).max(0) / 1000;
            if editor == NO_OFFICER || editor == *officer || when == NO_INSTANT {
                continue;
            }
            *edited.entry(*officer).or_insert(0) += 1;
            if minutes > 0 {
                self.edges.push(Edge {
                    editor,
                    officer: *officer,
                    at: when,
                    day: calendar.day(when),
                    duty_date: at(dates, row, NO_DATE),
                    minutes: minutes.min(i64::from(u32::MAX)) as u32,
                    approver: at(approvers, row, NO_OFFICER),
                    origin: cells.origin(row),
                });
            }
        }
        self.edited.extend(edited);
    }

    fn assignments(&mut self, cells: &Cells<'_>, units: &mut Units) {
        let names = cells.words("unit");
        let [records, cases] = ["record", "case"].map(|n| cells.table.tokens(n));
        let [froms, untils] = ["from", "until"].map(|n| cells.table.dates(n));
        for (row, officer) in cells.table.officers.iter().enumerate() {
            let record = at(records, row, 0);
            // A source that gives records but no case number still links officer and record.
            let case = match at(cases, row, 0) {
                0 => record,
                case => case,
            };
            if case == 0 {
                continue;
            }
            let valid = Validity::new(at(froms, row, NO_DATE), at(untils, row, NO_DATE));
            self.held.push(Held { case, officer: *officer, valid, unit: units.number(names.at(row)) });
            if record != 0 {
                self.records.push((record, case));
            }
        }
    }

    fn incidents(&mut self, table: &Table, calendar: &Calendar) {
        let numbers = ["incident", "case", "record"].map(|n| table.tokens(n));
        let (starts, ends) = (table.instants("start"), table.instants("end"));
        for (row, officer) in table.officers.iter().enumerate() {
            let Some(span) = stay(starts, ends, row) else { continue };
            let days = (calendar.day(span.start), calendar.day(span.end));
            let attended = Attended::new(*officer, days.0, days.1);
            let given = numbers.iter().map(|column| at(column, row, 0)).filter(|number| *number != 0);
            self.attended.extend(given.map(|number| (number, attended)));
        }
    }
}

fn at<T: Copy>(column: &[T], row: usize, absent: T) -> T {
    column.get(row).copied().unwrap_or(absent)
}

fn presence(cells: &Cells<'_>, calendar: &Calendar, stays: &mut Stays) {
    let table = cells.table;
    let (kinds, sites) = (cells.words("kind"), cells.words("site"));
    let [ats, starts, ends] = ["at", "start", "end"].map(|n| table.instants(n));
    for (row, officer) in table.officers.iter().enumerate() {
        let on_site = matches!(&*kinds.at(row), "swipe_in" | "swipe_out" | "desk");
        if let (true, Some(span)) = (on_site, trace_span(ats, starts, ends, row)) {
            stays.add(*officer, sites.at(row), calendar.day(span.start), cells.import);
        }
    }
}
