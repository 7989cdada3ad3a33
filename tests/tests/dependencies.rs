//! Who may use whom: read from the dependency graph as Cargo resolves it.

use journeys::programs::root;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

/// Package name by id, and for each id what it uses outside of tests.
struct Graph {
    names: BTreeMap<String, String>,
    uses: BTreeMap<String, BTreeSet<String>>,
    ours: BTreeSet<String>,
}

static GRAPH: LazyLock<Graph> = LazyLock::new(Graph::read);

impl Graph {
    fn read() -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let target = "x86_64-unknown-linux-gnu";
        let run = Command::new(cargo)
            .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", target])
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(run.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&run.stderr));
        let all: Value = serde_json::from_slice(&run.stdout).expect("cargo prints JSON");
        let text = |v: &Value| v.as_str().expect("a string").to_owned();
        let list = |v: &Value| v.as_array().expect("a list").clone();
        let names = list(&all["packages"]).iter().map(|p| (text(&p["id"]), text(&p["name"]))).collect();
        let ours = list(&all["workspace_members"]).iter().map(text).collect();
        let shipped = |dep: &Value| list(&dep["dep_kinds"]).iter().any(|k| k["kind"] != "dev");
        let uses = list(&all["resolve"]["nodes"])
            .iter()
            .map(|node| {
                let used =
                    list(&node["deps"]).iter().filter(|d| shipped(d)).map(|d| text(&d["pkg"])).collect();
                (text(&node["id"]), used)
            })
            .collect();
        Self { names, uses, ours }
    }

    /// Names of the packages of ours that use `name` themselves.
    fn users_of(&self, name: &str) -> BTreeSet<&str> {
        let uses_it = |id: &&String| self.uses[*id].iter().any(|used| self.names[used] == name);
        self.ours.iter().filter(uses_it).map(|id| self.names[id].as_str()).collect()
    }

    /// Everything our package `name` needs, near and far.
    fn needs(&self, name: &str) -> BTreeSet<&str> {
        let start = self
            .ours
            .iter()
            .find(|id| self.names[*id] == name)
            .unwrap_or_else(|| panic!("no package {name}"));
        let mut found = BTreeSet::new();
        let mut open = vec![start];
        while let Some(id) = open.pop() {
            for used in &self.uses[id] {
                if found.insert(used) {
                    open.push(used);
                }
            }
        }
        found.into_iter().map(|id| self.names[id].as_str()).collect()
    }
}

fn assert_never(package: &str, forbidden: &[&str]) {
    let needs = GRAPH.needs(package);
    let found: Vec<_> = forbidden.iter().filter(|f| needs.contains(**f)).collect();
    assert!(found.is_empty(), "{package} must never reach {found:?}");
}

#[test]
fn the_analysis_cannot_reach_an_identity_or_the_store() {
    assert_never("detect", &["intake", "seal", "store", "engine", "age", "rusqlite"]);
}

#[test]
fn the_store_and_the_seals_do_not_know_each_other() {
    assert_never("store", &["seal", "age"]);
    assert_never("seal", &["store", "rusqlite"]);
}

#[test]
fn intake_and_the_ledger_stand_alone() {
    assert_never("intake", &["seal", "store", "detect", "engine", "age", "rusqlite"]);
    assert_never("ledger", &["model", "seal", "store", "intake", "detect", "age", "rusqlite"]);
}

#[test]
fn the_verifier_needs_the_ledger_and_nothing_that_keeps_secrets() {
    assert!(GRAPH.needs("verify").contains("ledger"));
    assert_never(
        "verify",
        &["model", "seal", "store", "engine", "contract", "age", "rusqlite", "libsqlite3-sys"],
    );
}

#[test]
fn the_evaluation_sees_no_store_and_nothing_uses_it() {
    assert_never("evaluate", &["intake", "seal", "store", "engine", "age", "rusqlite"]);
    assert!(GRAPH.users_of("evaluate").is_empty());
    assert_never("detect", &["demo", "evaluate"]);
}

#[test]
fn nothing_uses_the_shell() {
    assert!(GRAPH.users_of("countersign-app").is_empty());
}

#[test]
fn each_large_dependency_has_one_owner() {
    for (dependency, owner) in
        [("age", "seal"), ("rusqlite", "store"), ("ts-rs", "contract"), ("tauri", "countersign-app")]
    {
        assert_eq!(GRAPH.users_of(dependency), BTreeSet::from([owner]), "{dependency}");
    }
}

/// HTTP, DNS, TLS and updater crates: what reaches the network, or waits to.
const NETWORK: [&str; 25] = [
    "reqwest",
    "hyper",
    "hyper-util",
    "h2",
    "h3",
    "quinn",
    "ureq",
    "isahc",
    "surf",
    "attohttpc",
    "minreq",
    "curl",
    "curl-sys",
    "trust-dns-resolver",
    "hickory-resolver",
    "hickory-proto",
    "native-tls",
    "openssl",
    "rustls",
    "tungstenite",
    "tokio-tungstenite",
    "tauri-plugin-updater",
    "tauri-plugin-http",
    "tauri-plugin-websocket",
    "sentry",
];

#[test]
fn no_program_that_ships_carries_a_network_crate() {
    for program in ["countersign-app", "cli", "verify"] {
        assert_never(program, &NETWORK);
    }
}

#[test]
fn the_check_of_network_crates_can_fail() {
    // The test driver talks HTTP to the window's driver, and only the test driver may.
    assert!(GRAPH.needs("journeys").contains("hyper"));
}

#[test]
fn cargo_deny_is_told_the_same_policy() {
    let policy = std::fs::read_to_string(root().join(".deny.toml")).expect(".deny.toml is there");
    for name in NETWORK {
        assert!(policy.contains(&format!("crate = \"{name}\"")), "{name} is not banned in .deny.toml");
    }
}
