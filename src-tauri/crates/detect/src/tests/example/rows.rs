//! One line, one row.

use super::{Cell, Force, at, day, word};
use model::{Column, NO_OFFICER, OfficerIndex, SourceKind, Table};

/// Categories that complaints take in turn, so that none repeats unless a test wants it to.
const KINDS_OF_COMPLAINT: &[&str] =
    &["incivility", "delay", "use of force", "stop and search", "property", "information", "custody"];

impl Force {
    pub fn duty(&mut self, who: OfficerIndex, start: &str, end: &str, kind: &str) {
        let cells = vec![("start", at(start)), ("end", at(end)), ("kind", word(kind))];
        self.row(SourceKind::Duties, who, cells);
    }

    pub fn authority(&mut self, who: OfficerIndex, kind: &str, from: &str, until: &str) {
        let cells = vec![("kind", word(kind)), ("from", day(from)), ("until", day(until))];
        self.row(SourceKind::Authorities, who, cells);
    }

    pub fn edit(
        &mut self,
        who: OfficerIndex,
        when: &str,
        editor: u32,
        duty: &str,
        gained: i64,
        approver: u32,
    ) {
        let cells = vec![
            ("at", at(when)),
            ("editor", Cell::Person(editor)),
            ("duty_date", day(duty)),
            ("field", word("end")),
            ("minutes_gained", Cell::Number(gained * 1000)),
            ("approver", Cell::Person(approver)),
        ];
        self.row(SourceKind::RosterEdits, who, cells);
    }

    pub fn overtime(&mut self, who: OfficerIndex, claim: u64, start: &str, end: &str) {
        self.overtime_paid(who, claim, start, end, model::NO_NUMBER, "after duty");
    }

    pub fn overtime_paid(
        &mut self,
        who: OfficerIndex,
        claim: u64,
        start: &str,
        end: &str,
        paid: i64,
        kind: &str,
    ) {
        let cells = vec![
            ("claim", Cell::Token(claim)),
            ("worked_start", at(start)),
            ("worked_end", at(end)),
            ("paid_hours", Cell::Number(paid)),
            ("category", word(kind)),
        ];
        self.row(SourceKind::Overtime, who, cells);
    }

    pub fn absence(&mut self, who: OfficerIndex, start: &str, end: &str, kind: &str) {
        let cells = vec![("start", at(start)), ("end", at(end)), ("kind", word(kind))];
        self.row(SourceKind::Absences, who, cells);
    }

    pub fn attendance(&mut self, who: OfficerIndex, date: &str, place: &str) {
        self.row(SourceKind::AttendanceClaims, who, vec![("date", day(date)), ("place", word(place))]);
    }

    pub fn swipe(&mut self, who: OfficerIndex, when: &str, site: &str) {
        let cells = vec![("at", at(when)), ("kind", word("swipe_in")), ("site", word(site))];
        self.row(SourceKind::Presence, who, cells);
    }

    pub fn swipe_out(&mut self, who: OfficerIndex, when: &str, site: &str) {
        self.swipe(who, when, site);
        self.also("kind", "swipe_out");
    }

    pub fn access(&mut self, who: OfficerIndex, when: &str, record: u64, case: u64) {
        let cells = vec![
            ("at", at(when)),
            ("system", word("Crime")),
            ("action", word("view")),
            ("record", Cell::Token(record)),
            ("record_kind", word("person")),
            ("case", Cell::Token(case)),
        ];
        self.row(SourceKind::Accesses, who, cells);
    }

    pub fn assignment(
        &mut self,
        who: OfficerIndex,
        case: u64,
        record: u64,
        from: &str,
        until: &str,
        unit: &str,
    ) {
        let cells = vec![
            ("case", Cell::Token(case)),
            ("record", Cell::Token(record)),
            ("from", day(from)),
            ("until", day(until)),
            ("unit", word(unit)),
        ];
        self.row(SourceKind::Assignments, who, cells);
    }

    pub fn complaint(&mut self, who: OfficerIndex, matter: u64, received: &str) {
        let cells = vec![
            ("matter", Cell::Token(matter)),
            ("received", day(received)),
            ("category", word(KINDS_OF_COMPLAINT[matter as usize % KINDS_OF_COMPLAINT.len()])),
        ];
        self.row(SourceKind::Complaints, who, cells);
    }

    /// Fills one more cell of the row just written: `force.also("claimed_at", "2026-03-02 18:00")`.
    pub fn also(&mut self, name: &'static str, text: &str) {
        let row = self.rows.last_mut().expect("a row was written before");
        let cell = match Table::new(row.kind).column(name).expect("a column of the kind") {
            Column::Instant(_) => at(text),
            Column::Date(_) => day(text),
            Column::Number(_) => {
                Cell::Number((text.parse::<f64>().expect("a number") * 1000.0).round() as i64)
            }
            Column::Token(_) => Cell::Token(text.parse().expect("a token")),
            Column::Person(_) => Cell::Person(text.parse().expect("an officer")),
            Column::Words(_) => word(text),
        };
        row.cells.retain(|(other, _)| *other != name);
        row.cells.push((name, cell));
    }

    /// Empties a cell of the row just written.
    pub fn leave_out(&mut self, name: &str) {
        self.rows.last_mut().expect("a row was written before").cells.retain(|(other, _)| *other != name);
    }

    /// A line of the roll, in place of the constable everyone is by default; `also` fills the rest.
    pub fn on_roll(&mut self, who: OfficerIndex, from: &str, until: &str, rank: &str, unit: &str) {
        let cells = vec![
            ("from", day(from)),
            ("until", day(until)),
            ("rank", word(rank)),
            ("unit", word(unit)),
            ("shift_pattern", word("Rotating")),
        ];
        self.row(SourceKind::Officers, who, cells);
    }

    pub fn vetting(&mut self, who: OfficerIndex, level: &str, granted: &str, expires: &str) {
        let cells = vec![("level", word(level)), ("granted", day(granted)), ("expires", day(expires))];
        self.row(SourceKind::Vetting, who, cells);
    }

    /// An incident attended; 0 where it has no case or record.
    pub fn incident(
        &mut self,
        who: OfficerIndex,
        incident: u64,
        start: &str,
        end: &str,
        case: u64,
        record: u64,
    ) {
        let cells = vec![
            ("incident", Cell::Token(incident)),
            ("start", at(start)),
            ("end", at(end)),
            ("case", Cell::Token(case)),
            ("record", Cell::Token(record)),
        ];
        self.row(SourceKind::Incidents, who, cells);
    }

    pub fn commendation(&mut self, who: OfficerIndex, date: &str, kind: &str) {
        self.row(SourceKind::Commendations, who, vec![("at", day(date)), ("kind", word(kind))]);
    }

    /// A declaration; an empty date where it was never returned.
    pub fn declaration(&mut self, who: OfficerIndex, register: &str, declared: &str, answer: &str) {
        let cells =
            vec![("register", word(register)), ("declared_at", day(declared)), ("answer", word(answer))];
        self.row(SourceKind::Declarations, who, cells);
    }

    pub fn known_interest(
        &mut self,
        who: OfficerIndex,
        register: &str,
        source: &str,
        from: &str,
        until: &str,
    ) {
        let cells = vec![
            ("register", word(register)),
            ("source", word(source)),
            ("from", day(from)),
            ("until", day(until)),
        ];
        self.row(SourceKind::KnownInterests, who, cells);
    }

    pub fn performance(&mut self, who: OfficerIndex, start: &str, end: &str, grade: &str) {
        let cells = vec![
            ("period_start", day(start)),
            ("period_end", day(end)),
            ("grade", word(grade)),
            ("supervisor", Cell::Person(NO_OFFICER)),
        ];
        self.row(SourceKind::Performance, who, cells);
    }

    pub fn support(&mut self, who: OfficerIndex, date: &str, kind: &str, outcome: &str) {
        let cells = vec![("at", day(date)), ("kind", word(kind)), ("outcome", word(outcome))];
        self.row(SourceKind::Support, who, cells);
    }
}
