//! What each kind of pack holds, one file per kind.

pub mod answer;
pub mod challenge;
pub mod countersignature;
pub mod grant;
pub mod lead;
pub mod ledger;
pub mod refusal;
pub mod reply;
pub mod request;

/// Longest text a person types into a pack, in characters.
pub(crate) const MAX_TEXT_CHARS: usize = 4_000;

/// Whether a typed text says something and not too much.
pub(crate) fn is_text(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= MAX_TEXT_CHARS
}
