//! Accessibility of what is on the screen now, judged by axe-core.

use super::{PATIENCE, Window};
use crate::programs;
use serde_json::Value;

/// WCAG 2.2 AA and what comes before it.
const RUN: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(
        found => done(found.violations.map(v => ({ id: v.id, help: v.help, where: v.nodes.map(n => n.target.join(' ')) }))),
        failed => done(String(failed)));";

impl Window {
    /// Everything axe finds wrong on this screen, in words.
    pub fn accessibility_faults(&self) -> Vec<String> {
        if self.script("return typeof window.axe", vec![]) != "object" {
            let source = programs::root().join("ui/node_modules/axe-core/axe.min.js");
            let source =
                std::fs::read_to_string(source).expect("axe-core is installed: run `cargo xtask setup`");
            // A script run by the driver is not held to the page's policy.
            self.script(&format!("{source}; window.axe = axe;"), vec![]);
        }
        let found = self.must("axe", self.client().execute_async(RUN, vec![]));
        let Value::Array(found) = found else { self.give_up(&format!("axe did not run: {found}")) };
        found.iter().map(|v| format!("{}: {} at {}", v["id"], v["help"], v["where"])).collect()
    }

    /// Fails when axe finds anything on the screen called `name` in either theme; leaves a picture of each.
    pub fn assert_accessible_in_both_themes(&self, name: &str) {
        self.wait_until_calm();
        let before = self.script("return document.documentElement.dataset.theme ?? ''", vec![]);
        for theme in ["light", "dark"] {
            // Whatever is still coming in puts the member's own theme back: then it is judged once more.
            self.until(theme, PATIENCE, || {
                self.script("document.documentElement.dataset.theme = arguments[0]", vec![theme.into()]);
                self.assert_accessible(&format!("{name}, {theme}"));
                self.shot(&format!("axe-{}-{theme}", name.replace([' ', '/'], "-")));
                let now = self.script("return document.documentElement.dataset.theme", vec![]);
                if now == theme { Ok(()) } else { Err(now) }
            });
        }
        self.script("document.documentElement.dataset.theme = arguments[0]", vec![before]);
    }

    /// Fails when axe finds anything on the screen called `name`.
    pub fn assert_accessible(&self, name: &str) {
        let faults = self.accessibility_faults();
        if !faults.is_empty() {
            self.give_up(&format!("axe finds on {name}:\n  {}", faults.join("\n  ")));
        }
    }
}
