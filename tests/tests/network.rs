//! Nothing reaches the network: seen from outside, by what the programs ask of the kernel.

use journeys::command::{CommandLine, text};
use journeys::display::{Display, STEADY};
use journeys::process::Running;
use journeys::{programs, skipped};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const PASSPHRASE: &str = "plum anchor violet ladder";

/// `strace` around a program, its trace in a file of its own.
fn traced(program: &Path, trace: &Path) -> Command {
    let strace = programs::system("strace").expect("strace is installed: run `cargo xtask setup`");
    let mut command = Command::new(strace);
    command
        .args(["--follow-forks", "--seccomp-bpf", "--trace=network", "--quiet=all", "--output"])
        .arg(trace)
        .arg(program);
    command
}

/// Lines of a trace in which an internet socket is made or an internet address is called, listened on or heard from.
/// Routes that the kernel itself lists over netlink name such addresses too, without one of either.
fn internet(trace: &str) -> Vec<&str> {
    trace.lines().filter(|l| l.contains("socket(AF_INET") || l.contains("sa_family=AF_INET")).collect()
}

fn assert_no_internet(trace: &Path) {
    let trace = std::fs::read_to_string(trace).expect("strace wrote its trace");
    assert!(!trace.is_empty(), "the trace holds nothing at all, so it proves nothing");
    let found = internet(&trace);
    assert!(found.is_empty(), "the network was asked for:\n{}", found.join("\n"));
}

#[test]
fn a_trace_of_a_program_that_opens_a_socket_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let script = "exec 3<>/dev/tcp/127.0.0.1/9";
    let _ = traced(Path::new("/bin/bash"), &trace).args(["-c", script]).output().unwrap();
    assert!(
        !internet(&std::fs::read_to_string(&trace).unwrap()).is_empty(),
        "the check must be able to fail"
    );
}

#[test]
fn the_command_line_opens_no_internet_socket_from_profile_to_ledger() {
    let home = tempfile::tempdir().unwrap();
    let (profile, trace) = (home.path().join("profile"), home.path().join("trace"));
    let run = CommandLine { profile: &profile, passphrase: PASSPHRASE };
    let mut command = traced(&programs::built("countersign"), &trace);
    let force = home.path().join("force");
    command.args(["demo", "--officers", "200", "--days", "60", "--passphrase-stdin"]).arg(&force);
    let done = finish(&run, &mut command, &profile);
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
    let found = std::fs::read_to_string(&trace).expect("strace wrote its trace");
    assert!(internet(&found).is_empty(), "{:?}", internet(&found));
}

fn finish(run: &CommandLine<'_>, command: &mut Command, profile: &Path) -> std::process::Output {
    use std::process::Stdio;
    command.env("COUNTERSIGN_PROFILE", profile);
    run.finish(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()))
}

#[test]
fn the_command_line_works_where_there_is_no_network_interface() {
    let bare = ["--user", "--map-root-user", "--net"];
    let possible = Command::new("unshare").args(bare).arg("true").output().is_ok_and(|o| o.status.success());
    if !possible {
        return skipped("a run without a network interface", "this account may not make a network namespace");
    }
    let home = tempfile::tempdir().unwrap();
    let profile = home.path().join("profile");
    let run = CommandLine { profile: &profile, passphrase: PASSPHRASE };
    let mut command = Command::new("unshare");
    command.args(bare).arg(programs::built("countersign"));
    command
        .args(["demo", "--officers", "200", "--days", "60", "--passphrase-stdin"])
        .arg(home.path().join("force"));
    let done = finish(&run, &mut command, &profile);
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
}

/// The window without a driver, because the driver itself speaks over the loopback device.
#[test]
fn the_window_opens_no_internet_socket() {
    let home = tempfile::tempdir().unwrap();
    let display = Display::start();
    let trace = home.path().join("trace");
    let log = programs::left_behind("journeys").join("traced-window.log");
    let mut command = Command::new("dbus-run-session");
    let strace = traced(&programs::built("countersign-app"), &trace);
    command.arg("--").arg(strace.get_program()).args(strace.get_args());
    command
        .env("DISPLAY", display.name())
        .env("COUNTERSIGN_PROFILE", home.path().join("profile"))
        .envs(STEADY);
    let mut window = Running::start(command.env_remove("WAYLAND_DISPLAY"), &log);
    // The page is up once the web engine's own process has loaded it: its sockets to the others stand in the trace.
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(12) {
        assert!(window.ended().is_none(), "the window ended by itself:\n{}", window.last_words());
        std::thread::sleep(Duration::from_millis(200));
    }
    drop(window);
    assert_no_internet(&trace);
}
