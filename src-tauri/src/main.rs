//! The shell: a window, its state and one-line commands. No rule, no SQL and no cryptography lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod shell;
mod watch;
mod windows;

use shell::Shell;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{Manager, RunEvent};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let home = engine::Home::of_this_account()?;
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let core = engine::App::start(home, Arc::new(engine::System));
            let shell = Shell::new(core, app.handle().clone(), given(std::env::args_os().nth(1)));
            windows::open_main(&shell)?;
            app.manage(shell.clone());
            shell::keep_time(&shell)?;
            shell::follow_events(&shell)?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|handle, event| {
        if let RunEvent::Exit = event {
            // A store that does not close cleanly is recovered at its next open; leaving must not fail.
            let _ = handle.state::<Shell>().lock();
        }
    });
    Ok(())
}

/// A pack named on the command line, as a double click does; written in full, because the page cannot know the folder.
fn given(argument: Option<OsString>) -> Option<PathBuf> {
    argument.and_then(|path| std::path::absolute(path).ok()).filter(|path| path.is_file())
}

#[cfg(test)]
mod tests;
