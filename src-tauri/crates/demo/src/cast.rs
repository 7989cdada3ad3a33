//! Who was chosen for what: each member for one thing at most, so that a label has one meaning.

use crate::calendar::Calendar;
use crate::innocent::Innocent;
use crate::plant::{Behaviour, Intensity};
use crate::rng::Rng;
use crate::roll::{Member, Pattern, Roll, UnitKind};
use crate::{Mode, Plan};
use std::collections::BTreeMap;

/// Innocent look-alikes for each planted officer, of all the look-alikes of one behaviour together.
pub const LOOK_ALIKES: usize = 10;
/// Most of a small force that may be look-alikes.
const LOOK_ALIKE_SHARE: f64 = 0.4;

/// One planted behaviour in one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    pub behaviour: Behaviour,
    pub intensity: Intensity,
    /// First and last day on which it shows.
    pub from: i32,
    pub until: i32,
    /// Number of the ring it belongs to.
    pub ring: Option<u32>,
}

impl Deed {
    /// Whether it shows on a day.
    pub fn on(&self, day: i32) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// The one thing a member was chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Planted(Deed),
    Innocent(Innocent),
}

impl Part {
    /// The indicator it is about.
    pub fn behaviour(self) -> Behaviour {
        match self {
            Part::Planted(deed) => deed.behaviour,
            Part::Innocent(innocent) => innocent.resembles(),
        }
    }

    /// What was done, in words.
    pub fn note(self) -> &'static str {
        match self {
            Part::Planted(deed) => deed.behaviour.note(),
            Part::Innocent(innocent) => innocent.note(),
        }
    }
}

/// Everyone who was chosen.
pub struct Cast {
    parts: BTreeMap<usize, Part>,
}

impl Cast {
    /// Chooses as the mode asks.
    pub fn choose(plan: &Plan, roll: &Roll, calendar: &Calendar) -> Cast {
        let mut cast = Cast { parts: BTreeMap::new() };
        let planted = roll.members.len().div_ceil(plan.one_in.max(1) as usize);
        if plan.mode == Mode::Planted {
            for behaviour in Behaviour::ALL {
                cast.plant(plan, roll, calendar, *behaviour, planted);
            }
        }
        if matches!(plan.mode, Mode::Planted | Mode::LookAlikes) {
            cast.add_look_alikes(plan, roll, planted);
        }
        cast
    }

    fn plant(&mut self, plan: &Plan, roll: &Roll, calendar: &Calendar, behaviour: Behaviour, wanted: usize) {
        let suited = self.free(roll, |m| suits(behaviour, m, roll.unit_of(m).kind));
        let rng = &mut Rng::of(plan.seed, behaviour.note(), 0);
        for (turn, index) in shuffled(suited, rng).into_iter().take(wanted).enumerate() {
            let intensity = Intensity::TURNS[turn % Intensity::TURNS.len()];
            let length = (f64::from(calendar.days()) * behaviour.window(intensity)).ceil() as i32;
            let slack = i64::from(calendar.days() - length);
            let from = calendar.first + rng.between(0, slack) as i32;
            let until = from + length - 1;
            self.parts.insert(index, Part::Planted(Deed { behaviour, intensity, from, until, ring: None }));
        }
    }

    fn add_look_alikes(&mut self, plan: &Plan, roll: &Roll, planted: usize) {
        let most = (roll.members.len() as f64 * LOOK_ALIKE_SHARE) as usize / Behaviour::ALL.len();
        let wanted = (planted * LOOK_ALIKES).min(most.max(1));
        for innocent in Innocent::ALL {
            let kinds = Innocent::ALL.iter().filter(|i| i.resembles() == innocent.resembles()).count();
            let suited = self.free(roll, |m| looks_alike(*innocent, m, roll.unit_of(m).kind));
            let chosen = shuffled(suited, &mut Rng::of(plan.seed, innocent.note(), 0));
            let chosen = chosen.into_iter().take(wanted.div_ceil(kinds));
            self.parts.extend(chosen.map(|index| (index, Part::Innocent(*innocent))));
        }
    }

    /// Full-timers in the same post all through the period who were not chosen yet.
    fn free(&self, roll: &Roll, suits: impl Fn(&Member) -> bool) -> Vec<usize> {
        let free = |m: &&Member| m.is_settled() && !self.parts.contains_key(&m.index) && suits(m);
        roll.members.iter().filter(free).map(|m| m.index).collect()
    }

    /// What a member was chosen for.
    pub fn part(&self, member: &Member) -> Option<Part> {
        self.parts.get(&member.index).copied()
    }

    /// The behaviour planted in a member, if it is this one.
    pub fn deed(&self, member: &Member, behaviour: Behaviour) -> Option<Deed> {
        match self.part(member) {
            Some(Part::Planted(deed)) if deed.behaviour == behaviour => Some(deed),
            _ => None,
        }
    }

    /// Whether a member was chosen as this look-alike.
    pub fn innocent(&self, member: &Member, innocent: Innocent) -> bool {
        self.part(member) == Some(Part::Innocent(innocent))
    }

    /// Everyone chosen, in roll order.
    pub fn parts(&self) -> impl Iterator<Item = (usize, Part)> {
        self.parts.iter().map(|(index, part)| (*index, *part))
    }
}

fn shuffled(mut members: Vec<usize>, rng: &mut Rng) -> Vec<usize> {
    rng.shuffle(&mut members);
    members
}

fn suits(behaviour: Behaviour, member: &Member, kind: UnitKind) -> bool {
    let plain = !member.editor && !member.approver;
    match behaviour {
        Behaviour::RosterSelfEdit => plain,
        Behaviour::RosterLateEdit => member.editor && member.pattern != Pattern::Days,
        Behaviour::OvertimeClash => plain && member.pattern != Pattern::Days,
        Behaviour::AttendanceClaim => member.hybrid,
        Behaviour::AccessSubject => kind.has_cases() && plain,
        Behaviour::WorkingTime => member.pattern == Pattern::Rotating && plain,
        Behaviour::ComplaintRate => kind == UnitKind::Response && plain,
    }
}

fn looks_alike(innocent: Innocent, member: &Member, kind: UnitKind) -> bool {
    match innocent {
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
