//! A backup that was put back: the ledger forks where it ended. Only after the data protection officer has acknowledged
//! that does their profile follow the restored ledger, from the last entry both have.

use super::check::Checked;
use super::review;
use super::witness::Witnessed;
use crate::mail::Post;
use crate::{Error, entries, mail, restore};
use contract::{CountersignedView, ErrorCode, PackRef};
use ledger::{Hash, Leaf, leaf_hash};
use store::Read;

/// How many entries a ledger shares with what was countersigned, if it goes on from there with the entry of a restore.
pub(super) fn fork(leaves: &[impl AsRef<[u8]>], seen: &Witnessed) -> Option<u64> {
    let hashes = leaves.iter().map(|leaf| leaf_hash(leaf.as_ref()));
    let shared = hashes.zip(&seen.leaves).take_while(|(now, then)| now == *then).count();
    let restored = Leaf::parse(leaves.get(shared)?.as_ref()).ok()?;
    (restore::is_restore(&restored) && restored.seq == shared as u64 && restored.seq < seen.size)
        .then_some(restored.seq)
}

/// Whether a store that leaves what was countersigned does so by a restore, which is yet to be acknowledged; then the
/// sentence to show.
pub(crate) fn waiting<R: Read>(reader: &R, seen: &Witnessed) -> Result<Option<String>, Error> {
    let fork = fork(&entries::all_leaves(reader)?, seen);
    Ok(fork.map(|size| {
        let lost = seen.size - size;
        format!("A backup was put back. Ledger entries that you countersigned and that are not in it: {lost}. Acknowledge it before you countersign again.")
    }))
}

/// Acknowledges the restore that a ledger pack shows.
pub(crate) fn acknowledge(post: &Post, request: &PackRef) -> Result<CountersignedView, Error> {
    let (incoming, checked) = review::open(post, request)?;
    let left = follow(post, checked)?;
    if incoming.is_new() {
        mail::take(post, &incoming)?;
    }
    Ok(left)
}

/// Takes the profile back to the fork: the answers and questions of entries that are gone go with them.
pub(super) fn follow(post: &Post, checked: Checked) -> Result<CountersignedView, Error> {
    let (Some(mut seen), Some(size)) = (checked.seen, checked.restored) else {
        return Err(Error::new(
            ErrorCode::LedgerRefused,
            "There is no backup to acknowledge: this ledger does not go on from one you countersigned.",
            "Nothing was changed.",
        ));
    };
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
    Ok(review::view(seen))
}
