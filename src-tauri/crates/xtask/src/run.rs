//! Runs other programs, aloud.

use crate::place;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Why a chore stopped.
#[derive(Debug)]
pub struct Failed(pub String);

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failed {
    fn from(e: std::io::Error) -> Self {
        Self(e.to_string())
    }
}

pub type Done = Result<(), Failed>;

/// Cargo, in the repository.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(place::root());
    command
}

/// npm, in the folder of the page.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(place::root().join("ui"));
    command
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let program =
        Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let arguments = command.get_args().map(|a| a.to_string_lossy().into_owned());
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn no_start(command: &Command, e: &std::io::Error) -> Failed {
    Failed(format!("`{}` could not be started: {e}", shown(command)))
}

/// Runs to the end; its words go straight to the terminal.
pub fn run(command: &mut Command) -> Done {
    println!("-- {}", shown(command));
    let status = command.status().map_err(|e| no_start(command, &e))?;
    if status.success() { Ok(()) } else { Err(Failed(format!("`{}` failed ({status})", shown(command)))) }
}

/// Runs to the end, prints every line of standard output and hands it on as well.
pub fn run_reading(command: &mut Command, mut line: impl FnMut(&str)) -> Done {
    println!("-- {}", shown(command));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| no_start(command, &e))?;
    if let Some(out) = child.stdout.take() {
        let mut out = BufReader::new(out);
        let mut bytes = Vec::new();
        while out.read_until(b'\n', &mut bytes)? > 0 {
            let text = String::from_utf8_lossy(&bytes);
            print!("{text}");
            line(text.trim_end());
            bytes.clear();
        }
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(Failed(format!("`{}` failed ({status})", shown(command)))) }
}

/// Whether a quiet command succeeds.
pub fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let quiet = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    quiet.is_ok_and(|o| o.status.success())
}

/// What a quiet command prints, if it succeeds.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let quiet = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    quiet.status.success().then(|| String::from_utf8_lossy(&quiet.stdout).trim().to_owned())
}
