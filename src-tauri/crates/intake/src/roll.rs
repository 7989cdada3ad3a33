//! The roll: which keyed id belongs to which officer on which day. Holds no raw id.

use crate::alike::{self, Rule};
use crate::key::{IdHash, Keyed, PseudonymKey};
use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashSet};
use model::{OfficerIndex, Pseudonym};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use zeroize::Zeroizing;

/// Most officers one rule may point at: beyond that it tells nobody apart.
const MOST_ALIKE: usize = 3;
/// Most spellings with a typing error that one import tries: a few seconds.
const MOST_TRIES: usize = 10_000_000;
/// A mail domain is remembered where at least this many officers have an address in it: then it names a force, not a person.
const SHARED_DOMAIN: usize = 10;
/// Most mail domains remembered.
const MOST_DOMAINS: usize = 20;

/// An id that belongs to an officer from one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdRow {
    pub id: IdHash,
    pub officer: OfficerIndex,
    pub from_day: i32,
    pub until_day: i32,
}

impl IdRow {
    fn always(id: IdHash, officer: OfficerIndex) -> Self {
        Self { id, officer, from_day: i32::MIN, until_day: i32::MAX }
    }
    fn holds(&self, day: i32) -> bool {
        self.from_day <= day && day <= self.until_day
    }
    fn is_always(&self) -> bool {
        self.from_day == i32::MIN && self.until_day == i32::MAX
    }
    fn meets(&self, other: &IdRow) -> bool {
        self.from_day <= other.until_day && other.from_day <= self.until_day
    }
}

/// An officer the store does not know yet. Indexes go on after those the roll was built with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewOfficer {
    pub index: OfficerIndex,
    pub pseudonym: Pseudonym,
    pub provisional: bool,
}

/// What an import added to the roll.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub officers: Vec<NewOfficer>,
    pub ids: Vec<IdRow>,
    /// Officers of the store that were provisional and are now on the roll.
    pub confirmed: Vec<OfficerIndex>,
}

/// A provisional officer who may be one on the roll. A person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    pub provisional: OfficerIndex,
    pub officer: OfficerIndex,
    pub rule: Rule,
    /// 1 to 100.
    pub confidence: u8,
}

/// What an import noticed about ids that may belong together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    pub alike: Vec<Alike>,
    /// Mail domains that many officers of the roll share.
    pub domains: Vec<String>,
    /// Whether typing errors were looked for in every id.
    pub complete: bool,
}

/// An id found or made: whose it is, and whether it is the same officer's on every day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) officer: OfficerIndex,
    pub(crate) always: bool,
}

#[derive(Default)]
struct Inner {
    officers: Vec<(Pseudonym, bool)>,
    taken: HashSet<u64, RandomState>,
    ids: HashMap<IdHash, Vec<IdRow>, RandomState>,
    new_ids: Vec<IdRow>,
    confirmed: Vec<OfficerIndex>,
    links: Vec<(OfficerIndex, OfficerIndex)>,
    /// Ids this import brought, as text, until it ends.
    seen: Vec<(OfficerIndex, Zeroizing<String>)>,
}

/// Ids known to the store and those met during one import; shared by the import's threads.
pub struct Roll {
    keyed: Keyed,
    loaded: usize,
    inner: RwLock<Inner>,
}

impl Roll {
    /// Builds the roll from what the store keeps: officers by dense index, and the id index.
    pub fn new(key: &PseudonymKey, officers: Vec<(Pseudonym, bool)>, ids: Vec<IdRow>) -> Self {
        let mut inner = Inner { officers, ..Inner::default() };
        inner.taken = inner.officers.iter().map(|(p, _)| p.bits()).collect();
        for row in ids {
            inner.ids.entry(row.id).or_default().push(row);
        }
        Self { keyed: Keyed::new(key), loaded: inner.officers.len(), inner: RwLock::new(inner) }
    }

    pub(crate) fn keyed(&self) -> &Keyed {
        &self.keyed
    }

    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Number of officers, new ones included.
    pub fn len(&self) -> usize {
        self.read().officers.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whose normalised id this is on a day, if anyone's; makes nothing.
    pub fn find(&self, id: &str, day: i32) -> Option<OfficerIndex> {
        self.lookup(self.keyed.id_hash(id.as_bytes()), day).map(|r| r.officer)
    }

    /// The keyed hash under which an id stands in the index.
    pub fn id_hash(&self, id: &str) -> IdHash {
        self.keyed.id_hash(id.as_bytes())
    }

    pub fn pseudonym(&self, officer: OfficerIndex) -> Option<Pseudonym> {
        self.read().officers.get(officer as usize).map(|o| o.0)
    }

    pub fn is_provisional(&self, officer: OfficerIndex) -> bool {
        self.read().officers.get(officer as usize).is_some_and(|o| o.1)
    }

    fn lookup(&self, id: IdHash, day: i32) -> Option<Resolved> {
        self.read().lookup(id, day)
    }

    /// Whose id this is on a day; an unknown one becomes a provisional officer.
    pub(crate) fn resolve(&self, id: &str, day: i32) -> Resolved {
        let hash = self.keyed.id_hash(id.as_bytes());
        if let Some(found) = self.lookup(hash, day) {
            return found;
        }
        let mut inner = self.write();
        // Another thread may have met the same id between the two locks.
        if let Some(found) = inner.lookup(hash, day) {
            return found;
        }
        let officer = inner.add(&self.keyed, id, true);
        let gap = inner.gap(hash, officer, day);
        inner.insert(gap);
        inner.seen.push((officer, Zeroizing::new(id.to_owned())));
        Resolved { officer, always: gap.is_always() }
    }

    /// The officer of a roll row, confirmed as known; a new id becomes a confirmed officer.
    pub(crate) fn enrol(&self, id: &str, day: i32) -> OfficerIndex {
        let officer = self.resolve(id, day).officer;
        let mut inner = self.write();
        if inner.officers[officer as usize].1 {
            inner.officers[officer as usize].1 = false;
            if (officer as usize) < self.loaded {
                inner.confirmed.push(officer);
            }
        }
        officer
    }

    /// Gives an officer a further id for some days; `false` where those days already give it to another.
    pub(crate) fn add_id(&self, id: &str, officer: OfficerIndex, from_day: i32, until_day: i32) -> bool {
        let row = IdRow { id: self.keyed.id_hash(id.as_bytes()), officer, from_day, until_day };
        let mut inner = self.write();
        let clash = inner.ids.get(&row.id).and_then(|rows| rows.iter().find(|r| r.meets(&row)).copied());
        match clash {
            None => {
                inner.insert(row);
                inner.seen.push((officer, Zeroizing::new(id.to_owned())));
                true
            }
            Some(other) if other.officer == officer => true,
            Some(other) => {
                if inner.officers[other.officer as usize].1 {
                    inner.links.push((other.officer, officer));
                }
                false
            }
        }
    }

    /// Who may be whom, by the ids this import brought; `domains` are those earlier imports noticed.
    pub fn notice(&self, domains: &[String], cancel: &AtomicBool) -> Noticed {
        let inner = self.read();
        let mut noticed = Noticed { domains: inner.domains(), complete: true, ..Noticed::default() };
        let mut known: Vec<String> = domains.iter().chain(&noticed.domains).cloned().collect();
        known.sort_unstable();
        known.dedup();
        let waiting = inner.officers.iter().take(self.loaded).any(|o| o.1);
        let on_roll = inner.officers.iter().any(|o| !o.1);
        let (mut found, mut tries) = (BTreeMap::new(), 0);
        for (provisional, officer) in &inner.links {
            found.entry((*provisional, Rule::SameId)).or_insert_with(BTreeSet::new).insert(*officer);
        }
        for (officer, id) in &inner.seen {
            let provisional = inner.officers[*officer as usize].1;
            // An id on the roll is of interest to those who waited for it, any other to those on the roll.
            let anyone = if provisional { on_roll } else { waiting };
            if !anyone || cancel.load(Ordering::Relaxed) {
                continue;
            }
            let mut search = |spellings: Vec<(Rule, String)>| {
                let mut any = false;
                for (rule, spelling) in spellings {
                    let hash = self.keyed.id_hash(Zeroizing::new(spelling).as_bytes());
                    for row in inner.ids.get(&hash).into_iter().flatten() {
                        if inner.officers[row.officer as usize].1 != provisional {
                            let (p, o) =
                                if provisional { (*officer, row.officer) } else { (row.officer, *officer) };
                            any |= found.entry((p, rule)).or_insert_with(BTreeSet::new).insert(o);
                        }
                    }
                }
                any
            };
            if search(alike::spellings(id, &known)) {
                continue;
            }
            let slips = alike::slips(id);
            tries += slips.len();
            if tries > MOST_TRIES {
                noticed.complete = false;
            } else {
                search(slips);
            }
        }
        noticed.alike = weigh(found);
        noticed
    }

    /// What this import added, for the store's transaction.
    pub fn into_changes(self) -> Changes {
        let inner = self.inner.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let new = inner.officers.iter().enumerate().skip(self.loaded);
        let officers = new
            .map(|(at, o)| NewOfficer { index: at as OfficerIndex, pseudonym: o.0, provisional: o.1 })
            .collect();
        Changes { officers, ids: inner.new_ids, confirmed: inner.confirmed }
    }
}

/// One proposal for each pair, under its surest rule; a rule that points at several is less sure of each.
fn weigh(found: BTreeMap<(OfficerIndex, Rule), BTreeSet<OfficerIndex>>) -> Vec<Alike> {
    let mut best: BTreeMap<(OfficerIndex, OfficerIndex), Alike> = BTreeMap::new();
    for ((provisional, rule), officers) in found.into_iter().filter(|(_, o)| o.len() <= MOST_ALIKE) {
        let confidence = rule.confidence() / officers.len() as u8;
        for officer in officers {
            let new = Alike { provisional, officer, rule, confidence };
            let held = best.entry((provisional, officer)).or_insert(new);
            if held.confidence < confidence {
                *held = new;
            }
        }
    }
    best.into_values().collect()
}

impl Inner {
    fn lookup(&self, id: IdHash, day: i32) -> Option<Resolved> {
        let rows = self.ids.get(&id)?;
        let row = rows.iter().filter(|r| r.holds(day)).max_by_key(|r| r.from_day)?;
        Some(Resolved { officer: row.officer, always: row.is_always() && rows.len() == 1 })
    }

    /// Mail domains that many of the roll's new ids share.
    fn domains(&self) -> Vec<String> {
        let on_roll = self.seen.iter().filter(|(officer, _)| !self.officers[*officer as usize].1);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for domain in on_roll.filter_map(|(_, id)| id.split_once('@')).map(|(_, domain)| domain) {
            *counts.entry(domain).or_default() += 1;
        }
        let shared = counts.into_iter().filter(|(_, n)| *n >= SHARED_DOMAIN);
        shared.take(MOST_DOMAINS).map(|(domain, _)| domain.to_owned()).collect()
    }

    fn insert(&mut self, row: IdRow) {
        self.ids.entry(row.id).or_default().push(row);
        self.new_ids.push(row);
    }

    /// A new officer; a pseudonym that another id already has is stepped past.
    fn add(&mut self, keyed: &Keyed, id: &str, provisional: bool) -> OfficerIndex {
        let free = (0..u32::MAX)
            .map(|n| keyed.pseudonym(id.as_bytes(), n))
            .find(|p| !self.taken.contains(&p.bits()));
        let pseudonym = free.expect("40 bits hold more officers than the index has numbers");
        self.taken.insert(pseudonym.bits());
        self.officers.push((pseudonym, provisional));
        self.officers.len() as OfficerIndex - 1
    }

    /// The days around `day` on which nobody else has the id: always, where nobody ever has.
    fn gap(&self, id: IdHash, officer: OfficerIndex, day: i32) -> IdRow {
        let mut row = IdRow::always(id, officer);
        for other in self.ids.get(&id).into_iter().flatten() {
            if other.until_day < day {
                row.from_day = row.from_day.max(other.until_day + 1);
            }
            if other.from_day > day {
                row.until_day = row.until_day.min(other.from_day - 1);
            }
        }
        row
    }
}
