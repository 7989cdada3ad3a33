//! Cards: one documented, versioned description per indicator, shipped in `schemas/indicators`.

use crate::wording;
use model::{Nature, Regime, Route, SourceKind, SourceSchema};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Why a card or a setting was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    #[error("a card cannot be read: {0}")]
    Form(String),
    #[error("card {0}: the default of {1} lies outside its allowed range")]
    Default(String, String),
    #[error("card {0} names {1}, which is for the fairness audit only")]
    AuditOnly(String, SourceKind),
    #[error("card {0}: {1} is no unit a setting may have")]
    Unit(String, String),
    #[error("card {0}: a window of {window} days cannot hold the {days} days it must hold to be judged", window = .1, days = .2)]
    Window(String, i64, i64),
    #[error("two cards are called {0}")]
    Twice(String),
    #[error("there is no indicator {0}")]
    Indicator(String),
    #[error("indicator {0} has no parameter {1}")]
    Parameter(String, String),
    #[error("{parameter} must lie between {min} and {max}")]
    Range { parameter: String, min: i64, max: i64 },
}

/// What a setting may be counted in.
const UNITS: &[&str] = &[
    "changes",
    "claims",
    "complaints",
    "days",
    "forces",
    "grades",
    "hours",
    "look-ups",
    "matters",
    "minutes",
    "people",
    "people in a thousand",
    "percent",
    "prints and exports",
    "spells",
    "times",
    "weeks",
    "yes or no",
];

/// One setting of an indicator: whole numbers of its unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub about: String,
    pub unit: String,
    pub default: i64,
    pub min: i64,
    pub max: i64,
    /// The finding is made up to a value that a run keeps for each officer, so a change can be tried without another.
    #[serde(default)]
    pub threshold: bool,
    /// The value in force; the default unless a force changed it.
    #[serde(skip)]
    pub value: i64,
}

/// The documentation of one indicator, which is also its settings and its wording.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub id: String,
    pub version: u32,
    pub title: String,
    /// One plain sentence.
    pub looks_for: String,
    pub nature: Nature,
    pub route: Route,
    /// HMICFRS category.
    pub category: String,
    pub regime: Regime,
    /// What it reads; the first is the source it primarily rests on.
    pub sources: Vec<SourceKind>,
    pub exclusions: Vec<String>,
    pub innocent_explanations: Vec<String>,
    pub what_would_clear_it: String,
    /// What the finding shows in the officer's favour, where the rows hold it.
    pub counter_evidence: Vec<String>,
    pub known_failure: String,
    pub references: Vec<String>,
    pub parameters: BTreeMap<String, Parameter>,
    /// Sentences with `{places}` for numbers.
    pub wording: BTreeMap<String, String>,
}

impl Card {
    fn parse(text: &str) -> Result<Card, CardError> {
        let mut card: Card = toml::from_str(text).map_err(|e| CardError::Form(e.message().to_owned()))?;
        if let Some(kind) = card.sources.iter().find(|k| SourceSchema::of(**k).audit_only) {
            return Err(CardError::AuditOnly(card.id.clone(), *kind));
        }
        for (name, parameter) in &mut card.parameters {
            if !(parameter.min..=parameter.max).contains(&parameter.default) {
                return Err(CardError::Default(card.id.clone(), name.clone()));
            }
            if !UNITS.contains(&parameter.unit.as_str()) {
                return Err(CardError::Unit(card.id.clone(), parameter.unit.clone()));
            }
            parameter.value = parameter.default;
        }
        card.check_window()?;
        Ok(card)
    }

    /// A window shorter than the days it must hold could never be judged.
    fn check_window(&self) -> Result<(), CardError> {
        let value = |name: &str| self.parameters.get(name).map(|parameter| parameter.value);
        match (value("window_days"), value("min_days")) {
            (Some(window), Some(days)) if window < days.max(1) => {
                Err(CardError::Window(self.id.clone(), window, days))
            }
            _ => Ok(()),
        }
    }

    /// The value in force of a parameter.
    pub(crate) fn value(&self, name: &str) -> i64 {
        self.parameters
            .get(name)
            .expect("indicators name only parameters of their card: tested for all cards")
            .value
    }

    /// Its thresholds by name, in order.
    pub(crate) fn thresholds(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        let all = self.parameters.iter().map(|(name, setting)| (name.as_str(), setting));
        all.filter(|(_, setting)| setting.threshold)
    }

    /// The card's false-discovery rate, before tests and runs share it.
    pub(crate) fn false_discovery(&self) -> f64 {
        self.value("false_discovery_percent") as f64 / 100.0
    }

    /// A wording of the card.
    pub(crate) fn words(&self, name: &str) -> &str {
        self.wording.get(name).expect("indicators name only wordings of their card: tested for all cards")
    }

    /// A wording of the card with these values and its settings in their places.
    pub(crate) fn filled(&self, name: &str, values: &[(&str, String)]) -> String {
        let settings =
            self.parameters.iter().map(|(name, setting)| (name.as_str(), setting.value.to_string()));
        let settings: Vec<(&str, String)> = settings.collect();
        wording::fill(&wording::fill(self.words(name), values), &settings)
    }
}

macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        &[$(include_str!(concat!("../../../../schemas/indicators/", $id, ".toml"))),*]
    };
}

const SHIPPED: &[&str] = shipped![
    "roster-self-edit",
    "roster-late-edit",
    "roster-ring",
    "overtime-clash",
    "attendance-claim",
    "access-subject",
    "working-time",
    "complaint-rate",
    "overtime-rate",
    "complaint-pattern",
    "access-unexplained",
    "access-after-close",
    "access-bulk",
    "overtime-absent",
    "attendance-share",
    "sickness-support",
    "performance-support",
    "declaration-missing",
    "declaration-contradicted",
    "secondary-work-clash",
    "culture-unit",
    "profile-unusual",
];

/// All cards of a run, with the settings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cards {
    cards: BTreeMap<String, Card>,
    /// SHA-256 over the card files as shipped, in order of id.
    files: [u8; 32],
}

impl Cards {
    /// The cards this program was built with.
    pub fn shipped() -> Cards {
        Cards::parse(SHIPPED).expect("the shipped cards are embedded and tested")
    }

    pub(crate) fn parse(texts: &[&str]) -> Result<Cards, CardError> {
        let mut cards = BTreeMap::new();
        let mut files = BTreeMap::new();
        for text in texts {
            let card = Card::parse(text)?;
            files.insert(card.id.clone(), *text);
            if let Some(twice) = cards.insert(card.id.clone(), card) {
                return Err(CardError::Twice(twice.id));
            }
        }
        let mut hasher = Sha256::new();
        for text in files.values() {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        Ok(Cards { cards, files: hasher.finalize().into() })
    }

    /// Every card, in order of id.
    pub fn all(&self) -> impl Iterator<Item = &Card> {
        self.cards.values()
    }

    /// One card.
    pub fn get(&self, indicator: &str) -> Option<&Card> {
        self.cards.get(indicator)
    }

    /// The same cards with one setting changed; refused outside the card's allowed range.
    pub fn with_parameter(mut self, indicator: &str, name: &str, value: i64) -> Result<Cards, CardError> {
        let card = self.cards.get_mut(indicator).ok_or_else(|| CardError::Indicator(indicator.to_owned()))?;
        let missing = || CardError::Parameter(indicator.to_owned(), name.to_owned());
        let parameter = card.parameters.get_mut(name).ok_or_else(missing)?;
        let (min, max) = (parameter.min, parameter.max);
        if !(min..=max).contains(&value) {
            return Err(CardError::Range { parameter: name.to_owned(), min, max });
        }
        parameter.value = value;
        card.check_window()?;
        Ok(self)
    }

    /// SHA-256, in hex, of all card files and all settings in force.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.files);
        for card in self.all() {
            for (name, parameter) in &card.parameters {
                hasher.update(format!("{}\0{name}\0{}\n", card.id, parameter.value));
            }
        }
        hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
