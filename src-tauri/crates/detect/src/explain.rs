//! Why a look-up is explained: the officer's own case, an incident they attended, somebody they supervise, their team's
//! case, a handover, the case number they gave, or the role they held. What none of these covers is unexplained.
//!
//! Each look-up gets the first reason that holds, so that the counts of the reasons and of the rest add up to all.

use crate::card::Card;
use crate::context::{Attended, Context, Holding};
use crate::measure::line;
use crate::profile::{Access, Profile};
use crate::wording::{count, thousands};
use foldhash::fast::RandomState;
use model::{ArithmeticLine, OfficerIndex};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The indicator on whose card the margins stand.
pub const CARD: &str = "access-unexplained";
/// Days after an incident on which the next shift of the same unit takes it over.
const NEXT_SHIFT_DAYS: i32 = 1;

/// What explains a look-up, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The officer held the case, or a case the record is on.
    OwnCase,
    /// The officer attended the incident.
    Incident,
    /// Somebody the officer supervises held the case or attended the incident.
    Supervision,
    /// Somebody of the officer's unit at the time held the case.
    TeamCase,
    /// The case had just left or was about to reach the officer or their unit, or their shift took over an incident.
    Handover,
    /// A case or incident number was given that fits: open or recent, and the record is on it, or not on file at all.
    CaseGiven,
    /// The officer was an analyst or exporter on the day.
    Authority,
    /// Neither a record nor a case is named: there is nothing to explain.
    NothingNamed,
    /// None of these.
    None,
}

impl Reason {
    /// Every reason that explains, strongest first.
    pub const EXPLAINING: [Reason; 7] = [
        Reason::OwnCase,
        Reason::Incident,
        Reason::Supervision,
        Reason::TeamCase,
        Reason::Handover,
        Reason::CaseGiven,
        Reason::Authority,
    ];

    /// `own case`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::OwnCase => "own case",
            Reason::Incident => "incident attended",
            Reason::Supervision => "supervision",
            Reason::TeamCase => "team case",
            Reason::Handover => "handover",
            Reason::CaseGiven => "case number given",
            Reason::Authority => "analyst or exporter",
            Reason::NothingNamed => "no record named",
            Reason::None => "no reason found",
        }
    }
}

/// The margins, from the card of `access-unexplained`; the other access indicators use the same.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    handover_days: i32,
    incident_days: i32,
    accept_unlisted: bool,
}

impl Rules {
    pub fn of(card: &Card) -> Rules {
        Rules {
            handover_days: card.value("handover_days") as i32,
            incident_days: card.value("incident_days") as i32,
            accept_unlisted: card.value("accept_unlisted_cases") != 0,
        }
    }
}

/// One reason for each look-up, in their order.
pub fn reasons(profile: &Profile, context: &Context<'_>, rules: &Rules) -> Vec<Reason> {
    // The same record is looked up several times a day: what was found for it is kept.
    let mut known: HashMap<(u64, u64, i32), Reason, RandomState> = HashMap::default();
    let mut reason = |access: &Access| {
        let day = context.day(access.at);
        let found = || Query { officer: profile.officer, access, day, context, rules }.reason();
        *known.entry((access.record, access.case, day)).or_insert_with(found)
    };
    profile.accesses.iter().map(&mut reason).collect()
}

/// One look-up to explain.
struct Query<'a> {
    officer: OfficerIndex,
    access: &'a Access,
    day: i32,
    context: &'a Context<'a>,
    rules: &'a Rules,
}

impl Query<'_> {
    fn reason(&self) -> Reason {
        if self.access.record == 0 && self.access.case == 0 {
            return Reason::NothingNamed;
        }
        let by_role = || ["analyst", "exporter"].iter().any(|r| self.context.may(self.officer, r, self.day));
        let linked = [self.by_case(), self.by_incident()].into_iter().min().unwrap_or(Reason::None);
        match linked {
            Reason::None if self.fits() => Reason::CaseGiven,
            Reason::None if by_role() => Reason::Authority,
            linked => linked,
        }
    }

    /// Cases the look-up names itself, or that the record is on.
    fn cases(&self) -> impl Iterator<Item = u32> {
        let cases = &self.context.cases;
        cases.number(self.access.case).into_iter().chain(cases.of_record(self.access.record))
    }

    fn by_case(&self) -> Reason {
        let mut best = Reason::None;
        for case in self.cases() {
            let own = self.context.cases.own(case, self.officer).iter();
            best = own.map(|h| self.held(h, Reason::OwnCase)).fold(best, Reason::min);
            if best == Reason::OwnCase {
                break;
            }
            for holding in self.context.cases.team(case) {
                best = best.min(self.colleague(holding));
            }
        }
        best
    }

    /// `inside` while the case was held; a handover shortly before and after.
    fn held(&self, holding: &Holding, inside: Reason) -> Reason {
        let (from, until) = (holding.valid.from, holding.valid.until);
        let margin = self.rules.handover_days;
        if holding.valid.holds_on(self.day) {
            inside
        } else if from.saturating_sub(margin) <= self.day && self.day <= until.saturating_add(margin) {
            Reason::Handover
        } else {
            Reason::None
        }
    }

    fn colleague(&self, holding: &Holding) -> Reason {
        let found = self.held(holding, Reason::TeamCase);
        if found == Reason::None {
            return Reason::None;
        }
        if self.context.supervises(self.officer, holding.officer, self.day) {
            return Reason::Supervision;
        }
        // A holding without a unit belongs to the unit of whoever held it.
        let unit = match holding.unit {
            0 => self.context.unit_on(holding.officer, self.day),
            unit => unit,
        };
        if unit != 0 && unit == self.context.unit_on(self.officer, self.day) { found } else { Reason::None }
    }

    fn by_incident(&self) -> Reason {
        let incidents = &self.context.incidents;
        let mut best = Reason::None;
        for token in [self.access.record, self.access.case].into_iter().filter(|t| *t != 0) {
            if incidents.own(token, self.officer).any(|a| self.is_near(&a)) {
                return Reason::Incident;
            }
            for attended in incidents.team(token).filter(|a| self.is_near(a)) {
                let unit = self.context.unit_on(attended.officer, self.day);
                let next_shift = (0..=NEXT_SHIFT_DAYS).contains(&attended.days_after(self.day));
                if self.context.supervises(self.officer, attended.officer, self.day) {
                    best = best.min(Reason::Supervision);
                } else if next_shift && unit != 0 && unit == self.context.unit_on(self.officer, self.day) {
                    best = best.min(Reason::Handover);
                }
            }
        }
        best
    }

    /// Whether an incident is recent. A day's margin before: a report is read on the way to it.
    fn is_near(&self, attended: &Attended) -> bool {
        (-1..=self.rules.incident_days).contains(&attended.days_after(self.day))
    }

    /// Whether the number given is a reason of its own: a case on file must be open and an incident recent, and the record
    /// be on it.
    fn fits(&self) -> bool {
        if self.access.case == 0 {
            return false;
        }
        let cases = &self.context.cases;
        let Some(case) = cases.number(self.access.case) else {
            return self.fits_incident().unwrap_or(self.rules.accept_unlisted);
        };
        let open = cases.holdings(case).iter().any(|h| self.held(h, Reason::TeamCase) != Reason::None);
        let holds = || cases.of_record(self.access.record).any(|of| of == case);
        open && (self.access.record == 0 || holds())
    }

    /// The same of an incident's number; `None` where no incident has it.
    fn fits_incident(&self) -> Option<bool> {
        let incidents = &self.context.incidents;
        let given: Vec<Attended> = incidents.team(self.access.case).collect();
        let recent = |a: &Attended| given.contains(a) && self.is_near(a);
        let fits = match self.access.record {
            0 => given.iter().any(recent),
            record => incidents.team(record).any(|a| recent(&a)),
        };
        (!given.is_empty()).then_some(fits)
    }
}

/// How many look-ups each reason explains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the order of the reasons.
    counts: [u64; Reason::None as usize + 1],
}

impl Tally {
    pub fn of(profile: &Profile) -> Tally {
        let mut tally = Tally::default();
        profile.reasons.iter().for_each(|reason| tally.counts[*reason as usize] += 1);
        tally
    }

    pub fn add(&mut self, other: &Tally) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(own, n)| *own += n);
    }

    pub fn count(&self, reason: Reason) -> u64 {
        self.counts[reason as usize]
    }

    /// Look-ups that some reason explains.
    pub fn explained(&self) -> u64 {
        Reason::EXPLAINING.iter().map(|reason| self.count(*reason)).sum()
    }

    /// Look-ups that name something, explained or not.
    pub fn judged(&self) -> u64 {
        self.explained() + self.count(Reason::None)
    }

    /// `212 of 240 look-ups are explained: 150 own case, 40 team case, 22 handover.`
    pub fn sentence(&self) -> String {
        let number = |n: u64| thousands(n as i64);
        let all = count(self.judged() as usize, "look-up", "look-ups");
        let given = Reason::EXPLAINING.iter().filter(|reason| self.count(**reason) > 0);
        let parts: Vec<String> =
            given.map(|reason| format!("{} {}", number(self.count(*reason)), reason.name())).collect();
        match parts.is_empty() {
            true => format!("None of {all} is explained."),
            false => format!("{} of {all} are explained: {}.", number(self.explained()), parts.join(", ")),
        }
    }

    /// One line for each reason, then the rest and the sum: `explained: own case`, `150`, `62 %`.
    pub fn lines(&self) -> Vec<ArithmeticLine> {
        let all = self.judged().max(1);
        let share = |n: u64| format!("{} %", (n * 100 + all / 2) / all);
        let row = |label: String, n: u64| line(&label, thousands(n as i64), share(n));
        let given = Reason::EXPLAINING.iter().filter(|reason| self.count(**reason) > 0);
        let mut lines: Vec<ArithmeticLine> =
            given.map(|r| row(format!("explained: {}", r.name()), self.count(*r))).collect();
        lines.push(row("not explained".to_owned(), self.count(Reason::None)));
        let unnamed = match self.count(Reason::NothingNamed) {
            0 => String::new(),
            n => format!("{} more name neither record nor case and are not judged", thousands(n as i64)),
        };
        lines.push(line("look-ups that name a record or case", thousands(self.judged() as i64), unnamed));
        lines
    }
}
