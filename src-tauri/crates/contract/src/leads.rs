//! The queue of leads and one lead.

use crate::contract;

contract! {
    pub struct LeadsQuery {
        pub filter: LeadFilter,
        /// `priority`, `latest`, `officer` or `state`.
        pub sort: String,
        pub offset: u32,
        /// At most 200.
        pub limit: u32,
    }

    #[derive(Default)]
    pub struct LeadFilter {
        pub search: String,
        pub routes: Vec<String>,
        pub states: Vec<String>,
        pub priorities: Vec<String>,
        pub indicators: Vec<String>,
        pub two_sources: bool,
        /// Only what the last run made or found something new for.
        #[serde(default)]
        pub fresh: bool,
        /// Only what waits for this member's second look.
        #[serde(default)]
        pub second: bool,
    }

    pub struct LeadPage {
        pub total: u32,
        /// Leads in the store, whatever the filter.
        pub all: u32,
        pub rows: Vec<LeadRow>,
    }

    pub struct LeadRow {
        pub lead: String,
        /// `OFC-4M2K-9XWD`, `OFC-4M2K-9XWD and 3 others`, or the code of a unit.
        pub subject: String,
        /// Codes of everyone it is about; none for a unit.
        pub members: Vec<String>,
        pub route: String,
        pub priority: String,
        pub state: String,
        pub summary: String,
        pub sources: u32,
        pub to: String,
        /// Outcome of the standing decision, if any; not shown to who looks a second time.
        pub outcome: Option<String>,
        /// `new` or `changed` in the last run, or empty.
        pub fresh: String,
        /// Whether it waits for this member's second look.
        pub second: bool,
    }

    pub struct LeadRef {
        pub lead: String,
    }

    pub struct Recuse {
        pub lead: String,
        pub reason: String,
    }

    pub struct LeadView {
        pub lead: String,
        /// `OFC-4M2K-9XWD`, `OFC-4M2K-9XWD and 3 others`, or the code of a unit.
        pub subject: String,
        /// Codes of everyone it is about; none for a unit.
        pub members: Vec<String>,
        pub route: String,
        pub priority: String,
        pub state: String,
        pub priority_reasons: Vec<String>,
        pub who: String,
        pub first_day: String,
        pub last_day: String,
        pub sources: u32,
        pub findings: Vec<FindingView>,
        pub timeline: Timeline,
        pub decisions: Vec<DecisionView>,
        pub notes: Vec<NoteView>,
        /// Questions of the data protection officer about this lead's entries; those that are open wait for an answer.
        pub challenges: Vec<crate::ChallengeView>,
        /// Every time a name was asked for or shown because of this lead, and what became of it.
        pub names_asked: Vec<NameAsked>,
        pub evidence_opened: bool,
        /// `new` or `changed` in the last run, or empty.
        pub fresh: String,
        /// Whether it waits for this member's second look: then decisions and notes are not shown.
        pub second: bool,
        /// Rows that the standing decision keeps out of later runs.
        pub rows_set_aside: u32,
        /// Minutes a shown name stays open still; `None` when masked.
        pub unmasked: bool,
    }

    /// A name that was asked for, or recorded to be shown.
    pub struct NameAsked {
        pub entry: u32,
        /// `19 Nov 2026 14:02`.
        pub at: String,
        pub by: String,
        /// The code of whose name it is.
        pub officer: String,
        /// `recorded`, `requested`, `granted`, `refused`, `revealed` or `expired`.
        pub state: String,
        /// Until when a request waits or a grant can be opened; empty when that is over.
        pub until: String,
        /// Why it was refused; else empty.
        pub reason: String,
    }

    pub struct FindingView {
        pub indicator: String,
        pub title: String,
        /// `factual` or `statistical`.
        pub nature: String,
        pub sentence: String,
        pub arithmetic: Vec<ArithmeticView>,
        pub peers: Option<PeersView>,
        pub evidence_columns: Vec<String>,
        pub evidence_rows: u32,
        /// Who acted on whom, for a group.
        pub graph: Option<Graph>,
        /// A figure over time, such as the rolling share of office days.
        pub series: Option<Series>,
        /// What explains look-ups, and how many have no explanation: the last one.
        pub explained: Vec<Explained>,
        pub innocent_explanations: Vec<String>,
        pub what_would_clear_it: String,
        pub counter_evidence: Vec<String>,
        pub cannot_see: String,
        /// `Of 40 decided findings 9 were agreed with: 0.23, 90 % interval 0.14 to 0.35.`
        pub base_rate: String,
        pub tail: Option<String>,
    }

    pub struct ArithmeticView {
        pub label: String,
        pub value: String,
        pub note: String,
    }

    /// The funnel: exposure against value, one's own place marked, 90 and 99 % limits.
    pub struct PeersView {
        /// Whose place is marked: `officer`, `group` or `unit`; the dots are of the same sort.
        pub about: String,
        pub group: String,
        pub size: u32,
        pub exposure_unit: String,
        pub value_unit: String,
        pub this: Point,
        pub points: Vec<Point>,
        /// Exposure, 99 % low, 90 % low, 90 % high, 99 % high.
        pub limits: Vec<[f64; 5]>,
        pub median: String,
        pub highest: String,
        pub expected: String,
        pub ratio: String,
    }

    pub struct Point {
        pub x: f64,
        pub y: f64,
    }

    /// The period as days, with bands and marks.
    pub struct Timeline {
        /// ISO days.
        pub first: String,
        pub last: String,
        pub days: u32,
        pub bands: Vec<Band>,
        pub marks: Vec<Mark>,
    }

    /// One member of a group over the period of its lead.
    pub struct MemberTimeline {
        pub officer: String,
        pub timeline: Timeline,
    }

    pub struct Band {
        /// Day offset from the first day, and length in days.
        pub day: u32,
        pub days: u32,
        /// `duty`, `leave`, `sick`, `overtime` or `presence`.
        pub kind: String,
    }

    pub struct Mark {
        pub day: u32,
        pub finding: u32,
        pub label: String,
    }

    pub struct EvidenceQuery {
        pub lead: String,
        pub finding: u32,
        pub offset: u32,
        /// At most 200.
        pub limit: u32,
    }

    pub struct EvidencePage {
        pub total: u32,
        pub rows: Vec<EvidenceView>,
    }

    pub struct EvidenceView {
        pub cells: Vec<String>,
        pub locator: String,
    }

    /// A lead with all its evidence, as `countersign leads --evidence --json` lists it.
    pub struct LeadWithEvidence {
        pub lead: LeadView,
        /// One page per finding, each holding every row.
        pub evidence: Vec<EvidencePage>,
    }

    pub struct Decide {
        pub lead: String,
        pub outcome: String,
        pub reason: String,
        /// `agree` or `disagree`, one per finding.
        pub agreements: Vec<String>,
    }

    pub struct DecisionView {
        pub at: String,
        pub by: String,
        pub outcome: String,
        pub reason: String,
        pub agreements: Vec<String>,
        /// `standing`, `superseded` or `undone`.
        pub standing: String,
        /// What somebody else decided without seeing this.
        pub second: Option<SecondView>,
    }

    pub struct SecondView {
        pub at: String,
        pub by: String,
        pub outcome: String,
        pub reason: String,
    }

    pub struct Series {
        /// Day offset from `first`, and percent.
        pub points: Vec<Point>,
        /// The required percent.
        pub limit: f64,
        /// ISO day of offset 0.
        pub first: String,
        /// Days from the first point to the last.
        pub days: u32,
    }

    pub struct Explained {
        pub reason: String,
        pub count: u32,
        /// False for the look-ups without an explanation.
        pub explains: bool,
    }

    /// The members of a group and the cited acts between them.
    pub struct Graph {
        pub nodes: Vec<String>,
        pub edges: Vec<Edge>,
    }

    pub struct Edge {
        /// Places in `nodes`.
        pub from: u32,
        pub to: u32,
        pub rows: u32,
    }

    pub struct AddNote {
        pub lead: String,
        pub text: String,
    }

    pub struct NoteView {
        pub at: String,
        pub by: String,
        pub text: String,
    }
}
