//! Profiles, indicators, peer statistics and leads. Knows pseudonyms only: no clock, no files, no identity.
//!
//! `analyse` makes one pass for what crosses officers (`Context`), one pass over the partitions in parallel for each
//! officer's own measures (`Profile` -> `Measure`), and one over all officers for peers, false discovery and leads.

mod analyse;
mod base_rate;
mod card;
mod civil;
mod commended;
mod conclude;
mod context;
mod corroborate;
mod explain;
pub mod fairness;
mod hours;
mod indicators;
mod input;
mod kept;
mod lead;
mod load;
mod measure;
mod overlap;
mod peers;
mod profile;
mod proportion;
mod rank;
mod result;
mod roll;
mod sickness;
mod span;
mod spent;
pub mod stats;
mod together;
mod wording;

pub use analyse::{AnalyseError, analyse};
pub use base_rate::base_rate;
pub use card::{Card, CardError, Cards, Parameter};
pub use context::{CONTEXT_BYTES, SizeError};
pub use explain::Reason;
pub use indicators::office_share;
pub use input::{LoadError, Options, People, Segments};
pub use kept::{DUTY_HOURS, Kept, Measures};
pub use rank::rank_band;
pub use result::{Analysis, Baseline, Explained, IndicatorCount, LeadDraft, PlainCounts, SourceRows};
pub use roll::{service_band, squeeze, unit_codes};
pub use stats::discovery::Budget;
pub use stats::outlier;

#[cfg(test)]
mod tests;
