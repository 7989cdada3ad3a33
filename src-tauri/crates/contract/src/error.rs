//! Failures as the window and the command line see them: a code to match, words to show, a hint to act on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! codes {
    ($($variant:ident),* $(,)?) => {
        /// Stable code of a failure; the window matches these, never English.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $($variant),* }
        impl ErrorCode {
            pub const ALL: &[ErrorCode] = &[$(ErrorCode::$variant),*];
        }
    };
}

codes! {
    Locked, Busy, WrongPassphrase, PassphraseWait, WeakPassphrase, NoProfile, ProfileExists, NotAStore, StoreExists, NewerStore,
    DamagedStore, StoreInUse, HeadObjects, NotEnrolled, Settings, UnknownFile, CorruptFile, LineTooLong, WrongKind, Mapping,
    RefusedColumn, Gate, AlreadyImported, NeedsCustodian, PresenceFirst, NothingAccepted, Cancelled, DiskFull, NotFound,
    Decision, NameInText, Justification, OverBudget, Expired, IdentityMismatch, PolicyForbids, Ledger, Card, Limit, Io, Internal,
    NotAPack, PackForSomeoneElse, PackSender, PackOrder, PackReplayed, PackAltered, PackCut, PackTooLarge, PackVersion, PackKind,
    PackStore, LedgerRefused,
}

/// What went wrong, what was kept, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    pub code: ErrorCode,
    /// What happened and what was kept.
    pub message: String,
    /// What to do; may be empty.
    pub hint: String,
}

impl Failure {
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into() }
    }
}
