//! Named moments inside an act, so that a test can end the process between any two of them.

/// In debug builds, ends the process as `kill -9` would when `COUNTERSIGN_KILL_AT` names this moment; `moment:2` waits
/// until it is reached a second time.
pub(crate) fn reached(moment: &str) {
    #[cfg(debug_assertions)]
    if is_last(moment) {
        let _ = std::process::Command::new("kill").args(["-9", &std::process::id().to_string()]).status();
        std::process::abort();
    }
    #[cfg(not(debug_assertions))]
    let _ = moment;
}

#[cfg(debug_assertions)]
fn is_last(moment: &str) -> bool {
    use std::sync::atomic::{AtomicU32, Ordering};
    static TIMES: AtomicU32 = AtomicU32::new(0);
    let Ok(wanted) = std::env::var("COUNTERSIGN_KILL_AT") else { return false };
    let (name, times) = wanted.split_once(':').unwrap_or((&wanted, "1"));
    name == moment && times.parse() == Ok(TIMES.fetch_add(1, Ordering::Relaxed) + 1)
}
