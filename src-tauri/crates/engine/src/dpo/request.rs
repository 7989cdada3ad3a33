//! A request for a name, checked: its reason is in the ledger that was countersigned, and the sealed identity is the one
//! that was imported for the pseudonym the ledger names.

use super::witness::Witnessed;
use crate::mail::{self, Incoming, Post};
use crate::{Error, exchange, fields, vault};
use contract::{ErrorCode, PackRef, RequestReview};
use ledger::{Hash, Kind, Leaf, Memory};
use model::{RawJustification, Scope};
use packs::{Pack, RequestBody};
use seal::{IdentityFields, KeyFile, KeyKind, VaultKey, VaultRecipient};

/// A request whose every claim holds.
pub(crate) struct Asked {
    pub incoming: Incoming,
    pub body: RequestBody,
    pub leaf: Leaf,
    pub why: RawJustification,
    pub scope: Vec<Scope>,
    pub once: VaultRecipient,
    pub seen: Witnessed,
}

fn refuse(message: &str) -> Error {
    Error::new(
        ErrorCode::LedgerRefused,
        message,
        "Nothing was decrypted and nothing granted. Keep the pack and speak to the reviewer.",
    )
}

/// An entry that lies in the countersigned ledger at its own number.
fn entry(text: &str, path: &[Hash], size: u64, root: Hash, tree: &Memory) -> Result<Leaf, Error> {
    let absent = || refuse("The entry this request names is not in the ledger you countersigned.");
    let leaf = Leaf::parse(text.as_bytes()).map_err(|_| absent())?;
    let hash = ledger::leaf_hash(text.as_bytes());
    ledger::verify_inclusion(path, leaf.seq, hash, size, root).map_err(|_| absent())?;
    if tree.root_at(size) == Some(root) { Ok(leaf) } else { Err(absent()) }
}

/// Opens a request and checks everything but the decision.
pub(crate) fn open(post: &Post, request: &PackRef) -> Result<Asked, Error> {
    let incoming = super::open(post, request, &[Pack::Request])?;
    let body: RequestBody = incoming.body()?;
    let store = incoming.manifest().store.clone();
    let seen = Witnessed::of(&post.home, &store)?.ok_or_else(|| {
        Error::new(
            ErrorCode::LedgerRefused,
            "You have not countersigned the ledger of this store yet.",
            "Ask for a ledger pack that holds this request, countersign it, then answer. Nothing was decrypted.",
        )
    })?;
    if seen.left.contains(&incoming.sender.fingerprint()) {
        return Err(refuse("Who asks is not a member of this store any more."));
    }
    let log = seen.log.parse()?;
    let tree = seen.tree();
    let head = ledger::Policy::new(log, Vec::new())?.open(&body.checkpoint)?.checkpoint;
    if head.store() != store {
        return Err(refuse("The head in this request belongs to another store."));
    }
    if head.size > seen.size {
        return Err(Error::new(
            ErrorCode::LedgerRefused,
            "This request is newer than the ledger you countersigned last.",
            "Ask for a ledger pack that holds it, countersign it, then answer. Nothing was decrypted.",
        ));
    }
    let leaf = entry(&body.leaf, &body.path, head.size, head.root, &tree)?;
    let import = entry(&body.identity.import_leaf, &body.identity.import_path, head.size, head.root, &tree)?;
    check_claims(&incoming, &body, &leaf, &store)?;
    check_identity(&body, &import, &store)?;
    let why: RawJustification = serde_json::from_str(&body.justification)
        .map_err(|_| refuse("The justification of this request cannot be read."))?;
    let words: Vec<String> = leaf
        .details
        .get("scope")
        .and_then(|v| v.as_array())
        .map(|all| all.iter().filter_map(|w| w.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    let scope = fields::parse_scope(&words)?;
    agree(&leaf, &why, &scope)?;
    let once = leaf
        .details
        .get("once")
        .and_then(|v| v.as_str())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| refuse("The entry of this request names no one-time key."))?;
    Ok(Asked { incoming, body, leaf, why, scope, once, seen })
}

/// The entry must be this store's request, by the sender, for this justification.
fn check_claims(incoming: &Incoming, body: &RequestBody, leaf: &Leaf, store: &str) -> Result<(), Error> {
    if leaf.kind != Kind::UnmaskRequested || leaf.store != store {
        return Err(refuse("The entry this request names is no request of this store."));
    }
    let requester = exchange::request::key_of(&incoming.sender)?;
    if leaf.details.get("requester").and_then(|v| v.as_str()) != Some(requester.as_str()) {
        return Err(refuse("The entry of this request was written by somebody else than its sender."));
    }
    let hash = ledger::text_hash(&body.salt.0, &body.justification);
    if leaf.text_hash.as_deref() != Some(hash.as_str()) {
        return Err(refuse("The justification is not the one the ledger entry was written for."));
    }
    Ok(())
}

/// What the data protection officer reads is what the entry says: otherwise one would be shown and the other granted.
fn agree(leaf: &Leaf, why: &RawJustification, scope: &[Scope]) -> Result<(), Error> {
    let text = |key: &str| leaf.details.get(key).and_then(|v| v.as_str()).unwrap_or_default();
    let seconds = leaf.details.get("duration_s").and_then(|v| v.as_u64());
    let same_scope = scope.len() == why.scope.len() && scope.iter().all(|s| why.scope.contains(s));
    let same = same_scope
        && text("purpose") == crate::lead::word(&why.purpose)
        && text("case_reference") == why.case_reference.trim()
        && seconds == Some(u64::from(why.minutes) * 60);
    if same {
        Ok(())
    } else {
        Err(refuse("The entry of this request asks for something else than its justification."))
    }
}

/// The sealed identity must be one that its import's own entry committed.
fn check_identity(body: &RequestBody, import: &Leaf, store: &str) -> Result<(), Error> {
    let swapped = || refuse("The sealed identity is not one that was imported into this store.");
    let id = &body.identity;
    let root = vault::root_in(import).filter(|_| import.store == store).ok_or_else(swapped)?;
    let hash = ledger::leaf_hash(&id.sealed.0);
    ledger::verify_identity(&id.path, id.index, hash, id.count, root).map_err(|_| swapped())
}

impl Asked {
    /// Opens the identity with the vault key that only data protection officers can open; store and pseudonym inside
    /// must be those of the entry.
    pub fn identity(&self, post: &Post) -> Result<IdentityFields, Error> {
        let store = &self.leaf.store;
        let officer = self.leaf.officer.as_deref().unwrap_or_default();
        let locked = |_| refuse("The vault key in this request does not open with your key.");
        let secret =
            KeyFile::open_key(&post.member, KeyKind::Vault, store, &self.body.vault.0).map_err(locked)?;
        let key = VaultKey::from_secret(&secret)
            .map_err(|_| refuse("The vault key in this request does not open with your key."))?;
        key.open_identity(&self.body.identity.sealed.0, store, officer).map_err(|_| {
            refuse("The sealed identity belongs to another officer than the one the ledger entry names.")
        })
    }

    /// What this profile answered before.
    pub fn answered(&self) -> Option<&super::witness::Answer> {
        self.seen.answers.iter().find(|a| a.entry == self.leaf.seq)
    }
}

/// The request in words; the identity is not opened. It counts as arrived, so that a later one may be answered first.
pub(crate) fn review(post: &Post, request: &PackRef) -> Result<RequestReview, Error> {
    let asked = open(post, request)?;
    if asked.incoming.is_new() {
        mail::take(post, &asked.incoming)?;
    }
    let number = |key: &str| asked.leaf.details.get(key).and_then(|v| v.as_u64()).unwrap_or(0) as u32;
    let answered = match asked.answered() {
        None => String::new(),
        Some(a) if a.granted => format!("granted {}", super::review::moment(a.at)),
        Some(a) => format!("refused {}", super::review::moment(a.at)),
    };
    Ok(RequestReview {
        pack: exchange::show::view(&asked.incoming)?,
        store: asked.leaf.store.clone(),
        name: asked.seen.name.clone(),
        entry: asked.leaf.seq as u32,
        at: asked.leaf.at.replace('T', " ").replace('Z', " UTC"),
        by: asked.leaf.by.clone(),
        lead: asked.leaf.lead.clone().unwrap_or_default(),
        officer: asked.leaf.officer.clone().unwrap_or_default(),
        justification: asked.why.clone(),
        asked_30_days: number("asked_30_days"),
        over_budget: asked.leaf.details.get("over_budget").and_then(|v| v.as_bool()).unwrap_or(false),
        answered,
    })
}
