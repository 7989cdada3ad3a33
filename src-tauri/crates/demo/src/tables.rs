//! The same rows as import would leave them: typed, pseudonymous columns of one partition, without a file in between.

use crate::calendar::{Calendar, DAY};
use crate::cell::Cell;
use crate::presence::site_name;
use crate::roll::Roll;
use crate::rows::Rows;
use model::{
    Column, FieldRole, NO_DATE, NO_INSTANT, NO_NUMBER, NO_OFFICER, OfficerIndex, PARTITIONS, SourceKind,
    SourceSchema, Table,
};
use std::ops::Range;

/// Members for each partition below which a force has fewer than the full number.
const SMALLEST_PARTITION: usize = 100;
/// Row numbers of one partition begin this far apart, so that no two rows of a kind share one.
const ROWS_PER_PARTITION: u32 = 1 << 26;

/// Which members' rows lie in which partition. Members who sit together lie together, so a partition is made from few
/// units; the officer index still tells the partition by its remainder.
#[derive(Debug, Clone, Copy)]
pub struct Split {
    pub members: usize,
    pub partitions: usize,
}

impl Split {
    pub fn new(members: usize) -> Split {
        Split { members, partitions: (members / SMALLEST_PARTITION).clamp(1, PARTITIONS as usize) }
    }

    /// First members of each partition are the remainders' share: partition p holds the indices p, p + n, p + 2n.
    fn start(self, partition: usize) -> usize {
        let (each, more) = (self.members / self.partitions, self.members % self.partitions);
        partition * each + partition.min(more)
    }

    /// The members of a partition, in roll order.
    pub fn range(self, partition: usize) -> Range<usize> {
        self.start(partition)..self.start(partition + 1)
    }

    /// The member of an officer index.
    pub fn member(self, officer: OfficerIndex) -> usize {
        self.start(officer as usize % self.partitions) + officer as usize / self.partitions
    }

    /// Officer index of a member.
    pub fn officer(self, member: usize) -> OfficerIndex {
        let (each, more) = (self.members / self.partitions, self.members % self.partitions);
        let long = (each + 1) * more;
        let partition = if member < long { member / (each + 1) } else { more + (member - long) / each };
        (partition + (member - self.start(partition)) * self.partitions) as OfficerIndex
    }
}

/// Where the cells of one export column go.
#[derive(Clone, Copy)]
enum Target {
    Officer,
    Nowhere,
    Column(usize),
}

/// Collects one kind's rows of one partition.
struct Builder<'a> {
    table: Table,
    targets: Vec<Target>,
    /// For each column, where its ends of whole days belong: the next midnight or this one.
    ends: Vec<bool>,
    /// Stored columns that the export does not have.
    left_out: Vec<usize>,
    /// Fixed words met in each column and their codes.
    seen: Vec<Vec<(&'static str, u32)>>,
    roll: &'a Roll,
    calendar: &'a Calendar,
    split: Split,
    first_row: u32,
}

impl<'a> Builder<'a> {
    fn new(
        kind: SourceKind,
        roll: &'a Roll,
        calendar: &'a Calendar,
        split: Split,
        partition: usize,
    ) -> Builder<'a> {
        let schema = SourceSchema::of(kind);
        let columns = crate::layout::Layout::of(kind).columns;
        let target = |name: &str| match schema.field(name).map(|field| field.role) {
            Some(FieldRole::Officer) => Target::Officer,
            _ => schema.stored().position(|f| f.name == name).map_or(Target::Nowhere, Target::Column),
        };
        let exported = |name: &str| columns.iter().any(|(field, _)| *field == name);
        let left_out = schema.stored().enumerate().filter(|(_, f)| !exported(&f.name)).map(|(at, _)| at);
        Builder {
            table: Table::new(kind),
            left_out: left_out.collect(),
            targets: columns.iter().map(|(name, _)| target(name)).collect(),
            ends: columns.iter().map(|(name, _)| schema.end.as_deref() == Some(name)).collect(),
            seen: columns.iter().map(|_| Vec::new()).collect(),
            roll,
            calendar,
            split,
            first_row: partition as u32 * ROWS_PER_PARTITION,
        }
    }

    /// Adds a row if it is about a member of the range.
    fn add(&mut self, cells: &[Cell], range: &Range<usize>) {
        let about = self.targets.iter().zip(cells).find_map(|(target, cell)| match (target, cell) {
            (Target::Officer, Cell::Staff(index) | Cell::Login(index)) => Some(*index as usize),
            _ => None,
        });
        let Some(member) = about.filter(|member| range.contains(member)) else { return };
        self.table.rows.push(self.first_row + self.table.officers.len() as u32);
        self.table.officers.push(self.split.officer(member));
        for (place, cell) in cells.iter().enumerate() {
            if let Target::Column(at) = self.targets[place] {
                self.put(place, at, *cell);
            }
        }
        for at in &self.left_out {
            self.table.columns[*at].push_absent();
        }
    }

    fn put(&mut self, place: usize, at: usize, cell: Cell) {
        let (calendar, split, end) = (self.calendar, self.split, self.ends[place]);
        match &mut self.table.columns[at] {
            Column::Instant(column) => column.push(match cell {
                Cell::Minute(minute) => calendar.utc(minute, 0),
                Cell::Second(minute, second) => calendar.utc(minute, second),
                Cell::Day(day) => calendar.utc((i64::from(day) + i64::from(end)) * DAY, 0),
                _ => NO_INSTANT,
            }),
            Column::Date(column) => column.push(match cell {
                Cell::Day(day) => day,
                _ => NO_DATE,
            }),
            Column::Number(column) => column.push(match cell {
                Cell::Milli(value) => value,
                _ => NO_NUMBER,
            }),
            Column::Token(column) => column.push(match cell {
                Cell::Code(code) => code.token(),
                _ => 0,
            }),
            Column::Person(column) => column.push(match cell {
                Cell::Staff(index) | Cell::Login(index) => split.officer(index as usize),
                _ => NO_OFFICER,
            }),
            Column::Words(words) => {
                let seen = &mut self.seen[place];
                let same =
                    |(word, _): &&(&'static str, u32), wanted: &'static str| std::ptr::eq(*word, wanted);
                let code = match cell {
                    Cell::Blank => 0,
                    Cell::Word(word) => match seen.iter().find(|entry| same(entry, word)) {
                        Some((_, code)) => *code,
                        None => {
                            let code = words.intern(word);
                            seen.push((word, code));
                            code
                        }
                    },
                    other => words.intern(&shown(other, self.roll)),
                };
                words.codes.push(code);
            }
        }
    }
}

/// A short text that is made for the row, as import would leave it.
fn shown(cell: Cell, roll: &Roll) -> String {
    match cell {
        Cell::Unit(number) => roll.units[number as usize].name.clone(),
        Cell::Site(number) => site_name(number as usize),
        Cell::Clock(minute) => format!("{:02}:{:02}", minute.rem_euclid(DAY) / 60, minute.rem_euclid(60)),
        Cell::Milli(value) => format!("{}", value as f64 / 1_000.0),
        Cell::SwapWith(_) => "swap with [officer]".to_owned(),
        _ => String::new(),
    }
}

/// Puts units' rows into the tables of one partition, one for each kind.
pub struct Tables<'a> {
    builders: Vec<Builder<'a>>,
    range: Range<usize>,
}

impl<'a> Tables<'a> {
    pub fn new(roll: &'a Roll, calendar: &'a Calendar, split: Split, partition: usize) -> Tables<'a> {
        let builder = |kind: &SourceKind| Builder::new(*kind, roll, calendar, split, partition);
        Tables { builders: SourceKind::ALL.iter().map(builder).collect(), range: split.range(partition) }
    }

    pub fn add(&mut self, rows: &Rows) {
        for builder in &mut self.builders {
            for cells in rows.lot(builder.table.kind).rows() {
                builder.add(cells, &self.range);
            }
        }
    }

    pub fn finish(self) -> Vec<Table> {
        self.builders.into_iter().map(|builder| builder.table).collect()
    }
}
