//! Over what time the sources hold anybody's leave: outside it nothing follows from an officer who has none.

/// Without anybody's leave for so many days in a row the sources do not hold it there.
const SILENT: i32 = 28;
/// Leave of more days is no holiday, and must not speak for a time over which no other is on file.
const LONGEST: i32 = 60;

/// First and last day of each time over which leave is on file, in order.
#[derive(Default)]
pub struct Leave(Vec<(i32, i32)>);

impl Leave {
    /// Takes in leave by its first and last day.
    pub fn see(&mut self, leave: impl Iterator<Item = (i32, i32)>) {
        self.0.extend(leave.filter(|(first, last)| last.saturating_sub(*first) < LONGEST));
        self.settle();
    }

    /// Takes in what another partition saw.
    pub fn join(&mut self, other: Leave) {
        self.0.extend(other.0);
        self.settle();
    }

    fn settle(&mut self) {
        self.0.sort_unstable();
        let mut merged: Vec<(i32, i32)> = Vec::new();
        for (first, last) in self.0.drain(..) {
            match merged.last_mut() {
                Some(open) if first - open.1 <= SILENT => open.1 = open.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        self.0 = merged;
    }

    /// In order, and apart from each other.
    pub fn times(&self) -> &[(i32, i32)] {
        &self.0
    }
}
