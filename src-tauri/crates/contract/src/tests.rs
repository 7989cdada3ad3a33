use crate::*;
use model::{Purpose, RawJustification, Scope};

fn committed() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../schemas/ipc/contract.ts")
}

#[test]
fn the_committed_typescript_is_what_the_contract_generates() {
    let path = committed();
    if std::env::var_os("COUNTERSIGN_WRITE_TYPES").is_some() {
        std::fs::write(&path, typescript()).expect("schemas/ipc is writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == typescript(), "schemas/ipc/contract.ts has drifted: run `cargo xtask types`");
}

#[test]
fn no_sixty_four_bit_integer_crosses_to_the_window() {
    assert!(!typescript().contains("bigint"));
}

#[test]
fn every_command_is_listed_once() {
    let mut names: Vec<_> = COMMANDS.iter().map(|c| c.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_hand_written_model_types_name_every_field_that_is_sent() {
    let raw = RawJustification {
        purpose: Purpose::DataQuality,
        necessity: String::new(),
        proportionality: String::new(),
        alternatives: String::new(),
        case_reference: String::new(),
        scope: vec![Scope::SourceLocators],
        minutes: 1,
    };
    let text = typescript();
    let value = serde_json::to_value(raw).expect("plain data");
    for key in value.as_object().expect("an object").keys() {
        assert!(text.contains(&format!("{key}:")), "{key}");
    }
    assert!(text.contains("\"data_quality\"") && text.contains("\"source_locators\""));
}
