//! Failures of every layer, put into words that say what was kept and what to do.

use contract::{ErrorCode, Failure};
use std::fmt;

/// A failure on its way to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(pub Failure);

impl Error {
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self(Failure::new(code, message, hint))
    }
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what}."), "It may belong to another store.")
    }
    pub(crate) fn cancelled() -> Self {
        Self::new(ErrorCode::Cancelled, "Cancelled. Nothing of it was kept; the store is as it was.", "")
    }
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if self.0.hint.is_empty() { Ok(()) } else { write!(f, " {}", self.0.hint) }
    }
}

impl std::error::Error for Error {}

impl From<Error> for Failure {
    fn from(e: Error) -> Self {
        e.0
    }
}

/// First letter large, full stop at the end.
pub(crate) fn sentence(text: impl fmt::Display) -> String {
    let text = text.to_string();
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    first + letters.as_str() + stop
}

impl From<store::OpenError> for Error {
    fn from(e: store::OpenError) -> Self {
        use store::OpenError as E;
        let message = sentence(&e);
        match e {
            E::WrongKey => {
                Self::new(ErrorCode::NotEnrolled, message, "Was keys.age of another store put here?")
            }
            E::NotAStore => {
                Self::new(ErrorCode::NotAStore, message, "Choose the folder that holds store.db.")
            }
            E::Newer { .. } => Self::new(ErrorCode::NewerStore, message, "Open it with the newer program."),
            E::Damaged => Self::new(
                ErrorCode::DamagedStore,
                message,
                "Nothing was changed. Keep the folder for examination.",
            ),
            E::Settings(_) | E::Facts => Self::new(ErrorCode::Settings, message, "Nothing was changed."),
            E::InUse => Self::new(ErrorCode::StoreInUse, message, "Close or lock it there first."),
            E::Exists => Self::new(ErrorCode::StoreExists, message, "Choose a new, empty folder."),
            E::Io(_) => Self::new(ErrorCode::Io, message, "Check the disk and the folder's permissions."),
            E::Store(inner) => inner.into(),
        }
    }
}

impl From<store::StoreError> for Error {
    fn from(e: store::StoreError) -> Self {
        use store::StoreError as E;
        let message = sentence(&e);
        match e {
            E::Full | E::Undone => Self::new(
                ErrorCode::DiskFull,
                "The disk is full. Nothing of this step was kept; the store is as it was.",
                "Free some space and try again.",
            ),
            E::Damaged => {
                Self::new(ErrorCode::DamagedStore, message, "Nothing was changed. Restore a backup.")
            }
            E::Busy => Self::new(ErrorCode::Busy, message, "Try again when it has finished."),
            E::Missing => Self::new(ErrorCode::NotFound, message, ""),
            E::Io(_) => Self::new(ErrorCode::Io, message, "Check the disk and the folder's permissions."),
            E::Refused(_) | E::Duplicate | E::Malformed(_) | E::Database(_) => {
                Self::new(ErrorCode::Internal, message, "Nothing of this step was kept.")
            }
        }
    }
}

impl From<store::backup::BackupError> for Error {
    fn from(e: store::backup::BackupError) -> Self {
        use store::backup::BackupError as E;
        match e {
            E::Source(e) => e.into(),
            E::Exists => {
                Self::new(ErrorCode::StoreExists, sentence(E::Exists), "Choose a new, empty folder.")
            }
            E::Full => Self::new(ErrorCode::DiskFull, sentence(E::Full), "The store itself was not changed."),
            E::Expired(day) => Self::new(
                ErrorCode::PolicyForbids,
                format!(
                    "This backup could be put back until {}: it would bring back what retention took out since.",
                    model::time::iso_day(day)
                ),
                "Destroy it, and use a newer one. Nothing was restored.",
            ),
            E::Cancelled => Self::cancelled(),
            other => Self::new(ErrorCode::Io, sentence(other), "The store itself was not changed."),
        }
    }
}

impl From<store::segment::SegmentError> for Error {
    fn from(e: store::segment::SegmentError) -> Self {
        Self::new(ErrorCode::DamagedStore, sentence(e), "Nothing was changed. Restore a backup.")
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        match e.kind() {
            std::io::ErrorKind::StorageFull => store::StoreError::Full.into(),
            kind => Self::new(
                ErrorCode::Io,
                format!("The file could not be read or written ({kind})."),
                "Nothing was changed.",
            ),
        }
    }
}

impl From<seal::profile::UnlockError> for Error {
    fn from(e: seal::profile::UnlockError) -> Self {
        use seal::profile::UnlockError as E;
        match e {
            E::Open(seal::OpenError::WrongPassphrase) => Self::new(
                ErrorCode::WrongPassphrase,
                "The passphrase is wrong.",
                "Nothing was opened. Try again.",
            ),
            E::Missing => {
                Self::new(ErrorCode::NoProfile, "There is no profile in this folder yet.", "Make one first.")
            }
            other => Self::new(ErrorCode::Io, sentence(other), "Restore the profile folder from a copy."),
        }
    }
}

impl From<seal::profile::CreateError> for Error {
    fn from(e: seal::profile::CreateError) -> Self {
        use seal::profile::CreateError as E;
        let code = match &e {
            E::AlreadyThere => ErrorCode::ProfileExists,
            E::Passphrase(_) => ErrorCode::WeakPassphrase,
            E::Name(_) => ErrorCode::Card,
            _ => ErrorCode::Io,
        };
        Self::new(code, sentence(e), "Nothing was written.")
    }
}

impl From<seal::OpenKeyError> for Error {
    fn from(e: seal::OpenKeyError) -> Self {
        let message = match e {
            seal::OpenKeyError::Open(seal::OpenError::NotForThisKey) => {
                "You are not a member of this store.".to_owned()
            }
            other => sentence(other),
        };
        Self::new(ErrorCode::NotEnrolled, message, "Ask a member of this store to enrol your card.")
    }
}

impl From<seal::SealError> for Error {
    fn from(e: seal::SealError) -> Self {
        Self::new(ErrorCode::Internal, sentence(e), "Nothing was written.")
    }
}

impl From<seal::CardError> for Error {
    fn from(e: seal::CardError) -> Self {
        Self::new(ErrorCode::Card, sentence(e), "Ask the member to send the card again.")
    }
}

impl From<detect::CardError> for Error {
    fn from(e: detect::CardError) -> Self {
        let code = match e {
            detect::CardError::Range { .. } => ErrorCode::Limit,
            _ => ErrorCode::NotFound,
        };
        Self::new(code, sentence(e), "No setting was changed.")
    }
}

macro_rules! ledger_errors {
    ($($error:ty),*) => {$(
        impl From<$error> for Error {
            fn from(e: $error) -> Self {
                Self::new(ErrorCode::Ledger, sentence(e), "Nothing was written.")
            }
        }
    )*};
}
ledger_errors!(
    ledger::LeafError,
    ledger::TreeError,
    ledger::CheckpointError,
    ledger::ExportError,
    ledger::KeyError,
    ledger::PolicyError,
    ledger::ProofError
);

impl From<packs::PackError> for Error {
    fn from(e: packs::PackError) -> Self {
        use packs::PackError as E;
        let (code, hint) = match &e {
            E::ForSomeoneElse => (ErrorCode::PackForSomeoneElse, "Pass it on unopened."),
            E::UnknownSender | E::SenderRole(_) => (
                ErrorCode::PackSender,
                "Nothing was taken from it. Ask for the sender's member card and compare its six words.",
            ),
            E::OutOfOrder { .. } => (
                ErrorCode::PackOrder,
                "Open the earlier pack first. If it is lost, say so when you open this one.",
            ),
            E::OtherPast | E::NumberReused => (
                ErrorCode::PackOrder,
                "Nothing was taken from it. The sender's records were put back, or two people are shown different things: ask.",
            ),
            E::Replayed => (ErrorCode::PackReplayed, "Nothing was done a second time."),
            E::Altered | E::Form(_) => {
                (ErrorCode::PackAltered, "Nothing was taken from it. Keep the file and ask the sender.")
            }
            E::Truncated => (ErrorCode::PackCut, "Nothing was taken from it. Copy it again."),
            E::TooLarge { .. } => (ErrorCode::PackTooLarge, "Nothing was taken from it."),
            E::UnknownVersion => (ErrorCode::PackVersion, "Open it with the newer program."),
            E::WrongKind(_) => (ErrorCode::PackKind, "Look at it with `pack show`."),
            E::OtherStore => (ErrorCode::PackStore, "Open the store it names."),
            E::NotAPack => (ErrorCode::NotAPack, "Packs end in .countersign."),
        };
        Self::new(code, sentence(e), hint)
    }
}

impl From<packs::WriteError> for Error {
    fn from(e: packs::WriteError) -> Self {
        Self::new(ErrorCode::Limit, sentence(e), "Nothing was written.")
    }
}

impl From<model::DecisionError> for Error {
    fn from(e: model::DecisionError) -> Self {
        Self::new(ErrorCode::Decision, sentence(e), "Nothing was recorded.")
    }
}

impl From<model::GateError> for Error {
    fn from(e: model::GateError) -> Self {
        Self::new(ErrorCode::Gate, sentence(e), "Nothing was read.")
    }
}

impl From<model::JustificationError> for Error {
    fn from(e: model::JustificationError) -> Self {
        let code = match e {
            model::JustificationError::Name(_) => ErrorCode::NameInText,
            _ => ErrorCode::Justification,
        };
        Self::new(code, sentence(e), "Nothing was decrypted.")
    }
}

impl From<model::ParseIdError> for Error {
    fn from(e: model::ParseIdError) -> Self {
        Self::new(ErrorCode::NotFound, sentence(e), "Codes look like L-0001, OFC-XXXX-XXXX and E-XXXXXX.")
    }
}

impl From<serde_json::Error> for Error {
    fn from(_: serde_json::Error) -> Self {
        Self::new(ErrorCode::Internal, "A stored text has a form this program does not know.", "")
    }
}
