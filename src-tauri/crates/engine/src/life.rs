//! A store's life: opened, backed up, restored, closed.

use crate::book::{self, Stored};
use crate::dpo::acknowledge;
use crate::dpo::witness::Witnessed;
use crate::home::Head;
use crate::record::Entry;
use crate::session::{Facts, MAX_KEY_FILE, Parts, Session, member_view};
use crate::{Clock, Error, Home, end, exchange, restore, retention};
use contract::{ErrorCode, StoreView};
use ed25519_dalek::SigningKey;
use ledger::Kind;
use seal::{Card, KeyFile, KeyKind, Member, Passphrase};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use store::unmaskings::UnmaskState;
use store::{Folder, RawKey, Read, Store};
use zeroize::Zeroizing;

/// What `meta` keeps of a store besides its keys. Member cards are their own texts.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    pub name: String,
    pub purpose: String,
    pub created: i64,
    pub ends: i32,
    pub members: Vec<String>,
    pub vault: String,
    /// Cards of members who were removed.
    #[serde(default)]
    pub removed: Vec<String>,
    #[serde(default)]
    pub sheet: Option<KeptSheet>,
    /// The check of the key that the member removed last knew.
    #[serde(default)]
    pub outdated_key: String,
}

/// The public half of a recovery sheet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptSheet {
    pub key: String,
    /// Whether it opens the vault too.
    pub vault: bool,
}

/// Where `meta` keeps it.
pub(crate) const KEPT: &str = "store";

/// Unlocks the profile, counting failures and making the next try wait.
pub(crate) fn unlock(
    home: &Home,
    clock: &dyn Clock,
    store: Option<&str>,
    passphrase: String,
) -> Result<Arc<Member>, Error> {
    let wait = home.wait_seconds(clock.now());
    if wait > 0 {
        return Err(Error::new(
            ErrorCode::PassphraseWait,
            format!("Too many wrong passphrases. Wait {wait} s before the next try."),
            "Nothing was opened.",
        ));
    }
    match seal::profile::unlock(home.folder(), &Passphrase::given(passphrase)) {
        Ok(member) => {
            home.clear_waits()?;
            Ok(Arc::new(member))
        }
        Err(e) => {
            let e = Error::from(e);
            if e.code() == ErrorCode::WrongPassphrase {
                home.note_failure(store, clock.now())?;
            }
            Err(e)
        }
    }
}

/// What the store was made with, as its members changed it since.
pub(crate) fn kept<R: Read>(reader: &R) -> Result<Kept, Error> {
    Ok(serde_json::from_slice(&kept_value(reader, KEPT)?)?)
}

fn cards(texts: &[String]) -> Result<Vec<Card>, Error> {
    texts.iter().map(|text| Ok(Card::parse(text)?)).collect()
}

fn kept_value<R: Read>(store: &R, key: &str) -> Result<Vec<u8>, Error> {
    let missing =
        || Error::new(ErrorCode::DamagedStore, "The store lacks what it was made with.", "Restore a backup.");
    store::meta::get(store, key)?.ok_or_else(missing)
}

pub(crate) fn session(
    home: &Home,
    clock: Arc<dyn Clock>,
    member: Arc<Member>,
    store: Store,
) -> Result<Session, Error> {
    let kept = kept(&store)?;
    let secret = Zeroizing::new(kept_value(&store, "ledger_key")?);
    let secret: Zeroizing<[u8; 32]> = Zeroizing::new(secret.as_slice().try_into().map_err(|_| {
        Error::new(ErrorCode::DamagedStore, "The store's ledger key is not whole.", "Restore a backup.")
    })?);
    let vault = kept
        .vault
        .parse()
        .map_err(|_| Error::new(ErrorCode::DamagedStore, "The store's vault key is not whole.", ""))?;
    let facts = Facts {
        id: store.facts().id.clone(),
        name: kept.name,
        purpose: kept.purpose,
        policy: store.facts().policy,
        created: kept.created,
        ends: kept.ends,
        members: cards(&kept.members)?,
        removed: cards(&kept.removed)?,
        vault,
        sheet: kept.sheet,
        outdated_key: kept.outdated_key,
    };
    Session::new(Parts {
        facts,
        member,
        ledger_key: SigningKey::from_bytes(&secret),
        home: home.clone(),
        clock,
        store,
    })
}

/// The store key of a folder, for an enrolled member.
pub(crate) fn raw_key(folder: &Folder, member: &Member, id: &str) -> Result<RawKey, Error> {
    let sealed = store::folder::read_limited(&folder.keys(), MAX_KEY_FILE)?;
    let secret = KeyFile::open_key(member, KeyKind::Store, id, &sealed)?;
    let raw: [u8; 32] = secret.as_slice().try_into().map_err(|_| {
        Error::new(ErrorCode::DamagedStore, "keys.age does not hold a store key.", "Restore a backup.")
    })?;
    Ok(RawKey::new(raw))
}

/// The id of the store in a folder, before anything is unlocked.
pub(crate) fn store_id(path: &Path) -> Result<String, Error> {
    Ok(store::Facts::read(&Folder::new(path))?.id.to_string())
}

/// Opens a store: keys, settings, and the ledger against every head known outside of it.
pub(crate) fn open(
    home: &Home,
    clock: Arc<dyn Clock>,
    member: Arc<Member>,
    path: &Path,
) -> Result<Session, Error> {
    let folder = Folder::new(path);
    let id = store_id(path)?;
    let store = Store::open(path, &raw_key(&folder, &member, &id)?)?;
    if store::backup::until(&store)?.is_some() {
        return Err(Error::new(
            ErrorCode::PolicyForbids,
            "This folder is a backup. It was not opened.",
            "Put it back with `store restore`, or Restore a backup on the first screen.",
        ));
    }
    let mut session = session(home, clock, member, store)?;
    if !session.facts.members.contains(session.member.card()) {
        return Err(Error::new(
            ErrorCode::NotEnrolled,
            "You are not a member of this store any more, and it was not opened.",
            "Nothing was opened.",
        ));
    }
    let followed = check_heads(&session)?;
    let (entries, mut warnings) = since_last(&session)?;
    let knew = if followed.is_some() { 0 } else { session.home.head(session.id())?.map_or(0, |h| h.size) };
    warnings.extend(followed);
    if !entries.is_empty() {
        book::record(&session, |tx| {
            for open in store::unmaskings::open_without_end(tx)? {
                // Its end is in the entries: the next start must not find it open again.
                store::unmaskings::set_state(tx, open.seq, UnmaskState::Expired, None)?;
            }
            Ok(((), entries))
        })?;
        session.home.clear_queued(session.id())?;
    }
    exchange::request::end_overdue(&session)?;
    // A crash between commit and head leaves the ledger ahead: both heads catch up now.
    let head = current_head(&session)?;
    book::save_heads(&session, &head)?;
    restore::remember(&session)?;
    restore::learn(&session, knew)?;
    let expired = retention::expire(&session)?;
    if expired > 0 {
        warnings
            .push(format!("Undecided leads whose time was up have expired: {expired}. It is in the ledger."));
    }
    warnings.extend(end::notice(&session)?);
    session.warnings = warnings;
    home.remember(path, &session.facts.name, session.clock.now())?;
    Ok(session)
}

fn current_head(session: &Session) -> Result<Head, Error> {
    let reader = session.reader();
    let size = store::ledger::size(&*reader)?;
    Ok(Head { store: session.id().to_owned(), size, root: ledger::root(size, &Stored(&*reader))? })
}

/// The ledger must extend the head in the folder, the head in the member's profile, and what they countersigned.
fn check_heads(session: &Session) -> Result<Option<String>, Error> {
    let reader = session.reader();
    let mut followed = None;
    if let Some(head) = session.home.head(session.id())?
        && let Err(e) = book::extends(&*reader, &head, "your profile")
    {
        followed = Some(restore::followed(session, &*reader, &head)?.ok_or(e)?);
    }
    if let Some(seen) = Witnessed::of(&session.home, session.id())?
        && let Err(e) = book::extends(&*reader, &seen.head(), "your countersignature")
    {
        followed = Some(acknowledge::waiting(&*reader, &seen)?.ok_or(e)?);
    }
    let path = Folder::new(&session.path).head();
    if path.exists() {
        let head: Head =
            serde_json::from_slice(&store::folder::read_limited(&path, MAX_KEY_FILE)?).map_err(|_| {
                Error::new(
                    ErrorCode::HeadObjects,
                    "The file `head` of the store is not readable. The store was not opened.",
                    "Restore a backup.",
                )
            })?;
        book::extends(&*reader, &head, "the store's own head file")?;
    }
    let first = book::leaf_at(&*reader, 0)?;
    let vault = first.details.get("vault").and_then(|v| v.as_str());
    if vault != Some(session.facts.vault.to_string().as_str()) {
        return Err(Error::new(
            ErrorCode::DamagedStore,
            "The vault key is not the one this store was made with.",
            "Restore a backup.",
        ));
    }
    Ok(followed)
}

/// What happened while the store was closed, as entries, and what of it a person should see.
fn since_last(session: &Session) -> Result<(Vec<Entry>, Vec<String>), Error> {
    let (mut entries, mut warnings) = (Vec::new(), Vec::new());
    let failed = session.home.queued_failures(session.id());
    if let (Some(first), Some(last)) = (failed.first(), failed.last()) {
        entries.push(
            Entry::new(Kind::AttemptFailed)
                .with("what", "unlock")
                .with("count", failed.len() as u64)
                .with("first", model::time::rfc3339(*first))
                .with("last", model::time::rfc3339(*last))
                .with("unproven", true),
        );
        let count = failed.len();
        let times = if count == 1 { "Once".to_owned() } else { format!("{count} times") };
        warnings.push(format!(
            "{times} a wrong passphrase was given since this store was last open. It is in the ledger now."
        ));
    }
    let reader = session.reader();
    let size = store::ledger::size(&*reader)?;
    let last = book::leaf_at(&*reader, size - 1)?;
    let last = last.at.parse::<jiff::Timestamp>().map(|t| t.as_second()).unwrap_or(i64::MIN);
    let now = session.clock.now();
    if now < last {
        let back = model::time::show_minutes((last - now) / 60 + 1);
        entries.push(Entry::new(Kind::Consultation).with("what", "store opened with the clock set back"));
        warnings.push(format!("The clock is at least {back} behind the last ledger entry. It is in the ledger; order still comes from entry numbers."));
    }
    for open in store::unmaskings::open_without_end(&*reader)? {
        // A crash after the record: whether a name was seen cannot be known, so the entry says so.
        entries.push(Entry::new(Kind::UnmaskExpired).with("entry", open.seq).with("after", "restart"));
    }
    Ok((entries, warnings))
}

/// How the open store is shown.
pub(crate) fn view(session: &Session) -> Result<StoreView, Error> {
    let reader = session.reader();
    let facts = &session.facts;
    let entries = store::ledger::size(&*reader)? as u32;
    let countersigned = store::countersignatures::all(&*reader)?;
    // Of the longest head countersigned; among several of that length the latest.
    let last = countersigned.last();
    let days = last.map(|c| u32::try_from((session.clock.now() - c.at).max(0) / 86_400).unwrap_or(u32::MAX));
    Ok(StoreView {
        id: facts.id.to_string(),
        name: facts.name.clone(),
        purpose: facts.purpose.clone(),
        path: session.path.display().to_string(),
        policy: facts.policy.as_str().to_owned(),
        created: model::time::show_day(model::time::day_of(facts.created, &jiff::tz::TimeZone::UTC)),
        ends: model::time::iso_day(facts.ends),
        members: facts.members.iter().map(member_view).collect(),
        ledger_entries: entries,
        countersigned_days: days,
        entries_since: entries.saturating_sub(last.map_or(0, |c| c.size as u32)),
        warnings: session.warnings.clone(),
        imports: store::imports::count(&*reader)? as u32,
        leads: store::queue::counts(&*reader)?.iter().map(|c| c.leads as u32).sum(),
    })
}

/// Days for which a backup can be put back.
const BACKUP_DAYS: i32 = 90;

/// Copies the open store into a new folder, opens the copy again and checks it, then says so in the ledger. It can be put
/// back for a time: an old one would bring back what retention took out.
pub(crate) fn backup(session: &Session, target: &Path) -> Result<(), Error> {
    let until = (session.today() + BACKUP_DAYS).min(session.facts.ends.max(session.today()));
    let size = {
        let store = session.store()?;
        store::backup::to(&store, target, until)?;
        store::ledger::size(&*store)?
    };
    let entry = Entry::new(Kind::StoreBackup).with("entries", size).with("verified", true);
    let entry = entry.with("until", model::time::iso_day(until));
    book::record(session, |_| Ok(((), vec![entry])))?;
    Ok(())
}
