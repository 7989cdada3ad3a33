//! One function per command: it hands the request to the core, away from the threads that draw and answer the window.

use crate::shell::Shell;
use contract::*;
use tauri::{State, Wry, async_runtime::spawn_blocking, ipc::Invoke};

/// Writes each command of the list, and the handler that knows them all.
macro_rules! commands {
    ($($capability:ident $name:ident($($request:ty)?) -> $reply:ty;)*) => {
        $(commands!(@ $name($($request)?) -> $reply);)*

        /// Answers every command of the list and no other.
        pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }

        /// The list as written, for the test that compares it with the contract.
        #[cfg(test)]
        pub const LISTED: &[(&str, &str)] = &[$((stringify!($name), stringify!($capability))),*];
    };
    (@ $name:ident() -> $reply:ty) => {
        #[tauri::command(async)]
        pub async fn $name(shell: State<'_, Shell>) -> Result<$reply, Failure> {
            let shell = shell.inner().clone();
            spawn_blocking(move || shell.$name()).await.map_err(broke_off)?.map_err(Failure::from)
        }
    };
    (@ $name:ident($request:ty) -> $reply:ty) => {
        #[tauri::command(async)]
        pub async fn $name(shell: State<'_, Shell>, request: $request) -> Result<$reply, Failure> {
            let shell = shell.inner().clone();
            spawn_blocking(move || shell.$name(request)).await.map_err(broke_off)?.map_err(Failure::from)
        }
    };
}
include!("list.rs");

/// A command that panicked: the window gets an answer, whatever happened.
fn broke_off(_: tauri::Error) -> Failure {
    Failure::new(
        ErrorCode::Internal,
        "The program made a mistake and stopped this step.",
        "Lock the store and open it again.",
    )
}
