//! Who may open a store, and how that changes after it was made: every change is an entry, and a removal gives the store
//! a new key, so that a member who left opens nothing that is written or kept from then on.

use crate::life::{self, Kept, KeptSheet};
use crate::record::Entry;
use crate::session::{MAX_KEY_FILE, Session, random, role_name};
use crate::{Error, book, create};
use contract::ErrorCode;
use ledger::{Kind, Leaf};
use seal::{Card, KeyFile, KeyKind, Recipient, Role};
use std::collections::BTreeSet;
use std::path::Path;
use store::{Folder, Policy, RawKey, rekey};
use zeroize::Zeroizing;

/// Who each secret of a store is sealed to.
pub(crate) struct Recipients {
    pub everyone: Vec<Recipient>,
    pub vault: Vec<Recipient>,
    pub pseudonyms: Vec<Recipient>,
}

impl Recipients {
    pub fn of(policy: Policy, cards: &[Card], sheet: Option<&KeptSheet>) -> Result<Self, Error> {
        let of = |kind| -> Vec<Recipient> {
            cards.iter().filter(|c| holds(policy, kind, c.role())).map(|c| c.recipient().clone()).collect()
        };
        let mut to = Self {
            everyone: of(KeyKind::Store),
            vault: of(KeyKind::Vault),
            pseudonyms: of(KeyKind::Pseudonyms),
        };
        let needs = |what: &str| {
            Error::new(ErrorCode::Card, what.to_owned(), "Enrol the missing card. Nothing was written.")
        };
        if to.vault.is_empty() {
            return Err(needs("This policy seals the vault to a member who is not enrolled."));
        }
        if to.pseudonyms.is_empty() {
            return Err(needs(
                "This policy seals the pseudonym key to the data custodian, whose card is not enrolled.",
            ));
        }
        if let Some(sheet) = sheet {
            let key: Recipient = sheet.key.parse().map_err(|_| {
                Error::new(ErrorCode::DamagedStore, "The recovery sheet's public key is not whole.", "")
            })?;
            to.vault.extend(sheet.vault.then(|| key.clone()));
            to.everyone.push(key);
        }
        Ok(to)
    }

    fn to(&self, kind: KeyKind) -> &[Recipient] {
        match kind {
            KeyKind::Store => &self.everyone,
            KeyKind::Vault => &self.vault,
            KeyKind::Pseudonyms => &self.pseudonyms,
        }
    }
}

/// Whether a member of this role holds this secret.
fn holds(policy: Policy, kind: KeyKind, role: Role) -> bool {
    match (kind, policy) {
        (KeyKind::Store, _) => true,
        (KeyKind::Vault, Policy::Recorded) => role == Role::Reviewer,
        (KeyKind::Vault, Policy::Countersigned) => role == Role::Dpo,
        (KeyKind::Pseudonyms, Policy::Recorded) => matches!(role, Role::Reviewer | Role::Custodian),
        (KeyKind::Pseudonyms, Policy::Countersigned) => role == Role::Custodian,
    }
}

/// Refuses a card that cannot be a member's beside these: the ledger names people by their names.
pub(crate) fn may_join(card: &Card, beside: &[Card]) -> Result<(), Error> {
    if card.role() == Role::Representative {
        return Err(Error::new(
            ErrorCode::Card,
            format!(
                "{} is a representative: representatives get lead packs and are no members.",
                card.name()
            ),
            "Leave the card out. Nothing was written.",
        ));
    }
    if beside.iter().any(|c| c.name() == card.name()) {
        return Err(Error::new(
            ErrorCode::Card,
            format!("Another member is or was called {}: the ledger could not tell them apart.", card.name()),
            "Let them make a profile under another name. Nothing was written.",
        ));
    }
    Ok(())
}

/// The fingerprints of the members that a ledger names: those the store was made with, and every change since.
pub(crate) fn of_ledger(leaves: &[Leaf]) -> BTreeSet<String> {
    let text = |leaf: &Leaf, key: &str| leaf.details.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let made = leaves.first().and_then(|l| l.details.get("fingerprints")?.as_array());
    let mut all: BTreeSet<String> =
        made.into_iter().flatten().filter_map(|f| f.as_str().map(str::to_owned)).collect();
    for leaf in leaves.iter().filter(|l| l.kind == Kind::Membership) {
        let Some(fingerprint) = text(leaf, "fingerprint") else { continue };
        match text(leaf, "what").as_deref() {
            Some(ADDED) => all.insert(fingerprint),
            Some(REMOVED) => all.remove(&fingerprint),
            _ => continue,
        };
    }
    all
}

/// The fingerprints of those who were members of it and are no more.
pub(crate) fn left(leaves: &[Leaf]) -> BTreeSet<String> {
    let removed = leaves.iter().filter(|l| l.kind == Kind::Membership);
    let all = removed.filter_map(|l| l.details.get("fingerprint")?.as_str().map(str::to_owned));
    &all.collect() - &of_ledger(leaves)
}

const ADDED: &str = "added";
const REMOVED: &str = "removed";

fn entry(what: &str, card: &Card) -> Entry {
    let member = format!("{} {}", role_name(card.role()), card.name());
    Entry::new(Kind::Membership)
        .with("what", what)
        .with("member", member)
        .with("fingerprint", card.fingerprint())
}

/// Enrols a card: the entry first, then every key its role holds is sealed again, to the new member too. A card that is
/// enrolled already has its keys sealed again.
pub(crate) fn add(session: &Session, card: &Path) -> Result<(), Error> {
    let card = create::read_card(card)?;
    let facts = &session.facts;
    let mut cards = facts.members.clone();
    let known = cards.contains(&card);
    if !known {
        may_join(&card, &[cards.as_slice(), &facts.removed].concat())?;
        cards.push(card.clone());
    }
    let keys = Sealer::new(session, &cards, card.role())?;
    if !known {
        book::record(session, |tx| {
            change(tx, |kept| kept.members.push(card.to_text()))?;
            Ok(((), vec![entry(ADDED, &card)]))
        })?;
    }
    keys.seal()
}

/// Removes a member: the entry first, then the keys are sealed to those who stay; also once more, for one who is removed
/// already. The store's own key is changed when it is opened next (`settled`).
pub(crate) fn remove(session: &Session, fingerprint: &str) -> Result<(), Error> {
    let refuse = |what: &str, next: &str| Err(Error::new(ErrorCode::PolicyForbids, what.to_owned(), next));
    let facts = &session.facts;
    let is_meant = |card: &&Card| card.fingerprint() == fingerprint.trim();
    if let Some(gone) = facts.removed.iter().find(is_meant) {
        return Sealer::new(session, &facts.members, gone.role())?.seal();
    }
    let Some(gone) = facts.members.iter().find(is_meant) else {
        return Err(Error::new(
            ErrorCode::NotEnrolled,
            "No member of this store has this fingerprint.",
            "Settings and `store show` list them. Nothing was changed.",
        ));
    };
    if gone == session.member.card() {
        return refuse("You cannot remove yourself.", "Let another member do it. Nothing was changed.");
    }
    let stay: Vec<Card> = facts.members.iter().filter(|c| *c != gone).cloned().collect();
    let keys = Sealer::new(session, &stay, gone.role())?;
    let outdated = session.store()?.facts().key_check().to_owned();
    book::record(session, |tx| {
        change(tx, |kept| {
            kept.members = stay.iter().map(Card::to_text).collect();
            kept.removed.push(gone.to_text());
            kept.outdated_key = outdated;
        })?;
        Ok(((), vec![entry(REMOVED, gone)]))
    })?;
    keys.seal()
}

fn change(tx: &store::Tx<'_>, change: impl FnOnce(&mut Kept)) -> Result<(), Error> {
    let mut kept = life::kept(tx)?;
    change(&mut kept);
    Ok(store::meta::put(tx, life::KEPT, &serde_json::to_vec(&kept)?)?)
}

/// The secrets that a role holds, opened by the acting member before anything is written.
struct Sealer<'a> {
    session: &'a Session,
    to: Recipients,
    secrets: Vec<(KeyKind, Zeroizing<Vec<u8>>)>,
}

impl<'a> Sealer<'a> {
    fn new(session: &'a Session, cards: &[Card], role: Role) -> Result<Self, Error> {
        let facts = &session.facts;
        let made = book::leaf_at(&*session.reader(), 0)?;
        if facts.sheet.is_none() && made.details.get("recovery_sheet") == Some(&true.into()) {
            return Err(Error::new(
                ErrorCode::PolicyForbids,
                "This store was made with a recovery sheet by an older program, which did not keep its public key.",
                "Its members cannot be changed: make a new store. Nothing was changed.",
            ));
        }
        let to = Recipients::of(facts.policy, cards, facts.sheet.as_ref())?;
        let kinds = [KeyKind::Store, KeyKind::Vault, KeyKind::Pseudonyms];
        let held = kinds.into_iter().filter(|kind| holds(facts.policy, *kind, role));
        let secrets = held.map(|kind| Ok((kind, open(session, kind)?))).collect::<Result<_, Error>>()?;
        Ok(Self { session, to, secrets })
    }

    fn seal(self) -> Result<(), Error> {
        for (kind, secret) in &self.secrets {
            let sealed = KeyFile::seal_key_to(self.to.to(*kind), *kind, self.session.id(), secret)?;
            store::folder::write_atomic(&file(self.session, *kind), &sealed).map_err(|e| {
                Error::new(
                    ErrorCode::Io,
                    format!("The change of members is in the ledger, but the keys could not be sealed again ({e})."),
                    "Make room, and add or remove the member once more.",
                )
            })?;
        }
        Ok(())
    }
}

fn file(session: &Session, kind: KeyKind) -> std::path::PathBuf {
    let folder = Folder::new(&session.path);
    match kind {
        KeyKind::Store => folder.keys(),
        KeyKind::Vault => folder.vault(),
        KeyKind::Pseudonyms => folder.pseudonyms(),
    }
}

fn open(session: &Session, kind: KeyKind) -> Result<Zeroizing<Vec<u8>>, Error> {
    let sealed = store::folder::read_limited(&file(session, kind), MAX_KEY_FILE)?;
    KeyFile::open_key(&session.member, kind, session.id(), &sealed).map_err(|_| {
        let whose = match kind {
            KeyKind::Store => "the store key",
            KeyKind::Vault => "the key that opens names",
            KeyKind::Pseudonyms => "the pseudonym key",
        };
        Error::new(
            ErrorCode::PolicyForbids,
            format!("A member of this role holds {whose}, and only somebody who holds it can give it or take it away."),
            "Let a member of the same role do it. Nothing was changed.",
        )
    })
}

/// Gives a store a new key where a member who left still knows the one it has; `reopen` opens it again.
pub(crate) fn settled(
    mut session: Session,
    reopen: impl FnOnce() -> Result<Session, Error>,
) -> Result<Session, Error> {
    if session.facts.outdated_key != session.store()?.facts().key_check() {
        return Ok(session);
    }
    match new_key(&session) {
        Ok(()) => {
            let root = session.path.clone();
            session.close()?;
            rekey::swap(&root)?;
            reopen()
        }
        Err(e) => {
            session.warnings.push(format!(
                "A member was removed, but the store has no new key yet: {} It gets one when it is opened next.",
                e.0.message
            ));
            Ok(session)
        }
    }
}

fn new_key(session: &Session) -> Result<(), Error> {
    let facts = &session.facts;
    let to = Recipients::of(facts.policy, &facts.members, facts.sheet.as_ref())?;
    let mut raw = Zeroizing::new([0; 32]);
    random(raw.as_mut())?;
    let keys = KeyFile::seal_key_to(to.to(KeyKind::Store), KeyKind::Store, session.id(), raw.as_ref())?;
    Ok(rekey::prepare(&*session.store()?, &RawKey::new(*raw), &keys)?)
}
