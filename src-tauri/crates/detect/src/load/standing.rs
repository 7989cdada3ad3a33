//! Segments about what stands for a time.

use super::{Cells, Partition, at};
use crate::profile::{Declaration, KnownInterest, Performance, Support, Validity, Vetting};
use model::{NO_DATE, NO_NUMBER, NO_OFFICER};

impl Partition {
    pub(super) fn vetting(&mut self, cells: &Cells<'_>) {
        let (granted, expires) = (cells.table.dates("granted"), cells.table.dates("expires"));
        let levels = cells.words("level");
        let read = |row, origin| {
            let (granted, expires) = (at(granted, row, NO_DATE), at(expires, row, NO_DATE));
            Some(Vetting { granted, expires, level: levels.at(row), origin })
        };
        self.each(cells, read, |p| &mut p.vetting);
    }

    pub(super) fn declarations(&mut self, cells: &Cells<'_>) {
        let (declared, hours) = (cells.table.dates("declared_at"), cells.table.numbers("detail_hours"));
        let (registers, answers) = (cells.words("register"), cells.words("answer"));
        let read = |row, origin| {
            Some(Declaration {
                declared: at(declared, row, NO_DATE),
                register: registers.at(row),
                answer: answers.at(row),
                hours: at(hours, row, NO_NUMBER),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.declarations);
    }

    pub(super) fn known_interests(&mut self, cells: &Cells<'_>) {
        let (froms, untils) = (cells.table.dates("from"), cells.table.dates("until"));
        let (registers, sources) = (cells.words("register"), cells.words("source"));
        let hours = cells.table.numbers("hours");
        let read = |row, origin| {
            Some(KnownInterest {
                valid: Validity::new(at(froms, row, NO_DATE), at(untils, row, NO_DATE)),
                register: registers.at(row),
                source: sources.at(row),
                hours: at(hours, row, NO_NUMBER),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.known_interests);
    }

    pub(super) fn performance(&mut self, cells: &Cells<'_>) {
        let (starts, ends) = (cells.table.dates("period_start"), cells.table.dates("period_end"));
        let (grades, supervisors) = (cells.words("grade"), cells.table.people("supervisor"));
        let read = |row, origin| {
            let start = at(starts, row, NO_DATE);
            (start != NO_DATE).then(|| Performance {
                valid: Validity::new(start, at(ends, row, NO_DATE)),
                level: level(&grades.at(row)),
                grade: grades.at(row),
                supervisor: at(supervisors, row, NO_OFFICER),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.performance);
    }

    pub(super) fn support(&mut self, cells: &Cells<'_>) {
        let (days, kinds, outcomes) = (cells.table.dates("at"), cells.words("kind"), cells.words("outcome"));
        let read = |row, origin| {
            let day = at(days, row, NO_DATE);
            (day != NO_DATE).then(|| Support { day, kind: kinds.at(row), outcome: outcomes.at(row), origin })
        };
        self.each(cells, read, |p| &mut p.support);
    }
}

/// From the list of the schema, the lowest first.
fn level(grade: &str) -> Option<u8> {
    let grades = ["unsatisfactory", "below", "meets", "good", "outstanding"];
    grades.iter().position(|g| *g == grade).map(|at| at as u8)
}
