//! Counting: every row of the file ends in exactly one of these numbers.

use super::words::Judged;
use super::{Shared, plan};
use crate::file::SourceFile;
use crate::guess::{date_doubt, drop_reason};
use crate::header;
use crate::value::zone::Meeting;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use model::{DroppedColumn, FieldRole, ImportReport, OfficerIndex, Rejected, SheetRows, WeekCount};
use std::collections::BTreeMap;

/// Places reported of one kind of rejection.
const PLACES: usize = 50;

/// Marks of the row under way; they count only if it is accepted.
#[derive(Default)]
pub(super) struct RowMarks {
    /// Whether there is any: few rows have one, and adding up noughts costs a third of a row's time.
    any: bool,
    ambiguous: u64,
    skipped: u64,
    scrubbed: u64,
    flagged: u64,
    unlisted: Option<&'static str>,
}

impl RowMarks {
    /// For the next row.
    #[inline]
    pub(super) fn clear(&mut self) {
        if self.any {
            *self = Self::default();
        }
    }

    #[inline]
    pub(super) fn met(&mut self, meeting: Meeting) {
        match meeting {
            Meeting::Plain => return,
            Meeting::Ambiguous => self.ambiguous += 1,
            Meeting::Skipped => self.skipped += 1,
        }
        self.any = true;
    }

    #[inline]
    pub(super) fn word(&mut self, judged: &Judged) {
        if judged.replaced || judged.flagged {
            self.scrubbed += u64::from(judged.replaced);
            self.flagged += u64::from(judged.flagged);
            self.any = true;
        }
    }

    pub(super) fn not_listed(&mut self, field: &'static str) {
        self.unlisted = Some(field);
        self.any = true;
    }
}

/// (count, first ordinals) by (reason, column, sheet).
type Rejections = HashMap<(&'static str, String, usize), (u64, Vec<u32>), RandomState>;

pub(super) struct Tally {
    pub(super) row: RowMarks,
    pub(super) blank_rows: u64,
    pub(super) total_rows: u64,
    pub(super) repeated_headers: u64,
    /// Rows read of each sheet.
    read: Vec<u64>,
    accepted: u64,
    outside_period: u64,
    dropped_off_duty: u64,
    ambiguous: u64,
    skipped: u64,
    scrubbed: u64,
    flagged: u64,
    unlisted: BTreeMap<&'static str, u64>,
    rejected: Rejections,
    /// Accepted rows by officer; `seen` adds the other people named.
    by_officer: Vec<u64>,
    seen: Vec<bool>,
    weeks: HashMap<i32, u64, RandomState>,
    days: Option<(i32, i32)>,
}

fn bump<T: Clone + Default>(list: &mut Vec<T>, at: usize) -> &mut T {
    if list.len() <= at {
        list.resize(at + 1, T::default());
    }
    &mut list[at]
}

impl Tally {
    pub(super) fn new(sheets: usize) -> Self {
        Self {
            row: RowMarks::default(),
            blank_rows: 0,
            total_rows: 0,
            repeated_headers: 0,
            read: vec![0; sheets],
            accepted: 0,
            outside_period: 0,
            dropped_off_duty: 0,
            ambiguous: 0,
            skipped: 0,
            scrubbed: 0,
            flagged: 0,
            unlisted: BTreeMap::new(),
            rejected: HashMap::default(),
            by_officer: Vec::new(),
            seen: Vec::new(),
            weeks: HashMap::default(),
            days: None,
        }
    }

    pub(super) fn reject(&mut self, sheet: usize, ordinal: u32, reason: &'static str, column: &str) {
        self.read[sheet] += 1;
        let (count, places) = self.rejected.entry((reason, column.to_owned(), sheet)).or_default();
        *count += 1;
        // A thread meets its rows in order, so the first are its lowest.
        if places.len() < PLACES {
            places.push(ordinal);
        }
    }

    pub(super) fn outside(&mut self, sheet: usize) {
        self.read[sheet] += 1;
        self.outside_period += 1;
    }

    pub(super) fn off_duty(&mut self, sheet: usize) {
        self.read[sheet] += 1;
        self.dropped_off_duty += 1;
    }

    #[inline]
    pub(super) fn saw(&mut self, person: OfficerIndex) {
        *bump(&mut self.seen, person as usize) = true;
    }

    /// Whose rows were accepted, a whole batch at once: row by row each would wait for memory.
    pub(super) fn of_officers(&mut self, officers: &[OfficerIndex]) {
        for officer in officers {
            *bump(&mut self.by_officer, *officer as usize) += 1;
        }
    }

    #[inline]
    pub(super) fn accept(&mut self, sheet: usize, day: Option<i32>) {
        self.read[sheet] += 1;
        self.accepted += 1;
        if self.row.any {
            self.add_marks();
        }
        if let Some(day) = day {
            // Day 0 was a Thursday.
            let monday = day - (day + 3).rem_euclid(7);
            *self.weeks.entry(monday).or_default() += 1;
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    #[cold]
    fn add_marks(&mut self) {
        let row = &self.row;
        self.ambiguous += row.ambiguous;
        self.skipped += row.skipped;
        self.scrubbed += row.scrubbed;
        self.flagged += row.flagged;
        if let Some(field) = row.unlisted {
            *self.unlisted.entry(field).or_default() += 1;
        }
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        self.blank_rows += other.blank_rows;
        self.total_rows += other.total_rows;
        self.repeated_headers += other.repeated_headers;
        self.accepted += other.accepted;
        self.outside_period += other.outside_period;
        self.dropped_off_duty += other.dropped_off_duty;
        self.ambiguous += other.ambiguous;
        self.skipped += other.skipped;
        self.scrubbed += other.scrubbed;
        self.flagged += other.flagged;
        for (at, rows) in other.read.into_iter().enumerate() {
            *bump(&mut self.read, at) += rows;
        }
        for (field, count) in other.unlisted {
            *self.unlisted.entry(field).or_default() += count;
        }
        for (what, (count, places)) in other.rejected {
            let mine = self.rejected.entry(what).or_default();
            mine.0 += count;
            mine.1.extend(places);
        }
        for (at, rows) in other.by_officer.into_iter().enumerate().filter(|(_, rows)| *rows > 0) {
            *bump(&mut self.by_officer, at) += rows;
        }
        for (at, _) in other.seen.into_iter().enumerate().filter(|(_, seen)| *seen) {
            *bump(&mut self.seen, at) = true;
        }
        for (monday, rows) in other.weeks {
            *self.weeks.entry(monday).or_default() += rows;
        }
        self.days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        self
    }

    /// The report. Names of sheets and columns are texts too: known names in them are replaced.
    pub(super) fn report(
        mut self,
        file: &SourceFile,
        shared: &Shared<'_>,
        starts: &[Option<u32>],
    ) -> ImportReport {
        let mut report = ImportReport {
            rows_read: self.read.iter().sum(),
            rows_accepted: self.accepted,
            dropped_off_duty: self.dropped_off_duty,
            outside_period: self.outside_period,
            scrubbed_texts: self.scrubbed,
            ambiguous_times: self.ambiguous,
            skipped_times: self.skipped,
            flagged_texts: self.flagged,
            officers: self.by_officer.iter().filter(|n| **n > 0).count() as u64,
            first_day: self.days.map(|d| d.0),
            last_day: self.days.map(|d| d.1),
            dropped_columns: dropped(file, shared),
            ..ImportReport::default()
        };
        for (at, sheet) in file.sheets.iter().enumerate() {
            if let Some(first_ordinal) = starts.get(at).copied().flatten() {
                let name = shared.names.scrub_word(&sheet.name).text;
                let rows = self.read[at];
                report.sheets.push(SheetRows { name, first_ordinal, first_row: sheet.header_row + 1, rows });
            }
        }
        report.weeks =
            self.weeks.iter().map(|(monday, rows)| WeekCount { monday: *monday, rows: *rows }).collect();
        report.weeks.sort_unstable_by_key(|w| w.monday);
        self.unknown(shared, &mut report);
        self.rejections(shared, &mut report);
        self.remarks(file, shared, &mut report);
        report
    }

    fn unknown(&mut self, shared: &Shared<'_>, report: &mut ImportReport) {
        let everybody = self.by_officer.len().max(self.seen.len());
        for at in 0..everybody {
            let rows = self.by_officer.get(at).copied().unwrap_or(0);
            let met = rows > 0 || self.seen.get(at).copied().unwrap_or(false);
            if met && shared.roll.is_provisional(at as OfficerIndex) {
                report.unknown_officers += 1;
                report.unknown_officer_rows += rows;
            }
        }
    }

    fn rejections(&mut self, shared: &Shared<'_>, report: &mut ImportReport) {
        let mut by_what: BTreeMap<(&'static str, String), (u64, Vec<u32>)> = BTreeMap::new();
        for ((reason, column, _), (count, places)) in self.rejected.drain() {
            let mine = by_what.entry((reason, column)).or_default();
            mine.0 += count;
            mine.1.extend(places);
        }
        for ((reason, column), (count, mut ordinals)) in by_what {
            ordinals.sort_unstable();
            ordinals.truncate(PLACES);
            let places = ordinals
                .iter()
                .filter_map(|o| report.place_of(*o))
                .map(|(s, row)| (s.to_owned(), row))
                .collect();
            let column = shared.names.scrub_word(&column).text;
            report.rejected.push(Rejected { reason: reason.to_owned(), column, count, places });
        }
    }

    fn remarks(&self, file: &SourceFile, shared: &Shared<'_>, report: &mut ImportReport) {
        let counts = [
            (self.blank_rows, "blank rows were passed over."),
            (self.total_rows, "rows of totals were passed over."),
            (self.repeated_headers, "rows repeat the header and were passed over."),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            report.remarks.push(format!("{count} {what}"));
        }
        for (field, count) in &self.unlisted {
            report.remarks.push(format!("{count} words of {field} are not in its list and were left blank."));
        }
        let dated =
            |p: &plan::Plan| p.fields.iter().any(|f| matches!(f.role, FieldRole::Instant | FieldRole::Date));
        if shared.plans.iter().flatten().any(dated) {
            report.remarks.extend(date_doubt(file, shared.mapping.dates));
        }
        if plan::is_snapshot(shared.mapping) && self.accepted > 0 {
            let first = model::time::show_day(shared.options.period.0);
            report.remarks.push(format!(
                "The roll gives no dates: its rows hold from the first day of the period, {first}."
            ));
        }
        let name = |sheet: &str| shared.names.scrub_word(sheet).text;
        for (at, sheet) in file.sheets.iter().enumerate().filter(|(at, _)| shared.plans[*at].is_none()) {
            let _ = at;
            report
                .remarks
                .push(format!("The sheet {:?} has other columns and was not read.", name(&sheet.name)));
        }
        for sheet in &file.skipped_sheets {
            report.remarks.push(format!("The sheet {:?} has no header row and was not read.", name(sheet)));
        }
    }
}

fn dropped(file: &SourceFile, shared: &Shared<'_>) -> Vec<DroppedColumn> {
    let mut out: Vec<DroppedColumn> = Vec::new();
    let taken: Vec<String> =
        shared.mapping.columns.values().flat_map(|r| &r.from).map(|h| header::key(h)).collect();
    for (sheet, _) in file.sheets.iter().zip(shared.plans).filter(|(_, plan)| plan.is_some()) {
        for (column, header) in sheet.headers.iter().enumerate().filter(|(_, h)| !h.is_empty()) {
            if taken.contains(&header::key(header)) && !sheet.duplicates.contains(&column) {
                continue;
            }
            let reason = drop_reason(sheet, column, shared.mapping).to_owned();
            let dropped = DroppedColumn { header: shared.names.scrub_word(header).text, reason };
            if !out.contains(&dropped) {
                out.push(dropped);
            }
        }
    }
    out
}
