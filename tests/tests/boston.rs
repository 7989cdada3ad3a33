//! Real headers: four files of one American force, through the window and through the command line.

use journeys::boston;
use journeys::command::CommandLine;
use journeys::journey::{self, Import};
use journeys::window::Window;
use serde_json::Value;
use std::path::Path;

const PASSPHRASE: &str = "plum anchor violet ladder";
const ZONE: &str = "America/New_York";

/// Every file with the period it covers.
const PERIODS: [(&str, &str); 4] = [
    ("2018-01-01", "2022-12-31"),
    ("2018-01-01", "2020-12-31"),
    ("2022-01-01", "2022-12-31"),
    ("1993-01-01", "2018-12-31"),
];

#[test]
fn the_boston_files_are_reviewed_in_the_real_window() {
    let Some(folder) = boston::folder("the Boston journey in the window") else { return };
    let profile = tempfile::tempdir().unwrap();
    let window = Window::open(profile.path(), "shots");
    journey::make_profile(&window, "reviewer-1", PASSPHRASE);
    journey::make_store(&window, "Court and details 2018 to 2022", PASSPHRASE);
    for (file, (from, to)) in boston::FILES.iter().zip(PERIODS) {
        let report = journey::import(&window, &Import { file: &folder.join(file), zone: ZONE, from, to });
        assert!(report.contains(ZONE), "{file} was read in its own zone:\n{report}");
    }
    window.shot("boston-1-last-report");
    journey::analyse(&window);
    window.shot("boston-2-overview");
    let overview = window.text();
    assert!(overview.contains("no duty hours to compare by"), "rates without duties say so:\n{overview}");

    let lead = journey::open_first_lead(&window);
    window.shot("boston-3-lead");
    let locators = journey::read_evidence(&window);
    assert!(locators.iter().all(|l| l.starts_with("E-")), "{locators:?}");
    let shown = journey::unmask(&window, PASSPHRASE);
    assert!(!shown.fields.is_empty());
    journey::mask_by_escape(&window);
    journey::verify(&window);
    assert_eq!(window.count("[data-outcome=failed]"), 0);
    journey::assert_listed(&window, &shown);
    window.shot("boston-4-ledger");
    journey::lock(&window);
    println!("reviewed {lead} of the Boston files in the window");
}

/// Reasons as a person would write them, in the two files the command line takes.
fn write_reasons(folder: &Path) {
    let gate = |(from, to): (&str, &str)| {
        format!(
            "lawful_basis = \"Public task\"\nspecial_category_condition = \"DPA 2018 Sch. 1 para. 6\"\n\
             necessity = \"The review needs these records to be complete.\"\n\
             less_intrusive_alternative = \"Asking each unit by hand was tried.\"\ndpia_reference = \"DPIA-2026-04\"\n\
             regime = \"uk_gdpr\"\nperiod_start = \"{from}\"\nperiod_end = \"{to}\"\n"
        )
    };
    for (n, period) in PERIODS.into_iter().enumerate() {
        std::fs::write(folder.join(format!("gate-{n}.toml")), gate(period)).expect("the folder is writable");
    }
    let why = "purpose = \"severity_assessment\"\n\
        necessity = \"The appropriate authority has to assess this lead against one service record.\"\n\
        proportionality = \"The rows contradict each other on several days, and the name alone is asked for.\"\n\
        alternatives = \"The unit's own explanation was read first.\"\ncase_reference = \"PSD-2026-0117\"\n\
        scope = [\"name\"]\nminutes = 5\n";
    std::fs::write(folder.join("why.toml"), why).expect("the folder is writable");
}

#[test]
fn the_boston_files_are_reviewed_on_the_command_line() {
    let Some(folder) = boston::folder("the Boston journey on the command line") else { return };
    let home = tempfile::tempdir().unwrap();
    write_reasons(home.path());
    let at = |name: &str| home.path().join(name).display().to_string();
    let profile = home.path().join("profile");
    let run = CommandLine { profile: &profile, passphrase: PASSPHRASE };
    run.must(&["profile", "new", "--name", "reviewer-1", "--role", "reviewer", "--passphrase-stdin"]);
    let store = at("store");
    let create =
        ["store", "create", &store, "--name", "Boston", "--policy", "recorded", "--ends", "2030-01-01"];
    run.must(&[&create[..], &["--passphrase-stdin"]].concat());
    for (n, file) in boston::FILES.iter().enumerate() {
        import_in_zone(&run, &store, &folder.join(file), &at(&format!("gate-{n}.toml")));
    }
    run.must(&["analyse", &store, "--passphrase-stdin"]);
    let leads = run.json(&["leads", &store, "--evidence", "--passphrase-stdin"]);
    let text = leads.to_string();
    assert!(!text.contains("overtime-clash"), "flat pay minima are no clash");
    let lead = first_lead(&leads);
    run.must(&["lead", "show", &store, &lead, "--passphrase-stdin"]);

    let sealed = at("name.age");
    let unmask = ["unmask", &store, &lead, "--justification", &at("why.toml"), "--out", &sealed];
    // Asked for a second time, which standard input could not answer.
    let secret = at("passphrase");
    std::fs::write(&secret, format!("{PASSPHRASE}\n")).unwrap();
    run.must(&[&unmask[..], &["--passphrase-file", &secret]].concat());
    assert!(
        std::fs::read(&sealed).unwrap().starts_with(b"age-encryption.org/v1"),
        "the name is sealed to the member"
    );
    let ledger = run.json(&["ledger", "list", &store, "--passphrase-stdin"]).to_string();
    assert!(ledger.contains("unmask"), "{ledger}");
    run.must(&["ledger", "verify", &store, "--passphrase-stdin"]);
    let (keys, whole) = (at("policy"), at("ledger.export"));
    std::fs::write(&keys, run.must(&["ledger", "keys", &store, "--passphrase-stdin"])).unwrap();
    run.must(&["ledger", "export", &store, "--out", &whole, "--passphrase-stdin"]);
    let verify = std::process::Command::new(journeys::programs::built("countersign-verify"));
    let proved = { verify }.arg(&whole).arg("--policy").arg(&keys).output().unwrap();
    assert!(proved.status.success(), "{}", journeys::command::text(&proved.stderr));
}

/// The guessed mapping is right but for its zone, which no file tells: it is written, with its zone, and used.
fn import_in_zone(run: &CommandLine<'_>, store: &str, file: &Path, gate: &str) {
    let file = file.display().to_string();
    let mapping = format!("{store}-mapping.toml");
    run.must(&["mapping", store, &file, "--zone", ZONE, "--out", &mapping, "--passphrase-stdin"]);
    assert!(std::fs::read_to_string(&mapping).expect("the mapping was written").contains(ZONE));
    run.must(&["import", store, &file, "--mapping", &mapping, "--gate", gate, "--passphrase-stdin"]);
}

/// The first lead code anywhere in a document.
fn first_lead(document: &Value) -> String {
    match document {
        Value::String(text) if text.starts_with("L-") => text.clone(),
        Value::Array(all) => all.iter().map(first_lead).find(|l| !l.is_empty()).unwrap_or_default(),
        Value::Object(all) => all.values().map(first_lead).find(|l| !l.is_empty()).unwrap_or_default(),
        _ => String::new(),
    }
}
