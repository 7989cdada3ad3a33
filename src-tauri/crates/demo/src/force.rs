//! A force in memory: tables of a partition made when they are asked for, files when they are wanted.

use crate::label::Label;
use crate::tables::{Split, Tables};
use crate::world::World;
use crate::{Made, MakeError, Plan, files, gate, label, unit};
use model::{Gate, OfficerIndex, Pseudonym, SourceKind, Table};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Partitions kept: an analysis asks for one kind after the other of as many partitions as it has threads.
const KEPT: usize = 4;

type Slot = Arc<OnceLock<Vec<Table>>>;

/// A made-up force; its rows are made anew from the seed whenever they are asked for.
pub struct Force {
    world: World,
    split: Split,
    labels: Vec<Label>,
    recent: Mutex<VecDeque<(u32, Slot)>>,
}

impl Force {
    /// Sets up the people and chooses who does what.
    pub fn make(plan: &Plan) -> Result<Force, MakeError> {
        plan.check()?;
        let world = World::make(plan);
        let split = Split::new(world.roll.members.len());
        let labels = label::labels(&world, |member| split.officer(member));
        Ok(Force { world, split, labels, recent: Mutex::default() })
    }

    /// Number of members; officer indices run from 0 up to it.
    pub fn officers(&self) -> u32 {
        self.split.members as u32
    }

    /// Number of partitions; an officer's rows are all in partition `index % partitions`.
    pub fn partitions(&self) -> u32 {
        self.split.partitions as u32
    }

    /// A code for each officer index, all different.
    pub fn pseudonyms(&self) -> Vec<Pseudonym> {
        // Multiplying by an odd number turns 40 bits into 40 bits and back.
        let code = |index: u32| Pseudonym::from_bits((u64::from(index) + 1).wrapping_mul(0x9E_3779_B97F));
        (0..self.officers()).map(code).collect()
    }

    /// Staff number of an officer.
    pub fn staff_number(&self, officer: OfficerIndex) -> Option<&str> {
        self.world.roll.members.get(self.split.member(officer)).map(|member| member.id.as_str())
    }

    /// What was planted in whom, and who only looks it.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// A gate filled in for a made-up force.
    pub fn gate(&self) -> Gate {
        gate::gate(&self.world.calendar)
    }

    /// The rows of one kind in one partition, as import would leave them: presence off duty and unknown ids left out.
    pub fn table(&self, kind: SourceKind, partition: u32) -> Table {
        let slot = self.slot(partition);
        let tables = slot.get_or_init(|| self.partition(partition));
        tables.iter().find(|table| table.kind == kind).cloned().unwrap_or_else(|| Table::new(kind))
    }

    /// Every kind's rows in one partition, not kept.
    pub fn partition(&self, partition: u32) -> Vec<Table> {
        let members = self.split.range(partition as usize);
        let (roll, calendar) = (&self.world.roll, &self.world.calendar);
        let mut tables = Tables::new(roll, calendar, self.split, partition as usize);
        for (number, unit) in roll.units.iter().enumerate() {
            if unit.members.start < members.end && members.start < unit.members.end {
                tables.add(&unit::make(number, &self.world, false));
            }
        }
        tables.finish()
    }

    fn slot(&self, partition: u32) -> Slot {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, slot)) = recent.iter().find(|(number, _)| *number == partition) {
            return Arc::clone(slot);
        }
        let slot = Slot::default();
        recent.push_back((partition, Arc::clone(&slot)));
        if recent.len() > KEPT {
            recent.pop_front();
        }
        slot
    }

    /// Writes the exports, `labels.json` and `gate.toml` into a folder, which is created.
    pub fn write(&self, dir: &Path) -> Result<Made, MakeError> {
        std::fs::create_dir_all(dir)?;
        let files = files::write(&self.world, dir)?;
        std::fs::write(dir.join("labels.json"), serde_json::to_string_pretty(&self.labels)?)?;
        std::fs::write(dir.join("gate.toml"), gate::toml(&self.gate()))?;
        Ok(Made { files, labels: self.labels.clone(), gate: self.gate() })
    }
}
