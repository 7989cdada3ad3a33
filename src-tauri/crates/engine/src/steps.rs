//! Named moments inside an act, so that a test can end the process between any two of them.

/// In debug builds, ends the process as `kill -9` would when `COUNTERSIGN_KILL_AT` names this moment.
pub(crate) fn reached(moment: &str) {
    #[cfg(debug_assertions)]
    if std::env::var("COUNTERSIGN_KILL_AT").is_ok_and(|wanted| wanted == moment) {
        let _ = std::process::Command::new("kill").args(["-9", &std::process::id().to_string()]).status();
        std::process::abort();
    }
    #[cfg(not(debug_assertions))]
    let _ = moment;
}
