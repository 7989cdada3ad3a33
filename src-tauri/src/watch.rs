//! Notices that the machine has slept.

use std::time::{Duration, Instant, SystemTime};

/// A gap between two ticks that no busy machine makes.
const SLEPT: Duration = Duration::from_secs(30);

/// The last tick on both clocks: on some systems the steady clock stands still during sleep, on others it runs on.
#[derive(Debug)]
pub struct Watch {
    steady: Instant,
    wall: SystemTime,
}

impl Watch {
    pub fn new(steady: Instant, wall: SystemTime) -> Self {
        Self { steady, wall }
    }

    /// Takes a tick; true if either clock says that more than half a minute went by since the one before.
    /// A wall clock set back says nothing here: the ledger records it.
    pub fn has_slept(&mut self, steady: Instant, wall: SystemTime) -> bool {
        let by_steady = steady.saturating_duration_since(self.steady);
        let by_wall = wall.duration_since(self.wall).unwrap_or_default();
        *self = Self { steady, wall };
        by_steady.max(by_wall) > SLEPT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(steady_seconds: u64, wall_seconds: i64) -> bool {
        let (steady, wall) = (Instant::now(), SystemTime::now());
        let step = Duration::from_secs(wall_seconds.unsigned_abs());
        let later = if wall_seconds < 0 { wall - step } else { wall + step };
        Watch::new(steady, wall).has_slept(steady + Duration::from_secs(steady_seconds), later)
    }

    #[test]
    fn an_ordinary_second_is_no_sleep() {
        assert!(!ticks(1, 1));
    }

    #[test]
    fn a_busy_machine_is_no_sleep() {
        assert!(!ticks(20, 20));
    }

    #[test]
    fn sleep_shows_on_the_wall_clock_where_the_steady_clock_stood_still() {
        assert!(ticks(1, 45));
    }

    #[test]
    fn sleep_shows_on_the_steady_clock_where_it_ran_on() {
        assert!(ticks(45, 1));
    }

    #[test]
    fn a_wall_clock_set_back_does_not_pass_for_sleep_and_does_not_hide_the_next_one() {
        assert!(!ticks(1, -3600));
        let (steady, wall) = (Instant::now(), SystemTime::now());
        let mut watch = Watch::new(steady, wall);
        let back = wall - Duration::from_secs(3600);
        assert!(!watch.has_slept(steady, back));
        assert!(watch.has_slept(steady, back + Duration::from_secs(31)));
    }
}
