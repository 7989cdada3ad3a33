//! Cells as exports write them. By hand into a buffer: tens of millions of rows pass here, and no made-up text needs
//! quoting.

use crate::calendar::{Calendar, day_of};
use crate::cell::{Cell, Code};
use crate::layout::{Encoding, Layout};
use crate::presence::site_name;
use crate::roll::Roll;

/// Writes rows of one layout.
pub struct Text<'a> {
    pub layout: &'static Layout,
    pub roll: &'a Roll,
    pub calendar: &'a Calendar,
}

impl Text<'_> {
    /// The first bytes of a file: a mark where the encoding has one, and the header.
    pub fn header(&self, out: &mut Vec<u8>) {
        if self.layout.encoding == Encoding::Utf8Bom {
            out.extend_from_slice("\u{FEFF}".as_bytes());
        }
        let headers: Vec<&str> = self.layout.columns.iter().map(|(_, header)| *header).collect();
        out.extend_from_slice(
            headers.join(char::from(self.layout.delimiter).to_string().as_str()).as_bytes(),
        );
        out.push(b'\n');
    }

    /// One row and its line end.
    pub fn row(&self, out: &mut Vec<u8>, cells: &[Cell]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                out.push(self.layout.delimiter);
            }
            self.cell(out, *cell);
        }
        out.push(b'\n');
    }

    fn cell(&self, out: &mut Vec<u8>, cell: Cell) {
        let member = |index: u32| &self.roll.members[index as usize];
        match cell {
            Cell::Blank => {}
            Cell::Word(word) => self.text(out, word),
            Cell::Day(day) => self.day(out, day),
            Cell::Minute(minute) => self.minute(out, minute),
            Cell::Second(minute, second) => {
                self.minute(out, minute);
                out.push(b':');
                two(out, i64::from(second));
            }
            Cell::Clock(minute) => clock(out, minute),
            Cell::Milli(value) => milli(out, value),
            Cell::Staff(index) => self.text(out, &member(index).id),
            Cell::Login(index) => self.text(out, &member(index).login),
            Cell::Forename(index) => self.text(out, member(index).forename),
            Cell::Surname(index) => self.text(out, &member(index).surname),
            Cell::Contact(index) => {
                self.text(out, &member(index).login);
                self.text(out, "@force.example");
            }
            Cell::Unit(number) => self.text(out, &self.roll.units[number as usize].name),
            Cell::Site(number) => self.text(out, &site_name(number as usize)),
            Cell::Code(number) => code(out, number),
            Cell::SwapWith(index) => {
                self.text(out, "swap with ");
                self.text(out, member(index).forename);
                self.text(out, " ");
                self.text(out, &member(index).surname);
            }
        }
    }

    fn text(&self, out: &mut Vec<u8>, text: &str) {
        debug_assert!(!text.contains([char::from(self.layout.delimiter), '"', '\n']), "{text} needs quoting");
        match self.layout.encoding {
            Encoding::Windows1252 => {
                out.extend(text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')))
            }
            Encoding::Utf8 | Encoding::Utf8Bom => out.extend_from_slice(text.as_bytes()),
        }
    }

    fn day(&self, out: &mut Vec<u8>, day: i32) {
        let known = self.calendar.knows(day);
        let text = match (known, self.layout.day_first) {
            (true, true) => self.calendar.uk(day),
            (true, false) => self.calendar.iso(day),
            (false, day_first) => {
                let form = if day_first { "%d/%m/%Y" } else { "%Y-%m-%d" };
                return out.extend_from_slice(model::time::date(day).strftime(form).to_string().as_bytes());
            }
        };
        out.extend_from_slice(text.as_bytes());
    }

    fn minute(&self, out: &mut Vec<u8>, minute: i64) {
        let minute = self.calendar.settle(minute);
        self.day(out, day_of(minute));
        out.push(b' ');
        clock(out, minute);
    }
}

fn two(out: &mut Vec<u8>, number: i64) {
    out.extend_from_slice(&[b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8]);
}

/// `07:00`.
fn clock(out: &mut Vec<u8>, minute: i64) {
    let minute = minute.rem_euclid(crate::calendar::DAY);
    two(out, minute / 60);
    out.push(b':');
    two(out, minute % 60);
}

fn digits(out: &mut Vec<u8>, mut number: u64, least: usize) {
    let mut text = [b'0'; 20];
    let mut at = text.len();
    while number > 0 || text.len() - at < least {
        at -= 1;
        text[at] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    out.extend_from_slice(&text[at..]);
}

/// `7.4` of 7,400 thousandths.
fn milli(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    digits(out, value.unsigned_abs() / 1_000, 1);
    let rest = value.unsigned_abs() % 1_000;
    if rest > 0 {
        out.push(b'.');
        let (rest, least) = match rest {
            r if r % 100 == 0 => (r / 100, 1),
            r if r % 10 == 0 => (r / 10, 2),
            r => (r, 3),
        };
        digits(out, rest, least);
    }
}

/// `C00100012`.
pub fn code(out: &mut Vec<u8>, code: Code) {
    out.push(code.letter());
    digits(out, code.number(), 8);
}
