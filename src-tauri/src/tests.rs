//! The list of commands, the contract and the capability files must say the same.

use crate::{commands::LISTED, given, windows::is_ours};
use contract::{COMMANDS, Capability};
use serde_json::Value;
use std::collections::BTreeSet;

fn capability(name: &str) -> Value {
    let path = format!("{}/capabilities/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn permissions(name: &str) -> BTreeSet<String> {
    let file = capability(name);
    file["permissions"].as_array().unwrap().iter().map(|p| p.as_str().unwrap().to_owned()).collect()
}

fn allowed(wanted: Capability) -> BTreeSet<String> {
    COMMANDS
        .iter()
        .filter(|c| c.capability == wanted)
        .map(|c| format!("allow-{}", c.name.replace('_', "-")))
        .collect()
}

#[test]
fn the_shell_answers_exactly_the_commands_of_the_contract() {
    let contract: Vec<_> = COMMANDS.iter().map(|c| (c.name, format!("{:?}", c.capability))).collect();
    let shell: Vec<_> = LISTED.iter().map(|(name, capability)| (*name, (*capability).to_owned())).collect();
    assert_eq!(shell, contract);
}

#[test]
fn the_main_window_may_call_every_main_command_and_listen() {
    let mut wanted = allowed(Capability::Main);
    wanted.extend(["core:event:allow-listen".to_owned(), "core:event:allow-unlisten".to_owned()]);
    assert_eq!(permissions("main"), wanted);
    assert_eq!(capability("main")["windows"], serde_json::json!(["main"]));
}

#[test]
fn the_name_window_may_reveal_and_mask_and_nothing_else() {
    assert_eq!(permissions("name"), allowed(Capability::Name));
    assert_eq!(capability("name")["windows"], serde_json::json!(["name-*"]));
}

#[test]
fn the_policy_of_the_page_is_the_strict_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tauri.conf.json");
    let conf: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(
        conf["app"]["security"]["csp"],
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src ipc: http://ipc.localhost"
    );
    assert_eq!(conf["build"].get("devUrl"), None);
    assert_eq!(conf["app"]["security"]["capabilities"], serde_json::json!(["main", "name"]));
}

#[test]
fn a_pack_named_on_the_command_line_is_found_by_its_whole_path_and_anything_else_is_left_alone() {
    let named = |text: &str| given(Some(text.into()));
    assert_eq!(
        named("tauri.conf.json"),
        Some(concat!(env!("CARGO_MANIFEST_DIR"), "/tauri.conf.json").into())
    );
    assert_eq!(named("--no-such-option"), None);
    assert_eq!(named("src"), None);
    assert_eq!(named(""), None);
    assert_eq!(given(None), None);
}

#[test]
fn only_the_programs_own_pages_are_shown() {
    let ours = |url: &str| is_ours(&url.parse().unwrap());
    assert!(ours("tauri://localhost/index.html#/lead/L-0001"));
    assert!(!ours("https://example.org/"));
    assert!(!ours("http://127.0.0.1:8080/"));
    assert!(!ours("file:///etc/passwd"));
    assert!(!ours("data:text/html,x"));
    assert!(!ours("tauri://elsewhere/"));
}
