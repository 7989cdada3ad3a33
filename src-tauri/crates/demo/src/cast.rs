//! Who was chosen for what: each member for one thing at most, so that a label has one meaning.

use crate::calendar::Calendar;
use crate::innocent::Innocent;
use crate::plant::{self, Behaviour, Intensity};
use crate::rng::Rng;
use crate::roll::{Member, Pattern, Posting, Roll, UnitKind};
use crate::{Mode, Plan};
use std::collections::BTreeMap;

/// Innocent look-alikes for each planted officer, of all the look-alikes of one behaviour together.
pub const LOOK_ALIKES: usize = 10;
/// Most of a small force that may be look-alikes.
const LOOK_ALIKE_SHARE: f64 = 0.4;
/// Members a unit needs for its rates to be shown at all, with some to spare.
const SMALLEST_CULTURE: usize = 14;

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

/// A rate of a whole unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    Complaints,
    Sickness,
    Leavers,
    RosterChanges,
}

impl Rate {
    const ALL: [Rate; 4] = [Rate::Complaints, Rate::Sickness, Rate::Leavers, Rate::RosterChanges];
}

/// A unit whose rates differ from others'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Culture {
    pub intensity: Intensity,
    /// Times the usual rate.
    pub factor: f64,
    /// The one rate that is high in a unit that only looks like it.
    pub only: Option<Rate>,
}

/// Everyone who was chosen.
pub struct Cast {
    parts: BTreeMap<usize, Part>,
    rings: Vec<Vec<usize>>,
    cultures: BTreeMap<usize, Culture>,
}

impl Cast {
    /// Chooses as the mode asks.
    pub fn choose(plan: &Plan, roll: &Roll, calendar: &Calendar) -> Cast {
        let mut cast = Cast { parts: BTreeMap::new(), rings: Vec::new(), cultures: BTreeMap::new() };
        let planted = roll.members.len().div_ceil(plan.one_in.max(1) as usize);
        if plan.mode == Mode::Planted {
            cast.add_cultures(plan, roll, planted);
            cast.add_rings(plan, roll, calendar, planted.div_ceil(2));
            for behaviour in Behaviour::ALL {
                cast.plant(plan, roll, calendar, *behaviour, planted);
            }
            cast.add_look_alikes(plan, roll, planted);
        }
        cast
    }

    /// Units with a culture problem, and units with one high rate only.
    fn add_cultures(&mut self, plan: &Plan, roll: &Roll, planted: usize) {
        let rng = &mut Rng::of(plan.seed, "culture", 0);
        let large = |number: &usize| roll.units[*number].members.len() >= SMALLEST_CULTURE;
        // Apart from those in whom single complaint rates are planted: a small force has few to compare with.
        let operational =
            |number: &usize| !matches!(roll.units[*number].kind, UnitKind::Response | UnitKind::Staff);
        let units: Vec<usize> = (0..roll.units.len()).filter(large).filter(operational).collect();
        let wanted = planted.div_ceil(2).min(units.len() / 4).max(1);
        for (turn, unit) in shuffled(units, rng).into_iter().take(wanted * (1 + LOOK_ALIKES)).enumerate() {
            let intensity = Intensity::TURNS[turn % Intensity::TURNS.len()];
            let only = (turn >= wanted).then(|| Rate::ALL[turn % Rate::ALL.len()]);
            let factor = intensity.draw(rng, plant::CULTURE_TENTHS) as f64 / 10.0;
            // A small force keeps ordinary units to compare with.
            if turn < wanted || turn * 3 < roll.units.len() {
                self.cultures.insert(unit, Culture { intensity, factor, only });
            }
        }
    }

    /// Groups of two to six plain members of one unit.
    fn add_rings(&mut self, plan: &Plan, roll: &Roll, calendar: &Calendar, wanted: usize) {
        let rng = &mut Rng::of(plan.seed, "ring", 0);
        let units = (0..roll.units.len()).filter(|number| !self.cultures.contains_key(number)).collect();
        for unit in shuffled(units, rng) {
            let turn = self.rings.len();
            let deed = Deed {
                behaviour: Behaviour::RosterRing,
                intensity: Intensity::TURNS[turn % Intensity::TURNS.len()],
                from: calendar.first,
                until: calendar.last,
                ring: Some(turn as u32),
            };
            let suited = self.free(roll, |m| {
                m.is_settled() && m.unit == unit && is_plain(m) && m.pattern != Pattern::Days
            });
            let size = deed.intensity.draw(rng, plant::RING_MEMBERS) as usize;
            let members: Vec<usize> = shuffled(suited, rng).into_iter().take(size).collect();
            if turn < wanted && members.len() == size {
                self.parts.extend(members.iter().map(|index| (*index, Part::Planted(deed))));
                self.rings.push(members);
            }
        }
    }

    fn plant(&mut self, plan: &Plan, roll: &Roll, calendar: &Calendar, behaviour: Behaviour, wanted: usize) {
        let suited = self.free(roll, |m| suits(behaviour, m, roll.unit_of(m).kind));
        let rng = &mut Rng::of(plan.seed, behaviour.note(), 0);
        let days = i64::from(calendar.days());
        for (turn, index) in in_all_postings(shuffled(suited, rng), wanted, roll, rng).into_iter().enumerate()
        {
            let intensity = Intensity::TURNS[turn % Intensity::TURNS.len()];
            let length = (days as f64 * behaviour.window(intensity)).ceil() as i64;
            let (from, length) = match behaviour.begins_late() {
                true => (rng.between(days * 2 / 5, days / 2), days),
                false => (rng.between(0, days - length), length),
            };
            let from = calendar.first + from as i32;
            let until = (from + length as i32 - 1).min(calendar.last);
            self.parts.insert(index, Part::Planted(Deed { behaviour, intensity, from, until, ring: None }));
        }
    }

    fn add_look_alikes(&mut self, plan: &Plan, roll: &Roll, planted: usize) {
        let most = (roll.members.len() as f64 * LOOK_ALIKE_SHARE) as usize / Behaviour::ALL.len();
        let wanted = (planted * LOOK_ALIKES).min(most.max(1));
        for innocent in Innocent::ALL {
            let kinds = Innocent::ALL.iter().filter(|i| i.resembles() == innocent.resembles()).count();
            let suited = self.free(roll, |m| looks_alike(*innocent, m, roll.unit_of(m).kind));
            let rng = &mut Rng::of(plan.seed, innocent.note(), 0);
            let chosen = in_all_postings(shuffled(suited, rng), wanted.div_ceil(kinds), roll, rng);
            self.parts.extend(chosen.into_iter().map(|index| (index, Part::Innocent(*innocent))));
        }
    }

    /// Members who stay to the end of the period and were not chosen yet.
    fn free(&self, roll: &Roll, suits: impl Fn(&Member) -> bool) -> Vec<usize> {
        let free = |m: &&Member| m.left.is_none() && !self.parts.contains_key(&m.index) && suits(m);
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

    /// The members of a ring.
    pub fn ring(&self, number: u32) -> &[usize] {
        self.rings.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// Times the usual rate in a unit.
    pub fn factor(&self, unit: usize, rate: Rate) -> f64 {
        let culture = self.cultures.get(&unit).filter(|c| c.only.is_none_or(|only| only == rate));
        culture.map_or(1.0, |culture| culture.factor)
    }

    /// Units whose rates differ, in order.
    pub fn cultures(&self) -> impl Iterator<Item = (usize, Culture)> {
        self.cultures.iter().map(|(unit, culture)| (*unit, *culture))
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

/// The first so many, some of them part-timers and some on the move while there are any.
fn in_all_postings(mut from: Vec<usize>, wanted: usize, roll: &Roll, rng: &mut Rng) -> Vec<usize> {
    let mut next = || {
        let posting = plant::posting(rng);
        let suited = from.iter().position(|index| roll.members[*index].posting() == posting);
        (!from.is_empty()).then(|| from.remove(suited.unwrap_or(0)))
    };
    (0..wanted).map_while(|_| next()).collect()
}

/// Whether what is planted, or looks like it, can show in a posting.
fn shows_in(behaviour: Behaviour, posting: Posting) -> bool {
    match posting {
        Posting::Settled => true,
        Posting::PartTime => behaviour != Behaviour::WorkingTime,
        // Their own cases become a former team's, and another unit's their own.
        Posting::OnTheMove => !matches!(
            behaviour,
            Behaviour::AccessSubject
                | Behaviour::AccessUnexplained
                | Behaviour::AccessAfterClose
                | Behaviour::AccessBulk
        ),
    }
}

fn is_plain(member: &Member) -> bool {
    !member.editor && !member.approver
}

fn suits(behaviour: Behaviour, member: &Member, kind: UnitKind) -> bool {
    if member.joins || !shows_in(behaviour, member.posting()) {
        return false;
    }
    let plain = is_plain(member);
    let shifts = member.pattern != Pattern::Days;
    match behaviour {
        Behaviour::RosterSelfEdit | Behaviour::DeclarationMissing | Behaviour::DeclarationContradicted => {
            plain
        }
        Behaviour::SicknessSupport | Behaviour::PerformanceSupport | Behaviour::SecondaryWorkClash => plain,
        Behaviour::RosterLateEdit => member.editor && shifts,
        Behaviour::OvertimeClash => plain && shifts,
        Behaviour::OvertimeAbsent | Behaviour::OvertimeRate | Behaviour::WorkingTime => {
            member.pattern == Pattern::Rotating && plain
        }
        Behaviour::AttendanceClaim | Behaviour::AttendanceShare => member.hybrid,
        Behaviour::AccessSubject
        | Behaviour::AccessUnexplained
        | Behaviour::AccessAfterClose
        | Behaviour::AccessBulk => kind.has_cases() && plain,
        Behaviour::ComplaintRate | Behaviour::ComplaintPattern | Behaviour::ProfileUnusual => {
            kind == UnitKind::Response && plain
        }
        Behaviour::RosterRing | Behaviour::CultureUnit => false,
    }
}

fn looks_alike(innocent: Innocent, member: &Member, kind: UnitKind) -> bool {
    let joins = innocent == Innocent::RecentJoiner;
    if member.joins != joins || !shows_in(innocent.resembles(), member.posting()) {
        return false;
    }
    let rotates = member.pattern == Pattern::Rotating;
    match innocent {
        Innocent::EditorWithApprover | Innocent::PlannerPair => member.editor,
        Innocent::OwnSwap | Innocent::SwapCircle => is_plain(member),
        Innocent::OutageDay | Innocent::ExactShare => member.hybrid,
        Innocent::PaidMinimum => member.pattern != Pattern::Days,
        Innocent::TeamCase | Innocent::OwnCase | Innocent::Handover | Innocent::Reopened => kind.has_cases(),
        Innocent::HeavyUser | Innocent::TrialBundle | Innocent::ExportDesk => kind.has_cases(),
        Innocent::QuickChangeover | Innocent::BusyMonth => rotates,
        Innocent::RecentJoiner | Innocent::SingleDays | Innocent::TimeInLieu => true,
        Innocent::OutageOvertime | Innocent::OtherSite => rotates,
        Innocent::BusyOfficer | Innocent::OneIncident => kind == UnitKind::Response,
        Innocent::LateCorrection | Innocent::Adjoining => true,
        Innocent::LongIllness | Innocent::Disability | Innocent::OneLowGrade | Innocent::FreeTimeWork => true,
        Innocent::EndedInterest | Innocent::DeclaredInterest | Innocent::Renewed | Innocent::LateReturn => {
            true
        }
    }
}
