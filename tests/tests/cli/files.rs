//! Files that must be refused, or taken only in part, with a word about it.

use super::desk::{CANARY, Desk};
use journeys::skipped;

/// The made-up force in the order in which one file builds on another, but for the rare kinds, of which a force of this
/// size has too few officers.
pub const IN_ORDER: [&str; 16] = [
    "officers.csv",
    "authorities.csv",
    "duties.csv",
    "roster-edits.csv",
    "overtime-2026.xlsx",
    "absences Canaryfeather.csv",
    "attendance-claims.csv",
    "presence.csv",
    "assignments.csv",
    "accesses.csv",
    "complaints.csv",
    "vetting.csv",
    "incidents.csv",
    "declarations.csv",
    "performance.csv",
    "protected.csv",
];

/// The first lines of a made-up file.
fn head(desk: &Desk, name: &str, lines: usize) -> String {
    let all = std::fs::read(desk.at("force").join(name)).unwrap();
    let all = String::from_utf8_lossy(&all).into_owned();
    all.lines().take(lines).map(|l| format!("{l}\n")).collect()
}

/// The file is refused with these words, and the store is as it was.
#[track_caller]
fn refused(desk: &Desk, store: &str, file: &str, words: &str) {
    let before = desk.counts(store);
    desk.import(store, &[file]).fails_with(words);
    assert_eq!(desk.counts(store), before, "a refused file must leave nothing");
}

#[test]
fn a_workbook_cut_short_is_refused_and_nothing_is_kept() {
    let desk = Desk::new();
    let whole = std::fs::read(desk.at("force/overtime-2026.xlsx")).unwrap();
    let half = desk.write("half.xlsx", &whole[..whole.len() / 2]);
    refused(&desk, "roll", &half, "Nothing was imported");
    let mut broken = whole;
    let middle = broken.len() / 2;
    broken[middle..middle + 64].fill(0x5a);
    let broken = desk.write("broken.xlsx", broken);
    refused(&desk, "roll", &broken, "Nothing");
    desk.verifies("roll");
}

#[test]
fn a_pdf_is_refused_under_any_file_name() {
    let desk = Desk::new();
    let pdf =
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n".repeat(50);
    for name in ["letter.pdf", "letter.csv", "letter.xlsx"] {
        let file = desk.write(name, &pdf);
        refused(&desk, "roll", &file, "Nothing was imported");
    }
}

#[test]
fn of_several_files_those_before_the_broken_one_are_kept_and_reported() {
    let desk = Desk::new();
    let broken = desk.write("letter.csv", b"%PDF-1.7\n".repeat(50));
    let duties = desk.path("force/duties.csv");
    let (imports, _) = desk.counts("roll");
    let files = [duties.as_str(), &broken, &desk.path("force/roster-edits.csv")];
    let ended = desk.import("roll", &files);
    ended.fails_with("letter.csv: ");
    ended.fails_with("Imported before it and kept: duties.csv. Not looked at: roster-edits.csv.");
    assert!(ended.out.contains("Rows accepted"), "its report was printed: {}", ended.out);
    assert_eq!(desk.counts("roll").0, imports + 1);
    let ended = desk.import("empty", &[&desk.path("force/officers.csv"), &broken, "--json"]);
    let said: serde_json::Value = serde_json::from_str(&ended.out).expect("one document");
    assert_eq!((ended.code, said["imported"].as_array().unwrap().len()), (Some(1), 1), "{said}");
    assert!(said["failed"]["file"].as_str().unwrap().ends_with("letter.csv"), "{said}");
}

#[test]
fn an_empty_file_and_a_missing_one_are_refused() {
    let desk = Desk::new();
    let empty = desk.write("empty.csv", "");
    refused(&desk, "roll", &empty, "Nothing was imported");
    refused(&desk, "roll", &desk.path("none.csv"), "Nothing");
}

#[test]
fn a_long_file_without_line_ends_is_refused_without_being_held_in_memory() {
    let desk = Desk::new();
    let file = desk.write("flat.csv", vec![b'a'; 64 << 20]);
    let (store, gate) = (desk.path("roll"), desk.path("force/gate.toml"));
    let mut child = desk.command(&["import", &store, &file, "--gate", &gate]).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0u64;
    while child.try_wait().unwrap().is_none() {
        let now = std::fs::read_to_string(&status).unwrap_or_default();
        let line = now.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    super::desk::Ended::from(child.wait_with_output().unwrap()).fails_with("line");
    if peak == 0 {
        return skipped("the memory of a refused file", "this system has no /proc");
    }
    assert!(peak < 48 << 10, "{peak} kB were held for a file of 65,536 kB");
}

#[test]
fn a_wrong_kind_is_refused_and_says_what_is_missing() {
    let desk = Desk::new();
    let gate = desk.path("force/gate.toml");
    let file = desk.path("force/duties.csv");
    let before = desk.counts("roll");
    let ended = desk.run(&["import", &desk.path("roll"), &file, "--kind", "complaints", "--gate", &gate]);
    assert_eq!(ended.code, Some(1), "{}", ended.out);
    assert!(ended.err.to_lowercase().contains("nothing"), "{}", ended.err);
    assert_eq!(desk.counts("roll"), before);
    let ended = desk.run(&["import", &desk.path("roll"), &file, "--kind", "horses", "--gate", &gate]);
    assert_eq!(ended.code, Some(2), "{}", ended.out);
    assert!(ended.err.contains("duties"), "the kinds there are: {}", ended.err);
}

#[test]
fn officers_not_on_the_roll_are_kept_under_provisional_codes_and_counted() {
    let desk = Desk::new();
    let mut duties = head(&desk, "duties.csv", 400);
    for n in 0..3 {
        duties += &format!("99000{n},2026-01-05 07:00,2026-01-05 15:00,rest,,Response 1\n");
    }
    let file = desk.write("duties.csv", duties);
    let report = desk.import("roll", &[&file]).out;
    let counted = report.lines().find(|l| l.contains("not on the roll")).unwrap_or_default();
    // One of the made-up force's own had left before the roll began.
    assert!(counted.trim_end().ends_with(" 4"), "{report}");
}

#[test]
fn the_very_same_file_is_refused_the_second_time() {
    let desk = Desk::new();
    refused(&desk, "roll", &desk.path("force/officers.csv"), "imported before");
    std::fs::copy(desk.at("force/officers.csv"), desk.at("other-name.csv")).unwrap();
    refused(&desk, "roll", &desk.path("other-name.csv"), "imported before");
}

#[test]
fn rows_of_an_overlapping_export_are_skipped_and_counted() {
    let desk = Desk::new();
    let first = desk.write("first.csv", head(&desk, "duties.csv", 1_001));
    let second = desk.write("second.csv", head(&desk, "duties.csv", 1_501));
    assert_eq!(desk.import("roll", &[&first]).code, Some(0));
    let report = desk.import("roll", &[&second]);
    let line = |words: &str| report.out.lines().find(|l| l.contains(words)).unwrap_or_default().to_owned();
    assert!(line("already imported").trim_end().ends_with(" 1,000"), "{}{}", report.out, report.err);
    assert!(line("Rows accepted").trim_end().ends_with(" 500"), "{}", report.out);
}

#[test]
fn refused_columns_are_never_taken_in_and_the_report_names_them() {
    let desk = Desk::new();
    let duties = head(&desk, "duties.csv", 600);
    let wide = duties.lines().enumerate().map(|(n, line)| {
        if n == 0 {
            format!("{line},Latitude,Longitude,Home Postcode\n")
        } else {
            format!("{line},51.501364,-0.141890,ZZ99 9ZZ\n")
        }
    });
    let file = desk.write("wide.csv", wide.collect::<String>());
    let report = desk.import("roll", &[&file]);
    assert_eq!(report.code, Some(0), "{}", report.err);
    for column in ["Latitude", "Longitude", "Home Postcode"] {
        let said = report.out.lines().any(|l| l.contains(column) && l.contains("refused"));
        assert!(said, "{column}: {}", report.out);
    }
    let mapping = desk.path("wide.toml");
    desk.must(&["mapping", &desk.path("roll"), &file, "--out", &mapping]);
    let forced =
        std::fs::read_to_string(&mapping).unwrap() + "\n[columns.place]\nfrom = [\"Home Postcode\"]\n";
    let forced = desk.write("forced.toml", forced.replace("[columns.place]\nfrom = [\"Work Place\"]\n", ""));
    let other = desk.write("other.csv", std::fs::read_to_string(&file).unwrap() + "\n");
    let gate = desk.path("force/gate.toml");
    let ended = desk.run(&["import", &desk.path("roll"), &other, "--mapping", &forced, "--gate", &gate]);
    ended.fails_with("Nothing was imported");
}

#[test]
fn a_gate_that_lacks_a_reason_stays_shut() {
    let desk = Desk::new();
    let whole = std::fs::read_to_string(desk.at("force/gate.toml")).unwrap();
    let file = desk.path("force/absences Canaryfeather.csv");
    let before = desk.counts("roll");
    for field in whole.lines().filter_map(|l| l.split(" = ").next()) {
        let lacking: String = whole
            .lines()
            .filter(|l| !l.starts_with(&format!("{field} ")))
            .map(|l| format!("{l}\n"))
            .collect();
        let gate = desk.write("gate.toml", lacking);
        let ended = desk.run(&["import", &desk.path("roll"), &file, "--gate", &gate]);
        assert_eq!(ended.code, Some(1), "without {field}: {}", ended.out);
        assert!(ended.err.contains(field) || ended.err.contains("period"), "without {field}: {}", ended.err);
    }
    assert_eq!(desk.counts("roll"), before);
}

#[test]
fn rows_of_fewer_than_ten_officers_need_the_custodian() {
    let desk = Desk::new();
    let file = desk.write("few.csv", head(&desk, "duties.csv", 9));
    refused(&desk, "roll", &file, "Let the data custodian import it");
}

#[test]
fn presence_is_refused_before_there_is_anything_to_hold_it_against() {
    let desk = Desk::new();
    refused(&desk, "roll", &desk.path("force/presence.csv"), "duties");
}

#[test]
fn a_name_in_the_name_of_a_file_is_shown_neither_by_its_import_nor_beside_a_located_row() {
    let desk = Desk::new();
    let named = |name: &&str| {
        let to = desk.at(&name.replace('.', &format!(" {}.", CANARY[1])));
        std::fs::copy(desk.at("force").join(name), &to).unwrap();
        to.display().to_string()
    };
    // The roll, who may edit, duties and their edits: enough for a lead with evidence.
    let files: Vec<String> = IN_ORDER[..4].iter().map(named).collect();
    let imported = desk.import("empty", &files.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(imported.code, Some(0), "{}", imported.err);
    assert!(!imported.out.contains(CANARY[1]), "{}", imported.out);
    let store = desk.path("empty");
    desk.must(&["analyse", &store]);
    let leads = desk.json(&["leads", &store]);
    let of_one = |l: &&serde_json::Value| l["members"].as_array().is_some_and(|m| m.len() == 1);
    let lead = leads.as_array().unwrap().iter().find(of_one).expect("a lead about one officer");
    let (lead, why) = (lead["lead"].as_str().unwrap(), desk.write("why.toml", super::names::why("")));
    let locate = ["evidence", "locate", &store, lead, "--justification", &why];
    let Some(shown) = desk.on_a_terminal(&locate, &[]) else {
        return skipped("the file of a located row", "there is no `script`");
    };
    assert_eq!(shown.code, Some(0), "{}{}", shown.out, shown.err);
    let places: Vec<&str> = shown.out.lines().filter(|l| l.trim_start().starts_with("E-")).collect();
    assert!(!places.is_empty() && places.iter().all(|p| p.contains(".csv")), "{}", shown.out);
    assert!(!shown.out.contains(CANARY[1]), "{}", shown.out);
}
