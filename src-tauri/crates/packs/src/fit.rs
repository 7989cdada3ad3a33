//! The motivated intruder: a colleague who knows the roll and the roster, and what a pack lets them narrow down.

use crate::body::lead::{FEWEST_WHO_FIT, Fit, FitStep};

/// A set of small numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks(Vec<u64>);

impl Marks {
    pub fn insert(&mut self, number: u32) {
        let at = number as usize / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (number % 64);
    }

    /// Whether all numbers of the other are in this one.
    fn holds(&self, other: &Self) -> bool {
        let word = |at: usize| self.0.get(at).copied().unwrap_or(0);
        other.0.iter().enumerate().all(|(at, w)| word(at) & w == *w)
    }
}

impl FromIterator<u32> for Marks {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut marks = Self::default();
        numbers.into_iter().for_each(|n| marks.insert(n));
        marks
    }
}

/// What a colleague knows of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Colleague {
    pub rank_band: String,
    pub service_band: String,
    pub shift_pattern: String,
    /// Their duty hours, as wide as a pack says them.
    pub duty_hours: String,
    /// The cited days on which they were on duty or claimed overtime, by number.
    pub days: Marks,
    /// The same for cited months.
    pub months: Marks,
}

/// How exactly a pack says when something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    Day,
    Month,
    Nothing,
}

/// What a pack shows of who and when; each step of widening takes something away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub rank_band: bool,
    pub service_band: bool,
    pub shift_pattern: bool,
    pub duty_hours: bool,
    pub when: When,
}

impl Shown {
    /// Everything that may be shown at all: units never are.
    pub const MOST: Self =
        Self { rank_band: true, service_band: true, shift_pattern: true, duty_hours: true, when: When::Day };

    /// The next step towards showing less, with its name; none when nothing is left to take.
    fn wider(&self) -> Option<(Self, &'static str)> {
        let mut next = self.clone();
        let what = if self.when == When::Day {
            next.when = When::Month;
            "days become months"
        } else if self.service_band {
            next.service_band = false;
            "length of service is left out"
        } else if self.shift_pattern {
            next.shift_pattern = false;
            "shift pattern is left out"
        } else if self.duty_hours {
            next.duty_hours = false;
            "duty hours are left out"
        } else if self.rank_band {
            next.rank_band = false;
            "rank is left out"
        } else if self.when == When::Month {
            next.when = When::Nothing;
            "months are left out"
        } else {
            return None;
        };
        Some((next, what))
    }
}

/// How many of these people fit what is shown of one of them, step by step.
pub fn intrude(people: &[Colleague], who: &Colleague, shown: &Shown) -> Fit {
    let mut left: Vec<&Colleague> = people.iter().collect();
    let mut steps = Vec::new();
    let mut use_of = |known: &str, holds: &dyn Fn(&Colleague) -> bool| {
        left.retain(|p| holds(p));
        steps.push(FitStep { known: known.to_owned(), left: left.len() as u32 });
    };
    if shown.rank_band {
        use_of("rank, from the roll", &|p| p.rank_band == who.rank_band);
    }
    if shown.service_band {
        use_of("length of service, from the roll", &|p| p.service_band == who.service_band);
    }
    if shown.shift_pattern {
        use_of("shift pattern, from the roll", &|p| p.shift_pattern == who.shift_pattern);
    }
    if shown.duty_hours {
        use_of("total of duty hours, from the roster", &|p| p.duty_hours == who.duty_hours);
    }
    match shown.when {
        When::Day => use_of("who was on duty on the cited days", &|p| p.days.holds(&who.days)),
        When::Month => use_of("who was on duty in the cited months", &|p| p.months.holds(&who.months)),
        When::Nothing => {}
    }
    Fit { of: people.len() as u32, people: left.len() as u32, steps }
}

/// Takes things away from what a pack could show until enough people fit; gives what may be shown, what was taken, and
/// the test's result.
pub fn widen(people: &[Colleague], who: &Colleague, mut shown: Shown) -> (Shown, Vec<&'static str>, Fit) {
    let mut taken = Vec::new();
    loop {
        let fit = intrude(people, who, &shown);
        if fit.people >= FEWEST_WHO_FIT {
            return (shown, taken, fit);
        }
        match shown.wider() {
            Some((next, what)) => {
                shown = next;
                taken.push(what);
            }
            None => return (shown, taken, fit),
        }
    }
}
