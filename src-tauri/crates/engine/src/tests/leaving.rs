//! Every file that leaves in the clear is held against the names of the store once more.

use super::*;
use crate::book;
use crate::record::Entry;
use ledger::Kind;

/// Forename and surname of somebody on the roll whose names are no ordinary words, and the id.
fn somebody(folder: &Path) -> (String, String) {
    let roll = std::fs::read(folder.join("force/officers.csv")).expect("the roll");
    let roll = String::from_utf8_lossy(&roll).into_owned();
    let mut lines = roll.lines().map(|l| l.split([';', ',', '\t']).map(str::to_owned).collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let at = |word: &str| header.iter().position(|h| h.to_lowercase().contains(word)).expect("a column");
    let (first, last) = (at("forename"), at("surname"));
    let who = lines.nth(20).expect("twenty people");
    (format!("{} {}", who[first].split(' ').next().expect("a name"), who[last]), who[0].clone())
}

/// An entry as an older program, or one that was tampered with, could have written it.
fn smuggled(desk: &Desk, text: &str) -> u64 {
    let session = desk.app.session().expect("open");
    let entry = Entry::new(Kind::Collection).with("necessity", format!("the records of {text} are needed"));
    book::record_with(&session, entry, |_, _| Ok(())).expect("recorded")
}

#[test]
fn a_name_in_an_entry_keeps_the_ledger_its_proof_and_the_statutes_log_from_leaving() {
    let desk = Desk::open();
    let (name, id) = somebody(template());
    let out = |name: &str| desk.folder.path().join(name).display().to_string();
    let save = |what: &str| desk.app.save_oversight(SaveOversight { what: what.into(), path: out(what) });
    let export = || desk.app.export_ledger(SavePath { path: out("ledger.json") });
    let proof = |seq: u64| {
        let path = out(&format!("{seq}.tlog-proof"));
        desk.app.export_proof(ProofRequest { seq: seq as u32, path })
    };
    export().expect("nobody is named");
    for what in ["workforce", "outcomes", "dpia", "s62"] {
        save(what).unwrap_or_else(|e| panic!("{what}: {e}"));
        std::fs::remove_file(out(what)).expect("written");
    }
    std::fs::remove_file(out("ledger.json")).expect("written");
    for text in [name, id] {
        let seq = smuggled(&desk, &text);
        for refused in [export(), proof(seq), save("s62")] {
            let refused = refused.expect_err("it names somebody");
            assert_eq!(refused.code(), ErrorCode::NameInText);
            assert!(!refused.0.message.contains(&text) && refused.0.message.contains("entry"), "{refused}");
            assert_eq!(desk.kinds()[0], "attempt.failed");
        }
        proof(seq - 1).expect("another entry names nobody");
    }
    assert!(!Path::new(&out("ledger.json")).exists() && !Path::new(&out("s62")).exists());
    save("outcomes").expect("counts name nobody");
}

/// A store without imports whose purpose is this, and a made-up force with the roll of which something is tried.
struct Fresh {
    folder: tempfile::TempDir,
    app: App,
    made: demo::Made,
    roll: String,
    name: String,
}

fn fresh(purpose: &dyn Fn(&str) -> String) -> Fresh {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let clock = Arc::new(Fixed::at(NOW));
    let (app, _) = typed::person(folder.path(), "reviewer", &clock);
    let force = demo::Plan { officers: 60, days: 60, ..demo::Plan::default() };
    let made = app.make_force(&force, &folder.path().join("force")).expect("a force");
    let (name, _) = somebody(folder.path());
    app.create_store(CreateStore {
        path: folder.path().join("store").display().to_string(),
        name: "A review".into(),
        purpose: purpose(&name),
        policy: "recorded".into(),
        ends: "2027-12-31".into(),
        members: Vec::new(),
        recovery: false,
        passphrase: PASSPHRASE.into(),
    })
    .expect("nobody is known yet");
    let roll = made.files.iter().find(|(kind, ..)| kind.to_string() == "officers").expect("a roll");
    let roll = roll.1.display().to_string();
    Fresh { folder, app, made, roll, name }
}

impl Fresh {
    fn import(&self, necessity: &str) -> Result<u32, Error> {
        let inspect = InspectFile { path: self.roll.clone(), kind: None, mapping: None };
        let p = self.app.inspect_file(inspect).expect("readable");
        let gate = Gate { necessity: necessity.into(), ..self.made.gate.clone() };
        self.app.import_now(&StartImport { path: p.path, mapping_toml: p.mapping_toml, gate })
    }
    fn out(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

#[test]
fn an_import_whose_reasons_name_somebody_of_its_own_roll_is_refused_and_so_is_a_purpose_that_does() {
    let fresh = fresh(&|name| format!("To find out what {name} did"));
    let named = format!("Without it {} cannot be compared.", fresh.name);
    let refused = fresh.import(&named).expect_err("it names somebody");
    assert_eq!(refused.code(), ErrorCode::NameInText);
    assert!(refused.0.message.contains("necessity") && !refused.0.message.contains(&fresh.name), "{refused}");
    assert!(fresh.app.imports().expect("a list").is_empty(), "nothing was kept");
    fresh
        .import("The roll is needed for peers, under the Police Act 1996 and Law Enforcement.")
        .expect("the words of the law name nobody");
    let save =
        |what: &str| fresh.app.save_oversight(SaveOversight { what: what.into(), path: fresh.out(what) });
    for what in ["workforce", "dpia"] {
        let refused = save(what).expect_err("the purpose names somebody");
        assert!(refused.0.message.contains("purpose of the store"), "{refused}");
        assert!(!Path::new(&fresh.out(what)).exists());
    }
}

#[test]
fn a_column_or_a_mapping_named_after_somebody_is_kept_without_the_name() {
    let fresh = fresh(&|_| "Trying what leaves".into());
    let bytes = std::fs::read(&fresh.roll).expect("the roll");
    let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    lines.retain(|l| !l.is_empty());
    let mark = if lines[0].contains(&b';') { ";" } else { "," };
    for (n, line) in lines.iter_mut().enumerate() {
        let more = if n == 0 { format!("{mark}Notes of {}", fresh.name) } else { format!("{mark}x") };
        line.extend_from_slice(more.as_bytes());
    }
    std::fs::write(&fresh.roll, lines.join(&b'\n')).expect("writable");
    let inspect = InspectFile { path: fresh.roll.clone(), kind: None, mapping: None };
    let p = fresh.app.inspect_file(inspect).expect("readable");
    let mapping_toml =
        p.mapping_toml.replacen("name = \"", &format!("name = \"Roll that {} sent, ", fresh.name), 1);
    assert!(mapping_toml.contains(&fresh.name));
    let start = StartImport { path: p.path, mapping_toml, gate: fresh.made.gate.clone() };
    let import = fresh.app.import_now(&start).expect("imported");
    let path = fresh.out("report.txt");
    fresh.app.save_report(SaveReport { import, path: path.clone() }).expect("it names nobody");
    let report = std::fs::read_to_string(&path).expect("a report");
    assert!(report.contains("Notes of") && !report.contains(&fresh.name), "{report}");
    fresh.app.export_ledger(SavePath { path: fresh.out("ledger.json") }).expect("nor does the ledger");
    let shown = serde_json::to_string(&fresh.app.imports().expect("a list")).expect("JSON");
    assert!(shown.contains("Roll that") && !shown.contains(&fresh.name), "{shown}");
    let session = fresh.app.session().expect("open");
    let kept = store::imports::all(&*session.reader()).expect("reads").remove(0);
    assert!(!kept.mapping_toml.contains(&fresh.name), "{}", kept.mapping_toml);
}
