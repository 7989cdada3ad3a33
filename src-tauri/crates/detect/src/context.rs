//! What crosses officers: attributes, authorities, who has which record on a case, which readers worked, the period.

use crate::input::{LoadError, People, Segments};
use crate::load::{Cells, stay, trace_span};
use crate::profile::{Validity, Word};
use crate::roll::{self, Attributes};
use jiff::tz::TimeZone;
use model::{ImportId, NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, OfficerIndex, SourceKind, Table, time};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The kinds the context is made of.
pub const CONTEXT_KINDS: &[SourceKind] = &[
    SourceKind::Officers,
    SourceKind::Authorities,
    SourceKind::Duties,
    SourceKind::RosterEdits,
    SourceKind::Presence,
    SourceKind::Assignments,
    SourceKind::Incidents,
];

/// What ties an officer to a record or case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Assignment,
    Incident,
}

/// One officer's tie to one record or case, by its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Link {
    token: u64,
    valid: Validity,
    unit: u32,
    officer: OfficerIndex,
    tie: Tie,
}

/// Why a look-up of a record is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explained {
    OwnCase,
    /// An incident the officer attended.
    Incident,
    TeamCase,
}

/// Everything an indicator may know beyond the officer's own profile.
pub struct Context<'a> {
    pub people: &'a People,
    pub zone: TimeZone,
    attributes: Vec<Vec<Attributes>>,
    authorities: Vec<Vec<(Word, Validity)>>,
    links: Vec<Link>,
    units: HashMap<String, u32>,
    /// Officers who left a trace, by site and day, and anywhere by day.
    readers: HashMap<(Word, i32), u32>,
    anywhere: HashMap<i32, u32>,
    /// First and last day of any duty worked.
    pub duty_period: Option<(i32, i32)>,
    /// Whether any roster edit names an approver at all.
    pub approvers_named: bool,
    pub rows: BTreeMap<SourceKind, u64>,
}

/// One partition's share of the context.
#[derive(Default)]
pub struct Part {
    attributes: Vec<(OfficerIndex, Attributes)>,
    authorities: Vec<(OfficerIndex, Word, Validity)>,
    links: Vec<(u64, Validity, Word, OfficerIndex, Tie)>,
    readers: HashMap<(Word, i32), u32>,
    anywhere: HashMap<i32, u32>,
    days: Option<(i32, i32)>,
    approvers_named: bool,
    rows: BTreeMap<SourceKind, u64>,
}

/// Reads one partition's share.
pub fn part(segments: &dyn Segments, number: u32, zone: &TimeZone) -> Result<Part, LoadError> {
    let mut part = Part::default();
    let mut stays: BTreeSet<(OfficerIndex, Word, i32)> = BTreeSet::new();
    for kind in CONTEXT_KINDS {
        for (import, table) in segments.load(*kind, number)? {
            *part.rows.entry(*kind).or_default() += table.len() as u64;
            part.take(import, &table, zone, &mut stays);
        }
    }
    let mut out: BTreeSet<(OfficerIndex, i32)> = BTreeSet::new();
    for (officer, site, day) in stays {
        out.insert((officer, day));
        if !site.is_empty() {
            *part.readers.entry((site, day)).or_default() += 1;
        }
    }
    for (_, day) in out {
        *part.anywhere.entry(day).or_default() += 1;
    }
    Ok(part)
}

impl Part {
    fn take(
        &mut self,
        import: ImportId,
        table: &Table,
        zone: &TimeZone,
        stays: &mut BTreeSet<(OfficerIndex, Word, i32)>,
    ) {
        let cells = Cells::new(import, table);
        match table.kind {
            SourceKind::Officers => self.roll(&cells),
            SourceKind::Authorities => self.authorities(&cells),
            SourceKind::Duties => self.duties(&cells, zone),
            SourceKind::RosterEdits => {
                self.approvers_named |= table.people("approver").iter().any(|a| *a != NO_OFFICER);
            }
            SourceKind::Presence => presence(&cells, zone, stays),
            SourceKind::Assignments => self.assignments(&cells),
            SourceKind::Incidents => self.incidents(&cells, zone),
            _ => {}
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
            let day = |column: &[i32]| column.get(row).copied().unwrap_or(NO_DATE);
            let attributes = Attributes {
                valid: Validity::new(day(froms), day(untils)),
                import: cells.import,
                rank: rank.at(row),
                role: role.at(row),
                unit: unit.at(row),
                unit_type: unit_type.at(row),
                shift_pattern: pattern.at(row),
                category: category.at(row),
                supervisor: supervisors.get(row).copied().unwrap_or(NO_OFFICER),
                fte: ftes.get(row).copied().unwrap_or(NO_NUMBER),
                contract_hours: hours.get(row).copied().unwrap_or(NO_NUMBER),
                joined: day(joined),
                left: day(left),
            };
            self.attributes.push((*officer, attributes));
        }
    }

    fn authorities(&mut self, cells: &Cells<'_>) {
        let kinds = cells.words("kind");
        let [froms, untils] = ["from", "until"].map(|n| cells.table.dates(n));
        for (row, officer) in cells.table.officers.iter().enumerate() {
            let day = |column: &[i32]| column.get(row).copied().unwrap_or(NO_DATE);
            self.authorities.push((*officer, kinds.at(row), Validity::new(day(froms), day(untils))));
        }
    }

    fn duties(&mut self, cells: &Cells<'_>, zone: &TimeZone) {
        let kinds = cells.words("kind");
        let worked = |row: usize| !matches!(&*kinds.at(row), "rest" | "leave" | "");
        let starts = cells.table.instants("start").iter().enumerate();
        let starts = starts.filter(|(row, at)| **at != NO_INSTANT && worked(*row)).map(|(_, at)| *at);
        let Some((first, last)) = starts.fold(None, |ends: Option<(i64, i64)>, at| {
            Some(ends.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
        }) else {
            return;
        };
        let (first, last) = (time::day_of(first, zone), time::day_of(last, zone));
        self.days = Some(self.days.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
    }

    fn assignments(&mut self, cells: &Cells<'_>) {
        let units = cells.words("unit");
        let [records, cases] = ["record", "case"].map(|n| cells.table.tokens(n));
        let [froms, untils] = ["from", "until"].map(|n| cells.table.dates(n));
        for (row, officer) in cells.table.officers.iter().enumerate() {
            let day = |column: &[i32]| column.get(row).copied().unwrap_or(NO_DATE);
            let valid = Validity::new(day(froms), day(untils));
            let tokens = [records, cases].map(|column| column.get(row).copied().unwrap_or(0));
            self.link(tokens, valid, &units.at(row), *officer, Tie::Assignment);
        }
    }

    fn incidents(&mut self, cells: &Cells<'_>, zone: &TimeZone) {
        let [records, cases] = ["record", "case"].map(|n| cells.table.tokens(n));
        let [starts, ends] = ["start", "end"].map(|n| cells.table.instants(n));
        let nowhere = Word::from("");
        for (row, officer) in cells.table.officers.iter().enumerate() {
            let Some(span) = stay(starts, ends, row) else { continue };
            let valid = Validity::new(time::day_of(span.start, zone), time::day_of(span.end, zone));
            let tokens = [records, cases].map(|column| column.get(row).copied().unwrap_or(0));
            self.link(tokens, valid, &nowhere, *officer, Tie::Incident);
        }
    }

    fn link(&mut self, tokens: [u64; 2], valid: Validity, unit: &Word, officer: OfficerIndex, tie: Tie) {
        for token in tokens.into_iter().filter(|t| *t != 0) {
            self.links.push((token, valid, unit.clone(), officer, tie));
        }
    }
}

fn presence(cells: &Cells<'_>, zone: &TimeZone, stays: &mut BTreeSet<(OfficerIndex, Word, i32)>) {
    let table = cells.table;
    let (kinds, sites) = (cells.words("kind"), cells.words("site"));
    let [ats, starts, ends] = ["at", "start", "end"].map(|n| table.instants(n));
    for (row, officer) in table.officers.iter().enumerate() {
        let on_site = matches!(&*kinds.at(row), "swipe_in" | "swipe_out" | "desk");
        if let (true, Some(span)) = (on_site, trace_span(ats, starts, ends, row)) {
            stays.insert((*officer, sites.at(row), time::day_of(span.start, zone)));
        }
    }
}

impl<'a> Context<'a> {
    /// Joins the partitions' shares.
    pub fn join(parts: Vec<Part>, people: &'a People, zone: TimeZone) -> Context<'a> {
        let officers = people.pseudonyms.len();
        let mut context = Context {
            people,
            zone,
            attributes: vec![Vec::new(); officers],
            authorities: vec![Vec::new(); officers],
            links: Vec::new(),
            units: HashMap::new(),
            readers: HashMap::new(),
            anywhere: HashMap::new(),
            duty_period: None,
            approvers_named: false,
            rows: BTreeMap::new(),
        };
        for part in parts {
            context.add(part);
        }
        context.attributes.iter_mut().for_each(roll::settle);
        context.know_units();
        context.links.sort_unstable();
        context
    }

    fn add(&mut self, part: Part) {
        for (officer, attributes) in part.attributes {
            if let Some(history) = self.attributes.get_mut(officer as usize) {
                history.push(attributes);
            }
        }
        for (officer, kind, valid) in part.authorities {
            if let Some(held) = self.authorities.get_mut(officer as usize) {
                held.push((kind, valid));
            }
        }
        for (token, valid, unit, officer, tie) in part.links {
            let unit = self.intern_unit(&unit);
            self.links.push(Link { token, valid, unit, officer, tie });
        }
        part.readers.into_iter().for_each(|(key, n)| *self.readers.entry(key).or_default() += n);
        part.anywhere.into_iter().for_each(|(day, n)| *self.anywhere.entry(day).or_default() += n);
        if let Some((first, last)) = part.days {
            self.duty_period =
                Some(self.duty_period.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
        }
        self.approvers_named |= part.approvers_named;
        part.rows.into_iter().for_each(|(kind, n)| *self.rows.entry(kind).or_default() += n);
    }

    fn know_units(&mut self) {
        let units: Vec<Word> = self.attributes.iter().flatten().map(|a| a.unit.clone()).collect();
        for unit in units {
            self.intern_unit(&unit);
        }
    }

    /// Number of a unit; 0 is "none given", which is nobody's team.
    fn intern_unit(&mut self, unit: &str) -> u32 {
        let unit = roll::squeeze(unit);
        if unit.is_empty() {
            return 0;
        }
        let next = self.units.len() as u32 + 1;
        *self.units.entry(unit).or_insert(next)
    }

    /// Civil day of a moment.
    pub fn day(&self, at: i64) -> i32 {
        time::day_of(at, &self.zone)
    }

    /// `3 Mar 2026 07:12`.
    pub fn moment(&self, at: i64) -> String {
        time::show_moment(at, &self.zone)
    }

    /// The code of an officer as shown in a cell.
    pub fn code(&self, officer: OfficerIndex) -> String {
        self.people.pseudonym(officer).map_or_else(String::new, |p| p.to_string())
    }

    pub fn attributes_on(&self, officer: OfficerIndex, day: i32) -> Option<&Attributes> {
        self.attributes.get(officer as usize).and_then(|history| roll::on(history, day))
    }

    /// The attributes an officer had for most of the period of the duties; without duties, on `day`.
    pub fn attributes_mostly(&self, officer: OfficerIndex, day: i32) -> Option<&Attributes> {
        let (first, last) = self.duty_period.unwrap_or((day, day));
        self.attributes.get(officer as usize).and_then(|history| roll::mostly(history, first, last))
    }

    /// Attributes of everyone in service on a day, by officer index.
    pub fn everyone_on(&self, day: i32) -> impl Iterator<Item = (OfficerIndex, &Attributes)> {
        let each = self.attributes.iter().enumerate();
        let held =
            each.filter_map(move |(who, history)| Some((who as OfficerIndex, roll::on(history, day)?)));
        held.filter(move |(_, attributes)| attributes.serves_on(day))
    }

    /// Whether the officer held an authority on a day.
    pub fn may(&self, officer: OfficerIndex, authority: &str, day: i32) -> bool {
        let held = self.authorities.get(officer as usize);
        held.is_some_and(|held| held.iter().any(|(kind, valid)| &**kind == authority && valid.holds_on(day)))
    }

    /// Whether an own case, an incident attended or a team case explains looking up a record or case; each counts
    /// `grace` days beyond its limits.
    pub fn explained(&self, officer: OfficerIndex, token: u64, day: i32, grace: i32) -> Option<Explained> {
        let first = self.links.partition_point(|l| l.token < token);
        let links = self.links[first..].iter().take_while(|l| l.token == token);
        let covers = |l: &&Link| {
            l.valid.from.saturating_sub(grace) <= day && day <= l.valid.until.saturating_add(grace)
        };
        let unit = self.unit_on(officer, day);
        let (mut incident, mut team) = (None, None);
        for link in links.filter(covers) {
            match link.tie {
                Tie::Assignment if link.officer == officer => return Some(Explained::OwnCase),
                Tie::Incident if link.officer == officer => incident = Some(Explained::Incident),
                Tie::Incident => {}
                Tie::Assignment => {
                    // An assignment without a unit belongs to the unit of whoever holds it.
                    let held = if link.unit == 0 { self.unit_on(link.officer, day) } else { link.unit };
                    if unit != 0 && unit == held {
                        team = Some(Explained::TeamCase);
                    }
                }
            }
        }
        incident.or(team)
    }

    fn unit_on(&self, officer: OfficerIndex, day: i32) -> u32 {
        let unit = self.attributes_on(officer, day).map(|a| roll::squeeze(&a.unit));
        unit.and_then(|unit| self.units.get(&unit).copied()).unwrap_or(0)
    }

    /// Officers whom a site's readers recorded on a day; without a site, any reader anywhere.
    pub fn seen(&self, site: Option<&Word>, day: i32) -> u32 {
        match site {
            Some(site) => self.readers.get(&(site.clone(), day)).copied().unwrap_or(0),
            None => self.anywhere.get(&day).copied().unwrap_or(0),
        }
    }
}
