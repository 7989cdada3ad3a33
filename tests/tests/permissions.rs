//! What the pages may not do, asked of the running window and not of its configuration.

use journeys::window::Window;
use serde_json::{Value, json};

fn refused(window: &Window, command: &str) {
    let answer = window.call(command, Value::Null);
    let words = answer.expect_err(command).to_string();
    assert!(words.contains("not allowed"), "{command}: {words}");
}

#[test]
fn the_main_window_cannot_fetch_a_name_or_open_a_dialog_or_a_file_by_itself() {
    let profile = tempfile::tempdir().unwrap();
    let window = Window::open(profile.path(), "shots");
    window.see("profile-create");
    assert_eq!(window.title(), "Countersign");
    for command in [
        "reveal",
        "remask",
        "plugin:dialog|open",
        "plugin:dialog|save",
        "plugin:event|emit",
        "plugin:window|create",
    ] {
        refused(&window, command);
    }
    assert!(window.call("status", Value::Null).is_ok(), "an allowed command answers");
}

#[test]
fn the_page_cannot_reach_the_network_or_run_foreign_script() {
    let profile = tempfile::tempdir().unwrap();
    let window = Window::open(profile.path(), "shots");
    window.see("profile-create");
    // In the page's own world: a script element is held to the page's policy, unlike what the driver runs.
    window.script(
        "window.ran = false; const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.head.append(s);",
        vec![],
    );
    assert_eq!(window.script("return window.ran", vec![]), json!(false));
    window.script(
        "window.reached = 'asking'; fetch('http://127.0.0.1:9/').then(() => window.reached = 'yes', e => window.reached = 'no');
         window.blocked = []; document.addEventListener('securitypolicyviolation', e => window.blocked.push(e.violatedDirective));
         const i = new Image(); i.src = 'http://127.0.0.1:9/x.png';",
        vec![],
    );
    window.wait_for_script("return window.blocked.length > 0 && window.reached === 'no'");
}
