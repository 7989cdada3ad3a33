//! `countersign`, run as a person at a terminal or a script would.

use crate::programs;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The command line on a profile folder.
#[derive(Debug)]
pub struct CommandLine<'a> {
    pub profile: &'a Path,
    pub passphrase: &'a str,
}

impl CommandLine<'_> {
    /// The command with its arguments, ready to run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(programs::built("countersign"));
        command.args(arguments).env("COUNTERSIGN_PROFILE", self.profile).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it with the passphrase on standard input.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.finish(&mut self.command(arguments))
    }

    /// Runs a prepared command with the passphrase on standard input.
    pub fn finish(&self, command: &mut Command) -> Output {
        let mut child = command.spawn().expect("the command line starts");
        let mut stdin = child.stdin.take().expect("standard input is piped");
        // A command that needs no passphrase may have ended already.
        let _ = writeln!(stdin, "{}", self.passphrase);
        drop(stdin);
        child.wait_with_output().expect("a started program can be waited for")
    }

    /// Runs it, demands success and gives its words.
    pub fn must(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        let (out, err) = (text(&done.stdout), text(&done.stderr));
        assert!(
            done.status.success(),
            "countersign {} ended with {}:\n{out}{err}",
            arguments.join(" "),
            done.status
        );
        out
    }

    /// Runs it with `--json` and gives the one document it prints.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let out = self.must(&[arguments, &["--json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("--json printed no document ({e}):\n{out}"))
    }
}

/// Bytes of a program as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
