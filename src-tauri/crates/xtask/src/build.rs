//! Builds the page and the programs.

use crate::run::{Done, cargo, npm, run};

/// The page, then everything that carries or needs it.
pub fn everything() -> Done {
    page()?;
    programs()
}

/// `ui/dist`.
pub fn page() -> Done {
    run(&mut npm(&["run", "build"]))
}

/// The window, the command line and the verifier, and whatever else there is: one selection of packages everywhere, because
/// another selection means other features and Parquet and Tauri built a second time.
pub fn programs() -> Done {
    run(&mut cargo(&["build", "--workspace", "--all-targets"]))
}

/// `schemas/ipc/contract.ts`.
pub fn types() -> Done {
    run(cargo(&["test", "--package", "contract", "--package", "packs"]).env("COUNTERSIGN_WRITE_TYPES", "1"))
}
