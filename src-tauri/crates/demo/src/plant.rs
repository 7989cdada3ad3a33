//! What is planted, in whom, and how strongly. No indicator reads this file: recall measured on it would be worthless.

use crate::rng::Rng;
use crate::roll::{Member, Pattern, Roll, UnitKind};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Members of staff for each planted officer of one behaviour.
pub const OFFICERS_PER_PLANTED: usize = 200;
/// Innocent look-alikes for each planted officer, of all the look-alikes of one behaviour together.
pub const LOOK_ALIKES: usize = 10;

/// Own-duty edits for gain by one officer, and minutes gained by each.
pub const SELF_EDITS: RangeInclusive<i64> = 5..=9;
pub const SELF_EDIT_MINUTES: RangeInclusive<i64> = 4..=12; // quarters of an hour
/// Edits after the duty, their minutes, and how many days after.
pub const LATE_EDITS: RangeInclusive<i64> = 4..=8;
pub const LATE_EDIT_MINUTES: RangeInclusive<i64> = 8..=28; // quarters of an hour
pub const LATE_EDIT_DAYS: RangeInclusive<i64> = 2..=15;
/// Claims inside sickness or leave, and inside duties already paid.
pub const CLASHES_ABSENT: RangeInclusive<i64> = 2..=4;
pub const CLASHES_ON_DUTY: RangeInclusive<i64> = 2..=4;
/// Share of working days claimed as office and spent elsewhere.
pub const ABSENT_OFFICE_DAYS: f64 = 0.22;
/// Look-ups of one record without a case.
pub const SUBJECT_LOOKUPS: RangeInclusive<i64> = 15..=30;
/// Extra minutes after every duty, and length of a duty on rest days 2 and 3: 37.8 h a week become about 58 h.
pub const LONG_WEEK_EXTRA: i64 = 120;
pub const LONG_WEEK_REST_DUTY: i64 = 510;
/// Complaints in 181 days.
pub const COMPLAINTS: RangeInclusive<i64> = 16..=24;

/// A planted behaviour, named after the indicator that looks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Behaviour {
    RosterSelfEdit,
    RosterLateEdit,
    OvertimeClash,
    AttendanceClaim,
    AccessSubject,
    WorkingTime,
    ComplaintRate,
}

impl Behaviour {
    pub const ALL: [Behaviour; 7] = [
        Behaviour::RosterLateEdit, // the rarest candidates choose first
        Behaviour::AttendanceClaim,
        Behaviour::RosterSelfEdit,
        Behaviour::OvertimeClash,
        Behaviour::AccessSubject,
        Behaviour::WorkingTime,
        Behaviour::ComplaintRate,
    ];

    /// The indicator's id.
    pub fn as_str(self) -> &'static str {
        match self {
            Behaviour::RosterSelfEdit => "roster-self-edit",
            Behaviour::RosterLateEdit => "roster-late-edit",
            Behaviour::OvertimeClash => "overtime-clash",
            Behaviour::AttendanceClaim => "attendance-claim",
            Behaviour::AccessSubject => "access-subject",
            Behaviour::WorkingTime => "working-time",
            Behaviour::ComplaintRate => "complaint-rate",
        }
    }

    fn note(self) -> &'static str {
        match self {
            Behaviour::RosterSelfEdit => "lengthens own duties without authority or approver",
            Behaviour::RosterLateEdit => {
                "turns own duties into night duties days after they were worked, no approver"
            }
            Behaviour::OvertimeClash => "claims overtime during sickness, leave and duties already paid",
            Behaviour::AttendanceClaim => "claims office days with no swipe while the site's readers worked",
            Behaviour::AccessSubject => "looks up one record over weeks without a case",
            Behaviour::WorkingTime => "works about 58 hours a week throughout, without leave",
            Behaviour::ComplaintRate => "draws many times the complaints of peers",
        }
    }

    fn suits(self, member: &Member, kind: UnitKind) -> bool {
        let plain = !member.editor && !member.approver;
        match self {
            Behaviour::RosterSelfEdit => plain,
            Behaviour::RosterLateEdit => member.editor && member.pattern != Pattern::Days,
            Behaviour::OvertimeClash => plain && member.pattern != Pattern::Days,
            Behaviour::AttendanceClaim => member.hybrid,
            Behaviour::AccessSubject => kind.has_cases() && plain,
            Behaviour::WorkingTime => member.pattern == Pattern::Rotating && plain,
            Behaviour::ComplaintRate => kind == UnitKind::Response && plain,
        }
    }
}

/// Something honest that a crude rule would flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Innocent {
    EditorWithApprover,
    OwnSwap,
    LateCorrection,
    OutageDay,
    Adjoining,
    PaidMinimum,
    TeamCase,
    OwnCase,
    QuickChangeover,
    BusyOfficer,
}

impl Innocent {
    pub const ALL: [Innocent; 10] = [
        Innocent::EditorWithApprover, // the rarest candidates choose first
        Innocent::OutageDay,
        Innocent::QuickChangeover,
        Innocent::BusyOfficer,
        Innocent::TeamCase,
        Innocent::OwnCase,
        Innocent::PaidMinimum,
        Innocent::Adjoining,
        Innocent::LateCorrection,
        Innocent::OwnSwap,
    ];

    /// The behaviour it resembles.
    pub fn resembles(self) -> Behaviour {
        match self {
            Innocent::EditorWithApprover | Innocent::OwnSwap => Behaviour::RosterSelfEdit,
            Innocent::LateCorrection => Behaviour::RosterLateEdit,
            Innocent::OutageDay => Behaviour::AttendanceClaim,
            Innocent::Adjoining | Innocent::PaidMinimum => Behaviour::OvertimeClash,
            Innocent::TeamCase | Innocent::OwnCase => Behaviour::AccessSubject,
            Innocent::QuickChangeover => Behaviour::WorkingTime,
            Innocent::BusyOfficer => Behaviour::ComplaintRate,
        }
    }

    fn note(self) -> &'static str {
        match self {
            Innocent::EditorWithApprover => "authorised roster editor, own duty, with an approver",
            Innocent::OwnSwap => "own swaps without gain",
            Innocent::LateCorrection => "late corrections by an editor, approved",
            Innocent::OutageDay => "office day during a reader outage",
            Innocent::Adjoining => "overtime that begins the minute a duty ends",
            Innocent::PaidMinimum => "two short claims inside one flat paid minimum",
            Innocent::TeamCase => "repeated look-ups of a record of a team member's case",
            Innocent::OwnCase => "repeated look-ups of a record of an own case",
            Innocent::QuickChangeover => "one quick changeover from late to early",
            Innocent::BusyOfficer => "four complaints in a busy unit",
        }
    }

    fn suits(self, member: &Member, kind: UnitKind) -> bool {
        match self {
            Innocent::EditorWithApprover => member.editor,
            Innocent::OwnSwap => !member.editor,
            Innocent::OutageDay => member.hybrid,
            Innocent::PaidMinimum => member.pattern != Pattern::Days,
            Innocent::TeamCase | Innocent::OwnCase => kind.has_cases(),
            Innocent::QuickChangeover => member.pattern == Pattern::Rotating,
            Innocent::BusyOfficer => kind == UnitKind::Response,
            Innocent::LateCorrection | Innocent::Adjoining => true,
        }
    }
}

/// The one thing a member was chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Planted(Behaviour),
    Innocent(Innocent),
}

impl Part {
    /// The indicator it is about.
    pub fn behaviour(self) -> Behaviour {
        match self {
            Part::Planted(behaviour) => behaviour,
            Part::Innocent(innocent) => innocent.resembles(),
        }
    }

    /// What was done, in words.
    pub fn note(self) -> &'static str {
        match self {
            Part::Planted(behaviour) => behaviour.note(),
            Part::Innocent(innocent) => innocent.note(),
        }
    }
}

/// Who was chosen for what; each member at most once, so that a label has one meaning.
pub struct Plan(BTreeMap<usize, Part>);

impl Plan {
    /// Chooses the look-alikes, and the planted officers unless the force is to be clean.
    pub fn choose(roll: &Roll, seed: u64, clean: bool) -> Plan {
        let mut plan = Plan(BTreeMap::new());
        let planted = roll.members.len().div_ceil(OFFICERS_PER_PLANTED);
        for behaviour in Behaviour::ALL.into_iter().filter(|_| !clean) {
            let suits = |m: &Member| behaviour.suits(m, roll.unit_of(m).kind);
            plan.take(roll, seed, planted, Part::Planted(behaviour), &suits);
        }
        for innocent in Innocent::ALL {
            let kinds = Innocent::ALL.iter().filter(|i| i.resembles() == innocent.resembles()).count();
            let suits = |m: &Member| innocent.suits(m, roll.unit_of(m).kind);
            plan.take(roll, seed, planted * LOOK_ALIKES / kinds, Part::Innocent(innocent), &suits);
        }
        plan
    }

    fn take(&mut self, roll: &Roll, seed: u64, wanted: usize, part: Part, suits: &dyn Fn(&Member) -> bool) {
        let free =
            |m: &&Member| !m.part_time && m.left.is_none() && !self.0.contains_key(&m.index) && suits(m);
        let mut candidates: Vec<usize> = roll.members.iter().filter(free).map(|m| m.index).collect();
        Rng::of(seed, part.note(), 0).shuffle(&mut candidates);
        self.0.extend(candidates.into_iter().take(wanted).map(|index| (index, part)));
    }

    /// What a member was chosen for.
    pub fn part(&self, member: &Member) -> Option<Part> {
        self.0.get(&member.index).copied()
    }

    /// Whether a behaviour was planted in a member.
    pub fn planted(&self, member: &Member, behaviour: Behaviour) -> bool {
        self.part(member) == Some(Part::Planted(behaviour))
    }

    /// Whether a member was chosen as this look-alike.
    pub fn innocent(&self, member: &Member, innocent: Innocent) -> bool {
        self.part(member) == Some(Part::Innocent(innocent))
    }

    /// Everyone chosen, in roll order.
    pub fn parts(&self) -> impl Iterator<Item = (usize, Part)> {
        self.0.iter().map(|(index, part)| (*index, *part))
    }
}
