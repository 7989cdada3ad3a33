//! The display, the bus, tauri-driver and the native driver behind a window.

use crate::display::{Display, STEADY};
use crate::process::Running;
use crate::programs;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// One window at a time: two would share two cores and make every wait a guess.
static ONE: Mutex<()> = Mutex::new(());

/// A session bus that starts no service: no portal, no accessibility registry, nothing that outlives the test.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

const START: Duration = Duration::from_secs(30);

pub struct Driver {
    // Dropped in this order: programs before their display, the turn last.
    bridge: Running,
    port: u16,
    application: PathBuf,
    _display: Display,
    _turn: MutexGuard<'static, ()>,
}

impl Driver {
    pub fn start(profile: &Path) -> Self {
        let turn = ONE.lock().unwrap_or_else(|held| held.into_inner());
        let application = programs::built("countersign-app");
        let display = Display::start();
        let (port, native) = (free_port(), free_port());
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let log =
            programs::left_behind("journeys").join(format!("driver-{}-{number}.log", std::process::id()));
        let bus = programs::left_behind("journeys").join("bus.conf");
        std::fs::write(&bus, BUS).expect("the target folder is writable");
        let mut command = Command::new("dbus-run-session");
        command
            .arg("--config-file")
            .arg(bus)
            .arg("--")
            .arg(programs::tauri_driver())
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("DISPLAY", display.name())
            .env("COUNTERSIGN_PROFILE", profile)
            .env_remove("WAYLAND_DISPLAY")
            .envs(STEADY);
        let bridge = Running::start(&mut command, &log);
        let mut driver = Self { bridge, port, application, _display: display, _turn: turn };
        driver.wait_for(port);
        driver.wait_for(native);
        driver
    }

    fn wait_for(&mut self, port: u16) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = self.bridge.ended();
            assert!(
                ended.is_none() && start.elapsed() < START,
                "tauri-driver does not answer on port {port} (ended: {ended:?}):\n{}",
                self.bridge.last_words()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Starts the program, with a file if there is one, and a session with it.
    pub async fn connect(&self, file: Option<&Path>) -> Client {
        let options = json!({ "application": self.application, "args": Vec::from_iter(file) });
        let wanted = json!({ "tauri:options": options, "timeouts": { "script": 120_000 } });
        let capabilities = wanted.as_object().expect("written as an object above").clone();
        let address = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let session = builder.capabilities(capabilities);
        match tokio::time::timeout(START * 2, session.connect(&address)).await {
            Ok(Ok(client)) => client,
            Ok(Err(e)) => panic!("no session with the window: {e}\n{}", self.last_words()),
            Err(_) => panic!("the window did not open within {:?}\n{}", START * 2, self.last_words()),
        }
    }

    pub fn group(&self) -> u32 {
        self.bridge.id()
    }

    pub fn last_words(&self) -> String {
        self.bridge.last_words()
    }
}

/// A port nobody listens on at this moment.
fn free_port() -> u16 {
    let socket = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback device is there");
    socket.local_addr().expect("a bound socket has an address").port()
}
