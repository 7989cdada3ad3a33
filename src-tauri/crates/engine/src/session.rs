//! An unlocked store: the member, the keys that member holds, and the connections.

use crate::mail::Post;
use crate::{Clock, Error};
use contract::{ErrorCode, MemberView};
use ed25519_dalek::SigningKey;
use model::StoreId;
use seal::{Card, KeyFile, KeyKind, Member, Role, VaultKey, VaultRecipient};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use store::{Policy, Reader, Store};
use zeroize::Zeroizing;

/// What the holder of `pseudonyms.age` has: the pseudonym key and the key of the name index.
pub(crate) struct PseudonymKeys {
    pub key: Zeroizing<[u8; 32]>,
    pub index: VaultKey,
}

impl PseudonymKeys {
    /// Layout of the sealed secret: 32 key bytes, then the index key as an age identity.
    pub fn generate() -> Result<(Self, Zeroizing<Vec<u8>>), Error> {
        let mut key = Zeroizing::new([0; 32]);
        random(key.as_mut())?;
        let index = VaultKey::generate();
        let secret = Zeroizing::new([key.as_slice(), &index.to_secret_bytes()].concat());
        Ok((Self { key, index }, secret))
    }
    pub fn from_secret(secret: &[u8]) -> Result<Self, Error> {
        let bad = || {
            Error::new(
                ErrorCode::DamagedStore,
                "pseudonyms.age does not hold the keys it should.",
                "Restore a backup.",
            )
        };
        let (key, index) = secret.split_at_checked(32).ok_or_else(bad)?;
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(key);
        Ok(Self { key: bytes, index: VaultKey::from_secret(index).map_err(|_| bad())? })
    }
}

/// Random bytes from the system.
pub(crate) fn random(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| {
        Error::new(ErrorCode::Internal, "The system gave no random numbers.", "Nothing was written.")
    })
}

/// Facts of a store that do not change while it is open, kept in its `meta` table.
pub(crate) struct Facts {
    pub id: StoreId,
    pub name: String,
    pub purpose: String,
    pub policy: Policy,
    pub created: i64,
    /// Day number on which the store ends.
    pub ends: i32,
    pub members: Vec<Card>,
    /// Those who were members before.
    pub removed: Vec<Card>,
    pub vault: VaultRecipient,
    pub sheet: Option<crate::life::KeptSheet>,
    /// The check of the key that the member removed last knew.
    pub outdated_key: String,
}

/// One unlocked store. Shared by the window's commands and the jobs; dropped (and its keys wiped) when it locks.
pub(crate) struct Session {
    pub facts: Facts,
    pub member: Arc<Member>,
    pub ledger_key: SigningKey,
    pub path: std::path::PathBuf,
    pub home: crate::Home,
    pub clock: Arc<dyn Clock>,
    /// Sentences to show after opening.
    pub warnings: Vec<String>,
    store: Mutex<Store>,
    reader: Mutex<Reader>,
    hashed: Mutex<Option<crate::import::Hashed>>,
    /// The oversight figures, and the size of the ledger for which they were counted.
    counted: Mutex<Option<(u64, contract::OversightView)>>,
}

pub(crate) struct Parts {
    pub facts: Facts,
    pub member: Arc<Member>,
    pub ledger_key: SigningKey,
    pub home: crate::Home,
    pub clock: Arc<dyn Clock>,
    pub store: Store,
}

impl Session {
    pub fn new(parts: Parts) -> Result<Self, Error> {
        let Parts { facts, member, ledger_key, home, clock, store } = parts;
        let reader = store.reader()?;
        Ok(Self {
            path: store.folder().root().to_owned(),
            facts,
            member,
            ledger_key,
            home,
            clock,
            warnings: Vec::new(),
            store: Mutex::new(store),
            reader: Mutex::new(reader),
            hashed: Mutex::default(),
            counted: Mutex::default(),
        })
    }

    pub fn id(&self) -> &str {
        self.facts.id.as_str()
    }
    pub fn hashed(&self) -> MutexGuard<'_, Option<crate::import::Hashed>> {
        self.hashed.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    pub fn counted(&self) -> MutexGuard<'_, Option<(u64, contract::OversightView)>> {
        self.counted.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    pub fn by(&self) -> &str {
        self.member.name()
    }

    /// Today's day number.
    pub fn today(&self) -> i32 {
        model::time::day_of(self.clock.now(), &jiff::tz::TimeZone::UTC)
    }

    /// This member's packs, in and out.
    pub fn post(&self) -> Post {
        Post { home: self.home.clone(), member: Arc::clone(&self.member), now: self.clock.now() }
    }

    /// The connection that writes; says so when a job holds it instead of making the window wait.
    pub fn store(&self) -> Result<MutexGuard<'_, Store>, Error> {
        // A short step of another command may hold it for milliseconds; an import for longer.
        for _ in 0..200 {
            match self.store.try_lock() {
                Ok(store) => return Ok(store),
                Err(TryLockError::Poisoned(held)) => return Ok(held.into_inner()),
                Err(TryLockError::WouldBlock) => std::thread::sleep(std::time::Duration::from_millis(10)),
            }
        }
        Err(Error::new(
            ErrorCode::Busy,
            "An import or analysis is being written.",
            "Reading goes on; try this again when it has finished.",
        ))
    }

    /// The connection that only reads.
    pub fn reader(&self) -> MutexGuard<'_, Reader> {
        self.reader.lock().unwrap_or_else(|held| held.into_inner())
    }

    pub fn new_reader(&self) -> Result<Reader, Error> {
        Ok(self.store()?.reader()?)
    }

    /// The pseudonym key, which only the importing member's card opens.
    pub fn pseudonym_keys(&self) -> Result<PseudonymKeys, Error> {
        let folder = store::Folder::new(&self.path);
        let sealed = store::folder::read_limited(&folder.pseudonyms(), MAX_KEY_FILE)?;
        let secret =
            KeyFile::open_key(&self.member, KeyKind::Pseudonyms, self.id(), &sealed).map_err(|_| {
                Error::new(
                    ErrorCode::NeedsCustodian,
                    "Only the data custodian's key makes pseudonyms in this store.",
                    "Let the custodian import. Nothing was read.",
                )
            })?;
        PseudonymKeys::from_secret(&secret)
    }

    /// Closes the store with an empty write-ahead log.
    pub fn close(self) -> Result<(), Error> {
        drop(self.reader);
        let store = self.store.into_inner().unwrap_or_else(|held| held.into_inner());
        Ok(store.close()?)
    }
}

/// Largest key file of a store, in bytes.
pub(crate) const MAX_KEY_FILE: u64 = 64 * 1024;

/// A role as it is written.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Reviewer => "reviewer",
        Role::Dpo => "dpo",
        Role::Representative => "representative",
        Role::Custodian => "custodian",
    }
}

pub(crate) fn parse_role(text: &str) -> Result<Role, Error> {
    [Role::Reviewer, Role::Dpo, Role::Representative, Role::Custodian]
        .into_iter()
        .find(|r| role_name(*r) == text)
        .ok_or_else(|| {
            Error::new(ErrorCode::Card, "This is no role.", "Use reviewer, dpo, representative or custodian.")
        })
}

pub(crate) fn member_view(card: &Card) -> MemberView {
    MemberView {
        name: card.name().to_owned(),
        role: role_name(card.role()).to_owned(),
        fingerprint: card.fingerprint(),
    }
}
