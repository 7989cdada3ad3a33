//! One walk over all entries of a ledger: form, numbers, store, times, and the tree over them.

use crate::{Check, Hash, Kind, Leaf, LeafError, Memory, leaf_hash};
use std::{collections::HashSet, fmt};

/// What the walk found, and the tree it built.
#[derive(Debug, Clone)]
pub struct Report {
    /// Each finding in words.
    pub checks: Vec<Check>,
    /// The tree over the entries as they are, for comparing roots at any size.
    pub tree: Memory,
}

impl Report {
    /// The number of entries walked over.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The root recomputed from the entries.
    pub fn root(&self) -> Hash {
        self.tree.root_at(self.tree.size()).expect("a tree has a root at its own size")
    }
}

/// How many places of a kind are listed one by one.
const LISTED: usize = 5;

#[derive(Default)]
struct Places {
    count: u64,
    first: Vec<u64>,
}

impl Places {
    fn add(&mut self, place: u64) {
        self.count += 1;
        if self.first.len() < LISTED {
            self.first.push(place);
        }
    }

    fn any(&self) -> bool {
        self.count > 0
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed: Vec<String> = self.first.iter().map(u64::to_string).collect();
        write!(f, "{} at {}", if self.count == 1 { "entry" } else { "entries" }, listed.join(", "))?;
        let more = self.count - self.first.len() as u64;
        if more > 0 { write!(f, " and {more} more") } else { Ok(()) }
    }
}

#[derive(Default)]
struct Walk {
    unreadable: Places,
    first_error: Option<LeafError>,
    misnumbered: Places,
    foreign: Places,
    backwards: Places,
    silent_backwards: Places,
    unexplained: Places,
    justified: HashSet<String>,
    last_at: String,
    first: Option<Kind>,
}

impl Walk {
    fn step(&mut self, place: u64, store: &str, bytes: &[u8]) {
        match Leaf::parse(bytes) {
            Ok(leaf) => self.read(place, store, leaf),
            Err(error) => {
                self.unreadable.add(place);
                self.first_error.get_or_insert(error);
            }
        }
    }

    fn read(&mut self, place: u64, store: &str, leaf: Leaf) {
        if leaf.seq != place {
            self.misnumbered.add(place);
        }
        if leaf.store != store {
            self.foreign.add(place);
        }
        if place == 0 {
            self.first = Some(leaf.kind);
        }
        // Both are of the one form YYYY-MM-DDTHH:MM:SSZ, so text order is time order.
        if leaf.at < self.last_at {
            if leaf.kind == Kind::ClockBackwards { &mut self.backwards } else { &mut self.silent_backwards }
                .add(place);
        }
        self.last_at = leaf.at;
        match (leaf.kind, leaf.officer) {
            (Kind::UnmaskRecorded | Kind::UnmaskGranted, Some(officer)) => {
                self.justified.insert(officer);
            }
            (Kind::UnmaskRevealed, officer)
                if officer.as_ref().is_none_or(|o| !self.justified.contains(o)) =>
            {
                self.unexplained.add(place);
            }
            _ => {}
        }
    }

    fn checks(&self, store: &str, size: u64) -> Vec<Check> {
        let mut checks = vec![self.numbers(size), self.form(), self.store(store)];
        match self.first {
            Some(Kind::StoreCreated) => {}
            _ if size == 0 => {}
            _ => checks.push(Check::look("The ledger does not begin with the making of its store", "")),
        }
        if self.silent_backwards.any() || self.backwards.any() {
            let detail = [("unmarked", &self.silent_backwards), ("marked as such", &self.backwards)]
                .iter()
                .filter(|(_, places)| places.any())
                .map(|(name, places)| format!("{name}: {places}"))
                .collect::<Vec<_>>()
                .join("; ");
            checks.push(Check::look(
                "The clock ran backwards; order comes from the numbers, not the times",
                detail,
            ));
        } else {
            checks.push(Check::proved("No time lies before the time of the entry before it", ""));
        }
        if self.unexplained.any() {
            checks.push(Check::look(
                "A name was shown without an earlier justification for that officer",
                self.unexplained.to_string(),
            ));
        }
        checks
    }

    fn numbers(&self, size: u64) -> Check {
        if self.misnumbered.any() || self.unreadable.any() {
            return Check::failed(
                "The entries are not numbered one after the other from 0",
                format!("{size} entries; wrong or unreadable: {}", self.first_wrong()),
            );
        }
        match size {
            0 => Check::look("There are no entries", ""),
            1 => Check::proved("1 entry, numbered 0", ""),
            _ => Check::proved(format!("{size} entries, numbered 0 to {}, none missing", size - 1), ""),
        }
    }

    fn first_wrong(&self) -> &Places {
        if self.misnumbered.any() { &self.misnumbered } else { &self.unreadable }
    }

    fn form(&self) -> Check {
        match self.first_error {
            None => Check::proved("Each entry is in the one form the ledger allows", ""),
            Some(error) => {
                Check::failed("Some entries cannot be read", format!("{}; first: {error}", self.unreadable))
            }
        }
    }

    fn store(&self, store: &str) -> Check {
        if self.foreign.any() {
            Check::failed("Some entries belong to another store", self.foreign.to_string())
        } else {
            Check::proved("Each entry names this store", format!("store {store}"))
        }
    }
}

/// Walks over the canonical bytes of all entries, from 0, of the ledger of `store`.
///
/// Never stops early: a ledger with a broken entry still gets its root and the rest of its findings.
pub fn fsck<B: AsRef<[u8]>>(store: &str, leaves: impl IntoIterator<Item = B>) -> Report {
    let (mut walk, mut tree) = (Walk::default(), Memory::new());
    for bytes in leaves {
        walk.step(tree.size(), store, bytes.as_ref());
        tree.push(leaf_hash(bytes.as_ref()));
    }
    Report { checks: walk.checks(store, tree.size()), tree }
}
