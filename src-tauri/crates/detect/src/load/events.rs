//! Segments about records, cases and people.

use super::{Cells, Partition, at};
use crate::profile::{Access, Commendation, Complaint};
use model::{NO_DATE, NO_INSTANT};

impl Partition {
    pub(super) fn accesses(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (ats, records, cases) = (table.instants("at"), table.tokens("record"), table.tokens("case"));
        let (kinds, systems) = (cells.words("record_kind"), cells.words("system"));
        let (actions, reasons) = (cells.words("action"), cells.words("reason"));
        let read = |row, origin| {
            let when = at(ats, row, NO_INSTANT);
            (when != NO_INSTANT).then(|| Access {
                at: when,
                record: at(records, row, 0),
                case: at(cases, row, 0),
                record_kind: kinds.at(row),
                system: systems.at(row),
                action: actions.at(row),
                reason: reasons.at(row),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.accesses);
    }

    pub(super) fn complaints(&mut self, cells: &Cells<'_>) {
        let table = cells.table;
        let (received, matters) = (table.dates("received"), table.tokens("matter"));
        let [occurred, finalised] = ["occurred", "finalised"].map(|n| table.dates(n));
        let [categories, origins, outcomes] = ["category", "origin", "outcome"].map(|n| cells.words(n));
        let [vulnerable, duty_statuses] = ["vulnerable", "duty_status"].map(|n| cells.words(n));
        let read = |row, origin| {
            let day = at(received, row, NO_DATE);
            (day != NO_DATE).then(|| Complaint {
                received: day,
                matter: at(matters, row, 0),
                category: categories.at(row),
                origin_kind: origins.at(row),
                outcome: outcomes.at(row),
                vulnerable: vulnerable.at(row),
                duty_status: duty_statuses.at(row),
                occurred: at(occurred, row, NO_DATE),
                finalised: at(finalised, row, NO_DATE),
                origin,
            })
        };
        self.each(cells, read, |p| &mut p.complaints);
    }

    pub(super) fn commendations(&mut self, cells: &Cells<'_>) {
        let (days, kinds) = (cells.table.dates("at"), cells.words("kind"));
        let read = |row, origin| {
            let day = at(days, row, NO_DATE);
            (day != NO_DATE).then(|| Commendation { day, kind: kinds.at(row), origin })
        };
        self.each(cells, read, |p| &mut p.commendations);
    }
}
