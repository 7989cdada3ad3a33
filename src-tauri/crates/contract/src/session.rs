//! Who is here, which store is open, what jobs run, how the window is set.

use crate::contract;

contract! {
    /// The state of the program, enough to draw the frame.
    pub struct Status {
        pub version: String,
        /// The member of this profile folder, known before it is unlocked; `None` before the first start.
        pub member: Option<MemberView>,
        /// Whether the profile is unlocked without a store, to work on packs.
        pub desk: bool,
        /// The open store; `None` while locked.
        pub store: Option<StoreView>,
        pub recent: Vec<RecentStore>,
        pub settings: Settings,
        /// Seconds a person must wait before the next passphrase try; 0 normally.
        pub wait_seconds: u32,
        /// Where a new store would be put when only a name is given.
        pub stores_folder: String,
    }

    /// A member's public face.
    pub struct MemberView {
        pub name: String,
        /// `reviewer`, `dpo`, `representative` or `custodian`.
        pub role: String,
        /// Six words to compare by telephone.
        pub fingerprint: String,
    }

    pub struct RecentStore {
        pub path: String,
        pub name: String,
        /// `19 Nov 2026 14:02`.
        pub opened: String,
        /// Whether the folder is still there.
        pub present: bool,
    }

    /// An open store.
    pub struct StoreView {
        pub id: String,
        pub name: String,
        pub purpose: String,
        pub path: String,
        /// `recorded` or `countersigned`.
        pub policy: String,
        pub created: String,
        pub ends: String,
        pub members: Vec<MemberView>,
        pub ledger_entries: u32,
        /// `never`, or days since the last countersignature.
        pub countersigned_days: Option<u32>,
        pub entries_since: u32,
        /// Sentences a person should see at once, such as `The clock ran backwards since the last entry.`
        pub warnings: Vec<String>,
        pub imports: u32,
        pub leads: u32,
    }

    pub struct Settings {
        /// Idle minutes until the store locks, 1 to 60.
        pub lock_minutes: u32,
        /// `light`, `dark` or `system`.
        pub theme: String,
        /// Percent, 80 to 200.
        pub zoom: u32,
    }

    pub struct CreateProfile {
        pub name: String,
        pub role: String,
        pub passphrase: String,
    }

    pub struct SavePath {
        pub path: String,
    }

    pub struct CreateStore {
        pub path: String,
        pub name: String,
        pub purpose: String,
        /// `recorded` or `countersigned`.
        pub policy: String,
        /// ISO day on which the store ends.
        pub ends: String,
        /// Paths of member cards to enrol.
        pub members: Vec<String>,
        pub recovery: bool,
        pub passphrase: String,
    }

    /// A created store; the recovery sheet is shown once and never stored.
    pub struct CreatedStore {
        pub store: StoreView,
        pub recovery_sheet: Option<String>,
    }

    pub struct OpenStore {
        pub path: String,
        pub passphrase: String,
    }

    /// Puts a backup into a new folder and opens it.
    pub struct RestoreStore {
        pub backup: String,
        /// The folder to make.
        pub path: String,
        pub passphrase: String,
    }

    /// Enrols a member card in the open store.
    pub struct AddMember {
        /// Path of the card.
        pub card: String,
        /// Of who is here.
        pub passphrase: String,
    }

    /// Removes a member from the open store and gives it a new key.
    pub struct RemoveMember {
        pub fingerprint: String,
        /// Of who is here.
        pub passphrase: String,
    }

    pub struct TryDemo {
        pub passphrase: String,
        pub officers: u32,
    }

    pub struct Job {
        pub job: u32,
    }

    /// A long piece of work, asked for again and again while it runs.
    pub struct JobView {
        pub job: u32,
        /// `Importing accesses.csv`.
        pub title: String,
        /// `running`, `done`, `failed` or `cancelled`.
        pub state: String,
        /// `Reading rows`.
        pub step: String,
        /// 0 to 100; `None` where it cannot be known.
        pub percent: Option<u32>,
        /// `1.9 million rows a second, 4 s left`.
        pub rate: String,
        pub failure: Option<crate::Failure>,
        /// For an import: its id. For an analysis: the run's.
        pub result: Option<u32>,
    }

    pub struct PickFile {
        /// `open`, `save` or `folder`.
        pub how: String,
        pub title: String,
        /// Suggested file name for saving.
        pub suggest: String,
        /// Endings without dots; empty for any.
        pub endings: Vec<String>,
    }

    /// What the command line says of an act whose whole result is a file.
    pub struct Written {
        pub written: String,
    }

    pub struct PickedFile {
        pub path: Option<String>,
    }

    /// What stands on the first screen of an open store; every figure is a link.
    pub struct Overview {
        pub sources: Vec<SourceCoverage>,
        pub by_route: Vec<Count>,
        pub by_state: Vec<Count>,
        pub officers: u32,
        pub provisional: u32,
        /// Leads a person decided, those closed since included.
        pub decided: u32,
        /// Leads that are new or in review.
        pub undecided: u32,
        pub unmaskings: u32,
        pub ledger_entries: u32,
        pub last_run: Option<RunView>,
        /// ISO day.
        pub ends: String,
        /// ISO day on which the first lead's time is up, holds left out.
        pub next_expiry: Option<String>,
    }

    pub struct SourceCoverage {
        pub kind: String,
        pub title: String,
        pub imports: u32,
        pub rows: u32,
        pub first_day: Option<String>,
        pub last_day: Option<String>,
        /// Rows a week relative to the busiest, 0 to 100, from the first to the last week over all sources.
        pub weeks: Vec<u32>,
        pub gap_weeks: u32,
    }

    pub struct Count {
        pub name: String,
        pub count: u32,
    }

    /// One analysis and what it could and could not do.
    pub struct RunView {
        pub run: u32,
        pub at: String,
        pub cards: String,
        pub officers: u32,
        pub rows: u32,
        pub seconds: String,
        pub indicators: Vec<IndicatorRun>,
    }

    pub struct IndicatorRun {
        pub id: String,
        pub title: String,
        pub nature: String,
        pub found: u32,
        /// `0.3 expected by chance`, for statistical indicators.
        pub expected_false: String,
        /// `A plain count above 5 would list 41`.
        pub baseline: String,
        /// Why it did not run; empty when it did.
        pub skipped: String,
        /// What it could not judge, and of how many people; empty when it judged everybody.
        pub limits: String,
    }
}
