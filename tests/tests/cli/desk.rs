//! A member's desk: profile, stores and force in a folder of its own, copied from one that was made once.

use journeys::command::{CommandLine, text};
use journeys::programs;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

pub const PASSPHRASE: &str = "plum anchor violet ladder";
/// A made-up officer of whom no trace may be left in clear.
pub const CANARY: [&str; 4] = ["Zzyxquill", "Canaryfeather", "zzyxqc0417", "canaryfeather.z@force.example"];
/// Work factor of the copied profiles: the real one takes a second for each of the hundreds of runs here.
const QUICK: u8 = 4;

/// Folders as they are after a made-up force was imported and analysed.
static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();

/// A throw-away copy of the template.
#[derive(Debug)]
pub struct Desk {
    home: tempfile::TempDir,
}

/// How a run ended, in words.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ended {
    fn from(o: Output) -> Self {
        Self { code: o.status.code(), out: text(&o.stdout), err: text(&o.stderr) }
    }
}

impl Ended {
    /// It failed with 1 and says this.
    #[track_caller]
    pub fn fails_with(&self, words: &str) {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        assert!(self.err.to_lowercase().contains(&words.to_lowercase()), "'{words}' is not in: {}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

impl Desk {
    pub fn new() -> Self {
        let home = tempfile::tempdir().expect("the temp folder is writable");
        copy(TEMPLATE.get_or_init(template), home.path());
        Self { home }
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
    pub fn path(&self, name: &str) -> String {
        self.at(name).display().to_string()
    }
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file of the desk and gives its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.at(name), content).expect("the desk is writable");
        self.path(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command_at(self.home(), arguments);
        command.stdin(Stdio::null());
        command
    }
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).output().expect("the command line starts").into()
    }
    #[track_caller]
    pub fn must(&self, arguments: &[&str]) -> Ended {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(0), "{arguments:?}: {}{}", ended.out, ended.err);
        ended
    }
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let out = self.must(&[arguments, &["--json"]].concat()).out;
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("no document ({e}): {out}"))
    }
    #[track_caller]
    pub fn import(&self, store: &str, files: &[&str]) -> Ended {
        let (store, gate) = (self.path(store), self.path("force/gate.toml"));
        self.run(&[&["import", &store], files, &["--gate", &gate]].concat())
    }

    /// Imports and ledger entries of a store.
    #[track_caller]
    pub fn counts(&self, store: &str) -> (u64, u64) {
        let status = self.json(&["store", "status", &self.path(store)]);
        (status["imports"].as_u64().unwrap(), status["ledgerEntries"].as_u64().unwrap())
    }
    #[track_caller]
    pub fn verifies(&self, store: &str) {
        let found = self.json(&["ledger", "verify", &self.path(store)]);
        assert_eq!(found["proved"], true, "{found}");
    }
    /// Ledger entries of a kind.
    #[track_caller]
    pub fn entries(&self, store: &str, kind: &str) -> Vec<Value> {
        let page = self.json(&["ledger", "list", &self.path(store)]);
        let all = page["entries"].as_array().expect("a list of entries").clone();
        all.into_iter().filter(|e| e["kind"] == kind).collect()
    }

    /// A terminal around the command; what it showed and how it ended. `None` where there is no `script`.
    pub fn on_a_terminal(&self, arguments: &[&str], more: &[(&str, &str)]) -> Option<Ended> {
        let script = programs::system("script")?;
        let inner = command_at(self.home(), arguments);
        let words: Vec<_> = std::iter::once(inner.get_program())
            .chain(inner.get_args())
            .map(|w| w.to_string_lossy())
            .collect();
        assert!(words.iter().all(|w| !w.contains([' ', '\''])), "these words need quoting: {words:?}");
        let mut command = Command::new(script);
        command.args(["--quiet", "--return", "--command", &words.join(" "), "/dev/null"]);
        for (name, value) in inner.get_envs() {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        command.envs(more.iter().copied()).stdin(Stdio::null());
        Some(command.output().expect("script starts").into())
    }
}

fn command_at(home: &Path, arguments: &[&str]) -> Command {
    let profile = home.join("profile");
    let run = CommandLine { profile: &profile, passphrase: PASSPHRASE };
    let mut command = run.command(arguments);
    command.arg("--passphrase-file").arg(home.join("passphrase")).env("TMPDIR", home.join("tmp"));
    command.env_remove("RUST_BACKTRACE");
    command
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder is there").map(|e| e.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// Profile, passphrase, made-up force with the canary in it, `store` (imported, analysed), `roll` (officers only), `empty`.
fn template() -> PathBuf {
    let home = programs::left_behind(&format!("cli-template/{}", std::process::id()));
    for old in std::fs::read_dir(home.parent().expect("it has one")).expect("just made").flatten() {
        if old.path() != home && !Path::new("/proc").join(old.file_name()).exists() {
            let _ = std::fs::remove_dir_all(old.path());
        }
    }
    std::fs::create_dir_all(home.join("tmp")).expect("the target folder is writable");
    std::fs::write(home.join("passphrase"), format!("{PASSPHRASE}\n")).expect("writable");
    let at = |name: &str| home.join(name).display().to_string();
    let must = |arguments: &[&str]| {
        let ended = Ended::from(command_at(&home, arguments).output().expect("the command line starts"));
        assert_eq!(ended.code, Some(0), "{arguments:?}: {}{}", ended.out, ended.err);
        let log = format!("{}{}", ended.out, ended.err);
        std::fs::write(home.join(format!("log-{}", arguments[..2].join("-").replace('/', "_"))), log)
            .expect("writable");
    };
    must(&["profile", "new", "--name", "reviewer-1", "--role", "reviewer"]);
    make_quick(&home.join("profile/member.age"));
    must(&["demo", &at("force"), "--officers", "120", "--days", "90", "--files-only"]);
    plant(&home.join("force"));
    for store in ["empty", "roll", "store"] {
        let create = ["store", "create", &at(store), "--name", store, "--policy", "recorded"];
        must(&[&create[..], &["--ends", "2040-01-01"]].concat());
    }
    let gate = at("force/gate.toml");
    must(&["import", &at("roll"), &at("force/officers.csv"), "--gate", &gate]);
    let store = at("store");
    for file in crate::cli::files::IN_ORDER {
        must(&["import", &store, &at(&format!("force/{file}")), "--gate", &gate]);
    }
    must(&["analyse", &store]);
    home
}

/// The same keys under the same passphrase, sealed with less work.
pub fn make_quick(file: &Path) {
    let secret = age::secrecy::SecretString::from(PASSPHRASE.to_owned());
    let sealed = std::fs::read(file).expect("the profile was made");
    let open =
        age::decrypt(&age::scrypt::Identity::new(secret.clone()), &sealed).expect("the passphrase opens it");
    let mut less = age::scrypt::Recipient::new(secret);
    less.set_work_factor(QUICK);
    std::fs::write(file, age::encrypt(&less, &open).expect("it seals")).expect("writable");
}

/// Gives one officer of the made-up force the canary's names, and mentions them in free text and a file name.
fn plant(force: &Path) {
    let read = |name: &str| std::fs::read(force.join(name)).expect("the force was made");
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(force.join(name), bytes).expect("writable");
    let officers = read("officers.csv");
    let mut lines: Vec<Vec<u8>> = officers.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    let mut cells: Vec<Vec<u8>> = lines[3].split(|b| *b == b';').map(<[u8]>::to_vec).collect();
    let login = String::from_utf8(cells[1].clone()).expect("a plain login");
    let canary = [CANARY[2], CANARY[0], CANARY[1], CANARY[3]];
    cells.iter_mut().skip(1).zip(canary).for_each(|(cell, new)| *cell = new.as_bytes().to_vec());
    lines[3] = cells.join(&b';');
    write("officers.csv", lines.join(&b'\n'));
    let accesses = String::from_utf8(read("accesses.csv")).expect("plain text").replace(&login, CANARY[2]);
    let mention = format!("for {} {}", CANARY[0], CANARY[1]);
    write("accesses.csv", accesses.replace("lost property", &mention).into_bytes());
    let edits = String::from_utf8(read("roster-edits.csv")).expect("plain text");
    write(
        "roster-edits.csv",
        edits.replace("minimum cover", &format!("{mention}, {}", CANARY[3])).into_bytes(),
    );
    std::fs::rename(force.join("absences.csv"), force.join(format!("absences {}.csv", CANARY[1])))
        .expect("the force was made");
}
