//! When a member's presence may be kept: inside duties, claimed overtime and claimed office days, an hour wider.

use model::OfficerIndex;

/// Seconds by which each window is widened on both sides.
const MARGIN: i64 = 3600;

/// Collects windows in any order.
#[derive(Debug, Default)]
pub struct PresenceBuilder {
    by_officer: Vec<Vec<(i64, i64)>>,
}

impl PresenceBuilder {
    /// Adds a duty, claim or office day in UTC seconds; it is widened by an hour here.
    pub fn add(&mut self, officer: OfficerIndex, start: i64, end: i64) {
        let at = officer as usize;
        if self.by_officer.len() <= at {
            self.by_officer.resize_with(at + 1, Vec::new);
        }
        self.by_officer[at].push((start.saturating_sub(MARGIN), end.saturating_add(MARGIN)));
    }

    /// Sorts and merges the windows.
    pub fn build(mut self) -> PresenceWindows {
        for windows in &mut self.by_officer {
            windows.sort_unstable();
            let mut merged: Vec<(i64, i64)> = Vec::with_capacity(windows.len());
            for (start, end) in windows.drain(..) {
                match merged.last_mut() {
                    Some(last) if start <= last.1 => last.1 = last.1.max(end),
                    _ => merged.push((start, end)),
                }
            }
            *windows = merged;
        }
        PresenceWindows { by_officer: self.by_officer }
    }
}

/// Per officer the moments at which presence may be kept.
#[derive(Debug)]
pub struct PresenceWindows {
    by_officer: Vec<Vec<(i64, i64)>>,
}

impl PresenceWindows {
    /// Whether there is nothing presence could be kept inside.
    pub fn is_empty(&self) -> bool {
        self.by_officer.iter().all(Vec::is_empty)
    }

    /// Whether the whole stay from `start` to `end` lies inside one window of the officer.
    pub fn covers(&self, officer: OfficerIndex, start: i64, end: i64) -> bool {
        let Some(windows) = self.by_officer.get(officer as usize) else { return false };
        let after = windows.partition_point(|w| w.0 <= start);
        after > 0 && start <= end && end <= windows[after - 1].1
    }
}
