//! Rows of linked codes, given to the officer they belong to for as long as the link stands.

use crate::Error;
use crate::jobs::Progress;
use crate::rows::select;
use model::{Column, ImportId, OfficerIndex, PARTITIONS, SourceKind, SourceSchema, Table};
use std::collections::{BTreeMap, BTreeSet};
use store::Read;

/// Every link in force, and the rows that move from one partition to another because of it.
#[derive(Default)]
pub(crate) struct Linked {
    to: BTreeMap<OfficerIndex, OfficerIndex>,
    moved: BTreeMap<(SourceKind, u32), Vec<(ImportId, Table)>>,
}

impl Linked {
    /// Reads the rows of linked codes; the segments themselves are never changed, so a link can be undone.
    pub fn load<R: Read>(reader: &R, progress: &Progress) -> Result<Linked, Error> {
        let mut linked = Linked { to: super::linked(reader)?, ..Linked::default() };
        let partitions: BTreeSet<u32> = linked.to.keys().map(|p| p % PARTITIONS).collect();
        for kind in SourceKind::ALL.iter().filter(|k| !SourceSchema::of(**k).audit_only) {
            for partition in &partitions {
                progress.check()?;
                for segment in store::segments::of_partition(reader, *kind, *partition)? {
                    let table = store::segment::decode(&segment.bytes, *kind)?;
                    linked.gather(segment.place.import, &table);
                }
            }
        }
        Ok(linked)
    }

    fn gather(&mut self, import: ImportId, table: &Table) {
        let targets: BTreeSet<u32> =
            table.officers.iter().filter_map(|o| self.to.get(o)).map(|o| o % PARTITIONS).collect();
        for target in targets {
            let moves = |o: &OfficerIndex| self.to.get(o).is_some_and(|to| to % PARTITIONS == target);
            let keep: Vec<bool> = table.officers.iter().map(moves).collect();
            let mut rows = select(table, &keep);
            self.rename(&mut rows);
            self.moved.entry((table.kind, target)).or_default().push((import, rows));
        }
    }

    /// Puts the officer in the place of every code linked to them.
    fn rename(&self, table: &mut Table) {
        let rename = |officer: &mut OfficerIndex| {
            if let Some(to) = self.to.get(officer) {
                *officer = *to;
            }
        };
        table.officers.iter_mut().for_each(rename);
        for column in &mut table.columns {
            if let Column::Person(people) = column {
                people.iter_mut().for_each(rename);
            }
        }
    }

    /// What a partition holds once the links are followed.
    pub fn follow(
        &self,
        kind: SourceKind,
        partition: u32,
        tables: Vec<(ImportId, Table)>,
    ) -> Vec<(ImportId, Table)> {
        if self.to.is_empty() {
            return tables;
        }
        let own = tables.into_iter().map(|(import, table)| {
            let keep: Vec<bool> = table.officers.iter().map(|o| !self.to.contains_key(o)).collect();
            let mut table = if keep.contains(&false) { select(&table, &keep) } else { table };
            self.rename(&mut table);
            (import, table)
        });
        own.chain(self.moved.get(&(kind, partition)).into_iter().flatten().cloned()).collect()
    }
}
