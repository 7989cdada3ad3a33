//! One parsing thread: rows in, tables out.

use super::blocks::{Block, Body};
use super::parse::{self, END_BEFORE_START, MISSING, NOT_IN_LIST, TOO_MANY_CELLS};
use super::plan::{FieldPlan, Plan, Slot};
use super::tally::Tally;
use super::words::WordColumn;
use super::{ReadError, Shared, SinkError};
use crate::cache::ShortCache;
use crate::file::text::utf8;
use crate::header::key;
use crate::key::Keyed;
use crate::mapping::DateOrder;
use crate::split::{Cells, Row, Splitter};
use crate::value::is_missing;
use crate::value::zone::ZoneCache;
use crossbeam_channel::{Receiver, Sender};
use model::time::{DEFAULT_ZONE, zone};
use model::{Column, FieldRole, NO_DATE, NO_INSTANT, OfficerIndex, SourceKind, Table};
use std::sync::atomic::Ordering;

/// The largest rows a table can hold before the sink must take it, whatever `Options` says.
const MOST_BATCH_ROWS: usize = 1 << 20;

pub(super) struct Worker<'a> {
    shared: &'a Shared<'a>,
    keyed: Keyed,
    order: DateOrder,
    zone: ZoneCache,
    table: Table,
    /// One per stored column; words are kept by position.
    words: Vec<WordColumn>,
    people: ShortCache,
    scratch: Vec<u8>,
    /// The row under way, in the order of the stored columns.
    values: Vec<i64>,
    tally: Tally,
}

/// What became of a row.
enum Fate {
    Kept,
    Left,
}

impl<'a> Worker<'a> {
    pub(super) fn new(shared: &'a Shared<'a>) -> Self {
        let table = Table::new(shared.mapping.kind);
        let fallback = || zone(DEFAULT_ZONE).expect("the default zone is bundled");
        Self {
            shared,
            keyed: shared.roll.keyed().clone(),
            order: shared.mapping.dates,
            zone: ZoneCache::new(zone(&shared.mapping.zone).unwrap_or_else(fallback)),
            words: table.columns.iter().map(|_| WordColumn::new()).collect(),
            values: vec![0; table.columns.len()],
            table,
            people: ShortCache::new(17, 8),
            scratch: Vec::new(),
            tally: Tally::new(shared.plans.len()),
        }
    }

    pub(super) fn into_tally(self) -> Tally {
        self.tally
    }

    pub(super) fn run(&mut self, blocks: &Receiver<Block>, spare: &Sender<Vec<u8>>) -> Result<(), ReadError> {
        for block in blocks {
            if self.shared.options.cancel.load(Ordering::Relaxed) {
                return Err(ReadError::Cancelled);
            }
            if self.shared.stopped.load(Ordering::Relaxed) {
                return Ok(());
            }
            self.block(block, spare)?;
        }
        self.flush()?;
        Ok(())
    }

    fn block(&mut self, block: Block, spare: &Sender<Vec<u8>>) -> Result<(), ReadError> {
        let plans = self.shared.plans;
        let Some(plan) = &plans[block.sheet] else { return Ok(()) };
        let mut rows = 0;
        match block.body {
            Body::Text { bytes, dialect, encoding } => {
                let text = utf8(&bytes, encoding);
                let (mut splitter, mut row) = (Splitter::new(dialect, &text), Row::default());
                while let Some(cells) = splitter.next(&mut row) {
                    self.row(plan, block.sheet, block.first_ordinal + rows, cells)?;
                    rows += 1;
                }
                drop(text);
                // A full tray means there are enough.
                let _ = spare.try_send(bytes);
            }
            Body::Rows(cells) => {
                for (ordinal, cells) in cells.iter() {
                    self.row(plan, block.sheet, ordinal, cells)?;
                    rows += 1;
                }
            }
        }
        let done = self.shared.done.fetch_add(block.file_bytes, Ordering::Relaxed) + block.file_bytes;
        let all = self.shared.rows.fetch_add(u64::from(rows), Ordering::Relaxed) + u64::from(rows);
        (self.shared.options.progress)(done.min(self.shared.bytes), self.shared.bytes, all);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        if self.table.is_empty() {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.table, Table::new(self.shared.mapping.kind));
        self.tally.of_officers(&full.officers);
        for words in &mut self.words {
            words.end_batch();
        }
        self.shared.sink.rows(full)
    }

    #[inline]
    fn row(&mut self, plan: &Plan, sheet: usize, ordinal: u32, cells: Cells<'_>) -> Result<(), SinkError> {
        let officer = parse::cell(&plan.officer, cells);
        if is_missing(officer) {
            self.no_officer(plan, sheet, ordinal, cells);
            return Ok(());
        }
        // Asked for before the values are read, so that the answer has come from memory when they are.
        let known = self.people.get(officer);
        if let Err((reason, column)) = self.values_of(plan, cells) {
            if plan.is_header(cells) {
                self.tally.repeated_headers += 1;
            } else {
                self.tally.reject(sheet, ordinal, reason, column);
            }
            return Ok(());
        }
        if let Fate::Kept = self.place(plan, sheet, ordinal, (officer, known), cells)
            && self.table.len() >= self.shared.options.batch_rows.clamp(1, MOST_BATCH_ROWS)
        {
            self.flush()?;
        }
        Ok(())
    }

    /// Blank rows and totals are passed over; any other row without an officer is rejected.
    fn no_officer(&mut self, plan: &Plan, sheet: usize, ordinal: u32, cells: Cells<'_>) {
        let total = |c: &[u8]| {
            let word = key(&String::from_utf8_lossy(c));
            ["total", "totals", "subtotal", "grand total", "sum"].iter().any(|t| word == *t)
                || word.starts_with("total ")
                || word.starts_with("grand total ")
        };
        if cells.iter().all(<[u8]>::is_empty) {
            self.tally.blank_rows += 1;
        } else if cells.iter().any(|c| !c.is_empty() && c.len() < 60 && total(c)) {
            self.tally.total_rows += 1;
        } else {
            self.tally.reject(sheet, ordinal, MISSING, &plan.officer.header);
        }
    }

    /// Reads all values that need no roll into `self.values`.
    fn values_of<'p>(&mut self, plan: &'p Plan, cells: Cells<'_>) -> Result<(), (&'static str, &'p str)> {
        self.values.copy_from_slice(&plan.absent);
        self.tally.row.clear();
        if cells.len() > plan.width && (plan.width..cells.len()).any(|at| !cells.get(at).is_empty()) {
            return Err((TOO_MANY_CELLS, ""));
        }
        for field in &plan.fields {
            let Some(out) = field.out else { continue };
            let given = self.value(field, out, cells).map_err(|reason| (reason, field.header.as_str()))?;
            if !given && field.required && plan.own_claim != Some(out) {
                return Err((MISSING, &field.header));
            }
        }
        if let Some((start, at)) = plan.stay {
            if self.values[at] == NO_INSTANT {
                self.values[at] = self.values[start];
            }
            if self.values[at] == NO_INSTANT {
                return Err((MISSING, "at"));
            }
        }
        Ok(())
    }

    /// Reads one field; whether it was given.
    #[inline]
    fn value(&mut self, field: &FieldPlan, out: usize, cells: Cells<'_>) -> Result<bool, &'static str> {
        match field.role {
            FieldRole::Instant => {
                let start = field.ends.map_or(NO_INSTANT, |at| self.values[at]);
                let Some(moment) = parse::instant(field, cells, self.order, &mut self.zone, start)? else {
                    return Ok(false);
                };
                self.values[out] = moment.utc;
                self.tally.row.met(moment.meeting);
                if start != NO_INSTANT && moment.utc < start { Err(END_BEFORE_START) } else { Ok(true) }
            }
            FieldRole::Date => {
                let Some(day) = parse::day(field, cells, self.order)? else { return Ok(false) };
                self.values[out] = i64::from(day);
                let start = field.ends.map_or(i64::from(NO_DATE), |at| self.values[at]);
                if i64::from(day) < start { Err(END_BEFORE_START) } else { Ok(true) }
            }
            FieldRole::Number => {
                let Some(number) = parse::thousandths(field, cells)? else { return Ok(false) };
                self.values[out] = number;
                Ok(true)
            }
            FieldRole::Record => {
                let cell = parse::cell(field, cells);
                if is_missing(cell) {
                    return Ok(false);
                }
                self.values[out] = self.token(cell) as i64;
                Ok(true)
            }
            FieldRole::Category | FieldRole::Text => self.word(field, out, cells),
            FieldRole::Person => Ok(!is_missing(parse::cell(field, cells))),
            FieldRole::Officer | FieldRole::OtherIds | FieldRole::Identity => Ok(true),
        }
    }

    #[inline]
    fn word(&mut self, field: &FieldPlan, out: usize, cells: Cells<'_>) -> Result<bool, &'static str> {
        let several;
        let cell = if field.columns.len() > 1 {
            several = parse::joined(field, cells);
            several.as_slice()
        } else {
            parse::cell(field, cells)
        };
        if is_missing(cell) {
            return Ok(false);
        }
        let judged = self.words[out].judge(field, self.shared.names, cell);
        if judged.unlisted {
            if field.required {
                return Err(NOT_IN_LIST);
            }
            self.tally.row.not_listed(field.name);
        }
        self.values[out] = i64::from(judged.word);
        self.tally.row.word(&judged);
        Ok(true)
    }

    #[inline]
    fn token(&mut self, cell: &[u8]) -> u64 {
        parse::record(cell, &mut self.scratch);
        self.keyed.token(&self.scratch)
    }

    /// First and last civil day of the row, where it has them.
    #[inline]
    fn days(&mut self, plan: &Plan) -> (Option<i32>, Option<i32>) {
        let mut day = |slot: Slot| match self.values[slot.at] {
            v if slot.is_date => (v != i64::from(NO_DATE)).then_some(v as i32),
            v => (v != NO_INSTANT).then(|| self.zone.day(v)),
        };
        let first = plan.time.and_then(&mut day);
        let last = match plan.end {
            // An open end of days goes on; a moment without an end is over.
            Some(slot) => day(slot).or(if slot.is_date { None } else { first }),
            None => first,
        };
        (first, last)
    }

    /// Period, presence, officer; then the row is pushed.
    fn place(
        &mut self,
        plan: &Plan,
        sheet: usize,
        ordinal: u32,
        (raw, known): (&[u8], Option<u64>),
        cells: Cells<'_>,
    ) -> Fate {
        let (period, (first, last)) = (self.shared.options.period, self.days(plan));
        if first.is_some_and(|d| d > period.1) || last.is_some_and(|d| d < period.0) {
            self.tally.outside(sheet);
            return Fate::Left;
        }
        let day = first.unwrap_or(period.1);
        let officer = match plan.kind {
            SourceKind::Presence => match self.present(plan, raw, day) {
                Some(officer) => officer,
                None => {
                    self.tally.off_duty(sheet);
                    return Fate::Left;
                }
            },
            SourceKind::Officers if plan.is_header(cells) => {
                self.tally.repeated_headers += 1;
                return Fate::Left;
            }
            SourceKind::Officers => self.enrol(plan, ordinal, raw, day, first, cells),
            _ => known.map_or_else(|| self.unmet(raw, day), |officer| officer as OfficerIndex),
        };
        if let Some(from) = plan.snapshot {
            self.values[from] = i64::from(period.0);
        }
        self.persons(plan, day, cells);
        if let Some(claim) = plan.own_claim
            && self.values[claim] == 0
        {
            self.values[claim] = self.keyed.row_token(&self.shared.options.import_hash, ordinal) as i64;
        }
        self.push(officer, ordinal);
        self.tally.accept(sheet, first.filter(|d| *d >= period.0));
        Fate::Kept
    }

    /// The officer, if the row lies inside what presence may be kept in. Makes nobody.
    fn present(&self, plan: &Plan, raw: &[u8], day: i32) -> Option<OfficerIndex> {
        let windows = self.shared.options.presence?;
        let officer = self.shared.roll.find(&self.normalised(raw), day)?;
        let at = self.values[plan.time?.at];
        let (start, _) = plan.stay?;
        let start = if self.values[start] == NO_INSTANT { at } else { self.values[start].min(at) };
        let end = self.values[plan.end?.at].max(at);
        windows.covers(officer, start, end).then_some(officer)
    }

    fn normalised(&self, raw: &[u8]) -> String {
        self.shared.mapping.id.apply(&String::from_utf8_lossy(raw))
    }

    #[inline]
    fn person(&mut self, raw: &[u8], day: i32) -> OfficerIndex {
        let known = self.people.get(raw);
        known.map_or_else(|| self.unmet(raw, day), |officer| officer as OfficerIndex)
    }

    /// Somebody this thread has not met, or whose id changes hands.
    fn unmet(&mut self, raw: &[u8], day: i32) -> OfficerIndex {
        let resolved = self.shared.roll.resolve(&self.normalised(raw), day);
        // An id that changes hands is looked up by its day each time.
        if resolved.always {
            self.people.put(raw, u64::from(resolved.officer));
        }
        resolved.officer
    }

    /// The other people of the row.
    fn persons(&mut self, plan: &Plan, day: i32, cells: Cells<'_>) {
        for field in plan.fields.iter().filter(|f| f.role == FieldRole::Person) {
            let cell = parse::cell(field, cells);
            if let Some(out) = field.out
                && !is_missing(cell)
            {
                let person = self.person(cell, day);
                self.values[out] = i64::from(person);
                self.tally.saw(person);
            }
        }
    }

    fn enrol(
        &mut self,
        plan: &Plan,
        ordinal: u32,
        raw: &[u8],
        day: i32,
        from: Option<i32>,
        cells: Cells<'_>,
    ) -> OfficerIndex {
        let officer = self.shared.roll.enrol(&self.normalised(raw), day);
        self.shared.identities.add(self.shared, plan, officer, (from.unwrap_or(i32::MIN), ordinal), cells);
        officer
    }

    #[inline]
    fn push(&mut self, officer: OfficerIndex, ordinal: u32) {
        self.table.officers.push(officer);
        self.table.rows.push(ordinal);
        for (at, column) in self.table.columns.iter_mut().enumerate() {
            let value = self.values[at];
            match column {
                Column::Instant(v) | Column::Number(v) => v.push(value),
                Column::Date(v) => v.push(value as i32),
                Column::Token(v) => v.push(value as u64),
                Column::Person(v) => v.push(value as OfficerIndex),
                Column::Words(words) => self.words[at].push(value as u32, words),
            }
        }
    }
}
