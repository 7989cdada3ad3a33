//! Tests of everyone at once: what they are given, and what they answer.

use crate::card::Card;
use crate::context::Context;
use crate::lead::Sharing;
use crate::measure::Hit;
use crate::peers::{Comparison, Counted};
use crate::profile::Profile;
use crate::proportion;
use crate::stats::discovery::Budget;
use model::{OfficerIndex, Peers, Subject};

/// A test that judges the whole force, from numbers taken of each officer beforehand.
#[derive(Clone, Copy)]
pub struct Together {
    /// Whole numbers taken of one officer in the partition pass; none where the officer does not count.
    pub take: fn(&Profile, &Context<'_>, &Card) -> Vec<i64>,
    /// Judges everyone. Called once, after every partition.
    pub judge: fn(&Everyone<'_>, &Card) -> Judgement,
}

/// The whole force as a test sees it.
pub struct Everyone<'a> {
    pub context: &'a Context<'a>,
    /// Unit codes, and how many people share what.
    pub sharing: &'a Sharing,
    /// The day on which attributes are taken.
    pub day: i32,
    /// The only randomness a test may use.
    pub seed: u64,
    /// What the run may spend on false discoveries, and how many tests share it.
    pub budget: Budget,
    /// What was taken, in order of the officers' codes.
    pub taken: &'a [(OfficerIndex, Vec<i64>)],
    /// What the indicators that look at one officer at a time measured, in the order of `ALL`.
    pub measures: &'a [Measures<'a>],
}

/// One indicator's measures of everyone.
pub struct Measures<'a> {
    pub card: &'a Card,
    /// What is counted, in the plural.
    pub counts: &'static str,
    /// In order of the officers' codes.
    pub counted: &'a [Counted],
    /// Where it compares by an exposure that is on file.
    pub comparison: Option<&'a Comparison>,
}

impl Everyone<'_> {
    /// The level of a statistical test: its card's false-discovery rate less what other tests and runs take of it.
    pub fn level(&self, card: &Card) -> f64 {
        self.budget.level(card.false_discovery())
    }

    /// Whom the test lists of whom it compared, and how many may be chance.
    pub fn expected_false(&self, listed: usize, compared: usize, card: &Card) -> String {
        proportion::expected_false(listed, compared, card.false_discovery(), self.budget)
    }
}

/// One subject that a test lists.
pub struct Judged {
    pub subject: Subject,
    /// Evidence may be empty for a unit, about which no row is cited.
    pub hit: Hit,
    pub peers: Option<Peers>,
    /// The adjusted tail as text, for a statistical finding.
    pub tail: Option<String>,
}

/// What a test of the force says.
#[derive(Default)]
pub struct Judgement {
    pub found: Vec<Judged>,
    /// Officers or units that were compared.
    pub compared: u32,
    /// One sentence on how many of the listed may be chance.
    pub expected_false: Option<String>,
    /// How many a plain rule would list, and the sentence that says so.
    pub baseline: Option<(u32, String)>,
    /// A stable code and a sentence, where nothing could be said at all.
    pub skipped: Option<(&'static str, String)>,
}
