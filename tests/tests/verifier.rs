//! Two verifiers, written apart, on every vector: `countersign-verify` and a Python script that knows only the format.

use journeys::{command::text, programs};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

const VECTORS: &str = "schemas/vectors/ledger";

fn cases() -> Vec<Value> {
    let path = programs::root().join(VECTORS).join("cases.json");
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    document["cases"].as_array().unwrap().clone()
}

/// The bytes a case holds: text, or base64 where they are none.
fn bytes(value: &Value) -> Vec<u8> {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    match value["base64"].as_str() {
        Some(encoded) => BASE64_STANDARD.decode(encoded).unwrap(),
        None => value.as_str().unwrap().into(),
    }
}

fn exit_code(case: &Value, folder: &Path) -> i64 {
    let file = folder.join("file");
    std::fs::write(&file, bytes(&case["file"])).unwrap();
    let mut command = Command::new(programs::built("countersign-verify"));
    command.arg(&file);
    for name in ["policy", "leaf", "since"] {
        if !case[name].is_null() {
            let path = folder.join(name);
            std::fs::write(&path, bytes(&case[name])).unwrap();
            command.arg(format!("--{name}")).arg(path);
        }
    }
    i64::from(command.output().unwrap().status.code().unwrap())
}

#[test]
fn the_verifier_ends_each_case_as_it_must_and_a_script_written_apart_agrees() {
    let cases = cases();
    let expected: Vec<i64> = cases.iter().map(|case| case["exit"].as_i64().unwrap()).collect();
    assert!(expected.iter().filter(|code| **code == 1).count() >= 60);
    let folder = tempfile::tempdir().unwrap();
    let ours: Vec<i64> = cases.iter().map(|case| exit_code(case, folder.path())).collect();
    for ((case, ours), expected) in cases.iter().zip(&ours).zip(&expected) {
        assert_eq!(ours, expected, "{}", case["why"]);
    }
    let able = Command::new("python3").args(["-c", "import cryptography"]).output();
    if !able.is_ok_and(|done| done.status.success()) {
        println!(
            "skipped: the Python verifier needs python3 and its cryptography package, and they are not here"
        );
        return;
    }
    let script = programs::root().join("tests/verify.py");
    let vectors = programs::root().join(VECTORS);
    let done = Command::new("python3").arg(script).arg("--vectors").arg(vectors).output().unwrap();
    let said = text(&done.stdout);
    let theirs: Value =
        serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{}", text(&done.stderr)));
    assert_eq!(theirs["wrong"], serde_json::json!([]));
    let theirs: Vec<i64> = theirs["codes"].as_array().unwrap().iter().map(|c| c.as_i64().unwrap()).collect();
    for ((case, theirs), ours) in cases.iter().zip(&theirs).zip(&ours) {
        assert_eq!(theirs, ours, "{}", case["why"]);
    }
    assert_eq!(theirs.len(), ours.len());
}
