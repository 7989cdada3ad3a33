//! The people of the force as a colleague knows them, for the motivated-intruder test.

use crate::{Error, oversight};
use jiff::tz::TimeZone;
use model::{OfficerIndex, PARTITIONS, SourceKind};
use packs::fit::Colleague;
use std::collections::BTreeMap;
use store::Read;

/// Bits of cited days and of cited months.
struct Cited {
    days: BTreeMap<i32, u32>,
    months: BTreeMap<(i16, i8), u32>,
    zone: TimeZone,
}

impl Cited {
    fn new(days: impl Iterator<Item = i32>, zone: TimeZone) -> Self {
        let mut cited = Self { days: BTreeMap::new(), months: BTreeMap::new(), zone };
        for day in days {
            let (d, m) = (cited.days.len(), cited.months.len());
            cited.days.entry(day).or_insert(d as u32);
            cited.months.entry(month(day)).or_insert(m as u32);
        }
        cited
    }

    fn mark(&self, at: i64, who: &mut Colleague) {
        let day = model::time::day_of(at, &self.zone);
        if let Some(bit) = self.days.get(&day) {
            who.days.insert(*bit);
        }
        if let Some(bit) = self.months.get(&month(day)) {
            who.months.insert(*bit);
        }
    }
}

fn month(day: i32) -> (i16, i8) {
    let date = model::time::date(day);
    (date.year(), date.month())
}

/// Everybody, in order of their numbers, by what the roll and the roster say.
pub(super) fn gather<R: Read>(
    reader: &R,
    cited: impl Iterator<Item = i32>,
    zone: TimeZone,
    day: i32,
) -> Result<Vec<Colleague>, Error> {
    let count = store::officers::next_index(reader)? as usize;
    let mut people = vec![Colleague::default(); count];
    let cited = Cited::new(cited, zone);
    for partition in 0..PARTITIONS {
        for segment in store::segments::of_partition(reader, SourceKind::Officers, partition)? {
            let table = store::segment::decode(&segment.bytes, SourceKind::Officers)?;
            let word = |name: &str, row: usize| table.words(name).map_or("", |w| w.get(row)).to_owned();
            for (row, officer) in table.officers.iter().enumerate() {
                let Some(who) = people.get_mut(*officer as usize) else { continue };
                who.rank_band = detect::rank_band(&word("rank", row)).to_owned();
                who.shift_pattern = word("shift_pattern", row);
                let joined = table.dates("joined").get(row).copied().unwrap_or(model::NO_DATE);
                who.service_band = detect::service_band(joined, day).to_owned();
            }
        }
        for segment in store::segments::of_partition(reader, SourceKind::Duties, partition)? {
            let wanted = ["start", "kind"];
            let table = store::segment::decode_columns(&segment.bytes, SourceKind::Duties, &wanted)?;
            let kinds = table.words("kind");
            for (row, officer) in table.officers.iter().enumerate() {
                let off = matches!(kinds.map_or("", |w| w.get(row)), "rest" | "leave");
                if let (false, Some(who)) = (off, people.get_mut(*officer as usize)) {
                    cited.mark(table.instants("start")[row], who);
                }
            }
        }
        // Paid work on a day off is known as well.
        for segment in store::segments::of_partition(reader, SourceKind::Overtime, partition)? {
            let wanted = ["worked_start"];
            let table = store::segment::decode_columns(&segment.bytes, SourceKind::Overtime, &wanted)?;
            for (officer, at) in table.officers.iter().zip(table.instants("worked_start")) {
                if let (true, Some(who)) = (*at != model::NO_INSTANT, people.get_mut(*officer as usize)) {
                    cited.mark(*at, who);
                }
            }
        }
    }
    let hours = oversight::hours(reader)?;
    for officer in store::officers::all(reader)? {
        let worked = hours.get(&officer.pseudonym.to_string());
        if let (Some(worked), Some(who)) = (worked, people.get_mut(officer.index as usize)) {
            who.duty_hours = packs::redact::duty_hours(*worked as u64);
        }
    }
    Ok(people)
}

/// Without those the roll and the roster know nothing of: nobody could take them for the officer.
pub(super) fn known(mut people: Vec<Colleague>) -> Vec<Colleague> {
    people.retain(|p| *p != Colleague::default());
    people
}

/// The same for one officer of the store.
pub(super) fn of(people: &[Colleague], officer: OfficerIndex) -> Colleague {
    people.get(officer as usize).cloned().unwrap_or_default()
}
