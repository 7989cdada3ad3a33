//! Lead packs: what leaves for a representative, how it is read there, and the answer.

use crate::contract;

contract! {
    /// One thing to withhold.
    pub struct WithholdItem {
        /// `finding 2`, `rows 2`, `sentence 2`, `sums 2`, `peers 2`, or the label of a fact such as `rank`.
        pub item: String,
        /// `a` to `g` of regulation 6.
        pub ground: String,
        pub reason: String,
    }

    pub struct PreviewLeadPack {
        pub lead: String,
        /// Whose representative it is for; needed where the lead is about a group.
        #[serde(default)]
        #[ts(optional)]
        pub officer: Option<String>,
        pub withhold: Vec<WithholdItem>,
        /// `2026-07-18`; empty for two weeks from now.
        pub reply_by: String,
    }

    pub struct LabelledText {
        pub label: String,
        pub value: String,
    }

    /// One text before and after the redaction.
    pub struct RedactionView {
        pub before: String,
        pub after: String,
        pub why: Vec<String>,
    }

    pub struct FitStepView {
        pub known: String,
        pub left: u32,
    }

    /// How many people a colleague who knows the roster would still be left with.
    pub struct FitView {
        pub people: u32,
        pub of: u32,
        pub steps: Vec<FitStepView>,
    }

    pub struct PeersText {
        pub group: String,
        pub size: u32,
        pub median: String,
        pub highest: String,
        pub expected: String,
    }

    pub struct CardText {
        pub looks_for: String,
        pub exclusions: Vec<String>,
        pub settings: Vec<LabelledText>,
        pub cannot_see: String,
    }

    pub struct FindingText {
        pub n: u32,
        pub indicator: String,
        pub title: String,
        pub sentence: String,
        pub arithmetic: Vec<LabelledText>,
        pub peers: Option<PeersText>,
        pub columns: Vec<String>,
        pub rows: Vec<Vec<String>>,
        pub base_rate: String,
        pub card: CardText,
        pub counter_evidence: Vec<String>,
        pub innocent_explanations: Vec<String>,
        pub what_would_clear_it: String,
    }

    pub struct WithheldText {
        pub what: String,
        /// The regulation and what it says.
        pub ground: String,
        pub reason: String,
    }

    /// A lead pack as it is read.
    pub struct LeadPackView {
        /// The officer's code in this pack; empty before it is sent.
        pub code: String,
        pub what_it_is: String,
        pub facts: Vec<LabelledText>,
        pub findings: Vec<FindingText>,
        pub withheld: Vec<WithheldText>,
        /// What the redaction did, with how often.
        pub removed: Vec<LabelledText>,
        pub fit: FitView,
        pub reply_by: String,
        /// The ledger entry of the disclosure, its exact bytes; empty before it is sent.
        pub entry: String,
    }

    pub struct LeadPackPreview {
        pub lead: String,
        pub pack: LeadPackView,
        pub changes: Vec<RedactionView>,
        /// What was left out until enough people fit.
        pub widened: Vec<String>,
        pub fit: FitView,
        /// Why it may not leave without an authorised exception; empty if it may.
        pub blocked: String,
    }

    pub struct ExportLeadPack {
        pub lead: String,
        /// Whose representative it is for; needed where the lead is about a group.
        #[serde(default)]
        #[ts(optional)]
        pub officer: Option<String>,
        /// File of the representative's member card.
        pub to: String,
        pub path: String,
        pub withhold: Vec<WithholdItem>,
        pub reply_by: String,
        /// Who authorised it and why, for a lead bound for criminal referral; empty otherwise.
        pub exception: String,
    }

    pub struct SentLeadPack {
        pub entry: u32,
        pub code: String,
        pub hash: String,
        pub fit: FitView,
        pub reply_by: String,
    }

    pub struct NoticeSlip {
        pub lead: String,
        /// An HTML file to print.
        pub path: String,
    }

    pub struct AnswerFinding {
        pub finding: u32,
        /// `explained`, `disputed`, `accepted` or `no_comment`.
        pub stance: String,
        pub text: String,
        /// Where new evidence can be found.
        pub evidence: String,
    }

    pub struct ReplyToLead {
        /// The lead pack.
        pub pack: String,
        pub path: String,
        /// `federation`, `superintendents`, `union` or `friend`.
        pub capacity: String,
        /// What involves the representative in the matter; empty if nothing does.
        pub conflict: String,
        pub answers: Vec<AnswerFinding>,
    }

    pub struct AnswerShown {
        pub finding: u32,
        pub stance: String,
        pub text: String,
        pub evidence: String,
    }

    /// What the indicator gives now for a disputed finding.
    pub struct RecomputedView {
        pub finding: u32,
        pub holds: bool,
        pub words: String,
    }

    pub struct ReplyView {
        pub lead: String,
        pub code: String,
        pub entry: u32,
        pub at: String,
        pub by: String,
        pub capacity: String,
        pub conflict: String,
        pub answers: Vec<AnswerShown>,
        pub recomputed: Vec<RecomputedView>,
    }
}
