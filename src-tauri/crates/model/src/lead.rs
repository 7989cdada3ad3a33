//! Leads and the decisions people make on them.

use crate::{Finding, LeadId, SourceSchema, Subject};
use serde::{Deserialize, Serialize};

/// Where a lead goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    Conduct,
    Welfare,
    Vetting,
    DataQuality,
    Culture,
}

/// Where a lead stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    New,
    InReview,
    Decided,
    Closed,
    Expired,
}

/// A statistical finding alone is low; one factual or two independent ones make a normal lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Low,
    Normal,
    High,
}

/// What a reviewer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    NoFurtherAction,
    Welfare,
    PreventionNotice,
    ReflectivePractice,
    Performance,
    Vetting,
    SeverityAssessment,
    CriminalReferral,
    DataError,
}

/// Findings joined for review: something a person should look at, never a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    pub id: LeadId,
    /// Older stores call it `officer`.
    #[serde(alias = "officer")]
    pub subject: Subject,
    pub route: Route,
    pub priority: Priority,
    /// Why it has that priority, in words.
    pub priority_reasons: Vec<String>,
    pub findings: Vec<Finding>,
    pub first_day: i32,
    pub last_day: i32,
    /// `Sergeant to inspector`, or empty where fewer than ten people share it.
    pub rank_band: String,
    /// `UNIT-4F (38 people)`, or empty likewise.
    pub unit: String,
    pub service_band: String,
    pub shift_pattern: String,
}

/// Whether the reviewer agrees with one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    Agree,
    Disagree,
}

/// A reasoned decision; a later one supersedes it, nothing is overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub outcome: Outcome,
    pub reason: String,
    /// One per finding, in the lead's order.
    pub agreements: Vec<Agreement>,
}

/// Why a decision was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    #[error("a decision needs a reason of 20 characters or more")]
    NoReason,
    #[error("say for each of the {0} findings whether you agree")]
    Agreements(usize),
    #[error("open the evidence first: a decision is taken on the rows, not on the sentence")]
    EvidenceUnopened,
    #[error("sickness and the like alone never lead to a conduct outcome")]
    SpecialCategory,
    #[error("a lead about a unit is about no person: it leads to no outcome for one")]
    Unit,
    #[error("say which finding rests on wrong data by disagreeing with it")]
    NoErrorNamed,
}

impl Outcome {
    /// Whether it is a step against one person's conduct.
    pub fn is_conduct(self) -> bool {
        matches!(
            self,
            Outcome::PreventionNotice
                | Outcome::ReflectivePractice
                | Outcome::SeverityAssessment
                | Outcome::CriminalReferral
        )
    }
}

impl Lead {
    /// Whether nothing but sources such as sickness support it.
    pub fn is_special_category(&self) -> bool {
        let mut sources = self.findings.iter().flat_map(|f| &f.sources).peekable();
        sources.peek().is_some() && sources.all(|kind| SourceSchema::of(*kind).special_category)
    }
}

impl Decision {
    /// Checks the form of a decision on a lead, and that its outcome may follow from such a lead.
    pub fn check(&self, lead: &Lead, evidence_opened: bool) -> Result<(), DecisionError> {
        if self.reason.trim().chars().count() < 20 {
            return Err(DecisionError::NoReason);
        }
        if self.agreements.len() != lead.findings.len() {
            return Err(DecisionError::Agreements(lead.findings.len()));
        }
        if !evidence_opened {
            return Err(DecisionError::EvidenceUnopened);
        }
        let personal = self.outcome.is_conduct() || matches!(self.outcome, Outcome::Vetting);
        if personal && matches!(lead.subject, Subject::Unit(_)) {
            return Err(DecisionError::Unit);
        }
        if self.outcome.is_conduct() && lead.is_special_category() {
            return Err(DecisionError::SpecialCategory);
        }
        if self.outcome == Outcome::DataError && !self.agreements.contains(&Agreement::Disagree) {
            return Err(DecisionError::NoErrorNamed);
        }
        Ok(())
    }
}
