//! A backup that was put back: the ledger forks where it ended. Only after the data protection officer has acknowledged
//! that does their profile follow the restored ledger, from the last entry both have.

use super::review;
use super::witness::Witnessed;
use crate::mail::Post;
use crate::{Error, mail, restore};
use contract::{CountersignedView, ErrorCode, PackRef};
use ledger::{Hash, Leaf, leaf_hash};

/// How many entries a ledger shares with what was countersigned, if it goes on from there with the entry of a restore.
pub(super) fn fork(leaves: &[String], seen: &Witnessed) -> Option<u64> {
    let hashes = leaves.iter().map(|leaf| leaf_hash(leaf.as_bytes()));
    let shared = hashes.zip(&seen.leaves).take_while(|(now, then)| now == *then).count();
    let restored = Leaf::parse(leaves.get(shared)?.as_bytes()).ok()?;
    (restore::is_restore(&restored) && restored.seq == shared as u64 && restored.seq < seen.size)
        .then_some(restored.seq)
}

/// Takes the profile back to the fork: the answers and questions of entries that are gone go with them.
pub(crate) fn acknowledge(post: &Post, request: &PackRef) -> Result<CountersignedView, Error> {
    let (incoming, checked) = review::open(post, request)?;
    let nothing = || {
        Error::new(
            ErrorCode::LedgerRefused,
            "There is no backup to acknowledge: this ledger does not go on from one you countersigned.",
            "Nothing was changed.",
        )
    };
    let mut seen = Witnessed::of(&post.home, &incoming.manifest().store)?.ok_or_else(nothing)?;
    let size = checked.restored.ok_or_else(nothing)?;
    // Everything but the growth must hold: signatures, members and texts.
    if let Some(other) = checked.checks.iter().filter(|c| c.outcome == "failed").nth(1) {
        return Err(review::refused(other));
    }
    seen.leaves.truncate(size as usize);
    seen.size = size;
    seen.root = seen.tree().root_at(size).unwrap_or(Hash::EMPTY);
    seen.answers.retain(|a| a.entry < size);
    seen.questions.retain(|q| q.entry < size);
    seen.save(&post.home)?;
    if incoming.is_new() {
        mail::take(post, &incoming)?;
    }
    Ok(review::view(seen))
}
