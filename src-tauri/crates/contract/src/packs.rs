//! Packs and the people they come from.

use crate::{CheckView, EntryView, Fact, LedgerPatterns, MemberView, contract};

contract! {
    /// Unlocks the profile without a store: what a data protection officer or a representative needs.
    pub struct OpenDesk {
        pub passphrase: String,
    }

    /// A file on its way in.
    pub struct PackRef {
        pub path: String,
        /// Take it although an earlier pack of the same sender has not arrived and will not.
        pub without_earlier: bool,
    }

    /// A pack as far as its signature says; what it holds is shown only when `problem` is empty.
    pub struct PackView {
        /// `ledger`, `request`, `grant` and so on.
        pub kind: String,
        /// `a ledger pack`.
        pub what: String,
        pub store: String,
        pub sender: MemberView,
        pub to: Vec<String>,
        pub purpose: String,
        pub at: String,
        pub sequence: u32,
        pub hash: String,
        /// Whether it was taken before.
        pub taken: bool,
        /// Why it is not taken, in words; empty when nothing stands against it.
        pub problem: String,
        /// Whether only an earlier pack is missing, so that `without_earlier` would let this one through.
        pub earlier_missing: bool,
        pub facts: Vec<Fact>,
    }

    /// Asks the data protection officers for a name, under the policy `countersigned`; the pack is written to `path`.
    pub struct RequestName {
        pub lead: String,
        /// Whose identity; may be empty where the lead is about one officer.
        pub officer: String,
        #[ts(type = "RawJustification")]
        pub justification: model::RawJustification,
        pub passphrase: String,
        pub path: String,
    }

    /// A recorded request; the name comes with the grant.
    pub struct RequestedName {
        pub seq: u32,
        pub lead: String,
        pub officer: String,
    }

    /// Opens a grant that was applied; the name goes to the name window.
    pub struct RevealGranted {
        pub lead: String,
        pub officer: String,
        pub passphrase: String,
    }

    /// What taking a pack did.
    pub struct AppliedPack {
        pub kind: String,
        pub what: String,
        /// The ledger entry it became.
        pub entry: u32,
        pub lead: String,
        pub words: String,
    }

    /// A question of a data protection officer about an entry.
    pub struct ChallengeView {
        pub code: String,
        pub by: String,
        pub at: String,
        pub entry: u32,
        pub lead: String,
        pub question: String,
        /// Empty while it is open.
        pub answer: String,
        pub open: bool,
    }

    pub struct AnswerChallenge {
        pub code: String,
        pub answer: String,
        /// Where the answer's pack goes.
        pub path: String,
    }

    /// A ledger, checked against itself and all this profile countersigned; what a data protection officer reads before
    /// they sign it.
    pub struct LedgerReview {
        pub store: String,
        pub name: String,
        pub checks: Vec<CheckView>,
        /// Whether nothing failed, so that it can be countersigned.
        pub proved: bool,
        pub size: u32,
        pub root: String,
        /// What this profile countersigned last of the store.
        pub before: Option<CountersignedView>,
        /// Where a backup was put back below that: the entries both have. It is acknowledged before it is countersigned.
        pub restored: Option<u32>,
        pub figures: Vec<Fact>,
        /// Numbers of challenges the ledger holds no answer to.
        pub open_challenges: Vec<String>,
    }

    /// A ledger pack: its review, and its entries, which come by page where the store itself is read.
    pub struct LedgerPackReview {
        pub pack: PackView,
        pub ledger: LedgerReview,
        pub patterns: LedgerPatterns,
        /// Every entry, newest first.
        pub entries: Vec<EntryView>,
    }

    /// A store as this profile countersigned it last.
    pub struct CountersignedView {
        pub store: String,
        pub name: String,
        pub size: u32,
        pub root: String,
        pub at: String,
        /// Questions this profile asked and has taken no answer to.
        pub open_questions: u32,
    }

    pub struct Countersign {
        /// The ledger pack.
        pub pack: String,
        /// Where the countersignature goes.
        pub path: String,
        pub without_earlier: bool,
    }

    pub struct Countersigned {
        pub store: String,
        pub size: u32,
        pub root: String,
        pub checks: Vec<CheckView>,
    }

    /// A request for a name whose every claim was checked; the identity is not opened.
    pub struct RequestReview {
        pub pack: PackView,
        pub store: String,
        pub name: String,
        pub entry: u32,
        pub at: String,
        pub by: String,
        pub lead: String,
        pub officer: String,
        #[ts(type = "RawJustification")]
        pub justification: model::RawJustification,
        /// What this reviewer asked for in the 30 days before.
        pub asked_30_days: u32,
        pub over_budget: bool,
        /// What this profile answered; empty when it has not.
        pub answered: String,
    }

    pub struct GrantRequest {
        /// The request.
        pub pack: String,
        /// Where the grant goes.
        pub path: String,
        /// Less than was asked for; empty for all of it.
        #[ts(type = "Array<string>")]
        pub scope: Vec<String>,
        /// Minutes the name may be seen; 0 for as long as asked.
        pub minutes: u32,
        /// Days in which it may be opened, at most 30; 0 for 7.
        pub days: u32,
        pub without_earlier: bool,
    }

    /// A refusal.
    pub struct AnswerRequest {
        pub pack: String,
        pub path: String,
        pub reason: String,
        pub without_earlier: bool,
    }

    pub struct AnsweredRequest {
        pub entry: u32,
        pub lead: String,
        pub officer: String,
        pub granted: bool,
        /// Until when a grant may be opened; empty for a refusal.
        pub until: String,
    }

    pub struct RaiseChallenge {
        /// The ledger pack, countersigned.
        pub pack: String,
        pub entry: u32,
        pub question: String,
        /// Where the challenge goes.
        pub path: String,
        pub without_earlier: bool,
    }

    /// Questions an entry of the open store, countersigned.
    pub struct QuestionEntry {
        pub entry: u32,
        pub question: String,
    }

    pub struct RaisedChallenge {
        pub code: String,
        pub entry: u32,
    }

    /// The answer to a challenge, as it came back.
    pub struct AnswerView {
        pub code: String,
        /// The entry that was questioned.
        pub entry: u32,
        pub answer: String,
        /// The answer's own entry.
        pub at_entry: u32,
    }
}
