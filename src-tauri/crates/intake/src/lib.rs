//! Files in, validated and pseudonymous columns out. The only code that ever sees a raw identity.

mod alike;
mod cache;
pub mod file;
pub mod guess;
mod header;
mod key;
pub mod mapping;
pub mod names;
mod presence;
mod read;
mod refuse;
mod roll;
mod split;
mod value;
mod vocabulary;

pub use alike::Rule;
pub use file::{Encoding, Format, OpenError, SheetInfo, SourceFile, open, sha256};
pub use guess::{ColumnProposal, Proposal, guess, guess_as, with_mapping};
pub use header::shape_hash;
pub use key::{IdHash, PseudonymKey};
pub use mapping::{
    CaseRule, ColumnRule, DateOrder, IdRule, LeadingZeros, Mapping, MappingError, NameSplit, NumberFormat,
};
pub use names::{NameFilter, NameSet, NameSetError, Scrubbed};
pub use presence::{PresenceBuilder, PresenceWindows};
pub use read::{Options, RawIdentity, ReadError, Sink, SinkError, read};
pub use refuse::{Refused, refuse};
pub use roll::{Alike, Changes, IdRow, NewOfficer, Noticed, Roll};

#[cfg(test)]
mod tests;
