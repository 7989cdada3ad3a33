//! A ledger, checked against itself, against its signatures and against everything this profile saw before.

use super::acknowledge;
use super::witness::Witnessed;
use crate::mail::{self, Post};
use crate::unmask::BUDGET_SECONDS;
use crate::{Error, exchange, members};
use contract::CheckView;
use ledger::{Checkpoint, Kind, Leaf, Memory, Policy, Verified};
use packs::{LedgerBody, Sender};
use seal::{Card, Role};
use std::collections::{BTreeMap, BTreeSet};

/// A ledger with what can be said about it.
pub(crate) struct Checked {
    pub store: String,
    /// What this profile countersigned of it before.
    pub seen: Option<Witnessed>,
    pub body: LedgerBody,
    pub leaves: Vec<Leaf>,
    pub tree: Memory,
    /// The signed head, where its signatures hold.
    pub head: Option<Verified>,
    pub policy: Option<Policy>,
    pub checks: Vec<CheckView>,
    /// Where a backup was put back below what was countersigned: the entries both ledgers have.
    pub restored: Option<u64>,
}

fn say(checks: &mut Vec<CheckView>, outcome: &str, what: impl Into<String>, detail: impl Into<String>) {
    checks.push(CheckView { what: what.into(), detail: detail.into(), outcome: outcome.into() });
}

impl Checked {
    /// The first thing that does not hold.
    pub fn refusal(&self) -> Option<&CheckView> {
        self.checks.iter().find(|c| c.outcome == "failed")
    }
    pub fn size(&self) -> u64 {
        self.tree.size()
    }
}

/// Checks everything there is; never stops early, so that its reader sees all of it. `from` is who shows it.
pub(crate) fn check(post: &Post, store: &str, from: &Card, body: LedgerBody) -> Result<Checked, Error> {
    let seen = Witnessed::of(&post.home, store)?;
    let me = post.member.card();
    let report = ledger::fsck(store, &body.leaves);
    let leaves: Vec<Leaf> = body.leaves.iter().filter_map(|l| Leaf::parse(l.as_bytes()).ok()).collect();
    let mut checks: Vec<CheckView> = report.checks.into_iter().map(crate::entries::check_view).collect();
    let tree = report.tree;
    enrolled(&mut checks, &body.members, &leaves, from, me)?;
    let policy = keys(&mut checks, &body, store, seen.as_ref())?;
    let head = policy.as_ref().and_then(|policy| head(&mut checks, &body, policy, store, &tree));
    if let Some(seen) = &seen {
        grown(&mut checks, &body, seen, &tree);
        joined_or_left(&mut checks, &leaves, seen);
    }
    if let Some(policy) = &policy {
        others(&mut checks, &body, policy, store, &tree);
    }
    texts(&mut checks, &body, &leaves);
    if let Some(seen) = &seen {
        super::review::grants(&mut checks, seen, &leaves, me.name(), post.now);
    }
    budgets(&mut checks, &leaves);
    let restored = seen.as_ref().and_then(|seen| acknowledge::fork(&body.leaves, seen));
    Ok(Checked { store: store.to_owned(), seen, body, leaves, tree, head, policy, checks, restored })
}

/// The cards with it must be those the ledger names, and the sender's and the reader's among them.
fn enrolled(
    checks: &mut Vec<CheckView>,
    members: &[Sender],
    leaves: &[Leaf],
    from: &Card,
    me: &Card,
) -> Result<(), Error> {
    let cards = members.iter().map(mail::card_of).collect::<Result<Vec<_>, _>>()?;
    let named = members::of_ledger(leaves);
    let given: BTreeSet<String> = cards.iter().map(Card::fingerprint).collect();
    let mine = cards.contains(me) && cards.contains(from);
    if mine && named == given {
        let who: Vec<String> = cards.iter().map(|c| c.name().to_owned()).collect();
        say(checks, "proved", "The members are those the ledger names", who.join(", "));
    } else if mine {
        say(checks, "failed", "The members are not those the ledger names", "");
    } else {
        say(checks, "failed", "You and the sender are not both members of this store", "");
    }
    Ok(())
}

/// Who became a member or ceased to be one since the last countersignature: the reader should know why.
fn joined_or_left(checks: &mut Vec<CheckView>, leaves: &[Leaf], seen: &Witnessed) {
    let text = |leaf: &Leaf, key: &str| {
        leaf.details.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
    };
    let changes: Vec<String> = leaves
        .iter()
        .filter(|l| l.kind == Kind::Membership && l.seq >= seen.size)
        .map(|l| format!("entry {}: {} {} by {}", l.seq, text(l, "member"), text(l, "what"), l.by))
        .collect();
    if !changes.is_empty() {
        say(checks, "look", "The members changed since you countersigned last", changes.join("; "));
    }
}

/// The keys that count: the store's own, by its origin and by what was pinned, and the members' by their cards.
fn keys(
    checks: &mut Vec<CheckView>,
    body: &LedgerBody,
    store: &str,
    seen: Option<&Witnessed>,
) -> Result<Option<Policy>, Error> {
    let Ok(given) = body.policy.parse::<Policy>() else {
        say(checks, "failed", "The keys of the ledger cannot be read", "");
        return Ok(None);
    };
    let origin = Checkpoint::origin_of(store);
    let [log] = given.logs() else {
        say(checks, "failed", "More than one ledger key is named", "");
        return Ok(None);
    };
    if log.name() != origin {
        let detail = format!("{} instead of {origin}", log.name());
        say(checks, "failed", "The ledger is of another store than it says", detail);
        return Ok(None);
    }
    match seen {
        Some(seen) if seen.log != log.to_string() => {
            let what = "The ledger is signed with another key than the one you countersigned before";
            say(checks, "failed", what, log.fingerprint());
        }
        Some(_) => {
            say(checks, "proved", "The ledger key is the one you countersigned before", log.fingerprint())
        }
        None => say(
            checks,
            "look",
            "You see this store for the first time: its ledger key is taken as it is from now on",
            log.fingerprint(),
        ),
    }
    // The members' keys come from their cards, not from what the sender wrote beside them.
    let (mut members, mut witnesses) = (Vec::new(), Vec::new());
    for sender in &body.members {
        let card = mail::card_of(sender)?;
        let name = ledger::member_key_name(&origin, card.name());
        members.push(ledger::verifier_key(&name, card.verifying_key())?);
        if card.role() == Role::Dpo {
            witnesses.push(exchange::witness_key(store, &card)?);
        }
    }
    Ok(Some(Policy::with_witnesses(log.clone(), members, witnesses, 0)?))
}

fn head(
    checks: &mut Vec<CheckView>,
    body: &LedgerBody,
    policy: &Policy,
    store: &str,
    tree: &Memory,
) -> Option<Verified> {
    let verified = match policy.open(&body.checkpoint) {
        Ok(verified) => verified,
        Err(e) => {
            say(checks, "failed", "The signatures on the head do not hold", e.to_string());
            return None;
        }
    };
    let at = &verified.checkpoint;
    if at.store() != store {
        say(checks, "failed", "The signed head belongs to another store", at.origin.clone());
        return None;
    }
    if at.size != tree.size() || tree.root_at(at.size) != Some(at.root) {
        let counts = format!("signed {}, shown {}", at.size, tree.size());
        say(checks, "failed", "The entries are not those the head was signed over", counts);
        return None;
    }
    let who = verified.members.join(" and ");
    say(
        checks,
        "proved",
        format!("The head over {} entries is signed by the store and by {who}", at.size),
        at.root.to_string(),
    );
    Some(verified)
}

/// The ledger must begin with everything that was countersigned before, unchanged.
fn grown(checks: &mut Vec<CheckView>, body: &LedgerBody, seen: &Witnessed, tree: &Memory) {
    if let Some(size) = acknowledge::fork(&body.leaves, seen) {
        let what = "A backup of this store was put back: acknowledge it before you countersign";
        let detail = format!("missing of what you countersigned: entries {size} to {}", seen.size - 1);
        return say(checks, "failed", what, detail);
    }
    if tree.size() < seen.size {
        let what = "This ledger is shorter than the one you countersigned: an older copy was put back, or entries were removed";
        say(checks, "failed", what, format!("{} entries, you countersigned {}", tree.size(), seen.size));
        return;
    }
    if tree.root_at(seen.size) != Some(seen.root) {
        let changed = body
            .leaves
            .iter()
            .zip(&seen.leaves)
            .position(|(leaf, hash)| ledger::leaf_hash(leaf.as_bytes()) != *hash);
        let what = "This is another ledger than the one you countersigned: entries were changed, or you are shown a second one";
        say(checks, "failed", what, changed.map(|n| format!("first at entry {n}")).unwrap_or_default());
        return;
    }
    if let Some(step) = body.extends.as_ref().filter(|step| step.size == seen.size) {
        let now = (tree.size(), tree.root_at(tree.size()).unwrap_or(seen.root));
        if ledger::verify_consistency(&step.proof, (seen.size, seen.root), now).is_err() {
            say(checks, "failed", "The proof that the ledger only grew does not hold", "");
            return;
        }
    }
    let since = tree.size() - seen.size;
    say(
        checks,
        "proved",
        "Nothing was removed or changed since you countersigned last",
        format!("{} entries then, {since} since", seen.size),
    );
}

/// What other data protection officers countersigned must lie on the same line.
fn others(checks: &mut Vec<CheckView>, body: &LedgerBody, policy: &Policy, store: &str, tree: &Memory) {
    let mut seen = Vec::new();
    for note in &body.countersigned {
        match policy.open(note) {
            Ok(v)
                if v.checkpoint.store() == store
                    && tree.root_at(v.checkpoint.size) == Some(v.checkpoint.root) =>
            {
                seen.extend(v.cosigned.iter().map(|c| format!("{}: {}", c.name, v.checkpoint.size)));
            }
            Ok(_) => {
                let what =
                    "Somebody countersigned another ledger of this store: two different ones are being shown";
                return say(checks, "failed", what, "");
            }
            Err(e) => {
                return say(checks, "failed", "A countersignature kept with it does not hold", e.to_string());
            }
        }
    }
    if !seen.is_empty() {
        say(checks, "proved", "Every countersignature kept with it is of this ledger", seen.join("; "));
    }
}

/// What a request says of its budget must be what the ledger counts.
fn budgets(checks: &mut Vec<CheckView>, leaves: &[Leaf]) {
    let at = |leaf: &Leaf| exchange::seconds(&leaf.at).unwrap_or_default();
    let names = |l: &&Leaf| matches!(l.kind, Kind::UnmaskRecorded | Kind::UnmaskRequested);
    let asked: Vec<&Leaf> = leaves.iter().filter(names).collect();
    let wrong: Vec<String> = asked
        .iter()
        .enumerate()
        .filter(|(n, leaf)| {
            let since = at(leaf) - BUDGET_SECONDS;
            let counted = asked[..*n].iter().filter(|l| l.by == leaf.by && at(l) > since).count() as u64;
            let said = leaf.details.get("asked_30_days").and_then(|v| v.as_u64());
            leaf.kind == Kind::UnmaskRequested && said.is_some_and(|said| said < counted)
        })
        .map(|(_, leaf)| leaf.seq.to_string())
        .collect();
    if !wrong.is_empty() {
        let what = "Requests say that fewer names were asked for in 30 days than the ledger counts";
        say(checks, "failed", what, format!("entries {}", wrong.join(", ")));
    }
}

/// Each text must be the one its entry was written for; a text that is missing is shown.
fn texts(checks: &mut Vec<CheckView>, body: &LedgerBody, leaves: &[Leaf]) {
    let given: BTreeMap<u64, _> = body.texts.iter().map(|t| (t.entry, t)).collect();
    let (mut wrong, mut missing, mut right) = (Vec::new(), Vec::new(), 0);
    for leaf in leaves {
        let Some(hash) = &leaf.text_hash else { continue };
        match given.get(&leaf.seq) {
            Some(t) if ledger::text_hash(&t.salt.0, &t.text) == *hash => right += 1,
            Some(_) => wrong.push(leaf.seq.to_string()),
            None if matches!(leaf.kind, Kind::Note | Kind::Decision) => {}
            None => missing.push(leaf.seq.to_string()),
        }
    }
    if !wrong.is_empty() {
        let what = "A justification or answer was changed after its entry was written";
        say(checks, "failed", what, format!("entries {}", wrong.join(", ")));
    } else {
        say(
            checks,
            "proved",
            "Each justification and answer is the text its entry was written for",
            format!("{right} texts"),
        );
    }
    if !missing.is_empty() {
        say(checks, "look", "Some texts are missing", format!("entries {}", missing.join(", ")));
    }
}
