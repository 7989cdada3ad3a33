//! The kinds of entry. The first six are the operations that section 62 of the Data Protection Act 2018 logs.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The text names no kind of entry this version knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind of ledger entry")]
pub struct UnknownKind;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// What an entry records; written as a dotted word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind {
            $($(#[doc = $doc])+ #[serde(rename = $text)] $name,)+
        }

        impl Kind {
            /// Every kind, in the order of `schemas/ledger/v1.md`.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The dotted word that stands in a leaf.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

kinds! {
    /// Data were taken in.
    Collection = "collection",
    /// Data were changed.
    Alteration = "alteration",
    /// Data were looked at.
    Consultation = "consultation",
    /// Data were given to someone.
    Disclosure = "disclosure",
    /// Data were joined.
    Combination = "combination",
    /// Data were erased; the entry holds counts and the rule, never content.
    Erasure = "erasure",
    /// An unmasking was drafted.
    UnmaskProposed = "unmask.proposed",
    /// A justification was recorded (policy `recorded`).
    UnmaskRecorded = "unmask.recorded",
    /// An approval was asked for (policy `countersigned`).
    UnmaskRequested = "unmask.requested",
    /// The approval was given.
    UnmaskGranted = "unmask.granted",
    /// The approval was refused.
    UnmaskRefused = "unmask.refused",
    /// A name was shown.
    UnmaskRevealed = "unmask.revealed",
    /// The time of an unmasking ran out.
    UnmaskExpired = "unmask.expired",
    /// A name was masked again before its time.
    UnmaskRemasked = "unmask.remasked",
    /// An unmasking was recorded and then could not be carried out.
    UnmaskFailed = "unmask.failed",
    /// The data protection officer questions an entry.
    ChallengeRaised = "challenge.raised",
    /// The question was answered.
    ChallengeAnswered = "challenge.answered",
    /// A setting changed; the entry holds before and after.
    Configuration = "configuration",
    /// A member joined, left or changed keys.
    Membership = "membership",
    /// A passphrase, key or approval failed.
    AttemptFailed = "attempt.failed",
    /// A tree head was countersigned or compared.
    Checkpoint = "checkpoint",
    /// The store was made; always entry 0.
    StoreCreated = "store.created",
    /// A backup was put back.
    StoreRestored = "store.restored",
    /// A backup was made.
    StoreBackup = "store.backup",
    /// The clock showed an earlier time than the entry before.
    ClockBackwards = "clock.backwards",
    /// Indicators were run.
    Analysis = "analysis",
    /// A lead was decided.
    Decision = "decision",
    /// A note was added to a lead.
    Note = "note",
    /// Something left the store as a file.
    Export = "export",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}
