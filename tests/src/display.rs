//! A display of the test's own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// An Xvfb on a free display number.
#[derive(Debug)]
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    pub fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts: `cargo xtask setup` installs it");
        // The number is printed once the display answers; end of file means that it never will.
        let mut number = String::new();
        let out = server.stdout.take().expect("standard output is piped");
        let read = BufReader::new(out).read_line(&mut number);
        assert!(read.is_ok_and(|n| n > 1), "Xvfb found no free display");
        Self { server, name: format!(":{}", number.trim()) }
    }

    /// What `DISPLAY` must say.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Settings under which the web engine runs steadily without a graphics card, a portal or an accessibility bus.
pub const STEADY: [(&str, &str); 6] = [
    ("NO_AT_BRIDGE", "1"),
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
    ("GTK_USE_PORTAL", "0"),
    ("GIO_USE_VFS", "local"),
    ("GDK_BACKEND", "x11"),
];
