//! Segments about time.

use super::{Cells, Partition, at, span, trace_span};
use crate::profile::{Absence, AttendanceClaim, Duty, Overtime, RosterEdit, Trace};
use model::{NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER};

impl Partition {
    pub(super) fn duties(&mut self, cells: &Cells<'_>) {
        let (starts, ends) = (cells.table.instants("start"), cells.table.instants("end"));
        let [kinds, places, units] = ["kind", "place", "unit"].map(|n| cells.words(n));
        let read = |row, origin| {
            Some(Duty {
                span: span(starts, ends, row)?,
                kind: kinds.at(row),
                place: places.at(row),
                unit: units.at(row),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.duties);
    }

    pub(super) fn roster_edits(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (ats, dates) = (table.instants("at"), table.dates("duty_date"));
        let (editors, approvers) = (table.people("editor"), table.people("approver"));
        let gains = table.numbers("minutes_gained");
        let (fields, reasons) = (cells.words("field"), cells.words("reason"));
        let (befores, afters) = (cells.words("before"), cells.words("after"));
        let read = |row, origin| {
            let (when, duty_date) = (at(ats, row, NO_INSTANT), at(dates, row, NO_DATE));
            let gained = at(gains, row, NO_NUMBER);
            (when != NO_INSTANT && duty_date != NO_DATE).then(|| RosterEdit {
                at: when,
                editor: at(editors, row, NO_OFFICER),
                duty_date,
                field: fields.at(row),
                before: befores.at(row),
                after: afters.at(row),
                reason: reasons.at(row),
                gained: if gained == NO_NUMBER { 0 } else { gained },
                approver: at(approvers, row, NO_OFFICER),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.roster_edits);
    }

    pub(super) fn overtime(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (starts, ends) = (table.instants("worked_start"), table.instants("worked_end"));
        let (claims, claimed) = (table.tokens("claim"), table.instants("claimed_at"));
        let (paid, rates) = (table.numbers("paid_hours"), table.numbers("rate"));
        let (categories, authorisers) = (cells.words("category"), table.people("authoriser"));
        let read = |row, origin| {
            Some(Overtime {
                worked: span(starts, ends, row)?,
                claim: at(claims, row, 0),
                category: categories.at(row),
                paid: at(paid, row, NO_NUMBER),
                rate: at(rates, row, NO_NUMBER),
                claimed_at: at(claimed, row, NO_INSTANT),
                authoriser: at(authorisers, row, NO_OFFICER),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.overtime);
    }

    pub(super) fn absences(&mut self, cells: &Cells<'_>) {
        let (starts, ends) = (cells.table.instants("start"), cells.table.instants("end"));
        let [kinds, certified, reasons] = ["kind", "certified", "reason_group"].map(|n| cells.words(n));
        let read = |row, origin| {
            Some(Absence {
                span: span(starts, ends, row)?,
                kind: kinds.at(row),
                certified: certified.at(row),
                reason_group: reasons.at(row),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.absences);
    }

    pub(super) fn presence(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (ats, starts, ends) = (table.instants("at"), table.instants("start"), table.instants("end"));
        let (kinds, sites) = (cells.words("kind"), cells.words("site"));
        let read = |row, origin| {
            let span = trace_span(ats, starts, ends, row)?;
            Some(Trace { span, kind: kinds.at(row), site: sites.at(row), origin })
        };
        self.each(cells, read, |p| &mut p.presence);
    }

    pub(super) fn attendance_claims(&mut self, cells: &Cells<'_>) {
        let (days, hours) = (cells.table.dates("date"), cells.table.numbers("hours"));
        let places = cells.words("place");
        let read = |row, origin| {
            let day = at(days, row, NO_DATE);
            let hours = at(hours, row, NO_NUMBER);
            (day != NO_DATE).then(|| AttendanceClaim { day, place: places.at(row), hours, origin })
        };
        self.each(cells, read, |p| &mut p.attendance_claims);
    }
}
