//! What crosses officers: attributes, authorities, cases and incidents, who edited whose duties, which readers worked.
//!
//! Built first, in one pass over the partitions, within `Options::context_bytes`: everything is kept in sorted tables
//! of a few bytes a row, and a part that does not fit is named.

mod cases;
mod edits;
mod incidents;
mod leave;
mod part;
mod readers;
mod size;
mod tokens;

pub use cases::{Cases, Holding};
pub use edits::Edge;
pub use incidents::{Attended, Incidents};
#[cfg(test)]
pub use part::CONTEXT_KINDS;
pub use part::{Part, part};
pub use readers::Seen;
pub use size::{CONTEXT_BYTES, SizeError, Sizes};

use crate::input::People;
use crate::profile::{Validity, Word};
use crate::roll::{self, Attributes};
use cases::Held;
use leave::Leave;
use model::time::Calendar;
use model::{NO_DATE, NO_OFFICER, OfficerIndex, SourceKind, time};
use readers::Readers;
use std::collections::{BTreeMap, HashMap};

/// One officer on the roll.
#[derive(Default)]
struct Member {
    attributes: Vec<Attributes>,
    /// Number of the unit of each of the attributes.
    units: Vec<u32>,
    authorities: Vec<(Word, Validity)>,
}

/// Everything an indicator may know beyond the officer's own profile.
pub struct Context<'a> {
    pub people: &'a People,
    pub calendar: Calendar,
    members: Vec<Member>,
    units: HashMap<String, u32>,
    pub cases: Cases,
    pub incidents: Incidents,
    /// Edits for gain of other people's duties without authority, in order of content.
    pub edges: Vec<Edge>,
    /// How often others edited an officer's duties, for whatever reason.
    edited: Vec<u32>,
    readers: Readers,
    /// Over what time the leave of anybody is on file.
    pub leave: Leave,
    /// Latest first day of any line of the roll, or `NO_DATE`.
    pub newest_line: i32,
    /// First and last day of any duty worked.
    pub duty_period: Option<(i32, i32)>,
    /// Whether any roster edit names an approver at all.
    pub approvers_named: bool,
    /// Whether any roster edit says how many minutes it gained.
    pub gains_named: bool,
    pub rows: BTreeMap<SourceKind, u64>,
}

impl<'a> Context<'a> {
    /// Joins the partitions' shares.
    pub fn join(parts: Vec<Part>, people: &'a People, calendar: Calendar) -> Context<'a> {
        let mut context = Context {
            people,
            calendar,
            members: people.pseudonyms.iter().map(|_| Member::default()).collect(),
            units: HashMap::new(),
            cases: Cases::default(),
            incidents: Incidents::default(),
            edges: Vec::new(),
            edited: vec![0; people.pseudonyms.len()],
            readers: Readers::default(),
            leave: Leave::default(),
            newest_line: NO_DATE,
            duty_period: None,
            approvers_named: false,
            gains_named: false,
            rows: BTreeMap::new(),
        };
        let (mut records, mut held, mut attended) = (Vec::new(), Vec::new(), Vec::new());
        for mut part in parts {
            records.append(&mut part.records);
            attended.append(&mut part.attended);
            let units: Vec<u32> = part.units.iter().map(|unit| context.intern_unit(unit)).collect();
            held.extend(part.held.iter().map(|h| Held { unit: units[h.unit as usize], ..*h }));
            context.add(part);
        }
        context.settle();
        context.cases = Cases::new(records, held);
        context.incidents = Incidents::new(attended);
        context
    }

    fn add(&mut self, part: Part) {
        for (officer, attributes) in part.attributes {
            self.newest_line = self.newest_line.max(attributes.valid.from);
            if let Some(member) = self.members.get_mut(officer as usize) {
                member.attributes.push(attributes);
            }
        }
        for (officer, kind, valid) in part.authorities {
            if let Some(member) = self.members.get_mut(officer as usize) {
                member.authorities.push((kind, valid));
            }
        }
        self.edges.extend(part.edges);
        for (officer, number) in part.edited {
            self.edited.get_mut(officer as usize).into_iter().for_each(|edited| *edited += number);
        }
        self.readers.add(part.readers);
        self.leave.join(part.leave);
        if let Some((first, last)) = part.days {
            self.duty_period =
                Some(self.duty_period.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
        }
        self.approvers_named |= part.approvers_named;
        self.gains_named |= part.gains_named;
        part.rows.into_iter().for_each(|(kind, n)| *self.rows.entry(kind).or_default() += n);
    }

    /// Puts in order what came from several partitions, and drops the edges of authorised editors.
    fn settle(&mut self) {
        let mut members = std::mem::take(&mut self.members);
        for member in &mut members {
            roll::settle(&mut member.attributes);
            member.units = member.attributes.iter().map(|a| self.intern_unit(&a.unit)).collect();
        }
        self.members = members;
        let mut edges = std::mem::take(&mut self.edges);
        edges.retain(|edge| !self.may(edge.editor, "roster_editor", edge.day));
        edges.sort_unstable();
        edges.shrink_to_fit();
        self.edges = edges;
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

    /// Bytes held, by part.
    pub fn sizes(&self) -> Sizes {
        let attributes: usize = self.members.iter().map(|m| m.attributes.len()).sum();
        Sizes {
            roll: (self.members.len() * size_of::<Member>() + attributes * size_of::<Attributes>()) as u64,
            cases: self.cases.bytes(),
            incidents: self.incidents.bytes(),
            edits: (self.edges.len() * size_of::<Edge>()) as u64,
            readers: self.readers.bytes(),
        }
    }

    /// Civil day of a moment.
    pub fn day(&self, at: i64) -> i32 {
        self.calendar.day(at)
    }

    /// `3 Mar 2026 07:12`.
    pub fn moment(&self, at: i64) -> String {
        time::show_moment(at, &self.calendar.zone)
    }

    /// The code of an officer as shown in a cell.
    pub fn code(&self, officer: OfficerIndex) -> String {
        self.people.pseudonym(officer).map_or_else(String::new, |p| p.to_string())
    }

    pub fn attributes_on(&self, officer: OfficerIndex, day: i32) -> Option<&Attributes> {
        self.members.get(officer as usize).and_then(|member| roll::on(&member.attributes, day))
    }

    /// The attributes an officer had for most of the period of the duties; without duties, on `day`.
    pub fn attributes_mostly(&self, officer: OfficerIndex, day: i32) -> Option<&Attributes> {
        let (first, last) = self.duty_period.unwrap_or((day, day));
        self.members.get(officer as usize).and_then(|member| roll::mostly(&member.attributes, first, last))
    }

    /// Attributes of everyone in service on a day, by officer index.
    pub fn everyone_on(&self, day: i32) -> impl Iterator<Item = (OfficerIndex, &Attributes)> {
        let each = self.members.iter().enumerate();
        let held = each
            .filter_map(move |(who, member)| Some((who as OfficerIndex, roll::on(&member.attributes, day)?)));
        held.filter(move |(_, attributes)| attributes.serves_on(day))
    }

    /// Whether the officer held an authority on a day.
    pub fn may(&self, officer: OfficerIndex, authority: &str, day: i32) -> bool {
        let held = self.members.get(officer as usize).map(|member| &member.authorities);
        held.is_some_and(|held| held.iter().any(|(kind, valid)| &**kind == authority && valid.holds_on(day)))
    }

    /// Number of the unit an officer belonged to on a day; 0 where the roll names none.
    pub fn unit_on(&self, officer: OfficerIndex, day: i32) -> u32 {
        let Some(member) = self.members.get(officer as usize) else { return 0 };
        member.units.get(roll::position(&member.attributes, day)).copied().unwrap_or(0)
    }

    /// Whether `senior` supervised the officer on a day, directly or as the supervisor's supervisor.
    pub fn supervises(&self, senior: OfficerIndex, officer: OfficerIndex, day: i32) -> bool {
        let above = |who| self.attributes_on(who, day).map_or(NO_OFFICER, |a| a.supervisor);
        let first = above(officer);
        first != NO_OFFICER && (first == senior || above(first) == senior)
    }

    /// How often others edited an officer's duties, for whatever reason.
    pub fn edited(&self, officer: OfficerIndex) -> u32 {
        self.edited.get(officer as usize).copied().unwrap_or(0)
    }

    /// What a site's readers recorded on a day; without a site, any reader anywhere.
    pub fn seen(&self, site: Option<&Word>, day: i32) -> Seen {
        self.readers.seen(site, day)
    }
}

#[cfg(test)]
mod tests;
