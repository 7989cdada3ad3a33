//! One value of a row, before it becomes text in an export or an entry of a column.

/// A value; people, units and sites by their number on the roll, times on the wall clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    Blank,
    Word(&'static str),
    Day(i32),
    /// Minutes since 1970 on the wall clock.
    Minute(i64),
    /// A minute and a second of it.
    Second(i64, u8),
    /// A time of day, as a text.
    Clock(i64),
    /// Thousandths.
    Milli(i64),
    Staff(u32),
    Login(u32),
    Forename(u32),
    Surname(u32),
    Contact(u32),
    Unit(u32),
    Site(u32),
    Code(Code),
    /// A reason that names a colleague.
    SwapWith(u32),
}

impl Cell {
    /// A whole number.
    pub fn whole(number: i64) -> Cell {
        Cell::Milli(number * 1_000)
    }

    /// A day, or nothing.
    pub fn day(day: Option<i32>) -> Cell {
        day.map_or(Cell::Blank, Cell::Day)
    }

    /// A member, or nobody.
    pub fn staff(member: Option<usize>) -> Cell {
        member.map_or(Cell::Blank, |index| Cell::Staff(index as u32))
    }
}

/// The number of a record, case, incident, claim or matter: a letter and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(u64);

impl Code {
    /// A letter for the kind and a number below 2^56.
    pub fn new(letter: u8, number: u64) -> Code {
        Code(u64::from(letter) << 56 | number & ((1 << 56) - 1))
    }
    pub fn letter(self) -> u8 {
        (self.0 >> 56) as u8
    }
    pub fn number(self) -> u64 {
        self.0 & ((1 << 56) - 1)
    }
    /// Stands in for the keyed token; never 0.
    pub fn token(self) -> u64 {
        crate::rng::mix(self.0).max(1)
    }
}
