//! What a ledger shows once its entries are counted: who asks for names and to what end, wording used again, settings
//! changed, things given out, failed attempts. One reading for a ledger pack and for the open store.

use crate::exchange::{self, seconds};
use crate::session::Session;
use crate::{Error, entries, wording};
use contract::{EntryView, LedNowhere, LedgerPatterns, ReusedText, UnmaskingsBy};
use ledger::{Kind, Leaf};
use packs::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of the shortest wording that counts: less repeats by nature.
const LONG_ENOUGH: usize = 30;
/// Most entries of settings, exports and failed attempts that are listed.
const MOST_WATCHED: usize = 50;
/// Most weeks that are counted; a clock set far ahead once must not make a million of them.
const MOST_WEEKS: i64 = 520;
const WEEK_SECONDS: i64 = 7 * 86_400;

fn is_unmasking(leaf: &Leaf) -> bool {
    matches!(leaf.kind, Kind::UnmaskRecorded | Kind::UnmaskRequested)
}

fn is_watched(leaf: &Leaf) -> bool {
    matches!(
        leaf.kind,
        Kind::Configuration
            | Kind::Export
            | Kind::Disclosure
            | Kind::AttemptFailed
            | Kind::ClockBackwards
            | Kind::StoreRestored
    )
}

/// The patterns of the open store. What waits for this member's second look is left out, as in the list of entries.
pub(crate) fn get(session: &Session) -> Result<LedgerPatterns, Error> {
    let reader = session.reader();
    let waiting = entries::waiting(session, &*reader)?;
    let leaves = entries::all_leaves(&*reader)?;
    let mut leaves = leaves.iter().map(|bytes| Ok(Leaf::parse(bytes)?)).collect::<Result<Vec<_>, Error>>()?;
    leaves.retain(|leaf| !entries::is_blind(leaf, &waiting));
    of(&leaves, &exchange::ledger::texts(&*reader)?)
}

/// The patterns of entries, oldest first, with the texts behind them.
pub(crate) fn of(leaves: &[Leaf], texts: &[Text]) -> Result<LedgerPatterns, Error> {
    let unmaskings: Vec<&Leaf> = leaves.iter().filter(|l| is_unmasking(l)).collect();
    let ends = ends(leaves);
    let reviewers = reviewers(&unmaskings, &ends);
    let ended: Vec<(u64, u64)> =
        reviewers.iter().map(|r| (u64::from(r.nowhere), u64::from(r.decided))).collect();
    let nowhere = unmaskings.iter().filter(|leaf| end_of(leaf, &ends) == Some(true));
    let watched = leaves.iter().rev().filter(|l| is_watched(l));
    Ok(LedgerPatterns {
        by_chance: detect::stats::chance::apart(&ended),
        weeks: weeks(leaves, &unmaskings),
        reused: reused(&unmaskings, texts)?,
        nowhere: nowhere
            .map(|l| LedNowhere { entry: l.seq as u32, lead: l.lead.clone().unwrap_or_default() })
            .collect(),
        watched_in_all: watched.clone().count() as u32,
        watched: watched
            .take(MOST_WATCHED)
            .map(|leaf| wording::view(leaf, None))
            .collect::<Result<Vec<EntryView>, _>>()?,
        reviewers,
    })
}

/// The leads whose decision stands, and whether it was to do nothing.
fn ends(leaves: &[Leaf]) -> BTreeMap<&str, bool> {
    let mut ends = BTreeMap::new();
    for leaf in leaves.iter().filter(|l| l.kind == Kind::Decision) {
        let Some(lead) = leaf.lead.as_deref() else { continue };
        let says = |key: &str| leaf.details.get(key);
        // A second look leaves the first decision standing.
        if says("second_look").is_some() {
            continue;
        }
        if says("undone").or(says("reopened")).is_some() {
            ends.remove(lead);
        }
        if let Some(outcome) = says("outcome").and_then(|v| v.as_str()) {
            ends.insert(lead, matches!(outcome, "no_further_action" | "data_error"));
        }
    }
    ends
}

fn end_of(leaf: &Leaf, ends: &BTreeMap<&str, bool>) -> Option<bool> {
    ends.get(leaf.lead.as_deref()?).copied()
}

/// Unmaskings by person, most first.
fn reviewers(unmaskings: &[&Leaf], ends: &BTreeMap<&str, bool>) -> Vec<UnmaskingsBy> {
    let mut tally: BTreeMap<&str, UnmaskingsBy> = BTreeMap::new();
    for leaf in unmaskings {
        let empty = || UnmaskingsBy { by: leaf.by.clone(), unmaskings: 0, decided: 0, nowhere: 0 };
        let row = tally.entry(&leaf.by).or_insert_with(empty);
        let end = end_of(leaf, ends);
        row.unmaskings += 1;
        row.decided += u32::from(end.is_some());
        row.nowhere += u32::from(end == Some(true));
    }
    let mut rows: Vec<UnmaskingsBy> = tally.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.unmaskings));
    rows
}

/// Unmaskings by week, from the first entry to the last.
fn weeks(leaves: &[Leaf], unmaskings: &[&Leaf]) -> Vec<u32> {
    let week = |leaf: &Leaf| seconds(&leaf.at).map(|at| at.div_euclid(WEEK_SECONDS));
    let (Some(first), Some(last)) =
        (leaves.iter().filter_map(week).min(), leaves.iter().filter_map(week).max())
    else {
        return Vec::new();
    };
    let first = first.max(last - MOST_WEEKS + 1);
    let mut counts = vec![0; (last - first + 1) as usize];
    for at in unmaskings.iter().filter_map(|leaf| week(leaf)).filter(|at| *at >= first) {
        counts[(at - first) as usize] += 1;
    }
    counts
}

/// The same long wording in several justifications, whatever its case and marks.
fn reused(unmaskings: &[&Leaf], texts: &[Text]) -> Result<Vec<ReusedText>, Error> {
    let texts: BTreeMap<u64, &str> = texts.iter().map(|t| (t.entry, t.text.as_str())).collect();
    let mut seen: BTreeMap<String, (String, BTreeSet<u32>)> = BTreeMap::new();
    for leaf in unmaskings {
        for fact in wording::view(leaf, texts.get(&leaf.seq).copied())?.text {
            let letters = fact.value.to_lowercase();
            let words = letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let key = words.collect::<Vec<_>>().join(" ");
            if key.chars().count() >= LONG_ENOUGH {
                seen.entry(key).or_insert((fact.value, BTreeSet::new())).1.insert(leaf.seq as u32);
            }
        }
    }
    let again = seen.into_values().filter(|(_, entries)| entries.len() > 1);
    Ok(again.map(|(text, entries)| ReusedText { text, entries: entries.into_iter().collect() }).collect())
}

#[cfg(test)]
mod tests;
