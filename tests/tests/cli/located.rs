//! Locators of a Boston lead lead back to rows of one officer in the workbook itself.

use super::desk::Desk;
use calamine::{Data, Reader, Xlsx, open_workbook};
use journeys::{boston, skipped};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ZONE: &str = "America/New_York";

/// The column of each workbook that names the officer.
const IDS: [(&str, &str); 3] = [
    ("court_overtime_2018_2020.xlsx", "ID"),
    ("paid_details_2022_half_a.xlsx", "Emp. ID"),
    ("internal_affairs_allegations_to_2018.xlsx", "Employee_ID_HCM"),
];

fn value(report: &str, words: &str) -> String {
    let line = report.lines().find(|l| l.trim_start().starts_with(words)).unwrap_or_default();
    line.trim_start().trim_start_matches(words).trim().to_owned()
}

fn import(desk: &Desk, store: &str, gate: &str, file: &Path) -> String {
    let (file, mapping) = (file.display().to_string(), desk.path("mapping.toml"));
    desk.must(&["mapping", store, &file, "--zone", ZONE, "--out", &mapping]);
    assert!(std::fs::read_to_string(&mapping).unwrap().contains(ZONE));
    desk.must(&["import", store, &file, "--mapping", &mapping, "--gate", gate]).out
}

/// Officer ids by workbook, sheet and row, as the workbook says them.
fn ids_of(folder: &Path, file: &str, column: &str) -> BTreeMap<(String, usize), String> {
    let mut book: Xlsx<_> = open_workbook(folder.join(file)).unwrap();
    let mut found = BTreeMap::new();
    for (name, sheet) in book.worksheets() {
        let first = sheet.start().map_or(0, |(row, _)| row as usize);
        let Some(at) =
            sheet.rows().next().and_then(|h| h.iter().position(|c| c.to_string().trim() == column))
        else {
            continue;
        };
        for (n, row) in sheet.rows().enumerate() {
            let id = match &row[at] {
                Data::Float(number) => format!("{number:.0}"),
                other => other.to_string(),
            };
            found.insert((name.clone(), first + n + 1), id.trim().trim_start_matches('0').to_owned());
        }
    }
    found
}

#[test]
fn the_boston_files_are_counted_exactly_and_their_evidence_leads_back_to_one_officers_rows() {
    let Some(folder) = boston::folder("Boston evidence in the workbooks") else { return };
    let desk = Desk::new();
    let store = desk.path("empty");
    let gate = std::fs::read_to_string(desk.at("force/gate.toml")).unwrap();
    let gate = gate.replace("2026-01-01", "1990-01-01").replace("2026-03-31", "2022-12-31");
    let gate = desk.write("gate.toml", gate);
    let reports: Vec<String> =
        boston::FILES.iter().map(|f| import(&desk, &store, &gate, &folder.join(f))).collect();
    let read: Vec<String> = reports.iter().map(|r| value(r, "Rows read")).collect();
    assert_eq!(read, ["1,888", "64,357", "21,982", "6,978"]);
    let rejected: Vec<String> = reports.iter().map(|r| value(r, "Rows rejected")).collect();
    assert_eq!(rejected, ["0", "1", "0", "0"]);
    for (sheet, rows) in [("2018 ", "28,360"), ("2019 ", "26,753"), ("2020 ", "9,244")] {
        assert_eq!(value(&reports[1], sheet), rows, "{}", reports[1]);
    }
    assert!(reports[1].contains("2020 row 6487"), "the rejected row has its place: {}", reports[1]);

    let run = desk.must(&["analyse", &store]).out;
    assert!(value(&run, "overtime-clash").starts_with("0 found"), "{run}");
    let rate = value(&run, "complaint-rate");
    assert!(rate.contains("no duty hours") && rate.contains("Plain count"), "{rate}");

    let leads = desk.json(&["leads", &store]);
    let lead = leads[0]["lead"].as_str().expect("a lead").to_owned();
    let why = desk.write("why.toml", super::names::why(""));
    let Some(shown) =
        desk.on_a_terminal(&["evidence", "locate", &store, &lead, "--justification", &why], &[])
    else {
        return skipped("Boston locators", "there is no `script`");
    };
    assert_eq!(shown.code, Some(0), "{}", shown.out);
    let books: Vec<_> = IDS.iter().map(|(f, c)| (*f, ids_of(&folder, f, c))).collect();
    let mut officers = BTreeSet::new();
    let mut rows = 0;
    for line in shown.out.lines().filter(|l| l.trim_start().starts_with("E-")) {
        let parts: Vec<&str> = line.trim().split(", ").collect();
        let row: usize = parts.last().unwrap().trim_start_matches("row ").parse().expect("a row number");
        let sheet = parts.iter().find_map(|p| p.strip_prefix("sheet ")).unwrap_or_default();
        let (_, ids) = books
            .iter()
            .find(|(file, _)| parts.contains(file))
            .unwrap_or_else(|| panic!("no such workbook: {line}"));
        let only = ids.keys().next().map(|(s, _)| s.clone()).unwrap_or_default();
        let sheet = if sheet.is_empty() { only } else { sheet.to_owned() };
        officers.insert(ids.get(&(sheet, row)).unwrap_or_else(|| panic!("no such row: {line}")).clone());
        rows += 1;
    }
    assert!(rows > 10, "{}", shown.out);
    assert_eq!(officers.len(), 1, "every row is one officer's");
}
