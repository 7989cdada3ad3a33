//! Installs what building and testing need, and nothing that is there already.

use crate::place;
use crate::run::{self, Done, Failed, cargo, npm, output, succeeds};
use std::process::Command;

/// Debian packages, each with its reason.
const PACKAGES: [(&str, &str); 13] = [
    ("build-essential", "compiles SQLCipher and OpenSSL"),
    ("pkg-config", "finds the system's libraries"),
    ("perl", "configures OpenSSL"),
    ("libwebkit2gtk-4.1-dev", "the window"),
    ("librsvg2-dev", "the window's icons"),
    ("webkit2gtk-driver", "drives the window in tests"),
    ("xvfb", "a display where there is none"),
    ("dbus-x11", "a session bus where there is none"),
    ("procps", "ends what a test started"),
    ("age", "cross-checks what we seal"),
    ("python3", "runs the second verifier"),
    ("python3-cryptography", "checks its signatures"),
    ("strace", "shows that no network socket is opened"),
];

/// Version of the WebDriver bridge, kept with the version of `tauri`.
const DRIVER: &str = "2.1.0";

/// Oldest node that builds the page.
const NODE: (u32, u32) = (20, 19);

/// Brings the machine into a state in which everything builds and is tested.
pub fn run() -> Done {
    system()?;
    node()?;
    page()?;
    rust_tools();
    driver()
}

fn system() -> Done {
    if !cfg!(target_os = "linux") {
        println!("skipped: system packages are only known for Debian; the tests of the window run on Linux");
        return Ok(());
    }
    if !succeeds("dpkg-query", &["--version"]) {
        println!("skipped: this is no Debian; install what stands for these: {}", names().join(" "));
        return Ok(());
    }
    let missing = missing(&output_of_dpkg());
    if missing.is_empty() {
        return Ok(());
    }
    for (name, why) in PACKAGES.iter().filter(|(name, _)| missing.contains(name)) {
        println!("missing: {name} ({why})");
    }
    let line =
        format!("apt-get update && apt-get install --yes --no-install-recommends {}", missing.join(" "));
    let by_hand = || {
        Failed(format!("some packages are missing and I may not install them. Run:\n  sudo sh -c '{line}'"))
    };
    let shell = match (output("id", &["-u"]).as_deref(), succeeds("sudo", &["-n", "true"])) {
        (Some("0"), _) => vec!["sh", "-c"],
        (_, true) => vec!["sudo", "-n", "sh", "-c"],
        _ => return Err(by_hand()),
    };
    let quiet = format!("export DEBIAN_FRONTEND=noninteractive; {line}");
    run::run(Command::new(shell[0]).args(&shell[1..]).arg(quiet)).map_err(|_| by_hand())
}

fn names() -> Vec<&'static str> {
    PACKAGES.iter().map(|(name, _)| *name).collect()
}

fn output_of_dpkg() -> String {
    // Fails when one package is unknown, and still lists the others.
    let listed = Command::new("dpkg-query")
        .args(["--show", "--showformat=${Package} ${db:Status-Status}\\n"])
        .args(names())
        .output();
    listed.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default()
}

/// Packages that no line of dpkg's list calls installed.
fn missing(listed: &str) -> Vec<&'static str> {
    names()
        .into_iter()
        .filter(|name| !listed.lines().any(|line| line == format!("{name} installed")))
        .collect()
}

fn node() -> Done {
    let wanted = format!("node {}.{} or newer with npm is needed: https://nodejs.org", NODE.0, NODE.1);
    let version =
        output("node", &["--version"]).ok_or_else(|| Failed(format!("node was not found; {wanted}")))?;
    match node_version(&version) {
        Some(found) if found >= NODE => {}
        _ => return Err(Failed(format!("node {version} is too old; {wanted}"))),
    }
    let npm = npm(&["--version"]).output();
    if npm.is_ok_and(|o| o.status.success()) {
        Ok(())
    } else {
        Err(Failed(format!("npm was not found; {wanted}")))
    }
}

fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.').map(str::parse::<u32>);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// `npm ci`, when what is installed is not what the lock file says.
fn page() -> Done {
    let ui = place::root().join("ui");
    let lock = std::fs::read(ui.join("package-lock.json"))?;
    let installed = ui.join("node_modules/.countersign-lock.json");
    if std::fs::read(&installed).is_ok_and(|known| known == lock) {
        return Ok(());
    }
    run::run(&mut npm(&["ci"]))?;
    Ok(std::fs::write(installed, lock)?)
}

/// A minimal Rust has neither of the two; without them the lints fail and say so.
fn rust_tools() {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !cargo(&[tool, "--version"]).output().is_ok_and(|o| o.status.success()) {
            let _ = run::run(Command::new("rustup").args(["component", "add", component]));
        }
    }
}

fn driver() -> Done {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let tools = place::tools();
    let listed = std::fs::read_to_string(tools.join(".crates.toml")).unwrap_or_default();
    if listed.contains(&format!("\"tauri-driver {DRIVER} ")) && tools.join("bin/tauri-driver").exists() {
        return Ok(());
    }
    let built = tools.join("build");
    run::run(
        cargo(&["install", "--locked", "--version", DRIVER, "tauri-driver", "--root"])
            .arg(&tools)
            .arg("--target-dir")
            .arg(&built),
    )?;
    // Only the program is needed from here on.
    let _ = std::fs::remove_dir_all(built);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_counts_as_there_only_when_it_is_installed() {
        let all: String = names().iter().map(|n| format!("{n} installed\n")).collect();
        assert!(missing(&all).is_empty());
        assert_eq!(missing(&all.replace("xvfb installed", "xvfb config-files")), ["xvfb"]);
        assert_eq!(missing(""), names());
    }

    #[test]
    fn node_versions_compare_by_number() {
        assert_eq!(node_version("v20.19.4\n"), Some((20, 19)));
        assert!(node_version("v9.11.2") < Some(NODE));
        assert!(node_version("v24.1.0") >= Some(NODE));
        assert_eq!(node_version("none"), None);
    }
}
