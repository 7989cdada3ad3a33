//! What a run measured of each officer, kept so that a threshold can be tried without reading a row again.

use crate::card::{Card, Parameter};
use crate::measure::Measure;
use crate::stats::discovery::Budget;
use model::{Nature, Pseudonym};

/// The name under which duty hours are kept, as if they were an indicator's count.
pub const DUTY_HOURS: &str = "duty-hours";
/// The tail of an officer nobody is compared with: never borne out.
const NOT_COMPARED: u32 = u32::MAX;
/// Tails are kept in billionths.
const BILLION: f64 = 1e9;
/// Code, value, tail and mark; four more for each threshold.
const BYTES: usize = 8 + 4 + 4 + 1;

/// Up to which value of each threshold a finding would be made: 0 for none that is allowed, else one more than the value.
pub(crate) fn holds(measure: &Measure, card: &Card) -> Vec<u32> {
    let counted = i64::from(measure.value);
    let up_to =
        |name: &str| measure.holds.iter().find(|(n, _)| *n == name).map_or(counted, |(_, up_to)| *up_to);
    let kept = |(name, setting): (&str, &Parameter)| match up_to(name) {
        up_to if up_to < setting.min => 0,
        up_to => u32::try_from(up_to.saturating_add(1)).unwrap_or(u32::MAX),
    };
    card.thresholds().map(kept).collect()
}

/// What a run said of one officer under one indicator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// The card's own conditions were met.
    pub hit: bool,
    /// A finding was made.
    pub listed: bool,
    /// Several sources list the officer together.
    pub joint: bool,
}

/// One officer's measure under one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub officer: Pseudonym,
    /// What was counted.
    pub value: u32,
    /// Adjusted tail in billionths; 0 where the indicator does not compare.
    tail: u32,
    marks: Marks,
    /// As `holds` gives them.
    holds: Vec<u32>,
}

impl Kept {
    pub(crate) fn new(officer: Pseudonym, value: u32, tail: Option<f64>, marks: Marks) -> Kept {
        let tail = match tail {
            None => 0,
            Some(t) if t <= 1.0 => (t * BILLION).ceil() as u32,
            Some(_) => NOT_COMPARED,
        };
        Kept { officer, value, tail, marks, holds: Vec::new() }
    }

    pub(crate) fn up_to(self, holds: Vec<u32>) -> Kept {
        Kept { holds, ..self }
    }
}

/// Everyone with anything to count under one indicator, in order of code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    pub indicator: String,
    pub kept: Vec<Kept>,
}

impl Measures {
    /// How many thresholds there are, and one fixed-length record for each officer.
    pub fn to_bytes(&self) -> Vec<u8> {
        let thresholds = self.kept.iter().map(|one| one.holds.len()).max().unwrap_or(0);
        let mut bytes = Vec::with_capacity(1 + self.kept.len() * (BYTES + 4 * thresholds));
        bytes.push(thresholds as u8);
        for one in &self.kept {
            bytes.extend(one.officer.bits().to_le_bytes());
            bytes.extend(one.value.to_le_bytes());
            bytes.extend(one.tail.to_le_bytes());
            let Marks { hit, listed, joint } = one.marks;
            bytes.push(u8::from(hit) | u8::from(listed) << 1 | u8::from(joint) << 2);
            let holds = one.holds.iter().copied().chain(std::iter::repeat(0)).take(thresholds);
            bytes.extend(holds.flat_map(u32::to_le_bytes));
        }
        bytes
    }

    /// Reads the records back; `None` for bytes of another form.
    pub fn from_bytes(indicator: &str, bytes: &[u8]) -> Option<Measures> {
        let (thresholds, records) = bytes.split_first()?;
        let length = BYTES + 4 * usize::from(*thresholds);
        let record = |b: &[u8]| {
            let word = |at: usize| Some(u32::from_le_bytes(b.get(at..at + 4)?.try_into().ok()?));
            let officer = Pseudonym::from_bits(u64::from_le_bytes(b.get(..8)?.try_into().ok()?));
            let bit = |n: u8| b.get(16).is_some_and(|byte| byte >> n & 1 == 1);
            let marks = Marks { hit: bit(0), listed: bit(1), joint: bit(2) };
            let holds: Option<Vec<u32>> = (BYTES..length).step_by(4).map(word).collect();
            Some(Kept { officer, value: word(8)?, tail: word(12)?, marks, holds: holds? })
        };
        let whole = records.len().is_multiple_of(length);
        let kept: Option<Vec<Kept>> = records.chunks_exact(length).map(record).collect();
        Some(Measures { indicator: indicator.to_owned(), kept: kept.filter(|_| whole)? })
    }

    /// Whom the run listed.
    pub fn listed(&self) -> Vec<Pseudonym> {
        self.kept.iter().filter(|k| k.marks.listed).map(|k| k.officer).collect()
    }

    /// Whom a run with one setting at another value lists, when `budget` is what that run may spend; `None` where the
    /// setting decides what is counted, so that only the run can tell. Whom several sources list together stays listed.
    pub fn tried(&self, card: &Card, name: &str, value: i64, budget: Budget) -> Option<Vec<Pseudonym>> {
        let changes_rate = name == "false_discovery_percent";
        let threshold = card.thresholds().position(|(threshold, _)| threshold == name);
        if !changes_rate && threshold.is_none() {
            return None;
        }
        let limit = (card.nature == Nature::Statistical).then(|| {
            let percent = if changes_rate { value } else { card.value("false_discovery_percent") };
            budget.level(percent as f64 / 100.0) * BILLION
        });
        let lists = |k: &&Kept| {
            let up_to = |at: usize| k.holds.get(at).is_some_and(|up_to| i64::from(*up_to) > value);
            let enough = threshold.map_or(k.marks.hit, up_to);
            enough && limit.is_none_or(|limit| k.marks.joint || f64::from(k.tail) <= limit)
        };
        Some(self.kept.iter().filter(lists).map(|k| k.officer).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Measures;
    use crate::Cards;
    use crate::stats::discovery::Budget;
    use crate::tests::example::Force;

    fn force() -> Force {
        let mut force = Force::of(60);
        for officer in 0..60 {
            for day in 1..=12_u64 {
                let date = format!("2026-03-{day:02}");
                force.duty(officer, &format!("{date} 07:00"), &format!("{date} 15:00"), "early");
                if officer == 7 && day <= 4 || officer == 8 && day <= 2 {
                    force.overtime(officer, day, &format!("{date} 10:00"), &format!("{date} 12:00"));
                }
            }
            if officer % 4 == 0 {
                force.complaint(officer, u64::from(officer) + 1000, "2026-03-05");
            }
        }
        (0..14).for_each(|matter| force.complaint(11, 5000 + matter, "2026-03-11"));
        (0..7).for_each(|matter| force.complaint(13, 7000 + matter, "2026-03-11"));
        force
    }

    /// What is previewed from the measures is what a new run lists, for each threshold of the example.
    #[test]
    fn a_threshold_tried_on_kept_measures_lists_whom_a_new_run_lists() {
        let force = force();
        let analysis = force.analyse();
        let measures = &analysis.measures;
        let mut tried = 0;
        for (indicator, name, value) in [
            ("overtime-clash", "min_clashes", 1),
            ("overtime-clash", "min_clashes", 3),
            ("overtime-clash", "min_clashes", 5),
            ("complaint-rate", "min_matters", 10),
            ("complaint-rate", "false_discovery_percent", 1),
            ("complaint-rate", "false_discovery_percent", 20),
        ] {
            let kept = measures.iter().find(|m| m.indicator == indicator).expect("kept");
            let read = Measures::from_bytes(indicator, &kept.to_bytes()).expect("reads");
            assert_eq!(&read, kept);
            let card = force.cards.get(indicator).expect("a card");
            let budget = Budget { tests: analysis.tests, previous_runs: 0 };
            let previewed = read.tried(card, name, value, budget).expect("a threshold");
            let mut again = force.clone();
            again.cards = Cards::shipped().with_parameter(indicator, name, value).expect("in range");
            let again = again.analyse();
            let mut listed: Vec<_> = again
                .leads
                .iter()
                .filter(|l| l.findings.iter().any(|f| f.indicator == indicator))
                .filter_map(|l| l.subject.officer())
                .collect();
            listed.sort();
            assert_eq!(previewed, listed, "{indicator} {name} {value}");
            tried += previewed.len();
        }
        assert!(tried > 3, "the example must list somebody: {tried}");
    }

    #[test]
    fn a_setting_that_decides_what_is_counted_asks_for_a_new_run() {
        let card = Cards::shipped();
        let card = card.get("overtime-clash").expect("a card");
        let budget = Budget { tests: 1, previous_runs: 0 };
        assert_eq!(Measures::default().tried(card, "min_overlap_minutes", 30, budget), None);
        assert_eq!(Measures::from_bytes("x", &[0; 19]), None);
        assert_eq!(Measures::from_bytes("x", &[]), None);
    }
}
