//! Figures for those who oversee the work: fairness, agreement, and reports for the public.

use crate::contract;

contract! {
    pub struct OversightView {
        /// Empty, or why there are no fairness figures yet.
        pub nothing: String,
        pub people: u32,
        /// `None` under ten.
        pub with_lead: Option<u32>,
        pub tables: Vec<FairTable>,
        pub precision: Vec<PrecisionTable>,
        pub exposure: Option<Interval>,
        pub concentration: Option<ConcentrationView>,
        pub shuffled: Vec<ShuffledView>,
        pub proxies: Vec<ProxyView>,
        pub reviewers: Vec<ReviewerView>,
        pub agreement: Option<AgreementView>,
        /// Decisions drawn for a second look that nobody has taken yet.
        pub waiting: u32,
        /// Smallest number of people behind any figure.
        pub min_cell: u32,
        /// Whether protected characteristics were imported.
        pub has_protected: bool,
    }

    /// A figure and its 90 % interval.
    pub struct Interval {
        pub value: f64,
        pub low: f64,
        pub high: f64,
    }

    pub struct FairTable {
        pub heading: String,
        pub protected: bool,
        pub rows: Vec<FairRow>,
        pub withheld: u32,
    }

    /// One group; figures that rest on fewer than ten are not given.
    pub struct FairRow {
        pub group: String,
        pub people: Option<u32>,
        pub with_lead: Option<u32>,
        pub rate: Option<f64>,
        pub ratio: Option<Interval>,
    }

    pub struct PrecisionTable {
        pub heading: String,
        pub protected: bool,
        pub rows: Vec<PrecisionRow>,
        pub withheld: u32,
    }

    pub struct PrecisionRow {
        pub group: String,
        pub decided: Option<u32>,
        pub agreed: Option<u32>,
        pub share: Option<Interval>,
    }

    pub struct ConcentrationView {
        pub units: u32,
        pub alarms: Vec<UnitAlarmView>,
        pub top_tenth: Option<f64>,
    }

    pub struct UnitAlarmView {
        pub unit: String,
        pub people: u32,
        pub with_lead: Option<u32>,
        pub expected: f64,
        pub tail: f64,
    }

    pub struct ShuffledView {
        pub heading: String,
        pub observed: f64,
        pub expected: f64,
        pub low: f64,
        pub high: f64,
        pub share: f64,
        pub shuffles: u32,
    }

    pub struct ProxyView {
        pub heading: String,
        pub protected: String,
        pub association: f64,
        pub reaches_leads: bool,
    }

    pub struct ReviewerView {
        pub reviewer: String,
        pub decided: u32,
        pub median_seconds: u32,
        pub quick: u32,
        pub accepted: Interval,
        pub remarks: Vec<String>,
    }

    pub struct AgreementView {
        pub leads: u32,
        pub alike: f64,
        pub by_lot: f64,
        pub kappa: Option<Interval>,
    }

    pub struct SaveOversight {
        /// `workforce`, `outcomes`, `dpia` or `s62`.
        pub what: String,
        pub path: String,
    }
}
