//! The real window under WebDriver, as a person meets it: click, type, read. Every wait ends with words.

mod axe;
mod driver;

use driver::Driver;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, Locator};
use serde_json::Value;
use std::fmt::Debug;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long a person would look for something that should be there.
pub const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(60);
/// Longest answer of the driver to one command.
const ANSWER: Duration = Duration::from_secs(30);

/// The running program, its window and what drives it.
pub struct Window {
    // Dropped in this order: the session, its runtime, then the programs and the display.
    client: Option<Client>,
    runtime: Runtime,
    driver: Driver,
    shots: PathBuf,
    main: WindowHandle,
}

impl Window {
    /// Starts the program on a profile folder; pictures go to `<target>/<shots>`.
    pub fn open(profile: &Path, shots: &str) -> Self {
        Self::open_with(profile, shots, None)
    }

    /// The same, started with a file, as a double click does.
    pub fn open_with(profile: &Path, shots: &str, file: Option<&Path>) -> Self {
        let driver = Driver::start(profile);
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let client = runtime.block_on(driver.connect(file));
        let main = runtime.block_on(client.window()).expect("a new session has a window");
        Self { client: Some(client), runtime, driver, shots: crate::programs::left_behind(shots), main }
    }

    /// The process group of everything that runs for this window.
    pub fn group(&self) -> u32 {
        self.driver.group()
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("the session lasts until the window is dropped")
    }

    /// One command of the driver; an answer that never comes is an error like any other.
    fn ask<T>(&self, work: impl Future<Output = Result<T, CmdError>>) -> Result<T, String> {
        match self.runtime.block_on(async { tokio::time::timeout(ANSWER, work).await }) {
            Ok(answer) => answer.map_err(|e| e.to_string()),
            Err(_) => Err(format!("the driver did not answer within {} s", ANSWER.as_secs())),
        }
    }

    fn must<T>(&self, what: &str, work: impl Future<Output = Result<T, CmdError>>) -> T {
        self.ask(work).unwrap_or_else(|e| self.give_up(&format!("{what}: {e}")))
    }

    /// Tries until it works or patience ends; then fails with a picture and the page's words.
    fn until<T, E: Debug>(
        &self,
        what: &str,
        patience: Duration,
        mut attempt: impl FnMut() -> Result<T, E>,
    ) -> T {
        let start = Instant::now();
        loop {
            match attempt() {
                Ok(done) => return done,
                Err(e) if start.elapsed() > patience => {
                    self.give_up(&format!("{what}: not within {} s ({e:?})", patience.as_secs()))
                }
                Err(_) => std::thread::sleep(LOOK_AGAIN),
            }
        }
    }

    fn give_up(&self, why: &str) -> ! {
        let words = self.ask(self.client().execute("return document.body.innerText", vec![]));
        let words = words.map(|w| w.as_str().unwrap_or_default().to_owned()).unwrap_or_else(|e| e);
        let picture = self.picture().map(|png| {
            let path = self.shots.join("failure.png");
            let _ = std::fs::write(&path, png);
            path.display().to_string()
        });
        let picture = picture.unwrap_or_else(|e| e);
        panic!(
            "{why}\npicture: {picture}\nthe page says:\n{words}\nthe program says:\n{}",
            self.driver.last_words()
        )
    }

    fn find(&self, css: &str) -> Result<Element, String> {
        self.ask(self.client().find(Locator::Css(css)))
    }

    /// The driver takes its picture with the next frame, and a page at rest paints none: so one pixel is kept busy.
    fn picture(&self) -> Result<Vec<u8>, String> {
        const PAINT: &str = "const dot = document.createElement('i'), end = performance.now() + 1500;
            dot.style.cssText = 'position:fixed;left:0;top:0;width:1px;height:1px';
            document.body.append(dot);
            (function paint() {
                dot.style.background = dot.style.background === 'white' ? 'snow' : 'white';
                if (performance.now() < end) setTimeout(paint, 16); else dot.remove();
            })();";
        self.ask(self.client().execute(PAINT, vec![]))?;
        self.ask(self.client().screenshot())
    }

    /// Runs a script in the page and gives what it returns.
    pub fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.must("a script", self.client().execute(script, arguments))
    }

    /// Waits until a script returns true.
    pub fn wait_for_script(&self, script: &str) {
        self.until(script, PATIENCE, || match self.script(script, vec![]) {
            Value::Bool(true) => Ok(()),
            other => Err(other),
        });
    }

    /// Waits until the page has stopped loading and changing.
    pub fn wait_until_calm(&self) {
        const STATE: &str =
            "return document.body.innerText + document.querySelectorAll('[aria-busy=true]').length";
        let mut last = Value::Null;
        self.until("calm", PATIENCE, || {
            std::thread::sleep(Duration::from_millis(200));
            let now = self.script(STATE, vec![]);
            let same = now == last;
            last = now;
            if same { Ok(()) } else { Err("still changing") }
        });
    }

    /// Calls a command of the program the way the page does.
    pub fn call(&self, command: &str, request: Value) -> Result<Value, Value> {
        const CALL: &str = "const [name, request, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(name, { request }).then(ok => done({ ok }), failed => done({ failed }));";
        let answer = self.must(command, self.client().execute_async(CALL, vec![command.into(), request]));
        match answer.get("failed") {
            Some(failed) => Err(failed.clone()),
            None => Ok(answer.get("ok").cloned().unwrap_or(Value::Null)),
        }
    }

    /// Milliseconds from an act to the frame after `arrived` is true, both in the page's language.
    pub fn timed(&self, words: &str, act: &str, arrived: &str) -> f64 {
        let script = format!(
            "const done = arguments[0]; {words}
            requestAnimationFrame(() => {{
                const start = performance.now();
                const took = () => done(performance.now() - start);
                const look = () => ({arrived}) ? requestAnimationFrame(() => setTimeout(took))
                    : performance.now() - start > 10000 ? done(-1) : requestAnimationFrame(look);
                {act};
                look();
            }});"
        );
        let took = self.must(act, self.client().execute_async(&script, vec![])).as_f64();
        match took {
            Some(took) if took >= 0.0 => took,
            _ => self.give_up(&format!("nothing came of {act}")),
        }
    }

    /// Clicks what carries this `data-test`, as soon as it can be clicked.
    pub fn click(&self, test: &str) {
        self.click_css(&marked(test));
    }

    pub fn click_css(&self, css: &str) {
        self.until(&format!("click {css}"), PATIENCE, || {
            let found = self.find(css)?;
            self.ask(found.click())
        });
    }

    /// Replaces what a field holds.
    pub fn fill(&self, test: &str, text: &str) {
        let css = marked(test);
        self.until(&format!("fill {css}"), PATIENCE, || {
            let field = self.find(&css)?;
            self.ask(field.clear())?;
            self.ask(field.send_keys(text))
        });
    }

    /// Chooses an option of a select by its value.
    pub fn choose(&self, test: &str, value: &str) {
        const CHOOSE: &str = "const [css, value] = arguments; const select = document.querySelector(css);
            if (!select || ![...select.options].some(o => o.value === value)) return false;
            select.value = value; select.dispatchEvent(new Event('change', { bubbles: true })); return true;";
        let css = marked(test);
        self.until(&format!("choose {value} in {css}"), PATIENCE, || {
            let done = self.script(CHOOSE, vec![css.clone().into(), value.into()]);
            if done == Value::Bool(true) { Ok(()) } else { Err("no such option yet") }
        });
    }

    /// Presses keys wherever the focus is.
    pub fn press(&self, keys: &str) {
        let active = self.must("the focused element", self.client().active_element());
        self.must("keys", active.send_keys(keys));
    }

    pub fn press_key(&self, key: Key) {
        self.press(&char::from(key).to_string());
    }

    /// Presses a key that closes this window: there may be no page left to answer.
    pub fn press_and_leave(&self, key: Key) {
        let active = self.must("the focused element", self.client().active_element());
        let _ = self.ask(active.send_keys(&char::from(key).to_string()));
    }

    /// Everything the page shows as text.
    pub fn text(&self) -> String {
        self.script("return document.body.innerText", vec![]).as_str().unwrap_or_default().to_owned()
    }

    /// The text of what carries this `data-test`.
    pub fn text_of(&self, test: &str) -> String {
        let css = marked(test);
        self.until(&format!("read {css}"), PATIENCE, || {
            let found = self.find(&css)?;
            self.ask(found.text())
        })
    }

    /// The texts of everything a selector finds.
    pub fn texts(&self, css: &str) -> Vec<String> {
        const TEXTS: &str =
            "return [...document.querySelectorAll(arguments[0])].map(found => found.innerText)";
        let found = self.script(TEXTS, vec![css.into()]);
        let found = found.as_array().cloned().unwrap_or_default();
        found.iter().filter_map(|t| t.as_str().map(str::to_owned)).collect()
    }

    /// An attribute of the first thing a selector finds.
    pub fn attribute(&self, css: &str, name: &str) -> String {
        self.until(&format!("{name} of {css}"), PATIENCE, || {
            let found = self.find(css)?;
            self.ask(found.attr(name))?.ok_or("it has none".to_owned())
        })
    }

    /// Waits until a control can be used.
    pub fn until_enabled(&self, test: &str, patience: Duration) {
        let css = marked(test);
        self.until(&format!("use {css}"), patience, || {
            let found = self.find(&css)?;
            if self.ask(found.is_enabled())? { Ok(()) } else { Err("it is disabled".to_owned()) }
        });
    }

    pub fn has(&self, test: &str) -> bool {
        self.count(&marked(test)) > 0
    }

    pub fn count(&self, css: &str) -> usize {
        let counted = self.script("return document.querySelectorAll(arguments[0]).length", vec![css.into()]);
        counted.as_u64().unwrap_or(0) as usize
    }

    /// Waits until something with this `data-test` is there.
    pub fn see(&self, test: &str) {
        self.see_within(test, PATIENCE);
    }

    pub fn see_within(&self, test: &str, patience: Duration) {
        self.until(&format!("see {test}"), patience, || self.find(&marked(test)).map(|_| ()));
    }

    /// Waits until nothing with this `data-test` is there any more.
    pub fn see_gone(&self, test: &str, patience: Duration) {
        self.until(&format!("see {test} go"), patience, || {
            if self.has(test) { Err("still there") } else { Ok(()) }
        });
    }

    /// Waits until the page shows these words.
    pub fn read(&self, words: &str) {
        self.read_within(words, PATIENCE);
    }

    pub fn read_within(&self, words: &str, patience: Duration) {
        self.until(&format!("read {words:?}"), patience, || {
            if self.text().contains(words) { Ok(()) } else { Err("not shown") }
        });
    }

    /// Goes to a place of the page, such as `#/ledger`.
    pub fn go(&self, place: &str) {
        self.script("window.location.hash = arguments[0]", vec![place.into()]);
    }

    /// Loads the page anew, as after a lock.
    pub fn reload(&self) {
        self.must("reload", self.client().refresh());
    }

    pub fn title(&self) -> String {
        self.must("title", self.client().title())
    }

    pub fn size(&self, width: u32, height: u32) {
        self.must("size", self.client().set_window_size(width, height));
    }

    /// Writes a picture of the page to `<target>/<shots>/<name>.png`.
    pub fn shot(&self, name: &str) -> PathBuf {
        let png = self.picture().unwrap_or_else(|e| self.give_up(&format!("picture {name}: {e}")));
        let path = self.shots.join(format!("{name}.png"));
        std::fs::write(&path, png).expect("the target folder is writable");
        path
    }

    /// How many windows the program has open.
    pub fn windows(&self) -> usize {
        self.must("windows", self.client().windows()).len()
    }

    /// Goes over to the window that shows a name, once it is there.
    pub fn switch_to_name(&self) {
        let other = self.until("the name window", PATIENCE, || {
            let all = self.must("windows", self.client().windows());
            all.into_iter().find(|w| *w != self.main).ok_or("only the main window is open")
        });
        self.must("go over to the name window", self.client().switch_to_window(other));
    }

    pub fn switch_to_main(&self) {
        self.must("go back to the main window", self.client().switch_to_window(self.main.clone()));
    }

    /// Waits until only the main window is left, and goes back to it.
    pub fn see_name_window_gone(&self, patience: Duration) {
        self.until("the name window to go", patience, || match self.windows() {
            1 => Ok(()),
            n => Err(format!("{n} windows")),
        });
        self.switch_to_main();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            // The programs are ended anyway; a driver that no longer answers must not hold the test.
            let _ = self
                .runtime
                .block_on(async { tokio::time::timeout(Duration::from_secs(5), client.close()).await });
        }
    }
}

/// The selector of a `data-test`.
pub fn marked(test: &str) -> String {
    format!("[data-test=\"{test}\"]")
}
