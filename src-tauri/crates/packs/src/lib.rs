//! The sealed exchange files between people: one canonical JSON body, a signed manifest, and what a reader refuses.
//!
//! Pure: bytes in, bytes out. Sealing and opening with `age`, files and clocks are the engine's. A pack that was opened
//! goes through three doors: [`Signed::read`] (whole, unaltered), [`Signed::admit`] (for me, from somebody I know, of the
//! right kind and store) and [`Chain::judge`] (in order, not replayed); only then does it have a body.

mod body;
mod bytes;
mod chain;
mod envelope;
mod error;
pub mod fit;
mod kind;
mod manifest;
pub mod redact;

pub use body::{
    answer::AnswerBody,
    challenge::ChallengeBody,
    countersignature::CountersignatureBody,
    grant::GrantBody,
    lead::{
        CardShown, FEWEST_WHO_FIT, FindingShown, Fit, FitStep, Ground, LeadBody, Line, PeersShown, Removed,
        Withheld,
    },
    ledger::{Extends, Figure, LedgerBody, Text},
    refusal::RefusalBody,
    reply::{Capacity, FindingAnswer, ReplyBody, Stance},
    request::{IdentityProof, RequestBody},
};
pub use bytes::Base64;
pub use chain::{Arrival, Chain, Gaps};
pub use envelope::{Admitted, Body, Draft, OVERHEAD, Reader, Signed, Written, write};
pub use error::{PackError, WriteError};
pub use kind::{Pack, Party};
pub use manifest::{Addressee, MAX_PURPOSE_CHARS, Manifest, PACK_VERSION, Sender, channel};

/// The largest opened pack of any of these kinds, in bytes: what a reader may hold in memory.
pub fn largest(kinds: &[Pack]) -> u64 {
    kinds.iter().map(|kind| kind.limit()).max().unwrap_or(0) + OVERHEAD
}

#[cfg(test)]
mod tests;
