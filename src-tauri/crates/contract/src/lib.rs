//! The contract between the core and its two faces: requests, views, error codes and the one list of commands.
//!
//! Every type here crosses to TypeScript once (`schemas/ipc/contract.ts`, generated and drift-tested). No 64-bit
//! integer crosses: counts are `u32` or text, because JSON numbers lose them and ts-rs would call them `bigint`.

mod commands;
mod disclosure;
mod error;
mod imports;
mod indicators;
mod leads;
mod ledger;
mod links;
mod oversight;
mod packs;
mod retention;
mod session;
mod unmask;

pub use commands::{COMMANDS, Capability, Command, typescript};
pub use disclosure::*;
pub use error::{ErrorCode, Failure};
pub use imports::*;
pub use indicators::*;
pub use leads::*;
pub use ledger::*;
pub use links::*;
pub use oversight::*;
pub use packs::*;
pub use retention::*;
pub use session::*;
pub use unmask::*;

#[cfg(test)]
mod tests;

/// Derives what every contract type needs.
macro_rules! contract {
    ($($item:item)*) => {
        $(
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            $item
        )*
    };
}
pub(crate) use contract;
