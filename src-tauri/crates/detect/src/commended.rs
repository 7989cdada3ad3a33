//! What speaks for an officer whatever a finding says: shown beside it, and never counted against it.

use crate::measure::counter;
use crate::profile::Profile;
use model::time;

/// `2 commendations are on file, the latest of 3 Mar 2026: letter of thanks`, or nothing where there are none.
pub fn commended(profile: &Profile) -> Option<String> {
    let latest = profile.commendations.last()?;
    let number = profile.commendations.len();
    let number = counter(number, "commendation is on file", "commendations are on file")?;
    let kind = if latest.kind.is_empty() { String::new() } else { format!(": {}", latest.kind) };
    Some(format!("{number}, the latest of {}{kind}", time::show_day(latest.day)))
}
