//! A gate filled in for a made-up force, as a value and as the file the command line takes.

use crate::calendar::Calendar;
use model::{Gate, Regime};

/// The gate of a period.
pub fn gate(calendar: &Calendar) -> Gate {
    Gate {
        lawful_basis: "Made-up data: public task, UK GDPR Article 6(1)(e), as an example".to_owned(),
        special_category_condition: "Made-up data: DPA 2018 Schedule 1 paragraph 1, as an example".to_owned(),
        necessity: "To try the program without any real person's data".to_owned(),
        less_intrusive_alternative: "None is less intrusive than data about nobody".to_owned(),
        dpia_reference: "DEMO-1".to_owned(),
        regime: Regime::UkGdpr,
        period_start: calendar.iso(calendar.first).to_owned(),
        period_end: calendar.iso(calendar.last).to_owned(),
    }
}

/// The same as TOML.
pub fn toml(gate: &Gate) -> String {
    let regime = match gate.regime {
        Regime::UkGdpr => "uk_gdpr",
        Regime::Part3 => "part3",
    };
    let lines = [
        ("lawful_basis", gate.lawful_basis.as_str()),
        ("special_category_condition", &gate.special_category_condition),
        ("necessity", &gate.necessity),
        ("less_intrusive_alternative", &gate.less_intrusive_alternative),
        ("dpia_reference", &gate.dpia_reference),
        ("regime", regime),
        ("period_start", &gate.period_start),
        ("period_end", &gate.period_end),
    ];
    // The texts above hold neither quotes nor backslashes.
    lines.iter().map(|(key, value)| format!("{key} = \"{value}\"\n")).collect()
}
