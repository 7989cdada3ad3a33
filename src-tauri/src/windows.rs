//! The main window, and the small one that shows a name and is destroyed afterwards.

use crate::shell::Shell;
use contract::UnmaskView;
use tauri::webview::{NewWindowResponse, PermissionResponse, WebviewWindowBuilder};
use tauri::{AppHandle, Emitter, Manager, Url, WebviewUrl, WindowEvent, Wry};

const MAIN: &str = "main";
const TITLE: &str = "Countersign";

/// Label of the window that shows the name of entry `seq`; its capability is `name-*`.
fn name_label(seq: u64) -> String {
    format!("name-{seq}")
}

/// What both kinds of window share: our own pages only, no second window, no download, no permission.
fn frame<'a>(shell: &'a Shell, label: &str, page: &str) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    // WebDriver cannot drive a private web context, so only a driven window goes without; what the web engine
    // would keep then lies in the profile folder, where the tests look for names.
    let private = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none();
    let mut builder = WebviewWindowBuilder::new(&shell.handle, label, WebviewUrl::App(page.into()))
        .incognito(private)
        .devtools(false)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny);
    if let Ok(home) = engine::Home::of_this_account() {
        builder = builder.data_directory(home.folder().join("web"));
    }
    builder
}

/// Pages carried inside the program, under the scheme each platform serves them from.
pub fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Opens the main window; the program ends with it.
pub fn open_main(shell: &Shell) -> tauri::Result<()> {
    let window = frame(shell, MAIN, "index.html")
        .title(TITLE)
        .inner_size(1280.0, 860.0)
        .min_inner_size(640.0, 480.0)
        .build()?;
    let handle = shell.handle.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            handle.exit(0);
        }
    });
    Ok(())
}

/// Opens the window that may fetch the name just recorded, once. Closing it masks the name again.
pub fn open_name(shell: &Shell, shown: &UnmaskView) -> tauri::Result<()> {
    let window = frame(shell, &name_label(u64::from(shown.seq)), "name.html")
        .title(format!("{TITLE}: {}", shown.officer))
        .inner_size(460.0, 340.0)
        .min_inner_size(360.0, 240.0)
        .maximizable(false)
        .always_on_top(true)
        .content_protected(true)
        .center()
        .build()?;
    let shell = shell.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { .. } = event {
            // The window goes whatever the core answers; an expired name is masked already.
            let _ = shell.remask();
        }
    });
    Ok(())
}

/// The name of entry `seq` is masked: its window goes, and the main window may say so.
pub fn remasked(handle: &AppHandle, seq: u64) {
    if let Some(window) = handle.get_webview_window(&name_label(seq)) {
        // Fails only for a window that is already gone.
        let _ = window.destroy();
    }
    // A ledger outgrows 32 bits only after centuries; no 64-bit number crosses to the page.
    let _ = handle.emit_to(MAIN, "remasked", u32::try_from(seq).unwrap_or(u32::MAX));
}

/// The store is locked: every name window goes, and the page is thrown away with all it holds.
pub fn locked(handle: &AppHandle) {
    for (label, window) in handle.webview_windows() {
        if label == MAIN {
            // Both fail only for a window that is already gone.
            let _ = window.emit("locked", ());
            let _ = window.reload();
        } else {
            let _ = window.destroy();
        }
    }
}
