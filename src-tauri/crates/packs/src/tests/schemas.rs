//! The JSON Schemas of `schemas/packs`, generated from the types and compared with the committed files.

use super::*;
use schemars::{JsonSchema, schema_for};

fn same<T: JsonSchema>(name: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../schemas/packs")
        .join(format!("{name}.schema.json"));
    let mut text = serde_json::to_string_pretty(&schema_for!(T)).expect("a schema is JSON");
    text.push('\n');
    if std::env::var_os("COUNTERSIGN_WRITE_TYPES").is_some() {
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("schemas is writable");
        std::fs::write(&path, &text).expect("schemas/packs is writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "schemas/packs/{name}.schema.json has drifted: run `cargo xtask types`");
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    same::<Manifest>("manifest");
    same::<AnswerBody>("answer");
    same::<ChallengeBody>("challenge");
    same::<CountersignatureBody>("countersignature");
    same::<GrantBody>("grant");
    same::<LeadBody>("lead");
    same::<LedgerBody>("ledger");
    same::<RefusalBody>("refusal");
    same::<ReplyBody>("reply");
    same::<RequestBody>("request");
}
